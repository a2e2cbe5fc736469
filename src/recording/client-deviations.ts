import { uploadedMessage } from '../../apis/ozeki/actions.js';
import type { Finding } from '../exchange/index.js';
import { createBounded } from './bounded.js';
import { requestMisses, valueAt } from './exchange.js';
import { copyOf, hashOf, membersOf, textOf } from './members.js';
import type { RecordedExchange } from './types.js';

/**
 * What clients sent otherwise than documented. No page says what becomes of it: a server that stores it shows it again, and that
 * is no fault of the server's.
 */
export interface ClientDeviations {
  /** Takes note of what a request holds. */
  take(exchange: RecordedExchange): void;
  /** Whether a finding is about nothing but what a client sent so. */
  explains(exchange: RecordedExchange, finding: Finding): boolean;
}

const keptMessages = 10_000;
const keptValues = 1000;
/** Members that an answer calls otherwise than the request that sets them. */
const shownAs: Record<string, string> = { color: 'listitembackgroundcolor' };
/** Where an answer holds messages that clients upload whole (Ozeki). */
const uploaded = /^\/(?:messages\/\d+|message)(?=\/|$)/;

/** Makes a memory of clientDeviations. It keeps a bounded number. */
export function createClientDeviations(): ClientDeviations {
  const messages = createBounded<string, true>(keptMessages);
  const values = createBounded<string, true>(keptValues);
  return {
    take(exchange) {
      const { server, request, action } = exchange;
      const misses = requestMisses(exchange);
      if (action === 'add' && misses.some(({ path }) => path.startsWith('/message'))) {
        const id = textOf(uploadedMessage(request.json)?.ID);
        if (id !== undefined) messages.set(`${server}\n${copyOf(id)}`, true);
      }
      for (const { path } of misses) {
        const value = valueAt(request.json, path);
        if (value !== undefined && path !== '') values.set(keyOf(server, path, value), true);
      }
    },
    explains({ server, response }, { path = '' }) {
      const message = uploaded.exec(path)?.[0];
      if (message !== undefined) {
        const { ID } = membersOf(valueAt(response.json, message));
        if (messages.has(`${server}\n${ID}`)) return true;
      }
      return path !== '' && values.has(keyOf(server, path, valueAt(response.json, path)));
    },
  };
}

function keyOf(server: string, path: string, value: unknown): string {
  const member = path.slice(path.lastIndexOf('/') + 1);
  return `${server}\n${shownAs[member] ?? member}\n${hashOf(JSON.stringify(value) ?? '')}`;
}
