import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kept, type Recorded, readRecording } from '../../src/recording/index.js';
import { test } from '../test.js';
import { judged } from './traffic.js';

/** Writes a file into the folder of this test. */
export function save(name: string, content: string | Buffer): string {
  const folder = test.info().outputPath();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** Writes a file of this test's own and reads it as a recording. */
export async function read(name: string, content: string | Buffer) {
  const path = save(name, content);
  const problems: string[] = [];
  const entries: Recorded[] = [];
  const tell = (problem: string) => void problems.push(problem);
  for await (const entry of readRecording({ path, name, index: 0, progress: () => {}, tell })) entries.push(entry);
  return { entries, problems };
}

/** What `check` says of a file of this test's own. */
export async function checked(name: string, content: string | Buffer) {
  const { entries, problems } = await read(name, content);
  return { ...judged(entries, { reorder: true }), problems };
}

export const bodyOf = (body: Kept | undefined) =>
  body === undefined ? undefined : 'text' in body ? body.text : 'bytes' in body ? body.bytes.toString() : body;
