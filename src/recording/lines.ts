import type { Chunk } from './source.js';

/** One line of a file, without its line break. */
export interface Line {
  /** `undefined`: longer than allowed, and so not kept. */
  text: string | undefined;
  /** From 1 on. */
  number: number;
  /** Whether the file ends here without a line break. */
  isLast: boolean;
  /** Bytes of the file that were read before this line was complete; for the last line all of them. */
  endsAt: number;
}

/**
 * Gives a file line by line in bounded memory: `node:readline` would keep a line of any length.
 * @param progress gets the size of each piece that was read
 */
export async function* readLines(
  chunks: AsyncIterable<Chunk>,
  maxBytes: number,
  progress: (bytes: number) => void,
): AsyncGenerator<Line> {
  let parts: Uint8Array[] = [];
  let size = 0;
  let number = 0;
  let endsAt = 0;
  const take = (part: Uint8Array): void => {
    size += part.length;
    if (size <= maxBytes) parts.push(part);
    else parts = [];
  };
  const line = (isLast: boolean): Line => {
    number += 1;
    const text = size <= maxBytes ? Buffer.concat(parts).toString('utf8').replace(/\r$/, '') : undefined;
    parts = [];
    size = 0;
    return { text, number, isLast, endsAt };
  };
  for await (const { bytes, read } of chunks) {
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
      take(bytes.subarray(start, end));
      start = end + 1;
      yield line(false);
    }
    take(bytes.subarray(start));
    endsAt += read;
    progress(read);
  }
  if (size > 0) yield line(true);
}
