import { createHash } from 'node:crypto';
import { getResponse } from 'msw';
import { createStub, stubTarget } from '../../apis/stub.js';
import type { Stub, StubOptions } from '../../src/stub/index.js';
import type { TargetAccount } from '../../types/target.js';
import type { Answer } from './recorder.js';

export const URL_OF_STUB = 'http://stub.test:8080';

/** Where each action is served, and its `action` member. */
const SERVICES: Record<string, readonly [api: string, action?: string]> = {
  login: ['chatlogin'],
  useravailable: ['chatavailability'],
  friends: ['chatfriends', 'list'],
  viewed: ['chatreports'],
  notification: ['chatnotification', 'download'],
  blocklist: ['chatblocklist'],
  workspaceregister: ['workspace'],
};

/** Members of a request. */
export type Members = Record<string, unknown>;

export interface Entry {
  ID: string;
  Type: string;
  Created: string;
  ValidUntil: string;
  Data: string;
}

export interface Properties {
  userid: string;
  ismuted: boolean;
  listitembackgroundcolor: string;
  sound?: string;
  serverhint?: object;
}

export interface Conversation {
  id: string;
  isgroup: boolean;
  participantids: string[];
  participants: object[];
  displayname: string;
  lastmessageid: string;
  lastreportid: string;
  lastaccess: number;
  secret: string;
  instance: string;
  mutedby: string[];
  favoriteby: string[];
  hiddenby: string[];
  properties: [Properties, ...Properties[]];
}

export interface Availability {
  friendid: string;
  friendname: string;
  publickey: string;
  availability: string;
}

/** Whatever an answer may hold. A test looks only at the members of the action that it called. */
export interface Body {
  status: string;
  errormessage: string;
  registration: string;
  rsakey: string;
  userid: string;
  listeners: object;
  urls: Record<string, string>;
  friends: Record<string, string>;
  availabilities: Availability[];
  friendavailabilitesof: string[];
  conversationchangedof: string[];
  conversationlistchangedof: string[];
  conversations: Conversation[];
  conversation: Conversation;
  messages: Entry[];
  reports: Entry[];
  message: Entry;
  blockedusers: unknown[];
  blockedconversations: unknown[];
  serverhint?: object;
}

export const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** The i-th item, from the end where negative; there must be one. */
export function at<T>(items: readonly T[], i: number): T {
  const item = items.at(i);
  if (item === undefined) throw new Error(`there is no item ${i} of ${items.length}`);
  return item;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
}

export interface CallOptions {
  /** Headers that differ; null leaves one out. */
  headers?: Record<string, string | null>;
  method?: string;
  /** Sent instead of the JSON. */
  text?: string;
}

/** A request of one account, as the documentation describes it. */
export function requestOf(
  url: string,
  account: TargetAccount,
  action: string,
  members: Members = {},
  options: CallOptions = {},
): Request {
  const [api, name = action] = SERVICES[action] ?? ['chatconversation'];
  const headers = new Headers({
    'content-type': 'application/json',
    'Ozeki-Station': account.station,
    'Ozeki-Signature': account.signature ?? '',
    'Ozeki-User': md5(account.email),
  });
  for (const [header, value] of Object.entries(options.headers ?? {})) {
    if (value === null) headers.delete(header);
    else headers.set(header, value);
  }
  const method = options.method ?? 'POST';
  const body = options.text ?? JSON.stringify({ action: name, ...members });
  const srv = action === 'workspaceregister' ? 'chatowner' : 'chatserver';
  const address = `${url}/ozeki/index.php?srv=${srv}&api=${api}`;
  return new Request(address, { method, headers, ...(method === 'GET' ? {} : { body }) });
}

export async function replyOf(response: Response): Promise<Reply> {
  // Unlike `text()`, this keeps a byte order mark.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, text, body: parsed(text) as Body };
}

/** A stub with its first pair, its outsider and what a test needs to talk to it without a network. */
export function talk(options: StubOptions = {}, answer: Answer = getResponse) {
  const stub: Stub = createStub(options);
  const { ozeki } = stubTarget({ seed: options.seed, url: URL_OF_STUB });
  const pair = ozeki?.pairs[0];
  if (pair === undefined || ozeki?.outsider === undefined) throw new Error('the stub has no accounts');
  const { alice, bob } = pair;

  const call = async (account: TargetAccount, action: string, members?: Members, how?: CallOptions): Promise<Reply> => {
    const response = await answer(stub.handlers, requestOf(URL_OF_STUB, account, action, members, how));
    if (response === undefined) throw new Error(`nobody answers ${action}`);
    return replyOf(response);
  };
  const ids = [md5(alice.email), md5(bob.email)].sort();
  const conversationid = md5(ids.join(';'));
  /** The pair's conversation as List shows it. */
  const conversation = async (account = alice): Promise<Conversation> => {
    const { body } = await call(account, 'list');
    const found = body.conversations.find(
      (each) => !each.isgroup && ids.every((id) => each.participantids.map((it) => it.toLowerCase()).includes(id)),
    );
    if (found === undefined) throw new Error('List does not show the conversation of the pair');
    return found;
  };
  const add = (account: TargetAccount, message: Members = {}, id = conversationid) =>
    call(account, 'add', { conversationid: id, message: JSON.stringify({ ...upload(), ...message }) });
  const page = (members: Members = {}, account = alice) =>
    call(account, 'downloadpartial', { conversationid, limit: 50, ...members });
  /** All pages back to the start, each as its messages. */
  const walk = async (limit: number, most = 100): Promise<Entry[][]> => {
    const pages: Entry[][] = [];
    let cursor: Members = {};
    while (pages.length < most) {
      const { messages } = (await page({ limit, ...cursor })).body;
      if (messages.length === 0) break;
      pages.push(messages);
      cursor = { lastmessagedate: at(messages, 0).Created, lastmessageid: at(messages, 0).ID };
    }
    return pages;
  };
  const download = (account = alice, members: Members = {}) =>
    call(account, 'download', { conversationid, ...members });
  return { stub, alice, bob, outsider: ozeki.outsider, call, conversationid, conversation, add, page, walk, download };
}

/** `undefined` where the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `yyyy-MM-dd HH:mm:ss` in UTC, some seconds from now. */
export function stamp(seconds = 0): string {
  return new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** A fresh message. */
export function upload() {
  return { ID: crypto.randomUUID(), Type: 'Message', Created: stamp(), ValidUntil: stamp(604_800), Data: 'aGVsbG8=' };
}

/** Is this no success, and does it say why? */
export function refused({ body }: Reply): boolean {
  return body?.status !== 'OK' && body?.errormessage?.length > 0;
}
