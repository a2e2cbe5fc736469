import type { Front } from '../../src/environment/gateway.js';
import type { Exchange } from '../../src/exchange/index.js';
import { allows } from '../../src/judge/index.js';
import { type ChatCaller, callerOf } from '../chatserver/caller.js';
import { gmsOutcome } from './actions.js';
import { gmsSender } from './client.js';
import { gmsDialect } from './dialect.js';
import { openingOf } from './opening.js';
import { type GmsTarget, gmsOf } from './target.js';

/** How the GMS Chat API is told from what stands before its server. */
export const gmsFront: Front = {
  isOwn(body) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
    const isCode = 'statusCode' in body && /^[012]$/.test(String(body.statusCode));
    const hasErrors = 'errors' in body && Array.isArray(body.errors);
    return isCode || hasErrors || ['chatId', 'secureKey', 'messages'].some((member) => member in body);
  },
  answeringBytes: ['filedownload'],
  samples(target, wire) {
    const section = gmsOf(target);
    if (section === undefined) return [];
    const { url, serviceName } = section;
    const send = gmsSender({ url, serviceName, wire });
    const nobody = { actor: 'alice', chatId: '0', userId: '0', secureKey: '0', alias: '0', tenantName: '' };
    const opener = {
      action: 'requestchat',
      async send() {
        const exchange = await send('requestchat', { actor: 'alice' }, unseenOpening(section));
        const opened = openedBy(exchange);
        if (opened !== undefined) await send('disconnect', opened, {});
        return exchange.response;
      },
    };
    const outsider = {
      action: 'refresh',
      isProbe: true,
      send: async () => (await send('refresh', nobody, {}, { intent: 'probe' })).response,
    };
    return allows(target.allow, 'write') ? [opener, outsider] : [outsider];
  },
};

/** What a chat is opened with that nobody is meant to see. */
export function unseenOpening(section: GmsTarget): object {
  const names = { nickname: 'Conformance', firstName: 'Conformance', lastName: 'Doctor' };
  return openingOf(section, { ...names, subject: 'conformance check' });
}

/** The client of the chat that an answer to Request Chat opened; `undefined` where it opened none. */
export function openedBy(exchange: Exchange): ChatCaller | undefined {
  return gmsOutcome(exchange) === 'served' ? callerOf(gmsDialect, exchange) : undefined;
}
