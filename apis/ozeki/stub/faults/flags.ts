import { everywhere } from '../../../../src/stub/mutation.js';
import { set, where } from '../../../../src/stub/operators.js';
import type { Call, OzekiBehaviour } from '../call.js';
import { type Conversation, type Flags, type OzekiAction, Refusal } from '../model.js';
import { faultsOf, inConversation, instead, nameOf, type OzekiBehave, onAll, row } from '../rows.js';
import { takenBy, taking } from './races.js';

/** A flag action, as the families of faults need it. */
export interface FlagAction {
  action: OzekiAction;
  /** How ids of faults call it. */
  name: string;
  /** How ids of requirements call it. */
  suffix: string;
  /** The flag that it changes. */
  flag: keyof Flags;
  /** What the undoing action would set. */
  opposite(conversation: Conversation): Partial<Flags>;
  /** Another flag that a muddled statement would change with it. */
  spoils: Partial<Flags>;
  spoiled: string;
}

const white: Partial<Flags> = { listitembackgroundcolor: '#ffffff' };
const unmarked: Partial<Flags> = { isfavorite: false };
const losesMark = 'takes the conversation from the favourites';

/** The flag actions: what each changes, what undoes it, and what it might change besides. */
export const flagActions: readonly FlagAction[] = [
  flagAction('favorite', 'isfavorite', () => unmarked, white, 'resets the colour'),
  flagAction('unfavorite', 'isfavorite', () => ({ isfavorite: true }), { ismuted: false }, 'unmutes the conversation'),
  flagAction(
    'setlistitembackgroundcolor',
    'listitembackgroundcolor',
    () => white,
    { isfavorite: true },
    'makes the conversation a favourite',
  ),
  flagAction('mute', 'ismuted', () => ({ ismuted: false }), unmarked, losesMark),
  flagAction('unmute', 'ismuted', () => ({ ismuted: true }), unmarked, losesMark),
  flagAction('hide', 'hideid', () => ({ hideid: '' }), { ismuted: true }, 'mutes the conversation'),
  flagAction('unhide', 'hideid', ({ instance }) => ({ hideid: `${instance};` }), white, 'resets the colour'),
];

function flagAction(
  action: OzekiAction,
  flag: keyof Flags,
  opposite: FlagAction['opposite'],
  spoils: Partial<Flags>,
  spoiled: string,
): FlagAction {
  const isColour = flag === 'listitembackgroundcolor';
  const names = isColour ? { name: 'colour', suffix: 'COLOR' } : { name: action, suffix: action.toUpperCase() };
  return { ...names, action, flag, opposite, spoils, spoiled };
}

type SetFlags = OzekiBehaviour['setFlags'];

/** Faults of each flag action, by the row of the specification that they break. `does` says what it does, after its name. */
const families = [
  family(
    1,
    'answer-before',
    'answers the conversation as it was before, and a later List shows the change',
    ({ action, flag }) => answering(action, (before, change) => ({ stored: change, shown: { [flag]: before[flag] } })),
  ),
  family(2, 'answer-only', 'shows the change in its answer and stores nothing', ({ action }) =>
    answering(action, (_before, change) => ({ stored: {}, shown: change })),
  ),
  family(3, 'for-all', 'changes the flag of the other participants too', ({ action }) =>
    setting(action, (usual, call, conversation, user, change) => {
      usual(call, conversation, user, change);
      for (const id of conversation.participants)
        conversation.flags.set(id, { ...call.behaviour.flagsOf(call, conversation, id), ...change });
    }),
  ),
  family(4, 'everywhere', 'changes the flag in all conversations of the caller', ({ action }) =>
    setting(action, (usual, call, _conversation, user, change) => {
      for (const each of call.behaviour.conversationsOf(call, user)) usual(call, each, user, change);
    }),
  ),
  family(
    4,
    'spoils-another',
    ({ spoiled }) => `also ${spoiled}`,
    ({ action, spoils }) => changing(action, () => spoils),
  ),
  family(5, 'toggles', 'undoes itself when it is done twice', ({ action, opposite }) =>
    changing(action, (before, change, conversation) => (isSet(before, change) ? opposite(conversation) : {})),
  ),
  family(
    6,
    'waits-for-other',
    'changes nothing as long as the other participant has the flag set',
    ({ action, flag }) =>
      setting(action, (usual, call, conversation, user, change) => {
        const others = conversation.participants.filter((id) => id !== user.id);
        if (others.some((id) => call.behaviour.flagsOf(call, conversation, id)[flag])) return;
        usual(call, conversation, user, change);
      }),
    flagActions.filter(({ action }) => action.startsWith('un')),
  ),
].flat();

