/** Credentials altered on purpose: what was done to them, in words and for a shell. */

/** One way to alter a credential. */
interface Alteration {
  /** @param noun what the words call the credential */
  words(noun: string): string;
  /** The altered credential; the credential itself where this way does not alter it. */
  of(token: string): string;
  /**
   * What gives the altered credential between double quotes of a POSIX shell, where the variable `name` holds the credential. It tells
   * nothing of the credential but its length and its alphabet. `undefined` where no short expression does.
   */
  shell(name: string, token: string): string | undefined;
}

/** A signature of nobody, of the right form: base64 of words that say so. Lines for a shell show it as it is. */
export const madeUpSignature = 'bm8gc2lnbmF0dXJlIG9mIHRoaXMgYWNjb3VudA==';

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** What turns the uppermost bit of one character, for `tr`. */
const turned = {
  hex: `'0-9a-fA-F' '89a-f0-72-7'`,
  base64: String.raw`'A-Za-z0-9\055_' 'g-z0-9\055_A-Za-f'`,
};
/** What shifts letters and digits, for `tr`. */
const shifted = {
  hex: `'0-9a-fA-F' '7-90-6b-faB-FA'`,
  other: `'0-9a-zA-Z' '7-90-6h-za-gH-ZA-G'`,
};

/** The ways, those that a careless server is most likely to let pass first. */
const alterations: readonly Alteration[] = [
  changedAt('that differs in its last character', lastOf),
  changedAt('that differs in a character of its middle', (token) => Math.floor(lastOf(token) / 2)),
  changedAt('that differs in its first character', () => 0),
  {
    words: (noun) => `${noun} with two characters more`,
    // Behind the padding of base64 a decoder may read no further.
    of: (token) => (token.endsWith('=') ? token : `${token}00`),
    shell: (name) => `\${${name}}00`,
  },
  {
    words: (noun) => `the first half of ${noun}`,
    of: (token) => token.slice(0, halfOf(token)),
    shell: (name, token) => partOf(name, `1-${halfOf(token)}`),
  },
  {
    words: (noun) => `${noun} of the right form that belongs to nobody`,
    of: foreign,
    shell(name, token) {
      const start = token.indexOf('.') + 1;
      const shift = `tr ${isHex(token) ? shifted.hex : shifted.other}`;
      return `${start === 0 ? '' : partOf(name, `1-${start}`)}${partOf(name, `${start + 1}-`, shift)}`;
    },
  },
  {
    words: (noun) => `${noun} with the case of its letters swapped`,
    // Digits in base 16 mean the same in either case.
    of: (token) => (/[g-z]/i.test(token) ? caseSwapped(token) : token),
    shell: (name) => partOf(name, '1-', `tr 'a-zA-Z' 'A-Za-z'`),
  },
];

/**
 * Tokens that nobody was given, each near to a good one, with what was done to it. The first differs in its last character.
 * @param noun what the words call it
 */
export function alteredTokens(token: string, noun = 'a token'): [words: string, token: string][] {
  return alterations
    .map(({ words, of }): [string, string] => [words(noun), of(token)])
    .filter(([, other]) => other !== token);
}

/**
 * How `token` was altered to be `sent`: in words, and for a shell in which the variable `name` holds it. `undefined` where it was not,
 * in any way known here.
 */
export function alterationOf(
  token: string,
  sent: string,
  name: string,
): { words: string; shell: string | undefined } | undefined {
  if (token === sent) return undefined;
  const found = alterations.find(({ of }) => of(token) === sent) ?? (caseSwapped(token) === sent && alterations.at(-1));
  if (!found) return undefined;
  // `cut` and `tr` count bytes, and the lines of what they read.
  const isAscii = /^[\u0020-\u007e]*$/.test(token);
  return { words: found.words(`$${name}`), shell: isAscii ? found.shell(name, token) : undefined };
}

/** Changes one character into another one of the same alphabet. */
function changedAt(what: string, at: (token: string) => number): Alteration {
  return {
    words: (noun) => `${noun} ${what}`,
    of: (token) => replaced(token, at(token)),
    shell(name, token) {
      const index = at(token);
      const character = token[index] ?? '-';
      const set = isHex(token) ? (isHexDigit(character) ? turned.hex : undefined) : turned.base64;
      if (set === undefined || !(isHex(token) || base64.includes(character))) return undefined;
      const [before, behind] = [index > 0, index < token.length - 1];
      return [
        before ? partOf(name, `1-${index}`) : '',
        partOf(name, `${index + 1}`, `tr ${set}`),
        behind ? partOf(name, `${index + 2}-`) : '',
      ].join('');
    },
  };
}

/** Some characters of a variable, counted from 1 as `cut` does, perhaps through a filter. */
function partOf(name: string, characters: string, filter?: string): string {
  const cut = characters === '1-' ? '' : ` | cut -c${characters}`;
  return `$(printf %s "$${name}"${cut}${filter === undefined ? '' : ` | ${filter}`})`;
}

/** The index of the last character, before the padding of base64. */
function lastOf(token: string): number {
  return token.replace(/=+$/, '').length - 1;
}

function halfOf({ length }: string): number {
  return Math.ceil(length / 2);
}

/**
 * Another character of the same alphabet. In base64 the last character may bear as little as two bits, the upper ones, so the
 * uppermost is turned: a change of the lower ones can leave the token what it was.
 */
function replaced(token: string, at: number): string {
  const character = token[at] ?? '';
  const other = isHex(token) ? turnedHex(character) : base64[(base64.indexOf(character) + 32) % 64];
  return `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
}

function turnedHex(character: string): string {
  return isHexDigit(character) ? (Number.parseInt(character, 16) ^ 8).toString(16) : '0';
}

/** The same form with other letters and digits, but for what stands before the first full stop, which may name a kind. */
function foreign(token: string): string {
  const start = token.indexOf('.') + 1;
  const letters = isHex(token) ? 'abcdef' : 'abcdefghijklmnopqrstuvwxyz';
  const shift = (character: string) => {
    const alphabet =
      ['0123456789', letters, letters.toUpperCase()].find((each) => each.includes(character)) ?? character;
    return alphabet[(alphabet.indexOf(character) + 7) % alphabet.length];
  };
  return token.slice(0, start) + token.slice(start).replace(/[\da-z]/gi, (character) => shift(character) ?? character);
}

function isHex(token: string): boolean {
  return /^[0-9a-f-]+$/i.test(token);
}

function isHexDigit(character: string): boolean {
  return /^[0-9a-f]$/i.test(character);
}

/** The text with the case of its letters swapped. */
export function caseSwapped(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
