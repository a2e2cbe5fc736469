import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountOf, ozekiPeople } from '../../apis/ozeki/stub/accounts.js';
import { ozekiOf } from '../../apis/ozeki/target.js';
import { type DoctorFinding, sentenceOf } from '../../src/doctor/index.js';
import { createJournal, journalPath } from '../../src/journal/journal.js';
import type { ResolvedTarget } from '../../src/target/index.js';
import type { Target } from '../../types/target.js';
import { examine } from '../apis.js';
import { expect, test } from '../test.js';
import {
  answers,
  answersHtml,
  answersInvalidUtf8,
  type Behaviour,
  closesWithoutAnswer,
  neverAnswers,
  resetsInMidBody,
  talksNoHttp,
} from '../transport/hostile-servers.js';
import { asksFor, before, healthyStub, says, targetAt } from './front.js';

const ask = (target: ResolvedTarget): Promise<DoctorFinding[]> => examine(target, ['ozeki']);
const linesOf = (findings: readonly DoctorFinding[], level: DoctorFinding['level']) =>
  findings.filter((finding) => finding.level === level).map(sentenceOf);

/** The parts of the stub's target that these tests change. */
function partsOf(target: Target) {
  const ozeki = target.ozeki as NonNullable<Target['ozeki']>;
  const [first, second] = ozeki.pairs as [(typeof ozeki.pairs)[0], (typeof ozeki.pairs)[0]];
  return { ozeki, first, second };
}

test('a healthy server has no problem, and nothing on it changes', async () => {
  await using stub = await healthyStub();
  const digest = stub.stub.digest();
  const findings = await ask(targetAt(stub.url));
  expect(findings.map(({ level }) => level)).not.toContain('problem');
  expect(linesOf(findings, 'ok')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^The host 127\.0\.0\.1:\d+ of ozeki\.url accepts connections\.$/),
      expect.stringMatching(/^ozeki\.pairs\[1\]\.bob \(\S+@example\.test\) is accepted by Login/),
      expect.stringMatching(/^ozeki\.pairs\[0\] \(\S+, \S+\) share a conversation\.$/),
    ]),
  );
  expect(stub.stub.digest()).toBe(digest);
  expect(Object.keys(stub.stub.sent()).sort()).toEqual(['ozeki/list', 'ozeki/login']);
});

test('a wrong apikey is asked twice, named with the account and the mend, and never shown', async () => {
  await using stub = await healthyStub();
  const target = targetAt(stub.url, (file) => {
    partsOf(file).second.bob.apikey = 'canary-wrong-apikey';
  });
  const findings = await ask(target);
  expect(linesOf(findings, 'problem')).toEqual([
    expect.stringMatching(
      /^ozeki\.pairs\[1\]\.bob \(\S+@example\.test\) is refused by Login \(HTTP \d+, ".+"\): write the right apikey and station of this account into the target file, and check ozeki\.url\.$/,
    ),
  ]);
  expect(stub.stub.sent()['ozeki/login']).toBe(6);
  expect(JSON.stringify(findings)).not.toContain('canary');
});

test('a wrong signature is told from a wrong apikey', async () => {
  await using stub = await healthyStub();
  const target = targetAt(stub.url, (file) => {
    partsOf(file).first.alice.signature = 'canary-wrong-signature';
  });
  expect(linesOf(await ask(target), 'problem')).toEqual([
    expect.stringMatching(
      /^ozeki\.pairs\[0\]\.alice \(\S+\) is refused by Conversation \/ List after Login .*: write the right signature/,
    ),
  ]);
});

