import { type Api, requirementsOf } from '../api/api.js';
import { didYouMean, UsageError } from '../errors.js';
import type { Requirement } from '../requirements/types.js';
import type { RunSettings } from '../target/index.js';
import { isMissed, type Verdict } from '../verdict/index.js';

/** The options of `run` that check a part of the requirements. Several of them narrow each other. */
export interface SelectionOptions {
  only?: string[];
  grep?: string;
  topic?: string[];
  lastFailed?: boolean;
}

/** Names of more are counted where the selection is told. */
const toldNames = 3;

/** Whether only a part of the requirements is to be checked. */
export function isSelecting({ only, grep, topic, lastFailed }: SelectionOptions): boolean {
  return only !== undefined || grep !== undefined || topic !== undefined || lastFailed === true;
}

/**
 * The requirements that the options select among those of the APIs in scope; `undefined` where none selects.
 * @param known every API, in scope or not
 * @param last the verdict before, for `--last-failed`
 * Throws a `UsageError` for an unknown id or topic, a broken pattern, and where nothing is left.
 */
export function selectionOf(
  options: SelectionOptions,
  scope: readonly Api[],
  known: readonly Api[],
  last?: Verdict,
): RunSettings['selection'] {
  if (!isSelecting(options)) return undefined;
  const { only, grep, topic, lastFailed } = options;
  if (only !== undefined) checkIds(only, scope, known);
  if (topic !== undefined) checkTopics(topic, known);
  const pattern = grep === undefined ? undefined : patternOf(grep);
  const failed = new Set(
    last?.requirements.filter(({ status }) => isMissed(status) || status === 'error').map(({ id }) => id),
  );
  const ids = requirementsOf(scope)
    .filter((requirement) => only?.includes(requirement.id) ?? true)
    .filter((requirement) => topic?.includes(requirement.topic) ?? true)
    .filter((requirement) => pattern?.test(textOf(requirement)) ?? true)
    .filter((requirement) => lastFailed !== true || failed.has(requirement.id))
    .map(({ id }) => id);
  const by = [
    ...(only === undefined ? [] : [`--only ${names(only)}`]),
    ...(topic === undefined ? [] : [`--topic ${topic.join(',')}`]),
    ...(grep === undefined ? [] : [`--grep ${grep}`]),
    ...(lastFailed === true ? ['--last-failed'] : []),
  ].join(' ');
  if (ids.length > 0) return { by, ids };
  const mend =
    lastFailed === true && failed.size === 0
      ? 'the run before missed nothing and had no error. Run without it.'
      : `no requirement of ${scope.map(({ name }) => name).join(', ')} is left to check. Select others, or none.`;
  throw new UsageError(`${by}: ${mend}`);
}

function names(all: readonly string[]): string {
  const rest = all.length - toldNames;
  return rest > 0 ? `${all.slice(0, toldNames).join(' ')} and ${rest} more` : all.join(' ');
}

function checkIds(only: readonly string[], scope: readonly Api[], apis: readonly Api[]): void {
  const known = requirementsOf(apis);
  const ids = known.map(({ id }) => id);
  const problems = only.flatMap((id) => {
    const found = known.find((requirement) => requirement.id === id);
    if (found === undefined) {
      const mend = didYouMean(id, ids) || ' docs/requirements.md lists them all.';
      return [`--only ${id}: there is no requirement of this id.${mend}`];
    }
    return scope.some(({ name }) => name === found.api)
      ? []
      : [`--only ${id}: it is of ${found.api}, which is not in scope.`];
  });
  if (problems.length > 0) throw new UsageError(problems);
}

/** The topics of what these APIs require. */
export function topicsOf(apis: readonly Api[]): string[] {
  return [...new Set(requirementsOf(apis).map(({ topic }) => topic))];
}

function checkTopics(topics: readonly string[], apis: readonly Api[]): void {
  const known = topicsOf(apis);
  const problems = topics
    .filter((topic) => !known.includes(topic))
    .map(
      (topic) =>
        `--topic ${topic}: there is no such topic.${didYouMean(topic, known) || ` Name one of ${known.join(', ')}.`}`,
    );
  if (problems.length > 0) throw new UsageError(problems);
}

/** Upper and lower case are alike, as in Playwright. */
function patternOf(grep: string): RegExp {
  try {
    return new RegExp(grep, 'i');
  } catch (error) {
    throw new UsageError(`--grep ${grep}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** What a pattern is held against: as in Playwright, with the tags. */
function textOf({ api, action, id, title, level, topic, ref }: Requirement): string {
  return `${api} ${action} ${id} ${title} @${level} @${topic} @${ref}`;
}
