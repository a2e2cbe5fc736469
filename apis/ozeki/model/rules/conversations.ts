import type { Miss } from '../../../../src/explore/model.js';
import { equal, parseTimestamp } from '../../../../src/rules/index.js';
import { isFlagAction } from '../advance.js';
import type { Seen } from '../seen.js';
import type { ShownConversation } from '../shown.js';
import {
  certain,
  certainReports,
  type Flag,
  type FlagName,
  flagOf,
  isBackDated,
  isCleared,
  isOwn,
  otherThan,
  type State,
  suffixOf,
  type Write,
  writesSince,
} from '../state.js';
import { miss, type Rule, served } from './rule.js';

/** A rule on the conversation of the sequence, as List shows it. */
function listed(name: string, judge: (shown: ShownConversation, seen: Seen) => Miss[]): Rule {
  return served(name, ['list'], (seen) => (seen.shown === undefined ? [] : judge(seen.shown, seen)));
}

/** A rule on the conversation of the sequence, in any answer that carries it. */
function carried(name: string, judge: (shown: ShownConversation, seen: Seen) => Miss[]): Rule {
  return served(name, '*', (seen) => (seen.shown === undefined ? [] : judge(seen.shown, seen)));
}

/** Whether an id that List shows is of a message that somebody else may have added meanwhile. */
function isOfOthers(id: unknown, { oldLast }: State): boolean {
  return typeof id === 'string' && id !== '' && !isOwn(id) && !oldLast.includes(id);
}

