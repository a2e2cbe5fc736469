import { type Call, type Conversation, type Flags, type Message, Refusal, type User } from '../model.js';
import type { OzekiFault } from '../mutation.js';

type Told = Pick<OzekiFault, 'id' | 'requirement' | 'sentence'>;

/** A fault in how Clear is carried out; `usual` carries it out in full. */
function clearFault(
  told: Told,
  clear: (usual: () => void, call: Call, conversation: Conversation, user: User) => void,
): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action: 'clear',
    behave: (base) => ({
      clear: (call, conversation, user) => clear(() => base.clear(call, conversation, user), call, conversation, user),
    }),
  };
}

/** What was cleared, with who did it. */
interface Cleared {
  by: string;
  messages: Message[];
}

/** A fault by which some still see what was cleared. */
function unclearedFault(told: Told, sees: (call: Call, cleared: Cleared) => boolean): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action: 'clear',
    behave(base) {
      const kept = new Map<string, Cleared>();
      return {
        clear(call, conversation, user) {
          kept.set(conversation.id, { by: user.id, messages: conversation.messages });
          base.clear(call, conversation, user);
        },
        messagesOf(call, conversation) {
          const present = base.messagesOf(call, conversation);
          const cleared = kept.get(conversation.id);
          return cleared !== undefined && sees(call, cleared) ? [...cleared.messages, ...present] : present;
        },
      };
    },
  };
}

/** The other conversations of a user. */
export function othersOf(call: Call, conversation: Conversation, user: User): Conversation[] {
  return call.behaviour.conversationsOf(call, user).filter((other) => other !== conversation);
}

/** A fault by which Clear changes the flags of some participants. */
function clearResetsFault(
  told: Told,
  whose: (id: string, caller: User) => boolean,
  change: Partial<Flags>,
): OzekiFault {
  return clearFault(told, (usual, call, conversation, user) => {
    usual();
    for (const id of conversation.participants.filter((each) => whose(each, user))) {
      conversation.flags.set(id, { ...call.behaviour.flagsOf(call, conversation, id), ...change });
    }
  });
}

