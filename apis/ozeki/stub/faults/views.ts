import type { Table } from '../../../../src/stub/rows.js';
import type { Call, OzekiBehaviour } from '../call.js';
import type { Conversation, Message } from '../model.js';
import {
  faultsOf,
  instead,
  nameOf,
  type OzekiBehave,
  on,
  othersOf,
  row,
  secondsNow,
  seen,
  skip,
  together,
} from '../rows.js';
import { type FlagAction, flagActions } from './flags.js';

/** Is this taken from what the viewer sees? */
type IsTaken = (conversation: Conversation, viewer: string) => boolean;

/** What can be taken from each view. */
const TAKEN_FROM = {
  download: (isTaken: IsTaken) => newestTakenFrom('download', isTaken),
  downloadpartial: (isTaken: IsTaken) => newestTakenFrom('downloadpartial', isTaken),
  list: (isTaken: IsTaken) =>
    instead('conversationsOf', (usual, { action }, { id }) =>
      usual().filter((conversation) => action !== 'list' || !isTaken(conversation, id)),
    ),
  blocklist: (isTaken: IsTaken) =>
    instead('showBlocked', (usual, { state }, { id }) => {
      const taken = [...state.conversations.values()].filter((conversation) => isTaken(conversation, id));
      const shown = usual();
      const left = (shown.blockedconversations as string[]).filter(
        (blocked) => !taken.some((one) => one.id === blocked),
      );
      return { ...shown, blockedconversations: left };
    }),
  notification: (isTaken: IsTaken) =>
    instead('notify', (usual, call, list, id, userIds) => {
      const conversation = call.state.conversations.get(id);
      const told = userIds.filter((user) => conversation === undefined || !isTaken(conversation, user));
      usual(call, list, id, told);
    }),
  friends: (isTaken: IsTaken) =>
    instead('friendsOf', (usual, { state }, user) => {
      const taken = [...state.conversations.values()].filter((conversation) => isTaken(conversation, user.id));
      return usual().filter((friend) => !taken.some(({ participants }) => participants.includes(friend.id)));
    }),
};

type View = keyof typeof TAKEN_FROM;

const VIEWS = Object.keys(TAKEN_FROM) as View[];

/** Whose view of the conversation it is: that of the one who changes the flag, or of the other participant. */
const WHOSE = { own: "the caller's", others: "the other participant's" } as const;

type Whose = keyof typeof WHOSE;

/** What a flag action takes from each view. */
const TAKEN_BY_FLAG: Record<View, (whose: Whose) => string> = {
  download: (whose) => `the newest message from ${WHOSE[whose]} Download`,
  downloadpartial: (whose) => `the newest message from ${WHOSE[whose]} Partial download`,
  list: (whose) => `the conversation from ${WHOSE[whose]} List`,
  blocklist: (whose) => `the conversation from ${WHOSE[whose]} Blocklist`,
  notification: (whose) => `changes of the conversation from ${WHOSE[whose]} Notification`,
  friends: (whose) => `the partner from ${WHOSE[whose]} Friends / List`,
};

/** The requirement that is broken where a flag action takes something from a view. */
function brokenBy({ suffix }: FlagAction, view: View, whose: Whose): string {
  if (view === 'blocklist') return 'OZ-BLOCK-1';
  if (view === 'notification') return 'OZ-NOTIF-2';
  if (view === 'list') return `OZ-FLAG-${whose === 'own' ? 2 : 3}-${suffix}`;
  return `OZ-FLAG-4-${suffix}`;
}

/** What is legal, or what the action is for: it is open whether a muted or hidden conversation stays in these views of the caller. */
const MAY_TAKE = ['mute own notification', 'hide own notification', 'hide own list', 'hide own blocklist'];
const MUST_TAKE = ['unhide own blocklist'];

