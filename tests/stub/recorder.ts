import { getResponse, type RequestHandler } from 'msw';
import type { ExchangeInput } from '../../src/library/exchange.js';

/** Answers a request by handlers, as `getResponse` does. */
export type Answer = (handlers: RequestHandler[], request: Request) => Promise<Response | undefined>;

/** What answers by handlers and keeps each exchange. */
export function createRecorder(): { exchanges: ExchangeInput[]; answer: Answer } {
  const exchanges: ExchangeInput[] = [];
  return {
    exchanges,
    async answer(handlers, request) {
      const asked = { method: request.method, url: request.url, headers: [...request.headers] };
      const body = await request.clone().text();
      const startedAt = Date.now();
      const response = await getResponse(handlers, request);
      if (response === undefined || response.type === 'error') return response;
      const { status, headers } = response;
      const text = await response.clone().text();
      exchanges.push({
        request: { ...asked, body },
        response: { status, headers: [...headers], body: text },
        startedAt,
        durationMs: Date.now() - startedAt,
      });
      return response;
    },
  };
}
