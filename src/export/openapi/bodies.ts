import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema, Part, Schemas } from '../../schemas/index.js';
import { pascal } from './components.js';
import type { Components, Json } from './types.js';

/** A body of one of these actions, JSON or of other types, with their documented examples. */
export function content(
  schemas: Schemas,
  schema: Json,
  actions: readonly string[],
  part: Part,
  types: readonly string[] = ['application/json'],
): Json {
  const documented = schemas.examples().filter((example) => example.part === part && actions.includes(example.action));
  const examples = documented.map(({ action, page, body }) => [action, { summary: page, value: body }]);
  const told = { schema, ...(examples.length === 0 ? {} : { examples: Object.fromEntries(examples) }) };
  return Object.fromEntries(types.map((type) => [type, told]));
}

/**
 * The answers at an address. `anyOf` rather than `oneOf`, for an answer does not name its action, and the plain envelope of one
 * fits the success of every other.
 */
export function responses(schemas: Schemas, components: Components, actions: readonly string[]): Json {
  const refusal = components.body('refusal', 'response');
  const answers = actions.map((action) => components.body(action, 'response'));
  return {
    200: {
      description: 'The answer of the action; or a refusal, for no page names its HTTP status.',
      content: content(schemas, { anyOf: [...answers, refusal] }, actions, 'response'),
    },
    '4XX': { description: 'A refusal.', content: { 'application/json': { schema: refusal } } },
  };
}

/** Actions that share an address and tell their bodies apart by the member `by`. */
export interface Shared {
  schemas: Schemas;
  actions: readonly string[];
  by: string;
}

/**
 * The request bodies at a shared address. Actions whose bodies are the same count once, for else `oneOf` would fit none of them;
 * actions that bear one name and differ stand under it in a `oneOf` of their own.
 */
export function requestBody(shared: Shared, components: Components): Json {
  const { schemas, actions, by } = shared;
  const names = [...new Set(actions.map((action) => nameOf(shared, action)))];
  const mapping = names.map((name): [string, { $ref: string }] => [name, alternative(shared, name, components)]);
  const schema = {
    oneOf: mapping.map(([, ref]) => ref),
    discriminator: { propertyName: by, mapping: Object.fromEntries(mapping.map(([name, { $ref }]) => [name, $ref])) },
  };
  return { required: true, content: content(schemas, schema, actions, 'request') };
}

/** The action under whose name the request of `action` stands: of those with the same body, the one that the body names. */
export function requestOf(shared: Shared, action: string): string {
  const name = nameOf(shared, action);
  const same = shared.actions.filter((other) => isDeepStrictEqual(demandsOf(shared, other), demandsOf(shared, action)));
  return same.find((other) => other === name) ?? same[0] ?? action;
}

function alternative(shared: Shared, name: string, components: Components): { $ref: string } {
  const named = shared.actions.filter((action) => nameOf(shared, action) === name);
  const bodies = new Set(named.map((action) => requestOf(shared, action)));
  const refs = [...bodies].map((action) => components.body(action, 'request'));
  const [only, ...others] = refs;
  if (only !== undefined && others.length === 0) return only;
  return components.own(`${pascal(name)}Requests`, {
    type: 'object',
    description: 'Several actions bear this name; the other members tell them apart.',
    required: [shared.by],
    properties: { [shared.by]: { type: 'string', const: name } },
    oneOf: refs,
  });
}

/** What the request schema of an action demands, without its name and words. */
function demandsOf({ schemas }: Shared, action: string): Json {
  const {
    $id: _id,
    title: _title,
    description: _words,
    examples: _examples,
    ...demands
  } = requestSchema(schemas, action);
  return demands;
}

/** The value of the member that tells the actions apart. */
function nameOf({ schemas, by }: Shared, action: string): string {
  const properties = requestSchema(schemas, action).properties as Record<string, { const?: string } | undefined>;
  const name = properties[by]?.const;
  if (name === undefined) throw new Error(`${action}.request.json does not say what ${by} is.`);
  return name;
}

function requestSchema(schemas: Schemas, action: string): JsonSchema {
  return schemas.schemaOf(action, 'request');
}
