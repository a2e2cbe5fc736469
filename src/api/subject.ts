import { dirname, resolve } from 'node:path';
import { loadStubTarget, type ResolvedTarget, readTargetFile, targetFromText } from '../target/index.js';
import type { Api } from './api.js';
import { withPlugins } from './plugins.js';

/** A server under test: its target, and the APIs that may be judged there. */
export interface Subject {
  target: ResolvedTarget;
  /** Every API that is known, those of the target's plugins included; those with a section are in `target.sections`. */
  apis: readonly Api[];
  /** The modules that its file names under `plugins`, by their addresses. */
  plugins: readonly string[];
}

/**
 * Loads what `source` names: a target file with its plugins, or `stub` for the stub that runs at `CHAT_CONFORMANCE_STUB_URL`.
 * To be called once a process; what it gives is handed on.
 * @param apis those that are known without the target
 * @throws UsageError that lists every problem with its path and its mend
 */
export async function loadSubject(
  source: string,
  apis: readonly Api[],
  env: Record<string, string | undefined> = process.env,
): Promise<Subject> {
  if (source === 'stub') return { target: loadStubTarget(apis, env), apis, plugins: [] };
  const file = readTargetFile(source);
  const known = await withPlugins(apis, file.plugins, dirname(file.path));
  const plugins = file.plugins.map((module) => (module.startsWith('.') ? resolve(dirname(file.path), module) : module));
  return { target: targetFromText(file.text, source, known, env), apis: known, plugins };
}

/** The APIs of a subject that a run judges: those asked for, or every one that the target has a section of. */
export function inScope({ target, apis }: Subject, names: readonly string[]): readonly Api[] {
  return apis.filter(({ name }) => names.includes(name) && target.sections[name] !== undefined);
}