const single = faultsOf({
  'OZ-FLAG-2-COLOR': {
    'colour-leading-zero-lost': row('Change Color stores a number and writes it without leading zeros.').by(
      colouring((digits) => Number.parseInt(digits, 16).toString(16)),
    ),
    'colour-web-safe': row('Change Color stores the nearest of the 216 web-safe colours.').by(
      colouring((digits) =>
        digits.replace(/../g, (part) =>
          (Math.round(Number.parseInt(part, 16) / 51) * 51).toString(16).padStart(2, '0'),
        ),
      ),
    ),
  },
  'OZ-FLAG-2-FAVORITE': {
    'favorite-lost-at-message': row('A new message takes the conversation from the favourites.').by(
      instead('store', (usual, _call, conversation) => {
        for (const [id, flags] of conversation.flags) conversation.flags.set(id, { ...flags, isfavorite: false });
        return usual();
      }),
    ),
  },
  'OZ-FLAG-2-HIDE': {
    'hide-hideid-cut': row('Hide stores the first ten characters of the hideid.').by(
      answering('hide', (_before, { hideid = '' }) => ({ stored: { hideid: hideid.slice(0, 10) }, shown: { hideid } })),
    ),
  },
  'OZ-FLAG-2-MUTE': {
    'mute-of-station': row('A mute shows at the station alone at which it was set.').by((base) => {
      const stations = new Map<string, string | null>();
      const here = ({ request }: Call) => request.headers.get('Ozeki-Station');
      return {
        setFlags(call, conversation, user, change) {
          if (change.ismuted) stations.set(`${conversation.id} ${user.id}`, here(call));
          base.setFlags(call, conversation, user, change);
        },
        flagsOf(call, conversation, userId) {
          const own = base.flagsOf(call, conversation, userId);
          const station = stations.get(`${conversation.id} ${userId}`) ?? here(call);
          return call.caller?.id === userId && station !== here(call) ? { ...own, ismuted: false } : own;
        },
      };
    }),
    'mute-lost-at-login': row('Login forgets what the user has muted.').by(
      instead('openSession', (usual, { state }, { id }) => {
        for (const { flags } of state.conversations.values()) {
          const own = flags.get(id);
          if (own !== undefined) flags.set(id, { ...own, ismuted: false });
        }
        usual();
      }),
    ),
  },
  'OZ-FLAG-3-FAVORITE': {
    'flags-per-conversation': onAll('Flags are stored once for a conversation, and so for all who take part in it.').by(
      (base) => ({
        flagsOf: (call, conversation) => base.flagsOf(call, conversation, conversation.participants[0] ?? ''),
        setFlags(call, conversation, user, change) {
          const owner = call.state.users.get(conversation.participants[0] ?? '') ?? user;
          base.setFlags(call, conversation, owner, change);
        },
      }),
    ),
  },
  'OZ-FLAG-3-MUTE': {
    'mute-resets-colour-of-others': row('Mute gives the conversation its first colour for all other participants.').by(
      setting('mute', (usual, call, conversation, user, change) => {
        usual(call, conversation, user, change);
        for (const [id, flags] of conversation.flags)
          if (id !== user.id) conversation.flags.set(id, { ...flags, listitembackgroundcolor: '#ffffff' });
      }),
    ),
  },
  'OZ-FLAG-3-UNFAVORITE': {
    'unfavorite-last-of-all': row('Unfavorite by one who has no favourite takes it from another participant.').by(
      setting('unfavorite', (usual, call, conversation, user, change) => {
        const owners = [user.id, ...conversation.participants];
        const owner = owners.find((id) => call.behaviour.flagsOf(call, conversation, id).isfavorite);
        usual(call, conversation, call.state.users.get(owner ?? user.id) ?? user, change);
      }),
    ),
  },
  'OZ-FLAG-4-FAVORITE': {
    'favorite-one-only': row(
      'A user has one favourite: Favorite takes all other conversations from the favourites.',
    ).by(
      setting('favorite', (usual, call, conversation, user, change) => {
        for (const each of call.behaviour.conversationsOf(call, user))
          usual(call, each, user, each === conversation ? change : { isfavorite: false });
      }),
    ),
    'favorite-lastmessageid-lost': row('A favourite is listed without its lastmessageid.').by(
      everywhere(where(inConversation(''), isFavourite, set('/lastmessageid', ''))),
    ),
  },
  'OZ-FLAG-4-MUTE': {
    'flags-at-once-of-user': row('Of two flags that a user sets at the same time, one is lost.').by(
      taking((base) => ({
        setFlags(call, conversation, user, change) {
          const old = takenBy(call).flags.get(conversation.id)?.get(user.id);
          if (old !== undefined) conversation.flags.set(user.id, old);
          base.setFlags(call, conversation, user, change);
        },
      })),
    ),
    'mute-unhides': row('Mute shows a hidden conversation again.').by(changing('mute', () => ({ hideid: '' }))),
  },
  'OZ-FLAG-4-UNMUTE': {
    'unmute-lastmessageid-lost': row('Unmute empties lastmessageid until the next message.').by((base) => {
      const emptied = new Map<string, string>();
      return {
        setFlags(call, conversation, user, change) {
          base.setFlags(call, conversation, user, change);
          if (call.action === 'unmute')
            emptied.set(conversation.id, base.newest(call, conversation.messages)?.id ?? '');
        },
        showConversation(call, conversation, user) {
          const shown = base.showConversation(call, conversation, user);
          return shown.lastmessageid === emptied.get(conversation.id) ? { ...shown, lastmessageid: '' } : shown;
        },
      };
    }),
  },
  'OZ-FLAG-5-FAVORITE': {
    'favorite-twice-refused': row('Favorite is refused where the conversation is a favourite already.').by(
      changing('favorite', ({ isfavorite }) => {
        if (isfavorite) throw new Refusal('input', 'Duplicate entry for key favorite');
        return {};
      }),
    ),
  },
  'OZ-FLAG-5-HIDE': {
    'hide-appends': row('Hide appends the hideid to the one that is there.').by(
      changing('hide', (before, { hideid }) => ({ hideid: `${before.hideid}${hideid}` })),
    ),
  },
  'OZ-FLAG-6-UNFAVORITE': {
    'unfavorite-name-stays': row('Unfavorite leaves the caller in favoriteby.').by(
      nameStays('unfavorite', 'favoriteby'),
    ),
  },
  'OZ-FLAG-6-UNHIDE': {
    'unhide-separator-stays': row('Unhide takes the instance out of the hideid and leaves its semicolon.').by(
      changing('unhide', () => ({ hideid: ';' })),
    ),
  },
  'OZ-FLAG-6-UNMUTE': {
    'unmute-name-stays': row('Unmute leaves the caller in mutedby.').by(nameStays('unmute', 'mutedby')),
  },
});

