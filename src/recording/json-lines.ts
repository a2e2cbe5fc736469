import { dirname } from 'node:path';
import { attachmentsIn } from './attachments.js';
import { MAX_BODY_BYTES } from './body.js';
import { noExchange, recordedOf, saveAgain } from './entry.js';
import { readLines } from './lines.js';
import { membersOf } from './members.js';
import { jsonOf } from './message.js';
import { chunksOf, type Encoding, type Source } from './source.js';
import type { Recorded } from './types.js';

/** Both bodies of an exchange, escaped as JSON in a string at the worst. */
const maxLine = 4 * MAX_BODY_BYTES;

/** Reads JSON Lines: one exchange a line, as evidence in verdict.json keeps it, or as a HAR does. A comma behind it is no matter. */
export async function* readJsonLines(source: Source, encoding: Encoding): AsyncGenerator<Recorded> {
  const attachment = attachmentsIn(dirname(source.path));
  const damaged: number[] = [];
  let tooLong = 0;
  let count = 0;
  const chunks = chunksOf(source.path, encoding);
  for await (const { text, number, isLast, endsAt } of readLines(chunks, maxLine, source.progress)) {
    if (text === undefined) {
      tooLong += 1;
      continue;
    }
    const bare = text.replace(/,\s*$/, '').trim();
    if (bare === '') continue;
    const place = `line ${number} of ${source.name}`;
    const recorded = recordedOf(membersOf(jsonOf(bare)), { place, source: source.index, attachment });
    if (recorded !== undefined) {
      count += 1;
      yield recorded;
    } else if (isLast && jsonOf(bare) === undefined)
      source.tell(`it ends in mid-entry at byte ${endsAt}: the ${count} complete lines were read. ${saveAgain}`);
    else damaged.push(number);
  }
  const where =
    damaged.length === 1 ? `line ${damaged[0]}` : `${damaged.length} lines, the first is line ${damaged[0]}`;
  if (damaged.length > 0) source.tell(`no exchange in JSON: ${where}. ${noExchange}`);
  if (tooLong > 0) source.tell(`longer than ${maxLine / 1024 / 1024} MiB and so left out: ${tooLong} lines`);
}
