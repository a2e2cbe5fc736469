import { jsonAnswer } from '../../../../src/stub/answer.js';
import { onRefusal } from '../../../../src/stub/mutation.js';
import { type GenesysChatAction, genesysActions, genesysChatActions } from '../../actions.js';
import type { Call } from '../call.js';
import type { Chat, Event } from '../model.js';
import { faultsOf, type GenesysBehave, instead, on, onEach, row, skip, together } from '../rows.js';

/** What the actions do, where that shows. */
const commands: Partial<Record<GenesysChatAction, (call: Call, chat: Chat) => void>> = {
  sendmessage: (call, chat) => call.behaviour.say(call, chat, call.behaviour.readText(call, 'text')),
  starttyping: (call, chat) => call.behaviour.type(call, chat, 'TypingStarted', call.behaviour.readTyped(call)),
  stoptyping: (call, chat) => call.behaviour.type(call, chat, 'TypingStopped', call.behaviour.readTyped(call)),
  updatenickname: (call, chat) => call.behaviour.rename(call, chat, call.behaviour.readText(call, 'nickname')),
  sendurl: (call, chat) => call.behaviour.push(call, chat, call.behaviour.readText(call, 'pushUrl')),
  complete: (call, chat) => call.behaviour.end(call, chat),
};

export const accessFaults = faultsOf({
  'GE-COM-5': {
    ...onEach(
      genesysChatActions,
      'key-unchecked',
      (action) => `${genesysActions[action].page} serves whoever knows the userId, whatever the secureKey.`,
      (action) => skip('checkSecureKey', (call) => call.action === action),
    ),
    ...onEach(
      Object.keys(commands) as GenesysChatAction[],
      'refused-but-done',
      (action) => `${genesysActions[action].page} with a wrong secureKey is refused, and carried out all the same.`,
      (action) =>
        instead('checkSecureKey', (usual, call, chat) => {
          if (call.action === action && call.body.secureKey !== chat.secureKey) commands[action]?.(call, chat);
          usual();
        }),
    ),
    'key-missing-accepted': on.sendurl('Send Url serves callers who leave the secureKey out.').by(
      together(
        skip('requireMember', ({ action }, member) => action === 'sendurl' && member === 'secureKey'),
        skip('checkSecureKey', ({ action, body }) => action === 'sendurl' && body.secureKey === undefined),
      ),
    ),
    'userid-missing-accepted': on.updatenickname('Update Nickname serves callers who leave the userId out.').by(
      together(
        skip('requireMember', ({ action }, member) => action === 'updatenickname' && member === 'userId'),
        skip('checkUserId', ({ action, body }) => action === 'updatenickname' && body.userId === undefined),
      ),
    ),
    'userid-of-another-chat-accepted': on
      .getmessages('Get Messages takes the userId of any chat, as long as the secureKey is right.')
      .by(
        skip('checkUserId', ({ action, state, body }) =>
          action === 'getmessages' && state.chats.some(({ userId }) => userId === body.userId)),
      ),
    'credentials-of-another-chat-accepted': on
      .complete('Complete ends any chat for whoever has the credentials of one.')
      .by(unguarded((call) => call.action === 'complete' && holderOf(call) !== undefined)),
    'key-prefix-compared': row('The secureKey is compared only as far as it was sent.').by(
      goodKey((own, sent) => own.startsWith(sent)),
    ),
    'key-last-digit-lost': row('The last digit of the secureKey is lost in a number, and not compared.').by(
      goodKey((own, sent) => own.slice(0, 15) === sent.slice(0, 15)),
    ),
    'key-in-any-case': on
      .getmessages('Get Messages takes the secureKey in capitals and in small letters.')
      .by(goodKey((own, sent, { action }) => action === 'getmessages' && own.toLowerCase() === sent.toLowerCase())),
    'key-ends-compared': row('Only the first and the last six digits of the secureKey are compared.').by(
      goodKey((own, sent) => endsOf(own) === endsOf(sent)),
    ),
    'completed-chat-unguarded': on
      .getmessages('The transcript of a completed chat is answered to whoever knows the chatId.')
      .by(unguarded(({ action }, { isEnded }) => action === 'getmessages' && isEnded)),
    'credentials-of-completed-chat-accepted': on
      .getmessages('The userId and secureKey of a completed chat open every chat.')
      .by(unguarded((call) => holderOf(call)?.isEnded === true)),
    'key-true-accepted': on.sendmessage('The secureKey is compared loosely, so that true equals every key.').by(
      together(
        skip('checkMembers', ({ body }) => body.secureKey === true),
        skip('checkSecureKey', ({ body }) => body.secureKey === true),
      ),
    ),
    'key-unread-behind-the-end': on
      .getmessages('A poll from behind the last event is answered before the secureKey is looked at.')
      .by(
        skip('checkSecureKey', ({ action, body }, { events }) =>
          action === 'getmessages' && Number(body.transcriptPosition ?? 0) > events.length),
      ),
    'refusal-tells-key': row('Whoever leaves the secureKey out is told the right one.').by(
      instead('refuse', (usual, { body, chat }) =>
        chat === undefined || body.secureKey !== undefined
          ? usual()
          : jsonAnswer(200, { statusCode: 2, expected: chat.secureKey }),
      ),
    ),
    'refusal-with-transcript': on
      .getmessages('Get Messages with a wrong secureKey answers statusCode 2 beside the transcript.')
      .by(
        onRefusal((answer, { chat }) =>
          chat === undefined ? answer : { ...answer, body: { statusCode: 2, messages: chat.events } },
        ),
      ),
  },
  'GE-MSG-9': {
    'transcript-of-nickname': row('Clients who joined under the same nickname share a transcript.').by(
      instead('open', (usual, { state, body }) => {
        const before = state.chats.findLast(({ events }) => events[0]?.from.nickname === body.nickname);
        return Object.assign(usual(), before && { events: before.events });
      }),
    ),
    'transcript-kept-by-nickname': on
      .getmessages('The longest transcript that was read under a nickname is answered to all who bear it.')
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
    'last-event-of-another-chat': on
      .requestchat('A new chat starts with the last text of the client before it, which was not cleared away.')
      .by(
        instead('arrive', (usual, call, chat) => {
          const others = call.state.chats.slice(0, -1).flatMap(({ events }) => events);
          const left = others.findLast(({ from, text }) => from.type === 'Client' && text !== undefined);
          if (left !== undefined) call.behaviour.append(call, chat, left.from, left.type, left.text);
          usual();
        }),
      ),
    'url-to-all-chats': on.sendurl('A pushed URL shows in every open chat.').by(
      instead('push', (usual, call, chat, url) => {
        for (const open of [chat, ...otherOpenChats(call, chat)]) usual(call, open, url);
      }),
    ),
    'texts-told-to-all-chats': on
      .sendmessage('In every other open chat, the External participant tells what a client wrote.')
      .by(
        instead('say', (usual, call, chat, text) => {
          const { behaviour } = call;
          usual();
          for (const other of otherOpenChats(call, chat))
            behaviour.append(call, other, behaviour.external(), 'Message', `new: ${text}`);
        }),
      ),
  },
  'GE-COM-7': {
    'chat-by-key-alone': row('The chat is found by the secureKey, whatever the address names.').by(
      instead('chatOf', (usual, { state, chatId, body }) => {
        const isNamed = state.chats.some(({ id }) => id === chatId);
        const keyed = state.chats.find(({ secureKey }) => secureKey === body.secureKey);
        return isNamed ? usual() : (keyed ?? usual());
      }),
    ),
  },
});

/** Keys that are good although they are not the chat's own. */
function goodKey(isGood: (own: string, sent: string, call: Call) => boolean): GenesysBehave {
  return skip('checkSecureKey', (call, { secureKey }) => isGood(secureKey, String(call.body.secureKey), call));
}

/** Neither userId nor secureKey is looked at. */
function unguarded(isMeant: (call: Call, chat: Chat) => boolean): GenesysBehave {
  return together(skip('checkUserId', isMeant), skip('checkSecureKey', isMeant));
}

function endsOf(key: string): string {
  return key.slice(0, 6) + key.slice(-6) + key.length;
}

/** The chat that the credentials of a call are of, whatever chat it names. */
function holderOf({ state, body }: Call): Chat | undefined {
  return state.chats.find(({ userId, secureKey }) => userId === body.userId && secureKey === body.secureKey);
}

function otherOpenChats({ state }: Call, chat: Chat): Chat[] {
  return state.chats.filter((each) => each !== chat && !each.isEnded);
}
