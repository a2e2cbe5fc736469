import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileProblem, UsageError } from '../errors.js';
import { type JsonSchema, validatorOf } from '../schemas/index.js';
import { checkMeaning } from './check.js';
import { findJsonError } from './json.js';
import { resolveTarget, type TargetFile } from './resolve.js';
import { sectionSchemaOf, targetSchemaOf } from './schema.js';
import { listAt, type Problem, type ResolvedTarget, type TargetApi } from './section.js';
import { stubTarget } from './stub.js';
import { pointerToPath, substitute } from './substitute.js';
import { unknownMembers } from './unknown.js';

type Environment = Record<string, string | undefined>;

/** A target file as it was read, its plugins not loaded and nothing checked. */
export interface TargetText {
  /** The absolute path. */
  path: string;
  text: string;
  /** The modules under `plugins`; none where the member is missing or no list of texts, which is told later. */
  plugins: readonly string[];
}

/** Reads a target file. Throws a `UsageError` where it cannot be read. */
export function readTargetFile(source: string): TargetText {
  const path = resolve(source);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `The target file ${source} cannot be read: ${fileProblem(error)}. Name a target file, or the word stub.`,
    );
  }
  return { path, text, plugins: pluginsIn(text) };
}

function pluginsIn(text: string): string[] {
  try {
    return listAt(JSON.parse(withoutMark(text)), 'plugins').filter((module) => typeof module === 'string');
  } catch {
    return [];
  }
}

/** Editors of one operating system put a byte order mark before the text; it is no part of it. */
function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/**
 * The target of the stub that runs at `CHAT_CONFORMANCE_STUB_URL` with the seed `CHAT_CONFORMANCE_STUB_SEED` (1 where unset).
 * Throws a `UsageError` where it does not run.
 */
export function loadStubTarget(apis: readonly TargetApi[], env: Environment): ResolvedTarget {
  const { CHAT_CONFORMANCE_STUB_URL: url, CHAT_CONFORMANCE_STUB_SEED: seed } = env;
  if (!url) {
    throw new UsageError(
      'CHAT_CONFORMANCE_STUB_URL is not set, so the stub is not running. Start the suite with: chat-conformance run --target stub',
    );
  }
  if (seed && !/^\d+$/.test(seed)) {
    throw new UsageError('CHAT_CONFORMANCE_STUB_SEED is no whole number. Give it one, such as 1, or unset it.');
  }
  return resolveTarget(stubTarget(apis, { seed: seed ? Number(seed) : 1, url }), 'stub', apis, env);
}

/**
 * Makes a target of the text of a target file; `source` is the file's path, which messages name.
 * @throws UsageError that lists every problem with its path and its mend
 */
export function targetFromText(
  text: string,
  source: string,
  apis: readonly TargetApi[],
  env: Environment = process.env,
): ResolvedTarget {
  const file = parse(withoutMark(text), source);
  const path = resolve(source);
  const schema = targetSchemaOf(apis.map(sectionSchemaOf));

  const { value, problems, fromEnvironment } = substitute(withoutSchema(file), env);
  const told = [...problems, ...unknownMembers(value, schema)];
  const add = (found: Problem[]) => {
    const paths = new Set(told.map((problem) => problem.path));
    told.push(...found.filter((problem) => !paths.has(problem.path)));
  };
  add(checkMeaning(value, { source: path, apis, env }));
  add(shapeProblems(value, schema, fromEnvironment));
  if (told.length > 0) {
    throw new UsageError(
      told.map((problem) => (problem.path === '' ? problem.problem : `${problem.path}: ${problem.problem}`)),
      `The target file ${source} cannot be used:`,
    );
  }
  return resolveTarget(value as TargetFile, path, apis, env, file);
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const error = findJsonError(text);
    const where =
      error === undefined ? '' : ` at line ${error.line}, column ${error.column}: expected ${error.expected}`;
    throw new UsageError(
      text.trim() === ''
        ? `The target file ${source} is empty. Write one with: chat-conformance init --api NAME`
        : `The target file ${source} is not valid JSON${where}.`,
    );
  }
}

/** The file without `$schema`, which only editors read. */
function withoutSchema(file: unknown): unknown {
  if (!isObject(file)) return file;
  const { $schema: _, ...rest } = file;
  return rest;
}

/** Members whose values no message may hold, whatever their type. A URL may hold a password. */
const concealed = /(^|\.)(apikey|apiKey|signature|token|url|password|passphrase|proxy)$|(^|\.)headers\./;

/** What the schema finds wrong, in words that hold no credential. */
function shapeProblems(value: unknown, schema: JsonSchema, fromEnvironment: ReadonlySet<string>): Problem[] {
  return validatorOf(schema)(value).map((violation) => {
    const path = pointerToPath(violation.path);
    if (path === '' && isObject(value)) {
      return { path, problem: `no API section stands in it: add at least one of ${namesIn(schema).join(', ')}` };
    }
    if (violation.found === 'nothing') return { path, problem: `this member is missing: write ${violation.expected}` };
    const expected = path.endsWith('.email') ? 'an e-mail address such as alice@example.test' : violation.expected;
    const hidden = concealed.test(path) || fromEnvironment.has(path);
    return { path, problem: `expected ${expected}, found ${hidden ? 'something else' : violation.found}` };
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesIn({ anyOf }: JsonSchema): string[] {
  return (anyOf as { required: string[] }[]).flatMap(({ required }) => required);
}
