import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { ResolvedTarget } from '../../src/target/index.js';
import { preflight, targetFromText } from '../apis.js';
import { expect, test } from '../test.js';

function targetAt(url: string, timeoutMs = 300): ResolvedTarget {
  return targetFromText(JSON.stringify({ name: 't', timeoutMs, genesys: { url, tenantName: 'E' } }), 't.json', {});
}

/** Asks the preflight about a server that listens for the time of the question. */
async function asked(server: Server, scheme = 'http') {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await preflight(targetAt(`${scheme}://127.0.0.1:${port}`), ['genesys']);
  } finally {
    server.close();
  }
}

test('a server that accepts and never answers is there', async () => {
  expect(
    await asked(createServer((socket) => socket.on('error', () => {}).setTimeout(2000, () => socket.destroy()))),
  ).toEqual({
    ok: true,
  });
});

test('a server that closes at once, or speaks no HTTP, is there', async () => {
  expect(await asked(createServer((socket) => socket.destroy()))).toEqual({ ok: true });
  expect(await asked(createServer((socket) => socket.end('220 smtp.example ready\r\n')))).toEqual({ ok: true });
});

test('a server without TLS is told where https is written', async () => {
  const found = await asked(
    createHttpServer((_, response) => response.end()),
    'https',
  );
  expect(found).toMatchObject({ ok: false, reason: expect.stringContaining('write http:// instead of https://') });
});

test('a host that refuses is named with the mend', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const found = await preflight(targetAt(`http://127.0.0.1:${port}`), ['genesys']);
  expect(found).toEqual({
    ok: false,
    reason: `The host 127.0.0.1:${port} of genesys.url refuses connections (ECONNREFUSED): start the server there, or mend the port.`,
  });
});

test('a host that nobody knows is named', async () => {
  const found = await preflight(targetAt('http://no-such-host.invalid', 5000), ['genesys']);
  expect(found).toMatchObject({ ok: false, reason: expect.stringContaining('no-such-host.invalid of genesys.url') });
});

test('an API without a section is not asked about', async () => {
  expect(await preflight(targetAt('http://127.0.0.1:1'), ['ozeki'])).toEqual({ ok: true });
});

test('a port that fetch will not use is tried all the same', async () => {
  const found = await preflight(targetAt('http://127.0.0.1:1'), ['genesys']);
  expect(found).toMatchObject({ ok: false, reason: expect.stringContaining('127.0.0.1:1 ') });
});
