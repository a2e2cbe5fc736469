import type { Exchange, Level } from '../../src/exchange/index.js';
import type { Outcome } from '../../src/exchange/outcome.js';

/** How one Relation action goes over the wire. Source: one page an action. */
export interface RelationAction {
  page: string;
  method: 'GET' | 'POST';
  path: string;
  level: Level;
}

/**
 * The actions by the names that verdicts and files use. Those that change something are harmless, for the suite does it to its own
 * messages and groups alone. The page of Chats / Hide names no path: that one is a public client's.
 */
export const relationActions = {
  list: { page: 'Message / List', method: 'GET', path: '/api/v1/message/list', level: 'read' },
  send: { page: 'Message / Send', method: 'POST', path: '/api/v1/message/send', level: 'write' },
  read: { page: 'Message / Read', method: 'POST', path: '/api/v1/message/read', level: 'write' },
  hide: { page: 'Message / Hide', method: 'POST', path: '/api/v1/message/hide', level: 'write' },
  unreadcount: { page: 'Message / Unread count', method: 'GET', path: '/api/v1/message/unreadCount', level: 'read' },
  auth: { page: 'Auth', method: 'POST', path: '/api/v1/auth', level: 'read' },
  userinfo: { page: 'User Info', method: 'GET', path: '/api/v1/userInfo', level: 'read' },
  create: { page: 'Groups / Create', method: 'POST', path: '/api/v1/channel/create', level: 'write' },
  join: { page: 'Groups / Join', method: 'POST', path: '/api/v1/channel/join', level: 'write' },
  removemembers: {
    page: 'Groups / Remove Members',
    method: 'POST',
    path: '/api/v1/channel/members/remove',
    level: 'write',
  },
  leave: { page: 'Groups / Leave', method: 'POST', path: '/api/v1/channel/members/leave', level: 'write' },
  disband: { page: 'Groups / Disband', method: 'POST', path: '/api/v1/channel/disband', level: 'write' },
  transferowner: {
    page: 'Groups / Transfer Owner',
    method: 'POST',
    path: '/api/v1/channel/ownerTransfer',
    level: 'write',
  },
  info: { page: 'Groups / Info', method: 'GET', path: '/api/v1/channel/info', level: 'read' },
  members: { page: 'Groups / Members', method: 'GET', path: '/api/v1/channel/members', level: 'read' },
  isadmin: { page: 'Groups / Is Admin', method: 'GET', path: '/api/v1/channel/isAdmin', level: 'read' },
  getannouncement: {
    page: 'Groups / Get Announcement',
    method: 'GET',
    path: '/api/v1/channel/announcement/get',
    level: 'read',
  },
  updateannouncement: {
    page: 'Groups / Update Announcement',
    method: 'POST',
    path: '/api/v1/channel/announcement/update',
    level: 'write',
  },
  chatslist: { page: 'Chats / List', method: 'GET', path: '/api/v1/userChannels/list', level: 'read' },
  pin: { page: 'Chats / Pin', method: 'POST', path: '/api/v1/userChannels/pin', level: 'write' },
  mute: { page: 'Chats / Mute', method: 'POST', path: '/api/v1/userChannels/mute', level: 'write' },
  chatshide: { page: 'Chats / Hide', method: 'POST', path: '/api/v1/userChannels/hide', level: 'write' },
  follow: { page: 'Follows / Follow', method: 'POST', path: '/api/v1/follow', level: 'write' },
  unfollow: { page: 'Follows / Unfollow', method: 'POST', path: '/api/v1/unfollow', level: 'write' },
} as const satisfies Record<string, RelationAction>;

export type RelationActionName = keyof typeof relationActions;

/** The names of all Relation actions, in the order of the documentation. */
export const relationActionNames = Object.keys(relationActions) as RelationActionName[];

/** Whether an action is about messages; the others came with groups, and older servers lack them all. */
export function isOfMessages(action: string): boolean {
  return relationActions[action as RelationActionName]?.path.startsWith('/api/v1/message/') === true;
}

