import { gzipSync } from 'node:zlib';
import { examplesOf } from '../../apis/bodies.js';
import { apis } from '../../apis/index.js';
import type { ApiName } from '../../src/exchange/index.js';
import { createPipeline, type PipelineOptions, type Recorded } from '../../src/recording/index.js';
import { conversationIdOf, formatTimestamp, userIdOf } from '../../src/rules/index.js';
import type { RequirementVerdict } from '../../src/verdict/index.js';

export type Body = Record<string, unknown>;

export const start = Date.UTC(2024, 2, 8, 14, 0, 0);
export const alice = 'alice@example.test';
export const bob = 'bob@example.test';
export const conversation = conversationIdOf([userIdOf(alice), userIdOf(bob)]);

export interface Call {
  action: string;
  asked?: Body;
  answered?: Body;
  /** Seconds behind `start`. */
  at?: number;
  by?: string;
  status?: number;
  headers?: Record<string, string>;
}

let count = 0;

/** The documented body of an action, as a copy. */
export function example(api: ApiName, action: string, part: 'request' | 'response'): Body {
  const found = examplesOf(api).find((one) => one.action === action && one.part === part)?.body;
  return structuredClone(found) as Body;
}

function recorded(url: string, method: string, asked: Body | undefined, call: Call): Recorded {
  const { at = 0, status = 200, headers = {} } = call;
  return {
    place: `entry ${++count}`,
    source: 0,
    method,
    url,
    requestHeaders: Object.entries(headers),
    requestBody: { text: asked === undefined ? '' : JSON.stringify(asked) },
    response: {
      status,
      headers: [['Content-Type', 'application/json']],
      body: { text: JSON.stringify(call.answered) },
    },
    startedAt: start + 1000 * at,
    durationMs: 10,
  };
}

const services: Record<string, string> = {
  login: 'chatlogin',
  friends: 'chatfriends',
  notification: 'chatnotification',
};

/** An Ozeki exchange: the documented one with other members. */
export function ozeki(call: Call): Recorded {
  const url = `http://chat.test/index.php?srv=chatserver&api=${services[call.action] ?? 'chatconversation'}`;
  const asked = { ...example('ozeki', call.action, 'request'), ...call.asked };
  const answered = { ...example('ozeki', call.action, 'response'), ...call.answered };
  const headers = {
    'Content-Type': 'application/json',
    'Ozeki-User': userIdOf(call.by ?? alice),
    'Ozeki-Signature': `signature-of-${call.by ?? alice}`,
    'Ozeki-Station': `station-of-${call.by ?? alice}`,
    ...call.headers,
  };
  return recorded(url, 'POST', asked, { ...call, answered, headers });
}

/** A message of so many seconds behind the start. */
export function message(name: string, at: number, data = `data of ${name}`): Body {
  const id = `${userIdOf(name).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
  const created = start + 1000 * at;
  return {
    ID: id,
    Type: 'Message',
    Created: formatTimestamp(created),
    ValidUntil: formatTimestamp(created + 86_400_000),
    Data: data,
  };
}

/** An Add of a message at its own time. */
export function add(sent: Body, at: number, by = alice): Recorded {
  const { Data: _, ...echo } = sent;
  return ozeki({
    action: 'add',
    at,
    by,
    asked: { conversationid: conversation, message: JSON.stringify(sent) },
    answered: { message: echo },
  });
}

/** A page of Partial download: behind `cursor`, or the first one. */
export function page(messages: readonly Body[], at: number, cursor?: Body, by = alice): Recorded {
  const ahead = formatTimestamp(start + 1000 * at + 300_000);
  return ozeki({
    action: 'downloadpartial',
    at,
    by,
    asked: {
      conversationid: conversation,
      lastmessagedate: cursor?.Created ?? ahead,
      lastmessageid: cursor?.ID ?? '',
      lastreportdate: ahead,
      lastreportid: '',
      limit: 50,
    },
    answered: { messages, reports: [] },
  });
}

/** A Download from the start on; `more`: other members of the request. */
export function download(
  messages: readonly Body[],
  at: number,
  more: Body = {},
  reports: readonly Body[] = [],
): Recorded {
  const first = message('first', 0);
  return ozeki({
    action: 'download',
    at,
    asked: { conversationid: conversation, firstmessagedate: first.Created, firstmessageid: first.ID, ...more },
    answered: { messages, reports },
  });
}

/** The first page of Partial download, with reports alone. */
export function reportsPage(reports: readonly Body[], at: number, by = alice): Recorded {
  const entry = page([], at, undefined, by);
  const answered = { ...example('ozeki', 'downloadpartial', 'response'), messages: [], reports };
  return {
    ...entry,
    response: { ...entry.response, body: { text: JSON.stringify(answered) } } as Recorded['response'],
  };
}

/** A Genesys exchange of one chat. */
export function genesys(call: Call & { chat?: string }): Recorded {
  const chat = call.chat ?? 'chat1';
  const path = { requestchat: '', getmessages: `/${chat}/messages` }[call.action] ?? `/${chat}`;
  const credentials = { userId: 'user1', secureKey: '0123456789abcdef', alias: '117', tenantName: 'Environment' };
  const isFirst = call.action === 'requestchat';
  const asked = { ...example('genesys', call.action, 'request'), ...(isFirst ? {} : credentials), ...call.asked };
  const own = call.action === 'complete' ? {} : credentials;
  const answered = { ...example('genesys', call.action, 'response'), ...own, ...call.answered };
  return recorded(`http://chat.test/api/v2/chats${path}`, 'POST', asked, { ...call, answered });
}

