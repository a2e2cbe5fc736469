import { shift } from '../stub/operators.js';
import type { Kind, Member } from './members.js';

/** What other answers have shown of the same sort, for lies that are made of the truth. */
export interface Context {
  /** Values of the member's pool, the one seen last first; of an array: items. */
  seen: readonly unknown[];
  /** What stood at this place of the answer before to the same account; `undefined` where there was none. */
  previous?: unknown;
  /** What stood at the first place where this member was seen. */
  first?: unknown;
}

/**
 * Makes schema-valid lies about one value: what a faulty server may answer in its place. Gives what may be said, the likeliest to pass
 * first; the first that fits the schema and is no truth is told.
 */
export interface LieOperator {
  /** The kinds of member that it lies about. */
  kinds: readonly Kind[];
  /** What it does, for people. */
  says: string;
  lies(value: unknown, context: Context, member: Member): Iterable<unknown>;
}

const hour = 3_600_000;
const scalars: readonly Kind[] = ['text', 'time', 'number', 'truth', 'choice'];

/** Every operator by its name. */
export const lieOperators: Readonly<Record<string, LieOperator>> = {
  other: {
    kinds: ['text', 'choice'],
    says: 'another value of the same form',
    lies: (value, _context, { choices }) => (choices.length > 0 ? choices : respelled(value)),
  },
  foreign: {
    kinds: ['text', 'number', 'object'],
    says: 'a value that is true elsewhere',
    lies: (_value, { seen }) => seen,
  },
  stale: { kinds: scalars, says: 'the value of the answer before', lies: (_value, { previous }) => [previous] },
  constant: { kinds: scalars, says: 'one value for all', lies: (_value, { first }) => [first] },
  null: { kinds: ['text', 'object'], says: 'null', lies: (_value, _context, { nullable }) => (nullable ? [null] : []) },
  inverted: { kinds: ['truth'], says: 'true for false and false for true', lies: (value) => [value !== true] },
  'one-more': { kinds: ['number'], says: 'one more', lies: (value) => (typeof value === 'number' ? [value + 1] : []) },
  hour: shifted('an hour later', hour),
  zone: shifted('nine hours earlier, as in another zone', -9 * hour),
  day: shifted('a day earlier', -24 * hour),
  dropped: {
    kinds: ['array', 'map'],
    says: 'one element left out',
    lies: (value) => changed(value, (items, at) => (items.length > 0 ? items.toSpliced(at, 1) : items)),
  },
  doubled: {
    kinds: ['array'],
    says: 'one element twice',
    lies: (value) => changed(value, (items, at) => (items.length > 0 ? items.toSpliced(at, 0, items[at]) : items)),
  },
  'one-foreign': {
    kinds: ['array', 'map'],
    says: 'one element more that is true elsewhere',
    lies: (value, { seen }) => seen.flatMap((item) => changed(value, (items, at) => items.toSpliced(at, 0, item))),
  },
  reordered: {
    kinds: ['array'],
    says: 'the elements in another order',
    lies: (value) => changed(value, (items) => items.toReversed()),
  },
};

/** The operators that lie about a member, by name: what repeats is told of what stands once as stale, and of items as constant. */
export function operatorsFor({ kind, nullable, choices, path }: Omit<Member, 'action' | 'pool'>): string[] {
  const isItem = path.split('/').includes('*');
  const isMeant: Partial<Record<string, boolean>> = {
    stale: !isItem,
    constant: isItem,
    null: nullable,
    other: kind !== 'choice' || choices.length > 1,
  };
  return Object.keys(lieOperators).filter(
    (name) => lieOperators[name]?.kinds.includes(kind) && isMeant[name] !== false,
  );
}

function shifted(says: string, milliseconds: number): LieOperator {
  return { kinds: ['time'], says, lies: (value) => [shift('', milliseconds).transform(value, undefined)] };
}

/** An array, or a map as an array of its entries, with something done at its middle. */
function changed(value: unknown, change: (items: readonly unknown[], at: number) => readonly unknown[]): unknown[] {
  const isMap = !Array.isArray(value);
  const items: unknown[] = isMap ? Object.entries(value ?? {}) : value;
  const after = change(items, Math.floor(items.length / 2));
  return [isMap ? Object.fromEntries(after as [string, unknown][]) : after];
}

/** A text with one character changed for another of its sort, from the last to the first; what is no text, or empty, as some text. */
function* respelled(value: unknown): Generator<string> {
  const text = typeof value === 'string' ? value : '';
  for (let at = text.length - 1; at >= 0; at--) {
    const other = otherOf(text[at] as string);
    if (other !== undefined) yield text.slice(0, at) + other + text.slice(at + 1);
  }
  if (text === '') yield* ['x', '0'.repeat(32)];
  else yield `${text}x`;
}

function otherOf(character: string): string | undefined {
  if (/\d/.test(character)) return character === '1' ? '2' : '1';
  if (/[a-z]/.test(character)) return character === 'a' ? 'b' : 'a';
  return /[A-Z]/.test(character) ? (character === 'A' ? 'B' : 'A') : undefined;
}
