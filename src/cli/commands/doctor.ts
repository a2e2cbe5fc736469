import { resolve } from 'node:path';
import type { Command } from 'commander';
import { chosenApis } from '../../api/api.js';
import { serveStub } from '../../api/stub.js';
import { inScope, loadSubject, type Subject } from '../../api/subject.js';
import { type DoctorFinding, examine, sentenceOf } from '../../doctor/index.js';
import { apisInScope } from '../../target/index.js';
import type { Io } from '../io.js';
import { apiOption } from '../options.js';

interface DoctorOptions {
  target: string;
  api?: string[];
}

export function registerDoctor(program: Command, io: Io): void {
  program
    .command('doctor')
    .description('Checks a target before a run: hosts, credentials, conversations, permissions, clocks.')
    .option('--target <file>', 'the target file of the server, or the word stub', 'stub')
    .option(...apiOption)
    .addHelpText(
      'after',
      `
Only reads. Where an API has nothing to read, a chat is opened and completed, if the target allows "write".

Exit codes:
  0  a run can be judged
  1  a run can be judged, and the server was seen to miss something: each line that starts with miss says what
  2  a run could not be judged: each line that starts with problem says why, and the mend

Example:
  chat-conformance doctor --target staging.json`,
    )
    .action(async (options: DoctorOptions) => {
      io.exitCode = await doctor(options, io);
    });
}

async function doctor(options: DoctorOptions, io: Io): Promise<number> {
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

async function look({ target: source, api }: DoctorOptions, io: Io): Promise<DoctorFinding[]> {
  if (source !== 'stub') return ask(await loadSubject(resolve(io.cwd, source), io.apis, io.env), api);
  const served = await serveStub(io.apis);
  try {
    return await ask(await loadSubject('stub', io.apis, { CHAT_CONFORMANCE_STUB_URL: served.url }), api);
  } finally {
    await served.close();
  }
}

async function ask(subject: Subject, names: readonly string[] | undefined): Promise<DoctorFinding[]> {
  const asked = names && chosenApis(subject.apis, names).map(({ name }) => name);
  return examine(subject.target, inScope(subject, apisInScope(subject.target, asked)));
}
