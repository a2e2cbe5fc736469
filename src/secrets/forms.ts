/** Finds secrets in text in whatever way their characters are escaped or encoded. */

/** A part of a text, from `start` to before `end`. */
export interface Span {
  start: number;
  end: number;
}

export interface Finder {
  /** Adds a secret; one that is known already, or shorter than `MIN_SECRET_LENGTH`, changes nothing. */
  add(secret: string): void;
  /** All places where a secret stands, in order; overlapping ones joined. */
  find(text: string): Span[];
  /** The greatest number of characters that one secret can take up in a text. */
  longest(): number;
}

/**
 * Shorter secrets are not searched for: a value such as `1` or `en` stands everywhere by chance, so masking it would hide
 * evidence and show, by the holes, what it is. They are masked only where the structure says that a secret stands there.
 */
export const MIN_SECRET_LENGTH = 4;

interface Pattern {
  text: string;
  /** The characters (code points) of `text`. */
  characters: string[];
  /** Characters of an encoding's alphabet that may be swallowed at either end, because they hold bits of the secret too. */
  edges?: { before: number; after: number; padding: boolean };
}

/** Size of the bit table that tells at a glance whether a secret may begin here. */
const TABLE_BITS = 20;

/**
 * Creates a finder. One pass over the text looks up each run of four characters in a table of the beginnings of all secrets
 * in all spellings; only where that hits are secrets compared, character by character in any mixture of spellings:
 * itself, URL-encoded once or twice, JSON-escaped once or in JSON in a string, that URL-encoded or in HTML, as \uXXXX,
 * as an HTML or XML entity.
 * Base64, base64url (at each of the three alignments, within a longer text) and hex are further secrets to look for.
 *
 * A regular expression of all spellings of 60 secrets takes many times longer on a large text, for it tries them one by one.
 */
export function createFinder(): Finder {
  const known = new Set<string>();
  const table = new Uint32Array(2 ** TABLE_BITS / 32);
  /** Patterns by the key of their first four characters as they may stand in a text. */
  const byBeginning = new Map<number, Pattern[]>();
  /** Patterns by their first character, for where that is escaped: then the key says little. */
  const byFirst = new Map<string, Pattern[]>();
  let longest = 0;

  const mark = (key: number): void => {
    const slot = hash(key);
    table[slot >>> 5] = (table[slot >>> 5] ?? 0) | (1 << (slot & 31));
  };

  const addPattern = (text: string, edges?: Pattern['edges']): void => {
    if (text.length < MIN_SECRET_LENGTH) return;
    const characters = Array.from(text);
    const pattern: Pattern = edges ? { text, characters, edges } : { text, characters };
    const widest = (character: string) => Math.max(...spellingsOf(character).map((spelling) => spelling.length));
    // The 8 are for the edges of base64: one character before and after, `%3D%3D` for the padding.
    longest = Math.max(
      longest,
      characters.reduce((sum, character) => sum + widest(character), 8),
    );
    push(byFirst, characters[0] as string, pattern);
    for (const beginning of beginningsOf(characters, false)) {
      mark(keyOf(beginning));
      push(byBeginning, keyOf(beginning), pattern);
    }
    for (const beginning of beginningsOf(characters, true)) mark(keyOf(beginning));
  };

  return {
    longest: () => longest,
    add(secret) {
      if (secret.length < MIN_SECRET_LENGTH || known.has(secret)) return;
      known.add(secret);
      addPattern(secret);
      const written = new Set([secret, JSON.stringify(secret).slice(1, -1), urlEncoded(secret)]);
      for (const form of written) {
        const bytes = Buffer.from(form, 'utf8');
        addPattern(bytes.toString('hex'));
        addPattern(bytes.toString('hex').toUpperCase());
        for (const offset of [0, 1, 2]) {
          const { text, edges } = base64At(bytes, offset);
          addPattern(text, edges);
          addPattern(text.replaceAll('+', '-').replaceAll('/', '_'), edges);
        }
      }
    },
    find(text) {
      const spans: Span[] = [];
      if (known.size === 0) return spans;
      const escapes = escapesIn(text);
      let key = 0;
      for (let index = 0; index < text.length; index += 1) {
        key = (key << 8) | ((text.charCodeAt(index) | 0x20) & 0xff);
        const slot = hash(key);
        if ((((table[slot >>> 5] as number) >>> (slot & 31)) & 1) === 0 || index < 3) continue;
        const start = index - 3;
        for (const pattern of byBeginning.get(key) ?? []) collect(spans, text, start, pattern, escapes);
        for (const { character } of escapes(start)) {
          for (const pattern of byFirst.get(character) ?? []) collect(spans, text, start, pattern, escapes);
        }
      }
      return joined(spans);
    },
  };
}

