import type { Front } from '../../src/environment/gateway.js';
import type { Exchange } from '../../src/exchange/index.js';
import { allows } from '../../src/judge/index.js';
import { type ChatCaller, callerOf } from '../chatserver/caller.js';
import { genesysOutcome } from './actions.js';
import { createGenesysClient } from './client.js';
import { genesysDialect } from './dialect.js';
import { type GenesysTarget, genesysOf } from './target.js';

/** How the Genesys API is told from what stands before its server. */
export const genesysFront: Front = {
  isOwn(body) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
    const isCode = 'statusCode' in body && /^[012]$/.test(String(body.statusCode));
    return isCode || ['chatId', 'secureKey', 'messages'].some((member) => member in body);
  },
  samples(target, wire) {
    const section = genesysOf(target);
    if (section === undefined) return [];
    const client = createGenesysClient({ url: section.url, wire });
    const { tenantName } = section;
    const nobody = { actor: 'alice', chatId: '0', userId: '0', secureKey: '0', alias: '0', tenantName };
    const opener = {
      action: 'requestchat',
      async send() {
        const { exchange } = await client.requestchat({ actor: 'alice' }, openingOf(section));
        const opened = openedBy(exchange);
        if (opened !== undefined) await client.complete(opened, {});
        return exchange.response;
      },
    };
    const outsider = {
      action: 'getmessages',
      isProbe: true,
      send: async () => (await client.getmessages(nobody, {}, { intent: 'probe' })).exchange.response,
    };
    return allows(target.allow, 'write') ? [opener, outsider] : [outsider];
  },
};

/** What a chat is opened with that nobody is meant to see. */
export function openingOf({ tenantName }: GenesysTarget) {
  const names = { nickname: 'Conformance', firstName: 'Conformance', lastName: 'Doctor' };
  return { ...names, tenantName, subject: 'conformance check' };
}

/** The client of the chat that an answer to Request Chat opened; `undefined` where it opened none. */
export function openedBy(exchange: Exchange): ChatCaller | undefined {
  if (genesysOutcome(exchange) !== 'served') return undefined;
  return callerOf(genesysDialect, exchange);
}
