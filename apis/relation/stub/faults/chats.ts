import { change, drop, rename, respell, set } from '../../../../src/stub/operators.js';
import { md5 } from '../../../../src/stub/random.js';
import type { Json } from '../model.js';
import { faultsOf, instead, isDirect, on, row, skip, together } from '../rows.js';

/** Faults of the list of chats, of what is done to chats, and of direct conversations as channels. */
export const chatFaults = faultsOf({
  'RG-CHATS-1': {
    'chats-groups-of-others-missing': row('Chats / List shows only groups that the caller has made.').by(
      instead('chatsOf', (usual, _call, { relationId }) => usual().filter(({ admin }) => admin === relationId)),
    ),
    'chats-type-word': row('Chats / List shows the type as GROUP or PRIVATE.').by(
      respell('/data/list/*/channelType', (type) => (type === 'G' ? 'GROUP' : 'PRIVATE')),
    ),
    'chats-name': row('Chats / List shows the name as name.').by(renamedInList('displayName', 'name')),
    'chats-name-lower-case': row('Chats / List shows names in lower case.').by(
      respell('/data/list/*/displayName', (name) => name.toLowerCase()),
    ),
    'chats-name-id': row('Chats / List shows the id in place of the name.').by(
      instead('showChat', (usual, _call, { uuid }) => ({ ...usual(), displayName: uuid })),
    ),
    'chats-limit-ignored': row('Chats / List gives all chats whatever the limit.').by(
      instead('readLimit', (usual, { action }) => (action === 'chatslist' ? 1000 : usual())),
    ),
    'chats-own-twice': row('Chats / List shows a group twice to its admin.').by(
      change('/data/list', (list: Json[]) =>
        list.flatMap((chat, i) => (i === 0 && list.length > 2 ? [chat, chat] : [chat])),
      ),
    ),
    'chats-status-word': row('Chats / List shows the status in words.').by(set('/data/list/*/status', 'NORMAL')),
    'chats-all-pairs': row('Chats / List shows every chat as a conversation of two.').by(
      set('/data/list/*/channelType', 'P'),
    ),
    'chats-bare': row('Chats / List answers the array itself.').by(change('/data', ({ list }: Json) => list)),
  },
  'RG-CHATS-2': {
    'chats-cursor-skips': row('The cursor of Chats / List skips a chat at each edge.').by(
      instead('behind', (usual, _call, _chats, cursor) => usual().slice(cursor === '' ? 0 : 1)),
    ),
    'chats-cursor-included': row('Each page of Chats / List begins with the last chat of the page before.').by(
      instead('behind', (_usual, _call, all, cursor) =>
        all.slice(
          Math.max(
            0,
            all.findIndex(({ uuid }) => uuid === cursor),
          ),
        ),
      ),
    ),
    'chats-cursor-ignored': row('Chats / List gives the first page whatever the cursor.').by(
      instead('behind', (_usual, _call, all) => all),
    ),
    'chats-ends-early': row('Chats / List has no cursor from the second page on.').by(
      instead('showChats', (usual, { members }) => {
        const data = usual();
        return members.cursor === undefined ? data : { ...data, cursor: '' };
      }),
    ),
    'chats-begins-again': row('The last page of Chats / List has a cursor of the first one.').by(
      instead('showChats', (usual, call) => {
        const data = usual();
        return data.cursor === '' ? { ...data, cursor: md5(`end ${call.total}`) } : data;
      }),
    ),
    'chats-first-page-alone': row('Chats / List gives no cursor.').by(drop('/data/cursor')),
  },
  'RG-CHATS-2-SHOULD': {
    'chats-keyword-ignored': row('Chats / List does not look at the keyword.').by(instead('fits', () => true)),
    'chats-keyword-whole': row('The keyword of Chats / List must be the whole name.').by(
      instead('fits', (_usual, call, channel, user, keyword) => {
        return keyword === '' || call.behaviour.nameOf(call, channel, user) === keyword;
      }),
    ),
    'chats-keyword-beginning': row('The keyword of Chats / List must be less than half of a name.').by(
      instead('fits', (usual, call, channel, user, keyword) => {
        return usual() && (keyword === '' || 2 * keyword.length < call.behaviour.nameOf(call, channel, user).length);
      }),
    ),
    'chats-keyword-own': row('The keyword of Chats / List finds only groups that the caller has made.').by(
      instead('fits', (usual, _call, { admin }, { relationId }, keyword) => {
        return usual() && (keyword === '' || admin === relationId);
      }),
    ),
  },
  'RG-CHATS-3': {
    'chats-removed-normal': row('A group shows as before to who was removed.').by(statusInstead(2, 0)),
    'chats-left-as-removed': row('A group shows to who has left as to who was removed.').by(statusInstead(1, 2)),
    'chats-dismissed-normal': row('A dismissed group shows as before.').by(statusInstead(3, 0)),
    'chats-one-status': row('Whoever is in a group no more is shown the status 1.').by(
      instead('statusOf', (usual) => (usual() === 0 ? 0 : 1)),
    ),
  },
  'RG-CHATS-4': {
    'chats-last-own': row('Chats / List shows the last message of the caller.').by(
      instead('lastOf', (_usual, _call, { messages }, { relationId }) =>
        messages.findLast(({ from }) => from === relationId),
      ),
    ),
    'chats-last-first': row('Chats / List shows the first message of a chat.').by(
      instead('lastOf', (_usual, _call, { messages }) => messages[0]),
    ),
    'chats-last-cut': row('Chats / List shows the first twenty characters of a message.').by(
      respell('/data/list/*/lastMessageContent', (text) => text.slice(0, 20)),
    ),
    'chats-last-escaped': row('Chats / List shows a message with its markup escaped.').by(
      respell('/data/list/*/lastMessageContent', (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
    ),
    'chats-last-type': row('Chats / List shows the type of the last message in lower case.').by(
      respell('/data/list/*/lastMessageType', (type) => type.toLowerCase()),
    ),
    'chats-last-seconds': row('lastPostAt counts seconds.').by(
      change('/data/list/*/lastPostAt', (time) => Math.floor(Number(time) / 1000)),
    ),
    'chats-last-local': row('lastPostAt is eight hours ahead.').by(
      change('/data/list/*/lastPostAt', (time) => Number(time) + 8 * 3_600_000),
    ),
  },
  'RG-CHATS-4-SHOULD': {
    'read-reads-all-chats': row('Read of one channel reads every channel of the caller.').by(
      instead('markRead', (usual, call, channel, user, total) => {
        for (const each of call.state.channels.values())
          if (each !== channel && each.members.has(user.relationId)) usual(call, each, user, total);
        return usual();
      }),
    ),
    'chats-unread-never': row('unreadMessageCount is always 0.').by(set('/data/list/*/unreadMessageCount', 0)),
    'chats-unread-ever': row('unreadMessageCount does not fall with Read.').by(
      instead('showChat', (usual, _call, { messages }, { relationId }) => ({
        ...usual(),
        unreadMessageCount: messages.filter(({ from }) => from !== relationId).length,
      })),
    ),
  },
  'RG-CHATS-5': {
    'pin-forgotten': row('Pin is answered with a success and does nothing.').by(
      skip('setFlag', (_call, _channel, _user, flag) => flag === 'pin'),
    ),
    'mute-forgotten': on
      .mute('Mute is answered with a success and does nothing.')
      .by(skip('setFlag', (_call, _channel, _user, flag) => flag === 'mute')),
    'pin-for-all': row('A chat that one member pins is pinned for all.').by(
      instead('setFlag', (usual, call, channel, user, flag, isOn) => {
        if (flag === 'mute') return usual();
        for (const relationId of channel.members) usual(call, channel, { ...user, relationId }, flag, isOn);
      }),
    ),
    'pin-for-good': row('A chat that was pinned stays pinned.').by(
      skip('setFlag', (_call, _channel, _user, flag, isOn) => flag === 'pin' && !isOn),
    ),
    'mute-pins': on.mute('Mute pins a chat too.').by(
      instead('setFlag', (usual, call, channel, user, flag, isOn) => {
        usual();
        if (flag === 'mute') usual(call, channel, user, 'pin', isOn);
      }),
    ),
    'pin-not-in-info': on.info('Info does not show that a chat is pinned.').by(set('/data/pin', false)),
    'pin-one-alone': row('Pin of a chat ends that of any other.').by(
      instead('setFlag', (usual, call, channel, user, flag, isOn) => {
        if (flag === 'pin' && isOn)
          for (const each of call.state.channels.values()) if (each !== channel) usual(call, each, user, flag, false);
        usual();
      }),
    ),
    'mute-not-in-list': on
      .chatslist('Chats / List does not show that a chat is muted.')
      .by(set('/data/list/*/mute', false)),
  },
  'RG-CHATS-6': {
    'hide-chat-forgotten': row('Hide of a chat is answered with a success and does nothing.').by(
      skip('hideChat', () => true),
    ),
    'hide-chat-for-all': row('A chat that one member hides is hidden for all.').by(
      instead('hideChat', (usual, call, channel, user) => {
        for (const relationId of channel.members) usual(call, channel, { ...user, relationId });
      }),
    ),
    'hide-chat-for-good': row('A chat that was hidden stays so, whatever is sent.').by(
      instead('hideChat', (_usual, _call, { hiddenAt }, { relationId }) => {
        hiddenAt.set(relationId, Number.POSITIVE_INFINITY);
      }),
    ),
  },
  'RG-DIRECT-1': {
    'direct-by-uuid-other-content': row('List of a direct conversation by its channelUuid cuts its messages.').by(
      instead('showMessage', (usual, call, message) => {
        const entry = usual();
        const isPair = call.state.channels.get(message.channelUuid)?.type === 'P';
        return isPair && call.action === 'list' && !isDirect(call)
          ? { ...entry, content: message.content.slice(0, 10) }
          : entry;
      }),
    ),
    'direct-by-uuid-unknown': row('List knows no direct conversation by its channelUuid.').by(
      instead('messagesOf', (usual, call, { type }) =>
        type === 'P' && call.action === 'list' && !isDirect(call) ? [] : usual(),
      ),
    ),
    'direct-sent-by-receiver': row('A direct message comes from its receiver, seen by the channelUuid.').by(
      instead('showMessage', (usual, call, message) => {
        const channel = call.state.channels.get(message.channelUuid);
        const other = [...(channel?.members ?? [])].find((relationId) => relationId !== message.from);
        return channel?.type === 'P' && !isDirect(call) ? { ...usual(), from: other } : usual();
      }),
    ),
  },
  'RG-DIRECT-2': {
    'direct-channel-each-way': row(
      'Each of two users has a conversation of its own with the other, and both see both.',
    ).by(
      instead('showSent', (usual, call, message) => {
        const sent = usual();
        return isDirect(call) ? { ...sent, channelUuid: md5(`${message.channelUuid} ${message.from}`) } : sent;
      }),
    ),
    'direct-channel-each-time': row(
      'Each Send by toRelationId names a channel of its own, of which List gives all.',
    ).by(
      together(
        instead('showSent', (usual, call, message) => {
          const sent = usual();
          const channel = call.state.channels.get(message.channelUuid);
          if (!isDirect(call) || channel === undefined) return sent;
          const uuid = md5(`${channel.uuid} ${call.total}`);
          call.state.channels.set(uuid, channel);
          return { ...sent, channelUuid: uuid };
        }),
        instead('showMessage', (usual, call) => {
          const entry = usual();
          return call.members.channelUuid === undefined || call.members.channelUuid === null
            ? entry
            : { ...entry, channelUuid: call.members.channelUuid };
        }),
      ),
    ),
  },
  'RG-DIRECT-3': {
    'direct-open-to-list': row('List gives a direct conversation to whoever knows its channelUuid.').by(
      skip('authoriseReading', ({ action }, { type }) => action === 'list' && type === 'P'),
    ),
    'direct-open-to-send': row('Whoever knows the channelUuid of a direct conversation can send to it.').by(
      skip('authoriseSending', (_call, { type }) => type === 'P'),
    ),
    'direct-send-stored': row('A Send to the conversation of two others is refused, and stored.').by(
      instead('authoriseSending', (usual, call, channel, user) => {
        const { behaviour } = call;
        if (channel.type === 'P' && !channel.members.has(user.relationId))
          behaviour.store(call, channel, user, behaviour.readDraft(call));
        usual();
      }),
    ),
  },
});

/** Gives a member of each chat another name. */
function renamedInList(from: string, to: string) {
  return change('/data/list/*', (chat) => rename(`/${from}`, to).transform(chat, undefined));
}

function statusInstead(from: number, to: number) {
  return instead('statusOf', (usual) => (usual() === from ? to : usual()));
}
