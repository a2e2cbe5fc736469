import type { StubOptions } from '../../src/stub/index.js';
import { type Members, type Reply, talk } from './relation-caller.js';

const noon = Date.UTC(2026, 10, 20, 12);
const delicate = '  <b>&amp;</b> <script>x</script> 👋🏽 e\u0301 a+b%20 \\n\r\n\u200b ';

/**
 * One and the same conversation with a server, long enough that every fault and variant shows in it, part by part. The clock goes by
 * a few milliseconds a call.
 */
export async function* relationConversation(options: StubOptions): AsyncGenerator<Reply[]> {
  let clock = noon;
  const { member, peer, outsider, former, channelUuid, apiKey, call } = talk({ ...options, now: () => clock });
  let replies: Reply[] = [];
  const part = () => {
    const done = replies;
    replies = [];
    return done;
  };
  const say = async (
    user: typeof member,
    action: string,
    members: Members = {},
    headers: Record<string, string | null> = {},
    text?: string,
  ) => {
    clock += 3;
    const reply = await call(user, action, members, { headers: { 'accept-encoding': 'gzip', ...headers }, text });
    replies.push(reply);
    return String(reply.body?.data?.id);
  };
  let number = 0;
  const draft = (changes: Members = {}) => ({
    channelUuid,
    type: 'TEXT',
    content: `text ${number}`,
    sendUuid: `uuid-${number++}-${'x'.repeat(80)}`,
    ...changes,
  });
  const list = (user: typeof member, changes: Members = {}) =>
    say(user, 'list', { channelUuid, limit: 10, maxCreateAt: noon + 86_400_000, ...changes });

  await list(member, { limit: 500 });
  const oldest = replies[0]?.body?.data?.at?.(-3)?.createAt ?? noon - 7_200_000;
  for (const limit of [2, 10]) await list(peer, { limit, maxCreateAt: oldest });
  for (const limit of [1, 2, 3, 7, 20, 31, 60]) await list(member, { limit });
  for (const limit of [5, 10, 50]) await list(peer, { limit, maxCreateAt: noon - 10_000_000 });
  await list(peer, { maxCreateAt: noon - 7_200_000, limit: 60 });
  await list(peer, { maxCreateAt: 1_000_000_000_000 });
  for (const limit of ['0', 'many', '99999999999']) await list(member, { limit });
  for (const maxCreateAt of ['-1', 'x']) await list(member, { maxCreateAt });
  yield part();
  for (const user of [member, peer]) {
    await say(user, 'unreadcount');
    await say(user, 'read', { channelUuid, total: 3 });
    await say(user, 'unreadcount');
    await say(user, 'read', { channelUuid, total: 3 });
    await say(user, 'unreadcount');
  }
  yield part();
  const first = await say(member, 'send', draft({ content: delicate + 'x'.repeat(9000) }));
  await say(peer, 'send', draft({ content: '{ "a": 1 }', type: 'conformance-Note', quoteId: first }));
  await say(member, 'send', draft({ content: '語'.repeat(2800) }));
  await say(peer, 'send', draft({ content: 'twin' }));
  await say(peer, 'send', draft({ content: 'twin' }));
  await say(peer, 'send', draft({ type: 'CARD' }));
  await say(member, 'send', draft({ channelUuid: null, content: 'x'.repeat(600_000) }));
  yield part();
  const twice = draft();
  for (const sent of [twice, twice, draft(), twice]) await say(member, 'send', sent);
  clock += 2000;
  const [hidden, kept] = [await say(member, 'send', draft()), await say(peer, 'send', draft())];
  await say(member, 'send', draft({ quoteId: kept }));
  await say(member, 'hide', { id: hidden });
  await say(member, 'hide', { id: kept });
  await say(outsider, 'hide', { id: kept });
  await say(member, 'hide', { id: 'none' });
  for (const user of [member, peer]) {
    await say(user, 'unreadcount');
    for (const limit of [5, 500]) await list(user, { limit });
    const bound = Math.floor(clock / 1000) * 1000;
    for (const maxCreateAt of [bound, bound - 1, bound - 1000, bound - 2000]) await list(user, { maxCreateAt });
  }
  for (const [user, to] of [
    [member, peer],
    [peer, member],
    [outsider, member],
    [outsider, peer],
    [member, peer],
  ] as const) {
    await say(user, 'send', draft({ channelUuid: undefined, toRelationId: to.relationId }));
    clock += 1000;
  }
  for (const [user, to] of [
    [member, peer],
    [peer, member],
    [outsider, member],
  ] as const) {
    const { relationId: toRelationId } = to;
    for (const maxCreateAt of [noon + 86_400_000, clock - 3000])
      await say(user, 'list', { toRelationId, limit: 10, maxCreateAt });
    await say(user, 'unreadcount');
  }
  yield part();
  for (const stray of [outsider, former]) {
    await list(stray);
    await list(stray, { maxCreateAt: oldest });
  }
  await list(outsider, { toRelationId: member.relationId });
  await say(member, 'list', { limit: 5 });
  await list(member, { channelUuid: 'none' });
  for (const changes of [{}, { quoteId: kept }, { toRelationId: member.relationId }])
    await say(outsider, 'send', draft(changes));
  await list(outsider);
  await say(member, 'send', draft({ channelUuid: undefined }));
  await say(member, 'send', draft({ channelUuid: null, toRelationId: null }));
  await say(member, 'send', draft({ channelUuid: 'none' }));
  for (const content of [undefined, 42]) await say(member, 'send', draft({ content }));
  for (let i = 0; i < 16; i++) await say(member, 'read', {}, {}, '{');
  yield part();
  const { token = '' } = member;
  const wrong = [
    null,
    `${token.slice(0, -1)}~`,
    token.slice(0, 20),
    token.toLowerCase(),
    `${token.slice(0, 30)}.other`,
    'ro.made.up',
    member.relationId,
  ];
  for (const action of ['list', 'send', 'read', 'hide', 'unreadcount']) {
    const members = action === 'send' ? draft() : { channelUuid, limit: 5, total: 1, id: kept };
    for (const each of wrong) await say(member, action, members, { Authorization: each && `Bearer ${each}` });
    for (const each of [token, 'ro.made.up']) await say(member, action, members, { Authorization: `bearer ${each}` });
    for (const ApiKey of [null, 'unknown', `${apiKey}x`, apiKey.slice(0, 9), apiKey.toLowerCase()])
      await say(member, action, members, { ApiKey });
  }
  yield part();
  await list(peer, { limit: 50 });
  for (let i = 0; i < 40; i++) await say(peer, 'send', draft());
  await list(peer, { limit: 500 });
  for (let i = 0; i < 65; i++) await say(member, 'unreadcount');
  yield part();
}