/** The name of an action for a sentence: that of its page, which for messages goes without saying. */
export function nameOfAction(action: RelationActionName): string {
  return relationActions[action].page.replace('Message / ', '');
}

/** The documented codes of refusals. Source: the appendix of codes, and the pages of single actions. */
export const relationCodes = {
  tokenExpired: '10100',
  tokenError: '10101',
  tokenIssuer: '10102',
  rateLimit: '10110',
  parameter: '10112',
  denied: '10120',
  unsupportedField: '11601',
  unknownUser: '11602',
  groupType: '13101',
  removed: '13102',
  left: '13103',
  dismissed: '13104',
  notOwner: '13106',
  notAdmin: '13107',
  notMember: '13108',
  unsupportedType: '13109',
  strangersRefused: '13301',
  alreadyJoined: '13302',
} as const;

/** The one text that is documented as `desc` of a code. That of 13108 differs from page to page. Source: the appendix; Send, List. */
export const relationTexts: Readonly<Record<string, string>> = {
  '0': 'success',
  [relationCodes.tokenExpired]: 'token expired',
  [relationCodes.tokenError]: 'token error',
  [relationCodes.tokenIssuer]: 'token issuer error',
  [relationCodes.rateLimit]: 'rate limit',
  [relationCodes.parameter]: 'parameter error',
  [relationCodes.denied]: 'permission denied',
  [relationCodes.strangersRefused]: 'block stranger messages',
};

/** The sender of system messages. */
export const systemRelationId = '0'.repeat(32);

const refusals: ReadonlySet<string> = new Set(Object.values(relationCodes));

/** Whether a code is "0" or plainly meant as a success. */
export function meansSuccess(code: unknown): boolean {
  return (typeof code === 'string' || typeof code === 'number') && /^(0+|200|ok|success)$/i.test(String(code));
}

/** Whether `data` holds what the action gives to those who may have it: a message, an id, a count. */
export function holdsData(action: string, data: unknown): boolean {
  if (action === 'list') return holdsMessage(data);
  if (action === 'read') return data === true || (typeof data === 'number' && data !== 0);
  if (action === 'isadmin') return data === true;
  if (typeof data !== 'object' || data === null) return false;
  const { id, unreadCount, mentionsCount } = data as Record<string, unknown>;
  if (action === 'send') return Boolean(id);
  return action === 'unreadcount' ? Boolean(unreadCount || mentionsCount) : holdsGroupData(action, data);
}

/** The member of `data` that only those get who may have it. What is an array holds it in its items. */
const telling: Partial<Record<string, readonly string[]>> = {
  auth: ['token'],
  userinfo: ['relationId'],
  create: ['channelUuid'],
  info: ['uuid', 'members'],
  members: ['relationId'],
  getannouncement: ['announcement'],
  chatslist: ['list'],
};

function holdsGroupData(action: string, data: object): boolean {
  const objects: unknown[] = Array.isArray(data) ? data : [data];
  return objects.some((each) =>
    (telling[action] ?? []).some((name) => {
      const value: unknown = (each as Record<string, unknown> | null)?.[name];
      return Array.isArray(value) ? value.length > 0 : Boolean(value);
    }),
  );
}

function holdsMessage(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return 'content' in value || 'sendUuid' in value || Object.values(value).some(holdsMessage);
}

/** What a Relation server meant by an answer. A code that is missing or misspelt beside data is meant as a success. */
export function relationOutcome(exchange: Exchange): Outcome {
  const body = exchange.response.json;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return exchange.intent === 'probe' && exchange.response.status >= 400 ? 'refused' : 'broken';
  }
  const { code, desc, data } = body as Record<string, unknown>;
  if (meansSuccess(code)) return 'served';
  if (refusals.has(String(code))) return 'refused';
  if (holdsData(exchange.action, data)) return 'served';
  const saysWhy = (code !== undefined && code !== null) || (typeof desc === 'string' && desc !== '');
  return saysWhy || exchange.response.status >= 400 ? 'refused' : 'broken';
}
