import { faults, variants } from '../../apis/stub.js';
import { createStub, withinProcess } from '../../src/stub/index.js';
import type { Target } from '../../types/target.js';
import { preflight, stubs } from '../apis.js';
import { asksFor, before, healthyStub, says, targetAt } from '../doctor/front.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { answersHtml, type HostileServer } from '../transport/hostile-servers.js';

function spoil(target: Target, count: number): void {
  const accounts = target.ozeki?.pairs.flatMap(({ alice, bob }) => [alice, bob]) ?? [];
  for (const account of accounts.slice(0, count)) account.apikey = 'canary-apikey';
}

test('a healthy server can be judged, and is only read from', async () => {
  await using stub = await healthyStub();
  const digest = stub.stub.digest();
  const target = targetAt(stub.url, (file) => {
    file.allow = 'read';
  });
  expect(await preflight(target, ['ozeki', 'genesys', 'relation'])).toEqual({ ok: true });
  expect(stub.stub.digest()).toBe(digest);
});

test('a Genesys chat is opened where the target allows it, and completed at once', async () => {
  await using stub = await healthyStub();
  expect(await preflight(targetAt(stub.url), ['genesys'])).toEqual({ ok: true });
  expect(stub.stub.sent()).toMatchObject({ 'genesys/requestchat': 1, 'genesys/complete': 1 });
});

test('one refused account is a sentence with the mend', async () => {
  await using stub = await healthyStub();
  const found = await preflight(
    targetAt(stub.url, (file) => spoil(file, 1)),
    ['ozeki'],
  );
  expect(found).toEqual({
    ok: false,
    reason: expect.stringMatching(
      /^ozeki\.pairs\[0\]\.alice \(\S+@example\.test\) is refused by Login \(.*\): write the right apikey .*\.$/,
    ),
  });
  expect(JSON.stringify(found)).not.toContain('canary');
});

test('of many refused accounts two are named, and where the others are', async () => {
  await using stub = await healthyStub();
  const found = await preflight(
    targetAt(stub.url, (file) => spoil(file, 4)),
    ['ozeki'],
  );
  expect(found).toMatchObject({
    ok: false,
    reason: expect.stringMatching(
      /pairs\[0\]\.alice .*pairs\[0\]\.bob .* 2 more to mend, shown by: chat-conformance doctor --target \/no\/such\/folder\/target\.json$/,
    ),
  });
});

test('an API that is not judged is not asked', async () => {
  await using stub = await healthyStub();
  expect(
    await preflight(
      targetAt(stub.url, (file) => spoil(file, 1)),
      ['relation'],
    ),
  ).toEqual({ ok: true });
});

test('a server that breaks every fifteenth login is for a run to judge, whatever it answers', long, async () => {
  await using stub = await healthyStub();
  for (const broken of [
    answersHtml,
    says({ status: 'ERROR', errormessage: 'sorry' }),
    says({ status: 'ERROR', errormessage: 'sorry' }, 401),
  ]) {
    // The first count falls on each of the logins in turn.
    for (let start = 10; start < 15; start += 1) {
      let logins = start;
      await using failing = await before(stub, (seen) => {
        if (asksFor(seen) !== 'chatlogin login') return undefined;
        logins += 1;
        return logins % 15 === 0 ? broken : undefined;
      });
      expect(await preflight(targetAt(failing.url), ['ozeki'])).toEqual({ ok: true });
    }
  }
});

test('what somebody else answers one action leaves the others to be judged, unless every check needs it', async () => {
  await using stub = await healthyStub();
  const blocked = (action: string): Promise<HostileServer> =>
    before(stub, (seen) =>
      asksFor(seen) === action
        ? (_request, response) => response.writeHead(403, { server: 'firewall' }).end('<title>Access Denied</title>')
        : undefined,
    );
  await using friends = await blocked('chatfriends list');
  expect(await preflight(targetAt(friends.url), ['ozeki'])).toEqual({ ok: true });
  await using list = await blocked('chatconversation list');
  expect(await preflight(targetAt(list.url), ['ozeki'])).toMatchObject({
    ok: false,
    reason: expect.stringContaining('answers list with something else than the API: HTTP 403'),
  });
});

/** The actions that the preflight sends. */
const asked = ['login', 'list', 'friends', 'unreadcount', 'requestchat', 'complete', 'getmessages', '*'];

for (const [kind, all] of Object.entries({ faults, variants })) {
  test(`none of the ${kind} of the stub on what is asked rules a run out`, long, async () => {
    test.setTimeout(300_000);
    const chosen = all.filter(({ action }) => asked.includes(action));
    const ruledOut: string[] = [];
    const { fetch } = globalThis;
    const target = targetAt(withinProcess, (file) => {
      file.timeoutMs = 500;
      file.ozeki?.pairs.splice(1);
    });
    try {
      for (const { id, api } of chosen) {
        const served = stubs.filter((stub) => stub.api === api);
        globalThis.fetch = createStub(served, { [kind]: [id] }).fetch;
        const found = await preflight(target, [api]);
        if (!found.ok) ruledOut.push(`${id}: ${found.reason}`);
      }
    } finally {
      globalThis.fetch = fetch;
    }
    expect(chosen.length).toBeGreaterThan(50);
    expect(ruledOut).toEqual([]);
  });
}
