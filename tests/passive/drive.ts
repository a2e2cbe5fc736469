/** Every documented call of an API against its stub, in the process, for what passive checks say of the answers. */
import { examplesOf } from '../../apis/bodies.js';
import type { ExchangeInput } from '../../src/library/exchange.js';
import { chatWith } from '../stub/genesys-caller.js';
import { chatWith as chatOverGms } from '../stub/gms-caller.js';
import { type Entry, stamp, talk as talkOzeki, upload } from '../stub/ozeki-caller.js';
import { createRecorder } from '../stub/recorder.js';
import { draft, type Talk, talk as talkRelation } from '../stub/relation-caller.js';

/** What passed, and the e-mail addresses that are known. */
export interface Driven {
  exchanges: ExchangeInput[];
  emails: string[];
}

/** Drives the stub of each API, with one fault or none. A call that comes to nothing ends no drive: answers are what is looked at. */
export const drives: Readonly<Record<string, (faults?: readonly string[]) => Promise<Driven>>> = {
  ozeki: driveOzeki,
  genesys: driveGenesys,
  relation: driveRelation,
  gms: driveGms,
};

/** The documented requests of Ozeki, by action: files, of which each drive has dozens. */
const documentedRequests = new Map(
  examplesOf('ozeki').flatMap(({ action, part, body }) => (part === 'request' ? [[action, body as object]] : [])),
);

async function driveOzeki(faults: readonly string[] = []): Promise<Driven> {
  const { exchanges, answer } = createRecorder();
  const { alice, bob, outsider, call, conversationid } = talkOzeki({ faults }, answer);
  let instance = 'PqjfKSn7V8';
  const documented = async (user: typeof alice, action: string, members: object = {}) => {
    const example = documentedRequests.get(action) ?? {};
    const own = {
      ...('conversationid' in example && { conversationid }),
      ...('instance' in example && { instance }),
      ...('apikey' in example && { apikey: user.apikey }),
      ...('timestamp' in example && { timestamp: stamp() }),
    };
    const { body } = await call(user, action, { ...example, ...own, ...members });
    instance = body?.conversation?.instance ?? instance;
    return body;
  };
  const page = (user: typeof alice) => {
    const ahead = stamp(300);
    const cursor = { lastmessagedate: ahead, lastmessageid: '', lastreportdate: ahead, lastreportid: '' };
    return documented(user, 'downloadpartial', cursor);
  };
  const add = async (user: typeof alice, changes: Partial<Entry> = {}) => {
    const message = { ...upload(), ...changes };
    await documented(user, 'add', { message: JSON.stringify(message) });
    return message;
  };
  for (const user of [alice, bob, outsider]) {
    for (const action of ['login', 'friends', 'list', 'blocklist', 'notification']) await documented(user, action);
  }
  await documented(alice, 'useravailable');
  await documented(bob, 'notification');
  const first = await add(alice);
  await add(alice, { ValidUntil: stamp() });
  await documented(bob, 'viewed', { messageids: [first.ID] });
  await documented(bob, 'notification');
  for (const user of [alice, bob]) {
    await page(user);
    const [firstmessagedate, firstmessageid] = [first.Created, first.ID];
    await documented(user, 'download', { firstmessagedate, firstmessageid, firstreportdate: '', firstreportid: '' });
  }
  for (const [set, unset] of [
    ['favorite', 'unfavorite'],
    ['mute', 'unmute'],
    ['hide', 'unhide'],
    ['setlistitembackgroundcolor', 'list'],
  ] as const) {
    await documented(alice, set);
    for (const user of [alice, bob]) for (const action of ['list', 'blocklist']) await documented(user, action);
    await documented(alice, unset);
  }
  await documented(alice, 'clear');
  for (const user of [alice, bob]) {
    await documented(user, 'list');
    await page(user);
  }
  await documented(alice, 'workspaceregister', { workspacename: 'conformance.example.test' });
  await call(alice, 'mute', { conversationid: 'f'.repeat(32), clientversioncode: 3, timestamp: stamp() });
  await call(alice, 'list', {}, { headers: { 'Ozeki-Signature': 'wrong' } });
  return { exchanges, emails: [alice.email, bob.email, outsider.email] };
}

