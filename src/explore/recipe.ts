import fc from 'fast-check';
import type { Replay } from '../../types/replay.js';
import { didYouMean, UsageError } from '../errors.js';
import type { ApiName } from '../exchange/index.js';
import { validateReplay } from '../schemas/index.js';
import type { Find, Recipe } from './find.js';
import type { Explorable, Kind } from './model.js';

/** The replay file of a find. It holds no credential: steps say who does what, and what they are about by how recent it is. */
export function replayOf(api: ApiName, { story, seed, path }: Find, found: string): Replay {
  const { sighting, steps } = story;
  return {
    version: 1,
    api,
    requirement: sighting.miss.requirement,
    action: sighting.made.call.action,
    found,
    seed,
    ...(path !== '' && { path }),
    steps: steps.map((step) => step.map((command) => command as Record<string, unknown>)),
  };
}

/**
 * Reads a replay file.
 * @param json its content
 * @param shown how the command line or the target named it
 * @throws UsageError that names what is wrong, where, and the mend
 */
export async function recipeOf(json: unknown, shown: string, apis: readonly Explorable[]): Promise<Recipe> {
  const refuse = (problems: readonly string[]) => new UsageError(problems, `The replay file ${shown} cannot be used:`);
  const violations = validateReplay(json);
  if (violations.length > 0) {
    throw refuse(
      violations.map(({ path, expected, found }) => `${path || 'the file'}: expected ${expected}, found ${found}`),
    );
  }
  const { api: name, requirement, steps } = json as Replay;
  const api = apis.find((each) => each.name === name);
  const known = apis.map((each) => each.name);
  if (api === undefined) {
    throw refuse([`/api: there is no API ${name}.${didYouMean(name, known) || ` Known: ${known.join(', ')}.`}`]);
  }
  const model = await api.model?.();
  if (model === undefined) throw refuse([`/api: ${name} has no model, so nothing of it can be played.`]);
  const ids = api.requirements.map(({ id }) => id);
  if (!ids.includes(requirement)) {
    const mend = didYouMean(requirement, ids) || ' docs/requirements.md lists them all.';
    throw refuse([`/requirement: there is no requirement ${requirement}.${mend}`]);
  }
  const forms = Object.values(model.kinds).map(formOf);
  const problems = steps.flatMap((step, i) =>
    step.flatMap((command, j) => {
      const problem = problemOf(command, forms);
      return problem === undefined ? [] : [`/steps/${i}/${j}${problem}`];
    }),
  );
  if (problems.length > 0) {
    throw refuse([
      ...problems,
      'Steps are written by exploring: take the file as it was written, or leave the step out.',
    ]);
  }
  return { name: shown, api: name, requirement, steps };
}

/** What the commands of a kind look like: of each member, the types that it may have, and its values where these are few. */
type Form = ReadonlyMap<string, { types: ReadonlySet<string>; values?: ReadonlySet<unknown>; isOptional: boolean }>;

const samples = 300;
/** A text with more values than these may have any. */
const mostValues = 12;

/** The form of what is generated. So a command from elsewhere is held to what the model can play. */
function formOf({ commands }: Kind<unknown>): Form {
  const drawn = fc.sample(commands, { numRuns: samples, seed: 1 }) as Record<string, unknown>[];
  const members = new Set(drawn.flatMap((command) => Object.keys(command)));
  return new Map(
    [...members].map((member) => {
      const values = new Set(drawn.map((command) => command[member]).filter((value) => value !== undefined));
      const types = new Set([...values].map((value) => typeof value));
      const isFew = values.size <= mostValues && types.size === 1 && types.has('string');
      const isOptional = drawn.some((command) => command[member] === undefined);
      return [member, { types, isOptional, ...(isFew && { values }) }];
    }),
  );
}

/** What keeps a command from being of one of these forms, of the form that fits it best; `undefined` where nothing does. */
function problemOf(command: Readonly<Record<string, unknown>>, forms: readonly Form[]): string | undefined {
  const problems = forms.map((form) => problemsWith(command, form)).sort((a, b) => a.length - b.length);
  return problems[0]?.[0];
}

function problemsWith(command: Readonly<Record<string, unknown>>, form: Form): string[] {
  const unknown = Object.keys(command).filter((member) => !form.has(member));
  const wrong = [...form].flatMap(([member, { types, values, isOptional }]) => {
    const value = command[member];
    if (value === undefined) return isOptional ? [] : [`/${member}: this member is missing`];
    if (values !== undefined && !values.has(value)) {
      return [`/${member}: expected ${[...values].sort().join(', ')}, found ${JSON.stringify(value)}`];
    }
    return types.has(typeof value)
      ? []
      : [`/${member}: expected a ${[...types].join(' or ')}, found a ${typeof value}`];
  });
  return [...wrong, ...unknown.map((member) => `/${member}: there is no such member here`)];
}
