import { ISSUER } from '../accounts.js';
import type { AccessBehaviour } from '../call.js';
import { type Channel, Refusal, type User } from '../model.js';

export const access: AccessBehaviour = {
  checkApiKey(call, apiKey) {
    if (apiKey !== call.state.apiKey) throw new Refusal('apikey', 'api key error');
  },

  userOf(call, authorization) {
    const token = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new Refusal('token', 'token error');
    const { users, issued } = call.state;
    const own = [...users.values()].find((each) => call.behaviour.sameToken(call, token, each));
    const user = own ?? users.get(issued.get(token) ?? '');
    if (user !== undefined) return user;
    if (call.state.expired.has(token)) throw new Refusal('token-expired', 'token expired');
    if (!token.startsWith(`${ISSUER}.`)) throw new Refusal('token-issuer', 'token issuer error');
    throw new Refusal('token', 'token error');
  },

  sameToken: (_call, token, user) => token === user.token,

  authoriseReading(_call, channel, user) {
    if (!isIn(channel, user)) throw new Refusal('denied', 'permission denied');
  },

  authoriseSending(_call, channel, user) {
    if (!isIn(channel, user)) throw new Refusal('no-member', 'not a member of the channel');
  },

  authoriseHiding(_call, message, user) {
    if (message.from !== user.relationId) throw new Refusal('denied', 'permission denied');
  },
};

function isIn({ members, dismissed }: Channel, { relationId }: User): boolean {
  return members.has(relationId) && !dismissed;
}
