/** Passes HTTP through to one server as it comes, and hands over a copy of each exchange. */
import {
  type ClientRequest,
  createServer,
  type Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type AddressInfo, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Connection } from '../exchange/connection.js';
import type { Recorded } from '../recording/index.js';
import { createCopy } from './copy.js';
import { headText, pairsOf } from './headers.js';
import { linesOf, maxHeaderSize, openRequest, writeHead } from './heads.js';
import {
  answerToUnread,
  answerToUnreadAnswer,
  type OwnAnswer,
  ownText,
  type ParseError,
  sendOwn,
} from './own-answers.js';
import { createTunnels } from './tunnel.js';
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

/** How long a client may take to read why its request could not be read, ms. */
const farewellMs = 2000;

/** A connection of a client, with the one to the server that serves it alone. */
interface Line {
  agent: HttpAgent;
  /** Requests that are not answered yet. */
  open: number;
  /** Whether bytes of an answer have been sent that is not at its end. */
  isAnswering: boolean;
  /** Ends the client's connection when the server's has ended in between two requests. */
  endIdle(): void;
}

/**
 * Starts a proxy. Bytes of bodies, the names, values and case of headers, trailers, interim answers, compression and
 * upgrades pass as they are; only Host is written anew (unless `keepHost`), for the server is known by another name than the
 * proxy, and what a `connection` says is added. Each connection of a client has one of its own to the server, and either ends when the other does.
 * Both sides are spoken to in HTTP/1.1; chunks are cut anew, without their extensions. What cannot be passed on is answered with 4xx
 * or 502 and the reason. Throws an Error that names the port where it cannot listen.
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const { target, bind = '127.0.0.1' } = options;
  const way = createUpstream(target, options);
  const send = way.address.protocol === 'https:' ? httpsRequest : httpRequest;
  const lines = new Map<Socket, Line>();
  const tunnels = createTunnels(way);
  let count = 0;

  const lineOf = (client: Socket): Line => {
    const known = lines.get(client);
    if (known !== undefined) return known;
    const agent = way.createAgent();
    const line: Line = {
      agent,
      open: 0,
      isAnswering: false,
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
    const refuse = (own: OwnAnswer, what = 'could not be passed on'): void => {
      incoming.unpipe();
      incoming.resume();
      options.unjudged?.(what);
      sendOwn(outgoing, own);
    };
    if (!/^1\.[01]$/.test(incoming.httpVersion)) {
      refuse({
        status: 400,
        why: `the request is HTTP/${incoming.httpVersion}: the proxy passes HTTP/1.0 and HTTP/1.1`,
      });
      return;
    }
    let upstream: ClientRequest;
    try {
      const address = { ...way.address, agent: line.agent, path: way.pathOf(incoming.url ?? '/') };
      upstream = openRequest(send, address, incoming, way.headersFor(linesOf(incoming, target)));
    } catch (error) {
      refuse({ status: 400, why: `the request cannot be written as it came: ${wordsOf(error)}` });
      return;
    }
    line.open += 1;
    let isReached = false;
    let isAnswered = false;
    outgoing.once('close', () => {
      line.open -= 1;
      line.isAnswering = false;
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
    upstream.on('upgrade', (_answer, server) => {
      server.destroy();
      refuse({ status: 502, why: 'the server answered HTTP 101 to a request that asked for no upgrade' });
    });
    upstream.on('error', (error: ParseError) => {
      // Nobody is there to be told, or has been told already.
      if (outgoing.destroyed || outgoing.writableEnded || client.writableEnded) return;
      if (!isAnswered && !isReached) {
        refuse({ status: 502, why: unreachable(target, error) }, 'did not reach the server');
        return;
      }
      const own = isAnswered ? undefined : answerToUnreadAnswer(error);
      if (own !== undefined) {
        refuse(own);
        return;
      }
      // The server hung up, and so does the proxy.
      options.unjudged?.('got no complete answer');
      client.destroy();
    });
    upstream.on('response', (answer) => {
      isAnswered = true;
      try {
        writeHead(outgoing, incoming, answer);
      } catch (error) {
        answer.on('error', () => {});
        upstream.destroy();
        refuse({ status: 502, why: `the server's answer cannot be written as it came: ${wordsOf(error)}` });
        return;
      }
      line.isAnswering = true;
      answer.on('data', (chunk: Buffer) => answered.add(chunk));
      answer.pipe(outgoing, { end: false });
      // Small answers go out whole; of long ones the head must not wait for the body.
      setImmediate(() => outgoing.flushHeaders());
      answer.on('error', () => {
        if (!outgoing.destroyed && !client.destroyed) options.unjudged?.('got no complete answer');
        outgoing.destroy();
      });
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

  const tunnel = (...[incoming, client, head]: [IncomingMessage, Duplex, Buffer]): void => {
    options.unjudged?.('is a connection that was upgraded');
    tunnels.open(incoming, client, head, (error) => {
      options.unjudged?.('did not reach the server');
      return unreachable(target, error);
    });
  };
  const refused = new WeakSet<Duplex>();
  const refuseUnread = (error: ParseError, client: Duplex): void => {
    if (refused.has(client)) return;
    const line = lines.get(client as Socket);
    const own = line?.isAnswering === true || !client.writable ? undefined : answerToUnread(error);
    if (own === undefined) {
      client.destroy();
      return;
    }
    refused.add(client);
    options.unjudged?.('could not be passed on');
    client.end(ownText(own));
    line?.agent.destroy();
    // A connection that is broken while bytes still come loses what was sent: the client ends it, or the time does.
    setTimeout(() => client.destroy(), farewellMs).unref();
  };

  const server = createServer({ requireHostHeader: false, maxHeaderSize, requestTimeout: 0, headersTimeout: 0 });
  server.keepAliveTimeout = 0;
  server.on('request', forward);
  server.on('checkContinue', forward);
  server.on('checkExpectation', forward);
  server.on('upgrade', tunnel);
  server.on('connect', tunnel);
  server.on('clientError', refuseUnread);

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
      tunnels.close();
      await closed;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function unreachable(target: URL, error: NodeJS.ErrnoException): string {
  const why = error.message || error.code || 'no reason given';
  return `the server ${target.origin} cannot be reached: ${why}`;
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
