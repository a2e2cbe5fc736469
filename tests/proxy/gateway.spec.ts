/** The proxy before a server that stands behind a gateway. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Connection, plainConnection } from '../../src/exchange/connection.js';
import { command, folder } from '../cli/command.js';
import { expect } from '../test.js';
import { createIssuer } from '../transport/certificates.js';
import { serveProxy, serveTls } from '../transport/gateways.js';
import { test } from './servers.js';

/** A gateway that demands a client certificate, and what it was sent. */
async function serveGateway() {
  const issuer = await createIssuer();
  const [server, client] = [await issuer.issue('inner.example.test'), await issuer.issue('client')];
  const seen: IncomingMessage['rawHeaders'][] = [];
  const tls = { ...server, ca: issuer.cert, requestCert: true, rejectUnauthorized: true };
  const gateway = await serveTls(tls, (request, response) => {
    seen.push(request.rawHeaders);
    response.end('passed');
  });
  const connection: Connection = {
    ...plainConnection,
    headers: { 'X-Gateway-Key': 'secret', Authorization: 'Basic dTpw' },
    userAgent: 'conformance/1',
    requestId: 'X-Request-Id',
    tls: { ca: issuer.cert, ...client, serverName: 'inner.example.test' },
  };
  return { ...gateway, seen, connection };
}

const asked = 'POST /a HTTP/1.1\r\nHost: a\r\nx-gateway-key: old\r\nUser-Agent: app\r\nContent-Length: 2\r\n\r\n{}';

test('what gets past a gateway is added in its place, and counted', async ({ pass, exchange }) => {
  await using gateway = await serveGateway();
  const { proxy } = await pass(new URL(`https://127.0.0.1:${gateway.port}`), { connection: gateway.connection });
  for (let i = 0; i < 2; i += 1) expect(await exchange(proxy, asked, 'passed')).toContain('passed');
  expect(gateway.seen[0]).toEqual([
    ...['Host', `127.0.0.1:${gateway.port}`, 'X-Gateway-Key', 'secret', 'User-Agent', 'conformance/1'],
    ...['Content-Length', '2', 'Authorization', 'Basic dTpw'],
    ...['X-Request-Id', expect.stringMatching(/^\w{8}\/proxy\/1$/)],
  ]);
  expect(gateway.seen[1]?.at(-1)).toMatch(/^\w{8}\/proxy\/2$/);
});

test('what passes is handed over without what was added', async ({ pass, exchange }) => {
  await using gateway = await serveGateway();
  const { proxy, taken } = await pass(new URL(`https://127.0.0.1:${gateway.port}`), { connection: gateway.connection });
  await exchange(proxy, asked, 'passed');
  await expect.poll(() => taken.length).toBe(1);
  expect(taken[0]?.requestHeaders).toContainEqual(['x-gateway-key', 'old']);
  expect(JSON.stringify(taken[0]?.requestHeaders)).not.toMatch(/secret|dTpw/);
});

test('a server behind another proxy is reached by a tunnel', async ({ pass, exchange }) => {
  await using gateway = await serveGateway();
  await using other = await serveProxy({ to: gateway.port, auth: 'user:pass' });
  const named = (url: string): Connection => ({ ...gateway.connection, proxy: { url, from: 'proxy' } });
  const target = new URL('https://staging.example.test');
  const { proxy } = await pass(target, { connection: named(`http://user:pass@127.0.0.1:${other.port}`) });
  expect(await exchange(proxy, asked, 'passed')).toContain('passed');
  expect(other.asked).toEqual(['CONNECT staging.example.test:443']);

  const { proxy: refused } = await pass(target, { connection: named(`http://127.0.0.1:${other.port}`) });
  const answer = await exchange(refused, asked, 'answered 407\n');
  expect(answer).toMatch(/^HTTP\/1\.1 502 [\s\S]*the proxy 127\.0\.0\.1:\d+ \(proxy\) answered 407\n/);
});

test('plain HTTP goes to another proxy without a tunnel', async ({ wire, pass, exchange }) => {
  const server = await wire((socket, came) => {
    if (came.includes('{}')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
  });
  await using other = await serveProxy({ to: Number(server.url.port), auth: 'user:pass' });
  const url = `http://user:pass@127.0.0.1:${other.port}`;
  const connection: Connection = { ...plainConnection, proxy: { url, from: 'HTTP_PROXY' } };
  const { proxy } = await pass(new URL('http://staging.example.test:8080'), { connection });
  expect(await exchange(proxy, asked, 'ok')).toContain('200 OK');
  expect(other.asked).toEqual(['POST http://staging.example.test:8080/a']);
  expect(server.came[0]?.toLowerCase()).toContain('host: staging.example.test:8080');
});

test('what a client upgrades to passes through another proxy too', async ({ pass, exchange }) => {
  const server = createServer().on('upgrade', (request, socket) => {
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\n${request.headers['x-key']}`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await using other = await serveProxy({ to: (server.address() as AddressInfo).port });
    const connection: Connection = {
      ...plainConnection,
      headers: { 'X-Key': 'opened' },
      proxy: { url: `http://127.0.0.1:${other.port}`, from: 'proxy' },
    };
    const { proxy } = await pass(new URL('http://staging.example.test'), { connection });
    const upgrade = 'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\n';
    expect(await exchange(proxy, upgrade, 'opened')).toContain('101 Switching Protocols');
    expect(other.asked).toEqual(['CONNECT staging.example.test:80']);
  } finally {
    server.close();
  }
});

test('--connection names a target file that can be used, and of its sections those of the server', async () => {
  const section = (host: string, more: object) => ({ url: `https://${host}`, tenantName: 'E', ...more });
  const relation = {
    apiKey: 'canary-key',
    channelUuid: 'c',
    member: { relationId: 'm', token: 'canary-m' },
    peer: { relationId: 'p', token: 'canary-p' },
  };
  const file = {
    name: 't',
    genesys: section('127.0.0.1:9', { headers: { A: '1' } }),
    relation: { ...relation, url: 'https://127.0.0.1:9', headers: { B: '2' } },
  };
  mkdirSync(folder(), { recursive: true });
  writeFileSync(join(folder(), 'target.json'), JSON.stringify(file));
  const ask = (...args: string[]) => command(['proxy', '--target', 'https://127.0.0.1:9', '--connection', ...args]);
  expect(await ask('none.json')).toMatchObject({ code: 2, err: expect.stringContaining('none.json cannot be read') });
  expect((await ask('target.json')).err).toBe(
    'chat-conformance: --connection target.json: genesys, relation are reached in different ways. Name one with --api.',
  );
});
