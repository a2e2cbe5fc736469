/** Where a text stops being JSON, for people: lines and columns count from 1. */
export interface JsonError {
  line: number;
  column: number;
  expected: string;
}

const whitespace = /[ \t\n\r]*/y;
const string = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * The first place where `text` breaks the grammar of JSON, or `undefined` when it is JSON. `JSON.parse` decides whether a text is JSON;
 * this only says where it is not, because the parser's own messages often lack the place and quote the text, which may hold credentials.
 */
export function findJsonError(text: string): JsonError | undefined {
  let at = 0;

  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null || match[0] === '') return false;
    at += match[0].length;
    return true;
  };
  const next = (): string => {
    skip(whitespace);
    return text.charAt(at);
  };
  const fail = (expected: string): never => {
    throw new Mismatch(at, expected);
  };
  const take = (character: string): boolean => {
    if (next() !== character) return false;
    at += 1;
    return true;
  };

  // Containers are kept on a stack of our own: recursion would overflow on deep nesting.
  const open: ('{' | '[')[] = [];
  const member = (): void => {
    if (next() !== '"')
      fail(text.charAt(at) === '}' ? 'another member (no comma stands before a })' : 'a member name in double quotes');
    if (!skip(string)) fail('a string that ends in a double quote on the same line, with legal escapes');
    if (!take(':')) fail('a colon after the member name');
  };
  /** Reads one value, or opens a container; true when a whole value has been read. */
  const value = (): boolean => {
    const first = next();
    if (first === '{') {
      at += 1;
      if (take('}')) return true;
      open.push('{');
      member();
      return false;
    }
    if (first === '[') {
      at += 1;
      if (take(']')) return true;
      open.push('[');
      return false;
    }
    if (first === '"')
      return skip(string) || fail('a string that ends in a double quote on the same line, with legal escapes');
    return skip(literal) || fail(first === ']' ? 'another item (no comma stands before a ])' : 'a value');
  };

  try {
    let whole = value();
    while (open.length > 0) {
      if (!whole) {
        whole = value();
        continue;
      }
      const container = open.at(-1);
      if (take(',')) {
        if (container === '{') member();
        whole = false;
      } else if (take(container === '{' ? '}' : ']')) {
        open.pop();
      } else {
        fail(container === '{' ? 'a comma or }' : 'a comma or ]');
      }
    }
    if (next() !== '') fail('the end of the file');
    return undefined;
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    const before = text.slice(0, error.at).split(/\r\n|\n|\r/);
    return { line: before.length, column: (before.at(-1) ?? '').length + 1, expected: error.expected };
  }
}

class Mismatch extends Error {
  constructor(
    readonly at: number,
    readonly expected: string,
  ) {
    super(expected);
  }
}
