/** How the requests of one API get out: by which agent, with which headers and cookies of its connection. */
import type { CookieJar } from 'tough-cookie';
import type { Dispatcher } from 'undici';
import type { Connection } from '../exchange/connection.js';
import type { SentRequest } from '../exchange/index.js';
import { secureContextOf } from './tls.js';

/** Who sends a request, and for what. */
export interface Occasion {
  /** Whose cookies go along; left out: nobody's. */
  account?: string;
  /** The requirement that it is sent for, or what else. */
  requirement?: string;
}

/** A request as it goes out, and how evidence shows it: what the connection adds is masked where it is a secret. */
export interface Prepared {
  sent: SentRequest;
  shown: SentRequest;
}

export interface Sender {
  /** The connection's own fetch; `undefined` where that of Node.js does. */
  fetch?: typeof globalThis.fetch;
  prepare(request: SentRequest, occasion: Occasion): Prepared;
  /** Keeps the cookies of an answer for the account. */
  keep(url: URL, headers: Headers, occasion: Occasion): void;
  /** Sends past fetch, which gives no answer of status 407 to anybody. Throws as fetch does. */
  sendRaw(request: SentRequest, signal: AbortSignal): Promise<Response>;
}

const MASK = '***';

/** Makes the sender of a connection. `run` names the run in request ids. Loads only the packages that the connection needs. */
export async function createSender(connection: Connection, run: string): Promise<Sender> {
  const { userAgent, requestId } = connection;
  const dispatcher = await dispatcherOf(connection);
  const cookies = connection.cookies ? await import('tough-cookie') : undefined;
  const jars = new Map<string, CookieJar>();
  const counts = new Map<string, number>();
  /** What sends past fetch; that of Node.js may be of another version than the package. */
  let plain: Dispatcher | undefined;
  const masked = Object.fromEntries(Object.keys(connection.headers).map((name) => [name, MASK]));

  const jarOf = ({ account }: Occasion): CookieJar | undefined => {
    if (cookies === undefined || account === undefined) return undefined;
    const jar = jars.get(account) ?? new cookies.CookieJar();
    jars.set(account, jar);
    return jar;
  };
  const idOf = ({ requirement = 'session' }: Occasion): string => {
    const count = (counts.get(requirement) ?? 0) + 1;
    counts.set(requirement, count);
    return `${run}/${requirement}/${count}`;
  };

  return {
    ...(dispatcher !== undefined && { fetch: await fetchBy(dispatcher) }),
    prepare(request, occasion) {
      const open = {
        ...(userAgent !== undefined && { 'User-Agent': userAgent }),
        ...(requestId !== undefined && { [requestId]: idOf(occasion) }),
      };
      const cookie = jarOf(occasion)?.getCookieStringSync(request.url) ?? '';
      const own = cookieIn(connection.headers);
      const all = [own?.value, cookie].filter((text) => text !== undefined && text !== '').join('; ');
      const jar = cookie === '' ? {} : { [own?.name ?? 'Cookie']: all };
      return {
        sent: { ...request, headers: { ...request.headers, ...connection.headers, ...jar, ...open } },
        shown: {
          ...request,
          headers: { ...request.headers, ...masked, ...(cookie !== '' && { [own?.name ?? 'Cookie']: MASK }), ...open },
        },
      };
    },
    keep(url, headers, occasion) {
      const jar = jarOf(occasion);
      if (jar === undefined) return;
      for (const line of headers.getSetCookie()) jar.setCookieSync(line, url.href, { ignoreError: true });
    },
    async sendRaw({ method, url, headers, ...request }, signal) {
      const undici = await import('undici');
      plain ??= dispatcher ?? new undici.Agent();
      const answer = await undici.request(url, {
        method: method as Dispatcher.HttpMethod,
        headers,
        ...bodyOf(request),
        signal,
        dispatcher: plain,
      });
      const lines = Object.entries(answer.headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((text): [string, string] => [name, String(text)]),
      );
      return new Response(await answer.body.arrayBuffer(), { status: answer.statusCode, headers: lines });
    },
  };
}

/** The bytes of a request, where it has some. */
export function bodyOf({ body, content }: Pick<SentRequest, 'body' | 'content'>): { body?: Uint8Array<ArrayBuffer> } {
  if (content !== undefined) return { body: content };
  return body ? { body: new TextEncoder().encode(body) } : {};
}

function cookieIn(headers: Connection['headers']): { name: string; value: string } | undefined {
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === 'cookie');
  return found && { name: found[0], value: found[1] };
}

/** What opens the connections; `undefined` where the agent of Node.js does. */
async function dispatcherOf({ tls, proxy }: Connection): Promise<Dispatcher | undefined> {
  if (tls === undefined && proxy === undefined) return undefined;
  const { Agent, ProxyAgent } = await import('undici');
  const secureContext = secureContextOf(tls);
  const connect = { ...(secureContext && { secureContext }), ...(tls?.serverName && { servername: tls.serverName }) };
  if (proxy === undefined) return new Agent({ connect });
  // Plain HTTP goes through a proxy without a tunnel, which most proxies allow to port 443 alone.
  return new ProxyAgent({ uri: proxy.url, requestTls: connect, proxyTunnel: false });
}

/** The fetch of the agents' own package: that of Node.js may be of another version than they are. */
async function fetchBy(dispatcher: Dispatcher): Promise<typeof globalThis.fetch> {
  const { fetch } = (await import('undici')) as unknown as {
    fetch(input: unknown, init: object): Promise<Response>;
  };
  return (input, init) => fetch(input, { ...init, dispatcher });
}
