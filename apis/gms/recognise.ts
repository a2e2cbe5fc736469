import type { Asked, Recognised } from '../../src/recording/index.js';
import type { GmsAction } from './actions.js';

/** Prefixes differ from gateway to gateway: what counts begins at the version. */
const chats = /^(.*\/2\/chat)\/([^/]+)(\/.*)?$/;

/** The path behind the service picks the action. */
export function recogniseGms(
  { method, url }: Asked,
  actions: Readonly<Record<string, unknown>>,
): Recognised | undefined {
  const [, prefix, , rest = ''] = chats.exec(url.pathname.replace(/\/$/, '')) ?? [];
  if (prefix === undefined) return undefined;
  const server = `${url.origin}${prefix}`;
  if (method !== 'POST') return { server };
  const rows = Object.entries(actions as Readonly<Record<string, GmsAction>>);
  const action = rows.find(([, { path }]) => patternOf(path).test(rest))?.[0];
  return action === undefined ? { server } : { server, action };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`);
}

/** The chat that an address names; `undefined` where it names none. */
export function gmsChatIdOf(url: string): string | undefined {
  return segmentOf(url, /^\/([^/]+)/);
}

/** The file that an address names; `undefined` where it names none. */
export function gmsFileIdOf(url: string): string | undefined {
  return segmentOf(url, /^\/[^/]+\/file\/([^/]+)\/(?:download|delete)\/?$/);
}

function segmentOf(url: string, pattern: RegExp): string | undefined {
  const rest = URL.canParse(url) ? chats.exec(new URL(url).pathname)?.[3] : undefined;
  const segment = pattern.exec(rest ?? '')?.[1];
  try {
    return segment && decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
