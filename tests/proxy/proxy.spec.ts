import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unpacked } from '../../src/proxy/index.js';
import type { Recorded } from '../../src/recording/index.js';
import { expect } from '../test.js';
import { test } from './servers.js';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

test('head and body of a request reach the server as they are, but for Host', async ({ wire, pass, exchange }) => {
  const body = '{"a":\r\n "\xe9"}';
  const server = await wire((socket, came) => {
    if (came.includes('"}')) socket.write(ok);
  });
  const { proxy } = await pass(server.url);
  const head = (host: string) =>
    `POST /x?srv=a%2Fb&&api= HTTP/1.1\r\nhOsT: ${host}\r\nX-Odd:  a b\r\nx-odd: c\r\nAccept-Encoding: br, gzip\r\ncontent-LENGTH: ${body.length}\r\nConnection: keep-alive\r\nX-ODD: d\r\n\r\n${body}`;
  await exchange(proxy, head('proxy.test'), 'ok');
  expect(server.came).toEqual([head(server.url.host).replace('X-Odd:  a b', 'X-Odd: a b')]);
});

test('nothing is added to a request that says little', async ({ wire, pass, exchange }) => {
  const server = await wire((socket, came) => {
    if (came.endsWith('\r\n\r\n')) socket.write(ok);
  });
  const { proxy } = await pass(server.url);
  for (const request of ['GET / HTTP/1.1\r\n\r\n', 'POST / HTTP/1.1\r\nA: 1\r\nb: 2\r\na: 3\r\n\r\n'])
    await exchange(proxy, request, 'ok');
  expect(server.came).toEqual(['GET / HTTP/1.1\r\n\r\n', 'POST / HTTP/1.1\r\nA: 1\r\nA: 3\r\nb: 2\r\n\r\n']);
});

test('--keep-host leaves Host alone', async ({ wire, pass, exchange }) => {
  const server = await wire((socket) => socket.write(ok));
  const { proxy } = await pass(server.url, { keepHost: true });
  await exchange(proxy, 'GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n', 'ok');
  expect(server.came[0]).toContain('Host: chat.example\r\n');
});

const answers: Record<string, string> = {
  'with odd headers':
    'HTTP/1.1 200 Fine\r\nx-a: 1\r\nX-B: \r\nSet-Cookie: a=1\r\nX-A: \xe9\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok',
  'with a length': ok,
  'with a Date and Connection of its own':
    'HTTP/1.1 201 Created\r\nDATE: today\r\nconnection: Keep-Alive\r\nKeep-Alive: timeout=9\r\ncontent-length: 2\r\n\r\nok',
  'in chunks': 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
  'with trailers':
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n',
  'of an unknown status': 'HTTP/1.1 799 Odd\r\nContent-Length: 2\r\n\r\nok',
  'without a body': 'HTTP/1.1 204 No Content\r\nX-End: 1\r\n\r\n',
};

