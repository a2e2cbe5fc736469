import type { Exchange, Finding, Level } from '../exchange/index.js';
import type { Requirement } from '../requirements/types.js';
import { type Evidence, type Redactor, sceneScript, toEvidence } from '../secrets/index.js';
import { TransportFailure } from '../transport/index.js';
import { blankJudgement, type Judgement, misshapen, type Observed } from '../verdict/index.js';
import { type Attempt, type CheckLog, emptyAttempt } from './log.js';
import { type Narrator, silentNarrator } from './narrator.js';
import { NotServed, Skip } from './signals.js';

/** One requirement with the check that judges it. */
export interface Definition<Context> {
  requirement: Requirement;
  /**
   * Arranges, acts and looks. It has judged where it gave findings (also none) or told them to the session's log; else the judging
   * is left to the passive checks, which must then have judged at least one exchange.
   */
  check(context: Context): Promise<Finding[] | undefined> | Promise<void>;
}

/** A user's view of one server, ready for checks. */
export interface Session<Context> {
  context: Context;
  log: CheckLog;
  /** Puts back what the check changed; gives in words what could not be put back. */
  restore(): Promise<string[]>;
  /** Called once no check follows: undoes what the sessions of the run have made for all checks. Gives in words what could not be undone. */
  close?(): Promise<string[]>;
}

/** Opens sessions and knows what applies to all checks of a run. */
export interface SessionKeeper<Context> {
  current(): Promise<Session<Context>>;
  /** A fresh session in place of the current one. */
  renew(): Promise<Session<Context>>;
  /** Told of the requirement that the next requests are sent for. */
  judging?(requirement: string): void;
  /** Told what a check does as it does it. */
  narrator?: Narrator;
  allow: Level;
  /** The actions that the server does not have, as the target says. */
  without: readonly string[];
  redactor: Redactor;
}

/** The step in which a miss is judged again. */
const onceMore = 'once more in a fresh session';

const keptEvidence = 6;
const keptFindings = 20;
const lastExchanges = 3;
const ranks: Record<Level, number> = { read: 0, write: 1, destroy: 2 };

/** Why what needs an action under `without` is skipped. */
export const absent = 'the target says that this server does not have it ("without")';

/** Whether a target that allows `allow` lets something of level `needs` happen. */
export function allows(allow: Level, needs: Level): boolean {
  return ranks[needs] <= ranks[allow];
}

/**
 * Judges one requirement. A miss is judged once more in a fresh session, unless told not to; both outcomes count and both are
 * evidence.
 */
export async function judge<Context>(
  definition: Definition<Context>,
  keeper: SessionKeeper<Context>,
  { confirm = true }: { confirm?: boolean } = {},
): Promise<Judgement> {
  const { requirement } = definition;
  const startedAt = Date.now();
  const reason = whyNot(requirement, keeper);
  if (reason !== undefined) return { ...blankJudgement(requirement.id, 'skipped', startedAt), reason };
  keeper.judging?.(requirement.id);
  const { narrator = silentNarrator } = keeper;
  const first = await attempt(definition, () => keeper.current(), narrator);
  const again = () => narrator.within(onceMore, () => attempt(definition, () => keeper.renew(), narrator));
  const doubtful = first.outcome === 'missed' || first.blockedBy !== undefined;
  const second = doubtful && confirm ? await again() : undefined;
  return judgementOf(requirement, keeper.redactor, first, second, startedAt);
}

/** Why a requirement is not for this target, if so. */
function whyNot({ needs, action }: Requirement, { allow, without }: Pick<SessionKeeper<never>, 'allow' | 'without'>) {
  if (without.includes(action)) return `is about ${action}: ${absent}`;
  return allows(allow, needs) ? undefined : `needs "allow": "${needs}"; the target allows "${allow}"`;
}

interface Tried {
  outcome: Judgement['outcome'];
  reason?: string;
  cause?: 'server' | 'environment';
  /** The action whose legal call was refused, so that the check could not go on. */
  blockedBy?: string;
  findings: Finding[];
  attempt: Attempt;
}

