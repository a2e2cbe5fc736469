import { type Answer, jsonAnswer } from '../../../../src/stub/answer.js';
import type { Call, Json, Refusal } from '../model.js';

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
