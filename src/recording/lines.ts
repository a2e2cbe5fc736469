import { createReadStream } from 'node:fs';

/** One line of a file, without its line break. */
export interface Line {
  /** `undefined`: longer than allowed, and so not kept. */
  text: string | undefined;
  /** From 1 on. */
  number: number;
  /** Whether the file ends here without a line break. */
  isLast: boolean;
  /** Bytes of the file up to and with this line. */
  endsAt: number;
}

/**
 * Reads a file line by line in bounded memory: `node:readline` would keep a line of any length.
 * @param progress gets the size of each piece that was read
 */
export async function* readLines(
  path: string,
  maxBytes: number,
  progress: (bytes: number) => void,
): AsyncGenerator<Line> {
  let parts: Buffer[] = [];
  let size = 0;
  let number = 0;
  let endsAt = 0;
  const take = (part: Buffer): void => {
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
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      take(chunk.subarray(start, end));
      endsAt += end + 1 - start;
      start = end + 1;
      yield line(false);
    }
    take(chunk.subarray(start));
    endsAt += chunk.length - start;
    progress(chunk.length);
  }
  if (size > 0) yield line(true);
}
