import { genesysActionNames, genesysActions } from '../../apis/genesys/actions.js';
import { ozekiActionNames, ozekiActions } from '../../apis/ozeki/actions.js';
import { relationActionNames, relationActions } from '../../apis/relation/actions.js';
import type { ApiName } from '../exchange/index.js';
import type { HeaderLines } from './types.js';

/** The action that an exchange is of. */
export interface Recognised {
  api: ApiName;
  action: string;
  /** The base address of the API, the same for all actions of one server. */
  server: string;
  chatId?: string;
}

/** What is looked at to recognise an action. */
export interface Asked {
  method: string;
  url: string;
  headers: HeaderLines;
  /** The JSON of the body; `undefined` where it is none. */
  json: unknown;
}

/** Which action a request calls. `foreign`: of none of the APIs. `unknown`: of one of them, but of no documented action. */
export function recognise(asked: Asked): Recognised | 'foreign' | 'unknown' {
  if (!URL.canParse(asked.url)) return 'foreign';
  const url = new URL(asked.url);
  if (!/^https?:$/.test(url.protocol) || asked.method === 'OPTIONS') return 'foreign';
  return ozeki(url, asked) ?? genesys(url, asked) ?? relation(url, asked) ?? 'foreign';
}

function memberOf(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : undefined;
}

function ozeki(url: URL, { method, json }: Asked): Recognised | 'unknown' | undefined {
  const srv = url.searchParams.get('srv');
  const api = url.searchParams.get('api');
  if ((srv !== 'chatserver' && srv !== 'chatowner') || api === null) return undefined;
  const served = ozekiActionNames.filter((name) => ozekiActions[name].srv === srv && ozekiActions[name].api === api);
  const asked = memberOf(json, 'action');
  // A body that is no JSON says nothing, but most services have one action only.
  const action =
    json === undefined && served.length === 1 ? served[0] : served.find((name) => ozekiActions[name].action === asked);
  if (method !== 'POST' || action === undefined) return 'unknown';
  return { api: 'ozeki', action, server: `${url.origin}${url.pathname}` };
}

const chats = /^(.*)\/api\/v2\/chats(?:\/([^/]+)(\/messages)?)?\/?$/;

function genesys(url: URL, { method, headers, json }: Asked): Recognised | 'foreign' | 'unknown' | undefined {
  const [, prefix, segment, messages] = chats.exec(url.pathname) ?? [];
  if (prefix === undefined) return undefined;
  // Another API of the same vendor has the same paths and this header.
  if (headers.some(([name]) => name.toLowerCase() === 'contactcenterid')) return 'foreign';
  if (method !== 'POST') return 'unknown';
  const server = `${url.origin}${prefix}`;
  if (segment === undefined) return { api: 'genesys', action: 'requestchat', server };
  const chatId = decoded(segment);
  if (messages !== undefined) return { api: 'genesys', action: 'getmessages', server, chatId };
  const operation = memberOf(json, 'operationName');
  const action = genesysActionNames.find(
    (name) => 'operationName' in genesysActions[name] && genesysActions[name].operationName === operation,
  );
  return action === undefined ? 'unknown' : { api: 'genesys', action, server, chatId };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function relation(url: URL, { method }: Asked): Recognised | 'unknown' | undefined {
  const path = url.pathname.replace(/\/$/, '');
  if (!path.includes('/api/v1/message/')) return undefined;
  const action = relationActionNames.find((name) => path.endsWith(relationActions[name].path));
  if (action === undefined || relationActions[action].method !== method) return 'unknown';
  const prefix = path.slice(0, -relationActions[action].path.length);
  return { api: 'relation', action, server: `${url.origin}${prefix}` };
}
