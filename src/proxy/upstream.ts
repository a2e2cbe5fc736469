/** The way from the proxy to the server: past a gateway, through another proxy, or straight. */
import { randomUUID } from 'node:crypto';
import { Agent as HttpAgent, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { type Connection, plainConnection } from '../exchange/connection.js';
import { openSocket, proxyCredentials } from '../transport/open-socket.js';
import { secureContextOf } from '../transport/tls.js';
import { type RawHeaders, withHeader, withHost } from './headers.js';

export interface Upstream {
  /** An agent for one connection of a client. */
  createAgent(): HttpAgent;
  /** Where requests go. */
  address: RequestOptions & { servername: string };
  /** Whether the agent hands out connections that are open already. */
  isOpened: boolean;
  /** The target of a request's first line. */
  pathOf(path: string): string;
  /** The header lines of a client with what gets past what stands before the server. */
  headersFor(raw: RawHeaders): string[];
  /** Opens a connection that carries what a client upgraded to. */
  connect(): Promise<Socket>;
}

/** Makes the way to the server at `target`. */
export function createUpstream(
  target: URL,
  { keepHost = false, connection = plainConnection }: { keepHost?: boolean; connection?: Connection },
): Upstream {
  const isSecure = target.protocol === 'https:';
  const hostname = target.hostname.replace(/^\[|\]$/g, '');
  const port = Number(target.port) || (isSecure ? 443 : 80);
  const { tls, proxy, userAgent, requestId } = connection;
  const servername = tls?.serverName ?? (isIP(hostname) === 0 ? hostname : '');
  const secureContext = secureContextOf(tls);
  const run = randomUUID().slice(0, 8);
  let count = 0;

  const connect = async (): Promise<Socket> => {
    const socket = await openSocket(target, connection, 0);
    if (!isSecure) return socket;
    return new Promise((resolve, reject) => {
      const secure = tlsConnect({ socket, servername, secureContext, host: hostname });
      secure.once('secureConnect', () => resolve(secure));
      secure.once('error', reject);
    });
  };
  const isTunnelled = proxy !== undefined && isSecure;
  const isPassedOn = proxy !== undefined && !isSecure;
  const through = new URL(proxy?.url ?? target);
  const credentials = isPassedOn ? proxyCredentials(through) : undefined;

  return {
    createAgent() {
      const sole = { keepAlive: true, maxSockets: 1 };
      const agent = isSecure ? new HttpsAgent({ ...sole, secureContext }) : new HttpAgent(sole);
      // Only server and client decide how long a connection may be idle.
      Object.assign(agent, { keepSocketAlive: () => true });
      if (isTunnelled)
        Object.assign(agent, {
          createConnection(_options: unknown, done: (error: Error | null, socket?: Socket) => void) {
            connect().then(
              (socket) => done(null, socket),
              (error) => done(error),
            );
          },
        });
      return agent;
    },
    address: isPassedOn
      ? {
          protocol: through.protocol,
          hostname: through.hostname.replace(/^\[|\]$/g, ''),
          port: through.port || 80,
          servername,
        }
      : { protocol: target.protocol, hostname, port, servername },
    isOpened: isTunnelled,
    pathOf: (path) => (isPassedOn && path.startsWith('/') ? `${target.origin}${path}` : path),
    headersFor(raw) {
      count += 1;
      const set: Record<string, string> = {
        ...connection.headers,
        ...(userAgent !== undefined && { 'User-Agent': userAgent }),
        ...(requestId !== undefined && { [requestId]: `${run}/proxy/${count}` }),
        ...(credentials !== undefined && { 'Proxy-Authorization': credentials }),
      };
      const lines = keepHost ? [...raw] : withHost(raw, target.host);
      return Object.entries(set).reduce((all, [name, value]) => withHeader(all, name, value), lines);
    },
    connect,
  };
}
