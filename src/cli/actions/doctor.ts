import { resolve } from 'node:path';
import { chosenApis } from '../../api/api.js';
import { serveStub } from '../../api/stub.js';
import { inScope, loadSubject, type Subject } from '../../api/subject.js';
import { type DoctorFinding, examine, sentenceOf } from '../../doctor/index.js';
import { apisInScope } from '../../target/index.js';
import type { Discovered, Io } from '../io.js';

interface DoctorOptions {
  target: string;
  api?: string[];
  discover?: boolean;
}

/** Looks at a target before a run. Gives the exit code. */
export async function doctor(options: DoctorOptions, io: Io): Promise<number> {
  const findings = await look(options, io);
  for (const finding of findings) io.out(`${finding.level.padEnd(7)}  ${sentenceOf(finding)}`);
  const of = (level: DoctorFinding['level']) => findings.filter((finding) => finding.level === level).length;
  const [problems, misses] = [of('problem'), of('miss')];
  io.out('');
  if (problems > 0) {
    io.out(`A run could not be judged: ${problems === 1 ? 'one problem' : `${problems} problems`} to mend.`);
    return 2;
  }
  const seen = misses === 0 ? '' : ', and will miss what is told above';
  io.out(`A run can be judged${seen}. Start it with: chat-conformance run --target ${options.target}`);
  return misses === 0 ? 0 : 1;
}

/** Asks the doctor, and where nothing is in the way finds out what the server has. */
async function look({ target: source, api, discover }: DoctorOptions, io: Io): Promise<DoctorFinding[]> {
  const ask = async (subject: Subject): Promise<DoctorFinding[]> => {
    const names = apisInScope(subject.target, api && chosenApis(subject.apis, api).map(({ name }) => name));
    const apis = inScope(subject, names);
    const findings = await examine(subject.target, apis);
    if (!discover || findings.some(({ level }) => level === 'problem')) return findings;
    const discovered = await (await io.matrix()).discover(subject.target, apis);
    return [...findings, ...discovered.flatMap(discoveredFindings)];
  };
  if (source !== 'stub') return ask(await loadSubject(resolve(io.cwd, source), io.apis, io.env));
  const served = await serveStub(io.apis);
  try {
    return await ask(await loadSubject('stub', io.apis, { CHAT_CONFORMANCE_STUB_URL: served.url }));
  } finally {
    await served.close();
  }
}

function discoveredFindings({ api, refused, untried }: Discovered): DoctorFinding[] {
  const note = (message: string, mend: string): DoctorFinding => ({ level: 'note', subject: api, message, mend });
  const without = JSON.stringify(refused);
  return [
    refused.length === 0
      ? { level: 'ok', subject: api, message: 'serves each documented action that the target allows' }
      : note(
          `refuses every legal call of ${refused.join(', ')}`,
          `if the server does not have ${refused.length === 1 ? 'it' : 'them'}, write "without": ${without} into the ${api} section`,
        ),
    ...(untried.length === 0
      ? []
      : [
          note(
            `was not asked for ${untried.join(', ')}`,
            'that needs a higher "allow", or accounts that the target does not name',
          ),
        ]),
  ];
}
