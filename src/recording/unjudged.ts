import { BUSY, type Page, pageOf } from '../transport/index.js';
import type { RecordedApi } from './api.js';
import { isMaskAlone } from './message.js';
import type { Recorded, RecordedExchange } from './types.js';

/** Why an exchange says nothing of the contract. */
export interface Unjudged {
  reason: string;
  /** Whether the server may have carried out what was asked all the same. */
  isUnsure: boolean;
}

/** How the reason begins where not the API answered. */
export const somethingElse = 'something else than the API answered';

/** Where a server is overloaded or out of reach, and where the request did not come whole or in time, or to another server. */
const outOfReach: ReadonlySet<number> = new Set([...BUSY, 408, 421]);
/** Statuses of those who let nobody pass; an API that refuses says so in its own form. */
const ofGateways: ReadonlySet<number> = new Set([401, 403, 407, 511]);
/** Redirects on which the client sends the same request again: nothing was carried out. */
const sentAgain: ReadonlySet<number> = new Set([301, 304, 307, 308]);

/** Why what came back says nothing of the contract; `undefined` where it does. */
export function whyUnjudged(
  { requestBody, response, elsewhere }: Recorded,
  api: RecordedApi,
  exchange: RecordedExchange,
): Unjudged | undefined {
  if (elsewhere !== undefined) return { reason: elsewhere, isUnsure: false };
  const unsure = (reason: string): Unjudged => ({ reason, isUnsure: true });
  if ('lost' in requestBody) return unsure(`the request body cannot be read: ${requestBody.lost}`);
  if (response === undefined || response.status === 0) return unsure('no complete answer came');
  const { status, body } = response;
  if (status === 304) return { reason: 'the answer says that nothing has changed (HTTP 304)', isUnsure: false };
  if (status < 200 || (status >= 300 && status < 400))
    return { reason: pageReason(answerPage(api, exchange), status), isUnsure: !sentAgain.has(status) };
  const page = answerPage(api, exchange);
  if (outOfReach.has(status))
    return unsure(`the server was overloaded or out of reach: ${page?.words ?? `HTTP ${status}`}`);
  if ('lost' in body) return unsure(`the response body cannot be read: ${body.lost}`);
  if (isMaskAlone(exchange.request.body) || isMaskAlone(exchange.response.text))
    return unsure('a body is redacted as a whole');
  if (page !== undefined && ofGateways.has(status)) return { reason: pageReason(page, status), isUnsure: false };
  return undefined;
}

/** The page that an answer is in place of what the API answers; `undefined` where the API speaks in it. */
export function answerPage({ front }: RecordedApi, { response }: RecordedExchange): Page | undefined {
  return front === undefined ? undefined : pageOf(response, (body) => front.isOwn(body));
}

/** In words that something else answered. */
export function pageReason(page: Page | undefined, status: number): string {
  return `${somethingElse}: ${page?.words ?? `HTTP ${status}`}`;
}

/** Whether the API speaks in an answer. */
export function speaks({ front }: RecordedApi, { response }: RecordedExchange): boolean {
  return response.json !== undefined && (front?.isOwn(response.json) ?? true);
}
