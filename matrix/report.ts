import type { ApiName } from '../src/exchange/index.js';
import type { Requirement } from '../src/requirements/types.js';
import type { CaseResult } from './types.js';

/** What the matrix shows, as `faults.json` keeps it. */
export interface MatrixReport {
  version: 1;
  durationMs: number;
  faults: { total: number; caught: number; localised: number };
  /** By API and level of the requirement that the fault breaks. */
  byApi: Record<ApiName, Record<Requirement['level'], { total: number; caught: number }>>;
  survivors: string[];
  /** Faults that were caught at the second try alone. */
  caughtAgain: string[];
  /** Requirements that no fault breaks; only told where every fault was tried. */
  unexercised: string[];
  /** Requirements that cried out on a server that meets them, with the server. */
  falseAlarms: { requirement: string; on: string; says: string }[];
  /** Faults that one answer shows under several requirements at one place: the suite knows one constraint in two places. */
  doubles: { fault: string; path: string; requirements: string[] }[];
  /** Cases in which a check broke by itself. */
  failed: string[];
  cases: CaseResult[];
}

/** Sums the results up. `whole`: every fault was tried, so that requirements without one show. */
export function reportMatrix(
  results: readonly CaseResult[],
  requirements: readonly Requirement[],
  durationMs: number,
  whole: boolean,
): MatrixReport {
  const faults = results.filter(({ kind }) => kind === 'fault');
  const broken = new Set(faults.map(({ requirement }) => requirement));
  return {
    version: 1,
    durationMs,
    faults: {
      total: faults.length,
      caught: count(faults, 'caught'),
      localised: faults.filter(({ localised }) => localised).length,
    },
    byApi: byApi(faults, requirements),
    survivors: faults.filter(({ outcome }) => outcome === 'survived').map(({ id }) => id),
    caughtAgain: faults.filter(({ outcome, again }) => outcome === 'caught' && again).map(({ id }) => id),
    unexercised: whole ? requirements.filter(({ id }) => !broken.has(id)).map(({ id }) => id) : [],
    falseAlarms: results
      .filter(({ outcome }) => outcome === 'false alarm')
      .flatMap(({ id, misses }) => misses.map((miss) => ({ ...miss, on: id }))),
    doubles: results.flatMap(({ id, doubles = [] }) => doubles.map((double) => ({ fault: id, ...double }))),
    failed: results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id),
    cases: [...results],
  };
}

function count(results: readonly CaseResult[], outcome: CaseResult['outcome']): number {
  return results.filter((result) => result.outcome === outcome).length;
}

function byApi(faults: readonly CaseResult[], requirements: readonly Requirement[]): MatrixReport['byApi'] {
  const sums: MatrixReport['byApi'] = {};
  for (const fault of faults) {
    const level = requirements.find(({ id }) => id === fault.requirement)?.level ?? 'MUST';
    sums[fault.api] ??= { MUST: { total: 0, caught: 0 }, SHOULD: { total: 0, caught: 0 } };
    const sum = (sums[fault.api] as Record<Requirement['level'], { total: number; caught: number }>)[level];
    sum.total++;
    if (fault.outcome === 'caught') sum.caught++;
  }
  return sums;
}

/** Whether everything is as it must be: all caught once, nothing cried out, no requirement without a fault. */
export function isClean(report: MatrixReport): boolean {
  const { survivors, falseAlarms, unexercised, doubles, failed } = report;
  return [survivors, falseAlarms, unexercised, doubles, failed].every(({ length }) => length === 0);
}

/** The report as lines for a terminal: the table of faults, then what is wrong, then the sums. */
export function matrixLines(report: MatrixReport): string[] {
  const faults = report.cases.filter(({ kind }) => kind === 'fault');
  const others = report.cases.filter(({ kind }) => kind !== 'fault');
  const width = Math.max(5, ...report.cases.map(({ id }) => id.length));
  const rows = faults.map(({ id, requirement = '', misses }) => {
    const ids = misses.map((miss) => miss.requirement);
    const caught =
      ids.length === 0 ? 'SURVIVED' : ids.slice(0, 4).join(' ') + (ids.length > 4 ? ` +${ids.length - 4}` : '');
    return `${id.padEnd(width)}  ${requirement.padEnd(20)}  ${caught}`;
  });
  return [
    ...(rows.length === 0 ? [] : [`${'fault'.padEnd(width)}  ${'breaks'.padEnd(20)}  caught by`, ...rows, '']),
    ...section(
      'Survivors',
      faults
        .filter(({ outcome }) => outcome === 'survived')
        .map(({ id, requirement, sentence }) => `${id} (${requirement}): ${sentence}`),
    ),
    ...section('Caught at the second try alone', report.caughtAgain),
    ...section('Requirements that no fault exercises', report.unexercised),
    ...section(
      'Requirements that cried out without being broken',
      report.falseAlarms.map(({ requirement, on, says }) => `${requirement} on ${on}: ${says}`),
    ),
    ...section(
      'One place, several requirements: let one of them tell it, or give the reason in `doubles` of the stub',
      report.doubles.map(({ fault, path, requirements }) => `${fault} at ${path}: ${requirements.join(', ')}`),
    ),
    ...section(
      'Checks that broke by themselves',
      report.cases
        .filter(({ outcome }) => outcome === 'failed')
        .flatMap(({ id, misses }) => misses.map(({ requirement, says }) => `${id}, ${requirement}: ${says}`)),
    ),
    ...section(
      'Caught, but only elsewhere than in its row or action',
      faults
        .filter(({ outcome, localised }) => outcome === 'caught' && !localised)
        .map(({ id, requirement }) => `${id} (${requirement})`),
    ),
    ...Object.entries(report.byApi).map(
      ([api, levels]) =>
        `${api}: ${levels.MUST.caught} of ${levels.MUST.total} MUST faults caught, ${levels.SHOULD.caught} of ${levels.SHOULD.total} SHOULD faults`,
    ),
    `${report.faults.caught} of ${report.faults.total} faults caught, ${report.faults.localised} in their own row or action; ${count(others, 'clean')} of ${others.length} healthy servers clean; ${(report.durationMs / 1000).toFixed(0)} s`,
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`), ''];
}
