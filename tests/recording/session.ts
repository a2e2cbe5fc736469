/** An ordinary session of several clients with the stub, recorded. */
import { createHash, randomUUID } from 'node:crypto';
import { getResponse } from 'msw';
import { genesysActions, genesysPath } from '../../apis/genesys/actions.js';
import { type GmsActionName, gmsPath } from '../../apis/gms/actions.js';
import { ozekiActions } from '../../apis/ozeki/actions.js';
import { relationActions } from '../../apis/relation/actions.js';
import { createStub, stubTarget } from '../../apis/stub.js';
import { formFields } from '../../src/exchange/form.js';
import type { Recorded } from '../../src/recording/index.js';
import { conversationIdOf, formatTimestamp, userIdOf } from '../../src/rules/index.js';
import type { Body } from './traffic.js';

const root = 'http://stub.test';

/** Records what clients of all APIs and a stub of these variants say to each other, over some minutes of a clock of its own. */
export async function recordSession(
  variants: readonly string[] = [],
  apis: readonly string[] = ['ozeki', 'genesys', 'relation', 'gms'],
): Promise<Recorded[]> {
  let now = Date.UTC(2026, 4, 4, 11, 58, 0);
  const stub = createStub({ variants, now: () => now });
  const target = stubTarget({ url: root });
  const entries: Recorded[] = [];

  const ask = async (
    actor: string,
    method: string,
    url: string,
    headers: Record<string, string>,
    body?: Body | string,
  ) => {
    now += 1300;
    const startedAt = now;
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    const request = new Request(url, { method, headers, ...(text === '' ? {} : { body: text }) });
    const response = await getResponse(stub.handlers, request);
    if (response === undefined) throw new Error(`nobody answers ${url}`);
    const answered = await response.text();
    now += 40;
    entries.push({
      place: `entry ${entries.length + 1}`,
      source: 0,
      method,
      url,
      requestHeaders: Object.entries(headers),
      requestBody: { text },
      response: { status: response.status, headers: [...response.headers], body: { text: answered } },
      startedAt,
      durationMs: now - startedAt,
      actor,
    });
    return jsonOf(answered);
  };

  if (apis.includes('ozeki')) await ozekiSession(ask, target.ozeki?.pairs[0] as never, () => now);
  if (apis.includes('genesys')) await genesysSession(ask);
  if (apis.includes('gms')) await gmsSession(ask);
  if (apis.includes('relation')) await relationSession(ask, target.relation as never, () => now);
  return entries;
}

/** The JSON of an answer; a page, with which a server may refuse, holds none. */
function jsonOf(text: string): Body {
  return text.startsWith('{') ? (JSON.parse(text) as Body) : {};
}

type Ask = (
  actor: string,
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: Body | string,
) => Promise<Body>;

interface Account {
  email: string;
  apikey: string;
  station: string;
  signature: string;
}

