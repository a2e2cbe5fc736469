/** The engine's functions with the APIs that come along, for tests that are not about other APIs. */
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { apiNamed, apis as known } from '../apis/index.js';
import { stubsOf } from '../src/api/stub.js';
import { type DoctorFinding, examine as examineApis } from '../src/doctor/index.js';
import type { Violation } from '../src/exchange/index.js';
import { type Preflight, preflight as preflightApis } from '../src/preflight/index.js';
import { type JsonSchema, type Part, validatorOf } from '../src/schemas/index.js';
import {
  targetFromText as fromText,
  loadStubTarget,
  type ResolvedTarget,
  readTargetFile,
  resolveTarget as resolveOf,
  sectionSchemaOf,
  type TargetFile,
  targetSchemaOf,
} from '../src/target/index.js';
import type { Target } from '../types/target.js';

export const apis: readonly string[] = known.map(({ name }) => name);
export const stubs = await stubsOf(known);

type Env = Record<string, string | undefined>;

export function loadTarget(source: string, env: Env = process.env): ResolvedTarget {
  return source === 'stub' ? loadStubTarget(known, env) : targetFromText(readTargetFile(source).text, source, env);
}

export function targetFromText(text: string, source: string, env?: Env): ResolvedTarget {
  return fromText(text, source, known, env);
}

export function resolveTarget(target: Target, source: string): ResolvedTarget {
  return resolveOf(target as TargetFile, source, known);
}

export function secretsOf({ secrets }: ResolvedTarget): readonly string[] {
  return secrets;
}

export { requirementsOf } from '../apis/index.js';

export function examine(target: ResolvedTarget, names: readonly string[]): Promise<DoctorFinding[]> {
  return examineApis(target, names.map(apiNamed));
}

export function preflight(target: ResolvedTarget, names: readonly string[]): Promise<Preflight> {
  return preflightApis(target, names.map(apiNamed));
}

export const validateTargetFile: (json: unknown) => Violation[] = validatorOf(
  targetSchemaOf(known.map(sectionSchemaOf)),
);

export function compiledValidator(api: string, action: string, part: Part): ValidateFunction {
  return apiNamed(api).schemas.compiled(action, part);
}

export function schemaDocuments(): ReadonlyMap<string, JsonSchema> {
  return new Map(known.flatMap(({ schemas }) => [...schemas.documents()]));
}
