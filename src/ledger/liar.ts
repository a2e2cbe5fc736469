import { segmentsOf } from '../exchange/pointer.js';
import type { Schemas } from '../schemas/index.js';
import type { Member } from './members.js';
import { type Context, lieOperators } from './operators.js';

/** One lie: an operator on a member of the answers of an action. */
export interface Lie {
  action: string;
  path: string;
  operator: string;
}

/** An answer, with who got it. */
export interface Told {
  action: string;
  /** Whoever asked; what one was answered before is no lie to another. */
  account?: string;
  /** The answer as it is true: one that fits the schema of a success. */
  json: unknown;
}

/** Tells one lie wherever it can be told, and remembers the truth to make lies of. */
export interface Liar {
  /** The answer as it is to be sent; the truth where nothing else can be said. */
  tell(answer: Told): unknown;
  /** In how many answers it lied. */
  readonly lied: number;
  /** Whether it found something else to say that the schema forbids. */
  readonly forbidden: boolean;
}

/** Whether a body is a success of an action, as its schema has it. */
export type Fits = (action: string, json: unknown) => boolean;

/** Whether a body is a success, by the schemas of an API. */
export function fitsOf(schemas: Pick<Schemas, 'compiled'>): Fits {
  return (action, json) => schemas.compiled(action, 'response')(json);
}

/** Values of other answers that are kept to lie with. */
const mostSeen = 60;

/**
 * @param members those of the API
 * @param fits whether an answer fits the schema of a success: no other is told
 * @throws Error for a lie about a member or by an operator that there is not
 */
export function createLiar({ action, path, operator }: Lie, members: readonly Member[], fits: Fits): Liar {
  const member = members.find((each) => each.action === action && each.path === path);
  const means = lieOperators[operator];
  if (member === undefined || means === undefined)
    throw new Error(`There is no lie ${operator} about ${action} ${path}.`);
  const kin = members.filter(({ pool, kind }) => pool === member.pool && isMany(kind) === isMany(member.kind));
  const seen = new Map<string, unknown>();
  const previous = new Map<string, unknown>();
  let first: unknown;
  let lied = 0;
  let forbidden = false;

  const lieAt = (json: unknown, { holder, key }: Site, context: Context): boolean => {
    const truth = holder[key];
    for (const lie of means.lies(truth, context, member)) {
      if (lie === undefined || isSame(lie, truth)) continue;
      holder[key] = lie;
      if (fits(action, json)) return true;
      forbidden = true;
      holder[key] = truth;
    }
    return false;
  };
  const remember = (values: readonly unknown[]) => {
    for (const value of values) {
      const key = JSON.stringify(value);
      seen.delete(key);
      seen.set(key, value);
    }
    for (const key of seen.keys()) if (seen.size > mostSeen) seen.delete(key);
  };
  return {
    get lied() {
      return lied;
    },
    get forbidden() {
      return forbidden;
    },
    tell(answer) {
      const told = structuredClone(answer.json);
      let isLie = false;
      const sites = answer.action === action ? sitesOf(told, path) : [];
      for (const site of sites) {
        const truth = structuredClone(site.holder[site.key]);
        const place = `${answer.account} ${site.place}`;
        first ??= truth;
        if (lieAt(told, site, { seen: [...seen.values()].reverse(), previous: previous.get(place), first }))
          isLie = true;
        previous.set(place, truth);
        remember(manyOf(truth, member));
      }
      for (const other of kin.filter((each) => each.action === answer.action && each !== member))
        remember(sitesOf(answer.json, other.path).flatMap(({ holder, key }) => manyOf(holder[key], other)));
      if (isLie) lied += 1;
      return isLie ? told : answer.json;
    },
  };
}

function isMany(kind: Member['kind']): boolean {
  return kind === 'array' || kind === 'map';
}

/** What a value gives to lie with: itself, or its items. */
function manyOf(value: unknown, { kind }: Member): readonly unknown[] {
  if (kind === 'array') return value as unknown[];
  return kind === 'map'
    ? Object.entries(value as object)
    : [value].filter((each) => each !== null && each !== undefined);
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A place where a member stands in an answer. */
interface Site {
  holder: Record<string, unknown>;
  key: string;
  /** JSON pointer without `*`. */
  place: string;
}

/** Every place that a pointer names; one that is not there is not made. */
function sitesOf(json: unknown, pointer: string): Site[] {
  const segments = segmentsOf(pointer);
  const below = (value: unknown, depth: number, place: string): Site[] => {
    if (typeof value !== 'object' || value === null) return [];
    const holder = value as Record<string, unknown>;
    const segment = segments[depth] as string;
    const keys = segment === '*' ? Object.keys(holder) : Object.hasOwn(holder, segment) ? [segment] : [];
    return keys.flatMap((key) => {
      const there = `${place}/${key}`;
      return depth === segments.length - 1 ? [{ holder, key, place: there }] : below(holder[key], depth + 1, there);
    });
  };
  return below(json, 0, '');
}
