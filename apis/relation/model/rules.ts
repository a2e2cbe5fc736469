import type { Miss } from '../../../src/explore/model.js';
import { objectOf } from '../../../src/passive/json.js';
import { closeToNow, equal, firstFew, shortened, unchanged } from '../../../src/rules/index.js';
import { holdsData, relationCodes } from '../actions.js';
import { type Entry, isTooHigh, isTooLow, mostInFull, type Seen } from './advance.js';
import { groupRules } from './group-rules.js';
import { groupAt, messageOf, servedAs as servedOfGroups } from './groups.js';
import { miss, type Rule } from './rule.js';
import { earliest, impostor, type Place, type Sent, visible } from './state.js';

/** A rule on what List shows a member. */
function ofList(name: string, judge: (seen: Seen & { place: Place }) => Miss[]): Rule {
  return {
    name,
    judge: (seen) =>
      seen.action === 'list' && seen.outcome === 'served' && seen.isMember && seen.place !== undefined
        ? judge(seen as Seen & { place: Place })
        : [],
  };
}

/** A rule on each message of the sequence that List shows a member. */
function ofEntry(name: string, judge: (message: Sent, entry: Entry, seen: Seen & { place: Place }) => Miss[]): Rule {
  return ofList(name, (seen) =>
    seen.entries.flatMap((entry) => {
      const message = seen.before.sent.find(({ id }) => id === entry.id);
      return message === undefined ? [] : judge(message, entry, seen);
    }),
  );
}

/** The requirement of an action that a documented call on it is served. */
const servedAs: Partial<Record<string, string>> = {
  ...servedOfGroups,
  list: 'RE-LIST-9',
  send: 'RE-SEND-1',
  read: 'RE-READ-1',
  hide: 'RE-HIDE-1',
  unreadcount: 'RE-UNREAD-1',
};

