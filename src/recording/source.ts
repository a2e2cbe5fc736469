import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileProblem, UsageError } from '../errors.js';

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

/** How the text of a file is written down. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The first bytes of a recording. */
export interface Head {
  bytes: Uint8Array;
  encoding: Encoding;
  /** The same as text, without a byte order mark. */
  text: string;
}

const headBytes = 4096;

/** Reads the head of a recording. Throws a `UsageError` where the file cannot be read. */
export async function headOf({ path, name }: Source): Promise<Head> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      const bytes = buffer.subarray(0, bytesRead);
      const encoding = encodingOf(bytes);
      return { bytes, encoding, text: new TextDecoder(encoding).decode(bytes) };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new UsageError(`${name} is no recording: ${fileProblem(error)}. Name a HAR file or a file of JSON Lines.`);
  }
}

/** By the byte order mark; without one by the zero bytes beside the first brace, for JSON begins with a character of ASCII. */
function encodingOf(bytes: Buffer): Encoding {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)) return 'utf-16be';
  return 'utf-8';
}

/** A piece of a file: in UTF-8, and how many bytes of the file it was. */
export interface Chunk {
  bytes: Uint8Array;
  read: number;
}

/** The pieces of a file in UTF-8, however it is written down, without a byte order mark at its start. */
export async function* chunksOf(path: string, encoding: Encoding): AsyncGenerator<Chunk> {
  const decoder = encoding === 'utf-8' ? undefined : new TextDecoder(encoding);
  let isFirst = true;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const marked = isFirst && chunk.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
    isFirst = false;
    const bytes =
      decoder === undefined ? chunk.subarray(marked ? 3 : 0) : Buffer.from(decoder.decode(chunk, { stream: true }));
    yield { bytes, read: chunk.length };
  }
}
