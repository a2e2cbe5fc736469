// @ts-check
import { createHash, randomUUID } from 'node:crypto';
import { genesysActions, genesysPath } from '../../dist/apis/genesys/actions.js';
import { ozekiActions } from '../../dist/apis/ozeki/actions.js';
import { relationActions } from '../../dist/apis/relation/actions.js';

/**
 * One documented request. A `{{name}}` in it stands for what an earlier answer held, which `captures` of that step names by the
 * members that lead to it.
 * @typedef {{
 *   action: string, method: string, path: string, query: Record<string, string>, headers: Record<string, string>,
 *   body?: Record<string, unknown>, captures: Record<string, (string | number)[]>
 * }} Step
 */

/** One documented request an action, in an order in which each is served. @type {Record<string, (target: any) => Step[]>} */
export const plans = { ozeki, genesys, relation };

/** @param {any} target @returns {Step[]} */
function ozeki({ ozeki: { pairs } }) {
  const { email, apikey, station, signature } = pairs[0].alice;
  const headersOf = {
    'Ozeki-Station': station,
    'Ozeki-Signature': signature,
    'Ozeki-User': createHash('md5').update(email).digest('hex'),
  };
  const now = timestamp();
  const common = { clientversioncode: 3, timestamp: now };
  /** @param {keyof typeof ozekiActions} name @param {object} members @param {Step['captures']} [captures] @returns {Step} */
  const step = (name, members, captures = {}) => {
    const { srv, api, action, headers } = ozekiActions[name];
    return {
      action: name,
      method: 'POST',
      path: `/action/${name}/ozeki/index.php`,
      query: { srv, api },
      headers: Object.fromEntries(
        Object.entries(headersOf).filter(([header]) => headers.some((word) => header === `Ozeki-${word}`)),
      ),
      body: { action, ...members },
      captures,
    };
  };
  const chat = { conversationid: '{{conversation}}' };
  const instance = '{{instance}}';
  const message = {
    ID: randomUUID(),
    Type: 'Message',
    Created: now,
    ValidUntil: timestamp(7),
    Data: 'bGVhcm4gbW9yZQ==',
  };
  const page = { lastmessagedate: now, lastmessageid: '', lastreportdate: now, lastreportid: '', limit: 50 };
  const seen = { firstmessagedate: now, lastmessagedate: now, messageids: [message.ID] };
  return [
    step('login', { apikey }),
    step('useravailable', common),
    step('friends', common),
    step('list', common, {
      conversation: ['conversations', 0, 'id'],
      instance: ['conversations', 0, 'instance'],
    }),
    step('favorite', { ...chat, ...common }),
    step('unfavorite', { ...chat, ...common }),
    step('setlistitembackgroundcolor', { ...chat, color: '#bae1ff', ...common }),
    step('mute', { ...chat, ...common }),
    step('unmute', { ...chat, ...common }),
    step('hide', { ...chat, hideid: `${instance};`, ...common }),
    step('blocklist', common),
    step('unhide', { ...chat, ...common }),
    step('add', { ...chat, instance, message: JSON.stringify(message), ...common }),
    step(
      'downloadpartial',
      { ...chat, instance, ...page, ...common },
      {
        messageid: ['messages', 0, 'ID'],
        messagedate: ['messages', 0, 'Created'],
        reportid: ['reports', 0, 'ID'],
        reportdate: ['reports', 0, 'Created'],
      },
    ),
    step('download', {
      ...chat,
      instance,
      firstmessagedate: '{{messagedate}}',
      firstmessageid: '{{messageid}}',
      firstreportdate: '{{reportdate}}',
      firstreportid: '{{reportid}}',
      ...common,
    }),
    step('viewed', { ...chat, instance, ...seen, ...common }),
    step('notification', common),
    step('clear', { ...chat, instance, ...common }),
    step('workspaceregister', { workspacename: 'alice.ozeki.chat' }),
  ];
}

