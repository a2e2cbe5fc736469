import { relationActions } from '../../apis/relation/actions.js';
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
    replies.push({ ...reply, action });
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
  yield* groups();
  await list(peer, { limit: 50 });
  for (let i = 0; i < 40; i++) await say(peer, 'send', draft());
  await list(peer, { limit: 500 });
  for (let i = 0; i < 65; i++) await say(member, 'unreadcount');
  yield part();

  async function* groups(): AsyncGenerator<Reply[]> {
    const people = [member, peer, outsider];
    const looks = ['members', 'info', 'isadmin', 'getannouncement'];
    const look = async (uuid: string, ...actions: string[]) => {
      for (const user of people) for (const action of actions) await say(user, action, { channelUuid: uuid });
    };
    const chats = async (changes: Members = {}) => {
      for (const user of people) await say(user, 'chatslist', { limit: 50, ...changes });
    };
    const create = async (type: string, others: (typeof member)[], user = member) => {
      const members = others.map(({ relationId }) => relationId);
      await say(user, 'create', { name: `group ${number++} ${'long '.repeat(30)}`, type, members });
      return String(replies.at(-1)?.body?.data?.channelUuid);
    };
    const { addressAuthToken = '', token = '' } = member;
    for (const each of [addressAuthToken, `${addressAuthToken.slice(0, -1)}~`, 'ad.made.up', token, null]) {
      const header = { Authorization: null, 'I-Authorization': each && `Bearer ${each}` };
      const given: (string | undefined)[] = [];
      for (const inviteCode of [undefined, 'd4swz-zaaaa-aaaaj-at5fa-cai', 'd4swz-zaaaa-aaaaj-at5fa-cai']) {
        // A token tells the second in which it was given.
        clock += 1000;
        await say(member, 'auth', { inviteCode }, header);
        given.push((replies.at(-1)?.body?.data as { token?: string } | null)?.token);
      }
      for (const one of given) if (one) await say(member, 'userinfo', {}, { Authorization: `Bearer ${one}` });
    }
    for (const user of people) await say(user, 'userinfo');
    for (const address of [peer.relationId, member.relationId, 'nobody-cai'])
      await say(member, 'userinfo', { address });
    await say(member, 'userinfo', { fields: 'CREATE_AT,FOLLOW_COUNT,ADDRESS_WITH_CHAIN' });
    yield part();

    const group = await create('G', [peer]);
    const own = await create('G', [member, peer, outsider], peer);
    const pair = await create('P', [peer, outsider]);
    await create('P', [peer]);
    for (const type of ['X', 'g']) await create(type, [peer]);
    for (const uuid of [group, own, pair]) await look(uuid, ...looks, 'list');
    for (const user of [outsider, peer])
      for (const uuid of [group, pair]) await say(user, 'join', { channelUuid: uuid });
    await look(group, ...looks);
    await look(pair, 'members');
    await chats();
    yield part();

    for (const user of people)
      for (const pinAnnouncement of [true, false]) {
        await say(user, 'updateannouncement', {
          channelUuid: group,
          announcement: `by ${user.relationId}`,
          pinAnnouncement,
        });
        await look(group, 'getannouncement', 'info');
      }
    for (const flag of ['pin', 'mute'])
      for (const value of [true, false]) {
        await say(peer, flag, { channelUuid: group, [flag]: value });
        await chats();
        await look(group, 'info');
      }
    for (const user of people) {
      clock += 1000;
      await say(user, 'send', draft({ channelUuid: group }));
      await look(group, 'list');
      await chats();
    }
    await say(peer, 'read', { channelUuid: group, total: 10 });
    await chats();
    await chats({ limit: 1 });
    for (let page = 0; page < 4; page++)
      await say(member, 'chatslist', {
        limit: 1,
        cursor: (replies.at(-1)?.body?.data as { cursor?: string } | null)?.cursor,
      });
    for (const keyword of ['group', 'no such name']) await chats({ keyword });
    await say(peer, 'chatshide', { channelUuid: group });
    await chats();
    await say(member, 'send', draft({ channelUuid: group }));
    await chats();
    for (const action of ['follow', 'unfollow'])
      for (const address of [peer.relationId, member.relationId, 'nobody']) await say(member, action, { address });
    yield part();

    const wrongs = [null, `${token.slice(0, -1)}~`, token.slice(0, 20), token.toLowerCase(), 'ro.made.up'];
    for (const action of Object.keys(relationActions)) {
      const members = {
        channelUuid: own,
        members: [outsider.relationId],
        relationId: outsider.relationId,
        name: 'x',
        type: 'G',
      };
      for (const each of wrongs) await say(peer, action, members, { Authorization: each && `Bearer ${each}` });
      await say(peer, action, members, { ApiKey: 'unknown' });
    }
    yield part();

    for (const user of [peer, outsider, member]) {
      await say(user, 'removemembers', { channelUuid: group, members: [outsider.relationId] });
      await look(group, ...looks, 'list');
    }
    await say(outsider, 'send', draft({ channelUuid: group }));
    for (const user of [peer, outsider]) {
      await say(user, 'leave', { channelUuid: group });
      await look(group, ...looks, 'list');
      await chats();
    }
    await say(peer, 'send', draft({ channelUuid: group }));
    for (const [user, to] of [
      [member, outsider],
      [peer, outsider],
    ] as const) {
      await say(user, 'transferowner', { channelUuid: own, relationId: to.relationId });
      await look(own, ...looks);
    }
    await say(outsider, 'removemembers', { channelUuid: own, members: [member.relationId] });
    for (const user of [peer, outsider]) {
      await say(user, 'disband', { channelUuid: own });
      await look(own, ...looks, 'list');
      await chats();
    }
    for (const user of [member, peer]) await say(user, 'leave', { channelUuid: pair });
    await say(member, 'removemembers', { channelUuid: pair, members: [peer.relationId] });
    await say(member, 'disband', { channelUuid: group });
    await look(group, ...looks);
    await chats();
    yield part();
  }
}
