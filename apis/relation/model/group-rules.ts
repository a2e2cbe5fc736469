import type { Miss } from '../../../src/explore/model.js';
import { objectOf, objectsOf } from '../../../src/passive/json.js';
import { equal, firstFew, shortened } from '../../../src/rules/index.js';
import { holdsData, isOfMessages } from '../actions.js';
import { highestCount, mostInFull, type Seen } from './advance.js';
import { expected, flagsOf, groupAt, messageOf } from './groups.js';
import { mayRefuse } from './messages.js';
import { miss, type Rule } from './rule.js';
import { type GroupState, impostor, type State } from './state.js';

/** A rule on a call about a group of the sequence. */
function ofGroup(name: string, judge: (group: GroupState, seen: Seen) => Miss[]): Rule {
  return {
    name,
    judge: (seen) => {
      const group = seen.actor === impostor ? undefined : groupAt(seen.before, seen.asked);
      return group === undefined ? [] : judge(group, seen);
    },
  };
}

/** A rule on what a member is shown of a group that lives. */
function ofMember(name: string, action: string, judge: (group: GroupState, seen: Seen) => Miss[]): Rule {
  return ofGroup(name, (group, seen) => {
    const isMeant = seen.action === action && seen.outcome === 'served' && seen.actor in group.members;
    return isMeant && !group.dismissed ? judge(group, seen) : [];
  });
}

