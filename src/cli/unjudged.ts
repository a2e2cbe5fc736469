import type { Api } from '../api/api.js';
import { requirementsOf } from '../api/api.js';
import type { describeTarget, RunSettings } from '../target/index.js';
import { buildVerdict, type ExploredRun, exitCode, runIdOf, verdictLine } from '../verdict/index.js';
import type { Io } from './io.js';

/** What is known of a run before its end. */
export interface Started {
  target: ReturnType<typeof describeTarget>;
  apis: readonly Api[];
  leftOut: readonly string[];
  settings: RunSettings;
  /** Epoch milliseconds. */
  startedAt: number;
}

/** Why a run came to no verdict of its own, and what was found before. */
export interface Cut {
  reason: string;
  interrupted?: boolean;
  explored?: ExploredRun;
}

/** Writes the reports of a run whose checks could judge nothing, says why, and gives the exit code. */
export async function unjudged(
  { reason, interrupted, explored }: Cut,
  { target, apis: scope, leftOut, settings, startedAt }: Started,
  io: Io,
): Promise<number> {
  const verdict = buildVerdict({
    target,
    apis: scope.map(({ name }) => name),
    strict: settings.strict,
    catalogue: requirementsOf(scope),
    judgements: explored?.judgements ?? [],
    startedAt,
    durationMs: Date.now() - startedAt,
    requests: explored?.requests ?? 0,
    explored: explored?.apis,
    interrupted,
    unjudgedReason: reason,
    leftOut,
    selection: settings.selection,
    shard: settings.shard,
    requireJudged: settings.requireJudged,
    runId: runIdOf(io.env),
  });
  const { githubAnnotations, writeReports } = await import('../reporters/index.js');
  const { problems } = await writeReports(settings.reports, verdict, { html: settings.html });
  io.err(`chat-conformance: unjudged. ${reason}`);
  for (const problem of problems) io.err(problem);
  for (const line of githubAnnotations(verdict, io.env)) io.rendered(line);
  io.out(verdictLine(verdict));
  return exitCode(verdict);
}