for (const [words, answer] of Object.entries(answers)) {
  test(`an answer ${words} comes back as it is`, async ({ wire, pass, exchange }) => {
    const server = await wire((socket) => socket.write(answer, 'latin1'));
    const { proxy } = await pass(server.url);
    const until = answer.slice(-8);
    expect(await exchange(proxy, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', until)).toBe(answer);
  });
}

test('an answer that ends with its connection does so for the client', async ({ wire, pass, exchange }) => {
  const answer = 'HTTP/1.1 200 OK\r\nX-A: 1\r\n\r\nto the end';
  const server = await wire((socket) => socket.end(answer));
  const { proxy } = await pass(server.url);
  expect(await exchange(proxy, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toBe(answer);
});

test('an answer to HEAD keeps its length and has no body', async ({ wire, pass, exchange }) => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n';
  const server = await wire((socket) => socket.write(answer));
  const { proxy } = await pass(server.url);
  expect(await exchange(proxy, 'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n', '\r\n\r\n')).toBe(answer);
});

test('a client that waits for 100 gets it from the server, other interim answers too', async ({
  wire,
  pass,
  exchange,
}) => {
  const interim = 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n';
  const server = await wire((socket, came) => {
    if (came.endsWith('\r\n\r\n')) socket.write(`HTTP/1.1 100 Continue\r\n\r\n${interim}${ok}`);
  });
  const { proxy } = await pass(server.url);
  const head = 'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n';
  expect(await exchange(proxy, head, 'ok')).toBe(`HTTP/1.1 100 Continue\r\n\r\n${interim}${ok}`);
  expect(server.came[0]).toContain('Expect: 100-continue\r\n');
});

test('a connection is kept, and has one of its own to the server', async ({ wire, pass, exchange }) => {
  const server = await wire((socket) => socket.write(ok));
  const { proxy, taken } = await pass(server.url);
  const { hostname, port } = new URL(proxy.url);
  const client = connect(Number(port), hostname);
  for (let i = 0; i < 20; i++) {
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(client, 'data');
  }
  await exchange(proxy, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'ok');
  expect(server.came).toHaveLength(2);
  client.destroy();
  await expect.poll(() => server.open()).toBe(1);
  expect(taken.length).toBe(21);
});

test('when the server hangs up, the proxy does, answers nothing in its place, and counts it', async ({
  wire,
  pass,
  exchange,
}) => {
  const server = await wire((socket) => socket.destroy());
  const { proxy, taken, unjudged } = await pass(server.url);
  expect(await exchange(proxy, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toBe('');
  expect(unjudged).toEqual(['got no complete answer']);
  const half = await wire(
    (socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal', () => socket.destroy()),
  );
  const { proxy: second, unjudged: counted } = await pass(half.url);
  expect(await exchange(second, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')).toBe(
    'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal',
  );
  expect(counted).toEqual(['got no complete answer']);
  expect(taken).toEqual([]);
});

test('a server that cannot be reached is a 502 that says so', async ({ pass, exchange }) => {
  const { proxy, unjudged } = await pass(new URL('http://127.0.0.1:1'));
  const back = await exchange(proxy, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}');
  expect(back).toMatch(/^HTTP\/1.1 502 /);
  expect(back).toContain('the server http://127.0.0.1:1 cannot be reached: connect ECONNREFUSED');
  const upgrade = await exchange(
    proxy,
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  );
  expect(upgrade).toMatch(/^HTTP\/1.1 502 /);
  expect(unjudged).toContain('did not reach the server');
});

test('an upgraded connection is a tunnel in both directions', async ({ wire, pass }) => {
  const server = await wire((socket, came) => {
    if (came.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: Echo\r\n\r\n');
    else socket.end('\x00bytes\xff', 'latin1');
  });
  const { proxy, taken } = await pass(server.url);
  const head = (host: string) => `GET /ws HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: Echo\r\n\r\n`;
  const { hostname, port } = new URL(proxy.url);
  const client = connect(Number(port), hostname);
  client.write(head('a'));
  let back = '';
  client.on('data', (chunk) => {
    back += chunk.toString('latin1');
    if (back.endsWith('\r\n\r\n')) client.write('\x01over');
  });
  await once(client, 'close');
  expect(back).toBe('HTTP/1.1 101 Switching Protocols\r\nUpgrade: Echo\r\n\r\n\x00bytes\xff');
  expect(server.came).toEqual([`${head(server.url.host)}\x01over`]);
  expect(taken).toEqual([]);
});

test('bodies stream: the first piece comes before the last is there', async ({ wire, pass }) => {
  const server = await wire((socket, came) => {
    if (!came.includes('first')) return;
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nearly\r\n');
    if (came.includes('second')) socket.write('0\r\n\r\n');
  });
  const { proxy } = await pass(server.url);
  const asked = request(proxy.url, { method: 'POST', headers: { 'Content-Length': 11 } });
  asked.write('first');
  const [answer] = await once(asked, 'response');
  const [piece] = await once(answer, 'data');
  expect(String(piece)).toBe('early');
  asked.destroy();
});

test('what passes is handed over as a copy, decompressed; the client gets it compressed', async ({
  wire,
  pass,
  exchange,
}) => {
  const packed = gzipSync('{"statusCode":0}');
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`;
  const server = await wire((socket) => socket.write(Buffer.concat([Buffer.from(head), packed])));
  const { proxy, taken } = await pass(server.url);
  const back = await exchange(
    proxy,
    'POST /api/v2/chats/a?x=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}',
    packed.toString('latin1'),
  );
  expect(back).toBe(head + packed.toString('latin1'));
  await expect.poll(() => taken.length).toBe(1);
  expect(unpacked(taken[0] as Recorded)).toMatchObject({
    method: 'POST',
    url: `${server.url.origin}/api/v2/chats/a?x=1`,
    requestHeaders: [
      ['Host', 'a'],
      ['Content-Length', '2'],
    ],
    requestBody: { bytes: Buffer.from('{}') },
    response: { status: 200, body: { bytes: Buffer.from('{"statusCode":0}') } },
  });
});

test('bodies of any bytes and sizes pass both ways', async ({ pass }) => {
  const server = createServer((incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/octet-stream' });
    incoming.pipe(outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const { proxy } = await pass(new URL(`http://127.0.0.1:${port}`));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ minLength: 1, maxLength: 200 }).map((part) => Buffer.alloc(300_000, part)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const answer = await fetch(proxy.url, { method: 'POST', body: Buffer.from(body) });
        expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true);
      }),
      { numRuns: 40 },
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a port in use is said so', async ({ wire, pass }) => {
  const server = await wire(() => {});
  await expect(pass(server.url, { port: Number(server.url.port) })).rejects.toThrow('is in use');
});