export const groupRules: readonly Rule[] = [
  ofGroup(
    'who may not is refused, with the code of the page',
    (group, { actor, action, asked, outcome, code, data, exchange }) => {
      const must = expected(group, actor, action);
      if (must === undefined || must.served) return [];
      // Which of two reasons a refusal names, no page says.
      const isNamed = must.code === undefined || must.code === code || mayRefuse(asked);
      const isRight = outcome === 'refused' && isNamed;
      if (isRight && !holdsData(action, data)) return [];
      return [
        miss(must.requirement, {
          message: `${action} by ${actor} on a group of the sequence is not refused as documented`,
          path: '/code',
          expected: must.code === undefined ? 'a refusal without data' : `code ${must.code} and no data`,
          found: shortened(JSON.stringify(exchange.response.json) ?? 'no JSON', 120),
        }),
      ];
    },
  ),
  {
    name: 'each group has an id of its own',
    judge: ({ action, outcome, data, before }) => {
      const uuid = objectOf(data)?.channelUuid;
      if (action !== 'create' || outcome !== 'served') return [];
      const other = before.groups.find((group) => group.uuid === uuid);
      const finding = { message: 'Create answers the id of another group', path: '/data/channelUuid' };
      return other ? [miss('RG-CREATE-1', { ...finding, expected: 'an id of its own', found: `${uuid}` })] : [];
    },
  },
  ofMember('Members are those who came and have not gone', 'members', (group, seen) =>
    rollMisses(group, seen, objectsOf(seen.data)),
  ),
  ofMember('Info shows the group, its members, and the flags of the caller', 'info', (group, seen) => {
    const info = objectOf(seen.data) ?? {};
    const { name, uuid, announcement, pinAnnouncement } = group;
    const flags = flagsOf(group, seen.actor);
    return [
      ...rollMisses(group, seen, objectsOf(info.members)),
      ...same('RG-INFO-1', info, { name, uuid, type: 'G' }, 'Info is not that of the group'),
      ...same('RG-NEWS-1', info, { announcement, pinAnnouncement }, 'Info shows another announcement'),
      ...same('RG-CHATS-5', info, flags, 'Info shows other flags of the caller'),
    ];
  }),
  ofMember('Is Admin tells the admin', 'isadmin', ({ admin }, { actor, data }) =>
    equal(data, actor === admin, `Is Admin of ${actor} is wrong`, '/data').map((finding) =>
      miss('RG-ADMIN-1', finding),
    ),
  ),
  ofMember('every member gets the announcement', 'getannouncement', ({ announcement, pinAnnouncement }, { data }) =>
    same('RG-NEWS-1', objectOf(data) ?? {}, { announcement, pinAnnouncement }, 'the announcement is another'),
  ),
  ofMember(
    'List of a group holds what was sent since the member came, and nothing that was refused',
    'list',
    (group, seen) => {
      const { entries, actor, limit } = seen;
      const due = group.sent.slice(group.members[actor] ?? 0).filter(({ hidden }) => !hidden);
      const lost = due.filter(({ id }) => !entries.some((entry) => entry.id === id));
      const stored = entries.filter(({ sendUuid }) => group.refused.includes(String(sendUuid)));
      const full = Math.min(limit, mostInFull);
      const isFull = entries.length >= full;
      const least = Math.min(full, group.shown[actor] ?? 0);
      const short = { message: 'List of a group is shorter than it was', path: '/data', expected: `${least} entries` };
      return [
        ...(entries.length < least && lost.length === 0
          ? [miss('RE-LIST-8', { ...short, found: `${entries.length}` }, true)]
          : []),
        ...some(isFull ? [] : lost, 'RG-REMOVE-3', 'List of a group lacks messages', true),
        ...some(stored, 'RG-REMOVE-1', 'List of a group shows a message that was refused'),
      ];
    },
  ),
  ofMember('a message of a group shows as it was sent', 'list', (group, { entries, actor, before }) =>
    entries.flatMap((entry) => {
      const message = messageOf(group.sent, entry.id);
      if (message === undefined) return [];
      const { type, sendUuid, content } = message;
      const wanted = { type, sendUuid, content, from: before.ids[message.actor] };
      const isHidden = message.hidden && message.actor === actor;
      return [
        ...same('RE-LIST-9', entry, wanted, `message ${entry.id} of a group is not as it was sent`),
        ...(isHidden ? some([entry], 'RE-HIDE-1-SHOULD', 'a hidden message of a group shows', true) : []),
      ];
    }),
  ),
  ofMember('a quote in a group shows the message that is quoted', 'list', (group, { entries, actor }) =>
    entries.flatMap((entry) => {
      const message = messageOf(group.sent, entry.id);
      const quoted = messageOf(group.sent, message?.quoteId);
      const isOlder = quoted !== undefined && group.sent.indexOf(quoted) < (group.members[actor] ?? 0);
      // What becomes of a quote whose message was hidden or is older than the stay of the caller, no page says.
      if (message === undefined || quoted?.hidden || isOlder) return [];
      const quote = objectOf(entry.quote);
      const shown = quote && { id: quote.id, content: quote.content };
      const wanted = quoted && { id: quoted.id, content: quoted.content };
      return equal(shown, wanted, `message ${entry.id} of a group has another quote`, '/data').map((finding) =>
        miss('RE-LIST-11', finding),
      );
    }),
  ),
  ofMember('Read of what another has sent answers 1', 'read', ({ fresh }, { actor, data }) =>
    (fresh[actor] ?? 0) === 0
      ? []
      : equal(data, 1, `Read of a group of which ${actor} has read nothing new`, '/data').map((finding) =>
          miss('RE-READ-1', finding),
        ),
  ),
  {
    name: 'the pages of Chats / List hold every group once',
    judge: ({ action, outcome, actor, before, data, limit, search }) => {
      if (action !== 'chatslist' || outcome !== 'served' || actor === impostor) return [];
      const { length } = objectsOf(objectOf(data)?.list);
      const finding = { message: `a page of Chats / List of ${actor}`, path: '/data/list' };
      const large =
        length > limit
          ? [miss('RG-CHATS-1', { ...finding, expected: `at most ${limit} chats`, found: `${length}` })]
          : [];
      if (search === undefined) return large;
      const { uuids, isLast, keyword } = search;
      const twice = uuids.filter((uuid, i) => uuids.indexOf(uuid) < i).map((id) => ({ id }));
      const lost = before.groups
        .filter((group) => isShown(group, actor) && group.name.startsWith(keyword) && !uuids.includes(group.uuid))
        .map(({ uuid }) => ({ id: uuid }));
      return [
        ...large,
        ...some(twice, 'RG-CHATS-2', 'the pages of Chats / List show chats twice'),
        ...some(isLast ? lost : [], 'RG-CHATS-2-SHOULD', 'the pages of Chats / List lack groups of such a name', true),
      ];
    },
  },
  {
    name: 'the list of chats shows each group as it is to the caller',
    judge: (seen) => {
      const { action, outcome, actor, before, data, search } = seen;
      if (action !== 'chatslist' || outcome !== 'served' || isOfMessages(action) || actor === impostor) return [];
      const { list, cursor } = objectOf(data) ?? {};
      const chats = objectsOf(list);
      const isWhole = search === undefined && (cursor === undefined || cursor === null || cursor === '');
      return before.groups.flatMap((group) => {
        const chat = chats.find(({ channelUuid }) => channelUuid === group.uuid);
        return chat === undefined
          ? missing(group, actor, isWhole)
          : chatMisses(group, actor, chat, search !== undefined);
      });
    },
  },
  {
    name: 'the list of chats shows no older message of the channel or of the two as the last',
    judge: ({ action, outcome, actor, before, data }) =>
      action !== 'chatslist' || outcome !== 'served' || actor === impostor
        ? []
        : objectsOf(objectOf(data)?.list).flatMap((chat) => staleMisses(before, actor, chat)),
  },
  {
    name: 'User Info is of who was asked for',
    judge: ({ action, outcome, actor, asked, before, data }) =>
      action !== 'userinfo' || outcome !== 'served' || actor === impostor
        ? []
        : same(
            'RG-USER-1',
            objectOf(data) ?? {},
            { relationId: asked.address ?? before.ids[actor] },
            'User Info is of another',
          ),
  },
];

