import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect as netConnect, type Socket } from 'node:net';
import type { Connection } from '../exchange/connection.js';
import { proxyOf } from './no-connection.js';

/**
 * Opens a connection to the server of a URL, below TLS, through the proxy where there is one.
 * @param timeoutMs how long that may take; 0: as long as it takes
 * @throws Error that says in words what was in the way
 */
export function openSocket(url: URL, { proxy }: Connection, timeoutMs: number): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return new Promise((resolve, reject) => {
    const late = () => new Error(`no connection within ${timeoutMs} ms`);
    if (proxy === undefined) {
      const socket = netConnect({ host, port, timeout: timeoutMs });
      socket.once('connect', () => resolve(socket));
      socket.once('timeout', () => socket.destroy(late()));
      socket.on('error', reject);
      return;
    }
    const through = new URL(proxy.url);
    const credentials = proxyCredentials(through);
    const asked = (through.protocol === 'https:' ? httpsRequest : httpRequest)({
      host: through.hostname.replace(/^\[|\]$/g, ''),
      port: through.port,
      method: 'CONNECT',
      path: `${url.hostname}:${port}`,
      timeout: timeoutMs,
      headers: credentials === undefined ? {} : { 'Proxy-Authorization': credentials },
    });
    asked.once('connect', ({ statusCode }, socket) => {
      socket.on('error', () => {});
      if (statusCode === 200) resolve(socket as Socket);
      else reject(new Error(`${proxyOf(proxy)} answered ${statusCode}`));
    });
    asked.once('timeout', () => asked.destroy(late()));
    asked.on('error', reject);
    asked.end();
  });
}

/** What a proxy is sent as Proxy-Authorization, by the user name and the password in its URL. */
export function proxyCredentials({ username, password }: URL): string | undefined {
  if (username === '') return undefined;
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(text, 'utf8').toString('base64')}`;
}
