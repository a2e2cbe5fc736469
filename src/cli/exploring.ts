/** Generated sequences and replay files, as a part of a run or alone. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Api } from '../api/api.js';
import { createEnvironment, type Environment } from '../environment/environment.js';
import { UsageError } from '../errors.js';
import {
  type Explored,
  explore,
  type Find,
  judgementOf,
  pageOf,
  type Recipe,
  recipeOf,
  replayOf,
  scriptOf,
} from '../explore/index.js';
import { journalOf } from '../journal/journal.js';
import { putBackLeftovers } from '../journal/leftovers.js';
import type { ResolvedTarget } from '../target/index.js';
import { blankJudgement, type ExploredRun, type Judgement } from '../verdict/index.js';
import { readJson } from './files.js';
import type { Io } from './io.js';
import { onStop } from './supervise.js';

/** What is asked of exploring. */
export interface ExploringOptions {
  /** How long each API is explored; left out, replay files alone are played. */
  seconds?: number;
  /** After so many calls to an API no more sequences are begun. */
  calls?: number;
  seed: number;
  recipes: readonly Recipe[];
  /** The reports directory; what is found goes into its folder `explore`. */
  reports: string;
}

/** What exploring came to, and whether it was stopped. */
export interface ExploringResult extends ExploredRun {
  apis: NonNullable<ExploredRun['apis']>;
  interrupted: boolean;
  /** The requirements that were judged and not missed. A run leaves them to their checks. */
  met: string[];
  /** In sentences. */
  problems: string[];
}

/** The folder of the reports directory that holds what was found. */
export const findsFolder = 'explore';

/**
 * The replay file that the command line names, or those of the folder that the target names.
 * @throws UsageError that names the file, what is wrong in it, and the mend
 */
export async function recipesFor(
  target: ResolvedTarget,
  scope: readonly Api[],
  given?: { file: string; path: string },
): Promise<Recipe[]> {
  if (given !== undefined) {
    return [await recipeOf(readJson('--replay', given.file, given.path), given.file, scope)];
  }
  const folder = target.replays;
  if (folder === undefined) return [];
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new UsageError(`replays: there is no folder ${folder}. Make it, or take the member out of the target file.`);
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const contents = files.sort().map((name) => ({ name, json: readJson('replays', name, join(folder, name)) }));
  // What is of another API is another run's.
  const own = contents.filter(({ json }) => {
    const api = (json as { api?: unknown } | null)?.api;
    return typeof api !== 'string' || target.sections[api] === undefined || scope.some(({ name }) => name === api);
  });
  return Promise.all(own.map(({ name, json }) => recipeOf(json, name, scope)));
}

