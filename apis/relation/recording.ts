import { objectOf } from '../../src/passive/json.js';
import type { Observation } from '../../src/passive/types.js';
import { idsOf, type RecordingRules } from '../../src/recording/api.js';
import { headerOf } from '../../src/recording/message.js';
import type { RecordedExchange } from '../../src/recording/types.js';
import { holdsData, relationActionNames, relationOutcome } from './actions.js';
import { rateLimitFinding } from './passive.js';
import { recogniseRelation } from './recognise.js';
import { relationSequences } from './sequences/index.js';

/** How traffic of Relation clients is judged. */
export const relationRecording: RecordingRules = {
  recognise: recogniseRelation,
  bearsSign,
  sequences: relationSequences,
  decidable: [
    ...idsOf('RE-COM', '1 1-SHOULD 2 3 4 5 7'),
    ...idsOf('RE-LIST', '1 2 3 5 6 6-SHOULD 7 8 9 10 11 13'),
    ...idsOf('RE', 'SEND-1 SEND-2 SEND-4 READ-1 HIDE-1 UNREAD-1'),
    ...idsOf('RG', 'AUTH-1 AUTH-2 AUTH-3 USER-1 CREATE-1 CREATE-2 DISBAND-1 INFO-1 ADMIN-1 NEWS-1 CHATS-1'),
  ],
  undecidable: { withoutHeaders: ['RE-COM-1-SHOULD'] },
  access: {
    rules: [
      {
        requirement: 'RE-COM-3',
        actions: relationActionNames.filter((name) => name !== 'auth'),
        place: 'headers',
        names: ['authorization'],
      },
      { requirement: 'RG-AUTH-2', actions: ['auth'], place: 'headers', names: ['i-authorization'] },
      { requirement: 'RE-COM-4', actions: relationActionNames, place: 'headers', names: ['apikey'] },
    ],
    letsIn: (exchange) =>
      relationOutcome(exchange) === 'served' || holdsData(exchange.action, objectOf(exchange.response.json)?.data),
  },
  unanswered,
};

/** Members of requests by which an action tells its channel, its reader or its message. */
const asked = ['channelUuid', 'toRelationId', 'maxCreateAt', 'sendUuid'];

/**
 * The envelope of the answer, or what the documented request names. Two actions name nothing of the kind; their credentials do, which
 * two headers together carry.
 */
function bearsSign({ action, request, response }: RecordedExchange): boolean {
  const [members, envelope] = [objectOf(request.json) ?? {}, objectOf(response.json) ?? {}];
  if (('code' in envelope && 'desc' in envelope) || asked.some((member) => member in members)) return true;
  const isBare = action === 'hide' || action === 'unreadcount';
  return isBare && ['apikey', 'authorization'].every((name) => headerOf(request.headers, name) !== undefined);
}

/** The rate limit told by a page, to nobody. */
function unanswered({ response }: RecordedExchange): Observation[] {
  if (response.status !== 429 || response.text === '' || response.json !== undefined) return [];
  return [{ requirement: 'RE-COM-5', findings: [rateLimitFinding(response)] }];
}
