import { restRequest } from '../../src/client/rest.js';
import { jsonOf, sendCall, type Wire } from '../../src/client/send.js';
import type { Exchange, Intent } from '../../src/exchange/index.js';
import type { RelationBodies } from '../../types/relation.js';
import { type RelationActionName, relationActionNames, relationActions } from './actions.js';
import { relationSchemas } from './schemas.js';

/** Who calls, with what the headers of the call need. */
export interface RelationCaller {
  /** The word of the check for this person: member, peer, outsider. */
  actor: string;
  relationId: string;
  token: string;
}

/** How a call differs from the documented one. All are for probes. */
export interface RelationTampering {
  /** Another `ApiKey`, or `null` to leave the header out. */
  apiKey?: string | null;
  /** Another value of `Authorization`, or `null` to leave the header out. */
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

/** Makes the typed functions of the five actions for the server at `url` (without a path). */
export function createRelationClient(options: { url: string; apiKey: string; wire: Wire }): RelationClient {
  const entries = relationActionNames.map((name) => [
    name,
    async (caller: RelationCaller, members: object, call: RelationCallOptions = {}) => {
      const { apiKey, authorization, text } = call.tamper ?? {};
      const request = restRequest(
        relationActions[name],
        options.url,
        members,
        { ApiKey: options.apiKey, Authorization: `Bearer ${caller.token}` },
        {
          text,
          headers: {
            ...(apiKey !== undefined && { ApiKey: apiKey }),
            ...(authorization !== undefined && { Authorization: authorization }),
          },
        },
      );
      const exchange = await sendCall(options.wire, {
        api: 'relation',
        schemas: relationSchemas,
        action: name,
        level: relationActions[name].level,
        intent: call.tamper === undefined ? (call.intent ?? 'call') : 'probe',
        actor: caller.actor,
        account: caller.relationId,
        isForeign: call.tamper?.apiKey !== undefined || call.tamper?.authorization !== undefined,
        request,
        described: request.body === undefined ? members : jsonOf(request.body),
      });
      return { exchange, body: exchange.response.json };
    },
  ]);
  return Object.fromEntries(entries) as RelationClient;
}
