import { resolve } from 'node:path';
import type { Command } from 'commander';
import { cleanUp } from '../../../apis/ozeki/cleanup.js';
import { loadSubject } from '../../api/subject.js';
import { reachable, sentenceOf, withLine } from '../../doctor/index.js';
import { journalPath, pendingEntries } from '../../journal/journal.js';
import type { Io } from '../io.js';

export function registerCleanup(program: Command, io: Io): void {
  program
    .command('cleanup')
    .description('Puts back what an interrupted run left changed on the server, by its journal.')
    .requiredOption('--target <file>', 'the target file of the run')
    .addHelpText(
      'after',
      `
Each run does the same before it starts, where its target allows "write".

Exit codes:
  0  everything is as it was
  1  something is not: it could not be put back, or belongs to a run that is still going
  2  it could not be tried: a mistake in the target file, or the host cannot be reached

Example:
  chat-conformance cleanup --target staging.json`,
    )
    .action(async (options: { target: string }) => {
      io.exitCode = await cleanup(options.target, io);
    });
}

async function cleanup(source: string, io: Io): Promise<number> {
  if (source === 'stub') {
    io.out('Nothing is to be put back: the stub ends with its run.');
    return 0;
  }
  const { target, apis } = await loadSubject(resolve(io.cwd, source), io.apis, io.env);
  const journal = journalPath(target.source);
  if (pendingEntries(journal).length === 0) {
    io.out('Nothing is to be put back.');
    return 0;
  }
  for (const api of apis) await api.target.prepare?.(target);
  const present = apis.filter(({ name }) => target.sections[name] !== undefined);
  return withLine(target, present, async (line) => {
    const hosts = await Promise.all(present.filter(({ name }) => name === 'ozeki').map((api) => reachable(line, api)));
    const problems = hosts.flat().filter(({ level }) => level === 'problem');
    for (const problem of problems) io.err(`chat-conformance: ${line.redactor.text(sentenceOf(problem))}`);
    if (problems.length > 0) return 2;
    const { restored, problems: left, leftAlone } = await cleanUp(target, journal, line.transport);
    for (const said of restored) io.out(said);
    for (const said of [...left, ...leftAlone]) io.err(`chat-conformance: ${said}`);
    if (left.length + leftAlone.length > 0) return 1;
    io.out('Everything is as it was.');
    return 0;
  });
}
