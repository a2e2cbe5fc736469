import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { Violation } from '../exchange/index.js';
import { type Named, requirementsNamedIn } from './attribution.js';
import { type JsonSchema, type Part, quickOf, readSchemas, type SchemaFiles, type Slot } from './registry.js';
import { type Judged, judge, validate } from './validate.js';

/** A documented body, with the page it stands on. Elisions are kept; `mend` says what was not JSON on the page. */
export interface Example {
  action: string;
  part: Part;
  page: string;
  mend?: string;
  body: unknown;
}

/** The schemas of one API. They are read from disk when the first of them is asked for, and compiled one by one. */
export interface Schemas {
  /** The folders they stand in, absolute. */
  folders: readonly string[];
  /**
   * What in `body` violates the action's documented schema; empty when nothing does. At most 20 violations, and the first of each
   * requirement beyond them; values shortened.
   * A string that holds JSON, as the `message` of Ozeki's Add does, is looked into: its members have paths such as `/message/ID`.
   * The response schema describes a success: judge a refusal with `validateRefusal`. Throws for an unknown action.
   * A violation of a response names the requirement that it misses, where the schema does.
   */
  validate(action: string, part: Part, body: unknown): Violation[];
  /** What the schema of a success says of `body`, with the requirements that it decides. Throws for an unknown action. */
  judge(action: string, body: unknown): Judged;
  /** What in `body` is not the documented form of a refusal; empty when nothing is. */
  validateRefusal(body: unknown): Violation[];
  /** The schema of a body as it stands in its file. Throws for an unknown action. */
  schemaOf(action: string, part: Part): JsonSchema;
  /** The bare compiled validator of a body: it stops at the first error and has no words for people. Throws for an unknown action. */
  compiled(action: string, part: Part): ValidateFunction;
  /** The names of the actions, in alphabetical order. */
  actions(): string[];
  /** Every schema by its `$id`, the shared ones included. */
  documents(): ReadonlyMap<string, JsonSchema>;
  /** Every place where a schema names a requirement, with its file. */
  requirements(): (Named & { file: string })[];
  /** Every documented body, by action. Read from disk at each call. */
  examples(): Example[];
}

/**
 * The schemas of the API `name` that stand in `folders` (absolute): a file `<action>.request.json` and `<action>.response.json` an
 * action, `refusal.response.json`, shapes that they share in `shared.json`, documented bodies in `examples/`.
 *
 * @example createSchemas('genesys', [folder]).validate('complete', 'response', { statusCode: 0 }) // []
 */
export function createSchemas(name: string, folders: readonly string[]): Schemas {
  let loaded: SchemaFiles | undefined;
  const files = (): SchemaFiles => {
    loaded ??= readSchemas(folders);
    return loaded;
  };
  // The slot that was asked for last: bodies of one action mostly come in runs, and some are checked in 20 ns.
  let last: { action: string; part: Part; slot: Slot } | undefined;
  const slotOf = (action: string, part: Part): Slot => {
    if (last !== undefined && last.action === action && last.part === part) return last.slot;
    const slot = (part === 'request' ? files().bodies.request : files().bodies.response).get(action);
    if (slot === undefined) {
      throw new Error(
        `No schema for the ${part} of ${name} ${action}. Add ${action}.${part}.json to ${folders.at(-1)}, or name a known action.`,
      );
    }
    last = { action, part, slot };
    return slot;
  };
  return {
    folders,
    validate(action, part, body) {
      const slot = slotOf(action, part);
      const violations = validate(slot, body);
      return slot.contents === undefined ? violations : [...violations, ...contentViolations(slot.contents, body)];
    },
    judge: (action, body) => judge(slotOf(action, 'response'), body),
    validateRefusal: (body) => validate(slotOf('refusal', 'response'), body),
    schemaOf: (action, part) => slotOf(action, part).schema,
    compiled: (action, part) => quickOf(slotOf(action, part)),
    actions: () => [...files().bodies.request.keys()].sort(),
    documents: () => files().documents,
    requirements: () =>
      [...files().documents.values()].flatMap((document) =>
        requirementsNamedIn(document).map((named) => ({ ...named, file: files().paths.get(document.$id) ?? '' })),
      ),
    examples: () => folders.flatMap(examplesIn),
  };
}

function examplesIn(folder: string): Example[] {
  const path = join(folder, 'examples');
  if (!existsSync(path)) return [];
  const names = readdirSync(path).filter((file) => file.endsWith('.json'));
  return names.sort().map((file) => JSON.parse(readFileSync(join(path, file), 'utf8')) as Example);
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