export const rules: readonly Rule[] = [
  {
    name: 'a documented call of a member is served',
    judge: (seen) => {
      const { exchange, outcome, action, code, place, actor, before, asked } = seen;
      const group = groupAt(seen.before, seen.asked);
      // Of two Hides of one message at the same time, the second may be refused.
      const isAgain =
        action === 'hide' &&
        (before.sent.some(({ id, hidden }) => id === asked.id && hidden[actor]) ||
          messageOf(group?.sent ?? [], asked.id)?.hidden);
      if (exchange.intent !== 'call' || outcome === 'served' || isAgain) return [];
      const mayBlock = action === 'send' && place === 'direct' && code === relationCodes.strangersRefused;
      if (mayBlock) return [];
      const direct = action === 'send' ? 'RE-SEND-5' : 'RE-LIST-14';
      const inGroup = group && servedOfGroups[action];
      const requirement = inGroup ?? (place === 'direct' ? direct : (servedAs[action] ?? 'RE-COM-2'));
      return [
        miss(requirement, {
          message: `${action}, called as documented, is not served`,
          expected: 'code "0"',
          found: answerOf(seen),
        }),
      ];
    },
  },
  {
    name: 'a wrong token gets nothing',
    judge: (seen) => {
      const { actor, outcome, data, action } = seen;
      if (actor !== impostor || (outcome !== 'served' && !holdsData(action, data))) return [];
      const finding = { message: `${action} is served under a wrong token`, expected: 'neither "0" nor data' };
      return [miss('RE-COM-3', { ...finding, found: answerOf(seen) })];
    },
  },
  {
    name: 'who is no member reads nothing',
    judge: (seen) => {
      const { action, isMember, place, entries, actor } = seen;
      if (action !== 'list' || isMember || actor === impostor) return [];
      const isOfNothing = seen.asked.channelUuid == null && seen.asked.toRelationId == null;
      if (isOfNothing) return refusedWith(seen, 'RE-LIST-3', relationCodes.parameter);
      if (place === 'channel') return refusedWith(seen, 'RE-LIST-4', relationCodes.denied);
      const leaked = entries.filter(({ id }) => seen.before.sent.some((message) => message.id === id));
      if (leaked.length === 0) return [];
      return [
        miss('RE-LIST-14', {
          message: `${actor} is shown messages between others`,
          path: '/data',
          expected: 'no message of theirs',
          found: firstFew(leaked.map(({ id }) => id)),
        }),
      ];
    },
  },
  {
    name: 'who is no member sends nothing',
    judge: (seen) => {
      const { action, isMember, place, actor } = seen;
      if (action !== 'send' || isMember || actor === impostor) return [];
      if (seen.asked.channelUuid == null && seen.asked.toRelationId == null)
        return refusedWith(seen, 'RE-SEND-2', relationCodes.parameter);
      return place === 'channel' ? refusedWith(seen, 'RE-SEND-3', relationCodes.notMember) : [];
    },
  },
  ofList('what was refused is not stored', ({ entries, before }) =>
    entries.flatMap(({ id, sendUuid }) => {
      const requirement = before.refused[String(sendUuid)];
      if (requirement === undefined) return [];
      return [
        miss(requirement, {
          message: 'a message that was refused is stored all the same',
          path: '/data',
          expected: 'no such message',
          found: `${id} of sendUuid ${sendUuid}`,
        }),
      ];
    }),
  ),
  {
    name: 'each message has an id of its own, and one sent again keeps it',
    judge: ({ action, outcome, isMember, before, asked, data }) => {
      const id = objectOf(data)?.id;
      if (action !== 'send' || outcome !== 'served' || !isMember) return [];
      const other = before.sent.find((message) => message.id === id && message.sendUuid !== asked.sendUuid);
      return other === undefined
        ? []
        : [
            miss('RE-SEND-1', {
              message: 'Send answers the id of another message',
              path: '/data/id',
              expected: 'the id of the new message',
              found: `${id}, which is the message ${shortened(JSON.stringify(other.content), 60)}`,
            }),
          ];
    },
  },
  ofList('a message is stored once, under the id that Send answered', ({ entries, before }) =>
    entries.flatMap((entry) => {
      const message = before.sent.find(({ sendUuid }) => sendUuid === entry.sendUuid);
      if (message === undefined || message.id === entry.id) return [];
      return [
        miss(message.again ? 'RE-SEND-4' : 'RE-SEND-1', {
          message: message.again
            ? 'a message that was sent twice under one sendUuid shows as two'
            : 'List shows a message under another id than Send answered',
          path: '/data',
          expected: `the id ${message.id}`,
          found: entry.id,
        }),
      ];
    }),
  ),
  ofList('what was sent elsewhere does not show', ({ entries, before, place }) =>
    entries
      .filter(({ sendUuid }) => before.elsewhere.includes(String(sendUuid)))
      .map(({ id }) =>
        miss(place === 'channel' ? 'RE-LIST-7' : 'RE-LIST-14', {
          message: 'a message shows that was sent to others',
          path: '/data',
          expected: 'no such message',
          found: id,
        }),
      ),
  ),
  ofEntry('a message shows as it was sent', (message, entry, { before, place }) => {
    const requirement = message.place === 'direct' ? 'RE-LIST-14' : 'RE-LIST-9';
    const { type, sendUuid } = message;
    const from = before.ids[message.actor];
    const shown = { type: entry.type, sendUuid: entry.sendUuid, from: entry.from };
    if (message.place !== place) {
      return [
        miss(place === 'channel' ? 'RE-LIST-7' : 'RE-LIST-14', {
          message: 'a message shows in another place than it was sent to',
          path: '/data',
          expected: `the messages of the ${place === 'channel' ? 'channel' : 'two alone'}`,
          found: entry.id,
        }),
      ];
    }
    return [
      ...unchanged(entry.content, message.content, `the content of ${entry.id}`, '/data'),
      ...equal(shown, { type, sendUuid, from }, `message ${entry.id} is not as it was sent`, '/data'),
    ].map((finding) => miss(requirement, finding));
  }),
  ofEntry('a new message bears the current time', (message, entry, { before }) => {
    if (message.createAt !== undefined) return [];
    const tolerance = before.clockToleranceMs + 1000;
    const what = `the createAt of ${entry.id}`;
    return closeToNow(Number(entry.createAt), message.at, tolerance, what, '/data').map((finding) =>
      miss('RE-LIST-10', finding),
    );
  }),
  ofEntry('a quote shows the message that is quoted', (message, entry, { before, actor }) => {
    const quote = objectOf(entry.quote);
    const { quoteId } = message;
    const quoted = before.sent.find(({ id }) => id === quoteId);
    if (quoteId === undefined && quote === undefined) return [];
    if (quoted !== undefined && quoted.place !== message.place) return [];
    const isHidden = quoted !== undefined && Object.keys(quoted.hidden).length > 0;
    // What becomes of a quote whose message was hidden, no page says.
    if (quote === undefined && (quoted === undefined || isHidden)) return [];
    const wanted = quoteId === undefined ? undefined : { id: quoteId, content: quoted?.content ?? quote?.content };
    const shown = quote && { id: quote.id, content: quote.content };
    return equal(shown, wanted, `message ${entry.id}, as ${actor} sees it, has another quote`, '/data').map((finding) =>
      miss('RE-LIST-11', finding),
    );
  }),
  ofEntry('what its sender has hidden is gone from the own List', (message, entry, { actor }) =>
    message.hidden[actor] === 'hidden'
      ? [
          miss(
            'RE-HIDE-1-SHOULD',
            {
              message: 'a message that was hidden is still in the own List',
              path: '/data',
              expected: 'no such message',
              found: entry.id,
            },
            true,
          ),
        ]
      : [],
  ),
  ofList('a page holds every message that its bounds let in', (seen) => {
    const { place, actor, before, entries } = seen;
    const lost = visible(before, actor, place).filter((message) => isLost(message, seen));
    const [first] = lost;
    if (first === undefined) return [];
    const isNew = lost.every(({ createAt }) => createAt === undefined);
    const requirement = place === 'direct' ? 'RE-LIST-14' : isNew ? 'RE-LIST-9' : 'RE-LIST-8';
    return [
      miss(
        requirement,
        {
          message: `${lost.length} messages that ${actor} must see are not on the page`,
          path: '/data',
          expected: firstFew(lost.map(({ id, content }) => `${id} ${shortened(JSON.stringify(content), 40)}`)),
          found: `${entries.length} entries without them`,
        },
        true,
      ),
    ];
  }),
  ofList('a message of exactly maxCreateAt is on the page', (seen) => {
    const { place, actor, before, entries, bound, limit } = seen;
    const isFull = entries.length >= limit;
    const lost = visible(before, actor, place).filter(
      ({ id, createAt }) => createAt === bound && !isFull && !entries.some((entry) => entry.id === id),
    );
    const [first] = lost;
    if (first === undefined) return [];
    return [
      miss(
        'RE-LIST-6-SHOULD',
        {
          message: 'List leaves out a message whose createAt is exactly maxCreateAt',
          path: '/data',
          expected: first.id,
          found: 'no such entry',
        },
        true,
      ),
    ];
  }),
  ofList('a walk back meets every message', ({ ended, place, before, actor }) => {
    if (ended === undefined) return [];
    const must = new Map(visible(before, actor, place).map((message) => [message.id, message]));
    const lost = ended.wanted.filter((id) => must.has(id) && !ended.ids.includes(id));
    if (lost.length === 0) return [];
    const requirement = place === 'direct' ? 'RE-LIST-14' : 'RE-LIST-8';
    return [
      miss(
        requirement,
        {
          message: `a walk back with limit ${ended.limit} lost ${lost.length} messages`,
          path: '/data',
          expected: `each of the ${ended.wanted.length} messages that ${actor} must see`,
          found: `never came: ${firstFew(lost)}`,
        },
        true,
      ),
    ];
  }),
  {
    name: "hiding somebody else's message is refused",
    judge: ({ action, outcome, actor, asked, before }) => {
      const message = before.sent.find(({ id }) => id === asked.id);
      if (action !== 'hide' || outcome !== 'served' || message === undefined || message.actor === actor) return [];
      return [
        miss('RE-HIDE-2', {
          message: "somebody else's message can be hidden",
          path: '/code',
          expected: 'a refusal',
          found: 'code "0"',
        }),
      ];
    },
  },
  {
    name: 'unreadCount grows with what the other sends, and falls with Read alone',
    judge: ({ action, outcome, actor, before, data }) => {
      const count = objectOf(data)?.unreadCount;
      const known = before.unread[actor];
      if (action !== 'unreadcount' || outcome !== 'served' || typeof count !== 'number' || known === undefined)
        return [];
      if (!isTooLow(known, count)) return [];
      const least = known.count + known.since;
      return [
        miss(
          'RE-UNREAD-1-SHOULD',
          {
            message:
              known.since > 0
                ? `unreadCount does not grow by the ${known.since} messages that were sent to ${actor}`
                : `unreadCount of ${actor} falls though ${actor} has read nothing`,
            path: '/data/unreadCount',
            expected: `${least} or more`,
            found: `${count}`,
          },
          true,
        ),
      ];
    },
  },
  {
    name: 'unreadCount falls after a Read that has updated something',
    judge: ({ action, outcome, actor, before, data }) => {
      const count = objectOf(data)?.unreadCount;
      const known = before.unread[actor];
      if (action !== 'unreadcount' || outcome !== 'served' || typeof count !== 'number' || known === undefined)
        return [];
      if (!isTooHigh(known, count, before.restless.includes(actor))) return [];
      const most = known.count + known.since - 1;
      return [
        miss(
          'RE-UNREAD-1-SHOULD',
          {
            message: 'unreadCount does not fall after Read has answered 1',
            path: '/data/unreadCount',
            expected: `${most} or less`,
            found: `${count}`,
          },
          true,
        ),
      ];
    },
  },
  ...groupRules,
];