const takenByFlags = flagActions.flatMap((flag) =>
  VIEWS.flatMap((view) =>
    (Object.keys(WHOSE) as Whose[])
      .filter((whose) => ![...MAY_TAKE, ...MUST_TAKE].includes(`${flag.name} ${whose} ${view}`))
      .flatMap((whose) => {
        const sentence = `${nameOf(flag.action)} takes ${TAKEN_BY_FLAG[view](whose)}.`;
        const id = `${flag.name}-takes-from-${whose}-${view}`;
        const fault = on[flag.action](sentence).by(takingByFlag(flag, view, whose));
        return faultsOf({ [brokenBy(flag, view, whose)]: { [id]: fault } });
      }),
  ),
);

/** What Clear takes from each view of the caller. Nobody but third parties could make a notice of another conversation. */
const TAKEN_BY_CLEAR: Partial<Record<View, string>> = {
  download: "the newest message of the caller's other conversations from Download",
  downloadpartial: "the newest message of the caller's other conversations from Partial download",
  list: "the caller's other conversations from List",
  blocklist: "the caller's other conversations from Blocklist",
  friends: 'those with whom the caller shares other conversations from Friends / List',
};

const takenByClear = (Object.entries(TAKEN_BY_CLEAR) as [View, string][]).flatMap(([view, words]) =>
  faultsOf({
    [view === 'blocklist' ? 'OZ-BLOCK-1' : 'OZ-CLEAR-3']: {
      [`clear-takes-from-${view}`]: on.clear(`Clear takes ${words}.`).by(takingByClear(view)),
    },
  }),
);

/** By what a careless server may tell messages apart, and what it then shows otherwise. */
interface Attribute {
  /** Which messages: "messages ...". */
  words: string;
  isOf(message: Message, call: Call): boolean;
  /** How such messages are shown: "... as valid for another week". */
  changed: string;
  change(message: Message, call: Call): Partial<Message>;
}

const WEEK = 7 * 24 * 60 * 60;
const LARGE = 10_000;

const ATTRIBUTES: Record<string, Attribute> = {
  expired: {
    words: 'whose ValidUntil has passed',
    isOf: ({ validUntil }, call) => validUntil < secondsNow(call),
    changed: 'as valid for another week',
    change: (_message, call) => ({ validUntil: secondsNow(call) + WEEK }),
  },
  typed: {
    words: 'of another Type than "Message"',
    isOf: ({ type }) => type !== 'Message',
    changed: 'as a "Message"',
    change: () => ({ type: 'Message' }),
  },
  own: {
    words: 'that the caller has sent',
    isOf: ({ from }, { caller }) => from === caller?.id,
    changed: 'without their Data',
    change: () => ({ data: '' }),
  },
  received: {
    words: 'that somebody else has sent',
    isOf: ({ from }, { caller }) => from !== caller?.id,
    changed: 'without their Data',
    change: () => ({ data: '' }),
  },
  large: {
    words: `of more than ${LARGE} characters of Data`,
    isOf: ({ data }) => data.length > LARGE,
    changed: 'cut',
    change: ({ data }) => ({ data: data.slice(0, LARGE) }),
  },
  empty: {
    words: 'with empty Data',
    isOf: ({ data }) => data === '',
    changed: 'as if it said null',
    change: () => ({ data: 'null' }),
  },
  old: {
    words: 'that were Created more than an hour ago',
    isOf: ({ created }, call) => created < secondsNow(call) - 3600,
    changed: 'as Created now',
    change: (_message, call) => ({ created: secondsNow(call) }),
  },
};

/** What other rows have already, or what cannot be: whoever adds a message is its sender. */
const KNOWN = [
  ...['download-without-expired', 'download-without-received', 'pages-without-own'],
  ...['lastmessageid-not-of-own', 'lastmessageid-not-of-received'],
  ...['notification-not-of-own', 'notification-not-of-received'],
];

