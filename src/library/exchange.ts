import { type Api, named } from '../api/api.js';
import type { ApiName, Finding, Violation } from '../exchange/index.js';
import { examine, type HeaderLines } from '../recording/index.js';
import type { Requirement } from '../requirements/types.js';

/** Header fields by name, or one by one, such as a `Headers` of the Fetch API. */
export type HeaderFields = Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]>;

/** One request with its response, from wherever. A `body` that is a string is the exact text; anything else is written as JSON. */
export interface ExchangeInput {
  request: { method: string; url: string; headers?: HeaderFields; body?: unknown };
  response: { status: number; headers?: HeaderFields; body?: unknown };
  /** When the request was sent, epoch milliseconds; now, where left out. */
  startedAt?: number;
  durationMs?: number;
}

/** What is known beyond the exchange. */
export interface ExchangeGroundTruth {
  /** E-mail addresses of accounts, so that their user ids can be checked. */
  emails?: readonly string[];
  /** How far the server's clock may be off; 120000 where left out. */
  clockToleranceMs?: number;
}

/** What an exchange says about one requirement: nothing found means met. */
export interface ExchangeObservation {
  /** The id, such as `OZ-COM-2`. */
  requirement: string;
  level: Requirement['level'];
  title: string;
  findings: Finding[];
}

/** An exchange of a documented action, judged by its schemas and by every requirement that a single exchange can decide. */
export interface JudgedExchange {
  kind: 'judged';
  api: ApiName;
  action: string;
  /** What does not fit the documented schemas. That of the response means something for a success only. */
  violations: { request: Violation[]; response: Violation[] };
  observations: ExchangeObservation[];
  /** The observations with findings. */
  missed: ExchangeObservation[];
}

/** An exchange of none of the APIs (`foreign`), of no documented action (`unknown`), or without a complete answer (`skipped`). */
export type UnjudgedExchange = { kind: 'foreign' | 'unknown' } | { kind: 'skipped'; reason: string };

/** Judges one exchange of one of these APIs: recognises its action by address and body, validates both bodies, applies the rules. */
export function judgeExchange(
  apis: readonly Api[],
  { request, response, startedAt = Date.now(), durationMs = 0 }: ExchangeInput,
  { emails = [], clockToleranceMs = 120_000 }: ExchangeGroundTruth = {},
): JudgedExchange | UnjudgedExchange {
  const recorded = {
    place: 'the exchange',
    source: 0,
    method: request.method.toUpperCase(),
    url: request.url,
    requestHeaders: headerLines(request.headers),
    requestBody: { text: textOf(request.body) },
    response: {
      status: response.status,
      headers: headerLines(response.headers),
      body: { text: textOf(response.body) },
    },
    startedAt,
    durationMs,
  };
  const examined = examine(recorded, apis, emails);
  if (examined.kind === 'skipped') return { kind: 'skipped', reason: examined.reason };
  if (examined.kind !== 'judged') return { kind: examined.kind };
  const { exchange } = examined;
  const { action, violations } = exchange;
  const api = named(apis, exchange.api);
  const observations = api.passive(exchange, { emails, clockToleranceMs }).map(({ requirement, findings }) => {
    const { level, title } = requirementOf(api, requirement);
    return { requirement, level, title, findings };
  });
  const missed = observations.filter(({ findings }) => findings.length > 0);
  return { kind: 'judged', api: api.name, action, violations, observations, missed };
}

function requirementOf({ requirements }: Api, id: string): Requirement {
  const found = requirements.find((requirement) => requirement.id === id);
  if (found === undefined) throw new Error(`The catalogue holds no requirement ${id}, which a passive check names.`);
  return found;
}

function headerLines(fields: HeaderFields = {}): HeaderLines {
  return isIterable(fields) ? [...fields] : Object.entries(fields);
}

function isIterable(fields: HeaderFields): fields is Iterable<readonly [string, string]> {
  return Symbol.iterator in fields;
}

function textOf(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
