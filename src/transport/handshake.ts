import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import type { Connection } from '../exchange/connection.js';
import { openSocket } from './open-socket.js';
import { secureContextOf } from './tls.js';

/** What came of a WebSocket handshake. `untrusted`: a connection, but no TLS that Node.js trusts, so that nothing was asked. */
export interface Handshake {
  outcome: 'accepted' | 'refused' | 'untrusted';
  /** What was in the way, in words; '' where nothing was. */
  says: string;
}

/** What a server makes of the key of a client (RFC 6455, section 1.3). */
const suffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Asks a `ws:` or `wss:` address for a WebSocket (RFC 6455) and closes it again. Sends nothing of an account. Never throws. */
export async function webSocketHandshake(
  address: string,
  connection: Connection,
  timeoutMs: number,
): Promise<Handshake> {
  const url = new URL(address);
  let socket: Socket;
  try {
    socket = await openSocket(url, connection, timeoutMs);
  } catch (error) {
    return { outcome: 'refused', says: (error as Error).message };
  }
  try {
    return await asked(
      url,
      url.protocol === 'wss:' ? await secured(socket, url, connection, timeoutMs) : socket,
      connection,
      timeoutMs,
    );
  } catch (error) {
    return { outcome: 'untrusted', says: (error as Error).message };
  } finally {
    socket.destroy();
  }
}

/** The same of a server within the process, which takes no connections: whether anybody answers at the address at all. */
export async function answersWithin(address: string, fetch: typeof globalThis.fetch): Promise<Handshake> {
  try {
    await fetch(`http://${new URL(address).host}/`);
    return { outcome: 'accepted', says: '' };
  } catch (error) {
    return { outcome: 'refused', says: (error as Error).message };
  }
}

function secured(socket: Socket, url: URL, { tls }: Connection, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    // RFC 6066 knows no server names that are addresses.
    const servername = tls?.serverName ?? (isIP(host) === 0 ? host : '');
    const secure = tlsConnect({ socket, host, servername, secureContext: secureContextOf(tls) }, () => resolve(secure));
    secure.setTimeout(timeoutMs, () => secure.destroy(new Error(`no TLS within ${timeoutMs} ms`)));
    secure.on('error', reject);
  });
}

function asked(url: URL, socket: Socket, { headers }: Connection, timeoutMs: number): Promise<Handshake> {
  const key = randomBytes(16).toString('base64');
  const due = createHash('sha1')
    .update(key + suffix)
    .digest('base64');
  return new Promise((resolve) => {
    const refused = (says: string) => resolve({ outcome: 'refused', says });
    const sent = request({
      createConnection: () => socket,
      host: url.hostname,
      port: url.port,
      path: `${url.pathname}${url.search}`,
      timeout: timeoutMs,
      headers: {
        ...headers,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Key': key,
        'Sec-WebSocket-Version': '13',
      },
    });
    sent.once('upgrade', (response) => {
      if (response.headers['sec-websocket-accept'] === due) resolve({ outcome: 'accepted', says: '' });
      else refused('the handshake is answered with another Sec-WebSocket-Accept than its key asks for');
    });
    sent.once('response', ({ statusCode }) => refused(`the handshake is answered with HTTP ${statusCode}`));
    sent.once('timeout', () => sent.destroy(new Error(`no answer to the handshake within ${timeoutMs} ms`)));
    sent.on('error', (error) => refused(error.message));
    sent.end();
  });
}
