import type { Observation } from '../../src/passive/types.js';
import { idsOf, type RecordedExchange, type RecordingRules } from '../../src/recording/index.js';
import { rateLimitFinding } from './passive.js';
import { recogniseRelation } from './recognise.js';
import { relationSequences } from './sequences/index.js';

/** How traffic of Relation clients is judged. */
export const relationRecording: RecordingRules = {
  recognise: recogniseRelation,
  sequences: relationSequences,
  decidable: [
    ...idsOf('RE-COM', '1 1-SHOULD 2 5'),
    ...idsOf('RE-LIST', '1 2 3 5 6 6-SHOULD 7 8 9 10 11 13'),
    ...idsOf('RE', 'SEND-1 SEND-2 SEND-4 READ-1 HIDE-1 UNREAD-1'),
  ],
  unanswered,
};

/** The rate limit told by a page, to nobody. */
function unanswered({ response }: RecordedExchange): Observation[] {
  if (response.status !== 429 || response.text === '' || response.json !== undefined) return [];
  return [{ requirement: 'RE-COM-5', findings: [rateLimitFinding(response)] }];
}
