import type { ErrorObject } from 'ajv/dist/2020.js';
import type { Violation } from '../exchange/index.js';
import { pointerOf } from '../exchange/pointer.js';
import { requirementOf } from './attribution.js';
import { type Slot, thoroughOf } from './registry.js';

/** More than these tell a reader nothing new. */
const most = 20;
/** Arrays are looked through up to here: a hostile one of a million items would take minutes and gigabytes. */
const mostItems = 200;
/** Documented shapes nest no deeper than this, quotes apart, which hold no arrays. */
const deepestArray = 8;
/** How many of the validator's errors are put into words. */
const mostErrors = 500;
const longestText = 80;
const longestPath = 300;

/** Members whose values are credentials: never shown, not even in part. */
const credentials = new Set(['apikey', 'apiKey', 'rsakey', 'secureKey', 'signature', 'token']);

const typeWords: Record<string, string> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

/**
 * What violates the schema in a body that it rejects, in words for people: at most 20 violations, none twice, and beyond them the
 * first of each requirement that none of the 20 is about.
 * @param decided takes down the requirements of which the body holds something to judge
 */
export function explain(slot: Slot, body: unknown, first: readonly ErrorObject[], decided: Set<string>): Violation[] {
  const errors = errorsOf(slot, body, decided) ?? first;
  const seen = new Map<string, Violation>();
  const requirements = new Set<string | undefined>();
  for (const [error, violation] of settleAlternatives(errors.slice(0, mostErrors))) {
    const key = `${violation.path}\n${violation.expected}`;
    if (seen.has(key)) continue;
    const told = attributed(violation, error, slot);
    if (seen.size < most || !requirements.has(told.requirement)) seen.set(key, told);
    requirements.add(told.requirement);
  }
  return [...seen.values()];
}

function attributed(violation: Violation, error: ErrorObject, { schema, promises }: Slot): Violation {
  const requirement = promises === undefined ? undefined : requirementOf(error, schema, promises);
  return requirement === undefined ? violation : { ...violation, requirement };
}

/** Every error in the front part of the body; `undefined` when what is wrong lies behind it, or too deep. */
function errorsOf(slot: Slot, body: unknown, decided: Set<string>): readonly ErrorObject[] | undefined {
  const thorough = thoroughOf(slot);
  try {
    return thorough.call(decided, front(body, 0)) ? undefined : (thorough.errors ?? undefined);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The value with its arrays cut to their first items. */
function front(value: unknown, depth: number): unknown {
  if (depth > deepestArray || !isContainer(value)) return value;
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => front(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, front(member, depth + 1)]));
}

/** The violation of a body whose nesting exhausts the stack of the checker. */
export function nestedTooDeep(): Violation {
  return { path: '', expected: 'JSON nested no deeper than can be followed', found: 'nesting too deep to check' };
}

/** Errors that another error of the same place says better. */
function repeated(errors: readonly ErrorObject[]): Set<ErrorObject> {
  const exact = new Set(errors.filter(({ keyword }) => keyword === 'const' || keyword === 'enum').map(placeOf));
  const wrappers = new Set(['if', 'propertyNames']);
  return new Set(
    errors.filter((error) => wrappers.has(error.keyword) || (error.keyword === 'type' && exact.has(placeOf(error)))),
  );
}

function placeOf({ instancePath, propertyName }: ErrorObject): string {
  return `${instancePath}\n${propertyName ?? ''}`;
}

/**
 * The validator reports every branch of an `anyOf` that failed. A reader wants one sentence: the alternatives joined,
 * or, where the value is plainly meant for one branch, what is wrong inside that branch.
 */
function settleAlternatives(errors: readonly ErrorObject[]): [ErrorObject, Violation][] {
  const dropped = repeated(errors);
  const replaced = new Map<ErrorObject, Violation>();
  errors.forEach((error, at) => {
    if (error.keyword !== 'anyOf') return;
    const branches = error.schema as Record<string, unknown>[];
    const own = errors.slice(0, at).filter((other) => belongs(other, error, branches));
    if (branches.every((branch) => Array.isArray(branch.required))) {
      for (const other of own) dropped.add(other);
      const names = branches.flatMap((branch) => branch.required as string[]);
      replaced.set(error, {
        path: pathOf(error),
        expected: `at least one of ${names.map(quoted).join(', ')}`,
        found: 'none of them',
      });
    } else if (
      isContainer(error.data) &&
      errors.slice(0, at).some((other) => isWithin(other, error) && !own.includes(other))
    ) {
      for (const other of own) dropped.add(other);
      dropped.add(error);
    } else {
      for (const other of own) dropped.add(other);
      const words = new Set(own.map((other) => expectedOf(other)));
      replaced.set(error, {
        path: pathOf(error),
        expected: [...words].join(', or '),
        found: foundOf(error, error.data),
      });
    }
  });
  return errors
    .filter((error) => !dropped.has(error))
    .map((error) => [error, replaced.get(error) ?? toViolation(error)]);
}

