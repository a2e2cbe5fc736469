/** Passes HTTP through to one server as it comes, and hands over a copy of each exchange. */
import {
  type ClientRequest,
  createServer,
  type Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type AddressInfo, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Connection } from '../exchange/connection.js';
import type { Recorded } from '../recording/index.js';
import { createCopy } from './copy.js';
import { hasHeader, headText, pairsOf } from './headers.js';
import { createUpstream } from './upstream.js';

export interface ProxyOptions {
  /** Scheme, host and port of the server. */
  target: URL;
  /** 0 takes a free one. */
  port: number;
  /** The address to listen at; 127.0.0.1 where left out. */
  bind?: string;
  /** Leaves the Host header as the client wrote it, where the target is known by that name too. */
  keepHost?: boolean;
  /** What gets past what stands before the server. Its cookies are the client's to keep. */
  connection?: Connection;
  /** Gets a copy of each exchange, bodies as they came over the wire, after it has passed. */
  take(recorded: Recorded): void;
  /** Told of what passes without being judged, by a part of a sentence. */
  unjudged?(what: string): void;
}

/** A proxy that listens. */
export interface RunningProxy {
  /** Its root, such as `http://127.0.0.1:8081`. */
  url: string;
  /** Stops listening, breaks open connections, and hands over what has passed. */
  close(): Promise<void>;
}

const maxHeaderSize = 256 * 1024;
/** A connection of a client, with the one to the server that serves it alone. */
interface Line {
  agent: HttpAgent;
  /** Requests that are not answered yet. */
  open: number;
  /** Ends the client's connection when the server's has ended in between two requests. */
  endIdle(): void;
}

/**
 * Starts a proxy. Bytes of bodies, the names, values, order and case of headers, trailers, interim answers, compression and
 * upgrades pass as they are; only Host is written anew (unless `keepHost`), for the server is known by another name than the
 * proxy, and what a `connection` says is added. Each connection of a client has one of its own to the server, and either ends when the other does.
 * Answers itself only with 502, where the server cannot be reached. Throws an Error that names the port where it cannot listen.
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { target, bind = '127.0.0.1' } = options;
  const way = createUpstream(target, options);
  const send = way.address.protocol === 'https:' ? httpsRequest : httpRequest;
  const lines = new Map<Socket, Line>();
  const tunnels = new Set<Duplex>();
  let count = 0;

  const lineOf = (client: Socket): Line => {
    const known = lines.get(client);
    if (known !== undefined) return known;
    const agent = way.createAgent();
    const line: Line = {
      agent,
      open: 0,
      endIdle: () => {
        if (line.open === 0) client.end();
      },
    };
    lines.set(client, line);
    client.once('close', () => {
      lines.delete(client);
      agent.destroy();
    });
    return line;
  };

  const forward = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const client = incoming.socket;
    const line = lineOf(client);
    const startedAt = Date.now();
    const begun = performance.now();
    const number = ++count;
    const [asked, answered] = [createCopy(), createCopy()];
    let upstream: ClientRequest;
    try {
      const address = { ...way.address, agent: line.agent, path: way.pathOf(incoming.url ?? '/') };
      upstream = open(send, address, incoming, way.headersFor(incoming.rawHeaders));
    } catch {
      // What cannot be written as HTTP cannot be passed on.
      client.destroy();
      return;
    }
    line.open += 1;
    let isReached = false;
    let isAnswered = false;
    outgoing.once('close', () => {
      line.open -= 1;
      if (!outgoing.writableFinished) upstream.destroy();
    });

    upstream.once('socket', (server) => {
      isReached = upstream.reusedSocket || way.isOpened;
      if (!isReached)
        server.once(way.address.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
          isReached = true;
        });
      if (server.listenerCount('close', line.endIdle) === 0) server.once('close', line.endIdle);
    });
    upstream.on('continue', () => outgoing.writeContinue());
    upstream.on('information', ({ statusCode, statusMessage, rawHeaders }) => {
      const head = headText(`HTTP/1.1 ${statusCode} ${statusMessage}`, rawHeaders);
      if (statusCode !== 100) outgoing.socket?.write(head, 'latin1');
    });
    upstream.on('error', (error: NodeJS.ErrnoException) => {
      if (isAnswered || isReached || outgoing.destroyed) {
        // The server hung up, and so does the proxy.
        client.destroy();
        return;
      }
      options.unjudged?.('did not reach the server');
      incoming.unpipe(upstream);
      incoming.resume();
      outgoing.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
      outgoing.end(unreachable(target, error));
    });
    upstream.on('response', (answer) => {
      isAnswered = true;
      try {
        writeHead(outgoing, answer);
      } catch {
        client.destroy();
        return;
      }
      answer.on('data', (chunk: Buffer) => answered.add(chunk));
      answer.pipe(outgoing, { end: false });
      // Small answers go out whole; of long ones the head must not wait for the body.
      setImmediate(() => outgoing.flushHeaders());
      answer.on('error', () => outgoing.destroy());
      answer.on('end', () => {
        if (answer.rawTrailers.length > 0) outgoing.addTrailers(pairsOf(answer.rawTrailers));
        outgoing.end();
        const durationMs = performance.now() - begun;
        const url = /^https?:/i.test(incoming.url ?? '') ? `${incoming.url}` : `${target.origin}${incoming.url}`;
        // Only once the answer is on its way.
        setImmediate(() =>
          options.take({
            place: `request ${number}`,
            source: 0,
            method: incoming.method ?? 'GET',
            url,
            requestHeaders: pairsOf(incoming.rawHeaders),
            requestBody: asked.kept(),
            response: {
              status: answer.statusCode ?? 0,
              headers: pairsOf(answer.rawHeaders),
              body: answered.kept(),
            },
            startedAt,
            durationMs,
          }),
        );
      });
    });

    incoming.on('data', (chunk: Buffer) => asked.add(chunk));
    incoming.pipe(upstream, { end: false });
    incoming.on('end', () => {
      if (incoming.rawTrailers.length > 0) upstream.addTrailers(pairsOf(incoming.rawTrailers));
      upstream.end();
    });
    incoming.on('error', () => upstream.destroy());
    setImmediate(() => {
      if (!upstream.destroyed) upstream.flushHeaders();
    });
  };

  const tunnel = (incoming: IncomingMessage, client: Duplex, head: Buffer): void => {
    const hold = (end: Duplex, other?: Duplex): void => {
      tunnels.add(end);
      end.on('error', () => other?.destroy());
      end.once('close', () => {
        tunnels.delete(end);
        other?.destroy();
      });
    };
    hold(client);
    way.connect().then(
      (server) => {
        hold(server, client);
        hold(client, server);
        if (client.destroyed) {
          server.destroy();
          return;
        }
        server.setNoDelay(true);
        const firstLine = `${incoming.method} ${incoming.url} HTTP/${incoming.httpVersion}`;
        server.write(headText(firstLine, way.headersFor(incoming.rawHeaders)), 'latin1');
        if (head.length > 0) server.write(head);
        client.pipe(server).pipe(client);
      },
      (error: NodeJS.ErrnoException) => {
        options.unjudged?.('did not reach the server');
        const text = unreachable(target, error);
        const lines = ['content-type', 'text/plain; charset=utf-8', 'content-length', `${Buffer.byteLength(text)}`];
        client.end(headText('HTTP/1.1 502 Bad Gateway', [...lines, 'connection', 'close']) + text);
      },
    );
    options.unjudged?.('is a connection that was upgraded');
  };

  const server = createServer({ requireHostHeader: false, maxHeaderSize, requestTimeout: 0, headersTimeout: 0 });
  server.keepAliveTimeout = 0;
  server.on('request', forward);
  server.on('checkContinue', forward);
  server.on('checkExpectation', forward);
  server.on('upgrade', tunnel);
  server.on('connect', tunnel);
  // What is no HTTP is not for the proxy to answer.
  server.on('clientError', (_error, socket) => socket.destroy());

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, options.port, bind)));
    server.listen(options.port, bind, resolve);
  });
  const { address, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${isIP(address) === 6 ? `[${address}]` : address}:${bound}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      for (const end of tunnels) end.destroy();
      await closed;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Methods of requests that mostly have no body: Node then adds no header for one. */
