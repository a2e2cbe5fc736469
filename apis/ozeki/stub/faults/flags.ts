import type { OzekiBehaviour } from '../behaviour/index.js';
import { type Call, type Conversation, type Flags, type OzekiAction, Refusal } from '../model.js';
import type { OzekiFault } from '../mutation.js';

/** A flag action, as the families of faults need it. */
interface FlagAction {
  action: OzekiAction;
  /** How ids of faults call it. */
  name: string;
  /** How ids of requirements call it. */
  suffix: string;
  page: string;
  /** The flag that it changes. */
  flag: keyof Flags;
  /** What the undoing action would set. */
  opposite(conversation: Conversation): Partial<Flags>;
  /** Another flag that a muddled statement would change with it. */
  spoils: Partial<Flags>;
  spoiled: string;
}

const ismuted = { flag: 'ismuted' } as const;
const isfavorite = { flag: 'isfavorite' } as const;
const hideid = { flag: 'hideid' } as const;

const flagActions: readonly FlagAction[] = [
  {
    ...isfavorite,
    action: 'favorite',
    name: 'favorite',
    suffix: 'FAVORITE',
    page: 'Favorite',
    opposite: () => ({ isfavorite: false }),
    spoils: { listitembackgroundcolor: '#ffffff' },
    spoiled: 'resets the colour',
  },
  {
    ...isfavorite,
    action: 'unfavorite',
    name: 'unfavorite',
    suffix: 'UNFAVORITE',
    page: 'Unfavorite',
    opposite: () => ({ isfavorite: true }),
    spoils: { ismuted: false },
    spoiled: 'unmutes the conversation',
  },
  {
    flag: 'listitembackgroundcolor',
    action: 'setlistitembackgroundcolor',
    name: 'colour',
    suffix: 'COLOR',
    page: 'Change Color',
    opposite: () => ({ listitembackgroundcolor: '#ffffff' }),
    spoils: { isfavorite: true },
    spoiled: 'makes the conversation a favourite',
  },
  {
    ...ismuted,
    action: 'mute',
    name: 'mute',
    suffix: 'MUTE',
    page: 'Mute',
    opposite: () => ({ ismuted: false }),
    spoils: { isfavorite: false },
    spoiled: 'takes the conversation from the favourites',
  },
  {
    ...ismuted,
    action: 'unmute',
    name: 'unmute',
    suffix: 'UNMUTE',
    page: 'Unmute',
    opposite: () => ({ ismuted: true }),
    spoils: { isfavorite: false },
    spoiled: 'takes the conversation from the favourites',
  },
  {
    ...hideid,
    action: 'hide',
    name: 'hide',
    suffix: 'HIDE',
    page: 'Hide',
    opposite: () => ({ hideid: '' }),
    spoils: { ismuted: true },
    spoiled: 'mutes the conversation',
  },
  {
    ...hideid,
    action: 'unhide',
    name: 'unhide',
    suffix: 'UNHIDE',
    page: 'Unhide',
    opposite: ({ instance }) => ({ hideid: `${instance};` }),
    spoils: { listitembackgroundcolor: '#ffffff' },
    spoiled: 'resets the colour',
  },
];

const undoing = flagActions.filter(({ action }) => action.startsWith('un'));

/** One fault of each of these actions, breaking the row of that number. */
function family(
  row: number,
  of: readonly FlagAction[],
  make: (flag: FlagAction) => { id: string; sentence: string; behave: OzekiFault['behave'] },
): OzekiFault[] {
  return of.map((flag) => ({
    api: 'ozeki',
    action: flag.action,
    requirement: `OZ-FLAG-${row}-${flag.suffix}`,
    ...make(flag),
  }));
}

type SetFlags = OzekiBehaviour['setFlags'];

/** Another way of carrying out one flag action; `usual` is the ordinary one. */
function setting(
  action: OzekiAction,
  set: (usual: SetFlags, ...args: Parameters<SetFlags>) => void,
): OzekiFault['behave'] {
  return (base) => ({
    setFlags(...args) {
      if (args[0].action === action) set(base.setFlags, ...args);
      else base.setFlags(...args);
    },
  });
}

