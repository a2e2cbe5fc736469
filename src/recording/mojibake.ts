/** The characters of bytes as Windows-1252, which browsers take Latin-1 for, has them; and the bytes of those characters. */
const characters = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
const bytesOf = new Map([
  ...Array.from({ length: 256 }, (_, byte): [string, number] => [String.fromCharCode(byte), byte]),
  ...Array.from(characters, (character, byte): [string, number] => [character, byte]),
]);

/**
 * A text that a recorder took for Latin-1 though it was UTF-8, put right: every character beyond ASCII is part of a sequence that is
 * UTF-8 when its characters are taken for bytes, which text that was read right is not but by rare chance.
 * @param size how many bytes the text had, where the recorder tells: it decides
 */
export function repaired(text: string, size: number | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is the same in both.
  if (/^[\x00-\x7f]*$/.test(text) || (size !== undefined && size !== text.length)) return text;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const byte = bytesOf.get(text.charAt(at));
    if (byte === undefined) return text;
    bytes[at] = byte;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return text;
  }
}

/**
 * Whether a recorder kept question marks or replacement characters where what was sent had others: a server shows those again, and none
 * could bring back what never came to it.
 */
export function isLossy(sent: string, shown: unknown): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is the same in both.
  const bare = (text: string) => text.replace(/[^\x00-\x7f]/g, '?').replace(/\?+/g, '?');
  const holds = (text: string) => /[^\0-\x7f\ufffd]/.test(text);
  return typeof shown === 'string' && holds(shown) && !holds(sent) && bare(sent) === bare(shown);
}
