/** Replaces credentials before anything is written, shown or thrown. */
import { createFinder } from './forms.js';
import { isSecretHeader, isSecretMember, MASK, maskStructure } from './structure.js';

export interface Redactor {
  /** Adds credentials, such as those that a server gave out. Those shorter than four characters are masked by place only. */
  add(...secrets: string[]): void;
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

/**
 * Creates a redactor that knows `secrets`.
 *
 * An empty string is left as it is everywhere: it hides nothing, and that a credential is missing may be what went wrong.
 */
export function createRedactor(secrets: Iterable<string> = []): Redactor {
  const finder = createFinder();
  for (const secret of secrets) finder.add(secret);

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
      for (const secret of more) finder.add(secret);
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
