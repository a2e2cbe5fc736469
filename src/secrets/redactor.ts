/** Replaces credentials before anything is written, shown or thrown. */
import type { Finding, SentRequest } from '../exchange/index.js';
import { createFinder, MIN_CUT_LENGTH } from './finder.js';
import { isSecretHeader, isSecretMember } from './names.js';
import { MASK, maskSpans, type Piece, type Span, splitAt } from './spans.js';
import { MIN_SECRET_LENGTH, type Strength, strengthOf } from './strength.js';
import { structureIn } from './structure.js';

/**
 * Two kinds of text are told apart. What a server or a client sent is foreign: in it everything that is known is masked. Sentences
 * of ours (messages, reasons, steps, names of members) are safe from what a server gives out: outside of double quotes, between
 * which foreign words stand, they are searched for nothing that could be one of our words.
 */
export interface Redactor {
  /**
   * Adds what a server gave out, or a recording holds. What does not look like a credential is masked where it stands by the name of
   * its header or member, and nowhere else; so is what is longer than 16 KiB. The oldest are forgotten beyond some thousand.
   */
  add(...secrets: string[]): void;
  /** Adds what a request bears where credentials stand and was made of one that is known: probes send halves and near misses. */
  collectSecrets(request: SentRequest): void;
  /** Foreign text with `***` for every credential, however it is encoded, and for what stands where credentials stand. */
  text(text: string): string;
  /** The same text in pieces, so that lines for a shell have variables where credentials stand. */
  split(text: string): Piece[];
  /** By their values, the variables that name credentials in lines for a shell. */
  variables: ReadonlyMap<string, string>;
  /** Names a credential that was made in the run, such as a token that a module of the target gave. */
  name(credential: string, variable: string): void;
  /** The first `length` characters of a foreign text, redacted; no part of a credential is left at the end. */
  cut(text: string, length: number): string;
  /** A sentence of ours, which may hold foreign words in double quotes. What is longer than 8000 characters is cut. */
  sentence(text: string): string;
  /** A deep copy of a foreign JSON value with all strings redacted; `***` for members such as `apikey`. */
  json(value: unknown): unknown;
  /** A copy; `***` for headers such as `authorization`, whatever they hold, unless it is nothing. */
  headers(headers: Record<string, string>): Record<string, string>;
  /** A copy of a finding without its exchanges: its message and what it expected are sentences, what was found is foreign. */
  finding(finding: Finding): Omit<Finding, 'exchanges'>;
}

/** Longer parts of a finding say no more to a reader. In UTF-16 units. */
const MAX_QUOTED = 8000;
/** So many items of a page, and so many pages, are shown of a walk. */
const MAX_ITEMS = 1000;
const MAX_PAGES = 200;
const MAX_DEPTH = 512;
/** Longer bodies are bad input, and bear no credential that a shorter one does not. */
const MAX_LEARNT_BODY = 64 * 1024;
/** How much of what servers give out is remembered: number and characters in all. Each new one costs a search through all of them. */
const MAX_GIVEN = { secrets: 4096, characters: 128 * 1024 };
/** So many credentials that were made in the run keep their names: signatures may be made for each request anew. */
const MAX_MADE = 256;

/**
 * Creates a redactor that knows `secrets`, the target's own; they are never forgotten. `variables` names those that have a name, by
 * their values.
 *
 * An empty string is left as it is everywhere: it hides nothing, and that a credential is missing may be what went wrong.
 */
