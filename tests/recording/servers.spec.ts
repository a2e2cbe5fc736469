/** Whose server it is, and whether it or a gateway answered, is told by the recording as a whole. */

import fc from 'fast-check';
import type { HeaderLines, Recorded } from '../../src/recording/index.js';
import { expect, test } from '../test.js';
import { add, genesys, info, judged, listOf, message, ozeki, relation, send } from './traffic.js';

const at = (url: string, entry: Recorded): Recorded => ({ ...entry, url: entry.url.replace('http://chat.test', url) });
const answering = (entry: Recorded, status: number, text: string, headers: HeaderLines = []): Recorded => ({
  ...entry,
  response: { status, headers: [['content-type', 'text/html'], ...headers], body: { text } },
});
const later = (entry: Recorded, ms: number): Recorded => ({ ...entry, startedAt: (entry.startedAt ?? 0) + ms });
const json = (entry: Recorded, status: number, body: unknown, headers: HeaderLines = []): Recorded => ({
  ...entry,
  response: {
    status,
    headers: [['content-type', 'application/json'], ...headers],
    body: { text: JSON.stringify(body) },
  },
});

/** A call that bears no sign of the API but its address. */
const bare = (ms = 0): Recorded =>
  later({ ...listOf(1, [], { limit: '5' }), url: 'http://chat.test/api/v1/message/list?limit=5' }, ms);
const listed = listOf(5, [info(1)], { limit: '10' });

test('a broken answer that comes before the first sign of the API is held against the server', () => {
  const broken = json(bare(), 200, { code: '0', data: [] });
  expect(judged([broken]).traffic).toMatchObject({ foreign: 1, judged: 0 });
  for (const traffic of [
    [broken, listed],
    [listed, broken],
  ]) {
    const { missed, traffic: told } = judged(traffic);
    expect(missed).toEqual(['RE-COM-1', 'RE-LIST-3']);
    expect(told).toMatchObject({ foreign: 0, judged: 2 });
  }
});

test('one broken answer alone is judged where the request is of the API', () => {
  expect(judged([json(listed, 200, { ok: true })]).missed).toEqual(expect.arrayContaining(['RE-COM-1']));
  expect(judged([answering(listed, 200, '{"code":"0","desc":')]).missed).toContain('RE-COM-1');
  expect(judged([json(genesys({ action: 'complete' }), 200, { ok: true })]).missed).toContain('GE-DONE-1');
});

test('another product is foreign beside the server of the API, whatever it answers', () => {
  const shop = (entry: Recorded) => at('http://shop.test', entry);
  const { missed, traffic } = judged([
    listed,
    shop(json(bare(1), 200, { code: 200, data: [] })),
    shop(json({ ...bare(2), method: 'DELETE' }, 200, {})),
    shop(answering(bare(3), 404, '<html>')),
    shop({ ...bare(4), response: undefined }),
  ]);
  expect(missed).toEqual([]);
  expect(traffic).toMatchObject({ judged: 1, foreign: 4, unknown: 0, skipped: {} });
  expect(traffic.notes).toContain(
    "another product's, at addresses of relation (http://shop.test) but with no other sign of it: 4 entries",
  );
});

test('two requests that name nothing are told by their credentials', () => {
  const unread = relation({ action: 'unreadcount', asked: {}, answered: {} });
  const wrong = json(unread, 200, { unreadCount: 1 });
  expect(judged([wrong]).missed).toContain('RE-COM-1');
  expect(judged([{ ...wrong, requestHeaders: [['Authorization', 'Bearer x']] }]).traffic.foreign).toBe(1);
});

test('what waits for a sign is bounded, and what was let go is counted', () => {
  const many = Array.from({ length: 200 }, (_, ms) => json(bare(ms), 200, { code: '0', data: [] }));
  expect(judged(many).traffic).toMatchObject({ foreign: 200, judged: 0 });
  const { traffic } = judged([...many, later(listed, 60_000)]);
  expect(traffic).toMatchObject({ judged: 33, foreign: 0 });
  expect(traffic.skipped).toEqual({ 'they came long before anything showed whose server it is': 168 });
});

test('many other products do not grow what is remembered, and all are counted', () => {
  const { traffic } = judged(Array.from({ length: 300 }, (_, n) => at(`http://shop${n}.test`, bare(n))));
  expect(traffic).toMatchObject({ foreign: 0, judged: 300 });
  const foreign = Array.from({ length: 300 }, (_, n) => json(at(`http://shop${n}.test`, bare(n)), 200, {}));
  const told = judged(foreign).traffic;
  expect(told).toMatchObject({ foreign: 300, judged: 0 });
  expect(told.notes.filter((note) => note.startsWith("another product's"))).toHaveLength(21);
});

const page = '<html><head><title>Sign in</title></head></html>';

test('pages of a gateway among real answers are left out, and counted by what they were', () => {
  const asked = Array.from({ length: 4 }, (_, n) => later(listed, 1000 * (n + 1)));
  const [first, second, third, fourth] = asked as [Recorded, Recorded, Recorded, Recorded];
  const { missed, traffic } = judged([
    listed,
    answering(first, 401, page, [['WWW-Authenticate', 'Basic realm="staging"']]),
    answering(second, 403, page, [['Server', 'edge']]),
    json(third, 403, { message: 'Forbidden' }, [['Via', '1.1 edge']]),
    answering(fourth, 407, '', [['Proxy-Authenticate', 'Negotiate']]),
  ]);
  expect(missed).toEqual([]);
  expect(traffic.judged).toBe(1);
  expect(Object.keys(traffic.skipped)).toEqual([
    'something else than the API answered: HTTP 401 with a page titled "Sign in" [WWW-Authenticate: Basic realm="staging"]',
    'something else than the API answered: HTTP 403 with a page titled "Sign in" [Server: edge]',
    `something else than the API answered: HTTP 403 with JSON that is none of the API's ({"message":"Forbidden"}) [Via: 1.1 edge]`,
    'something else than the API answered: HTTP 407 with no body [Proxy-Authenticate: Negotiate]',
  ]);
});

