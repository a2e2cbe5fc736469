import { getResponse } from 'msw';
import { type RelationActionName, relationActions } from '../../apis/relation/actions.js';
import { createStub, stubTarget } from '../../apis/stub.js';
import type { Stub, StubOptions } from '../../src/stub/index.js';
import type { TargetRelationUser } from '../../types/target.js';
import type { Answer } from './recorder.js';

export const URL_OF_STUB = 'http://stub.test';

/** Members of a request: the body of a POST, the query of a GET. */
export type Members = Record<string, unknown>;

export interface Entry {
  id: string;
  sendUuid: string;
  channelUuid: string;
  createAt: string;
  type: string;
  from: string;
  fromName: string | null;
  content: string;
  quote: Entry | null;
}

/** Whatever an answer may hold. A test looks only at what its action answers. */
export interface Body {
  code: string;
  desc: string;
  data: Entry[] & { id: string; channelUuid: string; unreadCount: number; mentionsCount: number };
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
  /** What it answers. */
  action?: string;
}

export interface CallOptions {
  /** Headers that differ; null leaves one out. */
  headers?: Record<string, string | null>;
  /** Sent instead of the JSON. */
  text?: string;
}

/** A stub with the people of its target and what a test needs to talk to it without a network. */
export function talk(options: StubOptions = {}, answer: Answer = getResponse) {
  const stub: Stub = createStub(options);
  const { relation } = stubTarget({ seed: options.seed, url: URL_OF_STUB });
  const { member, peer, outsider, former, channelUuid, apiKey } = relation ?? {};
  if (!member || !peer || !outsider || !former || channelUuid === undefined || apiKey === undefined)
    throw new Error('the stub has no people');

  const call = async (
    user: TargetRelationUser,
    action: string,
    members: Members = {},
    { headers = {}, text }: CallOptions = {},
  ): Promise<Reply> => {
    const sent = new Headers({ ApiKey: apiKey, Authorization: `Bearer ${user.token}` });
    for (const [name, value] of Object.entries(headers)) {
      if (value === null) sent.delete(name);
      else sent.set(name, value);
    }
    const { method, path } = relationActions[action as RelationActionName] ?? {
      method: 'POST',
      path: `/api/v1/message/${action}`,
    };
    const url = new URL(`${URL_OF_STUB}${path}`);
    if (method === 'GET')
      for (const [name, value] of Object.entries(members)) url.searchParams.set(name, String(value));
    const body = method === 'GET' ? {} : { body: text ?? JSON.stringify(members) };
    const response = await answer(stub.handlers, new Request(url, { method, headers: sent, ...body }));
    if (response === undefined) throw new Error(`nobody answers ${action}`);
    return replyOf(response);
  };
  const list = (members: Members = {}, user = member) => call(user, 'list', { channelUuid, limit: 500, ...members });
  const send = (user: TargetRelationUser, members: Members = {}) =>
    call(user, 'send', { channelUuid, ...draft(), ...members });
  const unread = async (user: TargetRelationUser) => (await call(user, 'unreadcount')).body.data.unreadCount;
  return { stub, member, peer, outsider, former, channelUuid, apiKey, call, list, send, unread };
}

async function replyOf(response: Response): Promise<Reply> {
  // Unlike `text()`, this keeps a byte order mark.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, text, body: body as Body };
}

let drafts = 0;

/** A fresh message. */
export function draft() {
  drafts++;
  return { type: 'TEXT', content: `hello ${drafts}`, sendUuid: `draft-${drafts}` };
}

/** What `talk` gives. */
export type Talk = ReturnType<typeof talk>;
