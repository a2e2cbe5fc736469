import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { OzekiAccount } from '../../apis/ozeki/accounts.js';
import type { FlagAction } from '../../apis/ozeki/actions.js';
import { createOzekiClient, type OzekiCaller } from '../../apis/ozeki/client.js';
import { listFlags, type OzekiFlags } from '../../apis/ozeki/flags.js';
import { ozekiRestorer } from '../../apis/ozeki/restorer.js';
import { signerFor } from '../../apis/ozeki/signing.js';
import { ozekiOf } from '../../apis/ozeki/target.js';
import { type Line, withLine } from '../../src/doctor/index.js';
import { type CleanedUp, cleanUp } from '../../src/journal/clean-up.js';
import { journalPath, pendingEntries } from '../../src/journal/journal.js';
import { userIdOf } from '../../src/rules/index.js';
import type { ResolvedTarget } from '../../src/target/index.js';
import type { Target } from '../../types/target.js';
import { asksFor, before, healthyStub, says, targetAt } from '../doctor/front.js';
import { expect, test } from '../test.js';
import { neverAnswers } from '../transport/hostile-servers.js';
import { atWork, gone, noteOf } from './notes.js';

const nothing = { restored: [], unseen: [], problems: [], untried: [], leftAlone: [], byOthers: 0 };

/** A target with a file of this test's own beside which the journal stands. */
function targetOf(url: string, change?: (target: Target) => void): { target: ResolvedTarget; journal: string } {
  const file = test.info().outputPath('target.json');
  mkdirSync(dirname(file), { recursive: true });
  return { target: targetAt(url, change, file), journal: journalPath(file) };
}

function clean(target: ResolvedTarget, journal: string, patienceMs = 0): Promise<CleanedUp> {
  return withLine(target, [], ({ transport }) =>
    cleanUp(target, {
      apis: [{ name: 'ozeki', restorer: ozekiRestorer }],
      journalFile: journal,
      transport,
      patienceMs,
    }),
  );
}

function accountAt(target: ResolvedTarget, pair = 0, who: 'alice' | 'bob' = 'alice'): OzekiAccount {
  return ozekiOf(target)?.pairs[pair]?.[who] as OzekiAccount;
}

/** A client that calls as an account. */
function clientOf({ target, wire }: Line, account: OzekiAccount) {
  const sign = signerFor(target);
  const client = createOzekiClient({
    url: ozekiOf(target)?.url ?? '',
    sign: (caller, request) => sign({ ...request, user: caller.user, station: caller.station, account }),
    wire: wire(),
  });
  const caller: OzekiCaller = { actor: 'test', ...account, user: userIdOf(account.email) };
  return { client, caller };
}

/** Does what an interrupted check did: changes flags of the first conversation of an account. Gives the state before. */
async function disturb(
  target: ResolvedTarget,
  account: OzekiAccount,
  actions: readonly FlagAction[] = ['mute', 'favorite', 'hide', 'setlistitembackgroundcolor'],
): Promise<{ conversation: string; flags: OzekiFlags }> {
  return withLine(target, [], async (line) => {
    const { client, caller } = clientOf(line, account);
    const [first] = [...((await listFlags(client, caller)) ?? [])];
    if (first === undefined) throw new Error('no conversation');
    const [conversationid, flags] = first;
    const members = { conversationid, hideid: 'x;', color: '#bae1ff' };
    for (const action of actions) await client[action](caller, members);
    return { conversation: conversationid, flags };
  });
}

test('without a journal nothing is sent', async () => {
  await using stub = await healthyStub();
  const { target, journal } = targetOf(stub.url);
  expect(await clean(target, journal)).toEqual(nothing);
  expect(stub.stub.sent()).toEqual({});
});