/** The requirements that the rules name. */
export const requirements = [
  'RE-COM-2',
  'RE-COM-3',
  'RE-LIST-3',
  'RE-LIST-4',
  'RE-LIST-6-SHOULD',
  'RE-LIST-7',
  'RE-LIST-8',
  'RE-LIST-9',
  'RE-LIST-10',
  'RE-LIST-11',
  'RE-LIST-14',
  'RE-SEND-1',
  'RE-SEND-2',
  'RE-SEND-3',
  'RE-SEND-4',
  'RE-SEND-5',
  'RE-READ-1',
  'RE-HIDE-1',
  'RE-HIDE-1-SHOULD',
  'RE-HIDE-2',
  'RE-UNREAD-1',
  'RE-UNREAD-1-SHOULD',
  'RG-USER-1',
  'RG-CREATE-1',
  'RG-CREATE-2',
  'RG-JOIN-1',
  'RG-JOIN-2',
  'RG-REMOVE-1',
  'RG-REMOVE-2',
  'RG-REMOVE-3',
  'RG-LEAVE-1',
  'RG-DISBAND-1',
  'RG-OWNER-1',
  'RG-INFO-1',
  'RG-STRANGER-1',
  'RG-ADMIN-1',
  'RG-NEWS-1',
  'RG-CHATS-1',
  'RG-CHATS-2',
  'RG-CHATS-2-SHOULD',
  'RG-CHATS-3',
  'RG-CHATS-4',
  'RG-CHATS-4-SHOULD',
  'RG-CHATS-5',
  'RG-CHATS-6',
] as const;

