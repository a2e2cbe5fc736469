import { contentType, htmlAnswer, jsonAnswer } from '../../../src/stub/answer.js';
import { inAnswersOf, onAnswer } from '../../../src/stub/mutation.js';
import { change, turnMembers } from '../../../src/stub/operators.js';
import { md5 } from '../../../src/stub/random.js';
import { type GmsAction, gmsActions } from '../actions.js';
import type { Call } from './call.js';
import { type Json, type Participant, Refusal, type RefusalKind } from './model.js';
import { type GmsBehave, instead, on, onAll, row, skip, together, variantsOf, warns } from './rows.js';

const OTHER: Participant = { nickname: 'Agent Jones', participantId: 3, type: 'Agent' };

/** Conforming servers that differ from the ordinary stub; a suite that accuses one of a MUST is wrong. */
export const variants = variantsOf({
  'GMS-COM-1': {
    'answers-bare': onAll('Answers carry nothing but a statusCode, but for those that must.').by(
      instead('envelope', (usual, { action }) => {
        const { chatEnded, ...others } = usual();
        return action === 'requestchat' ? others : action === 'refresh' ? { chatEnded } : {};
      }),
    ),
    'answers-full': onAll('Every answer carries an empty array of messages and where to go on.').by(
      instead('envelope', (usual, call, chat) => ({
        ...usual(),
        messages: [],
        nextPosition: call.behaviour.nextPosition(call, chat, []),
        userData: {},
      })),
    ),
    'extra-members': row('Every object of every answer has members that no page names, and they change each time.').by(
      onAnswer(change('', (body, { total }: Call) => withExtras(body, total))),
    ),
    'content-type-charset': row('The content type is written Application/JSON;charset=UTF-8.').by(
      onAnswer((answer, { action }) =>
        action === 'filedownload' && answer.body === ''
          ? answer
          : contentType('Application/JSON;charset=UTF-8')(answer),
      ),
    ),
    'json-members-turned': row('The members of every JSON object come in another order in each answer.').by(
      onAnswer(turnMembers),
    ),
    'messages-of-deeds': row('What the client does is answered with the event of it, without an index.').by(
      inAnswersOf(
        ['starttyping', 'stoptyping', 'pushurl', 'customnotice'],
        change('', (body: Json, { chat }: Call) => {
          const { index: _index, ...last } = chat?.events.at(-1) ?? { index: 0 };
          return { ...body, messages: [last] };
        }),
      ),
    ),
  },
  'GMS-COM-1-FROM-SHOULD': {
    'supervisor-listens': row('A Supervisor and somebody External join each chat.').by(
      instead('arrive', (usual, call, chat) => {
        usual();
        for (const [i, type] of ['Supervisor', 'External'].entries())
          call.behaviour.append(call, chat, { nickname: type, participantId: 4 + i, type }, 'ParticipantJoined');
      }),
    ),
    'participants-odd': warns(
      ['GMS-COM-1-FROM-SHOULD'],
      row('The other one in each chat is a Bot, of the participantId -7.').by(
        instead('agent', () => ({ nickname: 'Robot', participantId: -7, type: 'Bot' })),
      ),
    ),
  },
  'GMS-COM-2': {
    'refusals-recoverable': row('Refusals have statusCode 1.').by(
      instead('refuse', () => jsonAnswer(200, { statusCode: 1 })),
    ),
    'try-again': row(
      'Every ninth call is not carried out but answered with statusCode 1, and served the next time.',
    ).by((base) => {
      const busy = new Set<string>();
      return together(
        instead('checkMethod', (usual, { request, total }) => {
          usual();
          const key = `${request.url.pathname} ${request.bytes.toString('latin1').replace(/-{4,}\S+/g, '')}`;
          if (busy.delete(key) || total % 9 !== 0) return;
          busy.add(key);
          throw new Refusal('method', 'Busy');
        }),
        recoverable('Busy'),
      )(base);
    }),
    'clients-alone': warns(
      [
        ...['GMS-TYPE-1-START', 'GMS-TYPE-1-STOP', 'GMS-NICK-1', 'GMS-URL-1', 'GMS-NOTE-1', 'GMS-DATA-1'],
        ...['GMS-READ-1', 'GMS-FILE-1'],
      ],
      row('Only the four actions that no client can do without are there.').by(
        instead('chatOf', (usual, { action }) => {
          const known: GmsAction | undefined = action === 'unknown' ? undefined : gmsActions[action];
          if (known?.isNeeded) return usual();
          throw new Refusal('operation', 'There is no such operation');
        }),
      ),
    ),
  },
  'GMS-COM-4': {
    'refusals-by-status': row('Refusals have the HTTP status of their reason, and error codes.').by(
      instead('refuse', (_usual, _call, { kind, message }) =>
        jsonAnswer(STATUS_OF[kind], { errors: [{ code: 8000 + STATUS_OF[kind], advice: message }] }),
      ),
    ),
    'key-wrong-chat-lives': row('A wrong secureKey is refused, and the chat goes on.').by(
      skip('end', ({ body }, { secureKey }) => body.secureKey !== secureKey),
    ),
    'refusals-with-members': row('Refusals carry an empty array of messages and the alias that was sent.').by(
      instead('refuse', (_usual, { body }) =>
        jsonAnswer(200, { statusCode: 2, messages: [], alias: body.alias, chatEnded: false }),
      ),
    ),
  },
  'GMS-COM-5': {
    'userid-unread': warns(['GMS-COM-5'], row('No userId is looked at any more.').by(skip('checkUserId', () => true))),
  },
  'GMS-COM-6': {
    'large-text-served': warns(
      ['GMS-COM-6'],
      on.sendmessage('Messages of up to 2 MiB are taken.').by(instead('largestText', () => 2 * 1024 * 1024)),
    ),
  },
  'GMS-COM-7': {
    'refusals-html': warns(
      ['GMS-COM-7'],
      row('Refusals are HTML pages with the HTTP status of their reason.').by(
        instead('refuse', (_usual, _call, { kind, message }) => htmlAnswer(STATUS_OF[kind], message)),
      ),
    ),
  },
  'GMS-REQ-1': {
    'chatid-odd': row('Chat ids hold characters that mean something in addresses, and letters beyond ASCII.').by(
      instead('chatId', (_usual, _call, number) => `~chat:${number}@é (50%)+#?&=;`),
    ),
    'request-tells-all': row('Request Chat also answers what others did at once, and where to go on.').by(
      together(
        instead('firstEvents', (_usual, _call, { events }) => events.length),
        instead('envelope', (usual, call, chat) =>
          call.action === 'requestchat'
            ? { ...usual(), nextPosition: call.behaviour.nextPosition(call, chat, chat.events) }
            : usual(),
        ),
      ),
    ),
  },
  'GMS-REQ-3': {
    'nickname-empty-made': row('An empty nickname counts as none: it is made of the other names.').by(
      instead('readName', (usual, call) => {
        const { nickname, ...body } = call.body;
        return usual(String(nickname ?? '').trim() === '' ? { ...call, body } : call);
      }),
    ),
  },
  'GMS-DATA-1': {
    'nothing-said-refused': row(
      'Update Data, Custom Notice and Read Receipt are refused where they bring nothing of their own.',
    ).by(
      instead('readForm', (usual, call) => {
        const members = usual();
        const about = { updatedata: 'userData', customnotice: 'message', readreceipt: 'transcriptPosition' };
        const member = Object.entries(about).find(([action]) => action === call.action)?.[1];
        if (member !== undefined && members[member] === undefined)
          throw new Refusal('input', `The field ${member} is missing`);
        return members;
      }),
    ),
  },
  'GMS-REQ-4': {
    'few-chats': onAll('No more than six chats may be open; who asks for another is answered with statusCode 1.').by(
      together(
        instead('open', (usual, { state }) => {
          if (state.chats.filter(({ isEnded }) => !isEnded).length >= 6) throw new Refusal('input', 'Full');
          return usual();
        }),
        recoverable('Full'),
      ),
    ),
  },
  'GMS-REQ-5': {
    'parts-unread': warns(
      ['GMS-REQ-5'],
      row('Request Chat takes no form in several parts.').by(
        instead('readForm', (usual, call) => {
          const isRefused = call.action === 'requestchat' && call.request.contentType.startsWith('multipart');
          return usual(isRefused ? { ...call, form: undefined } : call);
        }),
      ),
    ),
  },
  'GMS-REF-1': {
    'agent-busy': row('An Agent joins each chat, types, writes, pushes a URL and changes the nickname in between.').by(
      together(
        instead('arrive', (usual, call, chat) => {
          usual();
          call.behaviour.append(call, chat, OTHER, 'ParticipantJoined');
        }),
        instead('interject', (_usual, call, chat) => {
          const { append } = call.behaviour;
          append(call, chat, OTHER, 'TypingStarted');
          append(call, chat, OTHER, 'Message', { text: 'I see.' });
          append(call, chat, OTHER, 'PushUrl', { text: 'http://example.test/help' });
          append(call, chat, { ...OTHER, nickname: 'Jonesy' }, 'NicknameUpdated');
        }),
      ),
    ),
    'others-leave': row('Those who were there leave, and notices of the server come between.').by(
      instead('arrive', (usual, call, chat) => {
        usual();
        const agent = call.behaviour.agent();
        call.behaviour.append(call, chat, agent, 'Notice', { text: 'transferred', userData: { to: 'queue' } });
        call.behaviour.append(call, chat, agent, 'ParticipantLeft');
      }),
    ),
  },
  'GMS-REF-3': {
    'others-at-any-time': row('Somebody writes into every open chat before each call.').by(
      instead('before', (_usual, call) => {
        for (const chat of call.state.chats.filter(({ isEnded }) => !isEnded))
          call.behaviour.append(call, chat, call.behaviour.agent(), 'Message', { text: `call ${call.total}` });
      }),
    ),
  },
  'GMS-REF-5': {
    'times-in-whole-seconds': row('utcTime is cut to the second, so that neighbours share it.').by(
      instead('stamp', (usual) => Math.floor(usual() / 1000) * 1000),
    ),
    'clock-ahead': row('The clock of the server is a minute ahead.').by(instead('now', (usual) => usual() + 60_000)),
  },
  'GMS-REF-7': {
    'messages-left-out': row('Refresh leaves messages out where there is nothing new.').by(
      inAnswersOf(
        'refresh',
        change('', ({ messages, ...body }: { messages?: unknown[] }) =>
          messages?.length === 0 ? body : { ...body, messages },
        ),
      ),
    ),
    'positions-clamped': row('A position below 1 or that is no number is read as 1, and a huge one as the next.').by(
      instead('readPosition', (usual, { body, chat }, ordinary) => {
        const { transcriptPosition: position } = body;
        if (position === undefined || position === '0') return usual();
        const number = Math.trunc(Number(position));
        return Math.max(1, Math.min((chat?.events.length ?? 0) + 1, number || 1)) || ordinary;
      }),
    ),
  },
  'GMS-SEND-1': {
    'events-late': on.refresh('An event shows a tenth of a second after its call was answered.').by(
      instead('eventsOf', (usual, call) => {
        if (call.action === 'sendmessage') return usual();
        // One moment for all of them, or a later event might show before an earlier one.
        const now = call.behaviour.now(call);
        return usual().filter(({ index, utcTime }) => index === 1 || now - utcTime > 100);
      }),
    ),
    'large-text-refused': row('Messages of more than 8 KiB are refused.').by(instead('largestText', () => 8 * 1024)),
  },
  'GMS-ALIAS-1': {
    'alias-changes': row('Each answer gives another alias, a word; only those that were given are known.').by(
      (base) => {
        const given = new Map<string, Set<unknown>>();
        return {
          envelope(call, chat) {
            const alias = `chat-${call.total % 5}`;
            given.set(chat.id, (given.get(chat.id) ?? new Set()).add(alias));
            return { ...base.envelope(call, chat), alias };
          },
          checkAlias(call, chat) {
            if (!given.get(chat.id)?.has(call.body.alias)) throw new Refusal('input', 'The alias is not known');
          },
        };
      },
    ),
    'keys-renewed': row('Each answer gives another secureKey and userId; all that were given open the chat.').by(
      (base) => {
        const given = new Map<string, { userId: string; secureKey: string }[]>();
        const isGiven = ({ chatId, body }: Call, name: 'userId' | 'secureKey') =>
          given.get(chatId)?.some((values) => values[name] === body[name]) === true;
        return {
          envelope(call, chat) {
            const hash = md5(`renewed ${call.state.seed} ${call.total}`);
            const fresh = { userId: hash.slice(0, 16).toUpperCase(), secureKey: hash.slice(16) };
            given.set(chat.id, [...(given.get(chat.id) ?? []), fresh]);
            return { ...base.envelope(call, chat), ...fresh };
          },
          checkSecureKey(call, chat) {
            if (!isGiven(call, 'secureKey')) base.checkSecureKey(call, chat);
          },
          checkUserId(call, chat) {
            if (!isGiven(call, 'userId')) base.checkUserId(call, chat);
          },
        };
      },
    ),
  },
  'GMS-TYPE-1-START': {
    'typing-hidden': warns(
      ['GMS-TYPE-1-START', 'GMS-TYPE-1-STOP'],
      row('Typing does not show in the own transcript.').by(skip('type', () => true)),
    ),
  },
  'GMS-NICK-1': {
    'nickname-unsaid': row('The event of a changed nickname comes under the old one, and does not say the new one.').by(
      instead('rename', (_usual, call, chat, nickname) => {
        call.behaviour.append(call, chat, chat.client, 'NicknameUpdated');
        chat.client.nickname = nickname;
      }),
    ),
  },
  'GMS-FILE-2': {
    'upload-shows-late': row('An upload shows a little after it was answered.').by(
      instead('append', (usual, _call, _chat, _from, type) => {
        if (type === 'FileUploaded') setTimeout(usual, 30).unref();
        else usual();
      }),
    ),
    'files-tight': on.filelimits('One file of text may be sent, and had once.').by(
      instead('limits', (usual, _call, chat) => ({
        ...usual(),
        'upload-max-files': '1',
        'upload-file-types': 'doc:txt',
        'upload-max-file-size': '200',
        'download-attempts': '1',
        'used-download-attempts': String(chat.downloads),
      })),
    ),
    'files-need-agent': on.filelimits('Files may be sent only while an Agent is in the chat, and none is.').by(
      together(
        instead('limits', (usual) => ({ ...usual(), 'upload-need-agent': 'true' })),
        instead('checkFile', () => {
          throw new Refusal('limit', 'There is no Agent in the chat');
        }),
      ),
    ),
    'fileid-odd': on.fileupload('File ids hold characters that mean something in addresses.').by(
      instead('keep', (usual) => {
        const file = usual();
        return Object.assign(file, { id: `~file:${file.id}@é (50%)+#?&=;` });
      }),
    ),
  },
  'GMS-DONE-1': {
    'over-refused': row('After Disconnect, Refresh is refused with statusCode 2.').by(
      instead('checkOpen', (_usual, _call, { isEnded }) => {
        if (isEnded) throw new Refusal('ended', 'The chat is over');
      }),
    ),
    'over-gone': warns(
      ['GMS-COM-7'],
      row('After Disconnect, the chat is gone: HTTP 404 with a page in HTML.').by(
        together(
          instead('chatOf', (usual) => {
            const chat = usual();
            if (chat.isEnded) throw new Refusal('chat', 'There is no such chat');
            return chat;
          }),
          instead('refuse', (usual, _call, { kind, message }) =>
            kind === 'chat' ? htmlAnswer(404, message) : usual(),
          ),
        ),
      ),
    ),
    'over-served': row('After Disconnect, calls are answered with statusCode 0 and chatEnded true.').by(
      skip('checkOpen', () => true),
    ),
    'end-untold': row('Only Refresh says whether a chat is over.').by(
      instead('envelope', (usual, { action }) => {
        const { chatEnded, ...others } = usual();
        return action === 'refresh' ? { ...others, chatEnded } : others;
      }),
    ),
  },
});

const STATUS_OF: Record<RefusalKind, number> = {
  method: 405,
  body: 415,
  size: 413,
  service: 404,
  operation: 404,
  credentials: 401,
  chat: 404,
  file: 404,
  ended: 410,
  input: 400,
  limit: 403,
};

/** Answers statusCode 1, as if it were worth another try, where a refusal has these words. */
function recoverable(words: string): GmsBehave {
  return instead('refuse', (usual, _call, { message }) =>
    message === words ? jsonAnswer(200, { statusCode: 1 }) : usual(),
  );
}

function withExtras(value: unknown, total: number): unknown {
  if (Array.isArray(value)) return value.map((item) => withExtras(item, total));
  if (typeof value !== 'object' || value === null) return value;
  const copies = Object.entries(value).map(([key, member]) => [key, withExtras(member, total)]);
  return { ...Object.fromEntries(copies), serverHint: `build ${total}` };
}
