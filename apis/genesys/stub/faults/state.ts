import { jsonAnswer } from '../../../../src/stub/answer.js';
import type { GenesysBehaviour } from '../behaviour/index.js';
import { type Chat, type Event, Refusal } from '../model.js';
import { fault, type GenesysFault } from '../mutation.js';

/** A way in which texts of Send Message are stored otherwise than they were sent. */
function changedText(id: string, sentence: string, change: (text: string) => string): GenesysFault {
  return fault({
    id: `genesys-text-${id}`,
    action: 'sendmessage',
    requirement: 'GE-MSG-6',
    sentence,
    behave: (base) => ({ say: (call, chat, text) => base.say(call, chat, change(text)) }),
  });
}

const texts: readonly GenesysFault[] = [
  changedText('trimmed', 'White space around a text is taken away.', (text) => text.trim()),
  changedText('escaped', 'Markup in a text is escaped for HTML.', (text) =>
    text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
  ),
  changedText('tags-stripped', 'Tags are taken out of a text.', (text) => text.replace(/<[^>]*>/g, '')),
  changedText('cut-at-255', 'A text is cut at 255 characters.', (text) => text.slice(0, 255)),
  changedText('cut-at-1000', 'A text is cut at 1000 characters.', (text) => text.slice(0, 1000)),
  changedText('cut-at-4096-bytes', 'A text is cut at 4096 bytes of UTF-8.', (text) =>
    new TextDecoder().decode(Buffer.from(text).subarray(0, 4096)),
  ),
  changedText('normalised', 'The Unicode of a text is normalised.', (text) => text.normalize('NFC')),
  changedText('emoji-lost', 'Characters beyond the basic plane are lost.', (text) =>
    text.replace(/[\u{10000}-\u{10FFFF}]/gu, '?'),
  ),
  changedText('latin', 'Letters beyond Latin become question marks.', (text) => text.replace(/[\u0100-\uffff]/g, '?')),
  changedText('form-decoded', 'A plus sign in a text becomes a space.', (text) => text.replaceAll('+', ' ')),
  changedText('unescaped', 'Backslashes in a text are taken for escapes.', (text) => text.replace(/\\(.)/g, '$1')),
  changedText('line-ends', 'Line ends in a text become line feeds.', (text) => text.replace(/\r\n/g, '\n')),
  changedText('linked', 'Addresses in a text become links.', (text) =>
    text.replace(/https?:\/\/\S+/g, (url) => `<a href="${url}">${url}</a>`),
  ),
  changedText('smileys', 'Smileys in a text become emoji.', (text) => text.replace(/:-\)|:smile:/g, '🙂')),
  changedText('zero-width-lost', 'Invisible characters are taken out of a text.', (text) =>
    text.replace(/[\u200b\ufeff\u202e]/g, ''),
  ),
];

function isShown({ events }: Chat, text: string): boolean {
  return events.some((event) => event.type === 'Message' && event.text === text);
}

