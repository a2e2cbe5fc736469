import { readFileSync } from 'node:fs';
import { fileProblem, UsageError } from '../errors.js';
import { findJsonError } from '../target/index.js';

/** The JSON of the file at `path`, which the command line named as `file` in `option`. Messages never quote its text. */
export function readJson(option: string, file: string, path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${fileProblem(error)}. Name a file that can be read.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    const error = findJsonError(text);
    const where =
      error === undefined ? '' : ` at line ${error.line}, column ${error.column}: expected ${error.expected}`;
    throw new UsageError(`${option} ${file}: it is not valid JSON${where}.`);
  }
}
