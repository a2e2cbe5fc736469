import { isElsewhere } from './reasons.js';
import { isTooLittle, numbersOf } from './tally.js';
import type { RequirementVerdict, Verdict, VerdictWord } from './types.js';

/** Shard problems told in the one line; the others stand in the reason. */
const toldProblems = 3;
const longestReason = 200;

/**
 * The verdict in one line, the same wherever it is shown: the word, how many MUSTs were judged, and what keeps it from being better.
 * @example 'PARTIAL: 41 of 113 MUSTs judged, none missed'
 */
export function verdictLine(verdict: Verdict): string {
  const { requirements } = verdict;
  const parts = [count(requirements, verdict.verdict), ...strictParts(requirements, verdict), ...wholeParts(verdict)];
  return `${verdict.verdict.toUpperCase()}: ${parts.join('; ')}${scope(verdict)}`;
}

/** The same line of one API, without what is said of the whole. An API of which no MUST was judged is `NOT JUDGED`. */
export function apiLine(verdict: Verdict, api: RequirementVerdict['api']): string {
  const requirements = verdict.requirements.filter((requirement) => requirement.api === api);
  const word = verdict.apis?.[api]?.verdict ?? 'unjudged';
  const isNot = word === 'unjudged' && numbersOf(requirements, 'MUST').judged === 0;
  const parts = [count(requirements, word), ...strictParts(requirements, verdict)];
  return `${isNot ? 'NOT JUDGED' : word.toUpperCase()}: ${parts.join('; ')}`;
}

/** How much of the target a verdict is about, where that is not the whole: ` (ozeki alone)`. */
function scope({ requirements, leftOut = [], selection, shard }: Verdict): string {
  const apis = [...new Set(requirements.map(({ api }) => api))];
  const parts = [
    ...(leftOut.length > 0 ? [`${apis.join(' and ')} alone`] : []),
    ...(selection === undefined ? [] : [`a selection: ${selection.by}`]),
    ...(shard === undefined ? [] : [`shard ${shard.current} of ${shard.total}`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** Whether a verdict may be shown as a success without reserve: all of the target, every MUST judged and none missed, waived or not. */
export function isWhole({ verdict, requirements, leftOut = [] }: Verdict): boolean {
  return verdict === 'conformant' && leftOut.length === 0 && numbersOf(requirements, 'MUST').waived === 0;
}

function count(requirements: readonly RequirementVerdict[], word: VerdictWord): string {
  const { judged, total, missed, waived } = numbersOf(requirements, 'MUST');
  const errors = requirements.filter(({ level, status }) => level === 'MUST' && status === 'error');
  const server = errors.filter(({ cause }) => cause === 'server').length;
  return [
    `${judged} of ${total} ${total === 1 ? 'MUST' : 'MUSTs'} judged`,
    ...(missed > 0 ? [`${missed} missed`] : []),
    ...(missed === 0 && waived === 0 && judged > 0 && word !== 'conformant' ? ['none missed'] : []),
    ...(waived > 0 ? [`${waived} missed and waived`] : []),
    ...(errors.length > 0 ? [`${errors.length} could not be checked`] : []),
    ...(server > 0 ? [`${server === errors.length ? 'for' : `${server} of them for`} what the server did`] : []),
  ].join(', ');
}

/** What fails under strict alone. */
function strictParts(requirements: readonly RequirementVerdict[], { strict, staleWaivers = [] }: Verdict): string[] {
  if (!strict) return [];
  const shoulds = requirements.filter(({ level }) => level === 'SHOULD');
  const missed = shoulds.filter(({ status }) => status === 'fail').length;
  const errors = shoulds.filter(({ status }) => status === 'error').length;
  const stale = staleWaivers.filter((waiver) => requirements.some(({ id }) => id === waiver.requirement)).length;
  const plural = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return [
    ...(missed > 0 ? [`strict: ${plural(missed, 'SHOULD')} missed`] : []),
    ...(errors > 0 ? [`strict: ${plural(errors, 'SHOULD')} could not be checked`] : []),
    ...(stale > 0 ? [`strict: ${plural(stale, 'waiver')} stale`] : []),
  ];
}

/** What keeps the whole from being judged, beside single requirements. */
function wholeParts(verdict: Verdict): string[] {
  const { requirements, merged, reason, apis = {}, requireJudged } = verdict;
  const problems = merged?.problems ?? [];
  const rest = problems.length - toldProblems;
  const told = [...problems.slice(0, toldProblems), ...(rest > 0 ? [`and ${rest} more`] : [])];
  if (verdict.verdict !== 'unjudged') return told;
  const own = requirements.filter((requirement) => !isElsewhere(requirement));
  const silent = Object.keys(apis).filter(
    (api) =>
      apis[api]?.verdict === 'unjudged' &&
      apis[api].musts.judged === 0 &&
      own.some((requirement) => requirement.api === api),
  );
  const nothing = numbersOf(requirements, 'MUST').judged === 0;
  return [
    ...told,
    ...(reason !== undefined && problems.length === 0 ? [excerpt(reason)] : []),
    ...(reason === undefined && nothing
      ? [own.length > 0 ? 'nothing could be judged' : 'nothing was to be checked']
      : []),
    ...(nothing || silent.length === 0 ? [] : [`no MUST of ${silent.join(' or ')} judged`]),
    ...(isTooLittle(verdict) ? [`--require-judged asks for ${requireJudged} %`] : []),
  ];
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longestReason ? line : `${line.slice(0, longestReason - 1)}…`;
}