test('every flag that a process which is gone has noted is put back, and the journal goes', async () => {
  await using stub = await healthyStub();
  const digest = stub.stub.digest();
  const { target, journal } = targetOf(stub.url);
  const writer = await gone();
  for (const account of [accountAt(target), accountAt(target, 1, 'bob')]) {
    const { conversation, flags } = await disturb(target, account);
    appendFileSync(
      journal,
      noteOf({ api: 'ozeki', account: account.email, subject: conversation, before: flags }, writer),
    );
  }
  expect(stub.stub.digest()).not.toBe(digest);
  const cleaned = await clean(target, journal);
  expect(stub.stub.digest()).toBe(digest);
  expect(cleaned).toMatchObject({ problems: [], leftAlone: [] });
  expect(cleaned.restored).toHaveLength(2);
  expect(cleaned.restored[0]).toMatch(
    /^The flags of \S+@example\.test on conversation \w{32} are put back: not muted, no favourite, shown, colour #ffffff\.$/,
  );
  expect(existsSync(journal)).toBe(false);
});

test('the first note counts where several runs were interrupted', async () => {
  await using stub = await healthyStub();
  const digest = stub.stub.digest();
  const { target, journal } = targetOf(stub.url);
  const account = accountAt(target);
  for (const actions of [['mute'], ['favorite']] as const) {
    const { conversation, flags } = await disturb(target, account, actions);
    appendFileSync(
      journal,
      noteOf({ api: 'ozeki', account: account.email, subject: conversation, before: flags }, await gone()),
    );
  }
  expect(await clean(target, journal)).toMatchObject({ restored: [expect.any(String)], problems: [] });
  expect(stub.stub.digest()).toBe(digest);
  expect(existsSync(journal)).toBe(false);
});

test('what a run at work has noted is left alone', async () => {
  await using stub = await healthyStub();
  await using other = await atWork();
  const { target, journal } = targetOf(stub.url);
  const account = accountAt(target);
  const { conversation, flags } = await disturb(target, account);
  const digest = stub.stub.digest();
  const entry = { api: 'ozeki', account: account.email, subject: conversation, before: flags };
  // That of a run which was interrupted earlier must wait too: it would change what the other run is judging.
  appendFileSync(journal, noteOf(entry, await gone()) + noteOf(entry, other.writer));
  const cleaned = await clean(target, journal, 200);
  expect(cleaned).toEqual({
    ...nothing,
    leftAlone: [
      expect.stringContaining(`noted them (process ${other.writer.pid} on ${other.writer.machine}): clean up again`),
    ],
  });
  expect(stub.stub.digest()).toBe(digest);
  expect(pendingEntries(journal)).toHaveLength(2);

  appendFileSync(journal, noteOf(entry, other.writer, 'done'));
  expect(await clean(target, journal)).toMatchObject({ restored: [expect.any(String)], leftAlone: [] });
  expect(existsSync(journal)).toBe(false);
});

test('a run that is just stopping is waited for', async () => {
  await using stub = await healthyStub();
  await using other = await atWork();
  const { target, journal } = targetOf(stub.url);
  const account = accountAt(target);
  const { conversation, flags } = await disturb(target, account);
  const entry = { api: 'ozeki', account: account.email, subject: conversation, before: flags };
  appendFileSync(journal, noteOf(entry, other.writer));
  const cleaning = clean(target, journal, 20_000);
  setTimeout(() => appendFileSync(journal, noteOf(entry, other.writer, 'done')), 200);
  expect(await cleaning).toEqual({ ...nothing, byOthers: 1 });
});