/** Plays the replay files, then explores one API after the other. What is found is told and written as it is found. */
export async function exploreTarget(
  target: ResolvedTarget,
  scope: readonly Api[],
  options: ExploringOptions,
  io: Io,
): Promise<ExploringResult> {
  const startedAt = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'chat-conformance-'));
  const environment = createEnvironment(target, { apis: scope, folder });
  const result: ExploringResult = {
    judgements: [],
    requests: 0,
    startedAt,
    apis: [],
    interrupted: false,
    met: [],
    problems: [],
  };
  const ignore = onStop((again) => {
    if (again) process.exit(130);
    result.interrupted = true;
    environment.stop();
  });
  const putBack = async () => {
    const transport = () => createEnvironment(target, { folder: join(folder, 'cleanup') }).transport;
    for (const said of await putBackLeftovers(target, scope, transport)) io.err(said);
  };
  try {
    await putBack();
    for (const api of scope) {
      const isWanted = options.seconds !== undefined || options.recipes.some((recipe) => recipe.api === api.name);
      if (isWanted && api.model !== undefined && !result.interrupted) {
        await exploreApi(api, environment, options, result, io);
      }
    }
    await putBack();
    return result;
  } finally {
    ignore();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function exploreApi(
  api: Api,
  environment: Environment,
  { seconds = 0, calls, seed, recipes, reports }: ExploringOptions,
  result: ExploringResult,
  io: Io,
): Promise<void> {
  const { target, redactor } = environment;
  const write = findWriter(api, join(reports, findsFolder), redactor);
  const finds: ExploringResult['apis'][number]['finds'] = [];
  const startedAt = Date.now();
  const explored = await explore(api, environment, {
    budgetMs: 1000 * seconds,
    calls,
    seed,
    journal: journalOf(target),
    recipes: recipes.filter((recipe) => recipe.api === api.name),
    onFind(find) {
      const { requirement, message } = find.story.sighting.miss;
      io.err(redactor.sentence(`exploring ${api.name}: ${requirement} is missed: ${message}`));
      finds.push(write(find));
      result.judgements.push(judgementOf(find, startedAt, redactor));
    },
  });
  result.requests += explored.calls;
  result.met.push(...metBy(explored));
  result.problems.push(...problemsOf(api, explored, result.interrupted).map((problem) => redactor.sentence(problem)));
  result.apis.push({
    api: api.name,
    seed,
    ...(seconds > 0 && { seconds }),
    sequences: explored.sequences,
    calls: explored.calls,
    ...(explored.replayed.length > 0 && {
      replays: explored.replayed.map(({ recipe, find, skipped }) => ({
        file: recipe.name,
        requirement: recipe.requirement,
        shows: find?.story.sighting.miss.requirement ?? '',
        ...(skipped !== undefined && { skipped }),
      })),
    }),
    finds,
    ...(explored.unconfirmed.length > 0 && {
      unconfirmed: explored.unconfirmed.map(({ sighting }) =>
        redactor.sentence(`${sighting.miss.requirement} (${sighting.made.call.action}): ${sighting.miss.message}`),
      ),
    }),
    ...(explored.stopped !== undefined && { stopped: redactor.sentence(explored.stopped) }),
  });
}

/** The requirements that were judged and not missed: by exchanges in passing, and by replay files that show nothing any more. */
function metBy({ tally, replayed, finds }: Explored): string[] {
  const quiet = replayed.filter(({ find, skipped }) => find === undefined && skipped === undefined);
  const missed = new Set(finds.map(({ story }) => story.sighting.miss.requirement));
  const judged = new Set([...tally.keys(), ...quiet.map(({ recipe }) => recipe.requirement)]);
  return [...judged].filter((requirement) => !missed.has(requirement));
}

/** The judgement of a requirement that was judged by sequences and not missed. */
export function met(requirement: string, startedAt: number): Judgement {
  return { ...blankJudgement(requirement, 'met', startedAt), basis: 'generated' };
}

function problemsOf({ name }: Api, { stopped, problems, replayed }: Explored, isInterrupted: boolean): string[] {
  return [
    ...replayed.flatMap(({ recipe, skipped }) =>
      skipped === undefined ? [] : [`The replay file ${recipe.name} was not played: ${skipped}.`],
    ),
    ...(stopped === undefined || isInterrupted ? [] : [`Exploring ${name} ended early: ${stopped}.`]),
    ...problems,
  ];
}

/** Writes what belongs to a find beside the reports: its page, its replay file, its script. */
function findWriter(api: Api, folder: string, redactor: Environment['redactor']) {
  return (find: Find): ExploringResult['apis'][number]['finds'][number] => {
    const { miss, made } = find.story.sighting;
    const { requirement } = miss;
    const { action } = made.call;
    const name = `${requirement}-${action}`;
    const files = { page: `${name}.md`, replay: `${name}.replay.json`, script: `${name}.sh` };
    const title = api.requirements.find(({ id }) => id === requirement)?.title ?? requirement;
    const said = redactor.sentence(miss.message);
    mkdirSync(folder, { recursive: true });
    const write = (file: string, text: string, mode = 0o666) => writeFileSync(join(folder, file), text, { mode });
    write(files.replay, `${JSON.stringify(replayOf(api.name, find, said), null, 2)}\n`);
    write(files.script, scriptOf(find, redactor), 0o777);
    write(files.page, pageOf(find, title, files, redactor));
    const { intermittent, seed } = find;
    const steps = find.story.steps.length;
    return { requirement, action, steps, seed, ...(intermittent && { intermittent: true as const }), ...files };
  };
}
