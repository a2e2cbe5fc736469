import type { Call, GenesysState } from '../call.js';
import type { Chat, Event } from '../model.js';
import { combinedOf, type GenesysBehave, instead, isOfClient, on, row, skip } from '../rows.js';

/** Faults that only combinations show: an order of actions, two attributes or users at once, calls at the same time. */
export const combinedFaults = combinedOf({
  'GE-MSG-6': {
    'text-typed-before-dropped': row(
      'A text is dropped that repeats what was typed in the chat before a stop of typing.',
    ).by(
      skip('say', (_call, { events }, text) => {
        const stop = events.findLastIndex(({ type, from }) => type === 'TypingStopped' && from.type === 'Client');
        const start = stop < 0 ? undefined : events.slice(0, stop).findLast(({ type }) => type === 'TypingStarted');
        return start?.text === text;
      }),
    ),
    'text-takes-typed-text': row('A text sent under a changed nickname while typing shows what was typed.').by(
      instead('say', (usual, call, chat, text) => {
        const last = chat.events.findLast(({ from }) => from.type === 'Client');
        const isRenamed = chat.client.nickname !== chat.events[0]?.from.nickname;
        const isTaken = isRenamed && last?.type === 'TypingStarted' && last.text !== undefined;
        usual(call, chat, isTaken ? (last.text ?? text) : text);
      }),
    ),
    'text-repeated-under-new-name-dropped': row(
      'A text is dropped that the client sent before under another nickname.',
    ).by(
      skip('say', (_call, chat, text) =>
        chat.events.some(
          (event) => isOfClient(event) && event.text === text && event.from.nickname !== chat.client.nickname,
        )),
    ),
    'text-after-url-and-data-lost': row('The text behind Send Url and Update User Data is lost.').by((base) => {
      const done = new Map<string, string[]>();
      const note = (chat: Chat, what: string) => done.set(chat.id, [...(done.get(chat.id) ?? []), what].slice(-2));
      return {
        push(call, chat, url) {
          note(chat, 'push');
          base.push(call, chat, url);
        },
        attach(call, chat, data) {
          note(chat, 'attach');
          base.attach(call, chat, data);
        },
        say(call, chat, text) {
          const isLost = done.get(chat.id)?.join() === 'push,attach';
          done.delete(chat.id);
          if (!isLost) base.say(call, chat, text);
        },
      };
    }),
    'race-texts': row('Of texts that come at the same time, one is lost.').by(
      taking((base) => ({
        say(call, chat, text) {
          const { events } = takenBy(call);
          chat.events = [...events];
          base.say(call, chat, text);
        },
      })),
    ),
    'race-text-in-other-chat': row('A text that comes at the same time as a call on another chat shows there.').by(
      (base) => {
        let current = '';
        return {
          onArrival(_state, chatId) {
            if (chatId !== '') current = chatId;
            return undefined;
          },
          say(call, chat, text) {
            base.say(call, call.state.chats.find(({ id }) => id === current) ?? chat, text);
          },
        };
      },
    ),
  },
  'GE-NICK-1': {
    'nickname-of-userdata': on
      .updateuserdata('User data with the key nickname change the nickname that events show.')
      .by(
        instead('attach', (usual, _call, { client }, data) => {
          usual();
          if (typeof data.nickname === 'string' && data.nickname !== '') client.nickname = data.nickname;
        }),
      ),
    'stop-under-name-of-start': row('A stop of typing shows the nickname that the client had at its start.').by(
      instead('append', (usual, call, chat, from, type, text) => {
        const start = chat.events.findLast(({ type: kind }) => kind === 'TypingStarted');
        const isMeant = type === 'TypingStopped' && start !== undefined;
        usual(call, chat, isMeant ? { ...from, nickname: start.from.nickname } : from, type, text);
      }),
    ),
    'rename-back-ignored': row('A nickname that the client bore before is not taken again.').by(
      instead('rename', (usual, call, chat, nickname) => {
        const wasBorne = chat.events.some(({ from }) => from.type === 'Client' && from.nickname === nickname);
        usual(call, wasBorne ? { ...chat, client: { ...chat.client } } : chat, nickname);
      }),
    ),
    'race-rename': row('A text at the same time as a change of the nickname brings the old one back.').by(
      taking((base) => ({
        say(call, chat, text) {
          base.say(call, chat, text);
          const { nickname } = takenBy(call);
          if (nickname !== undefined) chat.client.nickname = nickname;
        },
      })),
    ),
  },
  'GE-MSG-8': {
    'ended-by-userdata': on
      .updateuserdata('User data with the key chatEnded end the chat for Get Messages.')
      .by(instead('showEnded', (usual, _call, { userData }) => usual() || userData.chatEnded !== undefined)),
    'complete-ends-namesake': on.complete('Complete ends the chat of another client whose last text is the same.').by(
      instead('end', (usual, call, chat) => {
        usual();
        const last = ({ events }: Chat) => events.findLast(isOfClient)?.text;
        for (const other of call.state.chats)
          if (other !== chat && last(chat) !== undefined && last(other) === last(chat)) usual(call, other);
      }),
    ),
  },
  'GE-MSG-1': {
    'position-at-notice': row('A read from the index of a pushed URL on leaves it out where a text came before it.').by(
      instead('since', (usual, _call, events, position) => {
        const at = events.find(({ index }) => index === position);
        const before = events.find(({ index }) => index === position - 1);
        const isMeant = at?.type === 'Notice' && /^https?:/.test(at.text ?? '') && before?.type === 'Message';
        return isMeant ? usual().filter((event) => event !== at) : usual();
      }),
    ),
  },
  'GE-MSG-4': {
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
    'complete-drops-notices': on
      .complete('Complete takes the Notices of pushed URLs out of a transcript in which the nickname changed.')
      .by(
        instead('end', (usual, _call, chat) => {
          usual();
          const isRenamed = chat.client.nickname !== chat.events[0]?.from.nickname;
          const isUrl = ({ type, text }: Event) => type === 'Notice' && /^https?:/.test(text ?? '');
          if (isRenamed && chat.isEnded) for (const event of chat.events) if (isUrl(event)) event.text = '';
        }),
      ),
  },
  'GE-MSG-3': {
    'race-index': row('Events that come at the same time share an index.').by(
      taking((base) => ({
        nextIndex(call, chat) {
          const { events } = takenBy(call);
          const usual = base.nextIndex(call, chat);
          return call.action === 'requestchat' ? usual : Math.min(usual, events.length + 1 + addedBy(call, chat));
        },
      })),
    ),
  },
  'GE-MSG-9': {
    'new-chat-shows-last-of-old': row(
      "A client's chat begins with the last text of the one that it completed before.",
    ).by(
      instead('arrive', (usual, call, chat) => {
        usual();
        const old = call.state.chats.findLast(
          (other) => other !== chat && other.isEnded && other.events[0]?.from.nickname === chat.client.nickname,
        );
        const last = old?.events.findLast(isOfClient);
        if (last?.text !== undefined) call.behaviour.append(call, chat, chat.client, 'Message', last.text);
      }),
    ),
  },
  'GE-TYPE-1-STOP': {
    'stop-behind-rename-and-text-hidden': row(
      'A stop of typing does not show where the nickname changed since the start.',
    ).by(
      skip('type', (_call, { events, client }, type) => {
        const start = events.findLast(({ type: kind }) => kind === 'TypingStarted');
        return type === 'TypingStopped' && start !== undefined && start.from.nickname !== client.nickname;
      }),
    ),
  },
  'GE-URL-1': {
    'url-repeated-dropped': row('A pushed URL does not show that was pushed before, with a text between.').by(
      skip('push', (_call, { events }, url) => {
        const at = events.findLastIndex(({ type, text }) => type === 'Notice' && text === url);
        return at >= 0 && events.slice(at).some(isOfClient);
      }),
    ),
  },
  'GE-COM-5': {
    'renamed-open-to-others': row('Behind a change of the nickname and a pushed URL, any key is taken.').by(
      openTo((chat) => chat.events.some(({ text }) => /^https?:/.test(text ?? '')) && isRenamed(chat)),
    ),
    'url-lets-others-end': on
      .complete('Behind a pushed URL, Complete is carried out with any key.')
      .by(
        openTo(
          ({ events }, { action }) => action === 'complete' && events.some(({ text }) => /^https?:/.test(text ?? '')),
        ),
      ),
    'namesake-lets-in': row('Whoever has the key of a chat of the same nickname is let in.').by((base) => ({
      checkUserId(call, chat) {
        if (!isNamesake(call, chat)) base.checkUserId(call, chat);
      },
      checkSecureKey(call, chat) {
        if (!isNamesake(call, chat)) base.checkSecureKey(call, chat);
      },
    })),
  },
});