/** Whether `other` is the failure of one of the branches itself, not of something deeper that a branch refers to. */
function belongs(other: ErrorObject, anyOf: ErrorObject, branches: Record<string, unknown>[]): boolean {
  if (!isWithin(other, anyOf)) return false;
  if (other.keyword === 'type' && other.instancePath === anyOf.instancePath) return true;
  return branches.some(
    (branch) => branch === other.parentSchema || Object.values(branch.properties ?? {}).includes(other.parentSchema),
  );
}

function isWithin(other: ErrorObject, outer: ErrorObject): boolean {
  return other.instancePath === outer.instancePath || other.instancePath.startsWith(`${outer.instancePath}/`);
}

function toViolation(error: ErrorObject): Violation {
  const { keyword, params } = error;
  if (keyword === 'required' || keyword === 'dependentRequired') {
    return { path: pathOf(error, params.missingProperty as string), expected: expectedOf(error), found: 'nothing' };
  }
  if (keyword === 'additionalProperties') {
    const name = params.additionalProperty as string;
    return { path: pathOf(error, name), expected: expectedOf(error), found: `a member ${short(name)}` };
  }
  if (keyword === 'uniqueItems') {
    // The array itself may be as it must be: only the item that comes again is wrong.
    const again = Math.max(Number(params.i), Number(params.j));
    const path = pathOf(error, String(again));
    return {
      path,
      expected: expectedOf(error),
      found: foundOf({ ...error, instancePath: path }, (error.data as unknown[])[again]),
    };
  }
  const name = error.propertyName;
  if (name !== undefined) {
    return { path: pathOf(error, name), expected: `a member name that is ${expectedOf(error)}`, found: short(name) };
  }
  return { path: pathOf(error), expected: expectedOf(error), found: foundOf(error, error.data) };
}

function expectedOf({ keyword, params, schema, parentSchema }: ErrorObject): string {
  const description = (parentSchema as { description?: string } | undefined)?.description;
  const remark = description === undefined ? '' : ` (${description})`;
  switch (keyword) {
    case 'type':
      return [schema]
        .flat()
        .map((type) => typeWords[String(type)] ?? String(type))
        .join(' or ');
    case 'required':
    case 'dependentRequired':
      return `a member ${quoted(params.missingProperty as string)}`;
    case 'additionalProperties':
      return 'no member of this name';
    case 'const':
      return JSON.stringify(params.allowedValue);
    case 'enum':
      return `one of ${(params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'not':
      return description ?? 'another value';
    case 'pattern':
    case 'format':
      return description ?? `text of the form ${String(schema)}`;
    case 'minimum':
      return `at least ${String(schema)}${remark}`;
    case 'maximum':
      return `at most ${String(schema)}${remark}`;
    case 'exclusiveMinimum':
      return `more than ${String(schema)}${remark}`;
    case 'minLength':
      return 'a string that is not empty';
    case 'uniqueItems':
      return 'an item that is there once';
    case 'minItems':
      return `an array of at least ${String(schema)}`;
    default:
      return `what ${keyword} allows`;
  }
}

/** The value, short enough for a line; a credential never, only its type and size. */
function foundOf({ instancePath }: ErrorObject, value: unknown): string {
  const member = instancePath.slice(instancePath.lastIndexOf('/') + 1);
  if (credentials.has(member) && value !== null) {
    return typeof value === 'string' ? `a string of ${value.length} characters` : `another type: ${typeof value}`;
  }
  if (typeof value === 'string') return short(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (isContainer(value)) return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
  return String(value);
}

function short(text: string): string {
  return text.length <= longestText
    ? quoted(text)
    : `${quoted(text.slice(0, longestText))}… (${text.length} characters)`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function pathOf({ instancePath }: ErrorObject, member?: string): string {
  const path = member === undefined ? instancePath : instancePath + pointerOf([member]);
  return path.length <= longestPath ? path : `${path.slice(0, longestPath)}…`;
}