/** The characters that surely stand in the base64 text when the bytes begin `offset` bytes after a multiple of three. */
function base64At(bytes: Buffer, offset: number): { text: string; edges: NonNullable<Pattern['edges']> } {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]);
  const text = whole.toString('base64').replaceAll('=', '');
  const from = Math.ceil((offset * 8) / 6);
  const to = Math.floor((whole.length * 8) / 6);
  const open = whole.length % 3 !== 0;
  return { text: text.slice(from, to), edges: { before: offset === 0 ? 0 : 1, after: open ? 1 : 0, padding: open } };
}

function collect(spans: Span[], text: string, start: number, pattern: Pattern, escapes: Escapes): void {
  const matched = endOf(pattern, text, start, escapes);
  if (matched === undefined) return;
  let end = matched;
  let from = start;
  const { edges } = pattern;
  if (edges) {
    if (edges.before && /[\w+/-]/.test(text.charAt(from - 1))) from -= 1;
    if (edges.after && /[\w+/-]/.test(text.charAt(end))) end += 1;
    if (edges.padding) end += /^(?:=|%3d){0,2}/i.exec(text.slice(end, end + 6))?.[0].length ?? 0;
  }
  spans.push({ start: from, end });
}

/** A shorter part of a secret that is cut off tells nothing, and would be found in texts that hold none. */
const MIN_CUT_LENGTH = 8;
/** Where an excerpt was cut: before `…`, the rest of an escape and a quote between them. */
const cutHere = /(?:[\\%&][\w#]{0,6})?["'\\]*…/y;

function isCutAt(text: string, at: number): boolean {
  cutHere.lastIndex = at;
  return cutHere.test(text);
}

/**
 * Where the secret that begins at `start` ends, or `undefined`. Keeps all possible ends, as spellings may be ambiguous. An excerpt
 * may have been cut in the midst of a secret, which ends there then.
 */
function endOf(
  { text: secret, characters }: Pattern,
  text: string,
  start: number,
  escapes: Escapes,
): number | undefined {
  if (text.startsWith(secret, start)) return start + secret.length;
  let ends = [start];
  for (const [index, character] of characters.entries()) {
    const next = new Set<number>();
    for (const at of ends) {
      if (text.startsWith(character, at)) next.add(at + character.length);
      if (character === ' ' && text.startsWith('+', at)) next.add(at + 1);
      for (const read of escapes(at)) if (read.character === character) next.add(read.end);
    }
    if (next.size === 0) return index < MIN_CUT_LENGTH ? undefined : ends.find((at) => isCutAt(text, at));
    ends = [...next];
  }
  return Math.max(...ends);
}

/** What the escape at a place of the text may stand for, and where it ends; nothing where there is none. */
type Escapes = (at: number) => readonly { character: string; end: number }[];

const NO_ESCAPES: ReturnType<Escapes> = [];

/** Reads the escapes of a text, each place once. */
function escapesIn(text: string): Escapes {
  const read = new Map<number, ReturnType<Escapes>>();
  return (at) => {
    if (!isEscape(text.charCodeAt(at))) return NO_ESCAPES;
    const known = read.get(at);
    if (known) return known;
    const found = [];
    for (const length of escapeLengths) {
      const here = text.slice(at, at + length);
      for (const { character, exact } of escapeMeanings.get(here.toLowerCase()) ?? []) {
        if (exact === undefined || exact === here) found.push({ character, end: at + length });
      }
    }
    read.set(at, found);
    return found;
  };
}

/** Whether `%`, `\` or `&`, with which every escape begins. */
function isEscape(code: number): boolean {
  return code === 0x25 || code === 0x5c || code === 0x26;
}

function joined(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result;
}

/** Escapes of all characters of all secrets, in lower case. `exact`: of this case only, for it has no hex digits. */
const escapeMeanings = new Map<string, { character: string; exact?: string }[]>();
const escapeLengths = new Set<number>();
const spellings = new Map<string, string[]>();

/** The ways to write one character (code point), itself the first; hex digits in lower case. */
function spellingsOf(character: string): string[] {
  const known = spellings.get(character);
  if (known) return known;
  const literal = new Set([character]);
  const folded = new Set<string>();
  const percent = Buffer.from(character, 'utf8').toString('hex').replace(/../g, '%$&');
  folded.add(percent);
  folded.add(percent.replaceAll('%', '%25'));
  const units = Array.from({ length: character.length }, (_, at) =>
    character.charCodeAt(at).toString(16).padStart(4, '0'),
  );
  // JSON within a JSON string doubles each backslash, so an escape has one, two or (twice within) four of them.
  for (const slashes of ['\\', '\\\\', '\\\\\\\\']) folded.add(units.map((unit) => `${slashes}u${unit}`).join(''));
  let escaped = character;
  for (let level = 0; level < 3; level += 1) {
    escaped = JSON.stringify(escaped).slice(1, -1);
    // Without a `u`, a JSON escape is written in one way only.
    if (!/\\u/.test(escaped)) literal.add(escaped);
  }
  if (character === '/') for (const slashes of ['\\', '\\\\', '\\\\\\\\']) literal.add(`${slashes}/`);
  // A JSON text may be URL-encoded as a whole, then the backslash of an escape is too; or stand in HTML, then its quote is escaped.
  for (const json of [...literal, ...folded].filter((spelling) => spelling.startsWith('\\'))) {
    const encoded = encodeURIComponent(json);
    folded.add(encoded);
    folded.add(encoded.replaceAll('%', '%25'));
    for (const quote of ['&quot;', '&#34;', '&#x22;']) literal.add(json.replaceAll('"', quote));
  }
  if (character === ' ') literal.add('+');
  const code = character.codePointAt(0) ?? 0;
  folded.add(`&#${code};`);
  folded.add(`&#x${code.toString(16)};`);
  const entity = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }[character];
  if (entity) literal.add(`&${entity};`);
  if (character === "'") literal.add('&#039;');
  const all = [...literal, ...folded];
  for (const spelling of all.filter(isEscaped)) {
    const meaning = folded.has(spelling) ? { character } : { character, exact: spelling };
    const lower = spelling.toLowerCase();
    escapeMeanings.set(lower, [...(escapeMeanings.get(lower) ?? []), meaning]);
    escapeLengths.add(spelling.length);
  }
  spellings.set(character, all);
  return all;
}

/** The first four characters of a secret in all mixtures of spellings, those whose first is escaped or the others. */
function beginningsOf(characters: string[], escapedFirst: boolean): Set<string> {
  let open = spellingsOf(characters[0] as string).filter((spelling) => isEscaped(spelling) === escapedFirst);
  const found = new Set<string>();
  for (let at = 1; open.length > 0; at += 1) {
    const longer: string[] = [];
    for (const beginning of open) {
      if (beginning.length >= 4) found.add(beginning.slice(0, 4));
      else
        for (const spelling of spellingsOf(characters[at] as string)) longer.push((beginning + spelling).slice(0, 4));
    }
    open = longer;
  }
  return found;
}

function isEscaped(spelling: string): boolean {
  return spelling.length > 1 && isEscape(spelling.charCodeAt(0));
}

/** Four characters as one number, blind to case. */
function keyOf(beginning: string): number {
  let key = 0;
  for (let at = 0; at < 4; at += 1) key = (key << 8) | ((beginning.charCodeAt(at) | 0x20) & 0xff);
  return key;
}

function hash(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - TABLE_BITS);
}

function urlEncoded(secret: string): string {
  // Half a surrogate pair cannot be encoded; as bytes it is U+FFFD.
  return encodeURIComponent(Buffer.from(secret, 'utf8').toString('utf8'));
}

function push<Key>(map: Map<Key, Pattern[]>, key: Key, pattern: Pattern): void {
  const list = map.get(key);
  if (!list) map.set(key, [pattern]);
  else if (list.at(-1) !== pattern) list.push(pattern);
}