/** Shows the caller other flags in the answer to one flag action than are stored. */
function answering(
  action: OzekiAction,
  decide: (before: Flags, change: Partial<Flags>) => { stored: Partial<Flags>; shown: Partial<Flags> },
): OzekiFault['behave'] {
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

/** Leaves the caller's name in the list of those who have set a flag, after it was unset. */
function nameStays(action: OzekiAction, list: 'mutedby' | 'favoriteby'): OzekiFault['behave'] {
  return (base) => {
    const left = new Set<string>();
    return {
      setFlags(call, conversation, user, change) {
        if (call.action === action && base.flagsOf(call, conversation, user.id)[FLAG_OF[list]]) {
          left.add(`${conversation.id} ${user.id}`);
        }
        base.setFlags(call, conversation, user, change);
      },
      showConversation(call, conversation, user) {
        const shown = base.showConversation(call, conversation, user);
        const names = shown[list] as string[];
        const stay = conversation.participants
          .filter((id) => left.has(`${conversation.id} ${id}`))
          .map((id) => call.behaviour.showUserId(call, id));
        return { ...shown, [list]: [...new Set([...names, ...stay])] };
      },
    };
  };
}

const FLAG_OF = { mutedby: 'ismuted', favoriteby: 'isfavorite' } as const;

const families: readonly OzekiFault[] = [
  ...family(1, flagActions, ({ action, name, page, flag }) => ({
    id: `ozeki-${name}-answer-before`,
    sentence: `${page} answers the conversation as it was before, and a later List shows the change.`,
    behave: answering(action, (before, change) => ({ stored: change, shown: { [flag]: before[flag] } })),
  })),
  ...family(2, flagActions, ({ action, name, page }) => ({
    id: `ozeki-${name}-answer-only`,
    sentence: `${page} shows the change in its answer and stores nothing.`,
    behave: answering(action, (_before, change) => ({ stored: {}, shown: change })),
  })),
  ...family(3, flagActions, ({ action, name, page }) => ({
    id: `ozeki-${name}-for-all`,
    sentence: `${page} changes the flag of the other participants too.`,
    behave: setting(action, (usual, call, conversation, user, change) => {
      usual(call, conversation, user, change);
      for (const id of conversation.participants) {
        conversation.flags.set(id, { ...call.behaviour.flagsOf(call, conversation, id), ...change });
      }
    }),
  })),
  ...family(4, flagActions, ({ action, name, page }) => ({
    id: `ozeki-${name}-everywhere`,
    sentence: `${page} changes the flag in all conversations of the caller.`,
    behave: setting(action, (usual, call, _conversation, user, change) => {
      for (const each of call.behaviour.conversationsOf(call, user)) usual(call, each, user, change);
    }),
  })),
  ...family(4, flagActions, ({ action, name, page, spoils, spoiled }) => ({
    id: `ozeki-${name}-spoils-another`,
    sentence: `${page} also ${spoiled}.`,
    behave: setting(action, (usual, call, conversation, user, change) =>
      usual(call, conversation, user, { ...change, ...spoils }),
    ),
  })),
  ...family(5, flagActions, ({ action, name, page, opposite }) => ({
    id: `ozeki-${name}-toggles`,
    sentence: `${page} undoes itself when it is done twice.`,
    behave: setting(action, (usual, call, conversation, user, change) => {
      const already = isSet(call.behaviour.flagsOf(call, conversation, user.id), change);
      usual(call, conversation, user, already ? opposite(conversation) : change);
    }),
  })),
  ...family(6, undoing, ({ action, name, page, flag }) => ({
    id: `ozeki-${name}-waits-for-other`,
    sentence: `${page} changes nothing as long as the other participant has the flag set.`,
    behave: setting(action, (usual, call, conversation, user, change) => {
      const others = conversation.participants.filter((id) => id !== user.id);
      if (others.some((id) => call.behaviour.flagsOf(call, conversation, id)[flag])) return;
      usual(call, conversation, user, change);
    }),
  })),
];

const single: readonly OzekiFault[] = [
  {
    id: 'ozeki-unmute-name-stays',
    api: 'ozeki',
    action: 'unmute',
    requirement: 'OZ-FLAG-6-UNMUTE',
    sentence: 'Unmute leaves the caller in mutedby.',
    behave: nameStays('unmute', 'mutedby'),
  },
  {
    id: 'ozeki-unfavorite-name-stays',
    api: 'ozeki',
    action: 'unfavorite',
    requirement: 'OZ-FLAG-6-UNFAVORITE',
    sentence: 'Unfavorite leaves the caller in favoriteby.',
    behave: nameStays('unfavorite', 'favoriteby'),
  },
  {
    id: 'ozeki-unhide-separator-stays',
    api: 'ozeki',
    action: 'unhide',
    requirement: 'OZ-FLAG-6-UNHIDE',
    sentence: 'Unhide takes the instance out of the hideid and leaves its semicolon.',
    behave: setting('unhide', (usual, call, conversation, user) => usual(call, conversation, user, { hideid: ';' })),
  },
  {
    id: 'ozeki-flags-per-conversation',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-FLAG-3-FAVORITE',
    sentence: 'Flags are stored once for a conversation, and so for all who take part in it.',
    behave: (base) => ({
      flagsOf: (call, conversation) => base.flagsOf(call, conversation, conversation.participants[0] ?? ''),
      setFlags(call, conversation, user, change) {
        const owner = call.state.users.get(conversation.participants[0] ?? '') ?? user;
        base.setFlags(call, conversation, owner, change);
      },
    }),
  },
  {
    id: 'ozeki-mute-unhides',
    api: 'ozeki',
    action: 'mute',
    requirement: 'OZ-FLAG-4-MUTE',
    sentence: 'Mute shows a hidden conversation again.',
    behave: setting('mute', (usual, call, conversation, user, change) =>
      usual(call, conversation, user, { ...change, hideid: '' }),
    ),
  },
  {
    id: 'ozeki-favorite-one-only',
    api: 'ozeki',
    action: 'favorite',
    requirement: 'OZ-FLAG-4-FAVORITE',
    sentence: 'A user has one favourite: Favorite takes all other conversations from the favourites.',
    behave: setting('favorite', (usual, call, conversation, user, change) => {
      for (const each of call.behaviour.conversationsOf(call, user)) {
        usual(call, each, user, each === conversation ? change : { isfavorite: false });
      }
    }),
  },
  {
    id: 'ozeki-mute-lost-at-login',
    api: 'ozeki',
    action: 'mute',
    requirement: 'OZ-FLAG-2-MUTE',
    sentence: 'Login forgets what the user has muted.',
    behave: (base) => ({
      openSession(call, user, station) {
        for (const conversation of call.state.conversations.values()) {
          const flags = conversation.flags.get(user.id);
          if (flags !== undefined) conversation.flags.set(user.id, { ...flags, ismuted: false });
        }
        base.openSession(call, user, station);
      },
    }),
  },
  {
    id: 'ozeki-favorite-lost-at-message',
    api: 'ozeki',
    action: 'favorite',
    requirement: 'OZ-FLAG-2-FAVORITE',
    sentence: 'A new message takes the conversation from the favourites.',
    behave: (base) => ({
      store(call, conversation, sender, upload) {
        for (const [id, flags] of conversation.flags) conversation.flags.set(id, { ...flags, isfavorite: false });
        return base.store(call, conversation, sender, upload);
      },
    }),
  },
  {
    id: 'ozeki-mute-resets-colour-of-others',
    api: 'ozeki',
    action: 'mute',
    requirement: 'OZ-FLAG-3-MUTE',
    sentence: 'Mute gives the conversation its first colour for all other participants.',
    behave: setting('mute', (usual, call, conversation, user, change) => {
      usual(call, conversation, user, change);
      for (const [id, flags] of conversation.flags)
        if (id !== user.id) conversation.flags.set(id, { ...flags, listitembackgroundcolor: '#ffffff' });
    }),
  },
  {
    id: 'ozeki-unfavorite-last-of-all',
    api: 'ozeki',
    action: 'unfavorite',
    requirement: 'OZ-FLAG-3-UNFAVORITE',
    sentence: 'Unfavorite by one who has no favourite takes it from another participant.',
    behave: setting('unfavorite', (usual, call, conversation, user, change) => {
      const owner = call.behaviour.flagsOf(call, conversation, user.id).isfavorite
        ? user.id
        : conversation.participants.find((id) => call.behaviour.flagsOf(call, conversation, id).isfavorite);
      const other = call.state.users.get(owner ?? user.id) ?? user;
      usual(call, conversation, other, change);
    }),
  },
  {
    id: 'ozeki-favorite-lastmessageid-lost',
    api: 'ozeki',
    action: 'favorite',
    requirement: 'OZ-FLAG-4-FAVORITE',
    sentence: 'A favourite is listed without its lastmessageid.',
    behave: (base) => ({
      showConversation: (call, conversation, user) => ({
        ...base.showConversation(call, conversation, user),
        ...(base.flagsOf(call, conversation, user.id).isfavorite ? { lastmessageid: '' } : {}),
      }),
    }),
  },
  {
    id: 'ozeki-unmute-lastmessageid-lost',
    api: 'ozeki',
    action: 'unmute',
    requirement: 'OZ-FLAG-4-UNMUTE',
    sentence: 'Unmute empties lastmessageid until the next message.',
    behave(base) {
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
    },
  },
  {
    id: 'ozeki-colour-leading-zero-lost',
    api: 'ozeki',
    action: 'setlistitembackgroundcolor',
    requirement: 'OZ-FLAG-2-COLOR',
    sentence: 'Change Color stores a number and writes it without leading zeros.',
    behave: setting('setlistitembackgroundcolor', (usual, call, conversation, user, change) => {
      const colour = Number.parseInt((change.listitembackgroundcolor ?? '#0').slice(1), 16);
      usual(call, conversation, user, { listitembackgroundcolor: `#${colour.toString(16)}` });
    }),
  },
  {
    id: 'ozeki-favorite-twice-refused',
    api: 'ozeki',
    action: 'favorite',
    requirement: 'OZ-FLAG-5-FAVORITE',
    sentence: 'Favorite is refused where the conversation is a favourite already.',
    behave: setting('favorite', (usual, call, conversation, user, change) => {
      if (call.behaviour.flagsOf(call, conversation, user.id).isfavorite) {
        throw new Refusal('input', 'Duplicate entry for key favorite');
      }
      usual(call, conversation, user, change);
    }),
  },
  {
    id: 'ozeki-hide-appends',
    api: 'ozeki',
    action: 'hide',
    requirement: 'OZ-FLAG-5-HIDE',
    sentence: 'Hide appends the hideid to the one that is there.',
    behave: setting('hide', (usual, call, conversation, user, change) => {
      const before = call.behaviour.flagsOf(call, conversation, user.id).hideid;
      usual(call, conversation, user, { hideid: `${before}${change.hideid}` });
    }),
  },
  {
    id: 'ozeki-hide-hideid-cut',
    api: 'ozeki',
    action: 'hide',
    requirement: 'OZ-FLAG-2-HIDE',
    sentence: 'Hide stores the first ten characters of the hideid.',
    behave: answering('hide', (_before, change) => ({
      stored: { hideid: change.hideid?.slice(0, 10) ?? '' },
      shown: change,
    })),
  },
  {
    id: 'ozeki-colour-web-safe',
    api: 'ozeki',
    action: 'setlistitembackgroundcolor',
    requirement: 'OZ-FLAG-2-COLOR',
    sentence: 'Change Color stores the nearest of the 216 web-safe colours.',
    behave: setting('setlistitembackgroundcolor', (usual, call, conversation, user, change) => {
      const colour = (change.listitembackgroundcolor ?? '').replace(/[0-9a-f]{2}/gi, (part) =>
        (Math.round(Number.parseInt(part, 16) / 51) * 51).toString(16).padStart(2, '0'),
      );
      usual(call, conversation, user, { listitembackgroundcolor: colour });
    }),
  },
];

/** The flag rows, each broken for each of its actions. */
export const flagFaults: readonly OzekiFault[] = [...families, ...single];
