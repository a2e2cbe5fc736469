import type { ApiName, Exchange, Intent, Level, SentRequest } from '../exchange/index.js';
import type { Schemas } from '../schemas/index.js';
import { type Transport, TransportFailure } from '../transport/index.js';

/** What every client needs to send: the way out, and who is told of each exchange. */
export interface Wire {
  transport: Transport;
  /** Called once for each exchange, after validation. */
  record(exchange: Exchange): void;
  /** Called where no complete answer came, before the failure is thrown on. */
  recordFailure(failure: TransportFailure, about: { action: string; actor: string }): void;
  /** Called before anything is sent; throws where the target does not allow the level. */
  guard(about: { api: ApiName; action: string; level: Level }): void;
}

/** One call, ready to go over the wire. */
export interface Call {
  api: ApiName;
  /** Those of the API. */
  schemas: Schemas;
  action: string;
  level: Level;
  intent: Intent;
  actor: string;
  account?: string;
  /** Its credentials are not those of the account, so cookies that the server gave the account do not go along. */
  isForeign?: boolean;
  request: SentRequest;
  /** What the request schema describes: the body, or the query of a GET. `undefined`: nothing to validate. */
  described?: unknown;
}

/**
 * Sends one call and gives the exchange, validated against the action's schemas and recorded.
 * @throws TransportFailure where no complete answer came.
 */
export async function sendCall(wire: Wire, call: Call): Promise<Exchange> {
  const { api, schemas, action, level, intent, actor, account, request, described } = call;
  wire.guard({ api, action, level });
  const owner = call.isForeign ? undefined : `${api} ${account ?? actor}`;
  const {
    request: sent,
    response,
    busy,
    startedAt,
    durationMs,
  } = await wire.transport
    .send(request, { api, action, account: owner, isProbe: intent === 'probe', repeatable: level === 'read' })
    .catch((error) => {
      if (error instanceof TransportFailure) wire.recordFailure(error, { action, actor });
      throw error;
    });
  const judged = response.json === undefined ? undefined : schemas.judge(action, response.json);
  const exchange: Exchange = {
    api,
    action,
    intent,
    level,
    actor,
    account,
    request: { ...sent, json: described },
    response,
    ...(busy && { busy }),
    startedAt,
    durationMs,
    violations: {
      request: described === undefined ? [] : schemas.validate(action, 'request', described),
      response: judged?.violations ?? [],
    },
    decided: judged?.decided,
  };
  wire.record(exchange);
  return exchange;
}

/** The JSON of a text, or `undefined` where it is none. */
export function jsonOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
