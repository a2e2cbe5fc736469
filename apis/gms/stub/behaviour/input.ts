import type { InputBehaviour } from '../call.js';
import { type Json, Refusal } from '../model.js';

const LARGEST_BODY = 2 * 1024 * 1024;

export const input: InputBehaviour = {
  checkMethod(call) {
    if (call.request.method !== 'POST') throw new Refusal('method', 'Only POST is served here');
  },

  readForm(call) {
    if (call.request.bytes.length > LARGEST_BODY) throw new Refusal('size', 'The request is too big');
    if (call.form === undefined) throw new Refusal('body', 'The request is no form');
    return call.form.members;
  },

  readText(call, member) {
    const text = call.body[member];
    if (typeof text !== 'string') throw new Refusal('input', `The field ${member} is missing`);
    if (Buffer.byteLength(text) > call.behaviour.largestText())
      throw new Refusal('size', `The field ${member} is too long`);
    return text;
  },

  readTyped: (call) => (call.body.message === undefined ? undefined : call.behaviour.readText(call, 'message')),

  readName(call) {
    const { nickname, firstName, lastName } = call.body;
    if (typeof nickname === 'string') return call.behaviour.readText(call, 'nickname');
    if (typeof firstName !== 'string' || typeof lastName !== 'string') throw new Refusal('input', 'A name is missing');
    return `${firstName} ${lastName}`;
  },

  readUserData(call) {
    if (call.body.userData !== undefined && !isObject(call.body.userData))
      throw new Refusal('input', 'The field userData has no key');
    return (call.body.userData ?? {}) as Record<string, string>;
  },

  readPosition(call, usual) {
    const position = call.body.transcriptPosition;
    if (position === undefined) return usual;
    if (typeof position !== 'string' || !/^\d{1,15}$/.test(position))
      throw new Refusal('input', 'The transcriptPosition is no index');
    return position === '0' ? Number.POSITIVE_INFINITY : Number(position);
  },

  largestText: () => 64 * 1024,
};

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
