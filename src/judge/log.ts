import type { Exchange, Finding } from '../exchange/index.js';
import type { GroundTruth, PassiveCheck } from '../passive/types.js';
import type { TransportFailure } from '../transport/index.js';

/** What the exchanges of one attempt said about a requirement. */
export interface Seen {
  judged: number;
  missed: number;
  /** The first findings, with the exchange that shows them. */
  findings: Finding[];
}

/** What happened in one attempt at a check. */
export interface Attempt {
  /** The last exchanges, oldest first. */
  exchanges: Exchange[];
  requests: number;
  steps: string[];
  seen: Map<string, Seen>;
  /** What the check itself found wrong; absent where it looked at nothing. */
  found?: Finding[];
  /** Why a part of the check had nothing to judge, in words for people. */
  leftOut?: string;
  /** The last request that got no complete answer. */
  failure?: { failure: TransportFailure; action: string; actor: string };
}

/** Takes note of exchanges and steps while a check runs. Keeps the last exchanges only, however many there are. */
export interface CheckLog {
  record(exchange: Exchange): void;
  recordFailure(failure: TransportFailure, about: { action: string; actor: string }): void;
  step(words: string): void;
  /** Takes note that the check looked at something, with what was wrong about it. */
  judged(findings: readonly Finding[]): void;
  /** Takes note that a part of the check had nothing to judge; `reason` says why. */
  leftOut(reason: string): void;
  /** Hands over what was noted since the last call and starts anew. */
  take(): Attempt;
}

const keptExchanges = 12;
const keptFindings = 3;
const keptOfCheck = 50;

/**
 * Makes a log that has each exchange judged by the passive checks as it comes.
 * @param onMiss told of each miss: of the requirement, or of none where the check itself found it
 */
export function createCheckLog(
  passive: PassiveCheck,
  groundTruth: GroundTruth,
  onMiss: (requirement?: string) => void = () => {},
): CheckLog {
  let attempt = emptyAttempt();
  return {
    record(exchange) {
      attempt.requests++;
      attempt.exchanges.push(exchange);
      if (attempt.exchanges.length > keptExchanges) attempt.exchanges.shift();
      for (const { requirement, findings } of passive(exchange, groundTruth)) {
        note(attempt.seen, requirement, findings, exchange);
        if (findings.length > 0) onMiss(requirement);
      }
    },
    recordFailure(failure, about) {
      attempt.requests += failure.attempts;
      attempt.failure = { failure, ...about };
    },
    step(words) {
      if (attempt.steps.at(-1) !== words) attempt.steps.push(words);
    },
    judged(findings) {
      attempt.found ??= [];
      for (const finding of findings) if (isNew(finding, attempt.found)) attempt.found.push(finding);
      if (findings.length > 0) onMiss();
    },
    leftOut(reason) {
      attempt.leftOut ??= reason;
    },
    take() {
      const taken = attempt;
      attempt = emptyAttempt();
      return taken;
    },
  };
}

function emptyAttempt(): Attempt {
  return { exchanges: [], requests: 0, steps: [], seen: new Map() };
}

function note(seen: Attempt['seen'], requirement: string, findings: readonly Finding[], exchange: Exchange): void {
  const entry = seen.get(requirement) ?? { judged: 0, missed: 0, findings: [] };
  seen.set(requirement, entry);
  entry.judged++;
  if (findings.length === 0) return;
  entry.missed++;
  const room = keptFindings - entry.findings.length;
  entry.findings.push(
    ...findings.slice(0, Math.max(0, room)).map((finding) => ({ ...finding, exchanges: [exchange] })),
  );
}

/** The same thing seen twice is one finding. */
function isNew({ message, found }: Finding, known: readonly Finding[]): boolean {
  return known.length < keptOfCheck && !known.some((other) => other.message === message && other.found === found);
}