test('a refusal of the API with the status of a gateway is judged', () => {
  const refused = json(later(listed, 1), 401, { code: '10101', desc: 'token error', data: null });
  expect(judged([listed, refused]).traffic.judged).toBe(2);
  const opened = json(genesys({ action: 'requestchat' }), 403, { statusCode: 2 });
  expect(judged([opened]).traffic.judged).toBe(1);
});

test("a page of one action is the server's, before or after it has spoken, unless another name stands on it", () => {
  const spoke = add(message('m1', 9), 9);
  const wrong = (headers: HeaderLines) => answering(ozeki({ action: 'list' }), 500, page, headers);
  expect(judged([spoke, wrong([])]).missed).toContain('OZ-COM-13');
  expect(judged([wrong([]), spoke]).missed).toContain('OZ-COM-13');
  const named: Recorded = {
    ...spoke,
    response: { ...spoke.response, headers: [...(spoke.response?.headers ?? []), ['Server', 'chat']] } as never,
  };
  expect(judged([named, wrong([['Server', 'chat']])]).missed).toContain('OZ-COM-13');
  const { missed, traffic } = judged([named, wrong([['Server', 'edge']])]);
  expect(missed).toEqual([]);
  expect(traffic.skipped).toEqual({
    'something else than the API answered: HTTP 500 with a page titled "Sign in" [Server: edge]': 1,
  });
});

test('where nothing but pages came, nothing is judged', () => {
  for (const status of [200, 404, 500]) {
    const { verdict, missed } = judged(
      [1, 2, 3].map((n) => answering(ozeki({ action: 'friends', at: n }), status, page)),
    );
    expect(missed).toEqual([]);
    expect(verdict).toMatchObject({
      verdict: 'unjudged',
      reason: expect.stringContaining(
        `3 exchanges: something else than the API answered: HTTP ${status} with a page titled "Sign in". Record the traffic behind it`,
      ),
    });
  }
});

test('a rate limit that a gateway tells by a page is not the doing of the server', () => {
  const busy = (headers: HeaderLines) => answering(later(listed, 1), 429, page, headers);
  const named = json(listed, 200, { code: '0', desc: 'success', data: [] }, [['Server', 'chat']]);
  expect(judged([named, busy([['Server', 'chat']])]).missed).toEqual(['RE-COM-5']);
  expect(judged([busy([['Server', 'chat']]), named]).missed).toEqual(['RE-COM-5']);
  expect(judged([named, busy([['Server', 'edge']])]).missed).toEqual([]);
  expect(judged([busy([]), busy([])]).missed).toEqual([]);
});

test('a status that says that the server was not reached, or not asked, is not its doing', () => {
  for (const status of [408, 421, 502, 520, 524, 530]) {
    const { missed, traffic } = judged([listed, answering(later(listed, 1), status, page)]);
    expect(missed).toEqual([]);
    expect(traffic.skipped).toEqual({
      [`the server was overloaded or out of reach: HTTP ${status} with a page titled "Sign in"`]: 1,
    });
  }
});

test('a redirect is named by where it leads, and what follows it is judged whole', () => {
  const sent = add(message('m1', 1), 1);
  const moved = (status: number): Recorded => ({
    ...later(sent, -50),
    response: { status, headers: [['Location', 'https://chat.test/index.php?token=abc']], body: { text: '' } },
  });
  const shown = ozeki({
    action: 'download',
    at: 9,
    asked: { conversationid: JSON.parse((sent.requestBody as { text: string }).text).conversationid },
    answered: { messages: [{ ...message('m1', 1), Data: 'other' }], reports: [] },
  });
  const { missed, traffic } = judged([moved(307), sent, shown]);
  expect(missed).toContain('OZ-ADD-3');
  expect(traffic.skipped).toEqual({
    'something else than the API answered: HTTP 307, a redirect to https://chat.test/index.php': 1,
  });
  const unchanged = judged([
    listed,
    { ...later(listed, 9), response: { status: 304, headers: [], body: { text: '' } } },
  ]);
  expect(unchanged.traffic.skipped).toEqual({ 'the answer says that nothing has changed (HTTP 304)': 1 });
});

test('wherever broken answers and pages stand among sound ones, the same is missed', () => {
  const sound = [
    send(1),
    listOf(5, [info(1)], { limit: '10' }),
    relation({ action: 'unreadcount', at: 7, asked: {}, answered: { data: { unreadCount: 0, mentionsCount: 0 } } }),
  ];
  const odd = [
    json(bare(), 200, { code: '0', data: [] }),
    answering(later(listed, 77), 401, page),
    answering(later(listed, 78), 500, page),
  ];
  const expected = judged([...sound, ...odd]).missed;
  expect(expected).toEqual(['RE-COM-1', 'RE-COM-5', 'RE-LIST-3']);
  fc.assert(
    fc.property(fc.shuffledSubarray([...sound, ...odd], { minLength: 6, maxLength: 6 }), (traffic) => {
      expect(judged(traffic).missed).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