const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** Opens the request to the server with the very header lines of the client. */
function open(
  send: typeof httpRequest,
  address: RequestOptions & { servername: string },
  { method = 'GET' }: IncomingMessage,
  headers: string[],
): ClientRequest {
  const options = { ...address, method, setHost: false, maxHeaderSize };
  const isFramed = hasHeader(headers, 'content-length') || hasHeader(headers, 'transfer-encoding');
  if (hasHeader(headers, 'connection') && (isFramed || bodiless.has(method))) return send({ ...options, headers });
  // Given at once, the lines pass as they are but Node would add what is missing; given singly, it can be told not to.
  const upstream = send(options);
  const all = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of pairsOf(headers)) {
    const lines = all.get(name.toLowerCase()) ?? { name, values: [] };
    lines.values.push(value);
    all.set(name.toLowerCase(), lines);
  }
  for (const { name, values } of all.values()) upstream.setHeader(name, values.length === 1 ? `${values[0]}` : values);
  for (const name of ['connection', 'content-length', 'transfer-encoding'])
    if (!all.has(name)) upstream.removeHeader(name);
  return upstream;
}

/** Writes the head of an answer with the very header lines of the server. */
function writeHead(
  outgoing: ServerResponse,
  { statusCode = 200, statusMessage = '', rawHeaders }: IncomingMessage,
): void {
  // Removing what is not there keeps Node from adding it.
  for (const name of ['date', 'connection', 'content-length', 'transfer-encoding'])
    if (!hasHeader(rawHeaders, name)) outgoing.removeHeader(name);
  outgoing.writeHead(statusCode, statusMessage, rawHeaders as string[]);
}

function unreachable(target: URL, error: NodeJS.ErrnoException): string {
  const why = error.message || error.code || 'no reason given';
  return `chat-conformance proxy: the server ${target.origin} cannot be reached: ${why}\n`;
}

function listenError(error: NodeJS.ErrnoException, port: number, bind: string): Error {
  const place = `port ${port} of ${bind}`;
  const words: Record<string, string> = {
    EADDRINUSE: `${place} is in use. Choose another port, or 0 for a free one.`,
    EACCES: `${place} is not allowed to this user. Choose a port above 1023, or 0 for a free one.`,
    EADDRNOTAVAIL: `${bind} is no address of this machine.`,
  };
  return new Error(words[error.code ?? ''] ?? `${place} cannot be listened at: ${error.message}`);
}
