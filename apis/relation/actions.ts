import type { Exchange, Level } from '../../src/exchange/index.js';
import type { Outcome } from '../../src/exchange/outcome.js';

/** How one Relation action goes over the wire. Source: one page an action. */
export interface RelationAction {
  page: string;
  method: 'GET' | 'POST';
  path: string;
  level: Level;
}

/** The five actions by the names that verdicts and files use. Hide is harmless, for the suite hides its own messages alone. */
export const relationActions = {
  list: { page: 'Message / List', method: 'GET', path: '/api/v1/message/list', level: 'read' },
  send: { page: 'Message / Send', method: 'POST', path: '/api/v1/message/send', level: 'write' },
  read: { page: 'Message / Read', method: 'POST', path: '/api/v1/message/read', level: 'write' },
  hide: { page: 'Message / Hide', method: 'POST', path: '/api/v1/message/hide', level: 'write' },
  unreadcount: { page: 'Message / Unread count', method: 'GET', path: '/api/v1/message/unreadCount', level: 'read' },
} as const satisfies Record<string, RelationAction>;

export type RelationActionName = keyof typeof relationActions;

/** The names of all Relation actions, in the order of the documentation. */
export const relationActionNames = Object.keys(relationActions) as RelationActionName[];

/** The documented codes of refusals. Source: the appendix of codes. */
export const relationCodes = {
  tokenExpired: '10100',
  tokenError: '10101',
  tokenIssuer: '10102',
  rateLimit: '10110',
  parameter: '10112',
  denied: '10120',
  notMember: '13108',
  strangersRefused: '13301',
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
  if (typeof data !== 'object' || data === null) return false;
  const { id, unreadCount, mentionsCount } = data as Record<string, unknown>;
  return action === 'send' ? Boolean(id) : action === 'unreadcount' && Boolean(unreadCount || mentionsCount);
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
