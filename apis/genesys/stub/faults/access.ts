import { jsonAnswer } from '../../../../src/stub/answer.js';
import { type GenesysChatAction, genesysActions, genesysChatActions } from '../../actions.js';
import { type Call, Refusal } from '../model.js';
import { fault, type GenesysFault } from '../mutation.js';

/** A fault an action: it takes any secureKey. */
const keyUnchecked: readonly GenesysFault[] = genesysChatActions.map((action) =>
  fault({
    id: `genesys-${action}-key-unchecked`,
    action,
    requirement: 'GE-COM-5',
    sentence: `${genesysActions[action].page} serves whoever knows the userId, whatever the secureKey.`,
    behave: (base) => ({
      checkSecureKey(call, chat) {
        if (call.action !== action) base.checkSecureKey(call, chat);
      },
    }),
  }),
);

/** The actions that are refused and carried out all the same, where that shows. */
const carriedOut: readonly GenesysFault[] = (
  ['sendmessage', 'starttyping', 'stoptyping', 'updatenickname', 'sendurl', 'complete'] as const
).map((action) =>
  fault({
    id: `genesys-${action}-refused-but-done`,
    action,
    requirement: 'GE-COM-5',
    sentence: `${genesysActions[action].page} with a wrong secureKey is refused, and carried out all the same.`,
    behave: (base) => ({
      checkSecureKey(call, chat) {
        if (call.action === action && call.body.secureKey !== chat.secureKey) act(call, action);
        base.checkSecureKey(call, chat);
      },
    }),
  }),
);

