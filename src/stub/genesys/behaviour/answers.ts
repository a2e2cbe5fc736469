import type { Answer, Call, Chat, Json, Refusal } from '../model.js';

/** The form of what is sent back. */
export interface AnswerBehaviour {
  /** The members that nearly every success carries. */
  envelope(call: Call, chat: Chat): Json;
  /** The answer of a call that was served. */
  succeed(call: Call, members: Json): Answer;
  /** The answer of a call that was refused. */
  refuse(call: Call, refusal: Refusal): Answer;
}

export const answers: AnswerBehaviour = {
  envelope: (_call, { alias, secureKey, userId, tenantName }) => ({ alias, secureKey, userId, tenantName }),
  succeed: (_call, members) => jsonAnswer(200, { statusCode: 0, ...members }),
  refuse: () => jsonAnswer(200, { statusCode: 2 }),
};

/** An answer in JSON. */
export function jsonAnswer(status: number, body: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body, write: JSON.stringify };
}

/** An answer that is an HTML page. */
export function htmlAnswer(status: number, title: string): Answer {
  const page = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page, write: String };
}
