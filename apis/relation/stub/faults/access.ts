import { type Call, type Json, Refusal, type RelationAction, type User } from '../model.js';
import { onSuccess, type RelationFault } from '../mutation.js';

const names: Record<RelationAction, string> = {
  list: 'List',
  send: 'Send',
  read: 'Read',
  hide: 'Hide',
  unreadcount: 'Unread count',
};

/** Serves whoever sends a token on one action, as the first user: the check was forgotten there. */
const tokenUnchecked = (Object.keys(names) as RelationAction[]).map(
  (action): RelationFault => ({
    id: `relation-${action}-token-unchecked`,
    api: 'relation',
    action,
    requirement: 'RE-COM-3',
    sentence: `${names[action]} serves whoever sends a token, whatever it is.`,
    behave: (base) => ({
      userOf(call, authorization) {
        if (call.action !== action || authorization === null) return base.userOf(call, authorization);
        return known(() => base.userOf(call, authorization)) ?? firstUser(call);
      },
    }),
  }),
);

/** What it gives, or nothing where it refuses. */
function known<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function firstUser(call: Call): User {
  const user = call.state.users.values().next().value;
  if (user === undefined) throw new Refusal('token', 'token error');
  return user;
}

export const accessFaults: readonly RelationFault[] = [
  ...tokenUnchecked,
  {
    id: 'relation-token-end-unchecked',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-3',
    sentence: 'The last character of a token is not compared.',
    behave: () => ({ sameToken: (_call, token, user) => token.slice(0, -1) === user.token.slice(0, -1) }),
  },
  {
    id: 'relation-token-signature-unchecked',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-3',
    sentence: 'Only the part of a token that names the user is looked at, not its signature.',
    behave: () => ({ sameToken: (_call, token, user) => token.split('.')[1] === user.token.split('.')[1] }),
  },
  {
    id: 'relation-token-prefix-accepted',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-3',
    sentence: 'Half of a token is as good as the whole.',
    behave: () => ({ sameToken: (_call, token, user) => token.length > 8 && user.token.startsWith(token) }),
  },
  {
    id: 'relation-token-any-case',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-3',
    sentence: 'Tokens are compared without regard to case.',
    behave: () => ({ sameToken: (_call, token, user) => token.toLowerCase() === user.token.toLowerCase() }),
  },
  {
    id: 'relation-unread-guest',
    api: 'relation',
    action: 'unreadcount',
    requirement: 'RE-COM-3',
    sentence: 'Who sends no token gets the unread count of a guest.',
    behave: (base) => ({
      userOf(call, authorization) {
        if (call.action !== 'unreadcount' || authorization !== null) return base.userOf(call, authorization);
        return { relationId: 'guest', token: '', name: null, avatar: null };
      },
    }),
  },
  {
    id: 'relation-send-unknown-token-stored',
    api: 'relation',
    action: 'send',
    requirement: 'RE-COM-3',
    sentence: 'Send under an unknown token is refused, but the message is stored.',
    behave: (base) => ({
      refuse(call, refusal) {
        if (call.action === 'send' && refusal.kind === 'token') {
          const stored = known(() => {
            call.members = base.readMembers(call);
            const sender = firstUser(call);
            return base.store(call, base.channelOf(call, sender), sender, base.readDraft(call));
          });
          call.state.notes.set('relation-send-unknown-token-stored', stored?.id);
        }
        return base.refuse(call, refusal);
      },
    }),
  },
  {
    id: 'relation-read-unknown-token-done',
    api: 'relation',
    action: 'read',
    requirement: 'RE-COM-3',
    sentence: 'Read under an unknown token is refused, but done for the first user.',
    behave: (base) => ({
      refuse(call, refusal) {
        if (call.action === 'read' && refusal.kind === 'token') {
          known(() => {
            call.members = base.readMembers(call);
            const reader = firstUser(call);
            return base.markRead(call, base.channelOf(call, reader), reader, base.readTotal(call));
          });
        }
        return base.refuse(call, refusal);
      },
    }),
  },
  {
    id: 'relation-token-relationid',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-3',
    sentence: 'A relationId is as good as a token.',
    behave: (base) => ({
      sameToken: (call, token, user) => token === user.relationId || base.sameToken(call, token, user),
    }),
  },
  {
    id: 'relation-token-code-401',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-3-SHOULD',
    sentence: 'A wrong token is refused with the code "401".',
    behave: (base) => ({
      codeOf: (call, refusal) => (refusal.kind === 'token' ? '401' : base.codeOf(call, refusal)),
    }),
  },
  {
    id: 'relation-token-missing-10112',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-3-SHOULD',
    sentence: 'A missing token is refused as a wrong parameter, 10112.',
    behave: (base) => ({
      userOf(call, authorization) {
        if (authorization === null) throw new Refusal('input', 'token is missing');
        return base.userOf(call, authorization);
      },
    }),
  },
  {
    id: 'relation-apikey-unchecked',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-4',
    sentence: 'No action looks at the ApiKey.',
    behave: () => ({ checkApiKey: () => {} }),
  },
  {
    id: 'relation-hide-apikey-unchecked',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-COM-4',
    sentence: 'Hide does not look at the ApiKey.',
    behave: (base) => ({
      checkApiKey(call, apiKey) {
        if (call.action !== 'hide') base.checkApiKey(call, apiKey);
      },
    }),
  },
  {
    id: 'relation-apikey-any-case',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-4',
    sentence: 'The case of an ApiKey is not compared.',
    behave: (base) => ({
      checkApiKey(call, apiKey) {
        if (apiKey?.toLowerCase() !== call.state.apiKey.toLowerCase()) base.checkApiKey(call, apiKey);
      },
    }),
  },
  {
    id: 'relation-apikey-beginning',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-4',
    sentence: 'The beginning of an ApiKey is enough.',
    behave: (base) => ({
      checkApiKey(call, apiKey) {
        if (!apiKey || !call.state.apiKey.startsWith(apiKey)) base.checkApiKey(call, apiKey);
      },
    }),
  },
  {
    id: 'relation-apikey-longer',
    api: 'relation',
    action: 'send',
    requirement: 'RE-COM-4',
    sentence: 'What follows an ApiKey is not looked at.',
    behave: (base) => ({
      checkApiKey(call, apiKey) {
        if (!apiKey?.startsWith(call.state.apiKey)) base.checkApiKey(call, apiKey);
      },
    }),
  },
  {
    id: 'relation-apikey-optional',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-4',
    sentence: 'An ApiKey is checked only where one is sent.',
    behave: (base) => ({
      checkApiKey(call, apiKey) {
        if (apiKey !== null) base.checkApiKey(call, apiKey);
      },
    }),
  },
  {
    id: 'relation-list-no-receiver-served',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-3',
    sentence: 'List with neither channelUuid nor toRelationId gives the messages of the first channel.',
    behave: (base) => ({
      checkReceiver(call) {
        if (call.action !== 'list') base.checkReceiver(call);
      },
      channelOf(call, user) {
        const open = [...call.state.channels.values()].find(({ members }) => members.has(user.relationId));
        const named = call.members.channelUuid ?? call.members.toRelationId;
        return named === undefined && open !== undefined ? open : base.channelOf(call, user);
      },
    }),
  },
  {
    id: 'relation-list-no-receiver-denied',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-3',
    sentence: 'List with neither channelUuid nor toRelationId is refused with the code 10120.',
    behave: (base) => ({
      checkReceiver(call) {
        if (call.action !== 'list') base.checkReceiver(call);
      },
    }),
  },
  {
    id: 'relation-list-outsider-served',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-4',
    sentence: 'List gives the messages of a channel to whoever knows its uuid.',
    behave: (base) => ({
      authoriseReading(call, channel, user) {
        if (call.action !== 'list') base.authoriseReading(call, channel, user);
      },
    }),
  },
  {
    id: 'relation-list-outsider-empty',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-4',
    sentence: 'List answers a stranger with the code "0" and no message.',
    behave: (base) => ({
      authoriseReading(call, channel, user) {
        if (call.action !== 'list') base.authoriseReading(call, channel, user);
      },
      messagesOf: (call, channel, user) =>
        channel.members.has(user.relationId) ? base.messagesOf(call, channel, user) : [],
    }),
  },
  {
    id: 'relation-list-outsider-denied-with-data',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-4',
    sentence: 'List answers a stranger with the code 10120 and the messages all the same.',
    behave: (base) => ({
      refuse(call, refusal) {
        const answer = base.refuse(call, refusal);
        const channel = call.state.channels.get(String(call.members.channelUuid));
        if (call.action !== 'list' || refusal.kind !== 'denied' || channel === undefined) return answer;
        const shown = channel.messages.slice(-5).map((message) => base.showMessage(call, message));
        return { ...answer, body: { ...(answer.body as Json), data: shown } };
      },
    }),
  },
  {
    id: 'relation-list-outsider-wrong-code',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-4',
    sentence: 'List refuses a stranger with the code of Send, 13108.',
    behave: (base) => ({
      codeOf: (call, refusal) =>
        call.action === 'list' && refusal.kind === 'denied' ? '13108' : base.codeOf(call, refusal),
    }),
  },
  {
    id: 'relation-list-second-parameter',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-4',
    sentence: 'List asks for no membership where toRelationId is given beside channelUuid.',
    behave: (base) => ({
      authoriseReading(call, channel, user) {
        if (call.action !== 'list' || call.members.toRelationId === undefined)
          base.authoriseReading(call, channel, user);
      },
    }),
  },
  {
    id: 'relation-list-outsider-older',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-4',
    sentence: 'List asks for membership on the first page alone.',
    behave: (base) => ({
      authoriseReading(call, channel, user) {
        if (call.action !== 'list' || Number(call.members.maxCreateAt) > base.now(call))
          base.authoriseReading(call, channel, user);
      },
    }),
  },
  {
    id: 'relation-list-outsider-joins',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-4',
    sentence: 'Who has tried to send to a channel may read it, though the Send was refused.',
    behave: (base) => ({
      authoriseSending(call, channel, user) {
        call.state.notes.set(`relation-list-outsider-joins ${channel.uuid} ${user.relationId}`, true);
        base.authoriseSending(call, channel, user);
      },
      authoriseReading(call, channel, user) {
        if (!call.state.notes.has(`relation-list-outsider-joins ${channel.uuid} ${user.relationId}`))
          base.authoriseReading(call, channel, user);
      },
    }),
  },
  {
    id: 'relation-send-second-parameter',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-3',
    sentence: 'Send asks for no membership where toRelationId is given beside channelUuid.',
    behave: (base) => ({
      authoriseSending(call, channel, user) {
        if (typeof call.members.toRelationId !== 'string') base.authoriseSending(call, channel, user);
      },
    }),
  },
  {
    id: 'relation-send-outsider-quotes',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-3',
    sentence: 'Send asks for no membership of who quotes a message of the channel.',
    behave: (base) => ({
      authoriseSending(call, channel, user) {
        if (!channel.messages.some(({ id }) => id === call.members.quoteId)) base.authoriseSending(call, channel, user);
      },
    }),
  },
  {
    id: 'relation-hide-others-later',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-2',
    sentence: "Hiding somebody else's message is refused, and done for all members a tenth of a second later.",
    behave: (base) => ({
      authoriseHiding(call, message, user) {
        const key = `relation-hide-others-later ${message.id}`;
        if (message.from !== user.relationId) call.state.notes.set(key, base.now(call) + 100);
        base.authoriseHiding(call, message, user);
      },
      messagesOf: (call, channel, user) =>
        base.messagesOf(call, channel, user).filter(({ id }) => {
          const from = Number(call.state.notes.get(`relation-hide-others-later ${id}`) ?? Number.POSITIVE_INFINITY);
          return base.now(call) < from;
        }),
    }),
  },
  {
    id: 'relation-send-outsider-stored',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-3',
    sentence: 'Send refuses a stranger with 13108, but stores the message.',
    behave: (base) => ({
      authoriseSending(call, channel, user) {
        if (!channel.members.has(user.relationId)) base.store(call, channel, user, base.readDraft(call));
        base.authoriseSending(call, channel, user);
      },
    }),
  },
  {
    id: 'relation-send-outsider-served',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-3',
    sentence: 'Whoever knows the uuid of a channel can send to it.',
    behave: () => ({ authoriseSending: () => {} }),
  },
  {
    id: 'relation-send-outsider-dropped',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-3',
    sentence: 'Send answers a stranger with the code "0", but drops the message.',
    behave: (base) => ({
      authoriseSending: () => {},
      messagesOf: (call, channel, user) =>
        base.messagesOf(call, channel, user).filter(({ from, type }) => type === 'SYS' || channel.members.has(from)),
    }),
  },
  {
    id: 'relation-send-outsider-wrong-code',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-3',
    sentence: 'Send refuses a stranger with the code of List, 10120.',
    behave: (base) => ({
      codeOf: (call, refusal) => (refusal.kind === 'no-member' ? '10120' : base.codeOf(call, refusal)),
    }),
  },
  {
    id: 'relation-hide-anybody',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-2',
    sentence: "Members can hide each other's messages.",
    behave: () => ({ authoriseHiding: () => {} }),
  },
  {
    id: 'relation-hide-outsider',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-2',
    sentence: 'A stranger can hide a message of a channel, for all its members.',
    behave: (base) => ({
      messageOf(call, user) {
        const all = [...call.state.channels.values()].flatMap(({ messages }) => messages);
        return all.find(({ id }) => id === call.members.id) ?? base.messageOf(call, user);
      },
      authoriseHiding(call, message, user) {
        const channel = call.state.channels.get(message.channelUuid);
        if (channel?.members.has(user.relationId)) base.authoriseHiding(call, message, user);
      },
      hide(call, message, user) {
        const channel = call.state.channels.get(message.channelUuid);
        if (channel?.members.has(user.relationId)) return base.hide(call, message, user);
        for (const id of channel?.members ?? []) message.hiddenBy.add(id);
      },
    }),
  },
  {
    id: 'relation-hide-others-refused-but-done',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-2',
    sentence: "Hiding somebody else's message is refused, and the message is gone all the same.",
    behave: (base) => ({
      authoriseHiding(call, message, user) {
        if (message.from !== user.relationId) base.hide(call, message, user);
        base.authoriseHiding(call, message, user);
      },
    }),
  },
  {
    id: 'relation-hide-others-pretended',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-2',
    sentence: "Hiding somebody else's message is answered with a success.",
    behave: (base) => ({
      authoriseHiding: () => {},
      hide(call, message, user) {
        if (message.from === user.relationId) base.hide(call, message, user);
      },
    }),
  },
  {
    id: 'relation-send-channel-null',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-1',
    sentence: 'Send answers channelUuid as null.',
    answer: onSuccess((body) => ({ ...body, data: { ...(body.data as Json), channelUuid: null } })),
  },
];
