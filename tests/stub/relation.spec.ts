import { createHash } from 'node:crypto';
import { createStub, stubTarget } from '../../apis/stub.js';
import { validateTargetFile } from '../apis.js';
import { expect, test } from '../test.js';

import { draft, talk, URL_OF_STUB } from './relation-caller.js';

const codes = {
  'an expired token': '10100',
  'a made-up token': '10101',
  'a token of another issuer': '10102',
  'no token': '10101',
};

test('the target names a channel, two members and an outsider, and follows from the seed', () => {
  const { relation } = stubTarget({ url: `${URL_OF_STUB}/` });
  expect(relation?.url).toBe(URL_OF_STUB);
  expect(validateTargetFile(stubTarget({ url: URL_OF_STUB }))).toEqual([]);
  expect(new Set([relation?.member, relation?.peer, relation?.outsider].map((user) => user?.relationId)).size).toBe(3);
  expect(stubTarget({ seed: 2, url: URL_OF_STUB }).relation?.channelUuid).not.toBe(relation?.channelUuid);
  const now = () => Date.UTC(2026, 10, 20);
  expect(createStub({ now }).digest()).toBe(createStub({ now }).digest());
});

test('List shows the history newest first, with system messages, ties and quotes', async () => {
  const { list, channelUuid } = talk();
  const { data } = (await list()).body;
  const times = data.map(({ createAt }) => createAt);
  expect(data).toHaveLength(64);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(times.every((time) => /^\d{10}000$/.test(time))).toBe(true);
  expect(new Set(times).size).toBeLessThan(50);
  expect(data.filter(({ type }) => type === 'SYS').every(({ from }) => /^0{32}$/.test(from))).toBe(true);
  expect(data.some(({ quote }) => quote !== null)).toBe(true);
  expect(data.some(({ type, fromName }) => type !== 'SYS' && fromName === null)).toBe(true);
  expect(data.every((entry) => entry.channelUuid === channelUuid)).toBe(true);
});

test('ids are snowflakes that no number holds', async () => {
  const { data } = (await talk().list()).body;
  expect(data.every(({ id }) => BigInt(id) > 2n ** 53n)).toBe(true);
  expect(data.filter(({ id }) => String(Number(id)) === id).length).toBeLessThan(4);
  expect(new Set(data.map(({ id }) => id)).size).toBe(64);
});

test('maxCreateAt is an inclusive bound, and limit cuts behind it', async () => {
  const { list } = talk();
  const { data } = (await list()).body;
  const bound = data[20]?.createAt ?? '';
  const page = (await list({ maxCreateAt: bound, limit: 7 })).body.data;
  expect(page).toEqual(data.filter(({ createAt }) => createAt <= bound).slice(0, 7));
});

test('a message sent is there for every member, as it was sent', async () => {
  const { member, peer, send, list, channelUuid } = talk();
  const sent = { ...draft(), content: '  é e\u0301 👋🏽 <b>  ' };
  const { data } = (await send(peer, sent)).body;
  for (const reader of [member, peer]) {
    const [newest] = (await list({ limit: 1 }, reader)).body.data;
    expect(newest).toMatchObject({ ...sent, id: data.id, channelUuid, from: peer.relationId });
  }
});

test('the same sendUuid twice is one message', async () => {
  const { member, send, list } = talk();
  const sent = draft();
  const [first, second] = [await send(member, sent), await send(member, sent)];
  expect(second.body).toEqual(first.body);
  expect((await list()).body.data).toHaveLength(65);
});

test('a quote is the quoted message', async () => {
  const { member, peer, send, list } = talk();
  const quoted = (await send(peer)).body.data.id;
  await send(member, { quoteId: quoted });
  const [quoting, original] = (await list({ limit: 2 })).body.data;
  expect(quoting?.quote).toEqual(original);
  expect(original?.id).toBe(quoted);
});

test('unreadCount grows by what others send and falls by Read', async () => {
  const { member, peer, send, unread, call, channelUuid } = talk();
  const read = () => call(member, 'read', { channelUuid, total: 99 });
  expect((await read()).body).toEqual({ code: '0', desc: 'success', data: 1 });
  const before = await unread(member);
  await send(member);
  expect(await unread(member)).toBe(before);
  await send(peer, { mentionedUser: [member.relationId] });
  expect((await call(member, 'unreadcount')).body.data).toEqual({ unreadCount: before + 1, mentionsCount: 1 });
  await read();
  expect(await unread(member)).toBe(before);
});

