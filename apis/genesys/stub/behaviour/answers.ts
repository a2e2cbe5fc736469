import { jsonAnswer } from '../../../../src/stub/answer.js';
import type { AnswerBehaviour } from '../call.js';

export const answers: AnswerBehaviour = {
  envelope: (_call, { alias, secureKey, userId, tenantName }) => ({ alias, secureKey, userId, tenantName }),
  succeed: (_call, members) => jsonAnswer(200, { statusCode: 0, ...members }),
  refuse: () => jsonAnswer(200, { statusCode: 2 }),
};
