import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.js';
import type { ApiName } from '../exchange/index.js';
import type { Requirement, Ruling } from '../requirements/types.js';
import type { Schemas } from '../schemas/index.js';
import type { Lie } from './liar.js';
import { type Member, membersOf } from './members.js';
import { operatorsFor } from './operators.js';

/** What the ledger must know of an API. */
export interface Accountable {
  name: ApiName;
  actions: Readonly<Record<string, { page: string }>>;
  schemas: Schemas;
  requirements: readonly Requirement[];
  rulings?: readonly Ruling[];
}

/**
 * What came of every lie that was tried, by action, member and operator: the requirements that caught it, with blanks between; `` where it
 * passed; `untold` where no honest answer differs, so that there is nothing to say; `forbidden` where all that could be said violates
 * the schema.
 */
export type Tries = Record<string, Record<string, Record<string, string>>>;

/** Why nothing can judge some lies: the documentation leaves it open. */
export interface Excuse {
  /** The actions; all, where left out. */
  actions?: readonly string[];
  /** The members, by their pointers. */
  members: readonly string[];
  /** The operators; all, where left out. */
  lies?: readonly string[];
  /** One sentence. */
  why: string;
  /** The page or the ruling that leaves it open. */
  source: string;
}

/** What is known of one lie. `open`: no requirement catches it and nothing excuses that; `untried`: the ledger does not have it. */
export interface Entry extends Lie {
  status: 'caught' | 'excused' | 'open' | 'untold' | 'forbidden' | 'untried';
  /** The requirements that caught it. */
  caughtBy: readonly string[];
  excuse?: Excuse;
}

/** Every member of every answer of an API, with what is known of each lie about it. */
export interface Ledger {
  members: readonly (Member & { entries: readonly Entry[] })[];
  /** What is wrong with the ledger itself, and lies that nothing judges or excuses, each with its mend. */
  problems: readonly string[];
}

/** Where the lies that were tried are kept: beside the schemas. */
export const triesFile = 'ledger.json';
const excusesFile = 'excuses.json';

/** The lies that were tried, as the files beside the schemas keep them. Throws a `UsageError` for a file that is no JSON. */
export function triesOf(api: Accountable): Tries {
  return filesOf<Tries>(api, triesFile).reduce(withTries, {});
}

/** What came of lies, with what came of some of them when they were tried again. */
export function withTries(known: Tries, again: Tries): Tries {
  const all = structuredClone(known);
  for (const [action, members] of Object.entries(again))
    for (const [path, lies] of Object.entries(members)) {
      all[action] ??= {};
      all[action][path] = { ...all[action][path], ...lies };
    }
  return all;
}

/**
 * The ledger of an API.
 * @param tries what came of its lies; what the files beside its schemas keep, where left out
 * @throws UsageError for a file that is no JSON
 */
export function ledgerOf(api: Accountable, tries = triesOf(api)): Ledger {
  const excuses = filesOf<Excuse[]>(api, excusesFile).flat();
  const members = membersOf(api.schemas).map((member) => ({
    ...member,
    entries: operatorsFor(member).map((operator) => entryOf(member, operator, tries, excuses)),
  }));
  const entries = members.flatMap((member) => member.entries);
  return {
    members,
    problems: [
      ...entryProblems(api, entries),
      ...unknownTries(api, tries, entries),
      ...excuseProblems(api, excuses, entries),
    ],
  };
}

function filesOf<T>({ schemas }: Accountable, name: string): T[] {
  return schemas.folders.flatMap((folder) => {
    const path = join(folder, name);
    if (!existsSync(path)) return [];
    try {
      return [JSON.parse(readFileSync(path, 'utf8')) as T];
    } catch (error) {
      throw new UsageError(`${path}: it is no JSON (${(error as Error).message}).`);
    }
  });
}

function entryOf({ action, path }: Member, operator: string, tries: Tries, excuses: readonly Excuse[]): Entry {
  const lie = { action, path, operator, caughtBy: [] };
  const tried = tries[action]?.[path]?.[operator];
  if (tried === undefined) return { ...lie, status: 'untried' };
  if (tried === 'untold' || tried === 'forbidden') return { ...lie, status: tried };
  if (tried !== '') return { ...lie, status: 'caught', caughtBy: tried.split(' ') };
  const excuse = excuses.find((each) => covers(each, lie));
  return excuse === undefined ? { ...lie, status: 'open' } : { ...lie, status: 'excused', excuse };
}

function covers({ actions, members, lies }: Excuse, { action, path, operator }: Lie): boolean {
  return (actions?.includes(action) ?? true) && members.includes(path) && (lies?.includes(operator) ?? true);
}

function entryProblems({ name, requirements }: Accountable, entries: readonly Entry[]): string[] {
  const known = new Set(requirements.map(({ id }) => id));
  return entries.flatMap(({ action, path, operator, status, caughtBy }) => {
    const lie = `${name} ${action} ${path}, ${operator}`;
    if (status === 'untried') return [`${lie}: never tried. Try it with: chat-conformance faults run --lies --write`];
    if (status === 'open')
      return [
        `${lie}: no requirement catches it. Judge the value where the page fixes it, or say in ${excusesFile} who leaves it open.`,
      ];
    const gone = caughtBy.filter((id) => !known.has(id));
    return gone.length === 0 ? [] : [`${lie}: caught by ${gone.join(' ')}, which is no requirement. Try it again.`];
  });
}

function unknownTries({ name }: Accountable, tries: Tries, entries: readonly Entry[]): string[] {
  const known = new Set(entries.map(({ action, path, operator }) => `${action} ${path} ${operator}`));
  return Object.entries(tries).flatMap(([action, members]) =>
    Object.entries(members).flatMap(([path, lies]) =>
      Object.keys(lies)
        .filter((operator) => !known.has(`${action} ${path} ${operator}`))
        .map(
          (operator) => `${name} ${action} ${path}, ${operator}: no schema has it any more. Write ${triesFile} again.`,
        ),
    ),
  );
}

/** An excuse that nothing needs is as wrong as one that names nobody. */
function excuseProblems(
  { name, actions, requirements, rulings = [] }: Accountable,
  excuses: readonly Excuse[],
  entries: readonly Entry[],
): string[] {
  const sources = new Set([
    ...Object.values(actions).map(({ page }) => page),
    ...requirements.map(({ source }) => source.page),
    ...rulings.map(({ id }) => id),
  ]);
  return excuses.flatMap((excuse) => {
    const where = `${name} ${excusesFile}, ${excuse.members.join(' ')}`;
    return [
      ...(sources.has(excuse.source) ? [] : [`${where}: ${excuse.source} is neither a page nor a ruling.`]),
      ...(entries.some((entry) => entry.excuse === excuse) ? [] : [`${where}: it excuses nothing. Take it away.`]),
    ];
  });
}
