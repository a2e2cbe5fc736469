import { objectOf, objectsOf } from '../../src/passive/json.js';
import { idsOf, type RecordingRules } from '../../src/recording/api.js';
import type { RecordedExchange } from '../../src/recording/types.js';
import { gmsChatActions, gmsOutcome } from './actions.js';
import { recogniseGms } from './recognise.js';
import { gmsSequences } from './sequences.js';

/** How traffic of GMS clients is judged. */
export const gmsRecording: RecordingRules = {
  recognise: recogniseGms,
  bearsSign,
  sequences: gmsSequences,
  decidable: [
    ...idsOf('GMS-COM', '1 1-SHOULD 1-FROM-SHOULD 2 3 4 5 6 7'),
    ...idsOf('GMS-REQ', '1 2 3 3-SHOULD 4 4-SHOULD'),
    ...idsOf('GMS-REF', '1 2 3 4 5 6 7'),
    ...idsOf('GMS', 'SEND-1 ALIAS-1 DATA-1 READ-1 FILE-1 FILE-2-DOWNLOAD FILE-3 FILE-4 DONE-1'),
  ],
  undecidable: { withoutCredentials: ['GMS-REQ-4-SHOULD', 'GMS-COM-5'] },
  access: {
    rules: [{ requirement: 'GMS-COM-4', actions: gmsChatActions, place: 'body', names: ['secureKey'] }],
    letsIn: (exchange) =>
      gmsOutcome(exchange) === 'served' || objectsOf(objectOf(exchange.response.json)?.messages).length > 0,
  },
};

/** What was asked or answered names a key, or speaks in status codes: no other product at these paths does. */
function bearsSign({ request, response }: RecordedExchange): boolean {
  const [asked, answered] = [objectOf(request.json) ?? {}, objectOf(response.json) ?? {}];
  return 'secureKey' in asked || 'secureKey' in answered || ('statusCode' in answered && 'chatId' in answered);
}
