import fc from 'fast-check';
import type { Level } from '../../../src/exchange/index.js';
import type { Kind } from '../../../src/explore/model.js';
import { onceIn, recent, texts } from '../../../src/explore/values.js';
import { type FlagAction, flagActions } from '../actions.js';
import { beginnings, validities } from './dates.js';
import { impostor, type Participant, participants, type State, secondOf } from './state.js';

/** From which of the actor's stations a call comes. */
type Station = 'own' | 'second';

/** Whether a call names the instance from before the last Clear, where there is one. */
type Stale = boolean;

export interface Add {
  do: 'add';
  by: Participant;
  from: Station;
  data: string;
  type: string;
  /** Seconds behind the message before it. */
  gap: number;
  /** Of the first message of a conversation: the moment at which it begins. */
  since: keyof typeof beginnings;
  valid: keyof typeof validities;
  /** An ID with capital letters, or that of a message that was cleared; its own otherwise. */
  id?: 'capitals' | 'gone';
}

/**
 * Adds a message once more, as a client does that got no answer. One that may have been cleared away would be a new one, dated before others.
 */
export interface AddAgain {
  do: 'again';
  by: Participant;
  back: number;
}

export interface SetFlag {
  do: 'flag';
  by: Participant;
  from: Station;
  action: FlagAction;
  color: string;
  /** On another conversation of the user. */
  elsewhere?: true;
}

interface Clear {
  do: 'clear';
  by: Participant;
}

export interface View {
  do: 'viewed';
  by: Participant;
  /** The messages of the other, from the one so far back, as many. */
  back: number;
  count: number;
}

/** One page: the first, or the one behind the message so far back. */
export interface Page {
  do: 'page';
  by: Participant;
  limit: number;
  behind: 'start' | { back: number };
  /** Of the reports, in the same way. */
  reports: 'start' | { back: number };
  stale: Stale;
}

export interface WalkBack {
  do: 'walk';
  by: Participant;
  limit: number;
  /** The other adds a message behind the first page. */
  meanwhile: boolean;
}

export interface Download {
  do: 'download';
  by: Participant;
  /** From the message so far back on, from the oldest, or from one that was cleared away. */
  since: 'oldest' | 'gone' | { back: number };
  /** From the report so far back on, or all. */
  reports: 'all' | { back: number };
  stale: Stale;
}

/** An action without members of its own. */
interface Plain {
  do: 'list' | 'friends' | 'blocklist' | 'useravailable' | 'notification' | 'login';
  by: Participant;
  from: Station;
}

/** Somebody without the right to it tries something: the outsider, or one who calls as alice with a wrong signature. */
export interface Stray {
  do: 'stray';
  by: 'outsider' | typeof impostor;
  from: Station;
  action: ('list' | 'downloadpartial' | 'download' | 'add' | 'clear' | 'viewed' | 'blocklist' | 'friends') | FlagAction;
  /** Of Add: under the ID of the newest message. */
  again?: boolean;
}

export type Command = Add | AddAgain | SetFlag | Clear | View | Page | WalkBack | Download | Plain | Stray;

const by = fc.constantFrom(...participants);
const from = fc.oneof(
  { weight: 5, arbitrary: fc.constant('own' as const) },
  { weight: 1, arbitrary: fc.constant('second' as const) },
);
const keysOf = <K extends string>(table: Record<K, unknown>) => fc.constantFrom(...(Object.keys(table) as K[]));
const rarely = <T>(usual: T, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 2, arbitrary });
const limit = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(1, 2, 3, 5, 10, 20, 50) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }) },
);
const base64 = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const data = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('QQ==', 'SGVsbG8=', 'SGVsbG8gd29ybGQ=') },
  { weight: 1, arbitrary: base64 },
  { weight: 2, arbitrary: texts(1025) },
);
const hex = (digits: number) => fc.nat(16 ** digits - 1).map((number) => number.toString(16).padStart(digits, '0'));
/** Servers take some colours for none, for numbers, or for something that can be written shorter. */
const color = fc.oneof(
  fc.constantFrom('#bae1ff', '#ffffff', '#000000', '#FF0000', '#1e1000'),
  hex(6).map((digits) => `#${digits}`),
  hex(3).map((digits) => `#${digits.replace(/./g, '$&$&')}`),
);