export const accessFaults: readonly GenesysFault[] = [
  ...keyUnchecked,
  ...carriedOut,
  fault({
    id: 'genesys-key-missing-accepted',
    action: 'sendurl',
    requirement: 'GE-COM-5',
    sentence: 'Send Url serves callers who leave the secureKey out.',
    behave: (base) => ({
      requireMember(call, member) {
        if (call.action !== 'sendurl' || member !== 'secureKey') base.requireMember(call, member);
      },
      checkSecureKey(call, chat) {
        if (call.action !== 'sendurl' || call.body.secureKey !== undefined) base.checkSecureKey(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-userid-missing-accepted',
    action: 'updatenickname',
    requirement: 'GE-COM-5',
    sentence: 'Update Nickname serves callers who leave the userId out.',
    behave: (base) => ({
      requireMember(call, member) {
        if (call.action !== 'updatenickname' || member !== 'userId') base.requireMember(call, member);
      },
      checkUserId(call, chat) {
        if (call.action !== 'updatenickname' || call.body.userId !== undefined) base.checkUserId(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-userid-of-another-chat-accepted',
    action: 'getmessages',
    requirement: 'GE-COM-5',
    sentence: 'Get Messages takes the userId of any chat, as long as the secureKey is right.',
    behave: (base) => ({
      checkUserId(call, chat) {
        const isKnown = call.state.chats.some(({ userId }) => userId === call.body.userId);
        if (call.action !== 'getmessages' || !isKnown) base.checkUserId(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-credentials-of-another-chat-accepted',
    action: 'complete',
    requirement: 'GE-COM-5',
    sentence: 'Complete ends any chat for whoever has the credentials of one.',
    behave: (base) => {
      const isSomebody = (call: Call) =>
        call.action === 'complete' &&
        call.state.chats.some(
          ({ userId, secureKey }) => userId === call.body.userId && secureKey === call.body.secureKey,
        );
      return {
        checkUserId(call, chat) {
          if (!isSomebody(call)) base.checkUserId(call, chat);
        },
        checkSecureKey(call, chat) {
          if (!isSomebody(call)) base.checkSecureKey(call, chat);
        },
      };
    },
  }),
  fault({
    id: 'genesys-key-prefix-compared',
    action: '*',
    requirement: 'GE-COM-5',
    sentence: 'The secureKey is compared only as far as it was sent.',
    behave: (base) => ({
      checkSecureKey(call, chat) {
        if (!chat.secureKey.startsWith(String(call.body.secureKey))) base.checkSecureKey(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-key-last-digit-lost',
    action: '*',
    requirement: 'GE-COM-5',
    sentence: 'The last digit of the secureKey is lost in a number, and not compared.',
    behave: (base) => ({
      checkSecureKey(call, chat) {
        if (String(call.body.secureKey).slice(0, 15) !== chat.secureKey.slice(0, 15)) base.checkSecureKey(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-key-in-any-case',
    action: 'getmessages',
    requirement: 'GE-COM-5',
    sentence: 'Get Messages takes the secureKey in capitals and in small letters.',
    behave: (base) => ({
      checkSecureKey(call, chat) {
        const isAlike = String(call.body.secureKey).toLowerCase() === chat.secureKey.toLowerCase();
        if (call.action !== 'getmessages' || !isAlike) base.checkSecureKey(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-key-ends-compared',
    action: '*',
    requirement: 'GE-COM-5',
    sentence: 'Only the first and the last six digits of the secureKey are compared.',
    behave: (base) => ({
      checkSecureKey(call, chat) {
        const ends = (key: string) => key.slice(0, 6) + key.slice(-6) + key.length;
        if (ends(String(call.body.secureKey)) !== ends(chat.secureKey)) base.checkSecureKey(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-completed-chat-unguarded',
    action: 'getmessages',
    requirement: 'GE-COM-5',
    sentence: 'The transcript of a completed chat is answered to whoever knows the chatId.',
    behave: (base) => ({
      checkUserId(call, chat) {
        if (call.action !== 'getmessages' || !chat.isEnded) base.checkUserId(call, chat);
      },
      checkSecureKey(call, chat) {
        if (call.action !== 'getmessages' || !chat.isEnded) base.checkSecureKey(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-credentials-of-completed-chat-accepted',
    action: 'getmessages',
    requirement: 'GE-COM-5',
    sentence: 'The userId and secureKey of a completed chat open every chat.',
    behave: (base) => ({
      checkUserId(call, chat) {
        if (!isOfCompleted(call)) base.checkUserId(call, chat);
      },
      checkSecureKey(call, chat) {
        if (!isOfCompleted(call)) base.checkSecureKey(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-key-true-accepted',
    action: 'sendmessage',
    requirement: 'GE-COM-5',
    sentence: 'The secureKey is compared loosely, so that true equals every key.',
    behave: (base) => ({
      checkMembers(call) {
        if (call.body.secureKey !== true) base.checkMembers(call);
      },
      checkSecureKey(call, chat) {
        if (call.body.secureKey !== true) base.checkSecureKey(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-refusal-with-transcript',
    action: 'getmessages',
    requirement: 'GE-COM-5',
    sentence: 'Get Messages with a wrong secureKey answers statusCode 2 beside the transcript.',
    behave: (base) => ({
      refuse: (call, refusal) =>
        call.action === 'getmessages' && call.chat !== undefined
          ? jsonAnswer(200, { statusCode: 2, messages: call.chat.events })
          : base.refuse(call, refusal),
    }),
  }),
  fault({
    id: 'genesys-chat-ends-at-wrong-key',
    action: '*',
    requirement: 'GE-COM-5',
    sentence: 'A call with a wrong secureKey ends the chat for its client.',
    behave: (base) => ({
      checkSecureKey(call, chat) {
        if (call.body.secureKey !== chat.secureKey) base.end(call, chat);
        base.checkSecureKey(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-transcript-of-nickname',
    action: 'getmessages',
    requirement: 'GE-MSG-9',
    sentence: 'Clients who joined under the same nickname share a transcript.',
    behave: (base) => ({
      open(call) {
        const before = call.state.chats.findLast(({ events }) => events[0]?.from.nickname === call.body.nickname);
        const chat = base.open(call);
        if (before !== undefined) chat.events = before.events;
        return chat;
      },
    }),
  }),
  fault({
    id: 'genesys-last-event-of-another-chat',
    action: 'requestchat',
    requirement: 'GE-MSG-9',
    sentence: 'A new chat starts with the last text of the client before it, which was not cleared away.',
    behave: (base) => ({
      arrive(call, chat) {
        const others = call.state.chats.slice(0, -1).flatMap(({ events }) => events);
        const left = others.findLast(({ from, text }) => from.type === 'Client' && text !== undefined);
        if (left !== undefined) base.append(call, chat, left.from, left.type, left.text);
        base.arrive(call, chat);
      },
    }),
  }),
  fault({
    id: 'genesys-url-to-all-chats',
    action: 'sendurl',
    requirement: 'GE-MSG-9',
    sentence: 'A pushed URL shows in every open chat.',
    behave: (base) => ({
      push(call, chat, url) {
        for (const open of call.state.chats.filter((each) => each === chat || !each.isEnded))
          base.push(call, open, url);
      },
    }),
  }),
  fault({
    id: 'genesys-texts-told-to-all-chats',
    action: 'sendmessage',
    requirement: 'GE-MSG-9',
    sentence: 'In every other open chat, the External participant tells what a client wrote.',
    behave: (base) => ({
      say(call, chat, text) {
        base.say(call, chat, text);
        for (const other of call.state.chats.filter((each) => each !== chat && !each.isEnded))
          base.append(call, other, base.external(), 'Message', `new: ${text}`);
      },
    }),
  }),
  fault({
    id: 'genesys-chat-by-key-alone',
    action: '*',
    requirement: 'GE-COM-7',
    sentence: 'The chat is found by the secureKey, whatever the address names.',
    behave: (base) => ({
      chatOf: (call) =>
        call.state.chats.find(({ id }) => id === call.chatId) ??
        call.state.chats.find(({ secureKey }) => secureKey === call.body.secureKey) ??
        base.chatOf(call),
    }),
  }),
];

function isOfCompleted({ state, body }: Call): boolean {
  return state.chats.some(
    ({ isEnded, userId, secureKey }) => isEnded && userId === body.userId && secureKey === body.secureKey,
  );
}

function act(call: Call, action: GenesysChatAction): void {
  const { behaviour, chat } = call;
  if (chat === undefined) throw new Refusal('chat', 'There is no such chat');
  if (action === 'sendmessage') behaviour.say(call, chat, behaviour.readText(call, 'text'));
  if (action === 'starttyping') behaviour.type(call, chat, 'TypingStarted', behaviour.readTyped(call));
  if (action === 'stoptyping') behaviour.type(call, chat, 'TypingStopped', behaviour.readTyped(call));
  if (action === 'updatenickname') behaviour.rename(call, chat, behaviour.readText(call, 'nickname'));
  if (action === 'sendurl') behaviour.push(call, chat, behaviour.readText(call, 'pushUrl'));
  if (action === 'complete') behaviour.end(call, chat);
}
