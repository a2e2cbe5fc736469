import fc from 'fast-check';
import type { Kind } from '../../../src/explore/model.js';
import { onceIn, recent, texts } from '../../../src/explore/values.js';
import { impostor, type Member, members, type Place, type State } from './state.js';

export interface Send {
  do: 'send';
  by: Member;
  to: Place;
  type: string;
  content: string;
  /** Quotes the message so far back. */
  quotes?: number;
  /** Of the messages of all places. */
  across?: true;
  mentions?: true;
  /** Says of the other receiver that there is none. */
  nulls: boolean;
}

/** Sends one of the own messages once more, as a client does that got no answer. */
export interface Resend {
  do: 'resend';
  by: Member;
  back: number;
}

/** Lists what is not newer than now, or than the message so far back, give or take some milliseconds. */
export interface List {
  do: 'list';
  by: Member;
  of: Place;
  limit: number;
  byUuid: boolean;
  upTo: 'now' | { back: number; off: number };
}

export interface Walk {
  do: 'walk';
  by: Member;
  of: Place;
  limit: number;
}

export interface Hide {
  do: 'hide';
  by: Member;
  back: number;
  whose: 'own' | 'other';
}

export interface Read {
  do: 'read';
  by: Member;
  total: number;
  /** The channel where left out. */
  of?: Place;
}

interface Count {
  do: 'unreadcount';
  by: Member;
}

/** Asks for the list of chats, or who somebody is: the caller where left out. */
interface Ask {
  do: 'chats' | 'who';
  by: Actor;
  of?: Actor;
}

/** What must be refused: the outsider in the channel or between the two, a wrong token, or a call that names no place. */
export interface Stray {
  do: 'stray';
  by: 'outsider' | typeof impostor | Member;
  /** Those that the model knows; a further one needs a rule here before it is tried. */
  action: 'list' | 'send' | 'read' | 'hide' | 'unreadcount';
  at: Place | 'nowhere';
  /** Names the direct conversation by its channelUuid, once that is known. */
  byUuid: boolean;
}

/** Who may be in a group. */
export type Actor = Member | 'outsider';

/** Makes a group with some of the others. */
export interface Create {
  do: 'create';
  by: Member;
  with: readonly Actor[];
  /** It bears the name of the group so far back. */
  alike?: number;
}

/** Does something to a group that the sequence has made, or looks at it. */
export interface OnGroup {
  do: 'group';
  /** `return`: leaves and comes back. What is hidden is mostly shown again by a message of another. */
  action:
    | ('return' | 'join' | 'leave' | 'removemembers' | 'transferowner' | 'disband' | 'updateannouncement')
    | ('pin' | 'mute' | 'chatshide' | 'send' | 'hide' | 'read')
    | ('info' | 'members' | 'isadmin' | 'getannouncement' | 'chatslist' | 'list');
  /** `fitting`: somebody who may do so, as documented; `gone`: somebody whose membership has ended. */
  by: Actor | 'fitting' | 'gone';
  back: number;
  /** Whom it is about: removed, or made the admin. */
  whom: Actor;
  text: string;
  isOn: boolean;
  /** Of a Send; TEXT where left out. */
  type?: string;
  /** How far back is the message that a Send quotes, or that a Hide hides. */
  message?: number;
  /** Of a List; `all`: as many as there are; where left out, as many as every server gives. */
  limit?: number | 'all';
}

/** Follows the cursor of Chats / List through the groups of the sequence. */
export interface Search {
  do: 'search';
  by: Actor;
  limit: number;
}

/** Sends something to the outsider alone. */
export interface Aside {
  do: 'aside';
  by: Member;
  content: string;
}

export type Command =
  | (Create | OnGroup | Search | Ask)
  | (Send | Resend | Aside | List | Walk | Hide | Read | Count | Stray);

