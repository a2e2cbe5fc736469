import type { Exchange, Level } from '../../src/exchange/index.js';
import type { Outcome } from '../../src/exchange/outcome.js';

/** A header of the Ozeki API beside Content-Type, without its `Ozeki-` prefix. */
export type OzekiHeader = 'Station' | 'Signature' | 'User';

/** How one Ozeki action goes over the wire. Source: the table of actions, one page an action. */
export interface OzekiAction {
  page: string;
  srv: 'chatserver' | 'chatowner';
  api: string;
  /** The `action` member of the request body. */
  action: string;
  headers: readonly OzekiHeader[];
  level: Level;
  /** Whether the answer carries a conversation object in `conversation`. */
  answersConversation: boolean;
}

const signed = ['Signature', 'Station', 'User'] as const;

function conversation(page: string, action: string, level: Level, answersConversation = true): OzekiAction {
  return {
    page: `Conversation / ${page}`,
    srv: 'chatserver',
    api: 'chatconversation',
    action,
    headers: signed,
    level,
    answersConversation,
  };
}

function other(
  page: string,
  api: string,
  action: string,
  level: Level,
  headers: readonly OzekiHeader[] = signed,
): OzekiAction {
  return { page, srv: 'chatserver', api, action, headers, level, answersConversation: false };
}

/** The nineteen actions by the names that verdicts and files use. */
export const ozekiActions = {
  login: other('Login', 'chatlogin', 'login', 'read', ['Station']),
  useravailable: other('Availability', 'chatavailability', 'useravailable', 'write'),
  friends: other('Friends / List', 'chatfriends', 'list', 'read'),
  viewed: other('Report', 'chatreports', 'viewed', 'write'),
  notification: other('Notification', 'chatnotification', 'download', 'read', ['Station']),
  list: conversation('List', 'list', 'read', false),
  downloadpartial: conversation('Partial download', 'downloadpartial', 'read', false),
  add: conversation('Add', 'add', 'write', false),
  clear: conversation('Clear', 'clear', 'destroy'),
  favorite: conversation('Favorite', 'favorite', 'write'),
  unfavorite: conversation('Unfavorite', 'unfavorite', 'write'),
  setlistitembackgroundcolor: conversation('Change Color', 'setlistitembackgroundcolor', 'write'),
  download: conversation('Download', 'download', 'read', false),
  mute: conversation('Mute', 'mute', 'write'),
  unmute: conversation('Unmute', 'unmute', 'write'),
  hide: conversation('Hide', 'hide', 'write'),
  unhide: conversation('Unhide', 'unhide', 'write'),
  blocklist: other('Blocklist', 'chatblocklist', 'blocklist', 'read'),
  workspaceregister: {
    page: 'Workspace registration',
    srv: 'chatowner',
    api: 'workspace',
    action: 'workspaceregister',
    headers: ['User', 'Signature'],
    level: 'destroy',
    answersConversation: false,
  },
} as const satisfies Record<string, OzekiAction>;

export type OzekiActionName = keyof typeof ozekiActions;

/** The names of all Ozeki actions, in the order of the documentation's table. */
export const ozekiActionNames = Object.keys(ozekiActions) as OzekiActionName[];

/** The seven actions that set or unset a flag of the caller on a conversation. */
export const flagActions = [
  'favorite',
  'unfavorite',
  'setlistitembackgroundcolor',
  'mute',
  'unmute',
  'hide',
  'unhide',
] as const satisfies readonly OzekiActionName[];

export type FlagAction = (typeof flagActions)[number];

/** What puts back what a flag action does, by action; a colour is put back by its own action. */
export const undoneBy: Partial<Record<string, FlagAction>> = { favorite: 'unfavorite', mute: 'unmute', hide: 'unhide' };

/** The members that carry the data of an answer; none where the plain envelope is all. */
export const dataMembers: Partial<Record<OzekiActionName, readonly string[]>> = {
  login: ['rsakey', 'userid'],
  friends: ['friends', 'availabilities'],
  notification: ['friendavailabilitesof', 'conversationchangedof', 'conversationlistchangedof'],
  list: ['conversations'],
  downloadpartial: ['messages', 'reports'],
  download: ['messages', 'reports'],
  add: ['message'],
  blocklist: ['blockedusers', 'blockedconversations'],
  ...Object.fromEntries(['clear', ...flagActions].map((action) => [action, ['conversation']])),
};

/** Members by which an object shows that it is the documented one; servers word refusals in members of the same names. */
const marksOf: Record<string, readonly string[]> = {
  message: ['ID', 'Created', 'Data'],
  messages: ['ID', 'Created', 'Data'],
  reports: ['ID', 'Created'],
  conversation: ['id', 'participantids', 'secret'],
  conversations: ['id', 'participantids', 'secret'],
  availabilities: ['friendid', 'publickey'],
};

/** The members of an answer that hold data of the action. An empty list is none, nor is a `message` that only says why. */
export function dataIn(action: string, body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const answer = body as Record<string, unknown>;
  return (dataMembers[action as OzekiActionName] ?? []).filter((member) => holdsData(answer[member], marksOf[member]));
}

function holdsData(value: unknown, marks: readonly string[] | undefined): boolean {
  if (Array.isArray(value)) return value.some((item) => holdsData(item, marks));
  if (typeof value === 'object' && value !== null)
    return marks === undefined ? Object.keys(value).length > 0 : marks.some((mark) => mark in value);
  return marks === undefined && value !== undefined && value !== null && value !== '' && value !== false;
}

/** The message that the body of an Add uploads; `undefined` where its `message` is no JSON object in a string. */
export function uploadedMessage(asked: unknown): Record<string, unknown> | undefined {
  if (typeof asked !== 'object' || asked === null || !('message' in asked)) return undefined;
  if (typeof asked.message !== 'string') return undefined;
  try {
    const message: unknown = JSON.parse(asked.message);
    const isObject = typeof message === 'object' && message !== null && !Array.isArray(message);
    return isObject ? (message as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** What an Ozeki server meant by an answer. A status that is missing or misspelt beside the data is meant as a success. */
export function ozekiOutcome(exchange: Exchange): Outcome {
  const { json: body, status: httpStatus } = exchange.response;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return exchange.intent === 'probe' && httpStatus >= 400 ? 'refused' : 'broken';
  }
  const answer = body as Record<string, unknown>;
  if (typeof answer.status === 'string' && answer.status.trim().toUpperCase() === 'OK') return 'served';
  const hasStatus = answer.status !== undefined && answer.status !== null;
  // Bad input that gets a status of its own is refused, even where data leaks beside it: the leak is for the probe to find.
  if (exchange.intent === 'probe' && (hasStatus || httpStatus >= 400)) return 'refused';
  const saysWhy = typeof answer.errormessage === 'string' && answer.errormessage !== '';
  const refuses = httpStatus >= 400 || (hasStatus && saysWhy);
  if (refuses && dataIn(exchange.action, answer).length === 0) return 'refused';
  const members = dataMembers[exchange.action as OzekiActionName] ?? [];
  if (members.some((member) => answer[member] !== undefined && answer[member] !== null)) return 'served';
  return typeof answer.status === 'string' || saysWhy ? 'refused' : 'broken';
}
