import { genesysStream } from '../../apis/genesys/sequences/index.js';
import { ozekiStream } from '../../apis/ozeki/sequences/index.js';
import { passiveChecks } from '../../apis/passive.js';
import { rateLimitObservations, relationStream } from '../../apis/relation/sequences/index.js';
import type { Api, Finding } from '../exchange/index.js';
import type { GroundTruth, Observation } from '../passive/types.js';
import type { Requirement } from '../requirements/types.js';
import { createRedactor, type Redactor, toEvidence } from '../secrets/index.js';
import type { Evidence, FindingRecord, Judgement, Observed } from '../verdict/index.js';
import { maskPattern } from './body.js';
import { createBounded } from './bounded.js';
import { type ClientDeviations, createClientDeviations } from './client-deviations.js';
import { secretsOf } from './collect-secrets.js';
import { decidable } from './decidable.js';
import { outcomeOf, requestMisses } from './exchange.js';
import { copyOf } from './members.js';
import type { RecordedExchange } from './types.js';

/** A miss as it is found. Redacted. */
export interface Miss {
  requirement: string;
  finding: FindingRecord;
  api: Api;
  action: string;
  /** Where the exchange that shows it stands. */
  place: string;
}

export interface PassiveOptions {
  /** The e-mail addresses known of accounts. */
  emails?: readonly string[];
  /** How far times may be from each other that should be the same; two minutes where left out. */
  clockToleranceMs?: number;
  /** Told of each miss as it is found. */
  onMiss?(miss: Miss): void;
}

/** Judges a stream of exchanges that others sent, each by itself and by those before it. */
export interface PassiveJudge {
  take(exchange: RecordedExchange): void;
  /** Takes note of an exchange whose answer says nothing, so that what the server may have done is not held against it later. */
  takeUnsure(exchange: RecordedExchange): void;
  /** How many exchanges were judged, by API. */
  judged(): Partial<Record<Api, number>>;
  /** One judgement a requirement, for a passive verdict. */
  judgements(catalogue: readonly Requirement[]): Judgement[];
  /** What is to be said beside the verdict, in sentences without their stop. */
  notes(): string[];
  /** Knows the credentials that were met. */
  redactor(): Redactor;
}

const defaultToleranceMs = 120_000;
const keptFindings = 3;
const keptExchanges = 3;
/** Each credential costs a redactor some kilobytes: those met again are kept longest. */
const keptSecrets = { again: 800, once: 400 };
const keptKinds = 20;

/** Makes a judge. Its memory does not grow with the stream. */
export function createPassiveJudge(options: PassiveOptions = {}): PassiveJudge {
  const { emails = [], clockToleranceMs = defaultToleranceMs } = options;
  const redactor = createRedactor();
  const again = createBounded<string, true>(keptSecrets.again);
  const once = createBounded<string, true>(keptSecrets.once);
  const seen = new Map<string, Observed>();
  const counts: Partial<Record<Api, number>> = {};
  const undocumented = new Map<string, { count: number; words: string }>();
  const backDated = createBounded<string, true>(10_000);
  const clientDeviations = createClientDeviations();
  const streams = {
    ozeki: ozekiStream({ clockToleranceMs, noteBackDated: (id) => backDated.set(id, true) }),
    genesys: genesysStream(),
    relation: relationStream({ clockToleranceMs }),
  };
  const groundTruth: GroundTruth = { emails, clockToleranceMs, isBackDated: (id) => backDated.has(id) };

  const note = (exchange: RecordedExchange, { requirement, findings }: Observation): void => {
    const entry = seen.get(requirement) ?? { judged: 0, missed: 0, findings: [], evidence: [] };
    seen.set(requirement, entry);
    entry.judged += 1;
    if (findings.length === 0) return;
    entry.missed += 1;
    const room = Math.max(0, keptFindings - entry.findings.length);
    const shown = findings.slice(0, room);
    const cited = new Set(shown.flatMap((finding) => finding.exchanges ?? [exchange]));
    const own = [...cited].slice(0, keptExchanges) as RecordedExchange[];
    for (const source of own) redactor.add(...secretsOf(source), ...secretsOf(exchange));
    entry.findings.push(...shown.map(redactor.finding));
    entry.evidence.push(...own.map((source) => evidenceOf(source, redactor)));
    if (options.onMiss === undefined || findings[0] === undefined) return;
    redactor.add(...(shown.length > 0 ? [] : secretsOf(exchange)));
    const { api, action, place } = exchange;
    options.onMiss({ requirement, finding: redactor.finding(findings[0]), api, action, place });
  };

  return {
    take(exchange) {
      counts[exchange.api] = (counts[exchange.api] ?? 0) + 1;
      for (const secret of secretsOf(exchange)) {
        if (again.has(secret) || once.has(secret)) {
          once.delete(secret);
          again.set(copyOf(secret), true);
        } else once.set(copyOf(secret), true);
      }
      noteUndocumented(undocumented, exchange);
      clientDeviations.take(exchange);
      const observations = [...observe(exchange, groundTruth), ...streams[exchange.api](exchange, outcomeOf(exchange))];
      for (const observation of observations)
        if (!isMaskedAway(exchange, observation) && !isExplained(exchange, observation, clientDeviations))
          note(exchange, observation);
    },
    takeUnsure(exchange) {
      clientDeviations.take(exchange);
      streams[exchange.api](exchange, 'broken');
      for (const observation of rateLimitObservations(exchange)) note(exchange, observation);
    },
    judged: () => counts,
    judgements(catalogue) {
      const complete = learnt();
      return catalogue.map((requirement) => judgementOf(requirement, seen.get(requirement.id), complete));
    },
    notes: () =>
      [...undocumented.values()].map(({ count, words }) => {
        const many = count === 1 ? '1 request is' : `${count} requests are`;
        return `${many} not as documented, and so judged as little as a refusal: ${redactor.sentence(words)}`;
      }),
    redactor: learnt,
  };

  function learnt(): Redactor {
    redactor.add(...again.keys(), ...once.keys());
    return redactor;
  }
}

