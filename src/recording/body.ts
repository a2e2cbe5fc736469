import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Kept } from './types.js';

/** Longer bodies, in bytes after decompression, are not judged: no documented answer comes near, and memory stays bounded. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

export const tooLong = `a body is longer than ${MAX_BODY_BYTES / 1024 / 1024} MiB`;

/** What recorders and redactors leave in place of what they hide. */
export const maskPattern = /\*\*\*|\bredacted\b/i;

const decoders: Record<string, (bytes: Uint8Array) => Buffer> = {
  gzip: (bytes) => gunzipSync(bytes, { maxOutputLength: MAX_BODY_BYTES }),
  br: (bytes) => brotliDecompressSync(bytes, { maxOutputLength: MAX_BODY_BYTES }),
  deflate: (bytes) => {
    // Some servers send the bare stream without the wrapper that the standard asks for.
    const [first = 0, second = 0] = bytes;
    const bare = (first & 0x0f) !== 8 || (first * 256 + second) % 31 !== 0;
    return (bare ? inflateRawSync : inflateSync)(bytes, { maxOutputLength: MAX_BODY_BYTES });
  },
};

/**
 * Decompresses a body that was kept as it went over the wire.
 * @param encoding the Content-Encoding header; several with commas between, the last applied first
 */
export function decompress(bytes: Uint8Array, encoding: string | undefined): Kept {
  const steps = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((step) => step.trim().replace(/^x-/, ''))
    .filter((step) => step !== '' && step !== 'identity');
  let plain = bytes;
  if (plain.length === 0) return { bytes };
  for (const step of steps.reverse()) {
    const decode = decoders[step];
    if (decode === undefined) return { lost: `a body is compressed in a way that cannot be read here (${step})` };
    try {
      plain = decode(plain);
    } catch (error) {
      const isLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      return { lost: isLong ? tooLong : `a body is said to be compressed (${step}), but is not, or not whole` };
    }
  }
  return plain.length > MAX_BODY_BYTES ? { lost: tooLong } : { bytes: plain };
}

/**
 * Decompresses where a body of base64 was left compressed. Most recorders keep the body plain and the header as it came, so
 * the bytes decide: JSON begins with a character that begins no compressed stream of these kinds that we could take for it.
 */
export function decompressIfLeft(bytes: Uint8Array, encoding: string | undefined): Kept {
  if (bytes.length > MAX_BODY_BYTES) return { lost: tooLong };
  if (encoding === undefined || isJson(Buffer.from(bytes).toString('utf8'))) return { bytes };
  const kept = decompress(bytes, encoding);
  // Not compressed after all: a plain body that is no JSON is judged as it is.
  return 'lost' in kept && kept.lost !== tooLong && isText(bytes) ? { bytes } : kept;
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isText(bytes: Uint8Array): boolean {
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what text does not hold.
    return !/[\u0000-\u0008\u000e-\u001f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
