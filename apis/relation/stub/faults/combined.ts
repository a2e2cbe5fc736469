import type { Call, RelationState } from '../call.js';
import { type Channel, type Message, Refusal } from '../model.js';
import { channelAt, combinedOf, instead, isDirect, on, type RelationBehave, row, skip } from '../rows.js';

/** Faults that only combinations show: an order of actions, two attributes or users at once, calls at the same time. */
export const combinedFaults = combinedOf({
  'RE-LIST-8': {
    'hidden-takes-quoting': on.hide('Who hides a message loses the messages that quote it as well.').by(
      instead('messagesOf', (usual, _call, { messages }, { relationId }) => {
        const hidden = new Set(messages.filter(({ hiddenBy }) => hiddenBy.has(relationId)).map(({ id }) => id));
        return usual().filter(({ quoteId }) => quoteId === undefined || !hidden.has(quoteId));
      }),
    ),
    'hidden-direct-takes-channel': on
      .hide('Hiding a direct message hides the newest own message of the channel too.')
      .by(
        instead('hide', (usual, call, message, user) => {
          usual();
          const place = channelAt(call, message.channelUuid);
          const largest = [...call.state.channels.values()].find(({ members }) => members.size > 2);
          const newest = largest?.messages.findLast(({ from }) => from === user.relationId);
          if (place?.members.size === 2 && newest !== undefined) usual(call, newest, user);
        }),
      ),
    'quote-from-elsewhere-lost': row('List leaves out a message that quotes one of another place.').by(
      instead('messagesOf', (usual, _call, { messages }) => {
        const ids = new Set(messages.map(({ id }) => id));
        return usual().filter(({ quoteId }) => quoteId === undefined || ids.has(quoteId));
      }),
    ),
    'bound-at-hidden': row('A page bounded by a hidden message of the caller is empty.').by(
      instead('page', (usual, call, _ordered, maxCreateAt) => {
        const { caller } = call;
        const all = [...call.state.channels.values()].flatMap(({ messages }) => messages);
        const isHidden = all.some(
          ({ createAt, hiddenBy }) => createAt === maxCreateAt && hiddenBy.has(caller?.relationId ?? ''),
        );
        return isHidden ? [] : usual();
      }),
    ),
    'quote-of-other-ends-page': row('A page ends at a message of the caller that quotes one of somebody else.').by(
      instead('page', (usual, call) => {
        const page = usual();
        const { caller } = call;
        const at = page.findIndex(({ from, quoteId, channelUuid }) => {
          const quoted = channelAt(call, channelUuid)?.messages.find(({ id }) => id === quoteId);
          return from === caller?.relationId && quoted !== undefined && quoted.from !== from;
        });
        return at < 0 ? page : page.slice(0, at + 1);
      }),
    ),
  },
  'RE-LIST-9': {
    'card-with-quote-is-text': row('A message of the type CARD that quotes another is stored as TEXT.').by(
      drafted((draft) => (draft.type === 'CARD' && draft.quoteId !== undefined ? { type: 'TEXT' } : {})),
    ),
    'repeat-of-other-takes-sender': row(
      "A message that repeats the content of the other's before it bears that sender.",
    ).by(
      instead('store', (usual, _call, channel, sender, draft) => {
        const last = channel.messages.at(-1);
        const message = usual();
        if (last !== undefined && last !== message && last.from !== sender.relationId && last.content === draft.content)
          message.from = last.from;
        return message;
      }),
    ),
    'behind-read-of-other-lost': row('Who has read up to a quoting message is not shown the next message.').by(
      (base) => {
        const lost = new Map<string, string>();
        const waiting = new Map<string, string>();
        return {
          markRead(call, channel, user, total) {
            if (channel.messages.at(-1)?.quoteId !== undefined) waiting.set(channel.uuid, user.relationId);
            return base.markRead(call, channel, user, total);
          },
          store(call, channel, sender, draft) {
            const before = channel.messages.length;
            const message = base.store(call, channel, sender, draft);
            const reader = waiting.get(channel.uuid);
            if (channel.messages.length > before && reader !== undefined && reader !== sender.relationId) {
              lost.set(message.id, reader);
              waiting.delete(channel.uuid);
            }
            return message;
          },
          messagesOf: (call, channel, user) =>
            base.messagesOf(call, channel, user).filter(({ id }) => lost.get(id) !== user.relationId),
        };
      },
    ),
    'race-sends': row('Of messages that two users send at the same time, one is lost.').by(
      taking((base) => ({
        store(call, channel, sender, draft) {
          const old = takenBy(call).get(channel.uuid);
          if (old !== undefined) channel.messages = [...old];
          return base.store(call, channel, sender, draft);
        },
      })),
    ),
    'race-send-and-hide': on.hide('A message that is sent while another is hidden is lost.').by(
      taking((base) => ({
        hide(call, message, user) {
          base.hide(call, message, user);
          const channel = channelAt(call, message.channelUuid);
          const old = takenBy(call).get(message.channelUuid);
          if (channel !== undefined && old !== undefined) channel.messages = [...old];
        },
      })),
    ),
    'race-send-and-read': on.read('A message that is sent at the same time as a Read is lost.').by(
      taking((base) => ({
        markRead(call, channel, user, total) {
          const old = takenBy(call).get(channel.uuid);
          if (old !== undefined) channel.messages = [...old];
          return base.markRead(call, channel, user, total);
        },
      })),
    ),
  },
  'RE-LIST-11': {
    'quote-lost-with-mention': row('A message that quotes another and mentions somebody loses its quote.').by(
      instead('store', (usual, call, channel, sender, draft) => {
        const { quoteId, ...rest } = draft;
        return usual(call, channel, sender, draft.mentioned.length > 0 ? rest : draft);
      }),
    ),
    'quote-of-direct-lost': row('A direct message that quotes another shows no quote to its receiver.').by(
      instead('showQuote', (usual, call, message) => {
        const place = channelAt(call, message.channelUuid);
        return place?.members.size === 2 && message.from !== call.caller?.relationId ? null : usual();
      }),
    ),
    'quote-of-quote-is-first': row('A message that quotes a quoting message shows the one at the beginning.').by(
      instead('showQuote', (usual, call, message) => {
        const all = channelAt(call, message.channelUuid)?.messages ?? [];
        const quoted = all.find(({ id }) => id === message.quoteId);
        const first = all.find(({ id }) => id === quoted?.quoteId);
        return first === undefined ? usual() : call.behaviour.showMessage(call, first);
      }),
    ),
  },
  'RE-LIST-14': {
    'direct-repeat-of-channel-dropped': row('A direct message is dropped that repeats the newest of the channel.').by(
      instead('store', (usual, call, channel, sender, draft) => {
        const largest = [...call.state.channels.values()].find(({ members }) => members.size > 2);
        const isRepeat = isDirect(call) && largest?.messages.at(-1)?.content === draft.content;
        return isRepeat ? usual(call, { ...channel, messages: [] }, sender, draft) : usual();
      }),
    ),
    'direct-card-is-text': row('A direct message of the type CARD shows as TEXT to its receiver.').by(
      instead('showMessage', (usual, call, message) => {
        const place = channelAt(call, message.channelUuid);
        const isMeant =
          place?.members.size === 2 && message.type === 'CARD' && message.from !== call.caller?.relationId;
        return isMeant ? { ...usual(), type: 'TEXT' } : usual();
      }),
    ),
    'direct-behind-hide-lost': row('The direct message behind a hidden one does not show to its receiver.').by(
      instead('messagesOf', (usual, _call, channel, user) =>
        usual().filter((message) => {
          const before = channel.messages[channel.messages.indexOf(message) - 1];
          const isLost = channel.members.size === 2 && before !== undefined && before.hiddenBy.size > 0;
          return !isLost || message.from === user.relationId;
        }),
      ),
    ),
  },
  'RE-LIST-4': {
    'refused-send-opens-list': row('An outsider whose Send was refused may list the channel.').by((base) => {
      const tried = new Set<string>();
      return {
        authoriseSending(call, channel, user) {
          if (!channel.members.has(user.relationId)) tried.add(`${channel.uuid} ${user.relationId}`);
          base.authoriseSending(call, channel, user);
        },
        authoriseReading(call, channel, user) {
          const isNew = channel.messages.at(-1)?.quoteId !== undefined;
          if (!(isNew && tried.has(`${channel.uuid} ${user.relationId}`))) base.authoriseReading(call, channel, user);
        },
      };
    }),
  },
  'RE-SEND-3': {
    'stranger-sends-behind-hide': row('Outsiders may send to a channel whose newest message its sender has hidden.').by(
      skip('authoriseSending', (_call, { messages }) => {
        const last = messages.at(-1);
        return last?.hiddenBy.has(last.from) === true;
      }),
    ),
  },
  'RE-COM-3': {
    'token-of-other-behind-hide': row('Behind a Hide, List takes an altered token.').by((base) => {
      let isOpen = false;
      return {
        hide(call, message, user) {
          isOpen = true;
          base.hide(call, message, user);
        },
        store(call, channel, sender, draft) {
          isOpen = false;
          return base.store(call, channel, sender, draft);
        },
        sameToken: (call, token, user) =>
          base.sameToken(call, token, user) ||
          (isOpen && call.action === 'list' && token.slice(0, 12) === user.token.slice(0, 12)),
      };
    }),
  },
  'RE-SEND-1': {
    'race-ids': row('Messages that two users send at the same time have one id.').by(
      taking((base) => ({
        store(call, channel, sender, draft) {
          const old = takenBy(call).get(channel.uuid) ?? [];
          const message = base.store(call, channel, sender, draft);
          const fresh = channel.messages.filter((each) => !old.includes(each) && each !== message);
          const [first] = fresh;
          if (first !== undefined && channel.messages.at(-1) === message) message.id = first.id;
          return message;
        },
      })),
    ),
  },
  'RE-UNREAD-1-SHOULD': {
    'read-of-channel-reads-direct': on.read('A Read of the channel counts direct messages as read by everybody.').by(
      instead('markRead', (usual, call) => {
        for (const { members, readTo } of call.state.channels.values())
          if (members.size === 2) for (const id of members) readTo.set(id, call.state.next());
        return usual();
      }),
    ),
    'quotes-of-own-not-counted': on
      .unreadcount('A message that quotes one of the reader is not counted as unread.')
      .by(
        instead('unreadIn', (usual, _call, { messages }, { relationId }) =>
          usual().filter(({ quoteId }) => messages.find(({ id }) => id === quoteId)?.from !== relationId),
        ),
      ),
  },
  'RE-HIDE-2': {
    'quoted-can-be-hidden': on.hide("Who quotes somebody else's message may hide it.").by(
      instead('authoriseHiding', (usual, call, message, user) => {
        const all = channelAt(call, message.channelUuid)?.messages ?? [];
        const isQuoted = all.some(({ quoteId, from }) => quoteId === message.id && from === user.relationId);
        if (!isQuoted) usual();
      }),
    ),
  },
  'RE-HIDE-1': {
    'hide-of-quoting-refused': on.hide('A message that quotes a direct one cannot be hidden.').by(
      instead('authoriseHiding', (usual, call, message) => {
        usual();
        const place = channelAt(call, message.channelUuid);
        if (place?.members.size === 2 && message.quoteId !== undefined)
          throw new Refusal('denied', 'permission denied');
      }),
    ),
  },
});

/** The messages of each channel, by its uuid, as a call has read them before its body came. */
type Taken = Map<string, readonly Message[]>;

function taking(behave: RelationBehave): RelationBehave {
  return (base) => ({
    onArrival: ({ channels }: RelationState): Taken =>
      new Map([...channels].map(([uuid, { messages }]: [string, Channel]) => [uuid, [...messages]])),
    ...behave(base),
  });
}

function takenBy({ taken }: Call): Taken {
  return taken as Taken;
}

/** A message is stored otherwise than it was sent. */
function drafted(change: (draft: Parameters<RelationBehaviourStore>[3]) => object): RelationBehave {
  return instead('store', (usual, call, channel, sender, draft) =>
    usual(call, channel, sender, { ...draft, ...change(draft) }),
  );
}

type RelationBehaviourStore = Call['behaviour']['store'];