async function ozekiSession(
  ask: Ask,
  { alice, bob }: Record<'alice' | 'bob', Account>,
  now: () => number,
): Promise<void> {
  const conversationid = conversationIdOf([userIdOf(alice.email), userIdOf(bob.email)]);
  const call = (account: Account, name: keyof typeof ozekiActions, members: Body = {}) => {
    const { srv, api, action, headers } = ozekiActions[name];
    const all = { Signature: account.signature, Station: account.station, User: userIdOf(account.email) };
    const own = Object.fromEntries(headers.map((header) => [`Ozeki-${header}`, all[header]]));
    const usual = name === 'login' ? {} : { clientversioncode: 3, timestamp: formatTimestamp(now()) };
    return ask(
      account.email,
      'POST',
      `${root}/ozeki/index.php?srv=${srv}&api=${api}`,
      { 'Content-Type': 'application/json', ...own },
      { action, ...members, ...usual },
    );
  };
  const instance = 'PqjfKSn7V8';
  const add = async (account: Account, text: string, same?: string) => {
    const Created = same ?? formatTimestamp(now());
    const message = {
      ID: randomUUID(),
      Type: 'Message',
      Created,
      ValidUntil: formatTimestamp(now() + 604_800_000),
      Data: createHash('sha256').update(text).digest('base64'),
    };
    await call(account, 'add', { conversationid, instance, message: JSON.stringify(message) });
    return message;
  };
  const page = (account: Account, limit: number, cursor: Body = {}) => {
    const ahead = formatTimestamp(now() + 180_000);
    const first = { lastmessagedate: ahead, lastmessageid: '', lastreportdate: ahead, lastreportid: '' };
    return call(account, 'downloadpartial', { conversationid, instance, ...first, ...cursor, limit });
  };
  const walk = async (account: Account, limit: number) => {
    let cursor: Body = {};
    for (let n = 0; n < 12; n++) {
      const { messages = [] } = (await page(account, limit, cursor)) as {
        messages?: { ID: string; Created: string }[];
      };
      const ends = [messages[0], messages.at(-1)].sort((a, b) => `${a?.Created}`.localeCompare(`${b?.Created}`));
      const [end] = ends;
      if (end === undefined || end.ID === cursor.lastmessageid) return;
      cursor = { lastmessagedate: end.Created, lastmessageid: end.ID };
    }
  };
  for (const account of [alice, bob]) {
    await call(account, 'login', { apikey: account.apikey });
    await call(account, 'useravailable');
    await call(account, 'friends');
    await call(account, 'list');
    await page(account, 50);
  }
  const sent = [await add(alice, 'one'), await add(bob, 'two')];
  const second = formatTimestamp(now());
  for (const text of ['three', 'four', 'five']) sent.push(await add(bob, text, second));
  await call(alice, 'notification');
  await call(alice, 'viewed', {
    conversationid,
    instance,
    firstmessagedate: sent[1]?.Created,
    lastmessagedate: second,
    messageids: sent.slice(1).map(({ ID }) => ID),
  });
  await call(alice, 'list');
  for (const account of [alice, bob]) {
    await walk(account, 2);
    await walk(account, 50);
    await call(account, 'download', {
      conversationid,
      instance,
      firstmessagedate: sent[0]?.Created,
      firstmessageid: sent[0]?.ID,
      firstreportdate: sent[0]?.Created,
      firstreportid: '',
    });
  }
  for (const name of ['favorite', 'unfavorite', 'mute', 'unmute'] as const) await call(alice, name, { conversationid });
  await call(alice, 'setlistitembackgroundcolor', { conversationid, color: '#bae1ff' });
  await call(alice, 'hide', { conversationid, hideid: `${instance};` });
  await call(alice, 'blocklist');
  await call(alice, 'unhide', { conversationid });
  await call(bob, 'list');
  await call(alice, 'clear', { conversationid, instance });
  await walk(bob, 10);
  await add(alice, 'six');
  await call(bob, 'list');
  await walk(bob, 10);
}

async function genesysSession(ask: Ask): Promise<void> {
  const tenantName = 'Environment';
  const call = (chat: Body, name: keyof typeof genesysActions, members: Body = {}) => {
    const row = genesysActions[name];
    const operation = 'operationName' in row ? { operationName: row.operationName } : {};
    const { chatId = '', userId, secureKey, alias } = chat;
    const own = name === 'requestchat' ? {} : { userId, secureKey, alias };
    const headers = { 'Content-Type': 'application/json' };
    return ask('visitor', 'POST', `${root}${genesysPath(name, String(chatId))}`, headers, {
      ...operation,
      ...own,
      tenantName,
      ...members,
    });
  };
  const opening = { nickname: 'nickname', firstName: 'Ann', lastName: 'Other' };
  const chats = [await call({}, 'requestchat', opening), await call({}, 'requestchat', opening)];
  for (const chat of chats) {
    await call(chat, 'starttyping', { text: 'I' });
    await call(chat, 'sendmessage', { text: 'I need help' });
    const { messages = [] } = (await call(chat, 'getmessages')) as { messages?: { index: number }[] };
    await call(chat, 'stoptyping');
    const next = (messages.at(-1)?.index ?? 0) + 1;
    await call(chat, 'getmessages', { transcriptPosition: next });
    await call(chat, 'getmessages', { transcriptPosition: 1 });
    await call(chat, 'updatenickname', { nickname: 'Ann' });
    await call(chat, 'sendurl', { pushUrl: 'http://url.test/' });
    await call(chat, 'updateuserdata', { userData: { key1: 'value1' } });
    await call(chat, 'getmessages', { transcriptPosition: next });
    await call(chat, 'complete');
    await call(chat, 'getmessages', { transcriptPosition: 1 });
  }
}

