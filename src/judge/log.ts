import type { Exchange, Finding } from '../exchange/index.js';
import type { GroundTruth, PassiveCheck } from '../passive/types.js';
import { givenOut, type Scene } from '../secrets/index.js';
import type { TransportFailure } from '../transport/index.js';
import { type Narrator, silentNarrator } from './narrator.js';

/** What the exchanges of one attempt said about a requirement. */
export interface Seen {
  judged: number;
  missed: number;
  /** The first findings, with the exchange that shows them. */
  findings: Finding[];
  /** No attempt of the session before has missed it. */
  isNew?: boolean;
}

/** What happened in one attempt at a check. */
export interface Attempt {
  /** The last exchanges, oldest first. */
  exchanges: Exchange[];
  /** What the session was opened with, what was answered before, and more of the exchanges, for scripts. */
  scene: Omit<Scene, 'seenIn'>;
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
  /** Told when the session is open: what comes now is the check of this requirement. */
  opened(requirement: string): void;
  record(exchange: Exchange): void;
  recordFailure(failure: TransportFailure, about: { action: string; actor: string }): void;
  step(words: string): void;
  /** A step that holds those which are noted while `work` is under way. */
  within<T>(words: string, work: () => Promise<T>): Promise<T>;
  /**
   * Does `work` the first time that it is asked for under `key`, and gives what it gave ever after. Later checks of the session send
   * nothing: the exchanges of then are judged anew for the requirement of each. What throws is done again.
   */
  once<T>(key: object, work: () => Promise<T>): Promise<T>;
  /** Takes note that the check looked at something, with what was wrong about it. */
  judged(findings: readonly Finding[]): void;
  /** Takes note that a part of the check had nothing to judge; `reason` says why. */
  leftOut(reason: string): void;
  /** Hands over what was noted since the last call and starts anew. */
  take(): Attempt;
}

/** A step, an exchange, or a step that holds others, as it was noted. */
type Noted = { step: string } | { exchange: Exchange } | { within: string; parts: Noted[] };

const keptExchanges = 12;
/** For scripts: calls of an attempt, calls that opened the session, ids that were seen, and characters of all bodies. */
const kept = { calls: 400, opening: 12, given: 20_000, characters: 8 * 1024 * 1024 };
const keptFindings = 3;
const keptOfCheck = 50;

/** What a log is made with beside. */
export interface CheckLogOptions {
  /** Told of each miss: of the requirement, or of none where the check itself found it. */
  onMiss?(requirement?: string): void;
  /** Told what is noted, as it happens. */
  narrator?: Narrator;
  /** Values that scripts show as they are: what stands in the target. */
  given?: Iterable<string>;
}

/** Makes a log that has each exchange judged by the passive checks as it comes. */
export function createCheckLog(
  passive: PassiveCheck,
  groundTruth: GroundTruth,
  { onMiss = () => {}, narrator = silentNarrator, given = [] }: CheckLogOptions = {},
): CheckLog {
  const stage = createScenes(given);
  const missed = new Set<string>();
  const done = new Map<object, { told: readonly Noted[]; value: unknown; in: Attempt }>();
  /** Where is kept what is noted while something is done once. */
  let keeping: Noted[][] = [];
  let attempt = emptyAttempt(stage.begin());
  const isNewStep = (words: string): boolean => {
    if (attempt.steps.at(-1) === words) return false;
    attempt.steps.push(words);
    return true;
  };
  let checked: string | undefined;
  const look = (exchange: Exchange, only?: string): void => {
    attempt.exchanges.push(exchange);
    if (attempt.exchanges.length > keptExchanges) attempt.exchanges.shift();
    stage.record(exchange);
    narrator.exchange(exchange);
    for (const { requirement, findings } of passive(exchange, groundTruth)) {
      if (only !== undefined && requirement !== only) continue;
      const entry = note(attempt.seen, requirement, findings, exchange);
      if (findings.length === 0) continue;
      if (!missed.has(requirement)) entry.isNew = true;
      missed.add(requirement);
      onMiss(requirement);
      narrator.missed(
        findings.map((finding) => ({ ...finding, exchanges: [exchange] })),
        requirement,
      );
    }
  };
  const keep = (noted: Noted): void => {
    for (const told of keeping) told.push(noted);
  };
  const step = (words: string): void => {
    if (isNewStep(words)) narrator.step(words);
    keep({ step: words });
  };
  const within = async <T>(words: string, work: () => Promise<T>): Promise<T> => {
    isNewStep(words);
    const around = keeping;
    keeping = around.map((told) => {
      const parts: Noted[] = [];
      told.push({ within: words, parts });
      return parts;
    });
    try {
      return await narrator.within(words, work);
    } finally {
      keeping = around;
    }
  };
  /** Tells again what was noted, with its exchanges judged for the requirement that is checked now. */
  const tellAgain = async (told: readonly Noted[]): Promise<void> => {
    for (const noted of told) {
      if ('exchange' in noted) {
        keep(noted);
        look(noted.exchange, checked);
      } else if ('step' in noted) step(noted.step);
      else await within(noted.within, () => tellAgain(noted.parts));
    }
  };
  return {
    opened(requirement) {
      checked = requirement;
      stage.opened();
    },
    record(exchange) {
      attempt.requests++;
      keep({ exchange });
      look(exchange);
    },
    recordFailure(failure, about) {
      attempt.requests += failure.attempts;
      attempt.failure = { failure, ...about };
      const { request, response = null, startedAt, durationMs, message } = failure;
      narrator.exchange({ ...about, request, response, startedAt, durationMs, note: message });
    },
    step,
    within,
    async once<T>(key: object, work: () => Promise<T>): Promise<T> {
      const known = done.get(key);
      if (known !== undefined) {
        if (known.in !== attempt) await tellAgain(known.told);
        known.in = attempt;
        return known.value as T;
      }
      const [around, told] = [keeping, [] as Noted[]];
      keeping = [...around, told];
      try {
        const value = await work();
        done.set(key, { told, value, in: attempt });
        return value;
      } finally {
        keeping = around;
      }
    },
    judged(findings) {
      attempt.found ??= [];
      for (const finding of findings) if (isNew(finding, attempt.found)) attempt.found.push(finding);
      if (findings.length === 0) return;
      onMiss();
      narrator.missed(findings);
    },
    leftOut(reason) {
      attempt.leftOut ??= reason;
    },
    take() {
      const taken = attempt;
      attempt = emptyAttempt(stage.begin());
      return taken;
    },
  };
}

