import { objectOf, objectsOf } from '../../src/passive/json.js';
import { idsOf, type RecordingRules } from '../../src/recording/api.js';
import type { RecordedExchange } from '../../src/recording/types.js';
import { transcriptSequences } from '../chatserver/sequences/transcripts.js';
import { genesysChatActions, genesysOutcome } from './actions.js';
import { genesysDialect } from './dialect.js';
import { recogniseGenesys } from './recognise.js';

/** How traffic of Genesys clients is judged. */
export const genesysRecording: RecordingRules = {
  recognise: recogniseGenesys,
  bearsSign,
  sequences: () =>
    transcriptSequences(genesysDialect, {
      wrongKey: 'GE-COM-5',
      wrongUser: 'GE-COM-5',
      ownId: 'GE-REQ-3',
      ownKey: 'GE-REQ-3-SHOULD',
      same: 'GE-MSG-4',
      fromPosition: 'GE-MSG-1',
      whole: 'GE-MSG-2',
      polling: 'GE-MSG-7',
      behind: 'GE-MSG-7-SHOULD',
      over: 'GE-MSG-8',
      late: 'GE-DONE-1-SHOULD',
      texts: 'GE-MSG-6',
    }),
  decidable: [
    ...idsOf('GE-COM', '1 1-SHOULD 1-FROM-SHOULD 2 3 3-SHOULD 4 5 7 8'),
    ...idsOf('GE-REQ', '1 2 3 3-SHOULD'),
    ...idsOf('GE-MSG', '1 2 3 4 5 6 7 7-SHOULD 8 11 12'),
    ...idsOf('GE', 'DATA-1 DONE-1 DONE-1-SHOULD'),
  ],
  undecidable: { withoutCredentials: ['GE-COM-4', 'GE-REQ-3-SHOULD'] },
  access: {
    rules: [{ requirement: 'GE-COM-5', actions: genesysChatActions, place: 'body', names: ['userId', 'secureKey'] }],
    letsIn: (exchange) =>
      genesysOutcome(exchange) === 'served' || objectsOf(objectOf(exchange.response.json)?.messages).length > 0,
  },
};

/** What was asked or answered names a tenant or a key of a chat, or whose chat it is: no other product with these paths does. */
function bearsSign({ request, response }: RecordedExchange): boolean {
  return [request.json, response.json].some((body) => {
    const members = objectOf(body) ?? {};
    return 'tenantName' in members || 'secureKey' in members || ('alias' in members && 'userId' in members);
  });
}
