import { sentenceOf } from '../../src/doctor/index.js';
import type { ApiName } from '../../src/exchange/index.js';
import type { ResolvedTarget } from '../../src/target/index.js';
import { examine, requirementsOf } from '../apis.js';
import { expect, test } from '../test.js';
import { answersHtml, neverAnswers, refusesConnections, serve } from '../transport/hostile-servers.js';
import { before, healthyStub, says, targetAt } from './front.js';

/** The findings of an API as lines, without host and clock. */
async function ask(target: ResolvedTarget, api: ApiName): Promise<string[]> {
  const findings = await examine(target, [api]);
  return findings
    .map((finding) => `${finding.level} ${sentenceOf(finding)}`)
    .filter((line) => line.includes(` ${api}.`));
}

test('Genesys: a chat is opened and completed where the target allows it', async () => {
  await using stub = await healthyStub();
  const target = targetAt(stub.url, (file) => {
    file.allow = 'write';
  });
  expect(await ask(target, 'genesys')).toContainEqual(
    'ok genesys.tenantName is accepted by Request Chat; the chat was ended at once.',
  );
  expect(stub.stub.sent()).toMatchObject({ 'genesys/requestchat': 1, 'genesys/complete': 1 });
});

test('Genesys: nothing is opened where the target allows only to read', async () => {
  await using stub = await healthyStub();
  const target = targetAt(stub.url, (file) => {
    file.allow = 'read';
  });
  expect(await ask(target, 'genesys')).toContainEqual(
    'note genesys.tenantName is not tried, for a chat needs "allow": "write" and the target allows "read".',
  );
  expect(stub.stub.sent()['genesys/requestchat']).toBeUndefined();
});

test('Genesys: a refusal is a problem, anything else that is no success is for a run to judge', async () => {
  await using stub = await healthyStub();
  await using refusing = await before(stub, () => says({ statusCode: 2, errorMessage: 'no such tenant' }));
  expect(await ask(targetAt(refusing.url), 'genesys')).toContainEqual(
    'problem genesys.tenantName is refused by Request Chat (HTTP 200, "no such tenant"): write the name of a tenant of this server into the target file, and check genesys.url.',
  );
  await using broken = await before(stub, ({ path }) => (path.endsWith('/chats') ? answersHtml : undefined));
  expect(await ask(targetAt(broken.url), 'genesys')).toContainEqual(
    expect.stringMatching(/^miss genesys\.tenantName got no documented answer .* which a run will judge\.$/),
  );
  await using odd = await before(stub, ({ path }) =>
    path.endsWith('/chats') ? says({ statusCode: 0, chatId: 7, messages: null }) : says({ statusCode: 2 }),
  );
  expect(await ask(targetAt(odd.url), 'genesys')).toContainEqual(
    expect.stringMatching(/^miss genesys\.tenantName is accepted by Request Chat, but the chat could not be ended/),
  );
});

test('Relation: tokens, channel and outsider of a healthy server', async () => {
  await using stub = await healthyStub();
  const digest = stub.stub.digest();
  const lines = await ask(targetAt(stub.url), 'relation');
  expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([]);
  expect(lines.filter((line) => line.includes('can read the channel'))).toHaveLength(2);
  expect(stub.stub.digest()).toBe(digest);
});

test('Relation: wrong tokens and a wrong apiKey are problems that are never shown', async () => {
  await using stub = await healthyStub();
  const token = await ask(
    targetAt(stub.url, ({ relation }) => {
      if (relation !== undefined) relation.peer.token = 'canary-token';
    }),
    'relation',
  );
  expect(token.filter((line) => line.startsWith('problem'))).toEqual([
    expect.stringMatching(
      /^problem relation\.peer \(\w+\) is refused by Unread count \(HTTP \d+, ".+"\): write the right token into relation\.peer\.token, and check relation\.apiKey and relation\.url\.$/,
    ),
  ]);
  const apiKey = await ask(
    targetAt(stub.url, ({ relation }) => {
      if (relation !== undefined) relation.apiKey = 'canary-apikey';
    }),
    'relation',
  );
  expect(apiKey.filter((line) => line.startsWith('problem'))).toHaveLength(4);
  expect([...token, ...apiKey].join()).not.toContain('canary');
});

test('Relation: a channel of others is a problem, an outsider who gets in is told', async () => {
  await using stub = await healthyStub();
  const swapped = targetAt(stub.url, ({ relation }) => {
    if (relation?.outsider !== undefined) [relation.member, relation.outsider] = [relation.outsider, relation.member];
  });
  expect(await ask(swapped, 'relation')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^problem relation\.member \(\w+\) is no member of the channel \(.*\): write the right relation\.channelUuid/,
      ),
      expect.stringMatching(/^note relation\.outsider \(\w+\) can read the channel: if it is a member/),
    ]),
  );
  const alone = targetAt(stub.url, ({ relation }) => {
    delete relation?.outsider;
  });
  expect(await ask(alone, 'relation')).toContainEqual(
    'note relation.outsider is not named, so requirements on outsiders are skipped: name a relation that is no member of the channel.',
  );
});