async function attempt<Context>(
  definition: Definition<Context>,
  open: () => Promise<Session<Context>>,
  narrator: Narrator,
): Promise<Tried> {
  let session: Session<Context> | undefined;
  let found: Finding[] | undefined;
  let thrown: unknown;
  try {
    session = await open();
    session.log.opened(definition.requirement.id);
    found = (await definition.check(session.context)) ?? undefined;
  } catch (error) {
    thrown = error;
    if (!(error instanceof Skip))
      narrator.missed([{ message: error instanceof Error ? error.message : String(error) }]);
  }
  if (found !== undefined && found.length > 0) narrator.missed(found);
  narrator.over();
  const problems = await restoreQuietly(session);
  const noted: Attempt = session?.log.take() ?? emptyAttempt();
  const doing = noted.steps.at(-1);
  noted.steps.push(...problems);
  const own = noted.seen.get(definition.requirement.id);
  const findings = [...(found ?? []), ...(noted.found ?? []), ...(own?.findings ?? [])];
  if (thrown !== undefined)
    return { ...explain(thrown, definition.requirement, noted, findings, doing), attempt: noted };
  if (findings.length > 0) return { outcome: 'missed', findings, attempt: noted };
  if (found === undefined && noted.found === undefined && own === undefined) {
    const reason = noted.leftOut ?? 'no answer held anything to judge this by';
    return { outcome: 'skipped', reason, findings, attempt: noted };
  }
  return { outcome: 'met', findings, attempt: noted };
}

async function restoreQuietly<Context>(session: Session<Context> | undefined): Promise<string[]> {
  try {
    return (await session?.restore()) ?? [];
  } catch (error) {
    return [`what the check changed could not be put back: ${(error as Error).message}`];
  }
}

