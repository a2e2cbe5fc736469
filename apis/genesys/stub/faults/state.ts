import { jsonAnswer } from '../../../../src/stub/answer.js';
import { onAnswer } from '../../../../src/stub/mutation.js';
import { retype, set, where } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import { type Chat, type Event, type Json, Refusal } from '../model.js';
import { faultsOf, type GenesysBehave, hasSpoken, instead, on, row, skip, together } from '../rows.js';

export const stateFaults = faultsOf({
  'GE-MSG-6': {
    'text-trimmed': changed('White space around a text is taken away.', (text) => text.trim()),
    'text-escaped': changed('Markup in a text is escaped for HTML.', (text) =>
      text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
    ),
    'text-tags-stripped': changed('Tags are taken out of a text.', (text) => text.replace(/<[^>]*>/g, '')),
    'text-cut-at-255': changed('A text is cut at 255 characters.', (text) => text.slice(0, 255)),
    'text-cut-at-1000': changed('A text is cut at 1000 characters.', (text) => text.slice(0, 1000)),
    'text-cut-at-4096-bytes': changed('A text is cut at 4096 bytes of UTF-8.', (text) =>
      new TextDecoder().decode(Buffer.from(text).subarray(0, 4096)),
    ),
    'text-normalised': changed('The Unicode of a text is normalised.', (text) => text.normalize('NFC')),
    'text-emoji-lost': changed('Characters beyond the basic plane are lost.', (text) =>
      text.replace(/[\u{10000}-\u{10FFFF}]/gu, '?'),
    ),
    'text-latin': changed('Letters beyond Latin become question marks.', latin),
    'text-form-decoded': changed('A plus sign in a text becomes a space.', (text) => text.replaceAll('+', ' ')),
    'text-unescaped': changed('Backslashes in a text are taken for escapes.', (text) => text.replace(/\\(.)/g, '$1')),
    'text-line-ends': changed('Line ends in a text become line feeds.', (text) => text.replace(/\r\n/g, '\n')),
    'text-linked': changed('Addresses in a text become links.', (text) =>
      text.replace(/https?:\/\/\S+/g, (url) => `<a href="${url}">${url}</a>`),
    ),
    'text-smileys': changed('Smileys in a text become emoji.', (text) => text.replace(/:-\)|:smile:/g, '🙂')),
    'text-card-hidden': changed('Sixteen digits in a row are hidden.', (text) => text.replace(/\b\d{16}\b/g, '****')),
    'text-while-typing-lost': row('A text that is sent before typing has stopped is lost.').by(
      skip('say', (_call, { events }) => {
        const typing = events.findLast(({ from, type }) => from.type === 'Client' && type.startsWith('Typing'));
        return typing?.type === 'TypingStarted';
      }),
    ),
    'text-zero-width-lost': changed('Invisible characters are taken out of a text.', (text) =>
      text.replace(/[\u200b\ufeff\u202e]/g, ''),
    ),
    'text-of-external': row('A text of the client shows as one of the External participant.').by(
      instead('say', (_usual, call, chat, text) =>
        call.behaviour.append(call, chat, call.behaviour.external(), 'Message', text),
      ),
    ),
    'text-once-only': row('A text that was sent before is taken for a repetition and dropped.').by(
      skip('say', (_call, { events }, text) => events.some((event) => event.type === 'Message' && event.text === text)),
    ),
    'text-with-type-lost': row('A text that comes with a messageType does not show.').by(
      skip('say', ({ body }) => body.messageType !== undefined),
    ),
    'text-twice': row('Every eighth text shows twice.').by(
      instead('say', (usual, { count }) => {
        usual();
        if (count % 8 === 0) usual();
      }),
    ),
    'text-lost': row('Every eleventh text is answered with success and lost.').by(
      skip('say', ({ count }) => count % 11 === 0),
    ),
  },
  'GE-MSG-4': {
    'edited-on-later-reads': row('From the third read on, texts are shortened to a preview.').by((base) => {
      const reads = new Map<string, number>();
      return instead('eventsOf', (usual, _call, { id }) => {
        reads.set(id, (reads.get(id) ?? 0) + 1);
        return (reads.get(id) ?? 0) > 3 ? usual().map(previewed) : usual();
      })(base);
    }),
    'rename-rewrites-history': on.updatenickname('A new nickname shows on earlier events too.').by(
      instead('rename', (usual, _call, { events }, nickname) => {
        usual();
        for (const { from } of events) if (from.type === 'Client') from.nickname = nickname;
      }),
    ),
    'typing-forgotten': row(
      'Typing is taken out of the transcript when a text follows, and what is behind moves up.',
    ).by(
      instead('say', (usual, _call, chat) => {
        const left = chat.events.filter(({ type }) => type !== 'TypingStarted');
        chat.events = left.map((event, i) => ({ ...event, index: i + 1 }));
        usual();
      }),
    ),
  },
  'GE-MSG-8': {
    'ended-early': row('chatEnded is true until the first text of the client.').by(
      instead('showEnded', (usual, _call, chat) => usual() === true || !hasSpoken(chat)),
    ),
    'ended-when-nothing-new': row('A poll that finds nothing new says that the chat is over.').by(
      where('', isEmpty, set('/chatEnded', true)),
    ),
    'over-untold-when-nothing-new': row('After Complete, chatEnded is false where no event is answered.').by(
      where('', isEmpty, set('/chatEnded', false)),
    ),
    'silent-chat-stays-open': on
      .complete('Complete is served and does nothing where the client has not said a word.')
      .by(skip('end', (_call, chat) => !hasSpoken(chat))),
    'never-ended': row('chatEnded stays false after Complete.').by(set('/chatEnded', false)),
    'over-recoverable': row('After Complete, Get Messages answers statusCode 1, as if it were worth another try.').by(
      together(
        instead('checkOpen', (usual, _call, { isEnded }) => {
          if (isEnded) throw new Refusal('ended', 'The chat is over');
          usual();
        }),
        instead('refuse', (usual, { action }, { kind }) =>
          kind === 'ended' && action === 'getmessages' ? { ...usual(), body: { statusCode: 1 } } : usual(),
        ),
      ),
    ),
    'complete-ends-all': on.complete('Complete ends every chat of the nickname.').by(
      instead('end', (usual, call) => {
        usual();
        for (const other of call.state.chats.slice(-2)) usual(call, other);
      }),
    ),
  },
  'GE-TYPE-1-START': {
    'starttyping-hidden': row('A start of typing does not show in the transcript.').by(
      typed('TypingStarted', () => {}),
    ),
    'starttyping-text-lost': row('A start of typing shows without its text.').by(
      typed('TypingStarted', (show) => show('TypingStarted', undefined)),
    ),
  },
  'GE-TYPE-1-STOP': {
    'stoptyping-hidden': row('A stop of typing does not show in the transcript.').by(typed('TypingStopped', () => {})),
    'stoptyping-text-lost': row('A stop of typing shows without its text.').by(
      typed('TypingStopped', (show) => show('TypingStopped', undefined)),
    ),
    'stop-as-message-too': row('The text of a stop of typing shows as a Message too.').by(
      typed('TypingStopped', (show, text) => {
        show('TypingStopped', text);
        if (text !== undefined) show('Message', text);
      }),
    ),
    'stop-with-text-of-start': row('A stop of typing shows the text of the start before it.').by(
      typed('TypingStopped', (show, text, { events }) => {
        const start = events.findLast(({ type }) => type === 'TypingStarted');
        show('TypingStopped', start?.text ?? text);
      }),
    ),
    'stop-shows-as-start': row('A stop of typing shows as a start.').by(
      typed('TypingStopped', (show, text) => show('TypingStarted', text)),
    ),
  },
  'GE-NICK-1': {
    'nickname-in-notice-only': row('The new nickname shows in its Notice and nowhere else.').by(
      instead('rename', (_usual, call, chat, nickname) => notice(call, chat, nickname)),
    ),
    'nickname-on-messages-only': row('Typing and pushed URLs go on under the nickname of the beginning.').by(
      joinedName((from, type, text) => type !== 'Message' && text !== from.nickname),
    ),
    'nickname-for-one-text': row('The new nickname is forgotten after one more text, until something else happens.').by(
      joinedName((_from, type, _text, { events }) => {
        const last = events.findLast(({ from }) => from.type === 'Client');
        return type === 'Message' && last?.type === 'Message';
      }),
    ),
    'nickname-first-change-only': row('Only the first change of the nickname counts.').by(
      instead('rename', (usual, call, chat, nickname) => {
        const isFirst = chat.client.nickname === chat.events[0]?.from.nickname;
        usual(call, isFirst ? chat : { ...chat, client: { ...chat.client } }, nickname);
      }),
    ),
    'nickname-latin': row('Letters of a nickname beyond Latin become question marks.').by(
      instead('rename', (usual, call, chat, nickname) => usual(call, chat, latin(nickname))),
    ),
    'nickname-of-namesakes': row('All clients who bear the old nickname get the new one.').by(
      instead('rename', (usual, { state }, chat, nickname) => {
        const old = chat.client.nickname;
        for (const { client } of state.chats) if (client.nickname === old) client.nickname = nickname;
        usual();
      }),
    ),
    'nickname-of-data': row('A member nickname of Update User Data changes the nickname.').by(
      instead('attach', (usual, _call, { client }, data) => {
        usual();
        if (typeof data.nickname === 'string') client.nickname = data.nickname;
      }),
    ),
  },
  'GE-NICK-1-SHOULD': {
    'notice-of-old-nickname': row('The Notice of a changed nickname holds the old one.').by(
      instead('rename', (_usual, call, chat, nickname) => {
        notice(call, chat, chat.client.nickname);
        chat.client.nickname = nickname;
      }),
    ),
    'notice-twice': row('A changed nickname shows two Notices.').by(
      instead('rename', (usual) => {
        usual();
        usual();
      }),
    ),
    'nickname-without-notice': row('A changed nickname shows no Notice.').by(
      instead('rename', (_usual, _call, { client }, nickname) => {
        client.nickname = nickname;
      }),
    ),
  },
  'GE-URL-1': {
    'url-hidden': row('A pushed URL does not show in the transcript.').by(skip('push', () => true)),
    'url-as-message': row('A pushed URL shows as a Message.').by(
      instead('push', (_usual, call, chat, url) => call.behaviour.append(call, chat, chat.client, 'Message', url)),
    ),
    'url-decoded': row('A pushed URL shows with its escapes decoded.').by(
      instead('push', (usual, call, chat, url) => usual(call, chat, decodeURI(url))),
    ),
    'url-without-fragment': row('A pushed URL loses its fragment.').by(
      instead('push', (usual, call, chat, url) => usual(call, chat, url.replace(/#.*/s, ''))),
    ),
  },
  'GE-COM-8': {
    'over-and-recoverable': on
      .getmessages('Get Messages of a chat that is over answers statusCode 1 beside chatEnded true.')
      .by(
        instead('succeed', (usual, _call, members) => {
          const answer = usual();
          return members.chatEnded === true ? { ...answer, body: { ...(answer.body as Json), statusCode: 1 } } : answer;
        }),
      ),
    'refusals-end-chat': row('A wrong secureKey is refused with statusCode 1 beside chatEnded true.').by(
      instead('refuse', (usual, _call, { kind }) =>
        kind === 'credentials' ? jsonAnswer(200, { statusCode: 1, chatEnded: true }) : usual(),
      ),
    ),
  },
  'GE-DONE-1': {
    'complete-status-text': row('Complete gives its statusCode as a text.').by(retype('/statusCode', 'string')),
    'complete-refused': row('Complete ends the chat and answers statusCode 2.').by(
      onAnswer(set('', { statusCode: 2 })),
    ),
    'complete-needs-a-text': row('A chat in which nothing was said cannot be completed.').by(
      instead('end', (usual, _call, chat) => {
        if (!hasSpoken(chat)) throw new Refusal('input', 'Nothing was said');
        usual();
      }),
    ),
  },
  'GE-DONE-1-SHOULD': {
    'send-after-complete': row('Send Message is served after Complete.').by(
      skip('checkOpen', ({ action }) => action === 'sendmessage'),
    ),
    'send-after-complete-crash': row('Send Message after Complete is answered by HTTP 500.').by(
      instead('refuse', (usual, { action }, { kind }) =>
        kind === 'ended' && action === 'sendmessage' ? jsonAnswer(500, { statusCode: 2 }) : usual(),
      ),
    ),
    'send-after-complete-stored': row('Send Message after Complete is refused, and the text shows all the same.').by(
      instead('checkOpen', (usual, call, chat) => {
        if (chat.isEnded && call.action === 'sendmessage')
          call.behaviour.say(call, chat, call.behaviour.readText(call, 'text'));
        usual();
      }),
    ),
  },
});

/** Texts of Send Message are stored otherwise than they were sent. */
function changed(sentence: string, change: (text: string) => string) {
  return row(sentence).by(instead('say', (usual, call, chat, text) => usual(call, chat, change(text))));
}

function latin(text: string): string {
  return text.replace(/[\u0100-\uffff]/g, '?');
}

function previewed(event: Event): Event {
  return event.text === undefined ? event : { ...event, text: `${event.text.slice(0, 10)}…` };
}

/** Something else shows of one kind of typing; `show` is a line of the client. */
function typed(
  kind: 'TypingStarted' | 'TypingStopped',
  put: (show: (type: string, text: string | undefined) => void, text: string | undefined, chat: Chat) => void,
): GenesysBehave {
  return instead('type', (usual, call, chat, type, text) =>
    type === kind
      ? put((shown, said) => call.behaviour.append(call, chat, chat.client, shown, said), text, chat)
      : usual(),
  );
}

/** Events of the client that show the nickname under which it joined. */
function joinedName(
  isMeant: (from: Event['from'], type: string, text: string | undefined, chat: Chat) => boolean,
): GenesysBehave {
  return instead('append', (usual, call, chat, from, type, text) => {
    if (from.type !== 'Client' || !isMeant(from, type, text, chat)) return usual();
    usual(call, chat, { ...from, nickname: chat.events[0]?.from.nickname ?? from.nickname }, type, text);
  });
}

function notice(call: Call, chat: Chat, text: string): void {
  call.behaviour.append(call, chat, chat.client, 'Notice', text);
}

function isEmpty({ messages }: { messages: readonly Event[] }): boolean {
  return messages.length === 0;
}
