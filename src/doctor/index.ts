import { UsageError } from '../errors.js';
import type { Api } from '../exchange/index.js';
import { checkSigning, type ResolvedTarget } from '../target/index.js';
import { apiDoctors } from './apis.js';
import type { DoctorFinding } from './finding.js';
import { clock, leftovers, permissions } from './general.js';
import { type Line, withLine } from './line.js';
import { reachable } from './reachable.js';

export { apiDoctors } from './apis.js';
export { type ApiDoctor, type DoctorFinding, sentenceOf } from './finding.js';
export { type Line, withLine } from './line.js';
export { reachable } from './reachable.js';

/**
 * Asks everything that can be asked about a target before a run, at its rate. Changes nothing on the server, but for a Genesys
 * chat that is opened and completed where the target allows it. No text of a finding holds a credential.
 */
export async function examine(target: ResolvedTarget, apis: readonly Api[]): Promise<DoctorFinding[]> {
  return withLine(target, async (line) => {
    const signing = apis.includes('ozeki') ? await signingProblem(target) : [];
    const found = await Promise.all(apis.map((api) => examineApi(line, api, signing)));
    const findings = [permissions(target, apis), ...leftovers(target), ...found.flat()];
    return findings.map((finding) => redacted(finding, line));
  });
}

async function examineApi(line: Line, api: Api, signing: readonly DoctorFinding[]): Promise<DoctorFinding[]> {
  const host = await reachable(line.target, api);
  if (host.level === 'problem') return [host];
  // Without a signature nothing of Ozeki can be asked.
  if (api === 'ozeki' && signing.length > 0) return [host, ...signing];
  const doctor = apiDoctors.find((candidate) => candidate.api === api);
  const accounts = (await doctor?.accounts(line)) ?? [];
  const more = (await doctor?.more?.(line)) ?? [];
  return [host, ...accounts, ...more, ...clock(line.target, api, line.exchanges)];
}

async function signingProblem(target: ResolvedTarget): Promise<DoctorFinding[]> {
  try {
    await checkSigning(target);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [
      { level: 'problem', subject: 'ozeki.signing', message: `cannot be used (${error.message.replace(/\.$/, '')})` },
    ];
  }
}

function redacted({ level, subject, message, mend }: DoctorFinding, { redactor }: Line): DoctorFinding {
  return {
    level,
    subject: redactor.sentence(subject),
    message: redactor.sentence(message),
    ...(mend === undefined ? {} : { mend: redactor.sentence(mend) }),
  };
}
