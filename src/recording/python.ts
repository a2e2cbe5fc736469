const escapes = /\\(?:x([0-9a-f]{2})|(['\\]))/g;

/**
 * The bytes that Python prints so, without the quotes around them: a backslash doubled, `\x..` for those beyond ASCII; `undefined`
 * where it prints no bytes so. JSON has escapes of one backslash, unless what it escapes is a backslash.
 */
export function pythonBytes(text: string): Buffer | undefined {
  if (!text.includes('\\') || text.replace(escapes, '').includes('\\')) return undefined;
  const plain = text.replace(escapes, (_, hex: string | undefined, sign: string) =>
    hex === undefined ? sign : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}