export const conversationRules: readonly Rule[] = [
  served('List shows the conversation, unless the caller has hidden it', ['list'], ({ shown, before, actor }) => {
    const isHidden = before.flags[actor]?.hideid?.value !== '';
    if (shown !== undefined || isHidden) return [];
    const finding = { message: 'List leaves the conversation out', path: '/conversations', found: 'no such entry' };
    return [miss('OZ-CONV-10', { ...finding, expected: before.conversation }, true)];
  }),
  carried("a user's own flags are as the user set them", (shown, { before, after, actor, action }) => {
    // What a flag action answers of its own flag has a rule of its own.
    const state = action === 'list' ? before : after;
    const names = Object.keys(state.flags[actor] ?? {}) as FlagName[];
    return names.flatMap((name): Miss[] => {
      const flag = state.flags[actor]?.[name];
      const isOwnFlag = isFlagAction(action) && flag?.by === action && flag.at === after.writes.length;
      if (flag === undefined || flag.value === undefined || isOwnFlag) return [];
      if (String(shown.own?.[name]).toLowerCase() === String(flag.value).toLowerCase()) return [];
      const requirement = brokenBy(flag, state, actor);
      if (requirement === undefined) return [];
      const finding = {
        message: `${name} of ${actor} is not as it was set`,
        path: `${shown.path}/properties`,
        expected: JSON.stringify(flag.value),
        found: JSON.stringify(shown.own?.[name]) ?? 'nothing',
      };
      return [miss(requirement, finding, true)];
    });
  }),
  carried('nobody is named who has not set the flag', (shown, { before, after, actor, action }) => {
    const other = otherThan(actor);
    const id = before.users[other] ?? '';
    const state = action === 'list' ? before : after;
    return (['ismuted', 'isfavorite'] as const).flatMap((name): Miss[] => {
      const flag = state.flags[other]?.[name];
      const list = name === 'ismuted' ? 'mutedby' : 'favoriteby';
      if (flag?.value !== false || !shown[list].includes(id)) return [];
      const requirement = brokenBy(flag, state, other);
      if (requirement === undefined) return [];
      const finding = { message: `${list} names ${other}, who has not set that`, path: `${shown.path}/${list}` };
      return [miss(requirement, { ...finding, expected: `without ${id}`, found: shown[list].join(', ') }, true)];
    });
  }),
  listed('lastmessageid is the message added last', ({ lastmessageid, path }, { before }) => {
    const last = before.messages.at(-1);
    if (last === undefined || before.messages.some(({ optional, ID }) => optional || isBackDated(ID))) return [];
    if (lastmessageid === last.ID || isOfOthers(lastmessageid, before)) return [];
    const finding = { message: 'lastmessageid is not the message added last', path: `${path}/lastmessageid` };
    return [
      miss('OZ-ADD-4', { ...finding, expected: last.ID, found: JSON.stringify(lastmessageid) ?? 'nothing' }, true),
    ];
  }),
  listed('lastmessageid is empty after Clear', ({ lastmessageid, path }, { before }) => {
    if (before.messages.length > 0 || !before.gone.includes(String(lastmessageid))) return [];
    const finding = { message: 'lastmessageid names a message that was cleared', path: `${path}/lastmessageid` };
    return [miss('OZ-CLEAR-2', { ...finding, expected: '""', found: String(lastmessageid) }, true)];
  }),
  listed('lastaccess is the time of the newest message', ({ lastaccess, lastmessageid, path }, { before }) => {
    const [last] = certain(before).slice(-1);
    const isOpen = before.messages.some(({ optional, ID }) => optional || isBackDated(ID));
    if (last === undefined || isOpen || before.others || !before.alone || isOfOthers(lastmessageid, before)) return [];
    const seconds = (parseTimestamp(last.Created) ?? 0) / 1000;
    // A Clear leaves lastaccess: a message that is older than what was cleared is a back-dated one.
    const { keptAccess = 0 } = before;
    if (keptAccess > seconds && lastaccess === keptAccess) return [];
    const message = 'lastaccess is not the Created of the newest message';
    return equal(lastaccess, seconds, message, `${path}/lastaccess`).map((finding) => miss('OZ-CONV-7', finding, true));
  }),
  carried('a Clear leaves lastaccess', ({ lastaccess, path }, { before, after, action }) => {
    const state = action === 'list' ? before : after;
    const known = before.lastaccess;
    if (state.messages.length > 0 || known === undefined || before.others || !before.alone) return [];
    const since = writesSince(state, known.at).map((write) => write.action);
    if (!since.includes('clear') || since.includes('add')) return [];
    return equal(lastaccess, known.value, 'Clear changes lastaccess', `${path}/lastaccess`).map((finding) =>
      miss('OZ-CLEAR-4', finding),
    );
  }),
  served('a Clear changes the instance', ['clear'], ({ shown, asked, before }) =>
    shown !== undefined && asked.instance === before.instance && shown.instance === asked.instance
      ? [
          miss('OZ-CLEAR-4', {
            message: 'Clear does not change the instance',
            path: '/conversation/instance',
            expected: `another than ${asked.instance}`,
            found: String(shown.instance),
          }),
        ]
      : [],
  ),
  listed('lastreportid is the newest report', ({ lastreportid, path }, { before }) => {
    const id = String(lastreportid);
    const reports = certainReports(before);
    const times = reports.map(({ Created }) => parseTimestamp(Created) ?? Number.NaN);
    if (times.length === 0 || times.some(Number.isNaN)) return [];
    // A Clear empties lastreportid, and may keep the reports: then it is empty until there is a new one.
    if (id === '' && wasCleared(before) && !isReportedSince(before)) return [];
    const newest = Math.max(...times);
    const known = reports.find(({ ID }) => ID === id);
    const isOld = known !== undefined && (parseTimestamp(known.Created) ?? 0) < newest;
    if (id !== '' && !isOld) return [];
    const expected = reports.filter((_, i) => times[i] === newest).map(({ ID }) => ID);
    const finding = { message: 'lastreportid is not the newest report', path: `${path}/lastreportid` };
    return [
      miss('OZ-CONV-12', { ...finding, expected: expected.join(' or '), found: JSON.stringify(lastreportid) }, true),
    ];
  }),
  served('what is done to one conversation leaves the others', ['list'], ({ conversations, before, actor }) =>
    conversations.flatMap(({ id, own, path, lastmessageid }): Miss[] => {
      const known = before.elsewhere[`${actor} ${id}`];
      if (known === undefined) return [];
      const write = before.writes.findLast(({ action }) => isFlagAction(action));
      const changed = Object.entries(known.flags).find(
        ([name, value]) => String(own?.[name as FlagName]).toLowerCase() !== String(value).toLowerCase(),
      );
      const requirement = changed && write && brokenElsewhere(write, changed[0], actor);
      const isEmptied =
        known.holdsMessages && lastmessageid === '' && before.writes.some(({ action }) => action === 'clear');
      return [
        ...(changed !== undefined && requirement !== undefined
          ? [
              miss(
                requirement,
                {
                  message: `${changed[0]} of another conversation is not as it was`,
                  path: `${path}/properties`,
                  expected: JSON.stringify(changed[1]),
                  found: JSON.stringify(own?.[changed[0] as FlagName]) ?? 'nothing',
                },
                true,
              ),
            ]
          : []),
        ...(isEmptied
          ? [
              miss(
                'OZ-CLEAR-3',
                {
                  message: 'after Clear another conversation holds no message',
                  path: `${path}/lastmessageid`,
                  expected: 'the ID of its newest message',
                  found: '""',
                },
                true,
              ),
            ]
          : []),
      ];
    }),
  ),
  served('Blocklist names what is hidden, and nothing else', ['blocklist'], ({ body, before, actor }) => {
    const hideid = before.flags[actor]?.hideid?.value;
    const other = before.users[otherThan(actor)] ?? '';
    if (hideid === undefined) return [];
    const lists = JSON.stringify([body.blockedusers, body.blockedconversations]);
    // Another user may be blocked for a reason of its own.
    const names = lists.includes(before.conversation) || (hideid !== '' && lists.includes(other));
    if (names === (hideid !== '')) return [];
    const finding = {
      message: names
        ? 'Blocklist names a conversation that is not hidden'
        : 'Blocklist does not name a hidden conversation',
      expected: names ? 'nothing of it' : before.conversation,
      found: lists,
    };
    return [miss('OZ-BLOCK-1', finding, true)];
  }),
];

