import type { Miss } from '../../../../src/explore/model.js';
import { firstFew } from '../../../../src/rules/index.js';
import { dataIn } from '../../actions.js';
import { availableIn, forbiddenBy, isFlagAction } from '../advance.js';
import type { Seen } from '../seen.js';
import { impostor, otherThan, suffixOf, userOf } from '../state.js';
import { answerOf, miss, type Rule, served } from './rule.js';

/** The requirement of an action that a documented call on it is served. */
const servedAs: Readonly<Record<string, string>> = {
  login: 'OZ-LOGIN-1',
  useravailable: 'OZ-AVAIL-1',
  friends: 'OZ-FRIEND-1',
  viewed: 'OZ-REPORT-1',
  notification: 'OZ-NOTIF-1',
  list: 'OZ-COM-3',
  downloadpartial: 'OZ-PAGE-2',
  add: 'OZ-ADD-1',
  clear: 'OZ-CLEAR-2',
  download: 'OZ-DOWN-1',
  blocklist: 'OZ-BLOCK-1',
};

export const peopleRules: readonly Rule[] = [
  {
    name: 'a documented call of a participant is served',
    judge: (seen) => {
      const { exchange, outcome, action, before, asked, isParticipant } = seen;
      const isStale = asked.instance !== undefined && asked.instance !== before.instance;
      if (exchange.intent !== 'call' || outcome === 'served' || isStale || !isParticipant) return [];
      const requirement = isFlagAction(action) ? `OZ-FLAG-1-${suffixOf(action)}` : (servedAs[action] ?? 'OZ-COM-3');
      const message = `${action}, called as documented, is not served`;
      return [miss(requirement, { message, expected: 'status "OK"', found: answerOf(seen) })];
    },
  },
  {
    name: 'who has no right to it gets nothing',
    judge: (seen) => {
      const { isParticipant, outcome, action, body, before, actor, asked } = seen;
      if (isParticipant) return [];
      const isForbidden = actor === impostor || asked.conversationid === before.conversation;
      const shows =
        seen.shown !== undefined || seen.messages.some(({ ID }) => before.messages.some((m) => m.ID === ID));
      const isServed = isForbidden && (outcome === 'served' || dataIn(action, body).length > 0);
      if (!isServed && !shows) return [];
      const who = actor === impostor ? 'under a wrong signature' : 'to a user who takes no part in it';
      const finding = {
        message: `${action} is served ${who}`,
        expected: 'neither "OK" nor data',
        found: answerOf(seen),
      };
      return [miss(forbiddenBy(actor), finding)];
    },
  },
  served('a station is told of messages of the others', ['notification'], ({ after, station, body }) => {
    if (after.stations[station]?.messages !== true) return [];
    return [untold('OZ-NOTIF-2', 'conversationchangedof', 'another participant has added a message', after, body)];
  }),
  served('a station is told of flags set at another', ['notification'], ({ after, station, body }) => {
    if (after.stations[station]?.flags !== true) return [];
    return [untold('OZ-NOTIF-4', 'conversationlistchangedof', 'a flag was set at another station', after, body)];
  }),
  served('a station is told of friends who are available', ['notification'], ({ after, station, body }) => {
    const [actor] = after.stations[station]?.available ?? [];
    if (actor === undefined) return [];
    const finding = {
      message: `${userOf(station)} is not told that ${actor} has become available`,
      path: '/friendavailabilitesof',
      expected: after.users[actor],
      found: JSON.stringify(body.friendavailabilitesof),
    };
    return [miss('OZ-AVAIL-2', finding, true)];
  }),
  served('friends see who is available', ['friends'], ({ before, actor, body, after }) => {
    const other = otherThan(actor);
    const id = before.users[other] ?? '';
    const isFriend = after.friends[actor]?.includes(id);
    if (!isFriend || !before.available.includes(other) || availableIn(body).includes(id)) return [];
    const finding = {
      message: `${actor} does not see ${other} as available`,
      path: '/availabilities',
      expected: `${id} "available"`,
      found: firstFew(availableIn(body)) || 'nobody available',
    };
    return [miss('OZ-AVAIL-1', finding, true)];
  }),
];

function untold(
  requirement: string,
  member: string,
  what: string,
  { conversation }: Seen['after'],
  body: Seen['body'],
): Miss {
  const finding = {
    message: `${what}, and the conversation is not in ${member}`,
    path: `/${member}`,
    expected: conversation,
    found: JSON.stringify(body[member]),
  };
  return miss(requirement, finding, true);
}
