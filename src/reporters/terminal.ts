import { styleText } from 'node:util';
import { actionName, apiName } from '../requirements/allure.js';
import {
  apiLine,
  isElsewhere,
  isMissed,
  isWhole,
  numbersOf,
  type RequirementVerdict,
  rootsOf,
  type Verdict,
  verdictLine,
  waiverEntry,
} from '../verdict/index.js';
import { causesFirst, count, cut, duration, followLine, often, oneLine, seenIn } from './text.js';
import { visibleVerdict } from './visible.js';

export interface SummaryOptions {
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** Where the evidence lies, as it shall be shown. */
  where?: { verdict?: string; html?: string };
  /** Misses (and, apart, warnings) shown in full. */
  misses?: number;
}

type Style = 'red' | 'yellow' | 'green' | 'bold' | 'dim' | 'cyan';
type Paint = (style: Style | Style[], text: string) => string;

/** More rows than this, and actions without a miss are counted rather than listed. */
const tableRows = 24;

/** Columns of the name of an API before its verdict. */
const apiColumn = 10;

/** What a run found, for a terminal; fits a screen when nothing was missed. Ends without a line break. */
export function renderSummary(foreign: Verdict, options: SummaryOptions): string {
  const verdict = visibleVerdict(foreign);
  const paint: Paint = options.color ? colour : (_, text) => text;
  const { where = {}, misses: limit = 10 } = options;
  const width = Math.max(40, options.width);
  const of = (...statuses: RequirementVerdict['status'][]): RequirementVerdict[] =>
    verdict.requirements.filter(({ status }) => statuses.includes(status));

  const roots = rootsOf(verdict.requirements);
  const follow = ({ id }: RequirementVerdict): string[] =>
    field('', followLine(roots.find((root) => root.id === id)?.followers ?? []), width);

  const sections = [
    heading(verdict, paint),
    table(verdict, paint, width),
    judgedLines(verdict, width),
    section('Missed', 'red', of('fail'), limit, (miss) => missLines(miss, paint, width)),
    section('Could not be checked', 'red', of('error'), limit, (error) => errorLines(error, paint, width)),
    section('Warnings', 'yellow', of('warn'), limit, (miss) => warningLines(miss, paint, width)),
    section('Waived', 'cyan', of('waived'), limit, (miss) => waivedLines(miss, paint, width)),
    staleLines(verdict, paint),
    skippedLines(of('skip'), paint, width),
    evidenceLines(verdict, where),
    [lastLine(verdict, paint)],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');

  function section(
    title: string,
    style: Style,
    all: RequirementVerdict[],
    most: number,
    lines: (requirement: RequirementVerdict) => string[],
  ): string[] {
    if (all.length === 0) return [];
    const causes = causesFirst(all, roots);
    const shown = causes.slice(0, most);
    const rest = causes.length - shown.length;
    return [
      paint([style, 'bold'], `${title} (${all.length})`),
      ...shown.flatMap((one) => [...lines(one), ...follow(one)]),
      ...(rest > 0 ? [`  … and ${rest} more in ${where.verdict ?? 'verdict.json'}`] : []),
    ];
  }
}

function colour(style: Style | Style[], text: string): string {
  // Whether the stream takes colours is decided by the caller; newer Node would decide anew.
  const force = { validateStream: false };
  return (styleText as (style: Style | Style[], text: string, options: { validateStream: boolean }) => string)(
    style,
    text,
    force,
  );
}

function heading(verdict: Verdict, paint: Paint): string[] {
  const { target, requests, durationMs, strict, interrupted, reason } = verdict;
  const facts = [`${count(requests, 'request')} in ${duration(durationMs)}`, ...(strict ? ['strict'] : [])];
  return [
    `${paint('bold', target)}  ${paint('dim', facts.join(', '))}`,
    ...(interrupted ? [paint('yellow', 'The run was interrupted.')] : []),
    ...(reason === undefined ? [] : [paint('yellow', reason)]),
  ];
}

function table(verdict: Verdict, paint: Paint, width: number): string[] {
  const groups = group(verdict.requirements, ({ api, action }) => `${api}\n${action}`);
  const clean = (of: RequirementVerdict[]): boolean => of.every(({ status }) => status === 'pass' || status === 'skip');
  const fold = groups.size > tableRows;
  const label = Math.min(34, width - 36);
  const lines: string[] = [];
  for (const [api, requirements] of group(verdict.requirements, (requirement) => requirement.api)) {
    const name = apiName(api as RequirementVerdict['api']);
    lines.push(
      paint(
        'bold',
        `${name.padEnd(label)}${['met', 'missed', 'skipped', 'error'].map((word) => word.padStart(8)).join('')}`,
      ),
    );
    const actions = [...group(requirements, ({ action }) => action)];
    // Requirements on every action are no action to be counted.
    const isFolded = (action: string, of: RequirementVerdict[]) => fold && action !== '*' && clean(of);
    const folded = actions.filter(([action, of]) => isFolded(action, of));
    for (const [action, of] of actions) {
      if (!isFolded(action, of)) lines.push(row(actionName(action), of));
    }
    if (folded.length > 0) {
      const others = folded.length < actions.filter(([action]) => action !== '*').length ? ' other' : '';
      lines.push(
        row(
          count(folded.length, `${others} action`.trim(), `${others} actions`.trim()),
          folded.flatMap(([, of]) => of),
        ),
      );
    }
  }
  return lines;

  function row(name: string, of: RequirementVerdict[]): string {
    const met = of.filter(({ status }) => status === 'pass').length;
    const missed = of.filter(({ status }) => isMissed(status)).length;
    const skipped = of.filter(({ status }) => status === 'skip').length;
    const errors = of.filter(({ status }) => status === 'error').length;
    const must = of.some(({ status }) => status === 'fail');
    const number = (value: number, style: Style): string => {
      const text = `${value === 0 ? '·' : value}`.padStart(8);
      return paint(value === 0 ? 'dim' : style, text);
    };
    const numbers = [
      number(met, 'green'),
      number(missed, must ? 'red' : 'yellow'),
      number(skipped, 'dim'),
      number(errors, 'red'),
    ];
    return `  ${cut(name, label - 2).padEnd(label - 2)}${numbers.join('')}`;
  }
}

/** What each API comes to; one alone is what the last line says. */
function judgedLines(verdict: Verdict, width: number): string[] {
  const { requirements } = verdict;
  const part = (level: 'MUST' | 'SHOULD'): string => {
    const { judged, total } = numbersOf(requirements, level);
    return `${judged} of ${count(total, level)}`;
  };
  const own = requirements.filter((requirement) => !isElsewhere(requirement));
  const apis = [...new Set(own.map(({ api }) => api))];
  return [...(apis.length > 1 ? apis.flatMap(row) : []), `Judged: ${part('MUST')}, ${part('SHOULD')}.`];

  function row(api: RequirementVerdict['api']): string[] {
    const lines = wrap(apiLine(verdict, api), width - apiColumn);
    return lines.map((line, index) => `${(index === 0 ? apiName(api) : '').padEnd(apiColumn)}${line}`);
  }
}

function missLines(miss: RequirementVerdict, paint: Paint, width: number): string[] {
  const finding = miss.findings?.find(({ expected, found }) => expected !== undefined || found !== undefined);
  const note = often(miss);
  return [
    ...title('✗', 'red', miss, paint, width),
    ...field('', miss.reason ?? '', width),
    ...field('in', seenIn(miss), width),
    ...(finding?.path === undefined || finding.path === '' ? [] : field('at', finding.path, width)),
    ...(finding?.expected === undefined ? [] : field('expected', finding.expected, width)),
    ...(finding?.found === undefined ? [] : field('found', finding.found, width)),
    ...(note === '' ? [] : field('', note, width)),
    paint('dim', `    to waive  ${waiverEntry(miss)}`),
  ];
}

function errorLines(error: RequirementVerdict, paint: Paint, width: number): string[] {
  const blame = error.cause === 'server' ? 'the server is to blame' : 'nobody is to blame';
  return [...title('✗', 'red', error, paint, width), ...field('', `${error.reason} (${blame})`, width)];
}

function warningLines(miss: RequirementVerdict, paint: Paint, width: number): string[] {
  const note = often(miss);
  return [
    ...title('!', 'yellow', miss, paint, width),
    ...field('', `${miss.reason}${note === '' ? '' : ` (${note})`}`, width),
  ];
}

function waivedLines({ id, level, waiver }: RequirementVerdict, paint: Paint, width: number): string[] {
  const note =
    waiver === undefined ? '' : `${waiver.ticket}, ${waiver.owner}, until ${waiver.expires}: ${waiver.reason}`;
  return [`${paint('cyan', '~')} ${cut(`${level} ${id}  ${oneLine(note)}`, width - 2)}`];
}

function staleLines({ staleWaivers = [] }: Verdict, paint: Paint): string[] {
  if (staleWaivers.length === 0) return [];
  return [
    paint(['yellow', 'bold'], `Stale waivers (${staleWaivers.length})`),
    ...staleWaivers.map(
      ({ requirement, ticket, why }) => `  ${requirement}, ${ticket}: ${why ?? 'matches nothing'}. Take it out.`,
    ),
  ];
}

function skippedLines(skipped: RequirementVerdict[], paint: Paint, width: number): string[] {
  if (skipped.length === 0) return [];
  const reasons = [...group(skipped, ({ reason }) => reason ?? 'skipped')].sort(([, a], [, b]) => b.length - a.length);
  const shown = reasons.slice(0, 6);
  const rest = reasons.slice(6).flatMap(([, of]) => of).length;
  return [
    paint('bold', `Not judged (${skipped.length})`),
    ...shown.map(([reason, of]) => cut(`${`${of.length}`.padStart(5)}  ${oneLine(reason)}`, width)),
    ...(rest > 0 ? [`${`${rest}`.padStart(5)}  for other reasons`] : []),
  ];
}

function evidenceLines(verdict: Verdict, where: NonNullable<SummaryOptions['where']>): string[] {
  const found = verdict.requirements.some(({ evidence = [] }) => evidence.length > 0);
  return [
    ...(where.html === undefined ? [] : [`Report:   ${where.html}`]),
    ...(where.verdict === undefined && !found ? [] : [`Evidence: ${where.verdict ?? 'verdict.json'}`]),
  ];
}

function lastLine(verdict: Verdict, paint: Paint): string {
  const line = verdictLine(verdict);
  const { length } = verdict.verdict;
  const style = verdict.verdict === 'non-conformant' ? 'red' : isWhole(verdict) ? 'green' : 'yellow';
  return `${paint([style, 'bold'], line.slice(0, length))}${line.slice(length)}`;
}

function title(
  sign: string,
  style: Style,
  { level, id, title: sentence }: RequirementVerdict,
  paint: Paint,
  width: number,
): string[] {
  const head = `${level} ${id}`;
  const [first = '', ...rest] = wrap(`${head}  ${sentence}`, width - 4);
  return [`${paint(style, sign)} ${first.replace(head, paint('bold', head))}`, ...rest.map((line) => `    ${line}`)];
}

function field(name: string, value: string, width: number): string[] {
  if (value === '') return [];
  const label = name === '' ? '' : name.padEnd(10);
  const lines = wrap(cut(oneLine(value), 400), width - 4 - label.length);
  return lines.map((line, index) => `    ${index === 0 ? label : ' '.repeat(label.length)}${line}`);
}

/** Lines of at most `width` characters, broken at spaces; a longer word keeps a line of its own. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.pop();
    if (line === undefined) lines.push(word);
    else if (line.length + 1 + word.length <= width) lines.push(`${line} ${word}`);
    else lines.push(line, word);
  }
  return lines;
}

function group<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const members = groups.get(key(item));
    if (members === undefined) groups.set(key(item), [item]);
    else members.push(item);
  }
  return groups;
}
