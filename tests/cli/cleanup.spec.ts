import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ozekiPeople } from '../../apis/ozeki/stub/accounts.js';
import { serveStub, stubTarget } from '../../apis/stub.js';
import globalSetup from '../../runner/global-setup.js';
import { journalPath, pendingEntries } from '../../src/journal/journal.js';
import { packageRoot } from '../../src/root.js';
import type { ServedStub } from '../../src/stub/index.js';
import type { Target } from '../../types/target.js';
import { healthyStub } from '../doctor/front.js';
import { gone, noteOf } from '../journal/notes.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { refusesConnections } from '../transport/hostile-servers.js';
import { command, folder } from './command.js';

/** Writes a target file for the Ozeki part of a stub; gives its path and that of its journal. */
function writeTarget(url: string, change: (target: Target) => void = () => {}): { file: string; journal: string } {
  const { ozeki } = stubTarget({ url });
  const target: Target = { name: 'staging', allow: 'write', ozeki };
  change(target);
  const file = join(folder(), 'target.json');
  writeFileSync(file, JSON.stringify(target));
  return { file, journal: journalPath(file) };
}

/** Mutes a conversation as an interrupted run would have, and notes it. */
async function leaveMuted(stub: ServedStub, journal: string): Promise<void> {
  const { alice } = ozekiPeople(1).pairs[0] as ReturnType<typeof ozekiPeople>['pairs'][0];
  const headers = {
    'content-type': 'application/json',
    'Ozeki-User': alice.id,
    'Ozeki-Station': alice.station,
    'Ozeki-Signature': alice.signature,
  };
  const call = async (action: string, members = {}) => {
    const body = JSON.stringify({ action, ...members, clientversioncode: 3, timestamp: '2024-03-08 13:55:47' });
    const answer = await fetch(`${stub.url}/ozeki/index.php?srv=chatserver&api=chatconversation`, {
      method: 'POST',
      headers,
      body,
    });
    return (await answer.json()) as { status: string; conversations: { id: string }[] };
  };
  const conversation = (await call('list')).conversations[0]?.id ?? '';
  expect((await call('mute', { conversationid: conversation })).status).toBe('OK');
  const flags = { ismuted: false, isfavorite: false, hideid: '', listitembackgroundcolor: '#ffffff' };
  appendFileSync(
    journal,
    noteOf({ api: 'ozeki', account: alice.email, subject: conversation, before: flags }, await gone()),
  );
}

test('nothing pending is told with exit code 0, and nothing is sent', async () => {
  await using stub = await healthyStub();
  writeTarget(stub.url);
  const ran = await command(['cleanup', '--target', 'target.json']);
  expect(ran).toEqual({ code: 0, out: 'Nothing is to be put back.', err: '' });
  expect(stub.stub.sent()).toEqual({});
  expect(await command(['cleanup', '--target', 'stub'])).toMatchObject({ code: 0, err: '' });
});

test('what is pending is put back, whatever the target allows, and told', async () => {
  await using stub = await healthyStub();
  const flags = stub.stub.flags();
  const { journal } = writeTarget(stub.url, (target) => {
    target.allow = 'read';
  });
  await leaveMuted(stub, journal);
  expect(stub.stub.flags()).not.toEqual(flags);
  const ran = await command(['cleanup', '--target', 'target.json']);
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toMatch(
    /^The flags of \S+ on conversation \w+ are put back: not muted, .*\nEverything is as it was\.$/,
  );
  expect(stub.stub.flags()).toEqual(flags);
  expect(existsSync(journal)).toBe(false);
});

test('what cannot be tried is exit code 2: an account that is not named any more, a host that cannot be reached', async () => {
  await using stub = await healthyStub();
  const { journal } = writeTarget(stub.url, ({ ozeki }) => {
    ozeki?.pairs.shift();
  });
  await leaveMuted(stub, journal);
  const ran = await command(['cleanup', '--target', 'target.json']);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err).toMatch(/^chat-conformance: The flags of .* does not name this account any more\. Add it again/);

  writeTarget(await refusesConnections());
  expect(await command(['cleanup', '--target', 'target.json'])).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^chat-conformance: The host .* of ozeki\.url refuses connections \(ECONNREFUSED\)/),
  });
  expect(pendingEntries(journal)).toHaveLength(1);
});