/**
 * Where the newest message is hidden, or no TEXT, a server may show another. One that was sent again may be the newest, and of two
 * with one `createAt` either.
 */
function staleMisses({ channelUuid, directUuid, sent }: State, actor: string, chat: Record<string, unknown>): Miss[] {
  const place = chat.channelUuid === channelUuid ? 'channel' : chat.channelUuid === directUuid ? 'direct' : undefined;
  const own = sent.filter((message) => message.place === place);
  const last = own.at(-1);
  if (
    place === undefined ||
    last?.createAt === undefined ||
    last.type !== 'TEXT' ||
    Object.keys(last.hidden).length > 0
  )
    return [];
  const shown = own.findLast(({ content }) => content === chat.lastMessageContent);
  if (shown?.createAt === undefined || shown.createAt >= last.createAt || shown.again) return [];
  const message = `another last message in Chats / List of ${actor}`;
  const finding = { message, path: '/data/list', expected: shortened(last.content, 120) };
  return [miss('RG-CHATS-4', { ...finding, found: shortened(shown.content, 120) }, true)];
}

function missing(group: GroupState, actor: string, isWhole: boolean): Miss[] {
  if (!isWhole || !isShown(group, actor)) return [];
  const finding = { message: `Chats / List lacks a group of ${actor}`, path: '/data/list' };
  const requirement = group.away[actor] === 'back' ? 'RG-CHATS-6' : 'RG-CHATS-1';
  return [miss(requirement, { ...finding, expected: group.uuid, found: 'no such chat' }, true)];
}

/** Whether the list of chats must show a group. */
function isShown({ members, dismissed, away }: GroupState, actor: string): boolean {
  return actor in members && !dismissed && (away[actor] ?? 'back') === 'back';
}

