import { formIn } from '../exchange/form.js';
import type { Exchange, ReceivedResponse, Violation } from '../exchange/index.js';
import { segmentsOf } from '../exchange/pointer.js';
import type { RecordedApi } from './api.js';
import { maskPattern } from './body.js';
import { maskHeaders, maskMembers } from './masks.js';
import { headerOf, headersOf, jsonOf, receivedOf, textOf } from './message.js';
import { type Found, recognise } from './recognise.js';
import type { Kept, Recorded, RecordedExchange } from './types.js';
import { whyUnjudged } from './unjudged.js';

/**
 * What an entry is: of none of the APIs (`foreign`), of one but of no documented action (`unknown`), an exchange that says nothing
 * of the contract (`skipped`), or one to judge.
 */
export type Examined =
  | { kind: 'foreign' }
  | { kind: 'unknown'; found: Found }
  | ({ kind: 'skipped'; reason: string; isUnsure: boolean } & Known)
  | ({ kind: 'judged' } & Known);

/** An exchange as far as it is known. */
export interface Known {
  found: Found;
  exchange: RecordedExchange;
}

/** How long an exchange may have taken of which no recorder says, ms: what follows within that time may have been asked meanwhile. */
const longestUntold = 10_000;

/**
 * Makes an exchange of an entry.
 * @param apis those that it may be of
 * @param emails the e-mail addresses known of accounts
 */
export function examine(recorded: Recorded, apis: readonly RecordedApi[], emails: readonly string[] = []): Examined {
  const { method, url, requestHeaders, requestBody, response } = recorded;
  const { text, content } = 'lost' in requestBody ? {} : textOf(requestBody);
  const body = text === undefined ? undefined : bodyIn(text, headerOf(headersOf(requestHeaders), 'content-type'));
  const found = recognise(apis, { method, url, headers: requestHeaders, json: body });
  if (found === undefined) return { kind: 'foreign' };
  const { api, action } = found;
  if (action === undefined) return { kind: 'unknown', found };
  const received: ReceivedResponse =
    response === undefined || 'lost' in response.body
      ? { status: response?.status ?? 0, headers: {}, text: '', bytes: 0, notJson: 'no complete answer came' }
      : receivedOf(response.status, response.headers, response.body);
  const described = method === 'GET' ? Object.fromEntries(new URL(url).searchParams) : body;
  const headers = headersOf(requestHeaders);
  const startedAt = recorded.startedAt ?? Number.NaN;
  const hidden = [maskHeaders(headers), maskMembers(described), maskMembers(received.json)];
  const judged = received.json === undefined ? undefined : api.schemas.judge(action, received.json);
  const exchange: RecordedExchange = {
    api: api.name,
    action,
    server: found.server,
    intent: 'call',
    actor: recorded.actor ?? 'somebody',
    request: { method, url, headers, ...(text && { body: text }), ...(content && { content }), json: described },
    response: received,
    startedAt,
    durationMs: recorded.durationMs,
    endedAt: startedAt + (recorded.blurMs ?? 0) + (recorded.durationMs || longestUntold),
    violations: {
      request: described === undefined ? [] : requestViolations(api, action, described),
      response: judged?.violations ?? [],
    },
    decided: judged?.decided,
    place: recorded.place,
    source: recorded.source,
    masked: false,
    ...(recorded.hasNoZone && { hasNoZone: true }),
  };
  exchange.account = api.recording.accountOf?.(exchange, emails);
  if (recorded.actor === undefined && exchange.account !== undefined) exchange.actor = exchange.account;
  exchange.masked =
    hidden.includes(true) || maskPattern.test(text ?? '') || maskPattern.test(received.text) || areMasked(headers);
  if (exchange.masked) forgetMasked(exchange);
  const unjudged = whyUnjudged(recorded, api, exchange);
  exchange.intent = unjudged === undefined ? intentOf(api, exchange) : 'probe';
  return unjudged === undefined
    ? { kind: 'judged', found, exchange }
    : { kind: 'skipped', found, exchange, ...unjudged };
}

/** What a body asks for: its JSON, or the members of a form. A mark before what a client sends is for its server to bear or to refuse. */
function bodyIn(text: string, contentType: string | undefined): unknown {
  const json = text === '' ? undefined : jsonOf(text.replace(/^\uFEFF/, ''));
  return typeof json === 'object' ? json : (formIn(text, contentType) ?? json);
}

/** What in a request is not as documented, with what no schema can say. */
function requestViolations({ schemas, recording }: RecordedApi, action: string, body: unknown): Violation[] {
  return [...schemas.validate(action, 'request', body), ...(recording.requestViolations?.(action, body) ?? [])];
}

/**
 * Nobody says what a recorded call was meant to be. What was refused, or was not asked as documented, is held to no more than
 * a refusal is; a member too many is no such matter, for clients have members of their own.
 */
function intentOf(api: RecordedApi, exchange: RecordedExchange): 'call' | 'probe' {
  const undocumented = exchange.request.json === undefined || requestMisses(exchange).length > 0;
  if (undocumented || exchange.response.status >= 400) return 'probe';
  return api.outcome(exchange) === 'refused' ? 'probe' : 'call';
}

/** What keeps a request from being as documented, members of the client's own aside. */
export function requestMisses({ violations }: Exchange): Violation[] {
  return violations.request.filter(({ expected }) => expected !== 'no member of this name');
}

/** Takes out the violations by masked values: what stood there may have been right. */
function forgetMasked(exchange: RecordedExchange): void {
  const { violations, request, response } = exchange;
  const isShown = (json: unknown) => (violation: Violation) => !isMasked(valueAt(json, violation.path));
  violations.request = violations.request.filter(isShown(request.json));
  const shown = violations.response.filter(isShown(response.json));
  const hidden = violations.response.filter((violation) => !shown.includes(violation)).map(named);
  // Nothing is known of a requirement of which nothing but masked values are wrong.
  exchange.decided = exchange.decided?.filter((id) => !hidden.includes(id) || shown.map(named).includes(id));
  violations.response = shown;
}

function named({ requirement }: Violation): string | undefined {
  return requirement;
}

/** Whether somebody hid what a value was. */
export function isMasked(value: unknown): boolean {
  return typeof value === 'string' && maskPattern.test(value);
}

function areMasked(headers: Record<string, string>): boolean {
  return Object.values(headers).some((value) => maskPattern.test(value));
}

/** The value at a JSON pointer; one that leads into a string looks into the JSON that is written there. */
export function valueAt(json: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce<unknown>((value, part) => {
    const whole = typeof value === 'string' ? jsonOf(value) : value;
    return typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>)[part] : undefined;
  }, json);
}

/** How much of a recording's text an entry is. */
export function weightOf({ requestBody, response }: Recorded): number {
  return lengthOf(requestBody) + lengthOf(response?.body);
}

function lengthOf(body: Kept | undefined): number {
  if (body === undefined || 'lost' in body) return 0;
  return 'text' in body ? body.text.length : body.bytes.length;
}
