import { md5 } from '../../../../src/stub/random.js';
import type { Call, InputBehaviour } from '../call.js';
import { type Json, newChannel, Refusal } from '../model.js';

export const input: InputBehaviour = {
  readMembers(call) {
    if (call.request.method === 'GET') return Object.fromEntries(call.request.url.searchParams);
    try {
      const body: unknown = JSON.parse(call.request.text);
      if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Json;
    } catch {
      // Refused below, like JSON of another kind.
    }
    throw new Refusal('body', 'the request is no JSON object');
  },

  checkReceiver(call) {
    if (receiverOf(call, 'channelUuid') === undefined && receiverOf(call, 'toRelationId') === undefined)
      throw new Refusal('input', 'channelUuid and toRelationId are both null');
  },

  channelOf(call, user) {
    const [uuid, relationId] = [receiverOf(call, 'channelUuid'), receiverOf(call, 'toRelationId')];
    if (uuid === undefined && relationId !== undefined) return call.behaviour.directChannel(call, user, relationId);
    const channel = call.state.channels.get(uuid ?? '');
    if (channel !== undefined) return channel;
    throw new Refusal(call.action === 'send' ? 'no-member' : 'denied', 'no such channel');
  },

  directChannel(call, user, relationId) {
    if (!call.state.users.has(relationId)) throw new Refusal('input', 'no such user');
    const uuid = privateUuid(user.relationId, relationId);
    const known = call.state.channels.get(uuid);
    if (known !== undefined) return known;
    const pair = { uuid, name: '', type: 'P', admin: user.relationId } as const;
    const opened = newChannel(pair, [user.relationId, relationId]);
    if (call.action === 'send') call.state.channels.set(uuid, opened);
    return opened;
  },

  readLimit(call) {
    const { limit = '20' } = call.members;
    if (!/^\d+$/.test(String(limit)) || Number(limit) < 1) throw new Refusal('input', 'limit is no positive number');
    return Math.min(Number(limit), call.behaviour.largestPage(call));
  },
  largestPage: () => 1000,

  readMaxCreateAt(call) {
    const { maxCreateAt } = call.members;
    if (maxCreateAt === undefined) return Number.POSITIVE_INFINITY;
    if (!/^\d+$/.test(String(maxCreateAt))) throw new Refusal('input', 'maxCreateAt is no number');
    return Number(maxCreateAt);
  },

  readDraft(call) {
    const { quoteId, mentionedUser } = call.members;
    const quoted = typeof quoteId === 'string' ? { quoteId } : {};
    const mentioned = Array.isArray(mentionedUser) ? mentionedUser.map(String) : [];
    return {
      type: text(call, 'type'),
      content: text(call, 'content'),
      sendUuid: text(call, 'sendUuid'),
      ...quoted,
      mentioned,
    };
  },

  readTotal(call) {
    const { total } = call.members;
    if (!Number.isInteger(total)) throw new Refusal('input', 'total is no integer');
    return total as number;
  },

  messageOf(call, user) {
    const id = text(call, 'id');
    const open = [...call.state.channels.values()].filter(({ members }) => members.has(user.relationId));
    const message = open.flatMap(({ messages }) => messages).find((each) => each.id === id);
    if (message === undefined) throw new Refusal('input', 'no such message');
    return message;
  },
};

/** The id of the channel of two people. */
export function privateUuid(one: string, other: string): string {
  return md5([one, other].sort().join(';'));
}

function receiverOf(call: Call, member: 'channelUuid' | 'toRelationId'): string | undefined {
  const value = call.members[member];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new Refusal('input', `${member} is no string`);
  return value;
}

function text(call: Call, member: string): string {
  const value = call.members[member];
  if (typeof value !== 'string' || value === '') throw new Refusal('input', `${member} is missing`);
  return value;
}