test('an old note of a number that another process bears now is put back, as is one of another machine', async () => {
  await using stub = await healthyStub();
  await using other = await atWork();
  const digest = stub.stub.digest();
  const { target, journal } = targetOf(stub.url);
  const day = 24 * 60 * 60 * 1000;
  const elsewhere = { ...other.writer, machine: 'elsewhere' };
  for (const [writer, account] of [
    [other.writer, accountAt(target)],
    [elsewhere, accountAt(target, 1)],
  ] as const) {
    const { conversation, flags } = await disturb(target, account);
    const entry = { api: 'ozeki', account: account.email, subject: conversation, before: flags };
    appendFileSync(journal, noteOf(entry, writer, 'note', Date.now() - day));
  }
  expect((await clean(target, journal)).restored).toHaveLength(2);
  expect(stub.stub.digest()).toBe(digest);

  const { conversation, flags } = await disturb(target, accountAt(target, 1));
  const entry = { api: 'ozeki', account: accountAt(target, 1).email, subject: conversation, before: flags };
  appendFileSync(journal, noteOf(entry, elsewhere));
  expect(await clean(target, journal)).toMatchObject({
    restored: [],
    leftAlone: [expect.stringContaining('on elsewhere')],
  });
});

test('two that clean up at once do it once', async () => {
  await using stub = await healthyStub();
  const { target, journal } = targetOf(stub.url);
  const account = accountAt(target);
  const digest = stub.stub.digest();
  const { conversation, flags } = await disturb(target, account, ['mute']);
  const entry = { api: 'ozeki', account: account.email, subject: conversation, before: flags };
  await using other = await atWork();
  // The other has taken the entry over, and its line stands first.
  appendFileSync(journal, noteOf(entry, await gone()) + noteOf(entry, other.writer));
  expect((await clean(target, journal)).leftAlone).toHaveLength(1);
  expect(stub.stub.sent()['ozeki/unmute']).toBeUndefined();
  expect(pendingEntries(journal)).toHaveLength(2);
  expect(stub.stub.digest()).not.toBe(digest);
});

test('an account that the target does not name any more is told with the mend', async () => {
  await using stub = await healthyStub();
  const { target, journal } = targetOf(stub.url);
  const flags = { ismuted: false, isfavorite: false, hideid: '', listitembackgroundcolor: '#ffffff' };
  const entry = { api: 'ozeki', account: 'gone@example.test', subject: 'c', before: flags };
  appendFileSync(journal, noteOf(entry, await gone()));
  expect((await clean(target, journal)).untried).toEqual([
    `The flags of gone@example.test on a conversation could not be put back: the target file does not name this account any more. Add it again, or delete ${journal} to forget them.`,
  ]);
  expect(pendingEntries(journal)).toEqual([expect.objectContaining({ account: 'gone@example.test' })]);
});

test('what a server refuses to put back is told, and stays in the journal; the rest is put back', async () => {
  await using stub = await healthyStub();
  const digest = stub.stub.digest();
  const { target, journal } = targetOf(stub.url);
  const [alice, bob] = [accountAt(target), accountAt(target, 0, 'bob')];
  for (const account of [alice, bob]) {
    const { conversation, flags } = await disturb(target, account);
    appendFileSync(
      journal,
      noteOf({ api: 'ozeki', account: account.email, subject: conversation, before: flags }, await gone()),
    );
  }
  const station = alice.station;
  await using stubborn = await before(stub, (seen) =>
    asksFor(seen) === 'chatconversation unmute' && seen.headers['ozeki-station'] === station
      ? says({ status: 'ERROR', errormessage: 'no' })
      : undefined,
  );
  const cleaned = await clean(targetOf(stubborn.url).target, journal);
  expect(cleaned.restored).toEqual([expect.stringContaining(bob.email)]);
  expect(cleaned.problems).toEqual([
    expect.stringMatching(
      new RegExp(
        `^Not put back: ismuted of ${alice.email} on conversation \\w+ was false and is now true\\. Set it back by hand`,
      ),
    ),
  ]);
  expect(pendingEntries(journal)).toMatchObject([{ account: alice.email }]);

  expect(await clean(target, journal)).toMatchObject({
    restored: [expect.stringContaining(alice.email)],
    problems: [],
  });
  expect(stub.stub.digest()).toBe(digest);
});

