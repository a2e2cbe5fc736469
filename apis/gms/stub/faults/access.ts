import { jsonAnswer } from '../../../../src/stub/answer.js';
import { onRefusal } from '../../../../src/stub/mutation.js';
import { type GmsChatAction, gmsActions, gmsChatActions } from '../../actions.js';
import type { Call } from '../call.js';
import type { Chat, Event } from '../model.js';
import { faultsOf, type GmsBehave, instead, on, onEach, row, skip } from '../rows.js';

/** What some actions do, where that shows. */
const commands: Partial<Record<GmsChatAction, (call: Call, chat: Chat) => void>> = {
  sendmessage: (call, chat) => call.behaviour.say(call, chat, call.behaviour.readText(call, 'message'), undefined),
  updatenickname: (call, chat) => call.behaviour.rename(call, chat, call.behaviour.readText(call, 'nickname')),
  disconnect: (call, chat) => call.behaviour.end(call, chat),
};

export const accessFaults = faultsOf({
  'GMS-COM-4': {
    ...onEach(
      Object.keys(commands) as GmsChatAction[],
      'refused-but-done',
      (action) => `${gmsActions[action].page} without a secureKey is refused, and carried out all the same.`,
      (action) =>
        instead('checkSecureKey', (usual, call, chat) => {
          if (call.action === action && call.body.secureKey === undefined) commands[action]?.(call, chat);
          usual();
        }),
    ),
    'ended-chat-unguarded': on
      .refresh('The transcript of a chat that is over is answered to whoever knows the chatId.')
      .by(unguarded(({ action, chat }) => action === 'refresh' && chat?.isEnded === true)),
    'key-alone-of-ended-chat-accepted': on
      .sendmessage('The secureKey of a chat that is over is good for every chat, with the userId of that.')
      .by(skip('checkSecureKey', (call) => holderOf(call)?.isEnded === true)),
    ...onEach(
      gmsChatActions,
      'key-unchecked',
      (action) => `${gmsActions[action].page} serves whoever knows the chatId, whatever the secureKey.`,
      (action) => skip('checkSecureKey', (call) => call.action === action),
    ),
    'key-missing-accepted': row('A call without a secureKey is served.').by(
      skip('checkSecureKey', ({ body }) => body.secureKey === undefined),
    ),
    'key-of-another-chat-accepted': row('The secureKey of any chat opens every chat.').by(
      skip('checkSecureKey', ({ state, body }) => state.chats.some(({ secureKey }) => secureKey === body.secureKey)),
    ),
    'key-of-ended-chat-accepted': row('The values of a chat that is over open every chat.').by(
      unguarded((call) => holderOf(call)?.isEnded === true && holderOf(call)?.userId === call.body.userId),
    ),
    'key-prefix-compared': row('The secureKey is compared only as far as it was sent.').by(
      goodKey((own, sent) => own.startsWith(sent)),
    ),
    'key-last-digit-lost': row('The last digit of the secureKey is lost in a number, and not compared.').by(
      goodKey((own, sent) => own.slice(0, 15) === sent.slice(0, 15)),
    ),
    'key-in-any-case': on
      .refresh('Refresh takes the secureKey in capitals and in small letters.')
      .by(goodKey((own, sent, { action }) => action === 'refresh' && own.toLowerCase() === sent.toLowerCase())),
    'key-ends-compared': row('Only the first and the last six digits of the secureKey are compared.').by(
      goodKey((own, sent) => endsOf(own) === endsOf(sent)),
    ),
    'key-as-pattern': on
      .sendmessage('The secureKey goes into a query as a pattern, where a percent sign fits every key.')
      .by(goodKey((_own, sent) => sent === '%')),
    'key-unread-behind-the-end': on
      .refresh('A poll from behind the last event is answered before the secureKey is looked at.')
      .by(
        skip('checkSecureKey', ({ action, body }, { events }) =>
          action === 'refresh' && Number(body.transcriptPosition ?? 0) > events.length),
      ),
    'refusal-tells-key': row('Whoever leaves the secureKey out is told the right one.').by(
      instead('refuse', (usual, { body, chat }) =>
        chat === undefined || body.secureKey !== undefined
          ? usual()
          : jsonAnswer(200, { statusCode: 2, expected: chat.secureKey }),
      ),
    ),
    'refusal-with-transcript': on
      .refresh('Refresh with a wrong secureKey answers statusCode 2 beside the transcript.')
      .by(
        onRefusal((answer, { chat }) =>
          chat === undefined ? answer : { ...answer, body: { statusCode: 2, messages: chat.events } },
        ),
      ),
  },
  'GMS-COM-5': {
    ...onEach(
      ['refresh', 'sendmessage', 'fileupload'] as const satisfies readonly GmsChatAction[],
      'userid-unchecked',
      (action) => `${gmsActions[action].page} does not look at the userId.`,
      (action) => skip('checkUserId', (call) => call.action === action),
    ),
    'userid-of-any-chat': row('The userId of any chat is taken.').by(
      skip('checkUserId', ({ state, body }) => state.chats.some(({ userId }) => userId === body.userId)),
    ),
  },
  'GMS-REF-4': {
    'transcript-of-nickname': row('Clients who joined under the same nickname share a transcript.').by(
      instead('open', (usual, { state, body }) => {
        const before = state.chats.findLast(({ events }) => events[0]?.from.nickname === body.nickname);
        return Object.assign(usual(), before && { events: before.events });
      }),
    ),
    'transcript-kept-by-nickname': on
      .refresh('The longest transcript that was read under a nickname is answered to all who bear it.')
      .by((base) => {
        const kept = new Map<string, Event[]>();
        return instead('eventsOf', (usual, _call, { client }) => {
          const [own, known = []] = [usual(), kept.get(client.nickname)];
          const longest = known.length > own.length ? known : [...own];
          kept.set(client.nickname, longest);
          return longest;
        })(base);
      }),
    'typing-text-of-another-chat': on
      .stoptyping('A stop of typing without text shows the last text of typing, whatever chat it was sent in.')
      .by((base) => {
        let last: string | undefined;
        return instead('type', (usual, call, chat, type, text) => {
          last = text ?? last;
          usual(call, chat, type, last);
        })(base);
      }),
    'url-to-all-chats': on.pushurl('A pushed URL shows in every open chat.').by(
      instead('push', (usual, call, chat, url) => {
        for (const open of [chat, ...otherOpenChats(call, chat)]) usual(call, open, url);
      }),
    ),
    'texts-told-to-all-chats': on.sendmessage('In every other open chat, the Agent tells what a client wrote.').by(
      instead('say', (usual, call, chat, text) => {
        usual();
        for (const other of otherOpenChats(call, chat))
          call.behaviour.append(call, other, call.behaviour.agent(), 'Message', { text: `new: ${text}` });
      }),
    ),
  },
  'GMS-FILE-4': {
    'file-of-any-chat': row('A file is found by its id alone, in whatever chat it is.').by(
      instead('fileOf', (usual, { state, fileId }) => {
        const all = state.chats.flatMap(({ files }) => files);
        return all.find(({ id, isDeleted }) => id === fileId && !isDeleted) ?? usual();
      }),
    ),
    'file-deleted-from-any-chat': on.filedelete('File Delete finds a file by its id alone, in whatever chat it is.').by(
      instead('fileOf', (usual, { action, state, fileId }) => {
        const all = state.chats.flatMap(({ files }) => files);
        return (action === 'filedelete' && all.find(({ id }) => id === fileId)) || usual();
      }),
    ),
    'file-for-any-holder': on
      .filedownload('File Download takes the values of any open chat.')
      .by(unguarded((call) => call.action === 'filedownload' && holderOf(call)?.isEnded === false)),
  },
  'GMS-COM-7': {
    'refusal-bare': row('Refusals are HTTP 403 with an object that says nothing.').by(
      onRefusal(() => jsonAnswer(403, { message: 'no' })),
    ),
    'refusal-empty': row('Wrong keys get HTTP 401 without a body.').by(
      instead('refuse', (usual, _call, { kind }) =>
        kind === 'credentials' ? { ...jsonAnswer(401, ''), write: String } : usual(),
      ),
    ),
  },
});

/** Keys that are good although they are not the chat's own. */
function goodKey(isGood: (own: string, sent: string, call: Call) => boolean): GmsBehave {
  return skip('checkSecureKey', (call, { secureKey }) => isGood(secureKey, String(call.body.secureKey ?? ' '), call));
}

/** Neither userId nor secureKey is looked at. */
function unguarded(isMeant: (call: Call) => boolean): GmsBehave {
  return (base) => ({
    checkSecureKey(call, chat) {
      if (!isMeant(call)) base.checkSecureKey(call, chat);
    },
    checkUserId(call, chat) {
      if (!isMeant(call)) base.checkUserId(call, chat);
    },
  });
}

function endsOf(key: string): string {
  return key.slice(0, 6) + key.slice(-6) + key.length;
}

/** The chat that the key of a call is of, whatever chat it names. */
function holderOf({ state, body }: Call): Chat | undefined {
  return state.chats.find(({ secureKey }) => secureKey === body.secureKey);
}

function otherOpenChats({ state }: Call, chat: Chat): Chat[] {
  return state.chats.filter((each) => each !== chat && !each.isEnded);
}
