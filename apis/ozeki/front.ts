import type { Front } from '../../src/environment/gateway.js';
import { userIdOf } from '../../src/rules/index.js';
import { dataMembers } from './actions.js';
import { createOzekiClient, type OzekiCaller } from './client.js';
import { signerFor } from './signing.js';
import { ozekiOf } from './target.js';

/** Members of answers that others do not have; `message` alone says nothing. */
const marks = ['errormessage', ...Object.values(dataMembers).flat()].filter((member) => member !== 'message');

/** How the Ozeki API is told from what stands before its server. */
export const ozekiFront: Front = {
  isOwn(body) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
    return ('status' in body && typeof body.status === 'string') || marks.some((member) => member in body);
  },
  samples(target, wire) {
    const section = ozekiOf(target);
    const account = section?.pairs[0]?.alice;
    if (section === undefined || account === undefined) return [];
    const sign = signerFor(target);
    const client = createOzekiClient({
      url: section.url,
      sign: ({ user, station }, request) => sign({ ...request, user, station, account }),
      wire,
    });
    const caller: OzekiCaller = { actor: 'alice', ...account, user: userIdOf(account.email) };
    return (['friends', 'list'] as const).map((action) => ({
      action,
      send: async () => (await client[action](caller, {})).exchange.response,
    }));
  },
};
