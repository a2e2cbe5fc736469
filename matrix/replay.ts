import type { Api } from '../src/api/api.js';
import type { Exchange } from '../src/exchange/index.js';
import { createLiar, fitsOf, type Lie, type Member } from '../src/ledger/index.js';
import type { GroundTruth } from '../src/passive/types.js';

/** An exchange with a healthy server, and what was known of the server then. */
export interface Recorded {
  exchange: Exchange;
  groundTruth: GroundTruth;
}

/** What came of a lie. */
export interface Tried {
  /** The requirements that caught it, in alphabetical order; none: it passed. */
  caughtBy: string[];
  /** In how many answers it could be told. */
  lied: number;
  /** There was something else to say, and the schema forbids it. */
  forbidden: boolean;
}

/** Notes an exchange as it is now: what is known of a server changes. */
export function recorded(exchange: Exchange, groundTruth: GroundTruth): Recorded {
  const isOpen = groundTruth.isOpenChat?.(exchange);
  return { exchange, groundTruth: { ...groundTruth, ...(isOpen !== undefined && { isOpenChat: () => isOpen }) } };
}

/** Tells a lie in recorded answers, and asks the passive checks; ends at the first answer that they object to. */
export function replayed(
  api: Pick<Api, 'schemas' | 'passive'>,
  history: readonly Recorded[],
  lie: Lie,
  members: readonly Member[],
): Tried {
  const liar = createLiar(lie, members, fitsOf(api.schemas));
  for (const { exchange, groundTruth } of history) {
    const { action, account = exchange.actor, response, violations } = exchange;
    if (response.json === undefined || violations.response.length > 0) continue;
    const json = liar.tell({ action, account, json: response.json });
    if (json === response.json) continue;
    const { decided } = api.schemas.judge(action, json);
    const told = { ...exchange, response: { ...response, json, text: JSON.stringify(json) }, decided };
    const caught = api
      .passive(told, groundTruth)
      .flatMap(({ requirement, findings }) => (findings.length > 0 ? [requirement] : []));
    if (caught.length > 0) return { caughtBy: [...new Set(caught)].sort(), lied: liar.lied, forbidden: liar.forbidden };
  }
  return { caughtBy: [], lied: liar.lied, forbidden: liar.forbidden };
}
