import type { ApiName, Finding } from '../exchange/index.js';
import type { GroundTruth, Observation } from '../passive/types.js';
import type { Requirement } from '../requirements/types.js';
import { createRedactor, type Redactor } from '../secrets/index.js';
import type { Judgement } from '../verdict/index.js';
import { createAccessJudge, type Observed } from './access.js';
import type { RecordedApi, Sequences } from './api.js';
import { createBounded } from './bounded.js';
import { createClientDeviations } from './client-deviations.js';
import { createSecretMemory } from './collect-secrets.js';
import { isMasked, valueAt } from './exchange.js';
import { createFindings, type Miss } from './findings.js';
import type { RecordedExchange } from './types.js';
import { createUndocumented } from './undocumented.js';

export interface PassiveOptions {
  /** The APIs that traffic may be of. */
  apis: readonly RecordedApi[];
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
  /**
   * Takes note of an exchange whose answer says nothing, so that what the server may have done is not held against it later.
   * @param isElsewhere whether what came is the doing of something before the server
   */
  takeUnsure(exchange: RecordedExchange, isElsewhere: boolean): void;
  /** To be called once, when there is no more. */
  finish(): void;
  /** How many exchanges were judged, by API. */
  judged(): Partial<Record<ApiName, number>>;
  /** One judgement a requirement, for a passive verdict. */
  judgements(catalogue: readonly Requirement[]): Judgement[];
  /** What is to be said beside the verdict, in sentences without their stop. */
  notes(): string[];
  /** Knows the credentials that were met. */
  redactor(): Redactor;
}

const defaultToleranceMs = 120_000;
const keptBackDated = 10_000;
/** Taken for those of an answer of which none were kept. */
const documentedHeaders = { 'content-type': 'application/json' };

/** Makes a judge. Its memory does not grow with the stream. */
export function createPassiveJudge(options: PassiveOptions): PassiveJudge {
  const { apis, emails = [], clockToleranceMs = defaultToleranceMs, onMiss } = options;
  const redactor = createRedactor();
  const secrets = createSecretMemory();
  const findings = createFindings(redactor, onMiss);
  const counts: Partial<Record<ApiName, number>> = {};
  const undocumented = createUndocumented();
  const deviations = createClientDeviations(apis);
  const access = createAccessJudge();
  const backDated = createBounded<string, true>(keptBackDated);
  const groundTruth: GroundTruth = { emails, clockToleranceMs, isBackDated: (id) => backDated.has(id) };
  const byName = new Map(
    apis.map((api): [string, { api: RecordedApi; sequences: Sequences }] => {
      const made = { clockToleranceMs, noteBackDated: (id: string) => backDated.set(id, true) };
      return [api.name, { api, sequences: api.recording.sequences?.(made) ?? (() => []) }];
    }),
  );
  const of = ({ api }: RecordedExchange) => byName.get(api) as { api: RecordedApi; sequences: Sequences };
  const decidable = new Set(apis.flatMap(({ recording }) => recording.decidable));
  const note = ({ exchange, observation }: Observed): void => findings.note(exchange, observation);
  const withSecrets = (): Redactor => {
    redactor.add(...secrets.all());
    return redactor;
  };

  return {
    take(exchange) {
      counts[exchange.api] = (counts[exchange.api] ?? 0) + 1;
      secrets.take(exchange);
      undocumented.take(exchange);
      deviations.take(exchange);
      const { api, sequences } = of(exchange);
      for (const observation of [
        ...observe(api, exchange, groundTruth),
        ...sequences(exchange, api.outcome(exchange)),
      ]) {
        if (isMaskedAway(api, exchange, observation)) continue;
        if (!leavesNothing(observation, (finding) => deviations.explains(exchange, finding)))
          findings.note(exchange, observation);
      }
      for (const observed of access.take(api, exchange)) note(observed);
    },
    takeUnsure(exchange, isElsewhere) {
      deviations.take(exchange);
      const { api, sequences } = of(exchange);
      sequences(exchange, 'broken');
      if (isElsewhere) return;
      for (const observation of api.recording.unanswered?.(exchange) ?? []) findings.note(exchange, observation);
    },
    finish() {
      for (const observed of access.finish()) note(observed);
    },
    judged: () => counts,
    judgements(catalogue) {
      const complete = withSecrets();
      return catalogue.map((requirement) => findings.judgement(requirement, decidable.has(requirement.id), complete));
    },
    notes: () => [...access.notes(), ...undocumented.notes(redactor)],
    redactor: withSecrets,
  };
}

/** What passive checks say of one exchange, but for what a missing time or missing headers keep them from deciding. */
function observe(api: RecordedApi, exchange: RecordedExchange, groundTruth: GroundTruth): Observation[] {
  const { withoutTimes = [], withoutHeaders = [] } = api.recording.undecidable ?? {};
  const isTimeless = Number.isNaN(exchange.startedAt);
  const isHeaderless = Object.keys(exchange.response.headers).length === 0;
  if (!isTimeless && !isHeaderless) return api.passive(exchange, groundTruth);
  const { response } = exchange;
  const undecidable = [...(isTimeless ? withoutTimes : []), ...(isHeaderless ? withoutHeaders : [])];
  return api
    .passive(
      {
        ...exchange,
        ...(isTimeless && { startedAt: 0 }),
        ...(isHeaderless && { response: { ...response, headers: documentedHeaders } }),
      },
      isTimeless ? { ...groundTruth, clockToleranceMs: Number.POSITIVE_INFINITY } : groundTruth,
    )
    .filter(({ requirement }) => !undecidable.includes(requirement));
}

/** Takes out the findings over masked values; tells whether nothing is left to say. */
function isMaskedAway({ recording }: RecordedApi, exchange: RecordedExchange, observation: Observation): boolean {
  if (!exchange.masked) return false;
  if (recording.undecidable?.withoutCredentials?.includes(observation.requirement)) return true;
  return leavesNothing(observation, ({ expected, found, path }) =>
    [expected, found, path && valueAt(exchange.response.json, path)].some(isMasked),
  );
}

/** Takes findings out; tells whether that were all that there were. */
function leavesNothing(observation: Observation, isOut: (finding: Finding) => boolean): boolean {
  const before = observation.findings.length;
  observation.findings = observation.findings.filter((finding) => !isOut(finding));
  return before > 0 && observation.findings.length === 0;
}
