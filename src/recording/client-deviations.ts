import type { Finding } from '../exchange/index.js';
import type { RecordedApi, Uploads } from './api.js';
import { createBounded } from './bounded.js';
import { requestMisses, valueAt } from './exchange.js';
import { copyOf, hashOf, membersOf } from './members.js';
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

const keptObjects = 10_000;
const keptValues = 1000;

/** Makes a memory of client deviations. It keeps a bounded number. */
export function createClientDeviations(apis: readonly RecordedApi[]): ClientDeviations {
  const objects = createBounded<string, true>(keptObjects);
  const values = createBounded<string, true>(keptValues);
  const byName = new Map(apis.map(({ name, recording }) => [name, recording.uploads ?? {}]));
  const uploadsOf = ({ api }: RecordedExchange): Uploads => byName.get(api) ?? {};
  return {
    take(exchange) {
      const { server, request } = exchange;
      const misses = requestMisses(exchange);
      const id = uploadsOf(exchange).objects?.undocumented(exchange, misses);
      if (id !== undefined) objects.set(`${server}\n${copyOf(id)}`, true);
      for (const { path } of misses) {
        const value = valueAt(request.json, path);
        if (value !== undefined && path !== '') values.set(keyOf(exchange, path, value), true);
      }
    },
    explains(exchange, { path = '' }) {
      const { server, response } = exchange;
      const uploaded = uploadsOf(exchange).objects;
      const place = uploaded?.shownAt.exec(path)?.[0];
      if (uploaded !== undefined && place !== undefined) {
        const id = membersOf(valueAt(response.json, place))[uploaded.id];
        if (objects.has(`${server}\n${id}`)) return true;
      }
      return path !== '' && values.has(keyOf(exchange, path, valueAt(response.json, path)));
    },
  };

  function keyOf(exchange: RecordedExchange, path: string, value: unknown): string {
    const member = path.slice(path.lastIndexOf('/') + 1);
    const shown = uploadsOf(exchange).shownAs?.[member] ?? member;
    return `${exchange.server}\n${shown}\n${hashOf(JSON.stringify(value) ?? '')}`;
  }
}