export const stateFaults: readonly GenesysFault[] = [
  ...texts,
  fault({
    id: 'genesys-text-of-external',
    action: 'sendmessage',
    requirement: 'GE-MSG-6',
    sentence: 'A text of the client shows as one of the External participant.',
    behave: (base) => ({ say: (call, chat, text) => base.append(call, chat, base.external(), 'Message', text) }),
  }),
  fault({
    id: 'genesys-text-once-only',
    action: 'sendmessage',
    requirement: 'GE-MSG-6',
    sentence: 'A text that was sent before is taken for a repetition and dropped.',
    behave: (base) => ({
      say(call, chat, text) {
        if (!isShown(chat, text)) base.say(call, chat, text);
      },
    }),
  }),
  fault({
    id: 'genesys-text-with-type-lost',
    action: 'sendmessage',
    requirement: 'GE-MSG-6',
    sentence: 'A text that comes with a messageType does not show.',
    behave: (base) => ({
      say(call, chat, text) {
        if (call.body.messageType === undefined) base.say(call, chat, text);
      },
    }),
  }),
  fault({
    id: 'genesys-text-twice',
    action: 'sendmessage',
    requirement: 'GE-MSG-6',
    sentence: 'Every eighth text shows twice.',
    behave: (base) => ({
      say(call, chat, text) {
        base.say(call, chat, text);
        if (call.count % 8 === 0) base.say(call, chat, text);
      },
    }),
  }),
  fault({
    id: 'genesys-text-lost',
    action: 'sendmessage',
    requirement: 'GE-MSG-6',
    sentence: 'Every eleventh text is answered with success and lost.',
    behave: (base) => ({
      say(call, chat, text) {
        if (call.count % 11 !== 0) base.say(call, chat, text);
      },
    }),
  }),
  fault({
    id: 'genesys-edited-on-later-reads',
    action: 'getmessages',
    requirement: 'GE-MSG-4',
    sentence: 'From the third read on, texts are shortened to a preview.',
    behave: (base) => ({
      eventsOf(call, chat) {
        const key = `genesys-edited-on-later-reads ${chat.id}`;
        const reads = ((call.state.notes.get(key) as number | undefined) ?? 0) + 1;
        call.state.notes.set(key, reads);
        return base
          .eventsOf(call, chat)
          .map(
            (event): Event =>
              reads > 3 && event.text !== undefined ? { ...event, text: `${event.text.slice(0, 10)}…` } : event,
          );
      },
    }),
  }),
  fault({
    id: 'genesys-rename-rewrites-history',
    action: 'updatenickname',
    requirement: 'GE-MSG-4',
    sentence: 'A new nickname shows on earlier events too.',
    behave: (base) => ({
      rename(call, chat, nickname) {
        base.rename(call, chat, nickname);
        for (const { from } of chat.events.filter((event) => event.from.type === 'Client')) from.nickname = nickname;
      },
    }),
  }),
  fault({
    id: 'genesys-typing-forgotten',
    action: 'getmessages',
    requirement: 'GE-MSG-4',
    sentence: 'Typing is taken out of the transcript when a text follows, and what is behind moves up.',
    behave: (base) => ({
      say(call, chat, text) {
        chat.events = chat.events
          .filter(({ type }) => type !== 'TypingStarted')
          .map((event, i) => ({ ...event, index: i + 1 }));
        base.say(call, chat, text);
      },
    }),
  }),
  fault({
    id: 'genesys-ended-early',
    action: 'getmessages',
    requirement: 'GE-MSG-8',
    sentence: 'chatEnded is true until the first text of the client.',
    behave: (base) => ({
      showEnded: (call, chat) =>
        base.showEnded(call, chat) === true ||
        !chat.events.some(({ from, type }) => from.type === 'Client' && type === 'Message'),
    }),
  }),
  fault({
    id: 'genesys-ended-when-nothing-new',
    action: 'getmessages',
    requirement: 'GE-MSG-8',
    sentence: 'A poll that finds nothing new says that the chat is over.',
    answer: (answer) => {
      const body = answer.body as { messages?: unknown };
      return Array.isArray(body.messages) && body.messages.length === 0
        ? { ...answer, body: { ...body, chatEnded: true } }
        : answer;
    },
  }),
  fault({
    id: 'genesys-over-untold-when-nothing-new',
    action: 'getmessages',
    requirement: 'GE-MSG-8',
    sentence: 'After Complete, chatEnded is false where no event is answered.',
    behave: (base) => ({
      showEnded(call, chat) {
        const position = Number(call.body.transcriptPosition ?? 1);
        return base.showEnded(call, chat) && position <= chat.events.length;
      },
    }),
  }),
  fault({
    id: 'genesys-silent-chat-stays-open',
    action: 'complete',
    requirement: 'GE-MSG-8',
    sentence: 'Complete is served and does nothing where the client has not said a word.',
    behave: (base) => ({
      end(call, chat) {
        if (chat.events.some(({ from, type }) => from.type === 'Client' && type === 'Message')) base.end(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-never-ended',
    action: 'getmessages',
    requirement: 'GE-MSG-8',
    sentence: 'chatEnded stays false after Complete.',
    behave: () => ({ showEnded: () => false }),
  }),
  fault({
    id: 'genesys-over-recoverable',
    action: 'getmessages',
    requirement: 'GE-MSG-8',
    sentence: 'After Complete, Get Messages answers statusCode 1, as if it were worth another try.',
    behave: (base) => ({
      checkOpen(call, chat) {
        if (chat.isEnded) throw new Refusal('ended', 'The chat is over');
        base.checkOpen(call, chat);
      },
      refuse: (call, refusal) =>
        refusal.kind === 'ended' && call.action === 'getmessages'
          ? { ...base.refuse(call, refusal), body: { statusCode: 1 } }
          : base.refuse(call, refusal),
    }),
  }),
  fault({
    id: 'genesys-complete-ends-all',
    action: 'complete',
    requirement: 'GE-MSG-8',
    sentence: 'Complete ends every chat of the nickname.',
    behave: (base) => ({
      end(call, chat) {
        base.end(call, chat);
        for (const other of call.state.chats.slice(-2)) base.end(call, other);
      },
    }),
  }),
  ...(
    [
      ['starttyping', 'GE-TYPE-1-START', 'TypingStarted', 'start'],
      ['stoptyping', 'GE-TYPE-1-STOP', 'TypingStopped', 'stop'],
    ] as const
  ).flatMap(([action, requirement, type, word]) => [
    fault({
      id: `genesys-${action}-hidden`,
      action,
      requirement,
      sentence: `A ${word} of typing does not show in the transcript.`,
      behave: (base) => typed(base, type, () => undefined),
    }),
    fault({
      id: `genesys-${action}-text-lost`,
      action,
      requirement,
      sentence: `A ${word} of typing shows without its text.`,
      behave: (base) => typed(base, type, (call, chat) => base.append(call, chat, chat.client, type)),
    }),
  ]),
  fault({
    id: 'genesys-stop-as-message-too',
    action: 'stoptyping',
    requirement: 'GE-TYPE-1-STOP',
    sentence: 'The text of a stop of typing shows as a Message too.',
    behave: (base) =>
      typed(base, 'TypingStopped', (call, chat, text) => {
        base.append(call, chat, chat.client, 'TypingStopped', text);
        if (text !== undefined) base.append(call, chat, chat.client, 'Message', text);
      }),
  }),
  fault({
    id: 'genesys-stop-with-text-of-start',
    action: 'stoptyping',
    requirement: 'GE-TYPE-1-STOP',
    sentence: 'A stop of typing shows the text of the start before it.',
    behave: (base) =>
      typed(base, 'TypingStopped', (call, chat, text) => {
        const start = chat.events.findLast(({ type }) => type === 'TypingStarted');
        base.append(call, chat, chat.client, 'TypingStopped', start?.text ?? text);
      }),
  }),
  fault({
    id: 'genesys-stop-shows-as-start',
    action: 'stoptyping',
    requirement: 'GE-TYPE-1-STOP',
    sentence: 'A stop of typing shows as a start.',
    behave: (base) =>
      typed(base, 'TypingStopped', (call, chat, text) => base.append(call, chat, chat.client, 'TypingStarted', text)),
  }),
  fault({
    id: 'genesys-nickname-in-notice-only',
    action: 'updatenickname',
    requirement: 'GE-NICK-1',
    sentence: 'The new nickname shows in its Notice and nowhere else.',
    behave: (base) => ({ rename: (call, chat, nickname) => base.append(call, chat, chat.client, 'Notice', nickname) }),
  }),
  fault({
    id: 'genesys-nickname-on-messages-only',
    action: 'updatenickname',
    requirement: 'GE-NICK-1',
    sentence: 'Typing and pushed URLs go on under the nickname of the beginning.',
    behave: (base) => ({
      append: (call, chat, from, type, text) =>
        base.append(
          call,
          chat,
          from.type === 'Client' && type !== 'Message' && text !== from.nickname
            ? { ...from, nickname: chat.events[0]?.from.nickname ?? from.nickname }
            : from,
          type,
          text,
        ),
    }),
  }),
  fault({
    id: 'genesys-nickname-for-one-text',
    action: 'updatenickname',
    requirement: 'GE-NICK-1',
    sentence: 'The new nickname is forgotten after one more text, until something else happens.',
    behave: (base) => ({
      append(call, chat, from, type, text) {
        const isSecond = chat.events.findLast((event) => event.from.type === 'Client')?.type === 'Message';
        const forgets = from.type === 'Client' && type === 'Message' && isSecond;
        const nickname = forgets ? (chat.events[0]?.from.nickname ?? from.nickname) : from.nickname;
        base.append(call, chat, { ...from, nickname }, type, text);
      },
    }),
  }),
  fault({
    id: 'genesys-nickname-first-change-only',
    action: 'updatenickname',
    requirement: 'GE-NICK-1',
    sentence: 'Only the first change of the nickname counts.',
    behave: (base) => ({
      rename(call, chat, nickname) {
        const isFirst = chat.client.nickname === chat.events[0]?.from.nickname;
        base.rename(call, isFirst ? chat : { ...chat, client: { ...chat.client } }, nickname);
      },
    }),
  }),
  fault({
    id: 'genesys-nickname-latin',
    action: 'updatenickname',
    requirement: 'GE-NICK-1',
    sentence: 'Letters of a nickname beyond Latin become question marks.',
    behave: (base) => ({
      rename: (call, chat, nickname) => base.rename(call, chat, nickname.replace(/[\u0100-\uffff]/g, '?')),
    }),
  }),
  fault({
    id: 'genesys-nickname-of-namesakes',
    action: 'updatenickname',
    requirement: 'GE-NICK-1',
    sentence: 'All clients who bear the old nickname get the new one.',
    behave: (base) => ({
      rename(call, chat, nickname) {
        const old = chat.client.nickname;
        for (const { client } of call.state.chats) if (client.nickname === old) client.nickname = nickname;
        base.rename(call, chat, nickname);
      },
    }),
  }),
  fault({
    id: 'genesys-notice-of-old-nickname',
    action: 'updatenickname',
    requirement: 'GE-NICK-1-SHOULD',
    sentence: 'The Notice of a changed nickname holds the old one.',
    behave: (base) => ({
      rename(call, chat, nickname) {
        base.append(call, chat, chat.client, 'Notice', chat.client.nickname);
        chat.client.nickname = nickname;
      },
    }),
  }),
  fault({
    id: 'genesys-notice-twice',
    action: 'updatenickname',
    requirement: 'GE-NICK-1-SHOULD',
    sentence: 'A changed nickname shows two Notices.',
    behave: (base) => ({
      rename(call, chat, nickname) {
        for (let i = 0; i < 2; i++) base.rename(call, chat, nickname);
      },
    }),
  }),
  fault({
    id: 'genesys-nickname-without-notice',
    action: 'updatenickname',
    requirement: 'GE-NICK-1-SHOULD',
    sentence: 'A changed nickname shows no Notice.',
    behave: () => ({
      rename(_call, chat, nickname) {
        chat.client.nickname = nickname;
      },
    }),
  }),
  fault({
    id: 'genesys-url-hidden',
    action: 'sendurl',
    requirement: 'GE-URL-1',
    sentence: 'A pushed URL does not show in the transcript.',
    behave: () => ({ push: () => {} }),
  }),
  fault({
    id: 'genesys-url-as-message',
    action: 'sendurl',
    requirement: 'GE-URL-1',
    sentence: 'A pushed URL shows as a Message.',
    behave: (base) => ({ push: (call, chat, url) => base.append(call, chat, chat.client, 'Message', url) }),
  }),
  fault({
    id: 'genesys-url-decoded',
    action: 'sendurl',
    requirement: 'GE-URL-1',
    sentence: 'A pushed URL shows with its escapes decoded.',
    behave: (base) => ({ push: (call, chat, url) => base.push(call, chat, decodeURI(url)) }),
  }),
  fault({
    id: 'genesys-url-without-fragment',
    action: 'sendurl',
    requirement: 'GE-URL-1',
    sentence: 'A pushed URL loses its fragment.',
    behave: (base) => ({ push: (call, chat, url) => base.push(call, chat, url.split('#')[0] ?? url) }),
  }),
  fault({
    id: 'genesys-complete-refused',
    action: 'complete',
    requirement: 'GE-DONE-1',
    sentence: 'Complete ends the chat and answers statusCode 2.',
    answer: (answer) => ({ ...answer, body: { statusCode: 2 } }),
  }),
  fault({
    id: 'genesys-complete-needs-a-text',
    action: 'complete',
    requirement: 'GE-DONE-1',
    sentence: 'A chat in which nothing was said cannot be completed.',
    behave: (base) => ({
      end(call, chat) {
        if (!chat.events.some(({ from, type }) => from.type === 'Client' && type === 'Message'))
          throw new Refusal('input', 'Nothing was said');
        base.end(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-send-after-complete',
    action: 'complete',
    requirement: 'GE-DONE-1-SHOULD',
    sentence: 'Send Message is served after Complete.',
    behave: (base) => ({
      checkOpen(call, chat) {
        if (call.action !== 'sendmessage') base.checkOpen(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-send-after-complete-crash',
    action: 'complete',
    requirement: 'GE-DONE-1-SHOULD',
    sentence: 'Send Message after Complete is answered by HTTP 500.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.kind === 'ended' && call.action === 'sendmessage'
          ? jsonAnswer(500, { statusCode: 2 })
          : base.refuse(call, refusal),
    }),
  }),
  fault({
    id: 'genesys-send-after-complete-stored',
    action: 'complete',
    requirement: 'GE-DONE-1-SHOULD',
    sentence: 'Send Message after Complete is refused, and the text shows all the same.',
    behave: (base) => ({
      checkOpen(call, chat) {
        if (chat.isEnded && call.action === 'sendmessage') base.say(call, chat, base.readText(call, 'text'));
        base.checkOpen(call, chat);
      },
    }),
  }),
];

type Typed = GenesysBehaviour['type'];

function typed(
  base: GenesysBehaviour,
  type: Parameters<Typed>[2],
  instead: (...args: [Parameters<Typed>[0], Chat, string | undefined]) => void,
): Partial<GenesysBehaviour> {
  return {
    type: (call, chat, which, text) =>
      which === type ? instead(call, chat, text) : base.type(call, chat, which, text),
  };
}
