import type { Exchange, Level } from '../../src/exchange/index.js';
import type { Outcome } from '../../src/exchange/outcome.js';

/** How one Genesys action goes over the wire. Source: the table of actions, one page an action. */
export interface GenesysAction {
  page: string;
  /** Where it is served: the collection, one chat, or the transcript of one chat. */
  at: 'chats' | 'chat' | 'messages';
  /** The `operationName` member of the request body, where the action has one. */
  operationName?: string;
  level: Level;
  /** The action's own members that its table requires, beside the credentials and names of the chat. */
  required: readonly string[];
}

const operation = (page: string, operationName: string, ...required: string[]): GenesysAction => ({
  page,
  at: 'chat',
  operationName,
  level: 'write',
  required,
});

/** The nine actions by the names that verdicts and files use. */
export const genesysActions = {
  requestchat: {
    page: 'Request Chat',
    at: 'chats',
    level: 'write',
    required: ['nickname', 'firstName', 'lastName', 'tenantName'],
  },
  getmessages: { page: 'Get Messages', at: 'messages', level: 'read', required: [] },
  sendmessage: operation('Send Message', 'SendMessage', 'text'),
  starttyping: operation('Send Start Typing Notification', 'SendStartTypingNotification'),
  stoptyping: operation('Send Stop Typing Notification', 'SendStopTypingNotification'),
  updatenickname: operation('Update Nickname', 'UpdateUserNickname', 'nickname'),
  sendurl: operation('Send Url', 'SendUrl', 'pushUrl'),
  updateuserdata: operation('Update User Data', 'UpdateUserData', 'userData'),
  complete: operation('Complete', 'Complete'),
} satisfies Record<string, GenesysAction>;

export type GenesysActionName = keyof typeof genesysActions;

/** The actions on a chat that is there: all but Request Chat. Each requires `chatMembers`. */
export type GenesysChatAction = Exclude<GenesysActionName, 'requestchat'>;

/** The names of all Genesys actions. */
export const genesysActionNames = Object.keys(genesysActions) as GenesysActionName[];

/** The names of the actions on a chat that is there. Complete comes last. */
export const genesysChatActions = genesysActionNames.filter((name) => name !== 'requestchat') as GenesysChatAction[];

/** The members that every action on a chat requires; Request Chat answered them. */
export const chatMembers = ['userId', 'secureKey', 'alias', 'tenantName'] as const;

export type ChatMember = (typeof chatMembers)[number];

/** The path of an action; `chatId` says nothing for Request Chat. */
export function genesysPath(name: GenesysActionName, chatId: string): string {
  const chats = '/api/v2/chats';
  if (genesysActions[name].at === 'chats') return chats;
  const chat = `${chats}/${pathSegment(chatId)}`;
  return genesysActions[name].at === 'messages' ? `${chat}/messages` : chat;
}

/** A text as RFC 3986 lets it stand in one segment of a path, with no more escaped than must be. */
export function pathSegment(text: string): string {
  const wellFormed = text.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(wellFormed).replace(/%(21|24|26|27|28|29|2A|2B|2C|3A|3B|3D|40)/g, decodeURIComponent);
}

/** What a Genesys server meant by an answer. A status code that is missing or a text beside the data is meant as a success. */
export function genesysOutcome(exchange: Exchange): Outcome {
  const body = exchange.response.json;
  const refused = exchange.response.status >= 400;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return exchange.intent === 'probe' && refused ? 'refused' : 'broken';
  }
  const { statusCode, ...members } = body as Record<string, unknown>;
  if (statusCode === 0 || statusCode === '0') return 'served';
  const saysNo = statusCode !== undefined && statusCode !== null && statusCode !== '';
  if (saysNo || refused) return 'refused';
  const holdsData = [...chatMembers, 'chatId', 'messages'].some(
    (member) => members[member] !== undefined && members[member] !== null,
  );
  return holdsData ? 'served' : 'broken';
}