const by = fc.constantFrom(...members);
/** Also texts of which programs make numbers, such as ids. */
const contents = fc.oneof(
  { weight: 15, arbitrary: texts(1025) },
  { weight: 1, arbitrary: fc.constantFrom('1578671129496899586', '12345678901234567890', '1665219502000') },
);
const place = fc.oneof(
  { weight: 2, arbitrary: fc.constant('channel' as const) },
  { weight: 1, arbitrary: fc.constant('direct' as const) },
);
const limit = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(1, 2, 3, 5, 10, 20, 50) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) },
);
const type = fc.oneof(
  { weight: 3, arbitrary: fc.constant('TEXT') },
  { weight: 1, arbitrary: fc.constantFrom('CARD', 'CARD', 'ANNOUNCEMENT', 'sticker') },
);

const kind = (
  weight: number,
  needs: 'read' | 'write',
  commands: fc.Arbitrary<Command>,
  atOnce = true,
): Kind<Command> => ({
  weight,
  needs,
  atOnce,
  commands,
});
const basis = (...given: Parameters<typeof kind>): Kind<Command> => ({ ...kind(...given), isBasis: true });
const make = <C extends Command>(name: C['do'], rest: { [K in keyof Omit<C, 'do'>]: fc.Arbitrary<C[K]> }) =>
  fc.record({ do: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<C>;

const actors = fc.constantFrom(...members, ...members, 'outsider' as const);
const somebody = fc.constantFrom(
  ...Array.from({ length: 7 }, () => 'fitting' as const),
  ...([...members, 'outsider', 'gone', 'gone'] as const),
);
const onGroup = (by: fc.Arbitrary<OnGroup['by']>, ...actions: OnGroup['action'][]) =>
  make<OnGroup>('group', {
    action: fc.constantFrom(...actions),
    by,
    back: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: recent }),
    whom: actors,
    text: fc.oneof({ weight: 15, arbitrary: texts(255) }, { weight: 1, arbitrary: fc.constant('') }),
    isOn: fc.constantFrom(true, true, false),
    type,
    message: onceIn(2, recent),
    limit: onceIn(2, fc.oneof(limit, fc.constant('all' as const))),
  });

