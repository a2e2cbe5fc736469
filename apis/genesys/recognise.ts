import type { Asked, Recognised } from '../../src/recording/index.js';
import type { GenesysAction } from './actions.js';

const chats = /^(.*)\/api\/v2\/chats(?:\/([^/]+)(\/messages)?)?\/?$/;

/** The path picks Request Chat and Get Messages; the others are told apart by the operation that the body names. */
export function recogniseGenesys(
  { method, url, headers, json }: Asked,
  actions: Readonly<Record<string, unknown>>,
): Recognised | undefined {
  const [, prefix, chat, messages] = chats.exec(url.pathname) ?? [];
  // Another API of the same vendor has the same paths and this header.
  if (prefix === undefined || headers.some(([name]) => name.toLowerCase() === 'contactcenterid')) return undefined;
  const server = `${url.origin}${prefix}`;
  if (method !== 'POST') return { server };
  const at: GenesysAction['at'] = chat === undefined ? 'chats' : messages === undefined ? 'chat' : 'messages';
  const operation = at === 'chat' ? (json as { operationName?: unknown } | null | undefined)?.operationName : undefined;
  const rows = Object.entries(actions as Readonly<Record<string, GenesysAction>>);
  const action = rows.find(([, row]) => row.at === at && row.operationName === operation)?.[0];
  return action === undefined ? { server } : { server, action };
}

/** The chat that an address names; `undefined` where it names none. */
export function chatIdOf(url: string): string | undefined {
  const segment = URL.canParse(url) ? chats.exec(new URL(url).pathname)?.[2] : undefined;
  if (segment === undefined) return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