/** Faults of Clear. */
export const clearFaults: readonly OzekiFault[] = [
  clearFault(
    {
      id: 'ozeki-clear-a-hundred-at-a-time',
      requirement: 'OZ-CLEAR-1',
      sentence: 'Clear removes the oldest hundred messages.',
    },
    (usual, _call, conversation) => {
      const kept = conversation.messages.slice(100);
      usual();
      conversation.messages = kept;
    },
  ),
  {
    id: 'ozeki-clear-instance-changes-once',
    api: 'ozeki',
    action: 'clear',
    requirement: 'OZ-CLEAR-4',
    sentence: 'The instance changes with the first clear of a conversation, and with no later one.',
    behave: (base) => ({
      newInstance: (call, conversation) =>
        conversation.clears > 1 ? conversation.instance : base.newInstance(call, conversation),
    }),
  },
  clearFault(
    {
      id: 'ozeki-clear-expired-stay',
      requirement: 'OZ-CLEAR-1',
      sentence: 'Clear removes the messages that are still valid.',
    },
    (usual, call, conversation) => {
      const kept = conversation.messages.filter(({ validUntil }) => validUntil * 1000 < call.behaviour.now(call));
      usual();
      conversation.messages = kept;
    },
  ),
  {
    id: 'ozeki-clear-kept-under-old-instance',
    api: 'ozeki',
    action: 'clear',
    requirement: 'OZ-CLEAR-1',
    sentence: 'Who names the instance from before a clear still gets the messages from before it.',
    behave(base) {
      const kept = new Map<unknown, Message[]>();
      return {
        clear(call, conversation, user) {
          kept.set(conversation.instance, conversation.messages);
          base.clear(call, conversation, user);
        },
        messagesOf: (call, conversation) => kept.get(call.body.instance) ?? base.messagesOf(call, conversation),
      };
    },
  },
  {
    id: 'ozeki-clear-lastmessageid-stays-in-list',
    api: 'ozeki',
    action: 'clear',
    requirement: 'OZ-CLEAR-2',
    sentence: 'After a clear List shows the lastmessageid from before it.',
    behave(base) {
      const stale = new Map<string, string>();
      return {
        clear(call, conversation, user) {
          const newest = base.newest(call, conversation.messages);
          if (newest !== undefined) stale.set(conversation.id, newest.id);
          base.clear(call, conversation, user);
        },
        showConversation(call, conversation, user) {
          const shown = base.showConversation(call, conversation, user);
          const isStale = call.action === 'list' && shown.lastmessageid === '';
          return isStale ? { ...shown, lastmessageid: stale.get(conversation.id) ?? '' } : shown;
        },
      };
    },
  },
  unclearedFault(
    {
      id: 'ozeki-clear-for-caller-only',
      requirement: 'OZ-CLEAR-1',
      sentence: 'After a clear, the other participants can still download the messages.',
    },
    (call, { by }) => call.caller?.id !== by,
  ),
  unclearedFault(
    {
      id: 'ozeki-clear-for-others-only',
      requirement: 'OZ-CLEAR-1',
      sentence: 'After a clear, whoever cleared can still download the messages.',
    },
    (call, { by }) => call.caller?.id === by && (call.action === 'download' || call.action === 'downloadpartial'),
  ),
  unclearedFault(
    {
      id: 'ozeki-clear-not-in-download',
      requirement: 'OZ-CLEAR-1',
      sentence: 'Download still gives what was cleared, and Partial download does not.',
    },
    ({ action }) => action === 'download',
  ),
  unclearedFault(
    {
      id: 'ozeki-clear-not-in-pages',
      requirement: 'OZ-CLEAR-1',
      sentence: 'Partial download still gives what was cleared, and Download does not.',
    },
    ({ action }) => action === 'downloadpartial',
  ),
  unclearedFault(
    {
      id: 'ozeki-clear-not-behind-cursor',
      requirement: 'OZ-CLEAR-1',
      sentence: 'Partial download with the ID of a cleared message as its cursor gives the cleared messages before it.',
    },
    ({ action, body }, { messages }) =>
      action === 'downloadpartial' && messages.some(({ id }) => id === body.lastmessageid),
  ),
  unclearedFault(
    {
      id: 'ozeki-clear-undone-by-add',
      requirement: 'OZ-CLEAR-1',
      sentence: 'Cleared messages come back with the next message that is added.',
    },
    ({ action, conversation }) =>
      (action === 'download' || action === 'downloadpartial') && (conversation?.messages.length ?? 0) > 0,
  ),
  clearFault(
    {
      id: 'ozeki-clear-own-only',
      requirement: 'OZ-CLEAR-1',
      sentence: 'Clear takes away what the caller has sent, and leaves what the others have.',
    },
    (usual, _call, conversation, user) => {
      const others = conversation.messages.filter(({ from }) => from !== user.id);
      usual();
      conversation.messages = others;
    },
  ),
  clearFault(
    {
      id: 'ozeki-clear-newest-stays',
      requirement: 'OZ-CLEAR-1',
      sentence: 'Clear leaves the newest message.',
    },
    (usual, _call, conversation) => {
      const newest = conversation.messages.slice(-1);
      usual();
      conversation.messages = newest;
    },
  ),
  clearFault(
    {
      id: 'ozeki-clear-fifty-at-a-time',
      requirement: 'OZ-CLEAR-1',
      sentence: 'Clear takes the oldest fifty messages away and leaves the others.',
    },
    (usual, _call, conversation) => {
      const later = conversation.messages.slice(50);
      usual();
      conversation.messages = later;
    },
  ),
  ...(['message', 'report'] as const).map((kind): OzekiFault => {
    const note = `ozeki-clear-last${kind}id-stays`;
    return {
      id: note,
      api: 'ozeki',
      action: 'clear',
      requirement: 'OZ-CLEAR-2',
      sentence: `Clear answers the last${kind}id from before.`,
      behave: (base) => ({
        clear(call, conversation, user) {
          call.state.notes.set(note, base.newest(call, conversation[`${kind}s`])?.id ?? '');
          base.clear(call, conversation, user);
        },
        showConversation(call, conversation, user) {
          const shown = base.showConversation(call, conversation, user);
          return call.action === 'clear' ? { ...shown, [`last${kind}id`]: call.state.notes.get(note) } : shown;
        },
      }),
    };
  }),
  clearFault(
    {
      id: 'ozeki-clear-all-of-caller',
      requirement: 'OZ-CLEAR-3',
      sentence: 'Clear empties all conversations of the caller.',
    },
    (usual, call, conversation, user) => {
      usual();
      for (const other of othersOf(call, conversation, user)) other.messages = [];
    },
  ),
  clearFault(
    {
      id: 'ozeki-clear-sent-everywhere',
      requirement: 'OZ-CLEAR-3',
      sentence: 'Clear takes what the caller has sent away from all conversations of the caller.',
    },
    (usual, call, conversation, user) => {
      usual();
      for (const other of othersOf(call, conversation, user)) {
        other.messages = other.messages.filter(({ from }) => from !== user.id);
      }
    },
  ),
  clearFault(
    {
      id: 'ozeki-clear-partners-too',
      requirement: 'OZ-CLEAR-3',
      sentence: 'Clear empties the other conversations of the other participants.',
    },
    (usual, call, conversation, user) => {
      usual();
      for (const id of conversation.participants) {
        const partner = call.state.users.get(id);
        if (partner === undefined || partner === user) continue;
        for (const other of othersOf(call, conversation, partner)) other.messages = [];
      }
    },
  ),
  {
    id: 'ozeki-clear-instance-stays',
    api: 'ozeki',
    action: 'clear',
    requirement: 'OZ-CLEAR-4',
    sentence: 'Clear keeps the instance of the conversation.',
    behave: () => ({ newInstance: (_call, { instance }) => instance }),
  },
  {
    id: 'ozeki-clear-instance-stays-in-list',
    api: 'ozeki',
    action: 'clear',
    requirement: 'OZ-CLEAR-4',
    sentence: 'Clear answers a new instance, and List shows the old one.',
    behave(base) {
      const before = new Map<string, string>();
      return {
        clear(call, conversation, user) {
          before.set(conversation.id, conversation.instance);
          base.clear(call, conversation, user);
        },
        showConversation(call, conversation, user) {
          const shown = base.showConversation(call, conversation, user);
          return call.action === 'list' ? { ...shown, instance: before.get(conversation.id) ?? shown.instance } : shown;
        },
      };
    },
  },
  clearResetsFault(
    {
      id: 'ozeki-clear-resets-flags',
      requirement: 'OZ-CLEAR-4',
      sentence: 'Clear unmutes the conversation for the caller and takes it from the favourites.',
    },
    (id, caller) => id === caller.id,
    { ismuted: false, isfavorite: false },
  ),
  clearResetsFault(
    {
      id: 'ozeki-clear-resets-flags-of-other',
      requirement: 'OZ-CLEAR-4',
      sentence: 'Clear unmutes the conversation for the other participants.',
    },
    (id, caller) => id !== caller.id,
    { ismuted: false, isfavorite: false },
  ),
  clearResetsFault(
    {
      id: 'ozeki-clear-resets-colour',
      requirement: 'OZ-CLEAR-4',
      sentence: 'Clear resets the colour of the conversation for the caller.',
    },
    (id, caller) => id === caller.id,
    { listitembackgroundcolor: '#ffffff' },
  ),
  clearFault(
    {
      id: 'ozeki-clear-lastaccess-zero',
      requirement: 'OZ-CLEAR-4',
      sentence: 'Clear sets lastaccess to 0.',
    },
    (usual, _call, conversation) => {
      usual();
      conversation.lastAccess = 0;
    },
  ),
  clearFault(
    {
      id: 'ozeki-clear-lastaccess-now',
      requirement: 'OZ-CLEAR-4',
      sentence: 'Clear sets lastaccess to the time of the clear.',
    },
    (usual, call, conversation) => {
      usual();
      conversation.lastAccess = Math.floor(call.behaviour.now(call) / 1000);
    },
  ),
  clearFault(
    {
      id: 'ozeki-clear-empty-refused',
      requirement: 'OZ-CLEAR-5',
      sentence: 'Clear of a conversation without messages is refused.',
    },
    (usual, _call, conversation) => {
      if (conversation.messages.length === 0) throw new Refusal('input', 'There is nothing to clear');
      usual();
    },
  ),
];
