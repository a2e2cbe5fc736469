import type { Answer, Call, Json, Refusal } from '../model.js';

/** The form of what is sent back. */
export interface AnswerBehaviour {
  /** The answer of a call that was served. */
  succeed(call: Call, members: Json): Answer;
  /** The answer of a call that was refused. */
  refuse(call: Call, refusal: Refusal): Answer;
}

export const answers: AnswerBehaviour = {
  succeed: (_call, members) => jsonAnswer(200, { status: 'OK', errormessage: '', ...members }),
  refuse: (_call, refusal) => jsonAnswer(200, { status: 'ERROR', errormessage: refusal.message }),
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
