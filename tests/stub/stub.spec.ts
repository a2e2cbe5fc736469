import { setupServer } from 'msw/node';
import { createStub, faults, serveStub, stubTarget, variants } from '../../apis/stub.js';
import type { TargetAccount } from '../../types/target.js';
import { validateTargetFile } from '../apis.js';
import { expect, test } from '../test.js';
import { type Members, replyOf, requestOf, talk, URL_OF_STUB } from './ozeki-caller.js';

const noon = () => Date.UTC(2026, 10, 20, 12);

function aliceOf(url: string): TargetAccount {
  const alice = stubTarget({ url }).ozeki?.pairs[0]?.alice;
  if (alice === undefined) throw new Error('the stub has no accounts');
  return alice;
}

test('serves the same answers over HTTP and within the process', async () => {
  const actions = ['login', 'friends', 'list', 'blocklist', 'nonsense'];
  const answersAt = async (url: string) => {
    const account = aliceOf(url);
    const replies = [];
    for (const action of actions) {
      const reply = await replyOf(await fetch(requestOf(url, account, action, { apikey: account.apikey })));
      const text = reply.text.replaceAll(new URL(url).host, 'host').replaceAll(new URL(url).hostname, 'host');
      replies.push({ text, status: reply.status, type: reply.headers.get('content-type') });
    }
    return replies;
  };
  const { url, stub, close } = await serveStub({ now: noon });
  const overHttp = await answersAt(url);
  await close();
  const inProcess = setupServer(...createStub({ now: noon }).handlers);
  inProcess.listen({ onUnhandledRequest: 'error' });
  const within = await answersAt(URL_OF_STUB);
  inProcess.close();
  expect(within).toEqual(overHttp);
  expect(stub.sent()).toEqual({
    'ozeki/login': 1,
    'ozeki/friends': 1,
    'ozeki/list': 1,
    'ozeki/blocklist': 1,
    'ozeki/unknown': 1,
  });
});

test('answers 404 in JSON for what it does not serve', async () => {
  const { url, close } = await serveStub();
  const response = await fetch(`${url}/nowhere`);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toEqual({ error: 'The stub serves nothing at /nowhere.' });
  await close();
});

test('says which port is in use and what to do', async () => {
  const { url, close } = await serveStub();
  const port = Number(new URL(url).port);
  await expect(serveStub({ port })).rejects.toThrow(
    `The stub cannot listen: port ${port} of 127.0.0.1 is in use. Choose another port, or 0 for a free one.`,
  );
  await close();
});

test('closes although connections are open, and waits where latency is asked for', async () => {
  const { url, close } = await serveStub({ latencyMs: 60 });
  const started = performance.now();
  await fetch(`${url}/nowhere`);
  expect(performance.now() - started).toBeGreaterThan(55);
  await close();
  await expect(fetch(url)).rejects.toThrow();
});

test('breaks the connection in the middle of an answer that promises more', async () => {
  const { url, close } = await serveStub({ faults: ['ozeki-list-cut-off'] });
  const response = await fetch(requestOf(url, aliceOf(url), 'list'));
  await expect(response.text()).rejects.toThrow();
  await close();
});

test('compresses for those who accept it', async () => {
  const { url, close } = await serveStub({ variants: ['ozeki-gzip'] });
  const response = await fetch(requestOf(url, aliceOf(url), 'list'));
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(await response.json()).toMatchObject({ status: 'OK' });
  await close();
});

test('the seed alone decides accounts, and with the clock the state', () => {
  const target = (seed?: number) => JSON.stringify(stubTarget({ seed, url: URL_OF_STUB }));
  const digest = (seed: number) => createStub({ seed, now: noon }).digest();
  expect(target(1)).toBe(target());
  expect(target(2)).not.toBe(target(1));
  expect(digest(1)).toBe(digest(1));
  expect(digest(2)).not.toBe(digest(1));
});

test('the target names eight pairs and an outsider, all different', () => {
  const { ozeki, name, allow } = stubTarget({ url: `${URL_OF_STUB}/` });
  const accounts = [...(ozeki?.pairs.flatMap(({ alice, bob }) => [alice, bob]) ?? []), ozeki?.outsider];
  expect([name, allow, ozeki?.url]).toEqual(['stub', 'destroy', `${URL_OF_STUB}/ozeki/index.php`]);
  expect(validateTargetFile(stubTarget({ url: URL_OF_STUB }))).toEqual([]);
  expect(new Set(accounts.map((account) => account?.email)).size).toBe(17);
  expect(accounts.every((account) => /^[a-z0-9.]+@example\.test$/.test(account?.email ?? ''))).toBe(true);
  expect(accounts.every((account) => /^[0-9a-f]{32}$/.test(account?.station ?? ''))).toBe(true);
});

test('an unknown fault or variant is an error that names the nearest', () => {
  expect(() => createStub({ faults: ['ozeki-pag-edge'] })).toThrow(
    'There is no fault "ozeki-pag-edge". Did you mean "ozeki-page-edge"?',
  );
  expect(() => createStub({ variants: ['ozeki-slo'] })).toThrow(
    'There is no variant "ozeki-slo". Did you mean "ozeki-slow"?',
  );
});

test('faults and variants have ids of their own, which begin with their API', () => {
  const all = [...faults, ...variants];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const isNamed = ({ id, api }: (typeof all)[number]) => new RegExp(`^${api}-[a-z0-9]+(-[a-z0-9]+)*$`).test(id);
  expect(all.filter((one) => !isNamed(one) || !one.sentence.endsWith('.'))).toEqual([]);
});

test('reading leaves the digest as it is, and every kind of writing changes it', async () => {
  const { stub, alice, bob, call, conversationid, add, download, page } = talk();
  const reads = ['login', 'list', 'friends', 'notification', 'blocklist'] as const;
  const before = stub.digest();
  for (const action of reads) await call(alice, action, { apikey: alice.apikey });
  await download();
  await page();
  expect(stub.digest()).toBe(before);

  const seen = new Set([before]);
  const message = (await add(bob)).body.message;
  const writes: [string, Members][] = [
    ['useravailable', {}],
    ['viewed', { conversationid, messageids: [message.ID] }],
    ['mute', { conversationid }],
    ['favorite', { conversationid }],
    ['hide', { conversationid, hideid: 'x;' }],
    ['setlistitembackgroundcolor', { conversationid, color: '#123456' }],
    ['clear', { conversationid }],
    ['workspaceregister', { workspacename: 'alice.example.test' }],
  ];
  seen.add(stub.digest());
  for (const [action, members] of writes) {
    expect((await call(alice, action, members)).body, action).toMatchObject({ status: 'OK' });
    seen.add(stub.digest());
  }
  expect(seen.size).toBe(writes.length + 2);
});

test('flags are plain data that tells users apart', async () => {
  const { stub, alice, call, conversationid, conversation } = talk();
  const before = JSON.stringify(stub.flags());
  await call(alice, 'mute', { conversationid });
  const userid = (await conversation()).properties[0].userid;
  expect(stub.flags()).toMatchObject({ ozeki: { [conversationid]: { [userid]: { ismuted: true } } } });
  await call(alice, 'unmute', { conversationid });
  expect(JSON.stringify(stub.flags())).toBe(before);
});
