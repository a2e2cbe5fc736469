/** Small servers that misbehave, on free loopback ports. Who starts one stops it: `await using` does so by itself. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A request as a hostile server saw it. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface HostileServer extends AsyncDisposable {
  /** Without a slash at the end. */
  url: string;
  requests: SeenRequest[];
  /** Open connections that have carried a request; Node's fetch may keep a spare one. */
  open(): number;
  close(): Promise<void>;
}

/** What a server does with a request; it may also write to `request.socket` past HTTP. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, seen: SeenRequest) => void;

/** Starts a server that does this to each request, whose body it has read. */
export async function serve(behaviour: Behaviour): Promise<HostileServer> {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const used = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const seen = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      requests.push(seen);
      used.add(request.socket);
      behaviour(request, response, seen);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket) && used.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests, open: () => used.size, close, [Symbol.asyncDispose]: close };
}

/** Misbehaves on the requests that `when` picks, and answers the others as `otherwise` does. */
export function onSome(
  when: (seen: SeenRequest, count: number) => boolean,
  hostile: Behaviour,
  otherwise: Behaviour,
): Behaviour {
  let count = 0;
  return (request, response, seen) => {
    count += 1;
    (when(seen, count) ? hostile : otherwise)(request, response, seen);
  };
}

/** The URL of a port on which nobody listens. */
export async function refusesConnections(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return `http://127.0.0.1:${port}`;
}

/** Answers this JSON text, status 200 or another. */
export const answers =
  (text = '{"ok":true}', status = 200, headers: Record<string, string> = {}): Behaviour =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
  };

/** Accepts the request and never answers. */
export const neverAnswers: Behaviour = () => undefined;

/** Answers in order, but slower than anybody waits for: one byte of the body each `everyMs`. */
export const dripsBytes =
  (everyMs = 1000): Behaviour =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{');
    const timer = setInterval(() => response.write(' '), everyMs);
    response.on('close', () => clearInterval(timer));
  };

/** Closes the connection in the middle of a chunked body. */
export const closesInMidBody: Behaviour = raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{"a', 'end');

/** Closes the connection with no answer. */
export const closesWithoutAnswer: Behaviour = raw('', 'end');

/** Resets the connection with no answer. */
export const resets: Behaviour = raw('', 'reset');

/** Resets the connection in the middle of the body. */
export const resetsInMidBody: Behaviour = (request) => {
  request.socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":');
  setTimeout(() => request.socket.resetAndDestroy(), 20);
};

/** Promises more bytes than it sends, then closes. */
export const contentLengthTooLong: Behaviour = raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a":1}', 'end');

/** Promises fewer bytes than it sends. */
export const contentLengthTooShort: Behaviour = raw('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n{"a":1}', 'end');

/** Sends that many zero bytes, 200 MB unless told, as fast as they are taken. */
export const sendsZeros =
  (bytes = 200 * 1024 * 1024): Behaviour =>
  (_request, response) => {
    const chunk = Buffer.alloc(256 * 1024);
    let left = bytes;
    const write = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= chunk.length;
        if (!response.write(chunk)) {
          response.once('drain', write);
          return;
        }
      }
      response.end();
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    write();
  };

/** A small gzip body that unpacks to that many bytes, 200 MB unless told. */
export const gzipBomb = (bytes = 200 * 1024 * 1024): Behaviour => {
  // Members of a gzip file may follow each other, so one of 1 MiB is packed once and repeated.
  const member = gzipSync(Buffer.alloc(1024 * 1024));
  const bomb = Buffer.concat(Array.from({ length: Math.ceil(bytes / (1024 * 1024)) }, () => member));
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
  };
};

/** Says gzip, sends something else. */
export const corruptGzip: Behaviour = (_request, response) => {
  response.writeHead(200, { 'content-encoding': 'gzip' }).end('{"a":1}');
};

/** Redirects to where the request went. */
export const redirectsInALoop: Behaviour = (request, response) => {
  response.writeHead(307, { location: request.url ?? '/' }).end();
};

/** Redirects to another host. */
export const redirectsTo =
  (location: string): Behaviour =>
  (_request, response) => {
    response.writeHead(307, { location }).end();
  };

/** Answers a web page with status 200. */
export const answersHtml: Behaviour = answers('<!DOCTYPE html><html><body>Welcome</body></html>', 200, {
  'content-type': 'text/html',
});

/** Answers JSON with a byte that UTF-8 has not. */
export const answersInvalidUtf8: Behaviour = (_request, response) => {
  const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
};

/** Answers JSON that nests that deep, 100,000 levels unless told. */
export const answersDeepJson = (levels = 100_000): Behaviour => answers('['.repeat(levels) + ']'.repeat(levels));

/** 429, with Retry-After where given. */
export const tooManyRequests = (retryAfter?: string): Behaviour =>
  answers('{"error":"slow down"}', 429, retryAfter === undefined ? {} : { 'retry-after': retryAfter });

/** 503, with Retry-After where given. */
export const unavailable = (retryAfter?: string): Behaviour =>
  answers('{"error":"down"}', 503, retryAfter === undefined ? {} : { 'retry-after': retryAfter });

/** 502 to the first of each `every` requests, else as `otherwise` does. */
export const badGatewayNowAndThen = (every: number, otherwise: Behaviour = answers()): Behaviour =>
  onSome((_seen, count) => count % every === 1, answers('<html>Bad Gateway</html>', 502), otherwise);

/** Talks, but not HTTP. */
export const talksNoHttp: Behaviour = raw('220 mail.example ESMTP ready\r\n', 'stay');

/** Sends header after header and never ends them. */
export const sendsHeadersForever: Behaviour = (request) => {
  const { socket } = request;
  socket.write('HTTP/1.1 200 OK\r\n');
  const timer = setInterval(() => socket.write(`x-more: ${'a'.repeat(1000)}\r\n`), 1);
  socket.on('close', () => clearInterval(timer));
};

/** Sends interim answers (103 Early Hints, each `everyMs`) and never a final one. */
export const sendsInterimAnswersForever =
  (everyMs = 20): Behaviour =>
  (request) => {
    const { socket } = request;
    const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'), everyMs);
    socket.on('close', () => clearInterval(timer));
  };

/** Sends an interim answer, then a good one. */
export const sendsOneInterimAnswer: Behaviour = raw(
  'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"a":1}',
  'stay',
);

/** Sends an unasked-for 100 Continue, then a good answer: legal, though Node's fetch cannot read it. */
export const sendsContinue: Behaviour = raw(
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n{"a":1}',
  'stay',
);

/** Switches to another protocol, unasked. */
export const switchesProtocols: Behaviour = raw(
  'HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n',
  'stay',
);

/** Writes past HTTP, then ends the connection in this way. */
function raw(text: string, then: 'end' | 'reset' | 'stay'): Behaviour {
  return (request) => {
    if (text !== '') request.socket.write(text);
    if (then === 'end') request.socket.end();
    if (then === 'reset') request.socket.resetAndDestroy();
  };
}