/** Sets a run against a target file up, and tears it down again. Gives what it wrote to standard error in between. */
async function setUpAndDown(file: string, between: () => unknown): Promise<string> {
  const { env } = process;
  const said: string[] = [];
  const { error } = console;
  console.error = (line: string) => said.push(line);
  process.env = { ...env, CHAT_CONFORMANCE_TARGET: file, CHAT_CONFORMANCE_REPORTS: join(folder(), 'reports') };
  try {
    const tearDown = await globalSetup();
    await between();
    await tearDown();
  } finally {
    process.env = env;
    console.error = error;
  }
  return said.join('\n');
}

test('a run puts back what an earlier one left, before it starts and after its end', async () => {
  await using stub = await healthyStub();
  const flags = stub.stub.flags();
  const { file, journal } = writeTarget(stub.url);
  await leaveMuted(stub, journal);
  const said = await setUpAndDown(file, async () => {
    expect(stub.stub.flags()).toEqual(flags);
    expect(existsSync(journal)).toBe(false);
    await leaveMuted(stub, journal);
  });
  expect(said.match(/are put back/g)).toHaveLength(2);
  expect(stub.stub.flags()).toEqual(flags);
});

test('a run that may only read changes nothing, and names the command', async () => {
  await using stub = await healthyStub();
  const { file, journal } = writeTarget(stub.url, (target) => {
    target.allow = 'read';
  });
  await leaveMuted(stub, journal);
  const flags = stub.stub.flags();
  const said = await setUpAndDown(file, () => {});
  expect(said).toContain(`Put them back with: chat-conformance cleanup --target ${file}`);
  expect(stub.stub.flags()).toEqual(flags);
  expect(pendingEntries(journal)).toHaveLength(1);
});

/** Starts the real command against a slow stub in a process group of its own, and waits until flags are changed. */
async function startRun(stub: ServedStub, journal: string, flags: unknown): Promise<ChildProcess> {
  const bin = join(packageRoot, 'bin', 'chat-conformance.js');
  const child = spawn(process.execPath, [bin, 'run', '--target', 'target.json', '--api', 'ozeki', '--workers', '2'], {
    cwd: folder(),
    detached: true,
    stdio: 'ignore',
  });
  const changed = () =>
    pendingEntries(journal).length > 0 && JSON.stringify(stub.stub.flags()) !== JSON.stringify(flags);
  await expect.poll(changed, { timeout: 60_000, intervals: [5] }).toBe(true);
  return child;
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

test('the flags that a killed run left are put back by cleanup', long, async () => {
  test.setTimeout(180_000);
  const stub = await serveStub({ latencyMs: 100 });
  try {
    const flags = stub.stub.flags();
    const { journal } = writeTarget(stub.url);
    const child = await startRun(stub, journal, flags);
    const end = ended(child);
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await end;
    expect(stub.stub.flags()).not.toEqual(flags);
    const ran = await command(['cleanup', '--target', 'target.json']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(stub.stub.flags()).toEqual(flags);
    expect(existsSync(journal)).toBe(false);
  } finally {
    await stub.close();
  }
});

test('a run whose command is killed stops and puts its flags back itself', long, async () => {
  test.setTimeout(180_000);
  const stub = await serveStub({ latencyMs: 100 });
  try {
    const flags = stub.stub.flags();
    const { journal } = writeTarget(stub.url);
    const child = await startRun(stub, journal, flags);
    child.kill('SIGKILL');
    // The journal goes with the end of the run.
    await expect.poll(() => existsSync(journal), { timeout: 120_000 }).toBe(false);
    expect(stub.stub.flags()).toEqual(flags);
  } finally {
    await stub.close();
  }
});
