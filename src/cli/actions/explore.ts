import { relative, resolve } from 'node:path';
import { type Api, chosenApis, requirementsOf } from '../../api/api.js';
import { serveStub } from '../../api/stub.js';
import { inScope, loadSubject, type Subject } from '../../api/subject.js';
import { holdTargetJournal } from '../../journal/hold.js';
import { preflight } from '../../preflight/index.js';
import { placeOf } from '../../reporters/index.js';
import { apisInScope, describeTarget, type RunSettings } from '../../target/index.js';
import { buildVerdict, exitCode, runIdOf, type Verdict, type Waivers } from '../../verdict/index.js';
import { type ExploringResult, exploreTarget, met, recipesFor } from '../exploring.js';
import type { Io } from '../io.js';
import { newSeed } from '../options.js';
import { prepareReports, withReports } from '../reports.js';
import { reportVerdict } from '../summary.js';
import { type Started, unjudged } from '../unjudged.js';
import { readWaivers } from '../waivers.js';

/** What is asked of `explore`, and of `run --replay`. */
export interface ExploreCommandOptions {
  target: string;
  api?: string[];
  strict?: boolean;
  waivers?: string;
  reports: string;
  html: boolean;
  /** Left out, replay files alone are played. */
  seconds?: number;
  calls?: number;
  seed?: number;
  replay?: string;
}

/** Explores a target without any check, or plays one replay file, and writes the verdict on what that judged. Gives the exit code. */
export async function exploreAlone(options: ExploreCommandOptions, io: Io): Promise<number> {
  const path = resolve(io.cwd, options.reports);
  const reports = placeOf(path, true);
  return withReports({ option: '--reports', shown: options.reports, path }, async () => {
    prepareReports(options.reports, reports);
    if (options.target !== 'stub')
      return judge(await loadSubject(resolve(io.cwd, options.target), io.apis, io.env), reports, options, io);
    const served = await serveStub(io.apis);
    try {
      const env = { ...io.env, CHAT_CONFORMANCE_STUB_URL: served.url };
      return await judge(await loadSubject('stub', io.apis, env), reports, options, io);
    } finally {
      await served.close();
    }
  });
}

async function judge(subject: Subject, reports: string, options: ExploreCommandOptions, io: Io): Promise<number> {
  const { target } = subject;
  const asked = options.api && chosenApis(subject.apis, options.api).map(({ name }) => name);
  const scope = inScope(subject, apisInScope(target, asked));
  const { replay, waivers, seed = newSeed() } = options;
  const accepted =
    waivers === undefined ? undefined : readWaivers('--waivers', waivers, resolve(io.cwd, waivers), subject.apis);
  const given = replay === undefined ? undefined : { file: replay, path: resolve(io.cwd, replay) };
  const recipes = await recipesFor(target, scope, given);
  const played = replay === undefined ? scope : scope.filter(({ name }) => recipes.some(({ api }) => api === name));
  for (const api of played) await api.target.prepare?.(target);
  const settings: RunSettings = {
    strict: options.strict === true,
    reports,
    html: options.html,
    selection: { by: replay === undefined ? 'explore' : `--replay ${replay}`, ids: [] },
  };
  const leftOut = apisInScope(target).filter((name) => !scope.some((api) => api.name === name));
  const started: Started = { target: describeTarget(target), apis: scope, leftOut, settings, startedAt: Date.now() };
  const found = await preflight(target, played);
  if (!found.ok) return unjudged({ reason: found.reason }, started, io);
  const journal = holdTargetJournal(target, scope);
  try {
    const seconds = replay === undefined ? options.seconds : undefined;
    const explored = await exploreTarget(target, played, { ...options, seconds, seed, recipes, reports }, io);
    const verdict = verdictOf(explored, started, accepted, io);
    for (const problem of explored.problems) io.err(problem);
    await reportVerdict(verdict, relative(io.cwd, reports) || '.', io, { again: true, html: options.html });
    return exitCode(verdict);
  } finally {
    journal?.release();
  }
}

/** A verdict on what was judged in passing: no check was run, so it is one on a part. */
function verdictOf(
  explored: ExploringResult,
  { target, apis, leftOut, settings, startedAt }: Started,
  waivers: Waivers['waivers'] | undefined,
  io: Io,
): Verdict {
  const judgements = [...explored.judgements, ...explored.met.map((id) => met(id, startedAt))];
  const { by = 'explore' } = settings.selection ?? {};
  return buildVerdict({
    target,
    apis: apis.map(({ name }: Api) => name),
    strict: settings.strict,
    catalogue: requirementsOf(apis),
    judgements,
    waivers,
    startedAt,
    durationMs: Date.now() - startedAt,
    requests: explored.requests,
    interrupted: explored.interrupted,
    leftOut,
    selection: { by },
    checked: judgements.map(({ requirement }) => requirement),
    explored: explored.apis,
    runId: runIdOf(io.env),
  });
}