test('refused credentials and a silent server are told without a credential', async () => {
  await using stub = await healthyStub();
  const { target, journal } = targetOf(stub.url);
  const account = accountAt(target);
  const { conversation, flags } = await disturb(target, account);
  appendFileSync(
    journal,
    noteOf({ api: 'ozeki', account: account.email, subject: conversation, before: flags }, await gone()),
  );
  const wrong = targetOf(stub.url, ({ ozeki }) => {
    if (ozeki?.pairs[0] !== undefined)
      Object.assign(ozeki.pairs[0].alice, { apikey: 'canary-key', signature: 'canary-sign' });
  });
  await using silent = await before(stub, () => neverAnswers);
  const hung = targetOf(silent.url, (file) => {
    file.timeoutMs = 300;
  });
  const said = [...(await clean(wrong.target, journal)).problems, ...(await clean(hung.target, journal)).problems];
  expect(said).toEqual([
    expect.stringContaining('Conversation / List does not serve it. Ask: chat-conformance doctor --target'),
    expect.stringContaining('no complete answer within 300 ms'),
  ]);
  expect(said.join()).not.toContain('canary');
  expect(pendingEntries(journal)).toHaveLength(1);
});

test('flags that are as they were already are only struck off', async () => {
  await using stub = await healthyStub();
  const { target, journal } = targetOf(stub.url);
  const account = accountAt(target);
  const { conversation, flags } = await disturb(target, account, []);
  appendFileSync(
    journal,
    noteOf({ api: 'ozeki', account: account.email, subject: conversation, before: flags }, await gone()),
  );
  expect((await clean(target, journal)).restored).toEqual([expect.stringMatching(/are as they were\.$/)]);
  expect(Object.keys(stub.stub.sent()).sort()).toEqual(['ozeki/list', 'ozeki/login']);
});

const shown = { ismuted: false, isfavorite: false, hideid: '', listitembackgroundcolor: '#ffffff' };

test('nothing is sent where a line of the journal cannot be believed', async () => {
  await using stub = await healthyStub();
  const { target, journal } = targetOf(stub.url);
  const entry = { api: 'ozeki', account: accountAt(target).email, subject: 'c', before: shown };
  appendFileSync(journal, `${noteOf(entry, await gone())}garbage\n`);
  expect(await clean(target, journal)).toEqual({
    ...nothing,
    untried: [expect.stringMatching(/^Line 2 of the journal/)],
  });
  expect(stub.stub.sent()).toEqual({});
  expect(pendingEntries(journal)).toHaveLength(1);
});

for (const [what, entry, sentence] of [
  [
    'another server',
    { server: 'https://elsewhere.test/x' },
    'it was noted of the server https://elsewhere.test/x, and',
  ],
  ['an unknown API', { api: 'tickets' }, 'nothing is known of an API tickets'],
  ['half a state', { before: { ismuted: false } }, 'the journal does not say what each of the four flags was'],
] as const) {
  test(`nothing is sent to put back what was noted of ${what}, and it stays`, async () => {
    await using stub = await healthyStub();
    const { target, journal } = targetOf(stub.url);
    const good = { api: 'ozeki', account: accountAt(target).email, subject: 'c', before: shown };
    appendFileSync(journal, noteOf({ ...good, ...entry }, await gone()));
    const cleaned = await clean(target, journal);
    expect(cleaned).toEqual({ ...nothing, untried: [expect.stringContaining(sentence)] });
    expect(stub.stub.sent()).toEqual({});
    expect(pendingEntries(journal)).toHaveLength(1);
  });
}

test('what was hidden and is not listed is said not to be seen', async () => {
  await using stub = await healthyStub();
  const { target, journal } = targetOf(stub.url);
  const entry = { api: 'ozeki', account: accountAt(target).email, subject: 'c', before: { ...shown, hideid: 'x;' } };
  appendFileSync(journal, noteOf(entry, await gone()));
  expect(await clean(target, journal)).toEqual({
    ...nothing,
    unseen: [expect.stringContaining('it was hidden, and List does not show it')],
  });
  expect(existsSync(journal)).toBe(false);
});