test('Relation: who asks for patience, again and again, cannot be judged', async () => {
  await using stub = await healthyStub();
  await using busy = await before(stub, () => says({ code: '10110', desc: 'slow down', data: null }));
  const lines = await ask(targetAt(busy.url), 'relation');
  expect(lines.filter((line) => line.startsWith('problem'))).toHaveLength(4);
  expect(lines.join()).toMatch(/is told to slow down, again and again: .*maxRequestsPerSecond/);
});

test('Relation: what is broken, or refuses only Unread count is for a run to judge', async () => {
  await using stub = await healthyStub();
  for (const behaviour of [answersHtml, says({ code: '500' }, 500), says({ error: 'not found' }, 404)]) {
    await using broken = await before(stub, ({ path }) => (path.includes('unreadCount') ? behaviour : undefined));
    const lines = await ask(targetAt(broken.url), 'relation');
    expect(lines.filter((line) => line.startsWith('problem'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('miss') && line.includes('Unread count'))).toHaveLength(4);
  }
  await using uncounted = await before(stub, ({ path }) =>
    path.includes('unreadCount') ? says({ code: '10101', desc: 'no', data: null }) : undefined,
  );
  const lines = await ask(targetAt(uncounted.url), 'relation');
  expect(lines.filter((line) => line.startsWith('problem'))).toEqual([]);
});

for (const allow of ['read', 'write', 'destroy'] as const) {
  test(`what "allow": "${allow}" leaves unjudged is counted by the catalogue`, async () => {
    await using stub = await healthyStub();
    const target = targetAt(stub.url, (file) => {
      file.allow = allow;
    });
    const [finding] = await examine(target, ['ozeki', 'relation']);
    const all = requirementsOf(['ozeki', 'relation']);
    const left = all
      .filter(({ needs }) => needs === 'destroy' || allow === 'read')
      .filter(({ needs }) => needs !== 'read');
    const must = (needs: string) => left.filter((it) => it.needs === needs && it.level === 'MUST').length;
    if (allow === 'destroy') {
      expect(finding).toMatchObject({ level: 'ok', message: `lets a run judge all ${all.length} requirements` });
      return;
    }
    expect(finding).toMatchObject({ level: 'note', subject: `"allow": "${allow}"` });
    expect(finding?.message).toMatch(new RegExp(`^leaves ${left.length} of ${all.length} requirements unjudged, `));
    expect(finding?.message).toContain(`${must('destroy')} MUST and `);
    if (allow === 'read') expect(finding?.message).toContain(`${must('write')} MUST and `);
  });
}

/** A server whose clock is `ahead` milliseconds ahead, and what the doctor says of it. */
async function clockLine(ahead: number | undefined): Promise<string | undefined> {
  await using server = await serve((_request, response) => {
    response.sendDate = false;
    const date = ahead === undefined ? {} : { date: new Date(Date.now() + ahead).toUTCString() };
    response.writeHead(200, { 'content-type': 'application/json', ...date }).end('{}');
  });
  const findings = await examine(targetAt(server.url), ['ozeki']);
  return findings
    .filter(({ subject }) => subject.startsWith('The clock'))
    .map((finding) => `${finding.level} ${sentenceOf(finding)}`)[0];
}

test('a clock that is apart by more than half of the tolerance is told', async () => {
  const mend = "this machine's, and the tolerance is 120 s: set both clocks by NTP, or raise clockToleranceSeconds.";
  expect(await clockLine(90_000)).toMatch(new RegExp(`^note The clock of ozeki.url is (89|90|91) s ahead of ${mend}$`));
  expect(await clockLine(-90_000)).toMatch(new RegExp(`^note The clock of ozeki.url is (89|90|91) s behind ${mend}$`));
  expect(await clockLine(30_000)).toMatch(
    /^ok The clock of ozeki.url agrees with this machine's within (29|30|31) s\.$/,
  );
  expect(await clockLine(undefined)).toBeUndefined();
});

test('a single pair is told', async () => {
  await using stub = await healthyStub();
  const target = targetAt(stub.url, ({ ozeki }) => {
    ozeki?.pairs.splice(1);
  });
  expect(await ask(target, 'ozeki')).toContainEqual(
    'note ozeki.pairs hold one pair, so one worker judges Ozeki and the others wait: add pairs to make a run faster.',
  );
});

test('a host that cannot be reached is asked nothing else', async () => {
  const target = targetAt(await refusesConnections());
  const findings = await examine(target, ['ozeki', 'genesys', 'relation']);
  expect(findings.slice(1).map(({ level }) => level)).toEqual(['problem', 'problem', 'problem']);
  expect(findings[1]).toMatchObject({
    message: 'refuses connections (ECONNREFUSED)',
    mend: 'start the server there, or mend the port',
  });
});

test('a server that never answers holds up nobody', async () => {
  await using silent = await serve(neverAnswers);
  const target = targetAt(silent.url, (file) => {
    file.timeoutMs = 300;
  });
  const findings = await examine(target, ['ozeki', 'genesys', 'relation']);
  expect(findings.map(({ level }) => level)).not.toContain('problem');
});
