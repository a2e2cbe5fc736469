import type { Front } from '../../src/environment/gateway.js';
import { relationCodes } from './actions.js';
import { createRelationClient, type RelationCaller } from './client.js';
import { relationOf } from './target.js';
import { tokensOf } from './tokens.js';

const documented: ReadonlySet<string> = new Set(['0', ...Object.values(relationCodes)]);

/** How the Relation API is told from what stands before its server. */
export const relationFront: Front = {
  isOwn(body) {
    if (typeof body !== 'object' || body === null || Array.isArray(body) || !('code' in body)) return false;
    return 'desc' in body || 'data' in body || documented.has(String(body.code));
  },
  samples(target, wire) {
    const section = relationOf(target);
    if (section === undefined) return [];
    const { url, apiKey, member, peer, channelUuid } = section;
    const client = createRelationClient({ url, apiKey, wire, tokens: tokensOf(target) });
    const caller: RelationCaller = { actor: 'member', ...member };
    const place = channelUuid === undefined ? { toRelationId: peer.relationId } : { channelUuid };
    const latest = { ...place, maxCreateAt: String(Date.now()), limit: '1' };
    return [
      { action: 'list', send: async () => (await client.list(caller, latest)).exchange.response },
      { action: 'unreadcount', send: async () => (await client.unreadcount(caller, {})).exchange.response },
    ];
  },
};