async function gmsSession(ask: Ask): Promise<void> {
  const call = (chat: Body, name: GmsActionName, { fileId, ...members }: Body = {}) => {
    const { chatId, userId, secureKey, alias } = chat;
    const place = { serviceName: 'customer-support', chatId: String(chatId), fileId: String(fileId) };
    const url = `${root}/genesys/2/chat${gmsPath(name, place)}`;
    const own = name === 'requestchat' ? {} : { userId, secureKey, alias };
    const form = new URLSearchParams(formFields({ ...own, ...members })).toString();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    return ask('visitor', 'POST', url, headers, form).then((body) => {
      for (const key of ['userId', 'secureKey', 'alias']) if (typeof body[key] === 'string') chat[key] = body[key];
      return body;
    });
  };
  for (const opening of [{ nickname: 'nickname' }, { firstName: 'Ann', lastName: 'Other' }]) {
    const chat: Body = {};
    chat.chatId = (await call(chat, 'requestchat', opening)).chatId;
    await call(chat, 'starttyping', { message: 'I' });
    await call(chat, 'sendmessage', { message: 'I need help & more', messageType: 'text' });
    const { nextPosition } = await call(chat, 'refresh');
    await call(chat, 'stoptyping');
    await call(chat, 'refresh', { transcriptPosition: nextPosition });
    for (const transcriptPosition of [0, 1]) await call(chat, 'refresh', { transcriptPosition });
    await call(chat, 'updatenickname', { nickname: 'Ann' });
    await call(chat, 'pushurl', { pushUrl: 'http://url.test/?a=1&b=2' });
    await call(chat, 'customnotice', { message: 'seen' });
    await call(chat, 'updatedata', { userData: { key1: 'value1' } });
    await call(chat, 'readreceipt', { transcriptPosition: nextPosition });
    await call(chat, 'filelimits');
    await call(chat, 'filedownload', { fileId: 'none' });
    await call(chat, 'refresh', { transcriptPosition: nextPosition });
    await call(chat, 'disconnect');
    await call(chat, 'refresh', { transcriptPosition: 1 });
  }
}

interface People {
  apiKey: string;
  channelUuid: string;
  member: { token: string };
  peer: { token: string };
}

async function relationSession(
  ask: Ask,
  { apiKey, channelUuid, member, peer }: People,
  now: () => number,
): Promise<void> {
  const call = (user: { token: string }, name: keyof typeof relationActions, members: Body = {}) => {
    const { method, path } = relationActions[name];
    const headers = { ApiKey: apiKey, Authorization: `Bearer ${user.token}` };
    const actor = user === member ? 'member' : 'peer';
    if (method === 'POST')
      return ask(actor, method, `${root}${path}`, { ...headers, 'Content-Type': 'application/json' }, members);
    const query = new URLSearchParams(members as Record<string, string>).toString();
    return ask(actor, method, `${root}${path}${query === '' ? '' : `?${query}`}`, headers);
  };
  const send = (user: { token: string }, content: string) =>
    call(user, 'send', { channelUuid, toRelationId: null, type: 'TEXT', content, sendUuid: randomUUID() });
  const walk = async (user: { token: string }, limit: number) => {
    let maxCreateAt = String(now() + 60_000);
    for (let n = 0; n < 12; n++) {
      const { data } = (await call(user, 'list', { channelUuid, maxCreateAt, limit: String(limit) })) as {
        data: { createAt: string }[];
      };
      const oldest = data.at(-1)?.createAt;
      if (oldest === undefined || data.length < limit || oldest === maxCreateAt) return;
      maxCreateAt = oldest;
    }
  };
  await walk(member, 20);
  const sent = [await send(member, 'grüße'), await send(peer, '你好 🎉'), await send(member, 'three')];
  await call(peer, 'unreadcount');
  for (const user of [member, peer]) {
    await walk(user, 3);
    await walk(user, 50);
    await call(user, 'read', { channelUuid, total: 3 });
    await call(user, 'unreadcount');
  }
  const [first] = sent as { data: { id: string } }[];
  if (first !== undefined) await call(member, 'hide', { id: first.data.id });
  await walk(member, 50);
  await walk(peer, 50);
}