function explain(
  thrown: unknown,
  requirement: Requirement,
  noted: Attempt,
  findings: Finding[],
  doing?: string,
): Omit<Tried, 'attempt'> {
  if (thrown instanceof Skip && findings.length === 0) return { outcome: 'skipped', reason: thrown.reason, findings };
  if (thrown instanceof NotServed) return notServed(thrown, requirement, findings);
  if (thrown instanceof TransportFailure) {
    if (findings.length > 0) return { outcome: 'missed', findings };
    // Bad input that breaks the connection is the very miss that a check of robustness looks for. What was not sent broke nothing.
    if (requirement.topic === 'robustness' && thrown.blame === 'server' && thrown.kind !== 'stopped')
      return { outcome: 'missed', findings: [unanswered(thrown, doing)] };
    return { outcome: 'error', reason: thrown.message, cause: thrown.blame, findings };
  }
  if (findings.length > 0) return { outcome: 'missed', findings };
  const answered = noted.exchanges.find(
    (exchange) =>
      exchange.intent === 'call' && (exchange.violations.response.length > 0 || exchange.response.json === undefined),
  );
  if (answered !== undefined) {
    const reason = misshapen(answered.action);
    return answered.action === requirement.action
      ? {
          outcome: 'missed',
          findings: [
            { message: `${reason}, so it does not show what this requirement asks for`, exchanges: [answered] },
          ],
        }
      : { outcome: 'error', reason, cause: 'server', findings };
  }
  const words =
    thrown instanceof Skip
      ? thrown.reason
      : `the check itself failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  return { outcome: 'error', reason: words, cause: 'environment', findings };
}

function unanswered({ message }: TransportFailure, doing?: string): Finding {
  return { message: doing === undefined ? message : `${message} (${doing})`, expected: 'an answer' };
}

function notServed(thrown: NotServed, requirement: Requirement, findings: Finding[]): Omit<Tried, 'attempt'> {
  const { exchange } = thrown;
  if (exchange.action === requirement.action || findings.length > 0) {
    return {
      outcome: 'missed',
      findings: [...findings, { message: thrown.message, expected: 'a legal call is served', exchanges: [exchange] }],
    };
  }
  return {
    outcome: 'error',
    reason: thrown.message,
    cause: 'server',
    blockedBy: exchange.action,
    findings: [{ message: thrown.message, exchanges: [exchange] }],
  };
}

function judgementOf(
  requirement: Requirement,
  redactor: Redactor,
  first: Tried,
  second: Tried | undefined,
  startedAt: number,
): Judgement {
  const tries = second === undefined ? [first] : [first, second];
  const worst =
    tries.find((tried) => tried.outcome === 'missed') ?? (second?.outcome === 'met' ? refusedOnce(first) : first);
  const intermittent = second?.outcome === 'met';
  const evidence = tries.flatMap((tried) => evidenceOf(tried, requirement.id, redactor)).slice(0, keptEvidence);
  return {
    requirement: requirement.id,
    outcome: worst.outcome,
    ...(worst.reason === undefined ? {} : { reason: redactor.sentence(worst.reason) }),
    ...(worst.cause === undefined ? {} : { cause: worst.cause }),
    ...(worst.blockedBy === undefined ? {} : { blockedBy: worst.blockedBy }),
    ...(intermittent ? { intermittent: true as const } : {}),
    findings: worst.findings.slice(0, keptFindings).map(redactor.finding),
    evidence,
    steps: tries
      .flatMap((tried, i) => (i === 0 ? tried.attempt.steps : [onceMore, ...tried.attempt.steps]))
      .map((step) => redactor.sentence(step)),
    observed: mergeSeen(tries, redactor),
    requests: tries.reduce((sum, tried) => sum + tried.attempt.requests, 0),
    startedAt,
    durationMs: Date.now() - startedAt,
  };
}

/** A legal call that was refused once and served when asked again is a miss that comes and goes. */
function refusedOnce(tried: Tried): Tried {
  return { ...tried, outcome: 'missed', reason: undefined, cause: undefined, blockedBy: undefined };
}

function evidenceOf(tried: Tried, requirement: string, redactor: Redactor): Evidence[] {
  if (tried.outcome === 'met' || tried.outcome === 'skipped') return [];
  const unanswered = tried.attempt.failure;
  if (unanswered !== undefined) {
    const { failure, action, actor } = unanswered;
    const { request, response = null, durationMs, message } = failure;
    return [toEvidence({ action, actor, request, response, durationMs, note: message }, redactor)];
  }
  const cited = tried.findings.flatMap((finding) => finding.exchanges ?? []);
  const chosen = cited.length > 0 ? cited : tried.attempt.exchanges.slice(-lastExchanges);
  const shown = [...new Set(chosen)].slice(0, keptEvidence / 2);
  return withScript(shown, tried.findings[0], { requirement, scene: tried.attempt.scene, redactor });
}

/** The exchanges as evidence, the last one with a script that makes its situation, where it takes one. */
function withScript(
  exchanges: readonly Exchange[],
  finding: Finding | undefined,
  { requirement, scene, redactor }: { requirement: string; scene: Attempt['scene']; redactor: Redactor },
): Evidence[] {
  const seenIn = finding?.exchanges?.length ? finding.exchanges : exchanges.slice(-1);
  const { message = 'it is missed', expected, found } = finding === undefined ? {} : redactor.finding(finding);
  const script = sceneScript({ ...scene, seenIn }, { title: `${requirement}: ${message}`, expected, found }, redactor);
  return exchanges.map((exchange) => toEvidence(exchange, redactor, exchange === seenIn.at(-1) ? script : undefined));
}

function mergeSeen(tries: readonly Tried[], redactor: Redactor): Record<string, Observed> {
  const merged: Record<string, Observed> = {};
  for (const { attempt: noted } of tries) {
    for (const [id, seen] of noted.seen) {
      const entry = merged[id] ?? { judged: 0, missed: 0, findings: [], evidence: [] };
      merged[id] = entry;
      entry.judged += seen.judged;
      entry.missed += seen.missed;
      if (entry.findings.length > 0) continue;
      entry.findings = seen.findings.map(redactor.finding);
      const exchanges = [...new Set(seen.findings.flatMap((finding) => finding.exchanges ?? []))];
      entry.evidence = seen.isNew
        ? withScript(exchanges, seen.findings[0], { requirement: id, scene: noted.scene, redactor })
        : exchanges.map((exchange) => toEvidence(exchange, redactor));
    }
  }
  return merged;
}
