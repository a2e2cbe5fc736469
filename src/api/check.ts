import { didYouMean, UsageError } from '../errors.js';
import { dialectProblem } from '../schemas/index.js';
import type { Api } from './api.js';

/**
 * What must hold of an API before anything is done with it: names and ids that clash with nothing, requirements on known actions,
 * schemas that compile, are there for every action, and name no requirement that is not there.
 * @param others the APIs that are known beside it
 * @throws UsageError with the first problem and its mend
 */
export function checkApi(api: Api, others: readonly Api[]): void {
  const { name, actions, requirements, schemas } = api;
  if (!/^[a-z][a-z0-9]*$/.test(name))
    throw new UsageError(`the API name ${name} is not made of lower-case letters and digits. Choose one that is.`);
  const taken = new Map(others.flatMap((other) => other.requirements.map(({ id }) => [id, other.name])));
  const seen = new Set<string>();
  for (const { id, action } of requirements) {
    if (taken.has(id) || seen.has(id))
      throw new UsageError(`the requirement id ${id} is there already, in ${taken.get(id) ?? name}. Choose another.`);
    seen.add(id);
    if (action !== '*' && !(action in actions))
      throw new UsageError(
        `the requirement ${id} is about an action ${action}, which ${name} does not have. Its actions: ${Object.keys(actions).join(', ')}.`,
      );
  }
  for (const schema of schemas.documents().values()) {
    const problem = dialectProblem(schema);
    if (problem !== undefined) throw new UsageError(`the schema ${schema.$id} cannot be used: ${problem}`);
  }
  for (const { id, requirements: borneOn } of api.rulings ?? []) {
    const unknown = borneOn.find((each) => !seen.has(each));
    if (unknown !== undefined)
      throw new UsageError(
        `the ruling ${id} bears on ${unknown}, which is no requirement of ${name}.${didYouMean(unknown, [...seen])}`,
      );
  }
  for (const { requirement, file, at } of schemas.requirements()) {
    if (seen.has(requirement)) continue;
    const mend = didYouMean(requirement, [...seen]) || ' Add its row to the requirements, or take the keyword away.';
    throw new UsageError(
      `${file}: x-requirement at ${at || 'the root'} names ${requirement}, which is no requirement of ${name}.${mend}`,
    );
  }
  for (const action of Object.keys(actions)) {
    for (const part of ['request', 'response'] as const)
      compile(`${action}.${part}.json`, () => schemas.compiled(action, part));
  }
  compile('refusal.response.json', () => schemas.compiled('refusal', 'response'));
}

function compile(file: string, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`the schema ${file} cannot be used: ${(error as Error).message.split('\n', 1)[0]}`);
  }
}
