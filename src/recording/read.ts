import { stat } from 'node:fs/promises';
import { fileProblem, UsageError } from '../errors.js';
import { readDocument } from './document.js';
import { readJsonLines } from './json-lines.js';
import { kindOf } from './kind.js';
import { headOf, type Source } from './source.js';
import type { Recorded } from './types.js';

/**
 * Reads a recording entry by entry, HAR or JSON Lines by its content, in memory that does not grow with the file.
 * @throws UsageError where the file cannot be read or is neither
 */
export async function* readRecording(source: Source): AsyncGenerator<Recorded> {
  const head = await headOf(source);
  const kind = kindOf(head, source.name);
  yield* kind === 'lines' ? readJsonLines(source, head.encoding) : readDocument(source, head.encoding, kind);
}

/** The size of a recording in bytes. Throws a `UsageError` where there is none. */
export async function sizeOf(path: string, name: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw new UsageError(`${name} is no recording: ${fileProblem(error)}. Name a HAR file or a file of JSON Lines.`);
  }
}
