import { jsonAnswer } from '../../../../src/stub/answer.js';
import type { AnswerBehaviour } from '../call.js';

export const answers: AnswerBehaviour = {
  envelope: (call, { id, alias, secureKey, userId, ...chat }) => ({
    ...{ chatId: id, alias, secureKey, userId },
    chatEnded: call.behaviour.showEnded(call, { id, alias, secureKey, userId, ...chat }),
  }),
  succeed: (_call, members) => jsonAnswer(200, { statusCode: 0, ...members }),
  download: (_call, { name, type }, bytes) => ({
    status: 200,
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${encodeURIComponent(name)}"` },
    body: '',
    write: String,
    encode: () => new Uint8Array(bytes),
  }),
  refuse: (_call, { kind }) => jsonAnswer(200, { statusCode: 2, ...(kind === 'ended' && { chatEnded: true }) }),
};
