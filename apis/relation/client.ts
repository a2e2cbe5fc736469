import { restRequest } from '../../src/client/rest.js';
import { jsonOf, sendCall, type Wire } from '../../src/client/send.js';
import type { Exchange, Intent } from '../../src/exchange/index.js';
import type { RelationBodies } from '../../types/relation.js';
import { type RelationActionName, relationActionNames, relationActions, relationCodes } from './actions.js';
import { relationSchemas } from './schemas.js';
import type { Tokens } from './tokens.js';

/** Who calls, with what the headers of the call need. */
export interface RelationCaller {
  /** The word of the check for this person: member, peer, outsider, former. */
  actor: string;
  relationId: string;
  /** Left out where a module gives tokens. */
  token?: string;
  /** What Auth takes in place of the token; left out where the target names none. */
  addressAuthToken?: string;
}

/** How a call differs from the documented one. All are for probes. */
export interface RelationTampering {
  /** Another `ApiKey`, or `null` to leave the header out. */
  apiKey?: string | null;
  /** Another value of `Authorization`, or, of Auth, of `I-Authorization`; `null` to leave the header out. */
  authorization?: string | null;
  /** The exact body text in place of the documented JSON. */
  text?: string;
}

export interface RelationCallOptions {
  /** Default `call`; always `probe` where the call is tampered with. */
  intent?: Intent;
  tamper?: RelationTampering;
}

/** The request members of an action: the body of a POST, the query of a GET. */
export type RelationMembers<A extends RelationActionName> = RelationBodies[A]['request'];

/** An exchange with its body under the documented type. Whether the body keeps that type is in `exchange.violations`. */
export interface RelationAnswer<A extends RelationActionName> {
  exchange: Exchange;
  body: RelationBodies[A]['response'];
}

/** One function an action: sends, records, validates; expects nothing. */
export type RelationClient = {
  [A in RelationActionName]: (
    caller: RelationCaller,
    members: RelationMembers<A>,
    options?: RelationCallOptions,
  ) => Promise<RelationAnswer<A>>;
};

/**
 * Makes the typed functions of the actions for the server at `url` (without a path). A call whose token has expired is sent
 * once more with a new one, where there is one; what was answered before is no answer to it then.
 */
export function createRelationClient(options: {
  url: string;
  apiKey: string;
  wire: Wire;
  tokens: Tokens;
}): RelationClient {
  const { url, wire, tokens } = options;
  const entries = relationActionNames.map((name) => [
    name,
    async (caller: RelationCaller, members: object, call: RelationCallOptions = {}) => {
      const { apiKey = options.apiKey, authorization, text } = call.tamper ?? {};
      const send = (token: string, record: Wire['record']) => {
        const header = name === 'auth' ? 'I-Authorization' : 'Authorization';
        const headers = {
          ApiKey: apiKey,
          [header]: authorization === undefined ? `Bearer ${token}` : withToken(authorization, token),
        };
        const request = restRequest(relationActions[name], url, members, {}, { text, headers });
        return sendCall(
          { ...wire, record },
          {
            api: 'relation',
            schemas: relationSchemas,
            action: name,
            level: relationActions[name].level,
            intent: call.tamper === undefined ? (call.intent ?? 'call') : 'probe',
            actor: caller.actor,
            account: caller.relationId,
            isForeign: call.tamper?.apiKey !== undefined || authorization !== undefined,
            request,
            described: request.body === undefined ? members : jsonOf(request.body),
          },
        );
      };
      const token = name === 'auth' ? (caller.addressAuthToken ?? '') : await tokens.of(caller);
      // A good token behind another scheme expires like one behind the documented one.
      const isGood = name !== 'auth' && (authorization === undefined || authorization?.endsWith(` ${token}`));
      const withToken = (header: string | null, other: string) =>
        isGood && header !== null ? header.replace(token, () => other) : header;
      const isExpired = (exchange: Exchange) => isGood && saysExpired(exchange);
      const unlessExpired: Wire['record'] = (exchange) => isExpired(exchange) || wire.record(exchange);
      let exchange = await send(token, unlessExpired);
      if (isExpired(exchange)) {
        const fresh = await tokens.inPlaceOf(token, caller);
        if (fresh === undefined) wire.record(exchange);
        else exchange = await send(fresh, wire.record);
      }
      return { exchange, body: exchange.response.json };
    },
  ]);
  return Object.fromEntries(entries) as RelationClient;
}

function saysExpired({ response }: Exchange): boolean {
  return (response.json as { code?: unknown } | null | undefined)?.code === relationCodes.tokenExpired;
}