/** Each attribute times each view. */
const byAttribute = Object.entries(ATTRIBUTES).flatMap(([name, { words, isOf, changed, change }]) => {
  const table: Table<OzekiBehaviour, Call> = {
    'OZ-ADD-3': {
      [`download-without-${name}`]: on
        .download(`Download leaves out messages ${words}.`)
        .by(seen('download', without(isOf))),
      [`download-changes-${name}`]: on
        .download(`Download shows messages ${words} ${changed}.`)
        .by(shownOtherwise('download', isOf, change)),
      [`pages-without-${name}`]: on
        .downloadpartial(`Partial download leaves out messages ${words}.`)
        .by(seen('downloadpartial', without(isOf))),
      [`pages-change-${name}`]: on
        .downloadpartial(`Partial download shows messages ${words} ${changed}.`)
        .by(shownOtherwise('downloadpartial', isOf, change)),
    },
    'OZ-ADD-4': {
      [`lastmessageid-not-of-${name}`]: on
        .list(`The lastmessageid of List passes over messages ${words}.`)
        .by(seen('list', without(isOf))),
    },
    'OZ-NOTIF-2': {
      [`notification-not-of-${name}`]: row(`Nobody is notified of messages ${words}.`).by(untold(isOf)),
    },
  };
  return faultsOf(table).filter(({ id }) => !KNOWN.includes(id.replace('ozeki-', '')));
});

/** Faults by which something is taken from a view that it does not belong to, or looks otherwise in one view. */
export const viewFaults = [...takenByFlags, ...takenByClear, ...byAttribute];

function newestTakenFrom(action: 'download' | 'downloadpartial', isTaken: IsTaken): OzekiBehave {
  return instead('messagesOf', (usual, call, conversation) =>
    call.action === action && call.caller && isTaken(conversation, call.caller.id) ? usual().slice(0, -1) : usual(),
  );
}

/** Until the action that undoes it. */
function takingByFlag({ action }: FlagAction, view: View, whose: Whose): OzekiBehave {
  return (base) => {
    const by = new Map<Conversation, Set<string>>();
    const undoing = action.startsWith('un') ? action.slice(2) : `un${action}`;
    return together(
      instead('setFlags', (usual, call, conversation, { id }) => {
        usual();
        const users = by.get(conversation) ?? new Set();
        if (call.action === action) by.set(conversation, users.add(id));
        if (call.action === undoing) users.delete(id);
      }),
      TAKEN_FROM[view]((conversation, viewer) =>
        [...(by.get(conversation) ?? [])].some((user) => (user === viewer) === (whose === 'own')),
      ),
    )(base);
  };
}

function takingByClear(view: View): OzekiBehave {
  return (base) => {
    const taken = new Set<string>();
    return together(
      instead('clear', (usual, call, conversation, user) => {
        usual();
        for (const other of othersOf(call, conversation, user)) taken.add(`${other.id} ${user.id}`);
      }),
      TAKEN_FROM[view](({ id }, viewer) => taken.has(`${id} ${viewer}`)),
    )(base);
  };
}

function shownOtherwise(
  action: 'download' | 'downloadpartial',
  isOf: Attribute['isOf'],
  members: Attribute['change'],
): OzekiBehave {
  return instead('showMessage', (usual, call, message) =>
    call.action === action && isOf(message, call) ? usual(call, { ...message, ...members(message, call) }) : usual(),
  );
}

/** Nobody is notified when such a message is added. */
function untold(isOf: Attribute['isOf']): OzekiBehave {
  return (base) => {
    const silent = new WeakSet<Call>();
    return together(
      instead('store', (usual, call, _conversation, sender, upload) => {
        if (isOf({ ...upload, from: sender.id, arrival: 0 }, call)) silent.add(call);
        return usual();
      }),
      skip('notify', (call) => silent.has(call)),
    )(base);
  };
}

function without(isOf: Attribute['isOf']): Attribute['isOf'] {
  return (message, call) => !isOf(message, call);
}
