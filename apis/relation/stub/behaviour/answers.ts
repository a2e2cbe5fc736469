import { jsonAnswer } from '../../../../src/stub/answer.js';
import { relationTexts } from '../../actions.js';
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
  'no-user': '11602',
  field: '11601',
  type: '13101',
  removed: '13102',
  left: '13103',
  dismissed: '13104',
  'not-admin': '13107',
  pair: '13109',
  joined: '13302',
  action: '10404',
};

export const answers: AnswerBehaviour = {
  succeed: (call, data) => jsonAnswer(200, { code: '0', desc: call.behaviour.textOf(call, '0', 'success'), data }),
  refuse(call, refusal) {
    const code = call.behaviour.codeOf(call, refusal);
    return jsonAnswer(200, { code, desc: call.behaviour.textOf(call, code, refusal.message), data: null });
  },
  codeOf: (_call, { kind }) => CODES[kind],
  textOf: (_call, code, words) => relationTexts[code] ?? words,
};