test('a signing module that signs wrongly, and one that fails, are named', async () => {
  await using stub = await healthyStub();
  const folder = test.info().outputPath('target');
  mkdirSync(folder, { recursive: true });
  const bySigning = (path: string, text: string) => {
    writeFileSync(join(folder, path), text);
    return targetAt(
      stub.url,
      (file) => {
        partsOf(file).ozeki.signing = { scheme: 'module', path };
      },
      join(folder, 'target.json'),
    );
  };
  const wrong = linesOf(await ask(bySigning('wrong.mjs', "export default () => 'wrong';")), 'problem');
  expect(wrong).toHaveLength(5);
  expect(wrong[0]).toContain(`mend the signing module ${join(folder, 'wrong.mjs')}`);
  const thrown = "export default ({ account }) => { throw new Error('no key for ' + account.apikey); }";
  const target = bySigning('throws.mjs', thrown);
  const throwing = linesOf(await ask(target), 'problem');
  expect(throwing[0]).toContain('failed: Error: no key for ***');
  expect(throwing.join()).not.toContain(ozekiOf(target)?.pairs[0]?.alice.apikey);
  expect(linesOf(await ask(bySigning('none.mjs', 'export const a = 1;')), 'problem')).toEqual([
    expect.stringMatching(/^ozeki cannot be used \(The signing module .* has no default export/),
  ]);
});

test('credentials that no header can carry are a problem of the target', async () => {
  await using stub = await healthyStub();
  const target = targetAt(stub.url, (file) => {
    partsOf(file).first.alice.station = 'two\nlines';
  });
  expect(linesOf(await ask(target), 'problem')).toEqual([
    expect.stringContaining('cannot call Login (the request cannot be sent: the header Ozeki-Station holds'),
  ]);
});

test('a pair without a shared conversation is a problem, unless an interrupted run may have hidden it', async () => {
  await using stub = await healthyStub();
  const file = test.info().outputPath('target.json');
  const mixUp = (target: Target) => {
    const { first, second } = partsOf(target);
    [first.bob, second.bob] = [second.bob, first.bob];
  };
  const target = targetAt(stub.url, mixUp, file);
  const bob = ozekiOf(target)?.pairs[1]?.bob.email ?? '';
  const missing = 'share no conversation that Conversation / List shows to both';
  expect(linesOf(await ask(target), 'problem')).toEqual([
    expect.stringMatching(new RegExp(`^ozeki\\.pairs\\[0\\] .* ${missing}: start one between them on the server`)),
    expect.stringMatching(new RegExp(`^ozeki\\.pairs\\[1\\] .* ${missing}: start one between them on the server`)),
  ]);
  const flags = { ismuted: false, isfavorite: false, hideid: '', listitembackgroundcolor: '#ffffff' };
  createJournal(journalPath(file)).note({ api: 'ozeki', account: bob, subject: 'c', before: flags });
  const findings = await ask(target);
  expect(linesOf(findings, 'problem')).toHaveLength(1);
  expect(linesOf(findings, 'note')).toEqual([
    `The journal of the target names one change that a run has not put back yet: the next run puts them back, or chat-conformance cleanup --target ${file}.`,
    expect.stringMatching(/^ozeki\.pairs\[1\] .*chat-conformance cleanup --target/),
  ]);
});

test('an outsider who is a partner of a pair is a problem, a server that leaks is not', async () => {
  await using stub = await healthyStub();
  const partner = targetAt(stub.url, (file) => {
    partsOf(file).ozeki.outsider = accountOf(ozekiPeople(1).friend);
  });
  expect(linesOf(await ask(partner), 'problem')).toEqual([
    expect.stringMatching(/^ozeki\.outsider \(\S+\) takes part in a conversation with (\S+, ){3}\S+: name an account/),
  ]);
  const people = ozekiPeople(1);
  const leaked = { id: 'c', participantids: [people.pairs[0]?.alice.id, people.pairs[0]?.bob.id] };
  await using leaking = await before(stub, (seen) =>
    asksFor(seen) === 'chatconversation list' && seen.headers['ozeki-user'] === people.outsider.id
      ? says({ status: 'OK', errormessage: '', conversations: [leaked] })
      : undefined,
  );
  expect(linesOf(await ask(targetAt(leaking.url)), 'problem')).toEqual([]);
});

test('a server that refuses now and then is not ruled out', async () => {
  await using stub = await healthyStub();
  const counts = new Map<string, number>();
  await using failing = await before(stub, (seen) => {
    const key = `${asksFor(seen)} ${seen.headers['ozeki-station']}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts.get(key) === 1 ? says({ status: 'ERROR', errormessage: 'try again' }) : undefined;
  });
  expect(linesOf(await ask(targetAt(failing.url)), 'problem')).toEqual([]);
});

test('a List that refuses is told from a wrong signature by another signed action', async () => {
  await using stub = await healthyStub();
  await using failing = await before(stub, (seen) =>
    asksFor(seen) === 'chatconversation list' ? says({ status: 'ERROR', errormessage: 'no list' }) : undefined,
  );
  const findings = await ask(targetAt(failing.url));
  expect(linesOf(findings, 'problem')).toEqual([]);
  expect(linesOf(findings, 'miss')[0]).toContain(
    'is served by Friends / List, but refused by Conversation / List (HTTP 200, "no list"), which a run will judge',
  );
});

const brokenAnswers: [name: string, behaviour: Behaviour, words: RegExp][] = [
  ['HTML', answersHtml, /HTTP 200, the body is HTML/],
  ['HTML with status 401', answers('<html>No</html>', 401), /HTTP 401/],
  ['JSON with status 500', answers('{"status":"ERROR","errormessage":"boom"}', 500), /HTTP 500, "boom"/],
  ['garbage', answers('{"status":'), /HTTP 200, /],
  ['an array', answers('[]'), /HTTP 200/],
  ['an empty object', answers('{}'), /HTTP 200/],
  ['invalid UTF-8', answersInvalidUtf8, /UTF-8/],
  ['nothing at all', neverAnswers, /no complete answer within 1000 ms|not tried again/],
  ['a closed connection', closesWithoutAnswer, /closed|not tried/],
  ['half a body', resetsInMidBody, /the connection was|not tried/],
  ['no HTTP', talksNoHttp, /no valid HTTP|not tried/],
];

for (const action of ['chatlogin login', 'chatconversation list']) {
  for (const [name, behaviour, words] of brokenAnswers) {
    test(`${action} answered with ${name} is for a run to judge`, async () => {
      await using stub = await healthyStub();
      await using broken = await before(stub, (seen) => (asksFor(seen) === action ? behaviour : undefined));
      const findings = await ask(
        targetAt(broken.url, (file) => {
          if (behaviour === neverAnswers) file.timeoutMs = 1000;
        }),
      );
      expect(linesOf(findings, 'problem')).toEqual([]);
      const notes = linesOf(findings, 'miss').filter((line) => line.startsWith('ozeki.pairs['));
      expect(notes).toHaveLength(4);
      for (const note of notes) expect(note).toMatch(/which a run will judge\.$/);
      expect(notes[0]).toMatch(words);
    });
  }
}

test('a List of another shape is for a run to judge', async () => {
  await using stub = await healthyStub();
  for (const conversations of [
    null,
    {},
    [null],
    [{ id: 1, participantids: [] }],
    [{ id: 'c' }],
    [{ id: 'c', participantids: [1] }],
  ]) {
    await using broken = await before(stub, (seen) =>
      asksFor(seen) === 'chatconversation list' ? says({ status: 'OK', errormessage: '', conversations }) : undefined,
    );
    expect(linesOf(await ask(targetAt(broken.url)), 'problem')).toEqual([]);
  }
});

test('a server that only knows the user id it answers is asked with that', async () => {
  await using stub = await healthyStub();
  await using strange = await before(stub, (seen) => {
    if (asksFor(seen) === 'chatlogin login') return says({ status: 'OK', errormessage: '', rsakey: '', userid: 'u1' });
    const list = { status: 'OK', errormessage: '', conversations: [{ id: 'c', participantids: ['u1'] }] };
    return seen.headers['ozeki-user'] === 'u1' ? says(list) : says({ status: 'ERROR', errormessage: 'who?' });
  });
  const target = targetAt(strange.url, (file) => {
    delete partsOf(file).ozeki.outsider;
  });
  const findings = await ask(target);
  expect(linesOf(findings, 'problem')).toEqual([]);
  expect(linesOf(findings, 'note')).toEqual([
    'ozeki.outsider is not named, so requirements on outsiders are skipped: name an account that is partner of nobody in ozeki.pairs.',
  ]);
});

test('no credential that a server echoes is shown, nor what would steer a terminal', async () => {
  await using stub = await healthyStub();
  await using echoing = await before(stub, (seen) =>
    asksFor(seen) === 'chatlogin login'
      ? says({ status: 'ERROR', errormessage: `\u001b[2J${'x'.repeat(100)} ${seen.body} ${'y'.repeat(1000)}` })
      : undefined,
  );
  const target = targetAt(echoing.url);
  const text = JSON.stringify(await ask(target));
  expect(text).toContain('xxx');
  for (const { alice, bob } of ozekiOf(target)?.pairs ?? []) {
    for (const secret of [alice.apikey, bob.apikey]) expect(text).not.toContain(secret.slice(0, 12));
  }
  expect(text).not.toContain('\\u001b');
  expect(text).not.toContain('yyy');
});

test('no more than eight requests are under way at a time', async () => {
  await using stub = await healthyStub();
  let [open, most] = [0, 0];
  await using counting = await before(stub, ({ method }) => {
    if (method !== 'POST') return undefined;
    open += 1;
    most = Math.max(most, open);
    return (request, response, seen) => {
      setTimeout(() => {
        open -= 1;
        says({ status: 'OK', errormessage: '', userid: 'u', conversations: [] })(request, response, seen);
      }, 20);
    };
  });
  const target = targetAt(counting.url, (file) => {
    file.ozeki = {
      ...partsOf(file).ozeki,
      pairs: ozekiPeople(1).pairs.map(({ alice, bob }) => ({ alice: accountOf(alice), bob: accountOf(bob) })),
    };
  });
  await ask(target);
  expect(most).toBe(8);
});
