/** Which cases hang on files that were changed: for a quick look before a commit, not in place of the whole. */
import { spawnSync } from 'node:child_process';
import type { Api } from '../src/api/api.js';
import { UsageError } from '../src/errors.js';
import type { Case } from './types.js';

/** What changed of each API: some actions, or all that it does. */
export type Changed = ReadonlyMap<string, ReadonlySet<string> | 'all'>;

/** No fault or variant comes out otherwise for these. */
const besideIt = /^(?:docs|tests|examples|scripts|reports|\.\w+)\/|\.md$/;
/** A folder of one API. */
const ofApi = /^(?:apis|fixtures|schemas|specs)\/([^/]+)\/(.+)$/;
/** A file of one action. */
const ofAction = /^(?:schemas|specs)\/[^/]+\/([^/.]+)\.(?:spec\.[jt]s|request\.json|response\.json)$/;

/**
 * The files that differ from a revision, those that Git does not know yet included, from the root of the repository.
 * @throws UsageError where there is no Git, `cwd` is in no repository, or there is no such revision
 */
export function changedFiles(revision: string, cwd: string): string[] {
  const root = git(['rev-parse', '--show-toplevel'], cwd)[0] ?? cwd;
  // To the end of options: a revision that begins with a dash is none.
  const [commit = ''] = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], root);
  return [...git(['diff', '--name-only', commit], root), ...git(['ls-files', '--others', '--exclude-standard'], root)];
}

function git(args: readonly string[], cwd: string): string[] {
  const { error, status, stdout, stderr } = spawnSync('git', ['-c', 'core.quotePath=false', ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined)
    throw new UsageError(
      '--changed asks Git what was changed, and git cannot be run. Install it, or leave --changed out.',
    );
  if (status !== 0) {
    const why =
      stderr.trim().split('\n', 1)[0] || `there is no such revision: ${args.at(-1)?.replace('^{commit}', '')}`;
    throw new UsageError(`--changed: ${why}. Name a revision of the repository that you are in, such as HEAD or main.`);
  }
  return stdout.split('\n').filter((line) => line !== '');
}

/** What these files change: a file of the engine changes all APIs, a file of an API all of it, a spec or schema its action. */
export function changedBy(files: readonly string[], apis: readonly Pick<Api, 'name' | 'actions'>[]): Changed {
  const changed = new Map<string, Set<string> | 'all'>();
  for (const file of files.filter((path) => !besideIt.test(path))) {
    const [, folder] = ofApi.exec(file) ?? [];
    const own = apis.find(({ name }) => name === folder);
    // Of the engine, or shared by several APIs.
    if (own === undefined) {
      for (const { name } of apis) changed.set(name, 'all');
      continue;
    }
    const [, action = ''] = ofAction.exec(file) ?? [];
    const before = changed.get(own.name) ?? new Set();
    if (!(action in own.actions) || before === 'all') changed.set(own.name, 'all');
    else changed.set(own.name, before.add(action));
  }
  return changed;
}

/** The cases that hang on what changed, with the healthy server of each API that has any. */
export function casesOn(changed: Changed, cases: readonly Case[]): Case[] {
  return cases.filter(({ kind, api, action }) => {
    const actions = changed.get(api);
    if (actions === undefined || actions === 'all') return actions === 'all';
    return kind === 'healthy' || action === '*' || actions.has(action);
  });
}

/** What is tried and what is left out, for people. */
export function changedLine(
  changed: Changed,
  revision: string,
  { tried, all }: { tried: number; all: number },
): string {
  if (changed.size === 0) return `Nothing that a case hangs on has changed since ${revision}: none of ${all} is tried.`;
  const parts = [...changed].map(([api, actions]) =>
    actions === 'all' ? `all of ${api}` : `${api} ${[...actions].sort().join(', ')}`,
  );
  return `Changed since ${revision}: ${parts.join('; ')}. ${tried} of ${all} cases are tried, ${all - tried} left out.`;
}
