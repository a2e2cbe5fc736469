import { resolve } from 'node:path';
import { readVerdict } from '../../reporters/index.js';
import { type Change, compareVerdicts, verdictLine } from '../../verdict/index.js';
import type { Io } from '../io.js';

/** Says what changed from one verdict to another. Gives the exit code. */
export async function compare(before: string, after: string, _options: object, io: Io): Promise<number> {
  const earlier = await readVerdict(resolve(io.cwd, before));
  const later = await readVerdict(resolve(io.cwd, after));
  const changes = compareVerdicts(earlier, later);
  const sections: [string, Change[]][] = [
    ['Newly missed', changes.newlyMissed],
    ['Newly met', changes.newlyMet],
    ['Newly skipped', changes.newlySkipped],
    ['Gone', changes.gone],
  ];
  for (const [heading, list] of sections) {
    if (list.length === 0) continue;
    io.out(`${heading} (${list.length})`);
    for (const change of list) io.out(changeLine(change));
  }
  if (sections.every(([, list]) => list.length === 0)) io.out('Nothing changed.');
  if (changes.newlyMissed.length > 0) return 1;
  if (later.verdict !== 'unjudged') return 0;
  io.err(`chat-conformance: nothing can be said of the later run. ${verdictLine(later)}`);
  return 2;
}

function changeLine({ id, level, title, was, is, reason }: Change): string {
  const because = reason === undefined ? '' : `\n      ${reason}`;
  return `  ${id}  ${level}  ${was ?? 'not listed'} -> ${is ?? 'not listed'}  ${title}${because}`;
}
