import { MAX_BODY_LENGTH } from '../secrets/index.js';
import type { RecordedExchange } from './types.js';

/** Evidence cuts later than its bound by the length of a credential, so a copy keeps a little more than is shown. */
const kept = MAX_BODY_LENGTH + 16 * 1024;

/** A copy of what evidence shows of an exchange: without parsed bodies, long texts cut. For rules that remember exchanges. */
export function truncate(exchange: RecordedExchange): RecordedExchange {
  const { request, response } = exchange;
  return {
    ...exchange,
    request: {
      ...request,
      body: request.body?.slice(0, kept),
      content: request.content?.slice(0, kept),
      json: undefined,
    },
    response: { ...response, text: response.text.slice(0, kept), content: undefined, json: undefined },
    violations: { request: [], response: [] },
  };
}
