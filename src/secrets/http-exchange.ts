/** Exchanges in the form in which Allure shows them: method, status, headers and bodies in a viewer of their own. */
import { ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION, type HttpExchange } from 'allure-js-commons/http';
import type { ShownExchange } from './evidence.js';

type Message = { headers: Record<string, string>; body?: unknown };

/** An exchange that is redacted already, as a verdict or a check in progress has it. */
export type Shown = Pick<ShownExchange, 'request' | 'response' | 'durationMs' | 'note'> & {
  action?: string;
  actor?: string;
};

/** What an exchange is called where it stands among others: `clear by alice: HTTP 200`. */
export function exchangeName({ action, actor, request, response }: Shown): string {
  const who = `${action ?? request.method}${actor === undefined ? '' : ` by ${actor}`}`;
  return `${who}: ${response === null ? 'no answer' : `HTTP ${response.status}`}`;
}

/**
 * The exchange as Allure shows it. `shown` must be redacted. Bodies longer than `longest` characters are cut.
 * @param startedAt when the request was sent, epoch milliseconds, where that is known
 */
export function toHttpExchange(shown: Shown, longest: number, startedAt?: number): HttpExchange {
  const { request, response, durationMs, note } = shown;
  return {
    schemaVersion: ALLURE_HTTP_EXCHANGE_SCHEMA_VERSION,
    request: { method: request.method, url: request.url, ...messageOf(request, longest) },
    ...(response !== null && { response: { status: response.status, ...messageOf(response, longest) } }),
    ...(note !== undefined && { error: { name: response === null ? 'No answer' : 'Note', message: note } }),
    ...(startedAt !== undefined && { start: startedAt, stop: Math.round(startedAt + durationMs) }),
  };
}

function messageOf({ headers, body }: Message, longest: number): Pick<HttpExchange['request'], 'headers' | 'body'> {
  const fields = Object.entries(headers).map(([name, value]) => ({ name, value }));
  if (body === undefined) return { headers: fields };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const contentType = fields.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
  return {
    headers: fields,
    body: {
      ...(contentType !== undefined && { contentType }),
      encoding: 'utf8',
      value: text.slice(0, longest),
      ...(text.length > longest && { truncated: true, size: text.length }),
    },
  };
}
