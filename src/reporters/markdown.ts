import { actionName, apiName } from '../requirements/allure.js';
import {
  apiLine,
  isMissed,
  isWhole,
  numbersOf,
  type RequirementVerdict,
  type Root,
  rootsOf,
  type Verdict,
  verdictLine,
  waiverEntry,
} from '../verdict/index.js';
import {
  causesFirst,
  count,
  cut,
  duration,
  fenced,
  followLine,
  longestTicks,
  markdown,
  often,
  oneLine,
  seenIn,
} from './text.js';
import { visibleVerdict } from './visible.js';

/** Misses told in full; a comment on a pull request has its limits. */
const shownMisses = 25;

/**
 * `summary.md` of a verdict, for a pull request or a job summary. What may come from a server stands as code: there no renderer makes
 * links, mentions, formats or elements of it.
 */
export function renderMarkdown(foreign: Verdict): string {
  const verdict = visibleVerdict(foreign);
  const { requirements, staleWaivers = [] } = verdict;
  const of = (status: RequirementVerdict['status']): RequirementVerdict[] =>
    requirements.filter((requirement) => requirement.status === status);
  const misses = [...of('fail'), ...of('warn')];
  const roots = rootsOf(requirements);
  const blocks = [
    `## ${sign(verdict)} ${heading(verdict)}`,
    facts(verdict),
    ...(verdict.reason === undefined ? [] : [code(verdict.reason)]),
    ...tables(verdict),
    list('Missed', of('fail'), roots, miss),
    list('Could not be checked', of('error'), roots, error),
    list('Warnings', of('warn'), roots, miss),
    list('Waived', of('waived'), roots, waived),
    staleWaivers.length === 0
      ? ''
      : [
          '### Stale waivers',
          '',
          ...staleWaivers.map(
            ({ requirement, ticket, why }) =>
              `- ${code(requirement)} ${code(ticket)}: ${inline(why ?? 'matches nothing')}`,
          ),
        ].join('\n'),
    skipped(of('skip')),
    waiverEntries(misses),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** A green tick for the whole alone. */
function sign(verdict: Verdict): string {
  if (isWhole(verdict)) return '✅';
  return { conformant: '🟡', partial: '🟡', 'non-conformant': '❌', unjudged: '⚠️' }[verdict.verdict];
}

/** The line of the verdict: as code where more than words and numbers of ours stand in it. */
function heading(verdict: Verdict): string {
  const line = verdictLine(verdict);
  const { length } = verdict.verdict;
  const rest = line.slice(length + 2);
  return `${line.slice(0, length)}: ${/^[A-Za-z0-9 ,;()%-]*$/.test(rest) ? rest : code(rest)}`;
}

function facts({ target, requirements, requests, durationMs, strict, interrupted, allow }: Verdict): string {
  const level = (name: 'MUST' | 'SHOULD'): string => {
    const { judged, total } = numbersOf(requirements, name);
    return `${judged} of ${count(total, name)}`;
  };
  return [
    `Target ${code(target)}.`,
    `Judged: ${level('MUST')}, ${level('SHOULD')}.`,
    `${count(requests, 'request')} in ${duration(durationMs)}.`,
    ...(allow === undefined ? [] : [`The target allows ${code(allow)}.`]),
    ...(strict ? ['Strict: a missed SHOULD fails.'] : []),
    ...(interrupted ? ['**The run was interrupted.**'] : []),
  ].join(' ');
}

function tables(verdict: Verdict): string[] {
  const { requirements } = verdict;
  return [...new Set(requirements.map(({ api }) => api))].map((api) => {
    const all = requirements.filter((requirement) => requirement.api === api);
    const actions = [...new Set(all.map(({ action }) => action))];
    const troubled = actions.filter((action) =>
      all.some((one) => one.action === action && (isMissed(one.status) || one.status === 'error')),
    );
    // Requirements on every action are no action to be counted.
    const shown = actions.filter((action) => action === '*' || troubled.includes(action));
    const rows = shown.map((action) =>
      row(
        actionName(action),
        all.filter((one) => one.action === action),
      ),
    );
    const others = actions.length - shown.length;
    const rest = all.filter(({ action }) => !shown.includes(action));
    return [
      `**${apiName(api)}** ${inline(apiLine(verdict, api))}`,
      '',
      `| ${apiName(api)} | met | missed | skipped | error |`,
      '| --- | ---: | ---: | ---: | ---: |',
      ...rows,
      ...(others === 0
        ? []
        : [
            row(
              troubled.every((action) => action === '*')
                ? `all ${count(others, 'action')}`
                : `${others} other ${others === 1 ? 'action' : 'actions'}`,
              rest,
            ),
          ]),
    ].join('\n');
  });
}

function row(name: string, of: readonly RequirementVerdict[]): string {
  const number = (test: (requirement: RequirementVerdict) => boolean): number => of.filter(test).length;
  const cells = [
    number(({ status }) => status === 'pass'),
    number(({ status }) => isMissed(status)),
    number(({ status }) => status === 'skip'),
    number(({ status }) => status === 'error'),
  ];
  return `| ${inline(name)} | ${cells.join(' | ')} |`;
}

function list(
  title: string,
  all: readonly RequirementVerdict[],
  roots: readonly Root[],
  lines: (requirement: RequirementVerdict) => string,
): string {
  if (all.length === 0) return '';
  const causes = causesFirst(all, roots);
  const shown = causes.slice(0, shownMisses);
  const rest = causes.length - shown.length;
  const follow = ({ id }: RequirementVerdict): string[] => {
    const line = followLine(roots.find((root) => root.id === id)?.followers ?? []);
    return line === '' ? [] : [`  - **${line}**`];
  };
  return [
    `### ${title} (${all.length})`,
    '',
    ...shown.flatMap((one) => [lines(one), ...follow(one)]),
    ...(rest > 0 ? [`- … and ${rest} more in verdict.json`] : []),
  ].join('\n');
}

function miss(requirement: RequirementVerdict): string {
  const { findings = [], reason = '' } = requirement;
  const finding = findings.find(({ expected, found }) => expected !== undefined || found !== undefined);
  const note = often(requirement);
  return [
    head(requirement),
    `  <br>${code(reason)}${note === '' ? '' : ` (${inline(note)})`}`,
    ...(seenIn(requirement) === '' ? [] : [`  - in ${inline(seenIn(requirement))}`]),
    ...(finding?.path === undefined || finding.path === '' ? [] : [`  - at ${code(finding.path)}`]),
    ...(finding?.expected === undefined ? [] : [`  - expected: ${code(finding.expected)}`]),
    ...(finding?.found === undefined ? [] : [`  - found: ${code(finding.found)}`]),
  ].join('\n');
}

function error(requirement: RequirementVerdict): string {
  const blame = requirement.cause === 'server' ? 'the server is to blame' : 'nobody is to blame';
  return `${head(requirement)}\n  <br>${code(requirement.reason ?? '')} (${blame})`;
}

function waived(requirement: RequirementVerdict): string {
  const { waiver, reason = '' } = requirement;
  const note =
    waiver === undefined
      ? ''
      : `\n  <br>Waived until ${inline(waiver.expires)} by ${code(waiver.owner)}, ${code(waiver.ticket)}: ${code(waiver.reason)}`;
  return `${head(requirement)}\n  <br>${code(reason)}${note}`;
}

function head({ level, id, title }: RequirementVerdict): string {
  return `- **${level} ${code(id)}** ${inline(title)}`;
}

function skipped(all: readonly RequirementVerdict[]): string {
  if (all.length === 0) return '';
  const reasons = new Map<string, string[]>();
  for (const { id, reason = 'skipped' } of all) reasons.set(reason, [...(reasons.get(reason) ?? []), id]);
  const rows = [...reasons].map(([reason, ids]) => `| ${cell(reason)} | ${ids.length} | ${ids.map(cell).join(' ')} |`);
  return folded(
    `Not judged (${all.length})`,
    ['| reason | | requirements |', '| --- | ---: | --- |', ...rows].join('\n'),
  );
}

function waiverEntries(misses: readonly RequirementVerdict[]): string {
  if (misses.length === 0) return '';
  const entries = misses.slice(0, shownMisses).map(waiverEntry);
  return folded('Waivers to copy', fenced(entries.join(',\n'), 'json'));
}

function folded(title: string, content: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${content}\n\n</details>`;
}

function inline(text: string): string {
  return markdown(cut(oneLine(text), 400));
}

/** `text` as code, whatever backticks stand in it. */
function code(text: string): string {
  const shown = cut(oneLine(text), 400);
  if (shown === '') return '';
  const ticks = '`'.repeat(longestTicks(shown) + 1);
  const room = /^`|`$/.test(shown) ? ' ' : '';
  return `${ticks}${room}${shown}${room}${ticks}`;
}

/** `text` as code in a table: a bar would end the cell there, and before a backslash no escape helps. */
function cell(text: string): string {
  return code(text.replace(/\|/g, '¦'));
}
