import { flagActions } from '../../actions.js';
import { suffixOf } from '../state.js';
import { conversationRules } from './conversations.js';
import { messageRules } from './messages.js';
import { peopleRules } from './people.js';
import type { Rule } from './rule.js';

export const rules: readonly Rule[] = [...peopleRules, ...messageRules, ...conversationRules];

/** The requirements that the rules name. */
export const requirements: readonly string[] = [
  'OZ-COM-3',
  'OZ-COM-10',
  'OZ-COM-12',
  'OZ-LOGIN-1',
  'OZ-AVAIL-1',
  'OZ-AVAIL-2',
  'OZ-FRIEND-1',
  'OZ-REPORT-1',
  'OZ-REPORT-2',
  'OZ-NOTIF-1',
  'OZ-NOTIF-2',
  'OZ-NOTIF-4',
  'OZ-CONV-7',
  'OZ-CONV-10',
  'OZ-CONV-12',
  'OZ-ADD-1',
  'OZ-ADD-3',
  'OZ-ADD-4',
  'OZ-ADD-5',
  'OZ-PAGE-2',
  'OZ-PAGE-5',
  'OZ-PAGE-10',
  'OZ-DOWN-1',
  'OZ-DOWN-2',
  'OZ-CLEAR-1',
  'OZ-CLEAR-2',
  'OZ-CLEAR-3',
  'OZ-CLEAR-4',
  'OZ-BLOCK-1',
  ...[1, 2, 3, 4].flatMap((number) => flagActions.map((action) => `OZ-FLAG-${number}-${suffixOf(action)}`)),
];