export function createRedactor(
  secrets: Iterable<string> = [],
  variables: Iterable<readonly [credential: string, variable: string]> = [],
): Redactor {
  /** What is searched for in foreign text, and in the words of ours. */
  const finders = { foreign: createFinder(), ours: createFinder() };
  const given = new Map<string, Strength>();
  let givenCharacters = 0;
  /** The first and the last four characters of each, in lower case. */
  const ends = new Set<string>();

  const addOwn = (secret: string): void => {
    if (secret.length < MIN_SECRET_LENGTH) return;
    finders.foreign.add(secret);
    if (strengthOf(secret) !== 'word' || /\s/.test(secret)) finders.ours.add(secret);
    given.delete(secret);
    for (const end of endsOf(secret)) ends.add(end);
  };
  const forget = (secret: string): void => {
    given.delete(secret);
    givenCharacters -= secret.length;
    finders.foreign.remove(secret);
    finders.ours.remove(secret);
  };
  const own = new Set(secrets);
  for (const secret of own) addOwn(secret);

  const addGiven = (secret: string): void => {
    if (own.has(secret) || given.has(secret)) return;
    const strength = strengthOf(secret);
    if (strength === 'word') return;
    given.set(secret, strength);
    givenCharacters += secret.length;
    finders.foreign.add(secret);
    if (strength === 'random') finders.ours.add(secret);
    for (const end of endsOf(secret)) ends.add(end);
    for (const oldest of given.keys()) {
      if (given.size <= MAX_GIVEN.secrets && givenCharacters <= MAX_GIVEN.characters) break;
      forget(oldest);
    }
  };

  const spansIn = (original: string): Span[] => finders.foreign.find(original, { inEach: structureIn });
  const text = (original: string): string => maskSpans(original, spansIn(original));
  const named = new Map(variables);
  const made: string[] = [];

  const json = (value: unknown, ancestors: object[]): unknown => {
    if (typeof value === 'string') return text(value);
    // A credential of digits may come back as a number.
    if (typeof value === 'number') return finders.foreign.find(String(value)).length === 0 ? value : MASK;
    if (typeof value !== 'object' || value === null) return value;
    if (ancestors.includes(value)) return '(circular)';
    if (ancestors.length >= MAX_DEPTH) return `(nested deeper than ${MAX_DEPTH} levels)`;
    const inside = [...ancestors, value];
    if (Array.isArray(value)) return value.map((item) => json(item, inside));
    const beside = Object.keys(value);
    const entries = Object.entries(value).map(([name, member]): [string, unknown] => [
      nameOf(name),
      isSecretMember(name, beside) || isNamedSecret(name, value) || isCode(name, member)
        ? maskedMember(member, inside)
        : json(member, inside),
    ]);
    return Object.fromEntries(entries);
  };

  /** What stands in a member that holds credentials: no text or long number of it is shown, nor of a list. */
  const maskedMember = (member: unknown, ancestors: object[]): unknown => {
    if (typeof member === 'string') return member === '' ? '' : MASK;
    if (typeof member === 'number') return String(member).length < MIN_SECRET_LENGTH ? member : MASK;
    if (Array.isArray(member) && !ancestors.includes(member))
      return member.map((item) =>
        typeof item === 'object' ? json(item, [...ancestors, member]) : maskedMember(item, ancestors),
      );
    const inside = json(member, ancestors);
    return isWithValue(inside) ? { ...inside, value: MASK } : inside;
  };

  const nameOf = (name: string): string => maskSpans(name, finders.ours.find(name));

  const sentence = (original: string): string => {
    const quotations = quotationsIn(original);
    const found = finders.ours.find(original, { inEach: structureIn });
    const spans = withinQuotations(found, quotations);
    for (const { start: from, end: to } of quotations)
      for (const { start, end } of finders.foreign.find(original.slice(from, to)))
        spans.push({ start: start + from, end: end + from });
    return maskSpans(original, spans);
  };

  const cut = (original: string, length: number): string => {
    if (original.length <= length) return text(original);
    const part = original.slice(0, length);
    const spans = finders.foreign.find(part, { isCut: true, inEach: structureIn });
    const end = spans.reduce((least, { start, isTail }) => (isTail ? Math.min(least, start) : least), length);
    return maskSpans(
      part.slice(0, end),
      spans.filter(({ start }) => start < end).map((span) => ({ start: span.start, end: Math.min(span.end, end) })),
    );
  };

  // What a check quotes may be all of an answer. Where it should be a text and is none, the verdict sees to it.
  const isLong = (value: string): boolean => typeof value === 'string' && value.length > MAX_QUOTED;
  const short = (value: string): string => (isLong(value) ? cut(value, MAX_QUOTED) + cutNote(value) : text(value));
  const shortSentence = (value: string): string =>
    isLong(value) ? sentence(`${value.slice(0, MAX_QUOTED)}…`) + cutNote(value).slice(1) : sentence(value);
  const shortList = (items: readonly string[]): string[] =>
    items.length <= MAX_ITEMS
      ? items.map(short)
      : [...items.slice(0, MAX_ITEMS).map(short), `… [cut from ${items.length} items]`];

  return {
    add(...more) {
      for (const secret of more) addGiven(secret);
    },
    collectSecrets(request) {
      for (const value of credentialsIn(request)) {
        if (own.has(value) || !endsOf(value).some((end) => ends.has(end))) continue;
        own.add(value);
        finders.foreign.add(value);
        if (strengthOf(value) !== 'word') finders.ours.add(value);
      }
    },
    text,
    split: (original) => splitAt(original, spansIn(original)),
    variables: named,
    name(credential, variable) {
      addGiven(credential);
      if (named.has(credential)) return;
      made.push(credential);
      named.set(credential, variable);
      if (made.length > MAX_MADE) named.delete(made.shift() ?? '');
    },
    cut,
    sentence: shortSentence,
    json: (value) => json(value, []),
    headers(headers) {
      const entries = Object.entries(headers).map(([name, value]): [string, string] => {
        const secret = value !== '' && isSecretHeader(name);
        // What repeats a request in a header cuts it off somewhere: a part of a credential at the end is masked too. Most headers
        // repeat nothing, and end in letters with which a credential may begin.
        const parts = { isCut: true, inEach: structureIn };
        return [nameOf(name), secret ? MASK : maskSpans(value, finders.foreign.find(value, parts).filter(tells))];
      });
      return Object.fromEntries(entries);
    },
    finding({ exchanges: _evidence, message, path, expected, found, pages }) {
      return {
        message: shortSentence(message),
        ...(path !== undefined && { path: short(path) }),
        ...(expected !== undefined && { expected: shortSentence(expected) }),
        ...(found !== undefined && { found: short(found) }),
        ...(pages !== undefined && {
          pages: pages.slice(0, MAX_PAGES).map(({ page, cursor, items, marks }) => ({
            page,
            cursor: short(cursor),
            items: shortList(items),
            ...(marks !== undefined && {
              marks: Object.fromEntries(Object.entries(marks).map(([item, why]) => [short(item), shortSentence(why)])),
            }),
          })),
        }),
      };
    },
  };
}