/** UTC, as Ozeki writes it. @param {number} [inDays] */
function timestamp(inDays = 0) {
  return new Date(Date.now() + inDays * 86_400_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** @param {any} target @returns {Step[]} */
function genesys({ genesys: { tenantName } }) {
  const chat = Object.fromEntries(['userId', 'secureKey', 'alias', 'tenantName'].map((name) => [name, `{{${name}}}`]));
  /** @param {keyof typeof genesysActions} name @param {object} [members] @returns {Step} */
  const step = (name, members) => {
    const { operationName } = /** @type {{ operationName?: string }} */ (genesysActions[name]);
    return {
      action: name,
      method: 'POST',
      path: `/action/${name}${genesysPath(name, 'CHAT').replace('CHAT', '{{chatId}}')}`,
      query: {},
      headers: {},
      body: { ...(operationName && { operationName }), ...chat, ...members },
      captures: {},
    };
  };
  const opening = {
    nickname: 'nickname',
    firstName: 'Ada',
    lastName: 'Byron',
    subject: 'subject to',
    emailAddress: 'ada@example.test',
    userData: { key1: 'value1', key2: 'value2' },
    tenantName,
  };
  const captures = Object.fromEntries(['chatId', ...Object.keys(chat)].map((name) => [name, [name]]));
  return [
    { ...step('requestchat'), body: opening, captures },
    step('sendmessage', { text: 'I need help with account' }),
    step('starttyping'),
    step('stoptyping'),
    step('updatenickname', { nickname: 'New Nickname' }),
    step('sendurl', { pushUrl: 'http://url' }),
    step('updateuserdata', { userData: { key1: 'value1', key2: 'value2' } }),
    step('getmessages', { transcriptPosition: 1 }),
    step('complete'),
  ];
}

/** @param {any} target @returns {Step[]} */
function relation({ relation: { apiKey, member, peer, outsider, former } }) {
  /**
   * @param {keyof typeof relationActions} name
   * @param {Record<string, any>} members
   * @param {{ by?: { token: string }, captures?: Step['captures'] }} [options]
   * @returns {Step}
   */
  const step = (name, members, { by = member, captures = {} } = {}) => {
    const { method, path } = relationActions[name];
    const [header, token] =
      name === 'auth' ? ['I-Authorization', member.addressAuthToken] : ['Authorization', by.token];
    const headers = { ApiKey: apiKey, [header]: `Bearer ${token}` };
    return {
      ...{ action: name, method, path, headers, captures },
      ...(method === 'GET' ? { query: members } : { query: {}, body: members }),
    };
  };
  const group = { channelUuid: '{{channelUuid}}' };
  const people = [peer.relationId, former.relationId];
  return [
    step('auth', { inviteCode: 'd4swz-zaaaa-aaaaj-at5fa-cai' }),
    step('userinfo', {}),
    step(
      'create',
      { members: people, name: 'test-group', type: 'G' },
      { captures: { channelUuid: ['data', 'channelUuid'] } },
    ),
    step('info', group),
    step('members', group),
    step('isadmin', group),
    step('updateannouncement', { ...group, announcement: '1234', pinAnnouncement: true }),
    step('getannouncement', group),
    step(
      'send',
      { type: 'TEXT', ...group, toRelationId: null, content: 'hello', sendUuid: randomUUID() },
      { captures: { id: ['data', 'id'] } },
    ),
    step('list', { ...group, limit: '10' }),
    step('unreadcount', {}),
    step('read', { ...group, total: 20 }),
    step('hide', { id: '{{id}}' }),
    step('chatslist', { limit: '10' }),
    step('pin', { ...group, pin: 'true' }),
    step('mute', { ...group, mute: 'true' }),
    step('chatshide', group),
    step('follow', { address: peer.relationId }),
    step('unfollow', { address: peer.relationId }),
    step('join', group, { by: outsider }),
    step('leave', group, { by: outsider }),
    step('removemembers', { ...group, members: [former.relationId] }),
    step('transferowner', { ...group, relationId: peer.relationId }),
    step('disband', group, { by: peer }),
  ];
}

/** The same with each `{{name}}` in its place. @template T @param {T} part @param {Record<string, string>} values @returns {T} */
export function filled(part, values) {
  const quoted = JSON.stringify(part).replace(/\{\{(\w+)\}\}/g, (whole, name) =>
    name in values ? JSON.stringify(String(values[name])).slice(1, -1) : whole,
  );
  return JSON.parse(quoted);
}

/** Adds to the values what an answer holds for later steps. @param {Step} step @param {unknown} answer @param {Record<string, string>} values */
export function capture({ captures }, answer, values) {
  for (const [name, keys] of Object.entries(captures)) {
    const value = keys.reduce((at, key) => /** @type {any} */ (at)?.[key], answer);
    if (value !== undefined) values[name] = String(value);
  }
}

/** The address of a step. @param {Step} step */
export function addressOf({ path, query }) {
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return search.length ? `${path}?${search.join('&')}` : path;
}

/**
 * Sends every step as a plain client would, and gives what came back.
 * @param {Step[]} steps
 * @param {string} url
 * @returns {Promise<{ action: string, step: Step, status?: number, headers?: Headers, text?: string }[]>}
 */
export async function walk(steps, url) {
  /** @type {Record<string, string>} */
  const values = {};
  const answers = [];
  for (const each of steps) {
    const step = filled(each, values);
    const { action, method, headers, body } = step;
    const json = body && { 'Content-Type': 'application/json' };
    try {
      const response = await fetch(url + addressOf(step), {
        method,
        headers: { ...json, ...headers },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      const text = await response.text();
      try {
        capture(step, JSON.parse(text), values);
      } catch {
        // What is no JSON hands nothing on.
      }
      answers.push({ action, step, status: response.status, headers: response.headers, text });
    } catch {
      answers.push({ action, step });
    }
  }
  return answers;
}