function wasCleared({ alone, writes }: State): boolean {
  return alone || writes.some(({ action }) => action === 'clear');
}

/** Whether a message that the conversation still holds was reported as viewed. */
function isReportedSince({ messages, viewed }: State): boolean {
  return messages.some(({ ID }) => viewed.some((pair) => pair.endsWith(` ${ID}`)));
}

/** The requirement that is missed where a flag is not as it was set: its own, or that of what was done since it last was. */
function brokenBy({ by, at, shown }: Flag, state: State, actor: string): string | undefined {
  const since = writesSince(state, at);
  // What a Clear has changed is no later action's doing.
  if (isCleared(since)) return 'OZ-CLEAR-4';
  const last = since.findLast(({ action }) => isFlagAction(action));
  const own = by === undefined ? undefined : `OZ-FLAG-2-${suffixOf(by)}`;
  if (last === undefined || (!shown && own !== undefined && since.length === 0)) return own;
  return requirementOf(last, actor);
}

/** The requirement that is missed where a flag of another conversation is not as it was behind a write. */
function brokenElsewhere(write: Write, name: string, owner: string): string | undefined {
  const { actor, action, elsewhere } = write;
  const isSet = elsewhere === true && actor === owner && isFlagAction(action) && flagOf(action, {}).name === name;
  return isSet ? `OZ-FLAG-2-${suffixOf(action)}` : requirementOf(write, owner);
}

function requirementOf({ actor, action }: Write, owner: string): string | undefined {
  if (!isFlagAction(action)) return undefined;
  return `OZ-FLAG-${actor === owner ? 4 : 3}-${suffixOf(action)}`;
}
