/** The room of schemas: loads and compiles them once a process, and says in words what violates them. */
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { Api, Violation } from '../exchange/index.js';
import { type JsonSchema, type OwnDocument, type Part, quickOf, registry, type Slot } from './registry.js';
import { explain, nestedTooDeep } from './violations.js';

export { type Example, examplesOf } from './examples.js';
export type { JsonSchema, Part } from './registry.js';

/**
 * What in `body` violates the action's documented schema; empty when nothing does. At most 20 violations, values shortened.
 * A string that holds JSON, as the `message` of Ozeki's Add does, is looked into: its members have paths such as `/message/ID`.
 * The response schema describes a success: judge a refusal with `validateRefusal`.
 * @param action a name of `actionsOf(api)`; throws for any other
 * @example validateBody('genesys', 'complete', 'response', { statusCode: 0 }) // []
 */
export function validateBody(api: Api, action: string, part: Part, body: unknown): Violation[] {
  const slot = slotOf(api, action, part);
  const violations = validate(slot, body);
  return slot.contents === undefined ? violations : [...violations, ...contentViolations(slot.contents, body)];
}

/** What in `body` is not the documented form of a refusal; empty when nothing is. */
export function validateRefusal(api: Api, body: unknown): Violation[] {
  return validate(slotOf(api, 'refusal', 'response'), body);
}

/** What in a target file, its variables replaced or not, violates `schemas/target.json`. */
export function validateTargetFile(json: unknown): Violation[] {
  return validateOwn('target', json);
}

/** What in a `verdict.json` violates `schemas/verdict.json`. */
export function validateVerdict(json: unknown): Violation[] {
  return validateOwn('verdict', json);
}

/** What in a waivers file violates `schemas/waivers.json`. */
export function validateWaivers(json: unknown): Violation[] {
  return validateOwn('waivers', json);
}

/** The bare compiled validator of a body: it stops at the first error and has no words for people. Throws for an unknown action. */
export function compiledValidator(api: Api, action: string, part: Part): ValidateFunction {
  return quickOf(slotOf(api, action, part));
}

/** The schema of a body as it stands in its file. Throws for an unknown action. */
export function schemaOf(api: Api, action: string, part: Part): JsonSchema {
  return slotOf(api, action, part).schema;
}

/** The names of an API's actions, in alphabetical order. */
export function actionsOf(api: Api): string[] {
  return [...(registry().bodies.get(api)?.request.keys() ?? [])];
}

/** Every schema of the project by its `$id`, the shared ones included. */
export function schemaDocuments(): ReadonlyMap<string, JsonSchema> {
  return registry().documents;
}

/** The slot that was asked for last: bodies of one action mostly come in runs, and some are checked in 20 ns. */
let last: { api: Api; action: string; part: Part; slot: Slot } | undefined;

function slotOf(api: Api, action: string, part: Part): Slot {
  if (last !== undefined && last.action === action && last.part === part && last.api === api) return last.slot;
  const parts = registry().bodies.get(api);
  const slot = (part === 'request' ? parts?.request : parts?.response)?.get(action);
  if (slot === undefined) {
    throw new Error(
      `No schema for the ${part} of ${api} ${action}. Add schemas/${api}/${action}.${part}.json, or name a known action.`,
    );
  }
  last = { api, action, part, slot };
  return slot;
}

function validateOwn(name: OwnDocument, json: unknown): Violation[] {
  const slot = registry().own.get(name);
  if (slot === undefined) throw new Error(`schemas/${name}.json is missing. Install the package again.`);
  return validate(slot, json);
}

/** What violates the schemas of JSON within strings. What is no string at all, the schema of the body says. */
function contentViolations(contents: NonNullable<Slot['contents']>, body: unknown): Violation[] {
  return contents.flatMap(({ member, slot }) => {
    const text = Object(body)[member] as unknown;
    if (typeof text !== 'string') return [];
    try {
      return validate(slot, JSON.parse(text)).map((violation) => ({
        ...violation,
        path: `/${member}${violation.path}`,
      }));
    } catch {
      return [{ path: `/${member}`, expected: 'JSON in a string', found: `${text.length} characters that are none` }];
    }
  });
}

function validate(slot: Slot, body: unknown): Violation[] {
  const quick = slot.quick ?? quickOf(slot);
  try {
    return quick(body) ? [] : explain(slot, body, quick.errors ?? []);
  } catch (error) {
    // A quote within a quote, a hundred thousand deep: the validator follows it by recursion until the stack is full.
    if (error instanceof RangeError) return [nestedTooDeep()];
    throw error;
  }
}