/** The flag rows, each broken for each of its actions. */
export const flagFaults = [...families, ...single];

/** One fault of each of these actions, breaking the row of that number. */
function family(
  number: number,
  id: string,
  does: string | ((flag: FlagAction) => string),
  behave: (flag: FlagAction) => OzekiBehave,
  of = flagActions,
) {
  return of.flatMap((flag) => {
    const sentence = `${nameOf(flag.action)} ${typeof does === 'string' ? does : does(flag)}.`;
    return faultsOf({
      [`OZ-FLAG-${number}-${flag.suffix}`]: { [`${flag.name}-${id}`]: row(sentence).by(behave(flag)) },
    });
  });
}

/** Another way of carrying out one flag action; `usual` is the ordinary one. */
function setting(action: OzekiAction, set: (usual: SetFlags, ...given: Parameters<SetFlags>) => void): OzekiBehave {
  return instead('setFlags', (usual, ...given) => {
    if (given[0].action === action) set(usual, ...given);
    else usual();
  });
}

/** A flag action that changes something more, or something else. */
function changing(
  action: OzekiAction,
  more: (before: Flags, change: Partial<Flags>, conversation: Conversation) => Partial<Flags>,
): OzekiBehave {
  return setting(action, (usual, call, conversation, user, change) => {
    const before = call.behaviour.flagsOf(call, conversation, user.id);
    usual(call, conversation, user, { ...change, ...more(before, change, conversation) });
  });
}

