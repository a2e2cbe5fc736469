import { join } from 'node:path';
import type { Violation } from '../exchange/index.js';
import { packageRoot } from '../root.js';
import { compilerOf, forOnce, type JsonSchema, readSchema, type Slot } from './registry.js';
import { validate } from './validate.js';

/** The files that describe the project's own documents. */
export type OwnDocument = 'verdict' | 'waivers' | 'replay';

/** The folder of all schemas of this package. */
export const schemaFolder = join(packageRoot, 'schemas');

const compiled = new Map<OwnDocument, Slot>();

/** What in a `verdict.json` violates `schemas/verdict.json`. */
export function validateVerdict(json: unknown): Violation[] {
  return validateOwn('verdict', json);
}

/** What in a waivers file violates `schemas/waivers.json`. */
export function validateWaivers(json: unknown): Violation[] {
  return validateOwn('waivers', json);
}

/** What in a replay file violates `schemas/replay.json`. */
export function validateReplay(json: unknown): Violation[] {
  return validateOwn('replay', json);
}

/** A validator of documents of one schema that refers to nothing outside itself. */
export function validatorOf(schema: JsonSchema): (json: unknown) => Violation[] {
  const slot = slotOf(schema);
  return (json) => validate(slot, json);
}

function validateOwn(name: OwnDocument, json: unknown): Violation[] {
  const slot = compiled.get(name) ?? slotOf(readSchema(join(schemaFolder, `${name}.json`)));
  compiled.set(name, slot);
  return validate(slot, json);
}

function slotOf(schema: JsonSchema): Slot {
  return compilerOf(new Map([[schema.$id, schema]]), forOnce)(schema);
}
