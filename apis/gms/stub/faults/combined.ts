import type { Call, GmsState } from '../call.js';
import type { Chat, Event } from '../model.js';
import { combinedOf, type GmsBehave, instead, isOfClient, on, row, skip } from '../rows.js';

/** Faults that only combinations show: an order of actions, two attributes or users at once, calls at the same time. */
export const combinedFaults = combinedOf({
  'GMS-SEND-1': {
    'text-typed-before-dropped': row(
      'A message is dropped that repeats what was typed in the chat before a stop of typing.',
    ).by(
      skip('say', (_call, { events }, text) => {
        const stop = events.findLastIndex(({ type, from }) => type === 'TypingStopped' && from.type === 'Client');
        const start = stop < 0 ? undefined : events.slice(0, stop).findLast(({ type }) => type === 'TypingStarted');
        return start?.text === text;
      }),
    ),
    'text-repeated-under-new-name-dropped': row(
      'A message is dropped that the client sent before under another nickname.',
    ).by(
      skip('say', (_call, chat, text) =>
        chat.events.some(
          (event) => isOfClient(event) && event.text === text && event.from.nickname !== chat.client.nickname,
        )),
    ),
    'text-after-note-lost': row('A message that repeats a custom notice is lost.').by(
      skip('say', (_call, { events }, text) =>
        events.some((event) => event.type === 'CustomNotice' && event.text === text)),
    ),
    'race-texts': row('Of messages that come at the same time, one is lost.').by(
      taking((base) => ({
        say(call, chat, text, messageType) {
          chat.events = [...takenBy(call).events];
          base.say(call, chat, text, messageType);
        },
      })),
    ),
  },
  'GMS-NICK-1': {
    'nickname-of-userdata': on.updatedata('Data with the key nickname change the nickname that events show.').by(
      instead('attach', (usual, _call, { client }, data) => {
        usual();
        if (data.nickname !== undefined && data.nickname !== '') client.nickname = data.nickname;
      }),
    ),
    'rename-back-ignored': row('A nickname that the client bore before is not taken again.').by(
      instead('rename', (usual, call, chat, nickname) => {
        const wasBorne = chat.events.some(({ from }) => from.type === 'Client' && from.nickname === nickname);
        usual(call, wasBorne ? { ...chat, client: { ...chat.client } } : chat, nickname);
      }),
    ),
    'stop-under-name-of-start': row('A stop of typing shows the nickname that the client had at its start.').by(
      instead('append', (usual, call, chat, from, type, said) => {
        const start = chat.events.findLast(({ type: kind }) => kind === 'TypingStarted');
        const isMeant = type === 'TypingStopped' && start !== undefined;
        usual(call, chat, isMeant ? { ...from, nickname: start.from.nickname } : from, type, said);
      }),
    ),
  },
  'GMS-REF-4': {
    'rename-rewrites-typing': on
      .updatenickname('A change of the nickname while typing shows on the start of typing too.')
      .by(
        instead('rename', (usual, _call, { events }, nickname) => {
          usual();
          const own = events.filter(({ from }) => from.type === 'Client');
          const start = own.at(-2);
          if (start?.type === 'TypingStarted') start.from.nickname = nickname;
        }),
      ),
    'new-chat-shows-last-of-old': row(
      "A client's chat begins with the last message of the one that it ended before.",
    ).by(
      instead('arrive', (usual, call, chat) => {
        usual();
        const old = call.state.chats.findLast(
          (other) => other !== chat && other.isEnded && other.events[0]?.from.nickname === chat.client.nickname,
        );
        const last = old?.events.findLast(isOfClient);
        if (last?.text !== undefined) call.behaviour.append(call, chat, chat.client, 'Message', { text: last.text });
      }),
    ),
  },
  'GMS-REF-1': {
    'race-index': row('Events that come at the same time share an index.').by(
      taking((base) => {
        const added = new WeakMap<Call, number>();
        return {
          nextIndex(call, chat) {
            const { events } = takenBy(call);
            const usual = base.nextIndex(call, chat);
            const before = added.get(call) ?? 0;
            added.set(call, before + 1);
            return call.action === 'requestchat' ? usual : Math.min(usual, events.length + 1 + before);
          },
        };
      }),
    ),
  },
  'GMS-URL-1': {
    'url-repeated-dropped': row('A pushed URL does not show that was pushed before, with a message between.').by(
      skip('push', (_call, { events }, url) => {
        const at = events.findLastIndex(({ type, text }) => type === 'PushUrl' && text === url);
        return at >= 0 && events.slice(at).some(isOfClient);
      }),
    ),
  },
  'GMS-SEND-3': {
    'rename-shortens-answer-to-text': on
      .sendmessage('Behind a change of the nickname, Send Message with a position leaves out the first event.')
      .by((base) => ({
        since(call, events, position) {
          const shown = base.since(call, events, position);
          const isMeant = call.action === 'sendmessage' && call.body.transcriptPosition !== undefined;
          return isMeant && events.some(({ type }) => type === 'NicknameUpdated') ? shown.slice(1) : shown;
        },
      })),
  },
  'GMS-FILE-2-DOWNLOAD': {
    'rename-loses-files': on
      .updatenickname('A change of the nickname takes away the files that the client sent before.')
      .by(
        instead('rename', (usual, _call, { files }) => {
          usual();
          for (const file of files) file.isDeleted = true;
        }),
      ),
  },
  'GMS-COM-4': {
    'renamed-open-to-others': row('Behind a change of the nickname and a pushed URL, any key is taken.').by((base) => ({
      checkSecureKey(call, chat) {
        if (!isOpenToAll(chat)) base.checkSecureKey(call, chat);
      },
      checkUserId(call, chat) {
        if (!isOpenToAll(chat)) base.checkUserId(call, chat);
      },
    })),
  },
});

/** What a call has read of its chat before its body came: whatever is written back from it is as old. */
interface Taken {
  events: readonly Event[];
}

function taking(behave: GmsBehave): GmsBehave {
  return (base) => ({
    onArrival({ chats }: GmsState, chatId): Taken {
      return { events: [...(chats.find(({ id }) => id === chatId)?.events ?? [])] };
    },
    ...behave(base),
  });
}

function takenBy({ taken }: Call): Taken {
  return taken as Taken;
}

function isOpenToAll({ client, events }: Chat): boolean {
  return client.nickname !== events[0]?.from.nickname && events.some(({ type }) => type === 'PushUrl');
}