/** What a call has read of its chat before its body came: whatever is written back from it is as old. */
interface Taken {
  events: readonly Event[];
  nickname?: string;
}

function taking(behave: GenesysBehave): GenesysBehave {
  return (base) => ({
    onArrival({ chats }: GenesysState, chatId): Taken {
      const chat = chats.find(({ id }) => id === chatId);
      return { events: [...(chat?.events ?? [])], nickname: chat?.client.nickname };
    },
    ...behave(base),
  });
}

function takenBy({ taken }: Call): Taken {
  return taken as Taken;
}

/** How many events the call has written already, those of others in answer to it among them. */
function addedBy(call: Call, chat: Chat): number {
  const { events } = takenBy(call);
  const key = `genesys-race-index ${call.total}`;
  const before = (call.state.notes.get(key) as number | undefined) ?? 0;
  call.state.notes.set(key, before + 1);
  return chat.events.length >= events.length ? before : 0;
}

function isRenamed({ client, events }: Chat): boolean {
  return client.nickname !== events[0]?.from.nickname;
}

/** Wrong credentials are taken on some chats. */
function openTo(isOpen: (chat: Chat, call: Call) => boolean): GenesysBehave {
  return (base) => ({
    checkUserId(call, chat) {
      if (!isOpen(chat, call)) base.checkUserId(call, chat);
    },
    checkSecureKey(call, chat) {
      if (!isOpen(chat, call)) base.checkSecureKey(call, chat);
    },
  });
}

function isNamesake({ body, state }: Call, chat: Chat): boolean {
  const own = state.chats.find(({ secureKey }) => secureKey === body.secureKey);
  return own !== undefined && own !== chat && isRenamed(own) && own.client.nickname === chat.client.nickname;
}
