/** The matrix of exploring: what it finds alone, in this process and without any check. */
import { type Api, named } from '../src/api/api.js';
import type { StubApi } from '../src/stub/index.js';
import { casesOf, combinedCasesOf } from './cases.js';
import { exploreStub } from './explore.js';
import type { Case } from './types.js';

/** A server to explore, with one seed. */
export interface ExploringCase extends Case {
  /** Exploring must find it. */
  isDue: boolean;
}

/** What exploring a case came to, by seed. */
export interface ExploringResult extends ExploringCase {
  tries: { seed: number; found?: string; steps?: number; calls: number; cpuMs: number; durationMs: number }[];
  /** A fault: most seeds find it. Another server: nothing that it must not be blamed for was found. */
  isGood: boolean;
}

export interface ExploringMatrixOptions {
  seeds: readonly number[];
  budgetMs: number;
  /** Also the faults that are left to checks. */
  all?: boolean;
  onResult?(result: ExploringResult, done: number, total: number): void;
}

/** Of five seeds, four must find a fault. */
const shareOfSeeds = 0.8;

/**
 * The cases of these APIs: the healthy stub and its variants, then the faults that exploring must find; with `all` the others too.
 * @param only a glob over ids
 */
export function exploringCases(stubs: readonly StubApi[], only?: string, all = false): ExploringCase[] {
  const due = new Set(combinedCasesOf(stubs).map(({ id }) => id));
  return casesOf(stubs, only, ({ id }) => all || due.has(id)).map((one) => ({ ...one, isDue: due.has(one.id) }));
}

/** Explores each case with each seed, one after the other. A fault needs no more seeds where they cannot change the outcome. */
export async function runExploring(
  cases: readonly ExploringCase[],
  apis: readonly Api[],
  { seeds, budgetMs, onResult }: ExploringMatrixOptions,
): Promise<ExploringResult[]> {
  const results: ExploringResult[] = [];
  for (const one of cases) {
    const result = await exploreCase(one, named(apis, one.api), seeds, budgetMs);
    results.push(result);
    onResult?.(result, results.length, cases.length);
  }
  return results;
}

async function exploreCase(
  one: ExploringCase,
  api: Api,
  seeds: readonly number[],
  budgetMs: number,
): Promise<ExploringResult> {
  const tries: ExploringResult['tries'] = [];
  for (const seed of seeds) {
    const [startedAt, cpu] = [Date.now(), process.cpuUsage()];
    const { finds, calls } = await exploreStub(api, {
      ...(one.kind === 'fault' && { faults: [one.id], first: true }),
      ...(one.kind === 'variant' && { variants: [one.id] }),
      seed,
      budgetMs,
    });
    const { user, system } = process.cpuUsage(cpu);
    const [first] = finds.filter(({ story }) => one.warns?.includes(story.sighting.miss.requirement) !== true);
    const { miss } = first?.story.sighting ?? {};
    tries.push({
      seed,
      ...(first && { found: `${miss?.requirement}: ${miss?.message}`, steps: first.story.steps.length }),
      calls,
      cpuMs: Math.round((user + system) / 1000),
      durationMs: Date.now() - startedAt,
    });
  }
  const found = tries.filter((each) => each.found !== undefined).length;
  const isGood = one.kind === 'fault' ? found >= Math.ceil(shareOfSeeds * seeds.length) : found === 0;
  return { ...one, tries, isGood };
}

/** A case in a line: how many of its seeds found something, after how many calls, and what. */
export function exploringLine({ id, kind, tries, isGood, isDue }: ExploringResult, width = 0): string {
  const found = tries.filter((each) => each.found !== undefined);
  const calls = found.length === 0 ? '' : `${median(found.map((each) => each.calls))} calls`;
  const word = isGood ? '' : kind !== 'fault' ? 'ACCUSED' : isDue ? 'LEFT' : '';
  const says = [...new Set(found.map((each) => each.found?.split(':')[0]))].join(' ');
  return `${id.padEnd(width)}  ${`${found.length}/${tries.length}`.padEnd(5)} ${calls.padEnd(12)} ${word.padEnd(7)} ${says}`.trimEnd();
}

/** The table for a terminal, and the sums. */
export function exploringLines(results: readonly ExploringResult[]): string[] {
  const width = Math.max(6, ...results.map(({ id }) => id.length));
  const faults = results.filter(({ kind }) => kind === 'fault');
  const others = results.filter(({ kind }) => kind !== 'fault');
  const sums = [...new Set(faults.map(({ api }) => api))].map((api) => {
    const of = (due: boolean) => faults.filter((fault) => fault.api === api && fault.isDue === due);
    const part = (due: boolean, name: string) =>
      of(due).length === 0
        ? []
        : [`${of(due).filter(({ isGood }) => isGood).length} of ${of(due).length} ${name} faults found`];
    return `${api}: ${[...part(true, 'combined'), ...part(false, 'other')].join(', ')}`;
  });
  return [
    `${'server'.padEnd(width)}  found`,
    ...results.map((result) => exploringLine(result, width)),
    '',
    ...sums,
    `${others.filter(({ isGood }) => isGood).length} of ${others.length} healthy servers not accused`,
  ];
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