/** What the passiveChecks say of one exchange, but for what a missing time keeps them from deciding. */
function observe(exchange: RecordedExchange, groundTruth: GroundTruth): Observation[] {
  const isTimeless = Number.isNaN(exchange.startedAt);
  const observed = isTimeless
    ? passiveChecks[exchange.api](
        { ...exchange, startedAt: 0 },
        { ...groundTruth, clockToleranceMs: Number.POSITIVE_INFINITY },
      )
    : passiveChecks[exchange.api](exchange, groundTruth);
  return observed.filter(
    (observation) => !(isTimeless && observation.requirement === 'OZ-COM-8') && decidable.has(observation.requirement),
  );
}

/** Requirements on a credential itself, of which a mask leaves nothing. */
const onCredentials: ReadonlySet<string> = new Set([
  'OZ-LOGIN-2',
  'OZ-LOGIN-2-SHOULD',
  'OZ-LOGIN-8',
  'GE-COM-4',
  'GE-REQ-3-SHOULD',
]);

/** Takes out the findings over masked values; tells whether nothing is left to say. */
function isMaskedAway(exchange: RecordedExchange, observation: Observation): boolean {
  if (!exchange.masked) return false;
  if (onCredentials.has(observation.requirement)) return true;
  return leavesNothing(
    observation,
    ({ expected = '', found = '' }) => maskPattern.test(expected) || maskPattern.test(found),
  );
}

/** Takes out the findings over what clients sent otherwise than documented; tells whether nothing is left to say. */
function isExplained(
  exchange: RecordedExchange,
  observation: Observation,
  clientDeviations: ClientDeviations,
): boolean {
  return leavesNothing(observation, (finding) => clientDeviations.explains(exchange, finding));
}

/** Takes findings out; tells whether that were all that there were. */
function leavesNothing(observation: Observation, isOut: (finding: Finding) => boolean): boolean {
  const before = observation.findings.length;
  observation.findings = observation.findings.filter((finding) => !isOut(finding));
  return before > 0 && observation.findings.length === 0;
}

function noteUndocumented(noted: Map<string, { count: number; words: string }>, exchange: RecordedExchange): void {
  const { api, action, request, place } = exchange;
  const [first] = requestMisses(exchange);
  const isBare = request.json === undefined && request.method !== 'GET';
  if (first === undefined && !isBare) return;
  const what =
    first === undefined
      ? 'the body is no JSON'
      : `at ${first.path || 'the root'} ${first.expected} is expected, found ${first.found}`;
  const key = `${api} ${action} ${first?.path.replace(/\d+/g, '#')} ${first?.expected}`;
  const kind = noted.get(key);
  if (kind !== undefined) kind.count += 1;
  else if (noted.size < keptKinds) noted.set(key, { count: 1, words: `${api} ${action}, ${what} (${place})` });
}

function evidenceOf(exchange: RecordedExchange, redactor: Redactor): Evidence {
  return toEvidence({ ...exchange, note: exchange.place }, redactor);
}

function judgementOf({ id }: Requirement, observed: Observed | undefined, redactor: Redactor): Judgement {
  const reason = decidable.has(id) ? 'no exchange in the recording shows it' : 'not decidable from a recording';
  return {
    requirement: id,
    outcome: 'skipped',
    reason,
    findings: [],
    evidence: [],
    steps: [],
    observed: observed === undefined ? {} : { [id]: redacted(observed, redactor) },
    requests: 0,
    startedAt: 0,
    durationMs: 0,
  };
}

/** Once more, for what was learnt to be a credential after it was taken down. */
function redacted(observed: Observed, redactor: Redactor): Observed {
  return {
    ...observed,
    findings: observed.findings.map(redactor.finding),
    evidence: observed.evidence.map((entry) => ({
      ...entry,
      request: redactedMessage(entry.request, redactor),
      response: entry.response === null ? null : redactedMessage(entry.response, redactor),
      curl: redactor.text(entry.curl),
    })),
  };
}

function redactedMessage<Message extends { url?: string; headers: Record<string, string>; body?: unknown }>(
  message: Message,
  redactor: Redactor,
): Message {
  const { url, headers, body } = message;
  return {
    ...message,
    ...(url !== undefined && { url: redactor.text(url) }),
    headers: redactor.headers(headers),
    ...(body !== undefined && { body: redactor.json(body) }),
  };
}
