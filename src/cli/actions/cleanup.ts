import { resolve } from 'node:path';
import { loadSubject } from '../../api/subject.js';
import { reachable, sentenceOf, withLine } from '../../doctor/index.js';
import { type CleanedUp, cleanUp } from '../../journal/clean-up.js';
import { journalPath, readJournal } from '../../journal/journal.js';
import type { Io } from '../io.js';

/** Puts back what the journal of a target names. Gives the exit code. */
export async function cleanup({ target: source }: { target: string }, io: Io): Promise<number> {
  if (source === 'stub') {
    io.out('Nothing is to be put back: the stub ends with its run.');
    return 0;
  }
  const { target, apis } = await loadSubject(resolve(io.cwd, source), io.apis, io.env);
  const journalFile = journalPath(target.source);
  const { pending, problems } = readJournal(journalFile);
  for (const problem of problems) io.err(`chat-conformance: ${problem}`);
  if (problems.length > 0) return 2;
  if (pending.length === 0) {
    io.out('Nothing is to be put back.');
    return 0;
  }
  const noted = new Set(pending.map(({ api }) => api));
  const present = apis.filter(({ name }) => noted.has(name) && target.sections[name] !== undefined);
  for (const api of present) await api.target.prepare?.(target);
  return withLine(target, present, async (line) => {
    const hosts = await Promise.all(present.map((api) => reachable(line, api)));
    const unreachable = hosts.flat().filter(({ level }) => level === 'problem');
    for (const problem of unreachable) io.err(`chat-conformance: ${line.redactor.sentence(sentenceOf(problem))}`);
    if (unreachable.length > 0) return 2;
    return tell(await cleanUp(target, { apis, journalFile, transport: line.transport }), io);
  });
}

/** Says what a clean-up came to, and gives the exit code. */
function tell({ restored, unseen, problems, untried, leftAlone, byOthers }: CleanedUp, io: Io): number {
  for (const said of [...restored, ...unseen]) io.out(said);
  for (const said of [...problems, ...untried, ...leftAlone]) io.err(`chat-conformance: ${said}`);
  if (byOthers > 0) io.out(`${byOthers} of the changes noted were put back by the run that made them.`);
  if (untried.length > 0) return 2;
  if (problems.length + leftAlone.length > 0) return 1;
  if (unseen.length > 0) io.out('Everything is as it was, as far as the server shows it.');
  else if (restored.length > 0) io.out('Everything is as it was.');
  return 0;
}
