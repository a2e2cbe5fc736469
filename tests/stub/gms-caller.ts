import { getResponse } from 'msw';
import { type GmsActionName, gmsPath } from '../../apis/gms/actions.js';
import { stubService } from '../../apis/gms/stub/target.js';
import { createStub } from '../../apis/stub.js';
import { formFields } from '../../src/exchange/form.js';
import type { StubOptions } from '../../src/stub/index.js';
import type { Answer } from './recorder.js';

/** Members of a request; `file` is one to upload, `fileId`, `chatId` and `serviceName` go into the address. */
export type Members = Record<string, unknown>;

export interface Event {
  from: { nickname: string; participantId: number; type: string };
  index: number;
  type: string;
  text?: string;
  messageType?: string;
  userData?: Record<string, string>;
  utcTime: number;
}

/** Whatever an answer may hold. A test looks only at the members of the action that it called. */
export interface Body {
  statusCode: unknown;
  chatId: string;
  userId: string;
  secureKey: string;
  alias: string;
  messages: Event[];
  nextPosition: number;
  chatEnded: boolean;
  userData: Record<string, string>;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: Body;
  bytes: Uint8Array;
}

/** An open chat, as Request Chat answered it. */
export type Chat = Pick<Body, 'chatId' | 'userId' | 'secureKey' | 'alias'>;

/** A picture, as far as the stub looks: its bytes are no text. */
export const picture = new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 0, 255])], 'photo.png', {
  type: 'image/png',
});

/** The own members of a legal call of each action. */
export const LEGAL: Record<GmsActionName, Members> = {
  requestchat: { nickname: 'alice', firstName: 'Alice', lastName: 'Smith', subject: 'help' },
  refresh: {},
  sendmessage: { message: 'hello' },
  starttyping: { message: 'hel' },
  stoptyping: {},
  updatenickname: { nickname: 'Alice' },
  pushurl: { pushUrl: 'http://url.test/' },
  customnotice: { message: 'seen' },
  updatedata: { userData: { key1: 'value1' } },
  readreceipt: { transcriptPosition: 1 },
  filelimits: {},
  fileupload: { file: picture, userData: { 'file-description': 'a picture' } },
  filedownload: {},
  filedelete: {},
  disconnect: {},
};

/** A stub with what a test needs to talk to it without a network. */
export function chatWith(options: StubOptions = {}, answer: Answer = getResponse) {
  const stub = createStub(options);
  const post = async (
    path: string,
    body: string | URLSearchParams | FormData,
    headers: Record<string, string> = {},
  ): Promise<Reply> => {
    const request = new Request(`http://stub.test/genesys/2/chat${path}`, { method: 'POST', headers, body });
    const response = await answer(stub.handlers, request);
    if (response === undefined) throw new Error(`nobody answers ${path}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    // Unlike `text()`, this keeps a byte order mark.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return { status: response.status, headers: response.headers, text, body: parsed(text) as Body, bytes };
  };
  /** Calls an action; `members` are put over the legal ones, `undefined` leaves one out. */
  const call = (chat: Partial<Chat>, action: GmsActionName, members: Members = {}, inParts = false) => {
    const {
      serviceName = stubService,
      chatId,
      fileId,
      file,
      ...fields
    }: Members = {
      ...chat,
      ...LEGAL[action],
      ...members,
    };
    const place = { serviceName: String(serviceName), chatId: String(chatId), fileId: String(fileId) };
    const path = gmsPath(action, place);
    if (file === undefined && !inParts) return post(path, new URLSearchParams(formFields(fields)));
    const form = new FormData();
    for (const [name, value] of formFields(fields)) form.append(name, value);
    if (file instanceof File) form.append('file', file, file.name);
    return post(path, form);
  };
  const open = async (members: Members = {}): Promise<Chat> => {
    const { chatId, userId, secureKey, alias } = (await call({}, 'requestchat', members)).body ?? {};
    return { chatId, userId, secureKey, alias };
  };
  return { stub, post, call, open };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