test('who hides an own message no longer sees it; that of another cannot be hidden', async () => {
  const { member, peer, send, list, call } = talk();
  const [own, other] = [(await send(member)).body.data.id, (await send(peer)).body.data.id];
  expect((await call(member, 'hide', { id: own })).body).toEqual({ code: '0', desc: 'success', data: null });
  expect((await call(member, 'hide', { id: other })).body).toMatchObject({ code: '10120', data: null });
  const idsOf = async (user: typeof member) => (await list({ limit: 2 }, user)).body.data.map(({ id }) => id);
  expect(await idsOf(peer)).toEqual([other, own]);
  expect(await idsOf(member)).not.toContain(own);
  expect(await idsOf(member)).toContain(other);
});

test('refusals have the documented codes, HTTP 200 and data null', async () => {
  const { member, outsider, call, channelUuid } = talk();
  const refused = async (reply: ReturnType<typeof call>) => {
    const { status, body } = await reply;
    expect(status).toBe(200);
    expect(body.data).toBeNull();
    expect(body.desc).not.toBe('');
    return body.code;
  };
  expect(await refused(call(member, 'list'))).toBe('10112');
  expect(await refused(call(member, 'send', { ...draft(), channelUuid: null, toRelationId: null }))).toBe('10112');
  expect(await refused(call(member, 'send', { channelUuid, content: 'no type' }))).toBe('10112');
  expect(await refused(call(member, 'send', {}, { text: '{' }))).toBe('10112');
  expect(await refused(call(member, 'list', { channelUuid, limit: 0 }))).toBe('10112');
  expect(await refused(call(member, 'read', { channelUuid, total: '20' }))).toBe('10112');
  expect(await refused(call(member, 'hide', { id: 'none' }))).toBe('10112');
  expect(await refused(call(outsider, 'list', { channelUuid }))).toBe('10120');
  expect(await refused(call(outsider, 'send', { channelUuid, ...draft() }))).toBe('13108');
  expect(await refused(call(member, 'nonsense'))).not.toBe('0');
});

for (const [words, code] of Object.entries(codes)) {
  test(`${words} is refused with ${code} on every action`, async () => {
    const { member, call } = talk();
    const tokens: Record<string, string | null> = {
      'an expired token': `Bearer ro.expired.${md5(member.token ?? '')}`,
      'a made-up token': 'Bearer ro.made.up',
      'a token of another issuer': 'Bearer no.such.issuer',
      'no token': null,
    };
    for (const action of ['list', 'send', 'read', 'hide', 'unreadcount']) {
      const { body } = await call(member, action, {}, { headers: { Authorization: tokens[words] ?? null } });
      expect(body.code, action).toBe(code);
    }
  });
}

test('an unknown ApiKey is refused', async () => {
  const { member, call } = talk();
  for (const ApiKey of [null, 'unknown']) {
    expect((await call(member, 'unreadcount', {}, { headers: { ApiKey } })).body.code).not.toBe('0');
  }
});

test('what is refused changes nothing, and neither does reading; writing does', async () => {
  const { stub, member, peer, outsider, call, list, send, channelUuid } = talk();
  const before = stub.digest();
  const { id = '' } = (await list({ limit: 1 }, peer)).body.data[0] ?? {};
  await call(member, 'unreadcount');
  await send(outsider);
  await call(member, 'send', { ...draft(), channelUuid: null });
  await call(outsider, 'hide', { id });
  expect(stub.digest()).toBe(before);
  const seen = new Set([before]);
  const sent = (await send(member)).body.data.id;
  seen.add(stub.digest());
  await call(member, 'hide', { id: sent });
  seen.add(stub.digest());
  await call(member, 'read', { channelUuid, total: 1 });
  seen.add(stub.digest());
  expect(seen.size).toBe(4);
  expect(stub.sent()).toMatchObject({ 'relation/send': 3, 'relation/hide': 2, 'relation/read': 1, 'relation/list': 1 });
});

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
