import {
  type ExchangeGroundTruth,
  type ExchangeInput,
  type JudgedExchange,
  judgeExchange,
  type UnjudgedExchange,
} from '../src/library/exchange.js';
import { apis } from './index.js';

/**
 * Judges one exchange: recognises its API and action by address and body, validates both bodies, applies the rules.
 * Pure; throws for nothing that a server may answer.
 *
 * @example
 * const judged = validateExchange({ request: { method: 'POST', url, headers, body }, response: { status: 200, body: answer } });
 * if (judged.kind === 'judged') expect(judged.missed).toEqual([]);
 */
export function validateExchange(
  input: ExchangeInput,
  groundTruth?: ExchangeGroundTruth,
): JudgedExchange | UnjudgedExchange {
  return judgeExchange(apis, input, groundTruth);
}
