import type { Exchange, ReceivedResponse, Violation } from '../exchange/index.js';
import { parseJson } from '../transport/index.js';
import type { RecordedApi } from './api.js';
import { maskPattern } from './body.js';
import { recognise } from './recognise.js';
import type { HeaderLines, Kept, Recorded, RecordedExchange, Unjudged } from './types.js';

/** Statuses that gateways give when a server is overloaded or out of reach. */
const outOfReach: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * Makes an exchange of an entry, or says why it is none that can be judged.
 * @param apis those that it may be of
 * @param emails the e-mail addresses known of accounts
 */
export function toExchange(
  recorded: Recorded,
  apis: readonly RecordedApi[],
  emails: readonly string[] = [],
): RecordedExchange | Unjudged {
  const { method, url, requestHeaders, requestBody, response } = recorded;
  const text = 'lost' in requestBody ? undefined : textOf(requestBody).text;
  const body = text === undefined || text === '' ? undefined : jsonOf(text);
  const found = recognise(apis, { method, url, headers: requestHeaders, json: body });
  if (found === undefined) return { kind: 'foreign' };
  if ('lost' in requestBody) return { kind: 'skipped', reason: `the request body cannot be read: ${requestBody.lost}` };
  const { api, action, server } = found;
  if (action === undefined) return { kind: 'unknown' };
  const received: ReceivedResponse =
    response === undefined || 'lost' in response.body
      ? { status: response?.status ?? 0, headers: {}, text: '', bytes: 0, notJson: 'no complete answer came' }
      : receivedOf(response.status, response.headers, response.body);
  const described = method === 'GET' ? Object.fromEntries(new URL(url).searchParams) : body;
  const headers = headersOf(requestHeaders);
  const startedAt = recorded.startedAt ?? Number.NaN;
  const exchange: RecordedExchange = {
    api: api.name,
    action,
    server,
    intent: 'call',
    actor: recorded.actor ?? 'somebody',
    request: { method, url, headers, ...(text === undefined || text === '' ? {} : { body: text }), json: described },
    response: received,
    startedAt,
    durationMs: recorded.durationMs,
    endedAt: startedAt + recorded.durationMs,
    violations: {
      request: described === undefined ? [] : requestViolations(api, action, described),
      response: received.json === undefined ? [] : api.schemas.validate(action, 'response', received.json),
    },
    place: recorded.place,
    source: recorded.source,
    masked: false,
  };
  exchange.account = api.recording.accountOf?.(exchange, emails);
  if (recorded.actor === undefined && exchange.account !== undefined) exchange.actor = exchange.account;
  exchange.masked = maskPattern.test(text ?? '') || maskPattern.test(received.text) || headersMasked(headers);
  if (exchange.masked) forgetMasked(exchange);
  const reason = whyUnjudged(response, text, received.text);
  exchange.intent = reason === undefined ? intentOf(api, exchange) : 'probe';
  return reason === undefined ? exchange : { kind: 'skipped', reason, unsure: exchange };
}

/** Why what came back says nothing of the contract; `undefined` where it does. */
function whyUnjudged(response: Recorded['response'], asked: string | undefined, answered: string): string | undefined {
  if (response === undefined || response.status === 0) return 'no complete answer came';
  const { status, body } = response;
  if (status < 200 || (status >= 300 && status < 400)) return 'the answer only leads elsewhere (HTTP 1xx, 3xx)';
  if (outOfReach.has(status)) return `the server was overloaded or out of reach (HTTP ${status})`;
  if ('lost' in body) return `the response body cannot be read: ${body.lost}`;
  return isMask(asked) || isMask(answered) ? 'a body is redacted as a whole' : undefined;
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
  violations.response = violations.response.filter(isShown(response.json));
}

function isMasked(value: unknown): boolean {
  return typeof value === 'string' && maskPattern.test(value);
}

/** The value at a JSON pointer; one that leads into a string looks into the JSON that is written there. */
export function valueAt(json: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, part) => {
      const whole = typeof value === 'string' ? jsonOf(value) : value;
      return typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>)[part] : undefined;
    }, json);
}

function headersMasked(headers: Record<string, string>): boolean {
  return Object.values(headers).some((value) => maskPattern.test(value));
}

/** Whether a body is nothing but a mask: a redactor hid it all. */
function isMask(text: string | undefined): boolean {
  return text !== undefined && text.length < 40 && /^["'[(<{\s]*(\*\*\*+|redacted)["'\])>}\s]*$/i.test(text);
}

/** A header whatever the case of its name. */
export function headerOf(headers: Record<string, string>, name: string): string | undefined {
  return Object.entries(headers).find(([own]) => own.toLowerCase() === name)?.[1];
}

function headersOf(lines: HeaderLines, lowerCase = false): Record<string, string> {
  const all: Record<string, string> = Object.create(null);
  for (const [written, value] of lines) {
    const name = lowerCase ? written.toLowerCase() : written;
    // HTTP/2 has the request line as headers such as `:method`.
    if (name === '' || name.startsWith(':')) continue;
    all[name] = name in all ? `${all[name]}, ${value}` : value;
  }
  return { ...all };
}

function receivedOf(status: number, lines: HeaderLines, body: Exclude<Kept, { lost: string }>): ReceivedResponse {
  const { text, bytes, notJson } = textOf(body);
  const common = { status, headers: headersOf(lines, true), text, bytes };
  return notJson === undefined ? { ...common, ...parseJson(text) } : { ...common, notJson };
}

function textOf(body: Exclude<Kept, { lost: string }>): { text: string; bytes: number; notJson?: string } {
  if ('text' in body) return { text: body.text, bytes: Buffer.byteLength(body.text) };
  const bytes = body.bytes.byteLength;
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(body.bytes), bytes };
  } catch {
    return { text: new TextDecoder('utf-8').decode(body.bytes), bytes, notJson: 'not UTF-8' };
  }
}

function jsonOf(text: string): unknown {
  const parsed = parseJson(text);
  return 'json' in parsed ? parsed.json : undefined;
}
