import { contentType, htmlAnswer, httpStatus, jsonAnswer } from '../../../src/stub/answer.js';
import { inAnswersOf, onAnswer, onSuccess } from '../../../src/stub/mutation.js';
import { change, drop, set, turnMembers, where } from '../../../src/stub/operators.js';
import { md5 } from '../../../src/stub/random.js';
import type { Call } from './call.js';
import { type Event, type Json, type Participant, Refusal, type RefusalKind } from './model.js';
import { type GenesysBehave, instead, on, onAll, row, skip, together, variantsOf, warns } from './rows.js';

const AGENT: Participant = { nickname: 'Agent Smith', participantId: 3, type: 'Agent' };
const NAMESAKE: Participant = { ...AGENT, participantId: 5 };

/** Conforming servers that differ from the ordinary stub; a suite that accuses one of a MUST is wrong. */
export const variants = variantsOf({
  'GE-MSG-2': {
    'nobody-else': row('Nobody else ever joins a chat.').by(
      together(
        skip('arrive', () => true),
        skip('interject', () => true),
      ),
    ),
    'texts-rationed': on
      .sendmessage('More than eighty texts a second into one chat are answered with statusCode 1.')
      .by(
        together(
          instead('say', (usual, call, { events }) => {
            const since = call.behaviour.now(call) - 1000;
            const recent = events.filter(({ from, utcTime }) => from.type === 'Client' && utcTime > since);
            if (recent.length >= 80) throw new Refusal('input', 'Not so fast');
            usual();
          }),
          recoverable('Not so fast'),
        ),
      ),
    'events-slow': row('Events come to show one after the other, each a while after the one before it.').by(
      instead('eventsOf', (usual, call) => {
        let free = 0;
        return usual().filter(({ index, utcTime }) => {
          free = Math.max(free, utcTime) + (index === 1 ? 0 : 25);
          return index === 1 || call.behaviour.now(call) >= free;
        });
      }),
    ),
  },
  'GE-MSG-3': {
    'agent-joins': row('An Agent joins each chat at once, writes, types, and answers each event of the client.').by(
      together(
        instead('arrive', (usual, call, chat) => {
          usual();
          call.behaviour.append(call, chat, AGENT, 'ParticipantJoined');
          call.behaviour.append(call, chat, AGENT, 'Message', 'How can I help?');
        }),
        instead('interject', (_usual, call, chat) => {
          call.behaviour.append(call, chat, AGENT, 'TypingStarted');
          call.behaviour.append(call, chat, AGENT, 'TypingStopped');
          call.behaviour.append(call, chat, AGENT, 'Message', 'I see.');
        }),
      ),
    ),
    'others-leave': warns(
      ['GE-MSG-12'],
      row('The External participant leaves when an Agent has come; kinds of events show that no example has.').by(
        instead('arrive', (usual, call, chat) => {
          usual();
          call.behaviour.append(call, chat, AGENT, 'ParticipantJoined');
          call.behaviour.append(call, chat, call.behaviour.external(), 'ParticipantLeft');
          call.behaviour.append(call, chat, AGENT, 'FileUploaded', '');
        }),
      ),
    ),
  },
  'GE-MSG-11': {
    'agents-alike': row('Two Agents of one nickname join each chat and write in turn; one of them joins again.').by(
      together(
        instead('arrive', (usual, call, chat) => {
          usual();
          for (const agent of [AGENT, NAMESAKE]) call.behaviour.append(call, chat, agent, 'ParticipantJoined');
          call.behaviour.append(call, chat, NAMESAKE, 'ParticipantLeft');
          call.behaviour.append(call, chat, NAMESAKE, 'ParticipantRejoined');
        }),
        instead('interject', (_usual, call, chat) => {
          for (const agent of [AGENT, NAMESAKE]) call.behaviour.append(call, chat, agent, 'Message', 'I see.');
        }),
      ),
    ),
    'agents-in-turn': row('An Agent hands over to another one and leaves, then a transcript is said to be kept.').by(
      instead('arrive', (usual, call, chat) => {
        usual();
        const { append } = call.behaviour;
        append(call, chat, AGENT, 'ParticipantJoined');
        append(call, chat, { ...AGENT, nickname: 'Agent Jones', participantId: 4 }, 'ParticipantJoined');
        append(call, chat, AGENT, 'ParticipantLeft');
        append(call, chat, call.behaviour.external(), 'TranscriptSaveDone');
      }),
    ),
    'externals-unannounced': row('Notices of the server come from a participant who never joined.').by(
      instead('arrive', (usual, call, chat) => {
        usual();
        call.behaviour.append(call, chat, { nickname: '', participantId: 0, type: 'External' }, 'Notice', 'Hello.');
      }),
    ),
  },
  'GE-MSG-5': {
    'times-in-whole-seconds': row('utcTime is cut to the second, so that neighbours share it.').by(
      instead('stamp', (usual) => Math.floor(usual() / 1000) * 1000),
    ),
    'clock-ahead': row('The clock of the server is a minute ahead.').by(instead('now', (usual) => usual() + 60_000)),
  },
  'GE-MSG-6': {
    'events-late': on.getmessages('An event shows a tenth of a second after its call was answered.').by(
      instead('eventsOf', (usual, call) => {
        // One moment for all of them, or a later event might show before an earlier one.
        const now = call.behaviour.now(call);
        return usual().filter(({ index, utcTime }) => index === 1 || now - utcTime > 100);
      }),
    ),
    'large-text-refused': row('Texts of more than 8 KiB are refused.').by(instead('largestText', () => 8 * 1024)),
  },
  'GE-MSG-7': {
    'others-at-any-time': row('Somebody writes into every open chat before each call.').by(
      instead('before', (_usual, call) => {
        for (const chat of call.state.chats.filter(({ isEnded }) => !isEnded))
          call.behaviour.append(call, chat, call.behaviour.external(), 'Message', `call ${call.total}`);
      }),
    ),
    'beyond-null': warns(
      ['GE-MSG-7-SHOULD'],
      row('From beyond the last event, messages is null.').by(where('/messages', isEmpty, set('', null))),
    ),
    'beyond-missing': warns(
      ['GE-MSG-7-SHOULD'],
      row('From beyond the last event, messages is left out.').by(where('/messages', isEmpty, drop(''))),
    ),
    'beyond-refused': warns(
      ['GE-MSG-7-SHOULD'],
      row('A read from beyond the last event is refused.').by(
        instead('since', (usual) => {
          const found = usual();
          if (found.length === 0) throw new Refusal('input', 'There is nothing new');
          return found;
        }),
      ),
    ),
  },
  'GE-MSG-8': {
    'over-refused': row('After Complete, the transcript is refused with statusCode 2.').by(
      instead('checkOpen', (_usual, _call, { isEnded }) => {
        if (isEnded) throw new Refusal('ended', 'The chat is over');
      }),
    ),
    'over-gone': row('After Complete, the chat is gone: HTTP 404 with a page in HTML.').by(
      together(
        instead('chatOf', (usual) => {
          const chat = usual();
          if (chat.isEnded) throw new Refusal('chat', 'There is no such chat');
          return chat;
        }),
        instead('refuse', (usual, _call, { kind, message }) => (kind === 'chat' ? htmlAnswer(404, message) : usual())),
      ),
    ),
  },
  'GE-MSG-9': {
    'words-of-its-own': warns(
      ['GE-NICK-1-SHOULD', 'GE-URL-1'],
      row('Those who join, and Notices, come with a sentence of the server.').by(
        instead('append', (usual, call, chat, from, type, text) => {
          const joined = type === 'ParticipantJoined' ? `${from.nickname} has joined the conversation` : text;
          usual(call, chat, from, type, type === 'Notice' ? `The client has changed something: ${text}` : joined);
        }),
      ),
    ),
    'agent-quotes': row('An Agent quotes what the client of the chat said last, in full and in part.').by(
      instead('interject', (_usual, call, chat) => {
        const said = chat.events.findLast(({ from }) => from.type === 'Client')?.text ?? '';
        call.behaviour.append(call, chat, AGENT, 'Message', `You said: ${said}`);
        call.behaviour.append(call, chat, AGENT, 'Message', said.slice(0, 24));
      }),
    ),
  },
  'GE-MSG-10': {
    'positions-clamped': row(
      'A transcriptPosition below 1 is read as 1, a string as the number it holds or else as 1.',
    ).by(
      instead('readPosition', (usual, call) => {
        const number = Math.trunc(Number(call.body.transcriptPosition ?? 1));
        call.body = { ...call.body, transcriptPosition: Math.min(Number.MAX_SAFE_INTEGER, Math.max(1, number || 1)) };
        return usual();
      }),
    ),
    'position-huge-clamped': row('A huge transcriptPosition is read as the last one.').by(
      instead('readPosition', (usual, { body: { transcriptPosition }, chat }) =>
        typeof transcriptPosition === 'number' && transcriptPosition > 1_000_000 ? (chat?.events.length ?? 1) : usual(),
      ),
    ),
  },
  'GE-TYPE-1-START': {
    'typing-hidden': warns(
      ['GE-TYPE-1-START', 'GE-TYPE-1-STOP'],
      row('Typing does not show in the own transcript.').by(skip('type', () => true)),
    ),
  },
  'GE-NICK-1': {
    'no-notices': warns(
      ['GE-NICK-1-SHOULD', 'GE-URL-1'],
      row('Neither a changed nickname nor a pushed URL shows as a Notice.').by(
        together(
          instead('rename', (_usual, _call, { client }, nickname) => {
            client.nickname = nickname;
          }),
          skip('push', () => true),
        ),
      ),
    ),
    'notice-under-old-name': row('The Notice of a changed nickname comes under the old one.').by(
      instead('rename', (_usual, call, chat, nickname) => {
        call.behaviour.append(call, chat, chat.client, 'Notice', nickname);
        chat.client.nickname = nickname;
      }),
    ),
  },
  'GE-DONE-1': {
    'complete-twice': row('Complete is served however often it comes.').by(
      skip('checkOpen', ({ action }) => action === 'complete'),
    ),
  },
  'GE-REQ-1': {
    'chatid-odd': row('Chat ids hold characters that mean something in addresses, and letters beyond ASCII.').by(
      instead('chatId', (_usual, _call, number) => `~chat:${number}@é (50%)+#?&=;`),
    ),
    'chatid-digits': row('Chat ids are small numbers.').by(
      instead('chatId', (_usual, _call, number) => String(number)),
    ),
  },
  'GE-REQ-2': {
    'request-answers-all': row('Request Chat also answers what others did at once.').by(
      instead('firstEvents', (_usual, _call, { events }) => events.length),
    ),
  },
  'GE-REQ-3': {
    'few-chats': onAll('No more than six chats may be open; who asks for another is answered with statusCode 1.').by(
      together(
        instead('open', (usual, { state }) => {
          if (state.chats.filter(({ isEnded }) => !isEnded).length >= 6) throw new Refusal('input', 'Full');
          return usual();
        }),
        recoverable('Full'),
      ),
    ),
    'key-long': warns(
      ['GE-REQ-3-SHOULD'],
      row('The secureKey is a UUID.').by(instead('secureKey', (usual) => `${usual()}-${md5(usual()).slice(0, 19)}`)),
    ),
  },
  'GE-COM-1': {
    'refusals-html': row('Refusals are HTML pages with the HTTP status of their reason.').by(
      instead('refuse', (_usual, _call, { kind, message }) => htmlAnswer(STATUS_OF[kind], message)),
    ),
    'extra-members': row(
      'Every object of every answer has members that no page documents, and they change from one answer to the next.',
    ).by(onAnswer(change('', (body, { total }: Call) => withExtras(body, total)))),
    'content-type-charset': row('The content type is written Application/JSON;charset=UTF-8.').by(
      onAnswer(contentType('Application/JSON;charset=UTF-8')),
    ),
    'json-members-turned': row('The members of every JSON object come in another order in each answer.').by(
      onAnswer(turnMembers),
    ),
    'json-pretty': row('The JSON is laid out over lines, with characters beyond ASCII escaped.').by(
      onAnswer((answer) => ({ ...answer, write: (body) => escaped(JSON.stringify(body, null, 2)) })),
    ),
    created: warns(
      ['GE-COM-1-SHOULD'],
      on.requestchat('Request Chat answers HTTP 201.').by(onSuccess(httpStatus(201))),
    ),
    'participants-odd': warns(
      ['GE-COM-1-FROM-SHOULD'],
      on.getmessages('Participants have ids such as 0 and -7, and the other one is a Bot.').by(
        inAnswersOf(
          ['requestchat', 'getmessages'],
          change('/messages/*/from', (from: Participant) =>
            from.type === 'Client' ? { ...from, participantId: 0 } : { ...from, participantId: -7, type: 'Bot' },
          ),
        ),
      ),
    ),
    slow: row('Each answer takes 15 ms.').by(onAnswer((answer) => ({ ...answer, delayMs: 15 }))),
  },
  'GE-COM-2': {
    'refusals-recoverable': row('Refusals have statusCode 1 and say why.').by(
      instead('refuse', (_usual, _call, { message }) =>
        jsonAnswer(200, { statusCode: 1, errors: [{ advice: message }] }),
      ),
    ),
    'try-again': row(
      'Every ninth call is not carried out but answered with statusCode 1, and served when it comes again.',
    ).by((base) => {
      const busy = new Set<string>();
      return together(
        instead('checkMethod', (usual, { request, total }) => {
          usual();
          const key = `${request.url.pathname} ${request.text}`;
          const isSecondTry = busy.delete(key);
          if (isSecondTry || total % 9 !== 0) return;
          busy.add(key);
          throw new Refusal('method', 'Busy');
        }),
        recoverable('Busy'),
      )(base);
    }),
  },
  'GE-COM-3': {
    'complete-envelope': on
      .complete('Complete answers empty members beside its statusCode, and others leave at the end.')
      .by({
        behave: instead('end', (usual, call, chat) => {
          call.behaviour.append(call, chat, call.behaviour.external(), 'ParticipantLeft');
          usual();
        }),
        mutation: onSuccess(
          change('', (body: Json) => ({ ...body, alias: '', tenantName: '', userId: '', secureKey: '' })),
        ),
      }),
    'alias-same': on
      .requestchat('All chats have the same alias, of twenty digits.')
      .by(instead('alias', () => '00000000000000000117')),
  },
  'GE-COM-3-SHOULD': {
    'alias-changes': warns(
      ['GE-COM-3-SHOULD'],
      row('Each answer on a chat carries another alias, a word; only those that were given are known.').by((base) => {
        const given = new Map<string, Set<unknown>>();
        return {
          envelope(call, chat) {
            const alias = `chat-${call.total % 5}`;
            given.set(chat.id, (given.get(chat.id) ?? new Set()).add(alias));
            return { ...base.envelope(call, chat), alias };
          },
          checkOpen(call, chat) {
            if (!given.get(chat.id)?.has(call.body.alias)) throw new Refusal('input', 'The alias is not known');
            base.checkOpen(call, chat);
          },
        };
      }),
    ),
  },
  'GE-COM-4': {
    'identity-fresh': warns(
      ['GE-COM-4'],
      row('Each answer on a chat carries a userId and a secureKey of its own, and those of Request Chat go on.').by(
        change('', (body: Json, call: Call) =>
          call.action === 'requestchat' || call.action === 'complete' ? body : { ...body, ...freshIdentity(call) },
        ),
      ),
    ),
  },
  'GE-COM-5': {
    'chat-ends-at-wrong-key': row('A call with a wrong secureKey ends the chat for its client.').by(
      instead('checkSecureKey', (usual, call, chat) => {
        if (call.body.secureKey !== chat.secureKey) call.behaviour.end(call, chat);
        usual();
      }),
    ),
    'refusals-by-status': row('Refusals have the HTTP status of their reason: 400, 401, 404, 405, 410 or 413.').by(
      instead('refuse', (usual, _call, { kind }) => ({ ...usual(), status: STATUS_OF[kind] })),
    ),
    'refusals-with-members': row('Refusals carry an empty array of messages and the alias that was sent.').by(
      instead('refuse', (_usual, { body }) =>
        jsonAnswer(200, { statusCode: 2, messages: [], alias: body.alias, chatEnded: false }),
      ),
    ),
    'userid-of-person': on
      .requestchat('All chats of one nickname have the same userId.')
      .by(instead('userId', (usual, { body }) => md5(`person ${body.nickname}`).slice(0, usual().length))),
  },
  'GE-COM-7': {
    'large-text-served': warns(
      ['GE-COM-7'],
      on.sendmessage('Texts of up to 2 MiB are taken.').by(instead('largestText', () => 2 * 1024 * 1024)),
    ),
  },
});

const STATUS_OF: Record<RefusalKind, number> = {
  method: 405,
  body: 400,
  size: 413,
  operation: 400,
  credentials: 401,
  chat: 404,
  ended: 410,
  input: 400,
};

/** Answers statusCode 1, as if it were worth another try, where a refusal has these words. */
function recoverable(words: string): GenesysBehave {
  return instead('refuse', (usual, _call, { message }) =>
    message === words ? jsonAnswer(200, { statusCode: 1 }) : usual(),
  );
}

function isEmpty(events: readonly Event[]): boolean {
  return events.length === 0;
}

function freshIdentity(call: Call): Json {
  const hash = md5(`identity ${call.state.seed} ${call.total}`);
  return { userId: hash.slice(0, 16).toUpperCase(), secureKey: hash.slice(16) };
}

function withExtras(value: unknown, total: number): unknown {
  if (Array.isArray(value)) return value.map((item) => withExtras(item, total));
  if (typeof value !== 'object' || value === null) return value;
  const copies = Object.entries(value).map(([key, member]) => [key, withExtras(member, total)]);
  return { ...Object.fromEntries(copies), serverHint: { build: total, tags: [] } };
}

function escaped(json: string): string {
  return json.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
