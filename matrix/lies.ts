import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from '../src/api/api.js';
import { UsageError } from '../src/errors.js';
import { type Entry, type Lie, ledgerOf, type Member, type Tries, triesFile } from '../src/ledger/index.js';
import type { StubApi } from '../src/stub/index.js';
import { tryCase } from './case.js';
import { matches } from './cases.js';
import { type Recorded, recorded, replayed } from './replay.js';
import { runMatrix } from './run.js';
import type { Case, CaseResult } from './types.js';

export interface LiesOptions {
  stubs: readonly StubApi[];
  plugins?: readonly string[];
  /** Processes that run checks. */
  jobs: number;
  /** A glob over `<api> <action> <member> <operator>`. */
  only?: string;
  /** Run the checks on excused lies too: an excuse that nothing needs shows. */
  all?: boolean;
  onResult?(result: CaseResult, done: number, total: number): void;
}

/** So many answers of an action hold whatever one answer can show. */
const mostRecorded = 150;

/**
 * Tries every lie about the answers of an API, or some: first on the answers that a healthy server gave, where one exchange decides it;
 * then, for those that no passive check objects to, against the checks that call the action, until one objects.
 * @throws UsageError where the healthy server is not clean: what a lie does could not be told then
 */
export async function tryLies(api: Api, apis: readonly Api[], options: LiesOptions): Promise<Tries> {
  const { members } = ledgerOf(api);
  const entries = members
    .flatMap((member) => member.entries)
    .filter((entry) => options.only === undefined || matches(lieId(api, entry), options.only));
  if (entries.length === 0) return {};
  const { history, actionsSent } = await healthyRun(api, apis);
  const outcomes = new Map(entries.map((entry) => [entry, atOnce(api, history, entry, members)]));
  const left = entries.filter((entry) => outcomes.get(entry) === '' && (options.all || entry.status !== 'excused'));
  const cases = left.map(
    (entry): Case => ({
      ...{ kind: 'lie', id: lieId(api, entry), api: api.name, action: entry.action, sentence: '', lie: lieOf(entry) },
      requirement: entry.caughtBy[0],
      only: Object.keys(actionsSent).filter((id) => actionsSent[id]?.includes(entry.action)),
    }),
  );
  const { stubs, plugins, jobs } = options;
  const onResult = tell(options, cases.length);
  const results = cases.length === 0 ? [] : await runMatrix(cases, { stubs, plugins, jobs, onResult });
  for (const [i, { misses }] of results.entries()) outcomes.set(left[i] as Entry, idsOf(misses));
  const tries: Tries = {};
  for (const [lie, outcome] of outcomes) noteOutcome(tries, lie, outcome);
  return tries;
}

/** Keeps what came of lies beside the schemas, without those about members that are gone; gives the file. */
export function writeTries(api: Api, tries: Tries): string {
  const kept: Tries = {};
  for (const { action, path, entries } of ledgerOf(api, tries).members)
    for (const { operator } of entries) {
      const outcome = tries[action]?.[path]?.[operator];
      if (outcome !== undefined) noteOutcome(kept, { action, path, operator }, outcome);
    }
  const file = join(api.schemas.folders.at(-1) as string, triesFile);
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
  return file;
}

function noteOutcome(tries: Tries, { action, path, operator }: Lie, outcome: string): void {
  tries[action] ??= {};
  tries[action][path] ??= {};
  tries[action][path][operator] = outcome;
}

/** What names a lie: `<api> <action> <member> <operator>`. */
export function lieId({ name }: Pick<Api, 'name'>, { action, path, operator }: Lie): string {
  return `${name} ${action} ${path} ${operator}`;
}

/** The lie alone: it goes to another process. */
function lieOf({ action, path, operator }: Entry): Lie {
  return { action, path, operator };
}

async function healthyRun(api: Api, apis: readonly Api[]) {
  const history: Recorded[] = [];
  const counts = new Map<string, number>();
  const one: Case = { kind: 'healthy', id: `${api.name}-healthy`, api: api.name, action: '*', sentence: '' };
  const {
    outcome,
    misses,
    actionsSent = {},
  } = await tryCase(one, apis, {
    onExchange(exchange, groundTruth) {
      const count = (counts.get(exchange.action) ?? 0) + 1;
      counts.set(exchange.action, count);
      if (count <= mostRecorded) history.push(recorded(exchange, groundTruth));
    },
  });
  if (outcome !== 'clean')
    throw new UsageError(
      `The healthy stub of ${api.name} is not clean: ${idsOf(misses)}. Mend that first, or try again on a machine with less to do.`,
    );
  return { history, actionsSent };
}

/** What one exchange decides of a lie, as the ledger keeps it; `` where it takes more. */
function atOnce(api: Api, history: readonly Recorded[], entry: Entry, members: readonly Member[]): string {
  const { caughtBy, lied, forbidden } = replayed(api, history, entry, members);
  if (lied > 0) return caughtBy.join(' ');
  return forbidden ? 'forbidden' : 'untold';
}

function idsOf(misses: CaseResult['misses']): string {
  return [...new Set(misses.map(({ requirement }) => requirement))].sort().join(' ');
}

function tell({ onResult }: LiesOptions, total: number): (result: CaseResult, done: number) => void {
  return (result, done) => onResult?.(result, done, total);
}
