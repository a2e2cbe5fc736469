import type { InputBehaviour } from '../call.js';
import { type Json, Refusal } from '../model.js';

const LARGEST_BODY = 2 * 1024 * 1024;

const TEXTS = [
  'userId',
  'secureKey',
  'alias',
  'tenantName',
  'nickname',
  'firstName',
  'lastName',
  'emailAddress',
  'subject',
  'endpoint',
  'text',
  'messageType',
  'pushUrl',
];

export const input: InputBehaviour = {
  checkMethod(call) {
    if (call.request.method !== 'POST') throw new Refusal('method', 'Only POST is served here');
  },

  readBody(call) {
    if (Buffer.byteLength(call.request.text) > LARGEST_BODY) throw new Refusal('size', 'The request is too big');
    const body = parsed(call.request.text);
    if (!isObject(body)) throw new Refusal('body', 'The request is no JSON object');
    return body;
  },

  checkMembers(call) {
    const wrong = (member: string) => new Refusal('input', `The member ${member} has the wrong type`);
    for (const member of TEXTS) {
      if (call.body[member] !== undefined && typeof call.body[member] !== 'string') throw wrong(member);
    }
    if (call.body.userData !== undefined && !isObject(call.body.userData)) throw wrong('userData');
  },

  readText(call, member) {
    const text = call.body[member];
    if (typeof text !== 'string') throw new Refusal('input', `The member ${member} is missing`);
    if (Buffer.byteLength(text) > call.behaviour.largestText())
      throw new Refusal('size', `The member ${member} is too long`);
    return text;
  },

  readTyped: (call) => (call.body.text === undefined ? undefined : call.behaviour.readText(call, 'text')),

  readUserData(call) {
    if (!isObject(call.body.userData)) throw new Refusal('input', 'The member userData is missing');
    return call.body.userData;
  },

  readPosition(call) {
    const position = call.body.transcriptPosition ?? 1;
    if (typeof position !== 'number' || !Number.isSafeInteger(position) || position < 1)
      throw new Refusal('input', 'The transcriptPosition is no index');
    return position;
  },

  largestText: () => 64 * 1024,
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('body', 'The request is no JSON');
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