/** What a sequence is made of. */
export const kinds: Readonly<Record<string, Kind<Command>>> = {
  send: basis(
    8,
    'write',
    make<Send>('send', {
      by,
      to: place,
      type,
      content: contents,
      quotes: onceIn(2, recent),
      across: onceIn(4, fc.constant(true as const)),
      mentions: onceIn(4, fc.constant(true as const)),
      nulls: fc.boolean(),
    }),
  ),
  resend: kind(1, 'write', make<Resend>('resend', { by, back: recent })),
  list: kind(
    6,
    'read',
    make<List>('list', {
      by,
      of: place,
      limit,
      byUuid: fc.boolean(),
      upTo: fc.oneof(
        fc.constant('now' as const),
        fc.record({ back: recent, off: fc.constantFrom(0, 0, 0, -1, 1, 999, -1000) }),
      ),
    }),
  ),
  walk: kind(1, 'read', make<Walk>('walk', { by, of: place, limit }), false),
  hide: kind(
    3,
    'write',
    make<Hide>('hide', { by, back: recent, whose: fc.constantFrom('own', 'own', 'own', 'other') }),
  ),
  read: kind(3, 'write', make<Read>('read', { by, total: fc.constantFrom(1, 2, 10, 20, 50, 100, 1000), of: place })),
  count: kind(4, 'read', make<Count>('unreadcount', { by })),
  chats: kind(2, 'read', make<Ask>('chats', { by: actors }), false),
  who: kind(1, 'read', make<Ask>('who', { by: actors, of: onceIn(2, actors) })),
  stray: kind(
    2,
    'write',
    make<Stray>('stray', {
      by: fc.constantFrom('outsider', 'outsider', ...members),
      action: fc.constantFrom('list', 'send'),
      at: fc.constantFrom('channel', 'direct', 'nowhere'),
      byUuid: fc.boolean(),
    }),
  ),
  create: kind(
    4,
    'write',
    make<Create>('create', {
      by,
      with: fc.subarray(['member', 'peer', 'outsider'] as const),
      alike: onceIn(3, recent),
    }),
    false,
  ),
  // What decides who may do what is never done at the same time as something else: which of the two came first is the server's choice.
  comeAndGo: kind(
    8,
    'write',
    onGroup(somebody, 'join', 'join', 'leave', 'removemembers', 'removemembers', 'return'),
    false,
  ),
  rule: kind(5, 'write', onGroup(somebody, 'transferowner', 'transferowner', 'disband'), false),
  announce: kind(4, 'write', onGroup(somebody, 'updateannouncement')),
  setChat: {
    ...kind(8, 'write', onGroup(somebody, 'pin', 'pin', 'mute', 'mute', 'chatshide')),
    // What one user sets at the same time for one chat.
    together: (command) => ({ ...command, by: 'member', back: 0 }) as Command,
  },
  talkInGroup: kind(8, 'write', onGroup(somebody, 'send', 'send', 'send', 'hide', 'read', 'read')),
  lookAtGroup: kind(
    8,
    'write',
    onGroup(actors, 'info', 'info', 'members', 'members', 'isadmin', 'getannouncement', 'chatslist', 'list', 'list'),
    false,
  ),
  search: kind(3, 'write', make<Search>('search', { by: actors, limit: fc.constantFrom(1, 2, 3) }), false),
  aside: kind(1, 'write', make<Aside>('aside', { by, content: texts(255) })),
  forge: kind(
    1,
    'write',
    make<Stray>('stray', {
      by: fc.constant(impostor),
      action: fc.constantFrom('list', 'list', 'send', 'read', 'hide', 'unreadcount'),
      at: fc.constantFrom('channel', 'direct'),
      byUuid: fc.boolean(),
    }),
  ),
};

const mostViewed = 2;

/** Every view of every actor of the last groups. */
export function groupViews({ groups, ids }: State): Command[] {
  const actors = (['member', 'peer', 'outsider'] as const).filter((actor) => ids[actor] !== undefined);
  const look = (action: OnGroup['action'], by: Actor, back: number): Command => {
    return { do: 'group', action, by, back, whom: by, text: '', isOn: false };
  };
  const viewed = groups.slice(-mostViewed);
  // One list of chats shows all of them. It comes first, for a server may take what was listed for read.
  return [
    ...(viewed.length === 0 ? [] : actors.map((by) => look('chatslist', by, 0))),
    ...(viewed.length < 2 ? [] : actors.map((by): Command => ({ do: 'search', by, limit: 1 }))),
    ...viewed.flatMap((_, back) =>
      actors.flatMap((by) =>
        (['members', 'info', 'isadmin', 'getannouncement', 'list'] as const).map((action) => look(action, by, back)),
      ),
    ),
  ];
}

/** A sequence starts from what each user sees. */
export const prelude: readonly Command[] = members.map((actor) => ({ do: 'unreadcount', by: actor }));

/** Every view of every user: what is unread, the newest page, a walk by small pages, both places. */
export function views(state: State): Command[] {
  const { ids, sent } = state;
  const places = [...new Set(sent.map(({ place }) => place))];
  const own = members.flatMap((actor): Command[] => [
    { do: 'unreadcount', by: actor },
    ...places.flatMap((of): Command[] => [
      { do: 'walk', by: actor, of, limit: 50 },
      { do: 'walk', by: actor, of, limit: 3 },
    ]),
    ...(places.length === 0 ? [] : [{ do: 'chats', by: actor } as const]),
  ]);
  const outsiders = places.map((at): Command => ({ do: 'stray', by: 'outsider', action: 'list', at, byUuid: false }));
  return [...own, ...(ids.outsider === undefined ? [] : outsiders), ...groupViews(state)];
}