/** Another colour than was sent, of six digits that are given without the `#`. */
function colouring(spoil: (digits: string) => string): OzekiBehave {
  return changing('setlistitembackgroundcolor', (_before, { listitembackgroundcolor = '#0' }) => ({
    listitembackgroundcolor: `#${spoil(listitembackgroundcolor.slice(1))}`,
  }));
}

/** Shows the caller other flags in the answer to one flag action than are stored. */
function answering(
  action: OzekiAction,
  decide: (before: Flags, change: Partial<Flags>) => { stored: Partial<Flags>; shown: Partial<Flags> },
): OzekiBehave {
  return (base) => {
    const shown = new WeakMap<Call, Partial<Flags>>();
    return {
      setFlags(call, conversation, user, change) {
        if (call.action !== action) return base.setFlags(call, conversation, user, change);
        const decided = decide(base.flagsOf(call, conversation, user.id), change);
        base.setFlags(call, conversation, user, decided.stored);
        shown.set(call, decided.shown);
      },
      flagsOf(call, conversation, userId) {
        const flags = base.flagsOf(call, conversation, userId);
        return userId === call.caller?.id ? { ...flags, ...shown.get(call) } : flags;
      },
    };
  };
}

/** Whether the change would leave these flags as they are. */
function isSet(flags: Flags, change: Partial<Flags>): boolean {
  return (Object.keys(change) as (keyof Flags)[]).every((member) => flags[member] === change[member]);
}

const FLAG_OF = { mutedby: 'ismuted', favoriteby: 'isfavorite' } as const;

/** Leaves the caller's name in the list of those who have set a flag, after it was unset. */
function nameStays(action: OzekiAction, list: keyof typeof FLAG_OF): OzekiBehave {
  return (base) => {
    const left = new Set<string>();
    return {
      setFlags(call, conversation, user, change) {
        const wasSet = base.flagsOf(call, conversation, user.id)[FLAG_OF[list]];
        if (call.action === action && wasSet) left.add(`${conversation.id} ${user.id}`);
        base.setFlags(call, conversation, user, change);
      },
      showConversation(call, conversation, user) {
        const shown = base.showConversation(call, conversation, user);
        const stay = conversation.participants.filter((id) => left.has(`${conversation.id} ${id}`));
        const names = stay.map((id) => call.behaviour.showUserId(call, id));
        return { ...shown, [list]: [...new Set([...(shown[list] as string[]), ...names])] };
      },
    };
  };
}

function isFavourite({ properties: [own] }: { properties: { isfavorite: boolean }[] }): boolean {
  return own?.isfavorite === true;
}
