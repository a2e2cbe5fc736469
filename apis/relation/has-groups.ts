import type { Wire } from '../../src/client/send.js';
import { relationCodes, relationOutcome } from './actions.js';
import { createRelationClient, type RelationCaller } from './client.js';
import type { RelationTarget } from './target.js';
import type { Tokens } from './tokens.js';

const documented: ReadonlySet<unknown> = new Set(Object.values(relationCodes));

/**
 * Why nothing but messages is judged on a server; `undefined` where all is. A target that names a channel may be of a server from
 * before there were groups: it says whether its server has them, or the server shows it by three actions that only read. One of them
 * that is served, or refused with a documented code, is enough.
 */
export async function whyNoGroups(
  { url, apiKey, channelUuid, groups, member }: RelationTarget,
  wire: Wire,
  tokens: Tokens,
): Promise<string | undefined> {
  if (groups === false) return 'the target says that this server has no groups ("groups": false)';
  if (groups === true || channelUuid === undefined) return undefined;
  const client = createRelationClient({ url, apiKey, wire: { ...wire, guard: () => {} }, tokens });
  const caller: RelationCaller = { actor: 'member', ...member };
  const probe = { intent: 'probe' } as const;
  for (const ask of [
    () => client.chatslist(caller, { limit: '1' }, probe),
    () => client.userinfo(caller, {}, probe),
    () => client.info(caller, { channelUuid }, probe),
  ]) {
    const { exchange } = await ask();
    const code = (exchange.response.json as { code?: unknown } | null | undefined)?.code;
    if (relationOutcome(exchange) === 'served' || documented.has(code)) return undefined;
  }
  return 'the server answers as if it had messages alone, and the target does not say that it has groups ("groups": true)';
}
