/** What stands before servers, for tests: TLS ends and proxies, on free loopback ports. */
import { createServer as createHttpServer, request as httpRequest, type RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import type { Duplex } from 'node:stream';

/** A server that listens; `await using` stops it. */
export interface Listening extends AsyncDisposable {
  port: number;
}

async function listen(server: Server): Promise<Listening> {
  const sockets = new Set<Duplex>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An HTTPS server. What clients do wrong in a handshake is no news. */
export function serveTls(options: ServerOptions, answer: RequestListener): Promise<Listening> {
  return listen(createHttpsServer(options, answer).on('tlsClientError', () => {}));
}

/** A server that speaks HTTP/2 and nothing else. */
export function serveHttp2(options: { key: string; cert: string }): Promise<Listening> {
  const server = createSecureServer(options, (_request, response) => response.end('{}'));
  return listen(server as unknown as Server);
}

/** What a proxy was asked for, such as `CONNECT staging.example:443`. */
export interface TestProxy extends Listening {
  asked: string[];
}

/**
 * A proxy that passes everything on to one port of this machine, whatever host is asked for. `refuse`: the status it refuses with.
 * `auth`: the user name and password that it wants.
 */
export async function serveProxy({
  to,
  refuse,
  auth,
}: {
  to: number;
  refuse?: number;
  auth?: string;
}): Promise<TestProxy> {
  const asked: string[] = [];
  const wanted = auth && `Basic ${Buffer.from(auth).toString('base64')}`;
  const refusal = (given: string | undefined) => (wanted !== undefined && given !== wanted ? 407 : refuse);
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const status = refusal(request.headers['proxy-authorization']);
    if (status !== undefined) {
      response.writeHead(status, { 'proxy-authenticate': 'Basic realm="corp"' }).end('<html>no</html>');
      return;
    }
    const { method, url = '/', headers } = request;
    const { pathname, search } = new URL(url, 'http://host');
    const options = { host: '127.0.0.1', port: to, method, path: pathname + search, headers };
    const upstream = httpRequest(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    request.pipe(upstream);
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.on('error', () => {});
    const status = refusal(request.headers['proxy-authorization']);
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} Refused\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  return { ...(await listen(server)), asked };
}
