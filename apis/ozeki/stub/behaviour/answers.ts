import { jsonAnswer } from '../../../../src/stub/answer.js';
import type { AnswerBehaviour } from '../call.js';

export const answers: AnswerBehaviour = {
  succeed: (_call, members) => jsonAnswer(200, { status: 'OK', errormessage: '', ...members }),
  refuse: (_call, refusal) => jsonAnswer(200, { status: 'ERROR', errormessage: refusal.message }),
};
