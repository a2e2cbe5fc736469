import type { Redactor } from '../secrets/index.js';
import { requestMisses } from './exchange.js';
import type { RecordedExchange } from './types.js';

/** Counts requests that are not as documented, by kind. */
export interface Undocumented {
  take(exchange: RecordedExchange): void;
  /** A sentence a kind, without its stop. */
  notes(redactor: Redactor): string[];
}

const keptKinds = 20;

/** Makes an empty count. */
export function createUndocumented(): Undocumented {
  const kinds = new Map<string, { count: number; words: string }>();
  return {
    take(exchange) {
      const { api, action, request, place } = exchange;
      const [first] = requestMisses(exchange);
      if (first === undefined && request.json !== undefined) return;
      const what =
        first === undefined
          ? 'the body is no JSON'
          : `at ${first.path || 'the root'} ${first.expected} is expected, found ${first.found}`;
      const key = `${api} ${action} ${first?.path.replace(/\d+/g, '#')} ${first?.expected}`;
      const kind = kinds.get(key);
      if (kind !== undefined) kind.count += 1;
      else if (kinds.size < keptKinds) kinds.set(key, { count: 1, words: `${api} ${action}, ${what} (${place})` });
    },
    notes: (redactor) =>
      [...kinds.values()].map(({ count, words }) => {
        const many = count === 1 ? '1 request is' : `${count} requests are`;
        return `${many} not as documented, and so judged as little as a refusal: ${redactor.sentence(words)}`;
      }),
  };
}
