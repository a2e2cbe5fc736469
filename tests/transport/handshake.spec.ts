import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { serveStub } from '../../apis/stub.js';
import { plainConnection } from '../../src/exchange/connection.js';
import { webSocketHandshake } from '../../src/transport/index.js';
import { expect, test } from '../test.js';

const handshake = (address: string) => webSocketHandshake(address, plainConnection, 20_000);

test('the stub accepts a WebSocket handshake on its own port, and speaks no TLS', async () => {
  const { url, close } = await serveStub();
  const { host } = new URL(url);
  expect(await handshake(`ws://${host}/`)).toEqual({ outcome: 'accepted', says: '' });
  expect(await handshake(`wss://${host}/`)).toMatchObject({ outcome: 'untrusted', says: /./ });
  await close();
  expect(await handshake(`ws://${host}/`)).toMatchObject({ outcome: 'refused', says: /ECONNREFUSED/ });
});

test('a stub that is closed ends the WebSockets that it let in', async () => {
  const { url, close } = await serveStub();
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const ended = new Promise((resolve) => socket.on('close', resolve).on('error', () => {}));
  socket.write(
    'GET / HTTP/1.1\r\nHost: stub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\n\r\n',
  );
  const [said] = await new Promise<Buffer[]>((resolve) => socket.once('data', (...data) => resolve(data)));
  expect(String(said)).toContain('101 Switching Protocols');
  await close();
  await ended;
});

for (const [words, answer, says] of [
  ['answers like any other request', undefined, 'the handshake is answered with HTTP 404'],
  [
    'accepts another key',
    'bm90IGl0',
    'the handshake is answered with another Sec-WebSocket-Accept than its key asks for',
  ],
] as const)
  test(`a listener that ${words} is no WebSocket`, async () => {
    const server = createServer((_request, response) => response.writeHead(404).end());
    if (answer !== undefined)
      server.on('upgrade', (_request, socket) =>
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${answer}\r\n\r\n`,
        ),
      );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      expect(await handshake(`ws://127.0.0.1:${port}/`)).toEqual({ outcome: 'refused', says });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
