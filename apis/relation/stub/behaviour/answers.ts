import { jsonAnswer } from '../../../../src/stub/answer.js';
import type { AnswerBehaviour } from '../call.js';
import type { RefusalKind } from '../model.js';

/** The documented codes; an ApiKey and an address have none. */
export const CODES: Record<RefusalKind, string> = {
  apikey: '10103',
  'token-expired': '10100',
  token: '10101',
  'token-issuer': '10102',
  rate: '10110',
  body: '10112',
  input: '10112',
  denied: '10120',
  'no-member': '13108',
  strangers: '13301',
  action: '10404',
};

export const answers: AnswerBehaviour = {
  succeed: (_call, data) => jsonAnswer(200, { code: '0', desc: 'success', data }),
  refuse: (call, refusal) =>
    jsonAnswer(200, { code: call.behaviour.codeOf(call, refusal), desc: refusal.message, data: null }),
  codeOf: (_call, { kind }) => CODES[kind],
};