function cutNote({ length }: string): string {
  return `… [cut from ${length} characters]`;
}

/** A quotation, or what is left of one that was cut. */
const QUOTED = /"([^"\\]*(?:\\[\s\S][^"\\]*)*)(?:"|\\?$)/g;

/** What stands in double quotes, without them. */
function quotationsIn(sentence: string): Span[] {
  return Array.from(sentence.matchAll(QUOTED), ({ index, 1: inside = '' }) => ({
    start: index + 1,
    end: index + 1 + inside.length,
  }));
}

/**
 * What begins in a quotation ends with it, and what seems to be quoted by its closing quote is none: the words after it are ours. A
 * credential that begins with a quote may seem to begin with the opening one, which is ours too.
 */
function withinQuotations(spans: readonly Span[], quotations: readonly Span[]): Span[] {
  let at = 0;
  return [...spans]
    .sort((a, b) => a.start - b.start)
    .flatMap((span) => {
      while (at < quotations.length && (quotations[at] as Span).end + 1 < span.start) at += 1;
      const around = quotations[at];
      if (around === undefined || span.start < around.start - 1) return [span];
      if (span.start < around.start && span.end > around.end + 1) return [span];
      const [start, end] = [Math.max(span.start, around.start), Math.min(span.end, around.end)];
      return start < end ? [{ ...span, start, end }] : [];
    });
}

/** `{"password": {"value": "…"}}`, as some write what has a type beside. */
function isWithValue(member: unknown): member is { value: string } {
  return typeof (member as { value?: unknown } | null)?.value === 'string';
}

/** A code that looks as only a credential does. */
function isCode(name: string, member: unknown): boolean {
  return name.toLowerCase() === 'code' && typeof member === 'string' && strengthOf(member) === 'random';
}

/** `{"name": "X-Api-Key", "value": "…"}`, as recorders and form libraries write headers and fields. */
function isNamedSecret(member: string, object: object): boolean {
  if (member !== 'value') return false;
  const { name, key } = object as { name?: unknown; key?: unknown };
  const said = name ?? key;
  return typeof said === 'string' && isSecretHeader(said);
}

function endsOf(text: string): string[] {
  const lower = text.toLowerCase();
  return text.length < 4 ? [] : [`${lower.slice(0, 4)}…`, `…${lower.slice(-4)}`];
}

/** What stands where a request bears credentials: in headers, without the scheme, and in members of a JSON body. */
function credentialsIn({ headers, body }: SentRequest): string[] {
  const inHeaders = Object.entries(headers).filter(([name]) => isSecretHeader(name));
  const inBody = Object.entries(membersOf(body)).filter(([name]) => isSecretMember(name));
  return [...inHeaders, ...inBody].flatMap(([, value]) =>
    typeof value === 'string' ? [value.replace(/^bearer +/i, '')] : [],
  );
}

function membersOf(body: string | undefined): object {
  if (body === undefined || body.length > MAX_LEARNT_BODY) return {};
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null ? json : {};
  } catch {
    return {};
  }
}

/** Whether a part of a credential at the end of a header is long enough to tell something of it. */
function tells({ start, end, isTail }: Span): boolean {
  return isTail !== true || end - start >= MIN_CUT_LENGTH;
}