/** A Relation exchange. */
export function relation(call: Call): Recorded {
  const headers = { ApiKey: 'relation-api-key', Authorization: `Bearer token-of-${call.by ?? alice}` };
  const answered = { code: '0', desc: 'success', ...call.answered };
  const base = 'http://chat.test/api/v1/message';
  if (call.action === 'list' || call.action === 'unreadcount') {
    const query = new URLSearchParams(call.asked as Record<string, string>);
    const path = call.action === 'list' ? 'list' : 'unreadCount';
    return recorded(`${base}/${path}?${query}`, 'GET', undefined, { ...call, answered, headers });
  }
  const asked = { ...example('relation', call.action, 'request'), ...call.asked };
  return recorded(`${base}/${call.action}`, 'POST', asked, { ...call, answered, headers });
}

/** The channel of all Relation messages here. */
export const channelUuid = '4f326124812c41448bc587bf6b2eaf42';

/** A message as List shows it, of so many seconds behind the start. */
export function info(id: number, more: Body = {}): Body {
  return {
    id: String(id),
    sendUuid: `uuid-${id}`,
    channelUuid,
    createAt: String(start + 1000 * id),
    type: 'TEXT',
    from: 'a'.repeat(32),
    fromName: null,
    fromAvatar: null,
    content: `content ${id}`,
    quote: null,
    ...more,
  };
}

/** A List; `asked`: its parameters. */
export function listOf(at: number, data: readonly Body[], asked: Body, by = alice): Recorded {
  return relation({ action: 'list', at, by, asked: { channelUuid, ...asked }, answered: { data } });
}

/** The Send of the message that `info` shows, at its time. */
export function send(id: number, asked: Body = {}, answered: Body = {}, by = alice): Recorded {
  return relation({
    action: 'send',
    at: id,
    by,
    asked: { channelUuid, type: 'TEXT', content: `content ${id}`, sendUuid: `uuid-${id}`, ...asked },
    answered: { data: { id: String(id), channelUuid }, ...answered },
  });
}

/** What traffic says, by requirement id. */
export function judged(traffic: readonly Recorded[], options: Partial<PipelineOptions> = {}) {
  const pipeline = createPipeline({ apis, ...options });
  for (const entry of traffic) pipeline.take(entry);
  pipeline.finish();
  const verdict = pipeline.verdict({ name: 'traffic', strict: false, startedAt: 0, durationMs: 0 });
  const of = (id: string) => verdict.requirements.find((one) => one.id === id) as RequirementVerdict;
  const missed = verdict.requirements
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ id }) => id);
  return { verdict, of, missed, traffic: verdict.recording };
}

/** An entry of a HAR for an exchange. `content`: other members of the response's content. */
export function harEntry(entry: Recorded, content: Body = {}, changes: Body = {}): Body {
  const lines = (headers: Recorded['requestHeaders']) => headers.map(([name, value]) => ({ name, value }));
  const text = (body: Recorded['requestBody']) => ('text' in body ? body.text : '');
  const asked = text(entry.requestBody);
  const answered = entry.response === undefined ? '' : text(entry.response.body);
  return {
    startedDateTime: new Date(entry.startedAt ?? 0).toISOString(),
    time: entry.durationMs,
    request: {
      method: entry.method,
      url: entry.url,
      httpVersion: 'HTTP/1.1',
      headers: lines(entry.requestHeaders),
      queryString: [],
      cookies: [],
      bodySize: asked.length,
      ...(asked === '' ? {} : { postData: { mimeType: 'application/json', text: asked } }),
    },
    response: {
      status: entry.response?.status ?? 0,
      headers: lines(entry.response?.headers ?? []),
      content: { size: Buffer.byteLength(answered), mimeType: 'application/json', text: answered, ...content },
      ...changes,
    },
    cache: {},
    timings: { send: 0, wait: 1, receive: 0 },
  };
}

/** A HAR as text. */
export function har(entries: readonly Body[]): string {
  return JSON.stringify({ log: { version: '1.2', creator: { name: 'tests', version: '1' }, pages: [], entries } });
}

/** The response content of a body that was left compressed. */
export function gzipped(text: string): Body {
  return { text: gzipSync(text).toString('base64'), encoding: 'base64' };
}
