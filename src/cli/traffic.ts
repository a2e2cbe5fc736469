import type { Traffic } from '../recording/index.js';
import { exitCode, type Verdict } from '../verdict/index.js';
import type { Io } from './io.js';
import { reportVerdict } from './summary.js';

const shownNotes = 12;

/**
 * Writes the reports of judged traffic, prints what is to be said and the summary, and gives the exit code.
 * @param asked the APIs that were asked for; all where left out
 */
export async function reportTraffic(
  traffic: Verdict & { recording: Traffic },
  reports: string,
  io: Io,
  asked?: readonly string[],
): Promise<number> {
  const leftOut = io.apis.map(({ name }) => name).filter((api) => asked?.includes(api) === false);
  const verdict = { ...traffic, ...(leftOut.length > 0 && { leftOut }) };
  const { notes, entries, judged } = verdict.recording;
  io.out(`${judged} of ${entries} exchanges judged.`);
  for (const note of notes.slice(0, shownNotes)) io.out(`  - ${note}.`);
  if (notes.length > shownNotes) io.out(`  … and ${notes.length - shownNotes} more in verdict.json`);
  io.out('');
  await reportVerdict(verdict, reports, io);
  return exitCode(verdict);
}