const back = fc.record({ back: recent });
const stale = rarely(false, fc.constant(true));
const make = <C extends Command>(name: C['do'], rest: { [K in keyof Omit<C, 'do'>]: fc.Arbitrary<C[K]> }) =>
  fc.record({ do: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<C>;
const kind = (weight: number, needs: Level, commands: fc.Arbitrary<Command>, atOnce = true): Kind<Command> => ({
  weight,
  needs,
  atOnce,
  commands,
});
const basis = (...given: Parameters<typeof kind>): Kind<Command> => ({ ...kind(...given), isBasis: true });
const plain = (weight: number, needs: Level, name: Plain['do'], stations: fc.Arbitrary<Station> = from) =>
  kind(weight, needs, make<Plain>(name, { by, from: stations }));
const flag = (weight: number, ...actions: FlagAction[]) =>
  kind(weight, 'write', make<SetFlag>('flag', { by, from, action: fc.constantFrom(...actions), color }));

/** Another conversation is hidden by nobody: the next message of other people may show it again. */
const flagsElsewhere = [
  'mute',
  'mute',
  'unmute',
  'favorite',
  'favorite',
  'unfavorite',
  'setlistitembackgroundcolor',
] as const;

const stray = (...actions: Stray['action'][]) =>
  make<Stray>('stray', {
    by: fc.constantFrom('outsider', impostor),
    from: fc.constantFrom('own', 'second'),
    action: fc.constantFrom(...actions),
    again: onceIn(2, fc.constant(true)),
  });

function adding(id: fc.Arbitrary<Add['id']>): fc.Arbitrary<Command> {
  return make<Add>('add', {
    by,
    from,
    data,
    type: rarely('Message', fc.constantFrom('Message', 'File', 'message')),
    gap: fc.constantFrom(0, 0, 0, 1, 1, 2, 5),
    since: rarely('lately', keysOf(beginnings)),
    valid: rarely('week', keysOf(validities)),
    id,
  });
}

/** Of messages of several seconds, a server that orders by arrival may put the later one first. */
function addedTogether(command: Command): Command {
  return command.do === 'add' ? { ...command, gap: 0, since: 'lately' } : command;
}

/** What a sequence is made of. */
export const kinds: Readonly<Record<string, Kind<Command>>> = {
  add: { ...basis(10, 'write', adding(onceIn(12, fc.constant('capitals' as const)))), together: addedTogether },
  reuse: { ...kind(2, 'destroy', adding(fc.constant('gone' as const))), together: addedTogether },
  again: kind(1, 'write', make<AddAgain>('again', { by, back: recent })),
  // Rather set than not: what two flags do to each other shows only where both are.
  mute: flag(3, 'mute', 'mute', 'unmute'),
  favorite: flag(3, 'favorite', 'favorite', 'unfavorite'),
  hide: flag(3, 'hide', 'hide', 'unhide'),
  color: flag(2, 'setlistitembackgroundcolor'),
  // All of them, for what three do to each other.
  flags: flag(8, ...flagActions, 'mute', 'favorite', 'hide'),
  flagsElsewhere: kind(
    6,
    'write',
    make<SetFlag>('flag', {
      by,
      from: fc.constant('own'),
      action: fc.constantFrom(...flagsElsewhere),
      color,
      elsewhere: fc.constant(true),
    }),
    false,
  ),
  clear: kind(3, 'destroy', make<Clear>('clear', { by })),
  viewed: kind(4, 'write', make<View>('viewed', { by, back: recent, count: fc.constantFrom(1, 1, 1, 2, 3) })),
  page: kind(
    5,
    'read',
    make<Page>('page', {
      by,
      limit,
      behind: fc.oneof(fc.constant('start' as const), back),
      reports: fc.oneof(fc.constant('start' as const), back),
      stale,
    }),
  ),
  walk: kind(1, 'read', make<WalkBack>('walk', { by, limit, meanwhile: fc.constant(false) }), false),
  walkMeanwhile: kind(
    1,
    'write',
    make<WalkBack>('walk', { by, limit: fc.integer({ min: 1, max: 4 }), meanwhile: fc.constant(true) }),
    false,
  ),
  download: kind(
    4,
    'read',
    make<Download>('download', {
      by,
      since: fc.oneof(fc.constantFrom('oldest' as const, 'gone' as const), back),
      reports: fc.oneof(fc.constant('all' as const), back),
      stale,
    }),
  ),
  list: plain(4, 'read', 'list'),
  notification: plain(5, 'read', 'notification', fc.constantFrom('own', 'own', 'own', 'second')),
  login: plain(2, 'read', 'login', fc.constantFrom('own', 'second', 'second')),
  blocklist: plain(1, 'read', 'blocklist'),
  friends: plain(1, 'read', 'friends'),
  available: plain(2, 'write', 'useravailable'),
  stray: kind(2, 'read', stray('list', 'downloadpartial', 'download', 'blocklist', 'friends')),
  strayWrites: kind(2, 'write', stray('add', 'add', 'add', 'viewed', ...flagActions)),
  strayClears: kind(1, 'destroy', stray('clear')),
};

/** A sequence starts from what both see; where a Clear is allowed, from an empty conversation. */
export function prelude({ alone }: State): Command[] {
  const looks = participants.map((actor): Command => ({ do: 'list', by: actor, from: 'own' }));
  return alone ? [{ do: 'clear', by: 'alice' }, ...looks] : looks;
}

/** Every view of every user that may show what was done. */
export function views({ users, stations, messages, flags, available, tried, writes }: State): Command[] {
  const wasHidden = participants.some((actor) => flags[actor]?.hideid?.by !== undefined);
  const wasCleared = writes.some(({ action }) => action === 'clear');
  const of = (actor: Participant, small: number): Command[] => {
    const plain = (name: Plain['do'], station: Station = 'own'): Command => ({ do: name, by: actor, from: station });
    return [
      plain('list'),
      ...(messages.length > 0 || wasCleared ? [walkBy(actor, 50)] : []),
      ...(messages.length > 1 ? [walkBy(actor, small)] : []),
      ...(messages.length > 0
        ? [{ do: 'download', by: actor, since: 'oldest', reports: 'all', stale: false } as const]
        : []),
      plain('notification'),
      ...(stations[secondOf(actor)] ? [plain('notification', 'second')] : []),
      ...(wasHidden ? [plain('blocklist')] : []),
      ...(available.length > 0 ? [plain('friends')] : []),
    ];
  };
  const isWorthTaking = messages.length > 0 || Object.keys(tried).length > 0;
  const outsiders: Command[] = [
    { do: 'stray', by: 'outsider', from: 'own', action: 'list' },
    { do: 'stray', by: 'outsider', from: 'own', action: 'downloadpartial' },
  ];
  const forged: Command[] = [
    { do: 'stray', by: impostor, from: 'own', action: 'downloadpartial' },
    { do: 'stray', by: impostor, from: 'own', action: 'download' },
  ];
  const others = isWorthTaking ? [...(users.outsider === undefined ? [] : outsiders), ...forged] : [];
  return [...of('alice', 2), ...of('bob', 3), ...others];
}

const walkBy = (by: Participant, limit: number): Command => ({ do: 'walk', by, limit, meanwhile: false });
