import { type Answer, jsonAnswer } from '../../../../src/stub/answer.js';
import type { Call, Chat, Json, Refusal } from '../model.js';

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
