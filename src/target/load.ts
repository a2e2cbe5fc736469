import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Target } from '../../types/target.js';
import { fileProblem, UsageError } from '../errors.js';
import { validateTargetFile } from '../schemas/index.js';
import { stubTarget } from '../stub/target.js';
import { checkMeaning, type Problem } from './check.js';
import { findJsonError } from './json.js';
import { type ResolvedTarget, resolveTarget } from './resolve.js';
import { apis } from './sections.js';
import { pointerToPath, substitute } from './substitute.js';
import { unknownMembers } from './unknown.js';

type Environment = Record<string, string | undefined>;

/**
 * Loads the target that `source` names: a target file, or `stub` for the stub that runs at `CHAT_CONFORMANCE_STUB_URL` with the
 * seed `CHAT_CONFORMANCE_STUB_SEED` (1 where unset). Throws a `UsageError` that lists every problem with its path and its mend.
 */
export function loadTarget(source: string, env: Environment = process.env): ResolvedTarget {
  if (source === 'stub') return loadStubTarget(env);
  const file = resolve(source);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new UsageError(
      `The target file ${source} cannot be read: ${fileProblem(error)}. Name a target file, or the word stub.`,
    );
  }
  return targetFromText(bytes.toString('utf8'), source, env);
}

function loadStubTarget(env: Environment): ResolvedTarget {
  const { CHAT_CONFORMANCE_STUB_URL: url, CHAT_CONFORMANCE_STUB_SEED: seed } = env;
  if (!url) {
    throw new UsageError(
      'CHAT_CONFORMANCE_STUB_URL is not set, so the stub is not running. Start the suite with: chat-conformance run --target stub',
    );
  }
  if (seed && !/^\d+$/.test(seed)) {
    throw new UsageError('CHAT_CONFORMANCE_STUB_SEED is no whole number. Give it one, such as 1, or unset it.');
  }
  return resolveTarget(stubTarget({ seed: seed ? Number(seed) : 1, url }), 'stub', env);
}

/** Makes a target of the text of a target file; `source` is the file's path, which messages name. */
export function targetFromText(text: string, source: string, env: Environment = process.env): ResolvedTarget {
  // Editors of one operating system put a byte order mark before the text; it is no part of it.
  const file = parse(text.replace(/^\uFEFF/, ''), source);
  const path = resolve(source);

  const { value, problems, fromEnvironment } = substitute(withoutSchema(file), env);
  const told = [...problems, ...unknownMembers(value)];
  const add = (found: Problem[]) => {
    const paths = new Set(told.map((problem) => problem.path));
    told.push(...found.filter((problem) => !paths.has(problem.path)));
  };
  add(checkMeaning(value, path, env));
  add(shapeProblems(value, fromEnvironment));
  if (told.length > 0) {
    throw new UsageError(
      told.map((problem) => (problem.path === '' ? problem.problem : `${problem.path}: ${problem.problem}`)),
      `The target file ${source} cannot be used:`,
    );
  }
  return resolveTarget(value as Target, path, env);
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
        ? `The target file ${source} is empty. Write one with: chat-conformance init --api ozeki`
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
function shapeProblems(value: unknown, fromEnvironment: ReadonlySet<string>): Problem[] {
  return validateTargetFile(value).map((violation) => {
    const path = pointerToPath(violation.path);
    if (path === '' && isObject(value)) {
      return { path, problem: `no API section stands in it: add at least one of ${apis.join(', ')}` };
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
