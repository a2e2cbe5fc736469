import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import cors from 'cors';
import { getResponse, type HttpHandler } from 'msw';

const HOST = '127.0.0.1';
/** What a server makes of the key of a client (RFC 6455, section 1.3). */
const WEB_SOCKET_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** A listening server. */
export interface Listener {
  /** Root of the server, without a slash at its end. */
  url: string;
  /** Stops listening and breaks open connections. */
  close(): Promise<void>;
}

/** How handlers are served. */
export interface Serving {
  /** 0, or none: a free one. */
  port?: number;
  /** Milliseconds to wait before each answer; none where left out. */
  latencyMs?: number;
  /** Whether pages of any origin may call, as browsers ask before they let them (CORS); they may where left out. */
  cors?: boolean;
}

/** What a browser asks for a page of another origin is answered, and answers say that the page may read them. */
const allowOrigins = cors({ origin: true, credentials: true });

/** Serves MSW handlers over HTTP on the loopback. A port in use is an error that says so. */
export async function serveHandlers(
  handlers: HttpHandler[],
  { port = 0, latencyMs = 0, cors: crossOrigin = true }: Serving = {},
): Promise<Listener> {
  const server = createServer((incoming, outgoing) => {
    const serve = () => void answer(handlers, incoming, outgoing, latencyMs).catch(() => outgoing.destroy());
    const isPreflight = incoming.headers['access-control-request-method'] !== undefined;
    // An OPTIONS that is no preflight is the handlers' to answer.
    if (crossOrigin && (incoming.method !== 'OPTIONS' || isPreflight)) allowOrigins(incoming, outgoing, serve);
    else serve();
  });
  // Clients that want to be told of changes are let in, and told nothing.
  const listening = new Set<Duplex>();
  server.on('upgrade', ({ headers }, socket) => {
    listening.add(socket.on('close', () => listening.delete(socket)).on('error', () => socket.destroy()));
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${WEB_SOCKET_SUFFIX}`).digest('base64');
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write([...lines, `Sec-WebSocket-Accept: ${accept}`, '', ''].join('\r\n'));
  });
  // Longer than any pause of a client, so that no request meets a connection that is just being closed.
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    server.listen(port, HOST, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of listening) socket.destroy();
      }),
  };
}

/** The root at which `fetchFrom` answers. */
export const withinProcess = 'http://stub.test:8080';

/**
 * What answers as the handlers do when they are served, but in this process: for who asks often and looks at no connection.
 * @returns a `fetch` that throws a TypeError, as the real one does, where a handler breaks the connection, and at any other root than
 *   `withinProcess`, for nobody listens there
 */
export function fetchFrom(handlers: HttpHandler[]): typeof globalThis.fetch {
  return async (url, { signal, ...init } = {}) => {
    const request = behindHead(url, init);
    if (new URL(request.url).origin !== withinProcess) throw nobodyListens();
    const response = await Promise.race([respond(handlers, request), aborted(signal)]);
    // Timers and sockets get their turn, as they do while a real answer is on its way.
    if (!init.body) await turn();
    if (response.type === 'error') throw new TypeError('fetch failed', { cause: response });
    const promised = Number(response.headers.get('content-length') ?? 0);
    if (promised === 0) return response;
    const body = new Uint8Array(await response.arrayBuffer());
    return promised > body.length ? new Response(cutAfter(body), response) : new Response(body, response);
  };
}

/** In how many turns of the event loop a body comes, at most. */
const mostTurns = 4;

/**
 * A request whose body comes some turns after its head, as over a connection: so calls at the same time meet, in any order. It is one
 * and the same for whoever reads it, and bytes are handed on as they are: streams and copies of them cost more than most answers.
 */
function behindHead(url: Parameters<typeof globalThis.fetch>[0], init: RequestInit): Request {
  const { body, ...head } = init;
  const bytes = body instanceof Uint8Array ? body : undefined;
  const request = new Request(url, bytes === undefined ? init : head);
  const whole = async (): Promise<Uint8Array> => {
    const read = bytes ?? new Uint8Array(await Request.prototype.arrayBuffer.call(request));
    for (let turns = Math.ceil(Math.random() * mostTurns); turns > 0 && read.length > 0; turns--) await turn();
    return read;
  };
  let arriving: Promise<Uint8Array> | undefined;
  const arrived = () => {
    arriving ??= whole();
    return arriving;
  };
  const copied = async () => new Uint8Array(await arrived());
  const inFull = async () => new Response(await copied(), { headers: request.headers });
  return Object.assign(request, {
    arrayBuffer: async () => (await copied()).buffer,
    blob: async () => (await inFull()).blob(),
    clone: () => request,
    formData: async () => (await inFull()).formData(),
    json: async () => (await inFull()).json(),
    text: async () => new TextDecoder().decode(await arrived()),
  });
}

function nobodyListens(): TypeError {
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  return new TypeError('fetch failed', { cause });
}

/** Never comes, but throws as soon as the signal says so. */
function aborted(signal?: AbortSignal | null): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

/** A body that breaks off after these bytes. */
function cutAfter(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (stream) => stream.enqueue(bytes),
    pull: (stream) => stream.error(new TypeError('terminated')),
  });
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  const place = `port ${port} of ${HOST}`;
  if (error.code === 'EADDRINUSE') {
    return new Error(`The stub cannot listen: ${place} is in use. Choose another port, or 0 for a free one.`);
  }
  if (error.code === 'EACCES') {
    return new Error(
      `The stub cannot listen: ${place} is not allowed to this user. Choose a port above 1023, or 0 for a free one.`,
    );
  }
  return new Error(`The stub cannot listen on ${place}: ${error.message}`);
}

async function answer(
  handlers: HttpHandler[],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  latencyMs: number,
): Promise<void> {
  const request = await toRequest(incoming);
  if (latencyMs > 0) await wait(latencyMs);
  const response =
    request === undefined
      ? failure(400, 'The request is none that the stub can read.')
      : await respond(handlers, request);
  // `Response.error()` is how a handler asks for a broken connection.
  if (response.type === 'error') return void outgoing.destroy();
  await send(response, outgoing);
}

/** What the handlers answer, or that there is nothing at such a place, or that they failed. */
async function respond(handlers: HttpHandler[], request: Request): Promise<Response> {
  try {
    const nothing = () => failure(404, `The stub serves nothing at ${new URL(request.url).pathname}.`);
    return (await getResponse(handlers, request)) ?? nothing();
  } catch (error) {
    return failure(500, `The stub failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function failure(status: number, error: string): Response {
  return Response.json({ error }, { status });
}

/** The same request for the Fetch API; undefined for methods and addresses that it does not know. */
async function toRequest(incoming: IncomingMessage): Promise<Request | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const method = incoming.method ?? 'GET';
  const body = method === 'GET' || method === 'HEAD' ? undefined : Buffer.concat(chunks);
  try {
    const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? HOST}`);
    return new Request(url, { method, headers, body });
  } catch {
    return undefined;
  }
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  const promised = Number(response.headers.get('content-length') ?? body.length);
  outgoing.statusCode = response.status;
  // One by one, because several cookies are several headers.
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);
  outgoing.setHeader('content-length', promised);
  // Fewer bytes than promised: the handler asks for a connection that breaks in the middle.
  if (promised > body.length) outgoing.write(body, () => outgoing.destroy());
  else outgoing.end(body);
}