/** An attempt at nothing yet. */
export function emptyAttempt(scene: Attempt['scene'] = { opening: [], calls: [] }): Attempt {
  return { exchanges: [], scene, requests: 0, steps: [], seen: new Map() };
}

/** Keeps what scripts are made of, within bounds. What answers give out is read only where a script asks: most attempts make none. */
function createScenes(initial: Iterable<string>) {
  /** What was given out, with the number of the first attempt before which it was: scripts show it as it is from then on. */
  const known = new Map([...initial].map((value) => [value, 0]));
  let unread: { exchange: Exchange; before: number }[] = [];
  let unreadCharacters = 0;
  const opening: Exchange[] = [];
  let calls: Exchange[] = [];
  let characters = 0;
  let attempt = -1;
  const read = () => {
    for (const { exchange, before } of unread)
      for (const value of givenOut(exchange).keys())
        if (known.size < kept.given && !known.has(value)) known.set(value, before);
    [unread, unreadCharacters] = [[], 0];
  };
  const readLater = (exchanges: readonly Exchange[]) => {
    if (known.size >= kept.given) return;
    for (const exchange of exchanges) {
      unread.push({ exchange, before: attempt });
      unreadCharacters += exchange.response.text.length;
    }
    if (unreadCharacters > kept.characters) read();
  };
  return {
    begin(): Attempt['scene'] {
      attempt += 1;
      readLater(calls);
      [calls, characters] = [[], 0];
      const own = attempt;
      return {
        opening,
        calls,
        get given() {
          read();
          return new Set([...known].flatMap(([value, before]) => (before <= own ? [value] : [])));
        },
      };
    },
    /** What came until now opened the session. */
    opened() {
      const opened = calls.splice(0);
      readLater(opened);
      opening.push(...opened.slice(0, kept.opening - opening.length));
    },
    record(exchange: Exchange) {
      characters += exchange.response.text.length + (exchange.request.body?.length ?? 0);
      if (calls.length < kept.calls && characters < kept.characters) calls.push(exchange);
    },
  };
}

function note(seen: Attempt['seen'], requirement: string, findings: readonly Finding[], exchange: Exchange): Seen {
  const entry = seen.get(requirement) ?? { judged: 0, missed: 0, findings: [] };
  seen.set(requirement, entry);
  entry.judged++;
  if (findings.length === 0) return entry;
  entry.missed++;
  const room = keptFindings - entry.findings.length;
  entry.findings.push(
    ...findings.slice(0, Math.max(0, room)).map((finding) => ({ ...finding, exchanges: [exchange] })),
  );
  return entry;
}

/** The same thing seen twice is one finding. */
function isNew({ message, found }: Finding, known: readonly Finding[]): boolean {
  return known.length < keptOfCheck && !known.some((other) => other.message === message && other.found === found);
}
