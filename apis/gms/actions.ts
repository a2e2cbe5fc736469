import type { Exchange, Level } from '../../src/exchange/index.js';
import type { Outcome } from '../../src/exchange/outcome.js';
import { objectOf } from '../../src/passive/json.js';

/** How one action of the GMS Chat API goes over the wire. Source: the table of operations of "Chat API Version 2". */
export interface GmsAction {
  page: string;
  /** Behind the service, with `{chatId}` and `{fileId}` where those stand. */
  path: string;
  level: Level;
  /** No client could do without it; what the others do is known from clients alone, and a server may lack them. */
  isNeeded?: true;
}

const onChat = (page: string, verb: string, level: Level = 'write'): GmsAction => ({
  page,
  path: `/{chatId}/${verb}`,
  level,
});

/** The fifteen actions by the names that verdicts and files use. */
export const gmsActions = {
  requestchat: { page: 'Request Chat', path: '', level: 'write', isNeeded: true },
  sendmessage: { ...onChat('Send Message', 'send'), isNeeded: true },
  starttyping: onChat('Start Typing', 'startTyping'),
  stoptyping: onChat('Stop Typing', 'stopTyping'),
  refresh: { ...onChat('Refresh', 'refresh', 'read'), isNeeded: true },
  disconnect: { ...onChat('Disconnect', 'disconnect'), isNeeded: true },
  pushurl: onChat('Push URL', 'pushUrl'),
  updatenickname: onChat('Update Nickname', 'updateNickname'),
  customnotice: onChat('Custom Notice', 'customNotice'),
  updatedata: onChat('Update Data', 'updateData'),
  readreceipt: onChat('Read Receipt', 'readReceipt'),
  filelimits: onChat('File Limits', 'file/limits', 'read'),
  fileupload: onChat('File Upload', 'file'),
  filedownload: onChat('File Download', 'file/{fileId}/download'),
  filedelete: onChat('File Delete', 'file/{fileId}/delete'),
} satisfies Record<string, GmsAction>;

export type GmsActionName = keyof typeof gmsActions;

/** The actions on a chat that is there: all but Request Chat. */
export type GmsChatAction = Exclude<GmsActionName, 'requestchat'>;

/** The names of all actions, in the order of the documentation. */
export const gmsActionNames = Object.keys(gmsActions) as GmsActionName[];

/** The names of the actions on a chat that is there. */
export const gmsChatActions = gmsActionNames.filter((name) => name !== 'requestchat') as GmsChatAction[];

/** What every call on a chat bears; Request Chat answered it. */
export const gmsCredentials = ['userId', 'secureKey', 'alias'] as const;

/** What an address is filled with. Request Chat has no chat, and most actions no file. */
export interface GmsPlace {
  serviceName: string;
  chatId?: string;
  fileId?: string;
}

/** The path of an action behind the base URL. */
export function gmsPath(name: GmsActionName, { serviceName, chatId = '', fileId = '' }: GmsPlace): string {
  const path = gmsActions[name].path
    .replace('{chatId}', () => segment(chatId))
    .replace('{fileId}', () => segment(fileId));
  return `/${segment(serviceName)}${path}`;
}

function segment(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/**
 * What a GMS server meant by an answer. Refusals come as HTTP 200 with a `statusCode` of 1 or 2, or under another HTTP status; a file
 * is whatever comes with HTTP 200. A status code that is missing or a text beside the data is meant as a success.
 */
export function gmsOutcome({ action, response: { status, json } }: Exchange): Outcome {
  const body = objectOf(json);
  const mayBeFile = action === 'filedownload' && status === 200;
  if (body === undefined) return mayBeFile ? 'served' : status >= 400 ? 'refused' : 'broken';
  const { statusCode, errors } = body;
  if (statusCode === 0 || statusCode === '0') return 'served';
  const saysNo = (statusCode !== undefined && statusCode !== null && statusCode !== '') || errors !== undefined;
  if (saysNo || status >= 400) return 'refused';
  const holdsData = [...gmsCredentials, 'chatId', 'messages'].some(
    (name) => body[name] !== undefined && body[name] !== null,
  );
  return mayBeFile || holdsData ? 'served' : 'broken';
}
