import { dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { jsonParser } from 'stream-json/core/parser.js';
import { createAssembler } from './assemble.js';
import { attachmentsIn } from './attachments.js';
import { MAX_BODY_BYTES } from './body.js';
import { noExchange, recordedOf, saveAgain } from './entry.js';
import { chunksOf, type Encoding, type Source } from './source.js';
import type { Recorded } from './types.js';

/** Base64 takes four characters for three bytes. */
const bounds = { string: Math.ceil((MAX_BODY_BYTES * 4) / 3) + 1024, entry: 4 * MAX_BODY_BYTES };

/**
 * Reads JSON of any size entry by entry: a HAR, or exchanges in one array or one behind the other. What is wrong with the file is
 * told through the source, and ends the reading.
 */
export async function* readDocument(
  source: Source,
  encoding: Encoding,
  kind: 'har' | 'array' | 'values',
): AsyncGenerator<Recorded> {
  // Strings come in pieces, so that no body is held whole before its length is known.
  const pieces = { packStrings: false, streamKeys: false, streamNumbers: false };
  const parse = jsonParser({ ...pieces, jsonStreaming: kind === 'values' });
  const attachment = attachmentsIn(dirname(source.path));
  let complete: Recorded[] = [];
  let count = 0;
  let others = 0;
  const assembler = createAssembler(bounds, kind, (entry) => {
    count += 1;
    const recorded = recordedOf(entry, { place: `entry ${count} of ${source.name}`, source: source.index, attachment });
    if (recorded === undefined) others += 1;
    else complete.push(recorded);
  });
  const decoder = new StringDecoder('utf8');
  let read = 0;
  for await (const chunk of chunksOf(source.path, encoding)) {
    let isDamaged = false;
    if (kind === 'values' || !assembler.isComplete()) {
      try {
        const tokens = parse(decoder.write(chunk.bytes));
        if (typeof tokens === 'object' && tokens !== null && 'values' in tokens) {
          for (const token of tokens.values) assembler.push(token);
        }
      } catch {
        isDamaged = true;
      }
    }
    yield* complete;
    complete = [];
    if (isDamaged) {
      source.tell(
        `it is no JSON between the bytes ${read} and ${read + chunk.read}: the ${count} entries before were read. ${saveAgain}`,
      );
      break;
    }
    read += chunk.read;
    source.progress(chunk.read);
  }
  if (others > 0) source.tell(`${others} of its ${count} entries hold no exchange. ${noExchange}`);
  if (read === 0) source.tell('it is empty');
  else if (assembler.isWithin())
    source.tell(`it ends in mid-entry at byte ${read}: the ${count} complete entries were read. ${saveAgain}`);
  else if (kind === 'har' && !assembler.hasEntries())
    source.tell('it holds no log.entries: it is no HAR. Save the traffic as HAR, with content');
}
