import { type Kept, MAX_BODY_BYTES, tooLong } from '../recording/index.js';

/** A copy of a body that passes by: of a longer one only that it was longer. */
export interface Copy {
  add(chunk: Buffer): void;
  kept(): Kept;
}

/** Makes an empty copy. It holds the chunks as they came, and joins them only in the end. */
export function createCopy(): Copy {
  let chunks: Buffer[] = [];
  let size = 0;
  return {
    add(chunk) {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else chunks = [];
    },
    kept: () => (size > MAX_BODY_BYTES ? { lost: tooLong } : { bytes: Buffer.concat(chunks, size) }),
  };
}
