/** Values that people and programs send, biased towards those that servers take for something else. */
import fc from 'fast-check';

/** Texts that mean something to programs: in place of the text, in a query, in markup, in a command line, as a value of its own. */
export const particularTexts: readonly string[] = [
  '0',
  '007',
  '-1',
  '1.0',
  '1e3',
  'null',
  'undefined',
  'true',
  'false',
  'NaN',
  '[]',
  '{}',
  '{"text":"a"}',
  '{ "a": 1 }',
  '""',
  "'",
  "O'Neill; --",
  '\\',
  '\\n',
  '\\u0041',
  '/',
  '/help',
  '/me waves',
  '//',
  '#',
  '#tag',
  '@all',
  '!',
  '*',
  '%',
  '%20',
  '%s',
  '+',
  'a+b',
  '&amp;',
  '<b>bold</b>',
  '<!-- -->',
  '$1',
  '$' + '{x}',
  '{{x}}',
  ':',
  ':-)',
  ';',
  ',',
  '...',
  'http://example.test/?a=1&b=2#c',
  ' a',
  'a ',
  'a  b',
  'a\nb',
  'a\r\nb',
  'a\tb',
  'system',
  'admin',
  'constructor',
  '__proto__',
  'ß',
  'İ',
  'é',
  'e\u0301',
  '語',
  '🙂',
  '👩‍👩‍👧',
  'שלום',
  '\u200b',
];

/** Lengths at which fields of databases and protocols end. */
const particularLengths = [
  1, 2, 16, 20, 32, 50, 64, 100, 127, 128, 140, 160, 200, 255, 256, 257, 500, 512, 1000, 1024, 1025, 2048, 4096,
];

/** Few words, so that the same one comes again. */
const words = ['a', 'b', 'hello', 'ok', 'yes'];

const uniqueText = (number: number): string => `word ${number.toString(36)} of its own`;

/** Whether nobody comes upon a text by chance: a place that shows it has it from where it was sent. */
export function isUnique(text: string): boolean {
  return /^word \w+ of its own$/.test(text);
}

/** Texts that a server stores unchanged. @param longest characters */
export function texts(longest: number): fc.Arbitrary<string> {
  const lengths = particularLengths.filter((length) => length <= longest);
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    { weight: 4, arbitrary: fc.constantFrom(...particularTexts.filter(({ length }) => length <= longest)) },
    {
      weight: 2,
      arbitrary: fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(longest, 30) })
        .filter((text) => !isOdd(text)),
    },
    { weight: 1, arbitrary: fc.constantFrom(...lengths).map((length) => `${'x'.repeat(length - 1)}.`) },
    { weight: 2, arbitrary: fc.nat(99_999_999).map(uniqueText) },
  );
}

/** Whether a server may refuse a text though it is one: nothing but white space, or control characters. What it takes, it must keep. */
export function isOdd(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are odd in a text
  return text.trim() === '' || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b]|\p{Cs}/u.test(text);
}

/** How recent the thing is that a command refers to: 0 is the newest. Mostly one of the last few. */
export const recent: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.nat(2) },
  { weight: 2, arbitrary: fc.nat(9) },
);

/** The item that is so recent, of items that stand oldest first; `undefined` where there are none. */
export function recently<T>(items: readonly T[], back: number): T | undefined {
  return items.length === 0 ? undefined : items[items.length - 1 - (back % items.length)];
}

/** Something that is there once in so many times. */
export function onceIn<T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** A credential that is wrong in one character of its middle. */
export function altered(credential: string): string {
  const at = Math.floor(credential.length / 2);
  const other = credential[at]?.toLowerCase() === 'x' ? 'y' : 'x';
  return `${credential.slice(0, at)}${other}${credential.slice(at + 1)}`;
}
