import { getResponse } from 'msw';
import { type GenesysAction, type GenesysActionName, genesysActions, genesysPath } from '../../apis/genesys/actions.js';
import { createStub } from '../../apis/stub.js';
import type { StubOptions } from '../../src/stub/index.js';
import type { Answer } from './recorder.js';

/** Members of a request. */
export type Members = Record<string, unknown>;

export interface Event {
  from: { nickname: string; participantId: number; type: string };
  index: number;
  type: string;
  text?: string;
  utcTime: number;
}

/** Whatever an answer may hold. A test looks only at the members of the action that it called. */
export interface Body {
  statusCode: unknown;
  chatId: string;
  path: string;
  userId: string;
  secureKey: string;
  alias: string;
  tenantName: string;
  messages: Event[];
  chatEnded: boolean;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
}

/** An open chat, as Request Chat answered it. */
export type Chat = Pick<Body, 'chatId' | 'userId' | 'secureKey' | 'alias' | 'tenantName'>;

/** The own members of a legal call of each action. */
export const LEGAL: Record<GenesysActionName, Members> = {
  requestchat: { nickname: 'alice', firstName: 'Alice', lastName: 'Smith', tenantName: 'Environment' },
  getmessages: {},
  sendmessage: { text: 'hello' },
  starttyping: { text: 'hel' },
  stoptyping: {},
  updatenickname: { nickname: 'Alice' },
  sendurl: { pushUrl: 'http://url.test/' },
  updateuserdata: { userData: { key1: 'value1' } },
  complete: {},
};

/** A stub with what a test needs to talk to it without a network. */
export function chatWith(options: StubOptions = {}, answer: Answer = getResponse) {
  const stub = createStub(options);
  const post = async (path: string, text: string, method = 'POST'): Promise<Reply> => {
    const request = new Request(`http://stub.test${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: text }),
    });
    const response = await answer(stub.handlers, request);
    if (response === undefined) throw new Error(`nobody answers ${path}`);
    // Unlike `text()`, this keeps a byte order mark.
    const answered = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, text: answered, body: parsed(answered) as Body };
  };
  /** Calls an action on a chat; `members` are put over the legal ones, `undefined` leaves one out. */
  const call = (chat: Chat, action: GenesysActionName, members: Members = {}) => {
    const { operationName }: GenesysAction = genesysActions[action];
    const { userId, secureKey, alias, tenantName, chatId } = chat;
    return post(
      genesysPath(action, String(members.chatId ?? chatId)),
      JSON.stringify({
        operationName,
        userId,
        secureKey,
        alias,
        tenantName,
        ...LEGAL[action],
        ...members,
        chatId: undefined,
      }),
    );
  };
  const request = (members: Members = {}) =>
    post(genesysPath('requestchat', ''), JSON.stringify({ ...LEGAL.requestchat, ...members }));
  const open = async (members: Members = {}): Promise<Chat> => (await request(members)).body;
  const read = async (chat: Chat, transcriptPosition?: unknown): Promise<Event[]> =>
    (await call(chat, 'getmessages', { transcriptPosition })).body.messages;
  return { stub, post, call, request, open, read };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
