import type { PageRow } from '../exchange/index.js';
import { actionsOf, type CountedFinding, type Evidence, type RequirementVerdict, type Root } from '../verdict/index.js';

/** `1 message`, `2 messages`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** A duration in milliseconds, for people: `12 ms`, `4.2 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** `text` cut to `length` characters, and an ellipsis where something is missing. */
export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1)).trimEnd()}…`;
}

/** `text` on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Of what follows from one cause so many are named. */
const namedFollowers = 12;

/** What a report says of a cause: how many more follow from it, and which. Empty where none does. */
export function followLine(followers: readonly string[]): string {
  if (followers.length === 0) return '';
  const rest = followers.length - namedFollowers;
  const names = followers.slice(0, namedFollowers).join(', ');
  const follow = followers.length === 1 ? 'follows' : 'follow';
  return `${followers.length} more ${follow} from this: ${names}${rest > 0 ? ` and ${rest} others` : ''}`;
}

/** The actions in whose answers a miss of every action was seen, in words; empty where the requirement names its own. */
export function seenIn(requirement: RequirementVerdict): string {
  return requirement.action === '*' ? [...actionsOf(requirement)].join(', ') : '';
}

/** The requirements in the order in which to read them: what explains others first, and without those that it explains. */
export function causesFirst(requirements: readonly RequirementVerdict[], roots: readonly Root[]): RequirementVerdict[] {
  const following = new Set(roots.flatMap(({ followers }) => followers));
  const size = ({ id }: RequirementVerdict): number => roots.find((root) => root.id === id)?.followers.length ?? 0;
  return requirements.filter(({ id }) => !following.has(id)).sort((a, b) => size(b) - size(a));
}

/** How often a requirement was missed among the exchanges judged, where that says something. */
export function often({ judged, missed, intermittent, basis, findings = [] }: RequirementVerdict): string {
  const times = findings.reduce((sum, finding) => sum + (finding.count ?? 1), 0);
  return [
    judged !== undefined && missed !== undefined && missed > 0
      ? `in ${missed} of ${count(judged, 'exchange')}`
      : times > 1
        ? `${times} times`
        : '',
    intermittent ? 'intermittent: missed once, met once' : '',
    basis === 'generated' ? 'found by a generated sequence' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** One finding in lines: the sentence, then place, expectation and what was there. */
export function findingLines(finding: CountedFinding): string[] {
  const times = finding.count !== undefined && finding.count > 1 ? ` (${finding.count} times)` : '';
  return [
    `${finding.message}${times}`,
    ...(finding.path === undefined ? [] : [`at        ${finding.path === '' ? 'the whole body' : finding.path}`]),
    ...(finding.expected === undefined ? [] : [`expected  ${finding.expected}`]),
    ...(finding.found === undefined ? [] : [`found     ${finding.found}`]),
  ];
}

/** Pages and items beyond these are left out of a table where nothing is wrong with them. */
const tablePages = 20;
const tableItems = 12;
const tableMarks = 50;
const tableText = 80;

/** The pages of a walk as a table of plain text: `[item]` is wrong, and a line below its page says how. */
export function pageTable(pages: readonly PageRow[]): string {
  const isMarked = (row: PageRow | undefined): boolean => Object.keys(row?.marks ?? {}).length > 0;
  const isShown = (index: number): boolean =>
    pages.length <= tablePages ||
    index === 0 ||
    index === pages.length - 1 ||
    [index - 1, index, index + 1].some((near) => isMarked(pages[near]));
  const cursorWidth = pages.reduce((widest, { cursor }) => Math.max(widest, cellText(cursor).length), 6);
  const line = (page: string, cursor: string, items: string): string =>
    `${page.padEnd(6)}${cursor.padEnd(cursorWidth + 2)}${items}`.trimEnd();
  const lines = [line('page', 'cursor', 'items')];
  for (const [index, row] of pages.entries()) {
    if (!isShown(index)) {
      if (isShown(index - 1)) lines.push('…');
      continue;
    }
    const marks = Object.entries(row.marks ?? {});
    lines.push(line(`${row.page}`, cellText(row.cursor), itemCells(row) || '(empty)'));
    for (const [item, mark] of marks.slice(0, tableMarks))
      lines.push(line('', '', `^ [${cellText(item)}] ${oneLine(mark)}`));
    if (marks.length > tableMarks) lines.push(line('', '', `^ ${marks.length - tableMarks} more are marked`));
  }
  return `${lines.join('\n')}\n`;
}

function cellText(text: string): string {
  return cut(oneLine(text), tableText);
}

function itemCells({ items, marks = {} }: PageRow): string {
  const edge = Math.floor(tableItems / 3);
  const cells: string[] = [];
  let hidden = 0;
  for (const [index, item] of items.entries()) {
    const shown =
      items.length <= tableItems || index < edge || index >= items.length - edge || marks[item] !== undefined;
    if (!shown) {
      hidden += 1;
      continue;
    }
    if (hidden > 0) cells.push(`(${hidden} more)`);
    hidden = 0;
    cells.push(marks[item] === undefined ? cellText(item) : `[${cellText(item)}]`);
  }
  return cells.join('  ');
}

/** `text` so that Markdown shows it as it is. */
export function markdown(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_[\]|#~]/g, '\\$&')
    .replace(/@/g, '&#64;');
}

/** How long the longest run of backticks in `text` is. */
export function longestTicks(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);
}

/** `text` as a fenced block of Markdown, whatever fences stand in it. */
export function fenced(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

/** What an exchange came to, in a few words: `clear by alice: 200 after 12 ms`. */
export function evidenceTitle({ action, actor, request, response, durationMs, count: times }: Evidence): string {
  const who = `${action ?? request.method}${actor === undefined ? '' : ` by ${actor}`}`;
  const answer = response === null ? 'no answer' : `${response.status}`;
  return `${who}: ${answer} after ${duration(durationMs)}${times !== undefined && times > 1 ? ` (${times} alike)` : ''}`;
}