function chatMisses(group: GroupState, actor: string, chat: Record<string, unknown>, isSearch: boolean): Miss[] {
  const isMember = actor in group.members;
  const parting = group.out[actor];
  const where = `in Chats / List of ${actor}`;
  const status = isMember ? (group.dismissed ? '3' : '0') : parting === 'left' ? '1' : '2';
  // Who had gone before a group was dismissed may be told either.
  const isOpen = group.dismissed && !isMember;
  const flags = flagsOf(group, actor);
  if (!isMember && parting === undefined) {
    const finding = { message: `a group that is none of ${actor} is ${where}`, path: '/data/list' };
    return [miss('RG-CHATS-1', { ...finding, expected: 'no such chat', found: group.uuid })];
  }
  return [
    ...(isOpen ? [] : equal(String(chat.status), status, `another status ${where}`, '/data/list')).map((finding) =>
      miss('RG-CHATS-3', finding, true),
    ),
    ...same('RG-CHATS-1', chat, { displayName: group.name, channelType: 'G' }, `another chat ${where}`),
    ...(isMember && !group.dismissed ? same('RG-CHATS-5', chat, flags, `other flags ${where}`) : []),
    // Of another kind of message than TEXT a server may show something else than its content.
    ...(isMember && !group.dismissed && group.last !== undefined && !isOfType(chat, group.last)
      ? equal(chat.lastMessageContent, group.last.content, `another last message ${where}`, '/data/list').map(
          (finding) => miss('RG-CHATS-4', finding, true),
        )
      : []),
    ...(isMember && !group.dismissed ? countMisses(group, actor, Number(chat.unreadMessageCount), where) : []),
    // Whether a search finds what is hidden, no page says.
    ...(group.away[actor] === 'hidden' && !group.dismissed && !isSearch
      ? some([{ id: group.uuid }], 'RG-CHATS-6', `a chat that was hidden is ${where}`, true)
      : []),
  ];
}

function isOfType({ lastMessageType }: Record<string, unknown>, { type }: { type: string }): boolean {
  return type !== 'TEXT' && lastMessageType === type;
}

/** A chat that is muted or hidden may count nothing. */
function countMisses(group: GroupState, actor: string, count: number, where: string): Miss[] {
  const least = Math.min(group.fresh[actor] ?? 0, highestCount);
  const most = group.most[actor];
  const isCounted = flagsOf(group, actor).mute === false && group.away[actor] === undefined;
  const finding = { message: `another unreadMessageCount ${where}`, path: '/data/list', found: `${count}` };
  if (isCounted && count < least)
    return [miss('RG-CHATS-4-SHOULD', { ...finding, expected: `${least} or more` }, true)];
  if (most !== undefined && count > most)
    return [miss('RG-CHATS-4-SHOULD', { ...finding, expected: `${most} or less, for Read has answered 1` }, true)];
  return [];
}

/** What is wrong about the members that are shown. */
function rollMisses(group: GroupState, { before, action }: Seen, roll: readonly Record<string, unknown>[]): Miss[] {
  const shown = roll.map(({ relationId }) => String(relationId)).toSorted();
  const wanted = Object.keys(group.members)
    .map((actor) => String(before.ids[actor]))
    .toSorted();
  const admins = roll.filter(({ isAdmin }) => isAdmin === true).map(({ relationId }) => relationId);
  return [
    ...equal(shown, wanted, `${action} shows other members`, '/data').map((finding) => miss(group.because, finding)),
    ...equal(admins, [before.ids[group.admin]], `${action} shows another admin`, '/data').map((finding) =>
      miss(group.because === 'RG-CREATE-2' ? 'RG-CREATE-2' : 'RG-OWNER-1', finding),
    ),
  ];
}

function same(requirement: string, value: Record<string, unknown>, wanted: object, message: string): Miss[] {
  return Object.entries(wanted).flatMap(([name, each]) =>
    each === undefined
      ? []
      : equal(value[name], each, `${message}: ${name}`, '/data').map((finding) => miss(requirement, finding)),
  );
}

function some(those: readonly { id: string }[], requirement: string, message: string, mayLag?: true): Miss[] {
  if (those.length === 0) return [];
  const found = firstFew(those.map(({ id }) => id));
  return [miss(requirement, { message, path: '/data', expected: 'none', found }, mayLag)];
}
