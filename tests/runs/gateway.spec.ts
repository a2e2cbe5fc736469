/** A server behind a gateway that wants everything that a target can give it. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { stubTarget } from '../../apis/stub.js';
import type { ServedStub } from '../../src/stub/index.js';
import type { Target } from '../../types/target.js';
import { command, folder } from '../cli/command.js';
import { before, healthyStub } from '../doctor/front.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { createIssuer } from '../transport/certificates.js';
import { type Listening, serveProxy, serveTls } from '../transport/gateways.js';
import { answers } from '../transport/hostile-servers.js';
import { checkEnded, of, runArgs, start } from './runs.js';

const key = 'canary-gateway-key';
const basic = { username: 'qa', password: 'canary-basic' };

interface Gateway extends Listening {
  seen: IncomingHttpHeaders[];
  /** Who came with each cookie that was handed out. */
  holders: Map<string, Set<string>>;
  refused: string[];
}

/** Passes on to the stub what bears a client certificate, a header, basic credentials (but for Relation), a User-Agent; gives a cookie. */
async function serveGateway(stub: ServedStub, tls: object): Promise<Gateway> {
  const seen: IncomingHttpHeaders[] = [];
  const holders = new Map<string, Set<string>>();
  const refused: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { headers, method, url = '/' } = request;
    seen.push(headers);
    const isRelation = url.startsWith('/api/v1/');
    const wanted = `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`;
    const lacks = [
      headers['x-gateway-key'] !== key && 'the key',
      !isRelation && headers.authorization !== wanted && 'basic credentials',
      headers['user-agent'] !== 'conformance/1' && 'the User-Agent',
    ].filter(Boolean);
    if (lacks.length > 0) {
      refused.push(`${url} lacks ${lacks}`);
      response.writeHead(403, { 'content-type': 'text/html' }).end('<title>Forbidden</title>');
      return;
    }
    const cookie = /gw=([\w-]+)/.exec(headers.cookie ?? '')?.[1];
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    // Auth is called with another credential of the same account.
    if (cookie !== undefined && !url.endsWith('/auth')) {
      const who = headers['ozeki-station'] ?? headers.authorization ?? '';
      holders.set(cookie, (holders.get(cookie) ?? new Set()).add(createHash('md5').update(`${who}`).digest('hex')));
    }
    const isOwn = (name: string) =>
      /^(ozeki-|content-type|apikey|i-authorization)/.test(name) || (isRelation && name === 'authorization');
    const own = Object.entries(headers).filter(([name]) => isOwn(name));
    const passed = await fetch(`${stub.url}${url}`, {
      method,
      headers: own as [string, string][],
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const given = cookie === undefined ? { 'set-cookie': `gw=${randomUUID()}; Path=/; HttpOnly; Secure` } : {};
    response.writeHead(passed.status, { ...Object.fromEntries(passed.headers), ...given }).end(await passed.text());
  };
  const listening = await serveTls({ ...tls, requestCert: true, rejectUnauthorized: true }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  return { ...listening, seen, holders, refused };
}

/** Sets all up in the test's folder; `change` what the target file says. */
async function setUp(stub: ServedStub, change: (target: Target, port: number) => void = () => {}): Promise<Gateway> {
  const issuer = await createIssuer();
  const server = await issuer.issue('inner.example.test');
  const client = await issuer.issue('client', { passphrase: 'canary-passphrase' });
  mkdirSync(join(folder(), 'tls'), { recursive: true });
  for (const [name, text] of Object.entries({ ca: issuer.cert, client: client.cert, key: client.key }))
    writeFileSync(join(folder(), 'tls', `${name}.pem`), text);
  const gateway = await serveGateway(stub, { ...server, ca: issuer.cert });
  const target = structuredClone(stubTarget({ url: `https://127.0.0.1:${gateway.port}` }));
  target.ozeki?.pairs.splice(2);
  Object.assign(target, {
    headers: { 'X-Gateway-Key': key },
    tls: {
      ca: 'tls/ca.pem',
      cert: 'tls/client.pem',
      key: 'tls/key.pem',
      passphrase: 'canary-passphrase',
      serverName: 'inner.example.test',
    },
    cookies: 'session',
    userAgent: 'conformance/1',
    requestId: 'X-Request-Id',
  } satisfies Partial<Target>);
  for (const section of [target.ozeki, target.genesys, target.gms]) if (section) section.basicAuth = basic;
  change(target, gateway.port);
  writeFileSync(join(folder(), 'target.json'), JSON.stringify(target));
  return gateway;
}

test.describe.configure({ timeout: 240_000 });

test('doctor finds a server of every API behind a gateway', async () => {
  await using stub = await healthyStub();
  await using gateway = await setUp(stub);
  const ran = await command(['doctor', '--target', 'target.json']);
  expect(ran, ran.out).toMatchObject({ code: 0, err: '' });
  expect(gateway.refused).toEqual([]);
  expect(ran.out).not.toContain('canary');
});

test(
  'a run judges through it: cookies stay with their account, ids are told in evidence, credentials are not',
  long,
  async () => {
    await using healthy = await healthyStub();
    await using stub = await before(healthy, ({ path }) =>
      path.endsWith('/message/hide') ? answers('{"code":"0","desc":"","data":7}') : undefined,
    );
    await using gateway = await setUp({ ...healthy, url: stub.url });
    const ended = await start(folder(), [...runArgs(['relation']), '--grep', 'RE-(SEND-|HIDE-1 )']).ended;
    const verdict = checkEnded(ended, folder(), ['relation']);
    expect(verdict.verdict).toBe('non-conformant');
    expect(of(verdict, 'error')).toEqual([]);
    expect(gateway.refused).toEqual([]);

    expect(gateway.holders.size).toBeGreaterThan(1);
    for (const holders of gateway.holders.values()) expect(holders.size).toBe(1);

    const ids = gateway.seen.map((headers) => headers['x-request-id']);
    expect(new Set(ids).size).toBe(ids.length);
    const missed = of(verdict, 'fail').find(({ action }) => action === 'hide');
    const sent = missed?.evidence?.[0]?.request.headers ?? {};
    expect(sent).toMatchObject({ 'X-Gateway-Key': '***', 'User-Agent': 'conformance/1' });
    expect(sent['X-Request-Id']).toMatch(/^chat-conformance-\w+\/[A-Z]{2}-[\w-]+\/\d+$/);
    expect(ids).toContain(sent['X-Request-Id']);
    expect(readFileSync(join(folder(), 'reports', 'verdict.json'), 'utf8') + ended.out + ended.err).not.toContain(
      'canary',
    );
  },
);

test('doctor and run find the server through a proxy too, by the target or the environment', long, async () => {
  await using stub = await healthyStub();
  let port = 0;
  await using gateway = await setUp(stub, (target, at) => {
    port = at;
    delete target.genesys;
    delete target.gms;
    for (const section of [target.ozeki, target.relation])
      if (section !== undefined) section.url = section.url.replace(/127\.0\.0\.1:\d+/, 'inner.example.test');
  });
  await using proxy = await serveProxy({ to: port, auth: 'user:canary-proxy' });
  const url = `http://user:canary-proxy@127.0.0.1:${proxy.port}`;
  const byEnvironment = await command(['doctor', '--target', 'target.json'], { HTTPS_PROXY: url });
  expect(byEnvironment, byEnvironment.out).toMatchObject({ code: 0 });
  expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT inner.example.test:443']));
  const excepted = await command(['doctor', '--target', 'target.json'], { HTTPS_PROXY: url, NO_PROXY: 'example.test' });
  expect(excepted.code).toBe(2);
  expect(excepted.out).toContain('is not known to DNS');
  expect(byEnvironment.out + excepted.out).not.toContain('canary');
  expect(gateway.refused).toEqual([]);

  const file = join(folder(), 'target.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), proxy: url }));
  const ended = await start(folder(), [...runArgs(['relation']), '--only', 'RE-LIST-2']).ended;
  const verdict = checkEnded(ended, folder(), ['relation']);
  expect(verdict.verdict).toBe('partial');
  expect(of(verdict, 'pass').map(({ id }) => id)).toEqual(['RE-LIST-2']);
});

/** Serves the stub until `lasts` requests were answered, then a sign-in page. */
async function whileSignedIn(stub: ServedStub, lasts: number) {
  let count = 0;
  const page = answers('<html><title>Sign in</title></html>', 200, { 'content-type': 'text/html' });
  return before(stub, () => {
    count += 1;
    return count > lasts ? page : undefined;
  });
}

test('a gateway that asks for a sign-in in mid-run leaves the run unjudged, and blames nobody', long, async () => {
  await using stub = await healthyStub();
  await using gateway = await whileSignedIn(stub, 120);
  writeFileSync(join(folder(), 'target.json'), JSON.stringify(stubTarget({ url: gateway.url })));
  const ended = await start(folder(), runArgs(['relation'])).ended;
  const verdict = checkEnded(ended, folder(), ['relation']);
  expect(ended.code).toBe(2);
  expect(verdict.verdict).toBe('unjudged');
  expect(of(verdict, 'fail', 'warn')).toEqual([]);
  const errors = of(verdict, 'error');
  expect(errors.length).toBeGreaterThan(0);
  for (const { cause, reason } of errors) {
    expect(cause).toBe('environment');
    expect(reason).toContain('something else than the API: HTTP 200 with a page titled "Sign in"');
  }
  expect(errors[0]?.evidence?.at(-1)?.response?.body).toContain('Sign in');
});
