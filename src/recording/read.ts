import { open, stat } from 'node:fs/promises';
import { fileProblem, UsageError } from '../errors.js';
import { readHar } from './har.js';
import { readJsonLines } from './json-lines.js';
import type { Recorded } from './types.js';

/** A recording that is being read. */
export interface Source {
  path: string;
  /** The name as the user gave it. */
  name: string;
  /** Its place among the recordings of one check. */
  index: number;
  /** Gets the size of each piece that was read. */
  progress(bytes: number): void;
  /** Gets, as a part of a sentence, what is wrong with the file. */
  tell(problem: string): void;
}

/**
 * Reads a recording entry by entry, HAR or JSON Lines by its content, in memory that does not grow with the file.
 * @throws UsageError where the file cannot be read or is neither
 */
export async function* readRecording(source: Source): AsyncGenerator<Recorded> {
  const head = await headOf(source);
  yield* isHar(head, source) ? readHar(source) : readJsonLines(source);
}

/** The size of a recording in bytes. Throws a `UsageError` where there is none. */
export async function sizeOf(path: string, name: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw new UsageError(`${name} is no recording: ${fileProblem(error)}. Name a HAR file or a file of JSON Lines.`);
  }
}

async function headOf({ path, name }: Source): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new UsageError(`${name} is no recording: ${fileProblem(error)}. Name a HAR file or a file of JSON Lines.`);
  }
}

function isHar(head: Buffer, { name }: Source): boolean {
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  const kind = text.startsWith('PK')
    ? 'a zip archive'
    : head[0] === 0x1f && head[1] === 0x8b
      ? 'compressed'
      : undefined;
  if (kind !== undefined) throw new UsageError(`${name} is ${kind}: unpack it and name the file inside.`);
  if (!/^\s*(\{|$)/.test(text))
    throw new UsageError(
      `${name} is neither a HAR nor JSON Lines: it does not begin with "{". Save the traffic as HAR, or one exchange a line.`,
    );
  return /^\s*\{\s*"log"\s*:/.test(text) || (/\.har$/i.test(name) && !/^\s*\{\s*"request"\s*:/.test(text));
}
