import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../errors.js';
import type { Exchange } from '../exchange/index.js';
import type { Outcome } from '../exchange/outcome.js';
import type { Redactor } from '../secrets/index.js';
import { TransportFailure } from '../transport/index.js';

/**
 * What came of a question. `refused`: a well-formed refusal, which `ask` takes from two in a row alone. `broken`: anything else that is
 * no success, from garbage to silence, which is for a run to judge. `failed`: the environment kept an answer away. `unsendable`: the
 * target's own values cannot be sent.
 */
export type Asked =
  | { outcome: 'served'; exchange: Exchange }
  | { outcome: 'refused'; exchange: Exchange; words: string }
  | { outcome: 'broken'; words: string; exchange?: Exchange }
  | { outcome: 'failed'; failure: TransportFailure }
  | { outcome: 'unsendable'; words: string };

/** How the answers of an API are read. */
export interface Reading {
  outcome(exchange: Exchange): Outcome;
  /** The member that says why the server refuses. */
  reason: string;
}

const PAUSE_MS = 500;
const MOST_WORDS = 120;

/** Asks once, and once more after a pause where the answer is a refusal: a server may fail now and then. */
export async function ask(
  send: () => Promise<{ exchange: Exchange }>,
  reading: Reading,
  redactor: Redactor,
): Promise<Asked> {
  const first = await askOnce(send, reading, redactor);
  if (first.outcome !== 'refused') return first;
  await sleep(PAUSE_MS);
  return askOnce(send, reading, redactor);
}

/** Asks once: where a refusal is what is to be expected, it needs no second look. */
export async function askOnce(
  send: () => Promise<{ exchange: Exchange }>,
  reading: Reading,
  redactor: Redactor,
): Promise<Asked> {
  try {
    const { exchange } = await send();
    const outcome = reading.outcome(exchange);
    if (outcome === 'served') return { outcome, exchange };
    const words = wordsOf(exchange, reading, redactor);
    // Whoever refuses credentials is in working order; a 5xx is not.
    if (outcome === 'refused' && exchange.response.status < 500) return { outcome, exchange, words };
    return { outcome: 'broken', words, exchange };
  } catch (error) {
    if (error instanceof UsageError) return { outcome: 'unsendable', words: redactor.sentence(error.message) };
    if (!(error instanceof TransportFailure)) throw error;
    const words = redactor.sentence(error.message);
    if (error.kind === 'unsendable') return { outcome: 'unsendable', words };
    return error.blame === 'environment' ? { outcome: 'failed', failure: error } : { outcome: 'broken', words };
  }
}

/** The answer in a few words: its status, and why it refuses or is no JSON. */
function wordsOf({ response }: Exchange, { reason }: Reading, redactor: Redactor): string {
  const said = (response.json as Record<string, unknown> | null | undefined)?.[reason];
  const status = `HTTP ${response.status}`;
  if (typeof said === 'string' && said !== '') return `${status}, ${JSON.stringify(shorten(said, redactor))}`;
  return response.notJson === undefined ? status : `${status}, ${shorten(response.notJson, redactor)}`;
}

/** A text of the server, fit for a line: credentials are covered before it is cut, and no control character is left. */
export function shorten(text: string, redactor: Redactor): string {
  const safe = redactor.cut(text, MOST_WORDS).replace(/\p{Cc}+/gu, ' ');
  return text.length > MOST_WORDS ? `${safe}…` : safe;
}
