/** Replaces credentials before anything is written, shown or thrown. */
import type { SentRequest } from '../exchange/index.js';
import { createFinder } from './forms.js';
import { isSecretHeader, isSecretMember, MASK, maskStructure } from './structure.js';

export interface Redactor {
  /** Adds credentials, such as those that a server gave out. Those shorter than four characters are masked by place only. */
  add(...secrets: string[]): void;
  /** Adds what a request bears where credentials stand and was made of one that is known: probes send halves and near misses. */
  collectSecrets(request: SentRequest): void;
  /** The text with `***` for every credential, however it is encoded, and for what stands where credentials stand. */
  text(text: string): string;
  /** A deep copy of a JSON value with all strings and member names redacted; `***` for members such as `apikey`. */
  json(value: unknown): unknown;
  /** A copy; `***` for headers such as `authorization`, whatever they hold, unless it is nothing. */
  headers(headers: Record<string, string>): Record<string, string>;
  /** The greatest number of characters that one credential can take up in a text: cut texts later than that. */
  longest(): number;
}

const MAX_DEPTH = 512;
/** Longer bodies are bad input, and bear no credential that a shorter one does not. */
const MAX_LEARNT_BODY = 64 * 1024;

/**
 * Creates a redactor that knows `secrets`.
 *
 * An empty string is left as it is everywhere: it hides nothing, and that a credential is missing may be what went wrong.
 */
export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const finder = createFinder();
  /** The first and the last four characters of each, in lower case. */
  const ends = new Set<string>();
  const add = (secret: string): void => {
    finder.add(secret);
    for (const end of endsOf(secret)) ends.add(end);
  };
  for (const secret of secrets) add(secret);

  const text = (original: string): string => {
    const spans = finder.find(original);
    if (spans.length === 0) return maskStructure(original);
    let result = '';
    let at = 0;
    for (const { start, end } of spans) {
      result += original.slice(at, start) + MASK;
      at = end;
    }
    return maskStructure(result + original.slice(at));
  };

  const json = (value: unknown, ancestors: object[]): unknown => {
    if (typeof value === 'string') return text(value);
    // A credential of digits may come back as a number.
    if (typeof value === 'number') return finder.find(String(value)).length === 0 ? value : MASK;
    if (typeof value !== 'object' || value === null) return value;
    if (ancestors.includes(value)) return '(circular)';
    if (ancestors.length >= MAX_DEPTH) return `(nested deeper than ${MAX_DEPTH} levels)`;
    const inside = [...ancestors, value];
    if (Array.isArray(value)) return value.map((item) => json(item, inside));
    const entries = Object.entries(value).map(([name, member]): [string, unknown] => {
      const secret = typeof member === 'string' && member !== '' && isSecretMember(name);
      return [text(name), secret ? MASK : json(member, inside)];
    });
    return Object.fromEntries(entries);
  };

  return {
    add(...more) {
      for (const secret of more) add(secret);
    },
    collectSecrets(request) {
      for (const value of credentialsIn(request)) if (endsOf(value).some((end) => ends.has(end))) finder.add(value);
    },
    text,
    json: (value) => json(value, []),
    headers(headers) {
      const entries = Object.entries(headers).map(([name, value]): [string, string] => {
        const secret = value !== '' && isSecretHeader(name);
        return [text(name), secret ? MASK : text(value)];
      });
      return Object.fromEntries(entries);
    },
    longest: () => finder.longest(),
  };
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

/**
 * Redacts an error in place, so that it stays the error that it is: message, stack, causes, the errors of an AggregateError,
 * and what a test runner attached to it. What is thrown and is no error comes back as a redacted copy.
 */
export function redactError(error: unknown, redactor: Redactor): unknown {
  return redactInPlace(error, redactor, new Set());
}

function redactInPlace(error: unknown, redactor: Redactor, seen: Set<Error>): unknown {
  if (!(error instanceof Error)) return redactor.json(error);
  if (seen.has(error)) return error;
  seen.add(error);
  for (const name of Object.getOwnPropertyNames(error)) {
    const property = Object.getOwnPropertyDescriptor(error, name);
    // `stack` is an accessor in some versions of the engine, so its value is read from the error and then defined anew.
    if (!property?.configurable) continue;
    const value = (error as unknown as Record<string, unknown>)[name];
    if (typeof value === 'function') continue;
    const redacted = Array.isArray(value)
      ? value.map((item) => redactInPlace(item, redactor, seen))
      : redactInPlace(value, redactor, seen);
    Object.defineProperty(error, name, {
      value: redacted,
      enumerable: property.enumerable ?? false,
      configurable: true,
      writable: true,
    });
  }
  return error;
}
