import type { Front } from '../environment/gateway.js';
import { UsageError } from '../errors.js';
import type { Requirement } from '../requirements/types.js';
import type { ResolvedTarget, TargetApi } from '../target/index.js';
import type { ApiDoctor, DoctorFinding } from './finding.js';
import { clock, leftovers, permissions } from './general.js';
import { type Line, withLine } from './line.js';
import { reachable } from './reachable.js';

export { type ApiDoctor, type DoctorFinding, sentenceOf } from './finding.js';
export { type Line, withLine } from './line.js';
export { reachable, unreached } from './reachable.js';

/** What the doctor must know of an API. */
export interface Examined extends TargetApi {
  requirements: readonly Requirement[];
  front?: Front;
  doctor: ApiDoctor;
}

/**
 * Asks everything that can be asked about a target before a run, at its rate. Changes nothing on the server, but for a Genesys
 * chat that is opened and completed where the target allows it. No text of a finding holds a credential.
 */
export async function examine(target: ResolvedTarget, apis: readonly Examined[]): Promise<DoctorFinding[]> {
  return withLine(target, apis, async (line) => {
    const found = await Promise.all(apis.map((api) => examineApi(line, api)));
    const findings = [...permissions(target, apis), ...leftovers(target), ...found.flat()];
    return distinct(findings.map((finding) => redacted(finding, line)));
  });
}

async function examineApi(line: Line, api: Examined): Promise<DoctorFinding[]> {
  // Without what its section names, such as a signature, nothing of an API can be asked.
  const unprepared = await preparation(line.target, api);
  if (unprepared.length > 0) return unprepared;
  const host = await reachable(line, api);
  if (host.some(({ level }) => level === 'problem')) return host;
  const accounts = await api.doctor.accounts(line);
  const more = (await api.doctor.more?.(line)) ?? [];
  return [...host, ...accounts, ...more, ...clock(line.target, api.name, line.exchanges)];
}

async function preparation(target: ResolvedTarget, api: Examined): Promise<DoctorFinding[]> {
  try {
    await api.target.prepare?.(target);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ level: 'problem', subject: api.name, message: `cannot be used (${error.message.replace(/\.$/, '')})` }];
  }
}

/** Each finding once: what keeps all accounts from the server is one thing. */
function distinct(findings: readonly DoctorFinding[]): DoctorFinding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function redacted({ level, subject, message, mend }: DoctorFinding, { redactor }: Line): DoctorFinding {
  return {
    level,
    subject: redactor.sentence(subject),
    message: redactor.sentence(message),
    ...(mend === undefined ? {} : { mend: redactor.sentence(mend) }),
  };
}