/** Whether a message is not on a page though the page goes back behind it, or holds fewer than it was asked for. */
function isLost({ id, createAt, at }: Sent, { entries, limit, bound, before }: Seen): boolean {
  if (entries.some((entry) => entry.id === id)) return false;
  const latest = createAt ?? at + before.clockToleranceMs;
  if (latest >= bound) return false;
  if (entries.length < Math.min(limit, mostInFull)) return true;
  const oldest = Math.min(...entries.map((entry) => Number(entry.createAt)));
  const least = createAt ?? earliest(at, before.drift);
  return least !== undefined && least > oldest;
}

/** Finds an answer to somebody who must be refused that is no refusal, or one with another code than the documented one. */
function refusedWith(seen: Seen, requirement: string, code: string): Miss[] {
  const { outcome, action, actor, entries } = seen;
  if (outcome === 'refused' && seen.code === code && entries.length === 0) return [];
  return [
    miss(requirement, {
      message: `${action} by ${actor} is not refused as documented`,
      path: '/code',
      expected: `code ${code} and no message`,
      found: answerOf(seen),
    }),
  ];
}

function answerOf({ exchange: { response } }: Seen): string {
  return response.json === undefined
    ? `HTTP ${response.status}, ${response.notJson}`
    : shortened(JSON.stringify(response.json), 120);
}