async function driveGenesys(faults: readonly string[] = []): Promise<Driven> {
  const { exchanges, answer } = createRecorder();
  const { call, open } = chatWith({ faults }, answer);
  const [chat, other] = [await open(), await open({ nickname: 'bob', emailAddress: 'bob@example.test' })];
  if (typeof chat?.chatId !== 'string') return { exchanges, emails: [] };
  await call(chat, 'getmessages');
  for (const action of ['starttyping', 'stoptyping', 'sendmessage', 'updatenickname', 'sendurl'] as const)
    await call(chat, action);
  for (const userData of [{ key1: 'value1' }, { key1: 'value2' }]) await call(chat, 'updateuserdata', { userData });
  for (const transcriptPosition of [undefined, 1, 3, 1000]) await call(chat, 'getmessages', { transcriptPosition });
  if (typeof other?.chatId === 'string') await call(other, 'getmessages');
  await call(chat, 'getmessages', { secureKey: 'ffffffffffffffff' });
  await call(chat, 'complete');
  await call(chat, 'getmessages');
  return { exchanges, emails: [] };
}

async function driveGms(faults: readonly string[] = []): Promise<Driven> {
  const { exchanges, answer } = createRecorder();
  const { call, open } = chatOverGms({ faults }, answer);
  const [chat, other] = [await open(), await open({ nickname: undefined })];
  if (typeof chat.chatId !== 'string') return { exchanges, emails: [] };
  const deeds = ['starttyping', 'stoptyping', 'sendmessage', 'updatenickname', 'pushurl', 'customnotice'] as const;
  for (const action of deeds) await call(chat, action);
  for (const action of ['updatedata', 'readreceipt', 'filelimits'] as const) await call(chat, action);
  const fileId = (await call(chat, 'fileupload')).body?.userData?.['file-id'];
  for (const action of ['filelimits', 'filedownload', 'filedelete'] as const) await call(chat, action, { fileId });
  for (const transcriptPosition of [undefined, 0, 1, 3, 1000]) await call(chat, 'refresh', { transcriptPosition });
  await call(chat, 'sendmessage', { transcriptPosition: 5 });
  await call(chat, 'disconnect');
  await call(chat, 'sendmessage');
  if (typeof other.chatId === 'string') {
    await call(other, 'refresh');
    await call(other, 'refresh', { secureKey: 'ffffffffffffffff' });
  }
  return { exchanges, emails: [] };
}

async function driveRelation(faults: readonly string[] = []): Promise<Driven> {
  const { exchanges, answer } = createRecorder();
  const { member, peer, outsider, channelUuid, call, list } = talkRelation({ faults }, answer);
  const send = async (user: typeof member, members: object = {}) =>
    (await call(user, 'send', { channelUuid, toRelationId: null, ...draft(), ...members })).body?.data;
  await list();
  await send(member);
  const sent = (await list({ limit: 1 })).body?.data?.[0];
  await send(peer, { type: 'CARD', content: '{}', quoteId: sent?.id });
  for (const limit of [1, 2, 50]) await list({ limit });
  await list({ channelUuid: 'f'.repeat(32) });
  await list({ channelUuid: undefined, toRelationId: peer.relationId });
  for (const total of [1, 20]) await call(member, 'read', { channelUuid, total });
  await call(member, 'unreadcount');
  await call(member, 'hide', { id: sent?.id });
  await list({}, outsider);
  await call(member, 'unreadcount', {}, { headers: { Authorization: 'Bearer nobody' } });
  await driveGroups({ member, peer, outsider, call });
  return { exchanges, emails: [] };
}

/** The life of a group, and the chats and users beside it. */
async function driveGroups({ member, peer, outsider, call }: Pick<Talk, 'member' | 'peer' | 'outsider' | 'call'>) {
  const address = { 'I-Authorization': `Bearer ${member.addressAuthToken}` };
  await call(member, 'auth', { inviteCode: '' }, { headers: address });
  await call(member, 'userinfo', { address: peer.relationId, fields: 'CREATE_AT,FOLLOW_COUNT,ADDRESS_WITH_CHAIN' });
  const members = [peer.relationId];
  const made = await call(member, 'create', { name: 'conformance check', type: 'G', members });
  const { channelUuid } = made.body?.data ?? {};
  const group = { channelUuid };
  await call(member, 'updateannouncement', { ...group, announcement: 'news', pinAnnouncement: true });
  for (const action of ['pin', 'mute'] as const) await call(peer, action, { ...group, [action]: true });
  for (const action of ['info', 'members', 'isadmin', 'getannouncement', 'chatslist'])
    for (const user of [member, peer]) await call(user, action, action === 'chatslist' ? { limit: 2 } : group);
  await call(peer, 'chatshide', group);
  for (const action of ['info', 'join', 'leave']) await call(outsider, action, group);
  await call(member, 'transferowner', { ...group, relationId: peer.relationId });
  await call(peer, 'removemembers', { ...group, members: [member.relationId] });
  await call(peer, 'disband', group);
  for (const user of [member, peer]) await call(user, 'info', group);
  for (const action of ['follow', 'unfollow']) await call(member, action, { address: peer.relationId });
}
