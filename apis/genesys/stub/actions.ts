import {
  chatMembers,
  type GenesysAction,
  type GenesysActionName,
  type GenesysChatAction,
  genesysActions,
} from '../actions.js';
import type { Call } from './call.js';
import type { Chat, Event, Json } from './model.js';

/** What each action on a chat does; gives the members of the answer beside the status code. */
const commands: Record<GenesysChatAction, (call: Call, chat: Chat) => Json> = {
  getmessages(call, chat) {
    const { behaviour } = call;
    const events = behaviour.since(call, behaviour.eventsOf(call, chat), behaviour.readPosition(call));
    chat.polledAt = behaviour.now(call);
    return {
      messages: shown(call, chat, events),
      ...behaviour.envelope(call, chat),
      chatEnded: behaviour.showEnded(call, chat),
    };
  },
  sendmessage: eventful((call, chat) => call.behaviour.say(call, chat, call.behaviour.readText(call, 'text'))),
  starttyping: eventful((call, chat) =>
    call.behaviour.type(call, chat, 'TypingStarted', call.behaviour.readTyped(call)),
  ),
  stoptyping: eventful((call, chat) =>
    call.behaviour.type(call, chat, 'TypingStopped', call.behaviour.readTyped(call)),
  ),
  updatenickname: eventful((call, chat) =>
    call.behaviour.rename(call, chat, call.behaviour.readText(call, 'nickname')),
  ),
  sendurl: eventful((call, chat) => call.behaviour.push(call, chat, call.behaviour.readText(call, 'pushUrl'))),
  updateuserdata(call, chat) {
    call.behaviour.attach(call, chat, call.behaviour.readUserData(call));
    return call.behaviour.envelope(call, chat);
  },
  complete(call, chat) {
    call.behaviour.end(call, chat);
    return {};
  },
};

/** Serves a call of a known action: finds the chat, looks at the caller's right to it, and acts. */
export function run(call: Call, action: GenesysActionName): Json {
  const { behaviour } = call;
  if (action === 'requestchat') {
    const chat = behaviour.open(call);
    call.chat = chat;
    const messages = shown(call, chat, behaviour.eventsOf(call, chat).slice(0, behaviour.firstEvents(call, chat)));
    return { chatId: chat.id, path: `/api/v2/chats/${chat.id}`, ...behaviour.envelope(call, chat), messages };
  }
  const chat = behaviour.chatOf(call);
  call.chat = chat;
  if (behaviour.now(call) - chat.polledAt > behaviour.idleMs()) behaviour.end(call, chat);
  for (const member of chatMembers) behaviour.requireMember(call, member);
  behaviour.checkUserId(call, chat);
  behaviour.checkSecureKey(call, chat);
  behaviour.checkOpen(call, chat);
  return commands[action](call, chat);
}

/** The action that an address and a body pick, with the chat that the address names. */
export function actionOf(url: URL, operationName: unknown): { action: GenesysActionName | 'unknown'; chatId: string } {
  const [id, rest, ...more] = url.pathname.replace(/^.*\/api\/v2\/chats\/?/, '').split('/');
  if (id === undefined || id === '') return { action: 'requestchat', chatId: '' };
  const chatId = decoded(id);
  if (rest === 'messages' && more.length === 0) return { action: 'getmessages', chatId };
  const found = Object.entries(genesysActions).find(
    ([, action]: [string, GenesysAction]) =>
      rest === undefined && action.operationName !== undefined && action.operationName === operationName,
  );
  return { action: (found?.[0] ?? 'unknown') as GenesysActionName | 'unknown', chatId };
}

/** The chat that an address names; '' for Request Chat. */
export function chatIdOf(url: URL): string {
  return actionOf(url, undefined).chatId;
}

/** An action whose answer is the envelope, and which others in the chat may react to. */
function eventful(act: (call: Call, chat: Chat) => void): (call: Call, chat: Chat) => Json {
  return (call, chat) => {
    act(call, chat);
    call.behaviour.interject(call, chat);
    return call.behaviour.envelope(call, chat);
  };
}

function shown(call: Call, chat: Chat, events: readonly Event[]): Event[] {
  return events.map((event) => call.behaviour.showEvent(call, chat, event));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
