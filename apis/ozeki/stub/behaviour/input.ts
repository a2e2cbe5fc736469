import type { Call, InputBehaviour } from '../call.js';
import { type Json, Refusal } from '../model.js';

const LARGEST_BODY = 2 * 1024 * 1024;

const MEMBER_TYPES: Record<string, 'string' | 'integer' | 'strings'> = {
  apikey: 'string',
  clientversioncode: 'integer',
  timestamp: 'string',
  conversationid: 'string',
  instance: 'string',
  firstmessagedate: 'string',
  firstmessageid: 'string',
  firstreportdate: 'string',
  firstreportid: 'string',
  lastmessagedate: 'string',
  lastmessageid: 'string',
  lastreportdate: 'string',
  lastreportid: 'string',
  messageids: 'strings',
  limit: 'integer',
  message: 'string',
  color: 'string',
  hideid: 'string',
  workspacename: 'string',
};

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

export const input: InputBehaviour = {
  checkMethod(call) {
    if (call.request.method !== 'POST') throw new Refusal('method', 'Only POST is served here');
  },

  readBody(call) {
    if (Buffer.byteLength(call.request.text) > LARGEST_BODY) throw new Refusal('size', 'The request is too big');
    const body = parseJson(call.request.text, 'The request is no JSON');
    if (!isObject(body)) throw new Refusal('body', 'The request is no JSON object');
    return body;
  },

  checkMembers(call) {
    for (const [name, type] of Object.entries(MEMBER_TYPES)) {
      const value = call.body[name];
      if (value !== undefined && !isOfType(value, type))
        throw new Refusal('input', `The member ${name} has the wrong type`);
    }
  },

  conversationOf(call) {
    const id = requireText(call, 'conversationid');
    const conversation = call.state.conversations.get(id);
    if (conversation === undefined) throw new Refusal('conversation', 'There is no such conversation');
    return conversation;
  },

  readUpload(call) {
    const message = parseJson(requireText(call, 'message'), 'The message is no JSON');
    if (!isObject(message)) throw new Refusal('input', 'The message is no JSON object');
    const { ID, Type, Created, ValidUntil, Data } = message;
    if (typeof ID !== 'string' || !/^[\w-]{1,64}$/.test(ID)) throw new Refusal('input', 'The message has no ID');
    if (typeof Type !== 'string' || Type === '') throw new Refusal('input', 'The message has no Type');
    if (typeof Data !== 'string') throw new Refusal('input', 'The message has no Data');
    if (Buffer.byteLength(Data) > call.behaviour.largestData(call)) throw new Refusal('size', 'The message is too big');
    const created = readTime(Created, 'Created');
    const validUntil = readTime(ValidUntil, 'ValidUntil');
    if (validUntil < created) throw new Refusal('input', 'ValidUntil lies before Created');
    return { id: ID, type: Type, created, validUntil, data: Data };
  },

  readCursor(call, name) {
    const date = call.body[`${name}date`] ?? '';
    const id = call.body[`${name}id`] ?? '';
    return { id: String(id), date: date === '' ? undefined : readTime(date, `${name}date`) };
  },

  readLimit(call) {
    const limit = call.body.limit ?? call.behaviour.largestPage(call);
    if (typeof limit !== 'number' || limit < 1) throw new Refusal('input', 'The limit is no positive number');
    return Math.min(limit, call.behaviour.largestPage(call));
  },

  largestPage: () => 50,
  largestData: () => LARGEST_BODY,

  readFlags(call) {
    switch (call.action) {
      case 'mute':
        return { ismuted: true };
      case 'unmute':
        return { ismuted: false };
      case 'favorite':
        return { isfavorite: true };
      case 'unfavorite':
        return { isfavorite: false };
      case 'hide':
        return { hideid: requireText(call, 'hideid') };
      case 'unhide':
        return { hideid: '' };
      default: {
        const colour = requireText(call, 'color');
        if (!/^#[0-9a-fA-F]{6}$/.test(colour)) throw new Refusal('input', 'The colour is no # with six hex digits');
        return { listitembackgroundcolor: colour };
      }
    }
  },

  readWorkspace(call) {
    const name = requireText(call, 'workspacename').toLowerCase();
    if (!HOST_NAME.test(name)) throw new Refusal('input', 'The workspace name is no host name');
    if (call.state.workspaces.has(name)) throw new Refusal('input', 'The workspace is registered already');
    return name;
  },
};

/** Unix seconds of a documented timestamp; a Refusal for anything else. */
export function readTime(value: unknown, member: string): number {
  const parts = typeof value === 'string' ? /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(value) : null;
  if (parts !== null) {
    const iso = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}.000Z`;
    const at = Date.parse(iso);
    // The round trip refuses dates that the calendar does not have.
    if (!Number.isNaN(at) && new Date(at).toISOString() === iso) return at / 1000;
  }
  throw new Refusal('input', `The member ${member} is no timestamp`);
}

function requireText(call: Call, member: string): string {
  const value = call.body[member];
  if (typeof value !== 'string' || value === '') throw new Refusal('input', `The member ${member} is missing`);
  return value;
}

function parseJson(text: string, complaint: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('body', complaint);
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOfType(value: unknown, type: 'string' | 'integer' | 'strings'): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'string') return typeof value === 'string';
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
