import type { Call } from '../call.js';
import { type Conversation, type Flags, type Message, Refusal, type User } from '../model.js';
import { faultsOf, instead, type OzekiBehave, othersOf, row, secondsNow } from '../rows.js';

/** What was cleared, with who did it. */
interface Cleared {
  by: string;
  messages: Message[];
}

/** Faults of Clear. */
export const clearFaults = faultsOf({
  'OZ-CLEAR-1': {
    'clear-a-hundred-at-a-time': row('Clear removes the oldest hundred messages.').by(
      leaving(({ messages }) => messages.slice(100)),
    ),
    'clear-fifty-at-a-time': row('Clear takes the oldest fifty messages away and leaves the others.').by(
      leaving(({ messages }) => messages.slice(50)),
    ),
    'clear-newest-stays': row('Clear leaves the newest message.').by(leaving(({ messages }) => messages.slice(-1))),
    'clear-own-only': row('Clear takes away what the caller has sent, and leaves what the others have.').by(
      leaving(({ messages }, user) => messages.filter(({ from }) => from !== user.id)),
    ),
    'clear-expired-stay': row('Clear removes the messages that are still valid.').by(
      leaving(({ messages }, _user, call) =>
        messages.filter(({ validUntil }) => validUntil * 1000 < call.behaviour.now(call)),
      ),
    ),
    'clear-kept-under-old-instance': row(
      'Who names the instance from before a clear still gets the messages from before it.',
    ).by((base) => {
      const kept = new Map<unknown, Message[]>();
      return {
        clear(call, conversation, user) {
          kept.set(conversation.instance, conversation.messages);
          base.clear(call, conversation, user);
        },
        messagesOf: (call, conversation) => kept.get(call.body.instance) ?? base.messagesOf(call, conversation),
      };
    }),
    'clear-for-caller-only': row('After a clear, the other participants can still download the messages.').by(
      uncleared(({ by }, { caller }) => caller?.id !== by),
    ),
    'clear-for-others-only': row('After a clear, whoever cleared can still download the messages.').by(
      uncleared(({ by }, call) => call.caller?.id === by && isDownload(call)),
    ),
    'clear-not-in-download': row('Download still gives what was cleared, and Partial download does not.').by(
      uncleared((_cleared, { action }) => action === 'download'),
    ),
    'clear-not-in-pages': row('Partial download still gives what was cleared, and Download does not.').by(
      uncleared((_cleared, { action }) => action === 'downloadpartial'),
    ),
    'clear-not-behind-cursor': row(
      'Partial download with the ID of a cleared message as its cursor gives the cleared messages before it.',
    ).by(
      uncleared(
        ({ messages }, { action, body }) =>
          action === 'downloadpartial' && messages.some(({ id }) => id === body.lastmessageid),
      ),
    ),
    'clear-undone-by-add': row('Cleared messages come back with the next message that is added.').by(
      uncleared((_cleared, call) => isDownload(call) && (call.conversation?.messages.length ?? 0) > 0),
    ),
  },
  'OZ-CLEAR-2': {
    'clear-lastmessageid-stays-in-list': row('After a clear List shows the lastmessageid from before it.').by(
      (base) => {
        const before = new Map<string, string>();
        return {
          clear(call, conversation, user) {
            const newest = base.newest(call, conversation.messages);
            if (newest !== undefined) before.set(conversation.id, newest.id);
            base.clear(call, conversation, user);
          },
          showConversation(call, conversation, user) {
            const shown = base.showConversation(call, conversation, user);
            const isStale = call.action === 'list' && shown.lastmessageid === '';
            return isStale ? { ...shown, lastmessageid: before.get(conversation.id) ?? '' } : shown;
          },
        };
      },
    ),
    'clear-lastmessageid-stays': row('Clear answers the lastmessageid from before.').by(answeringNewestOf('message')),
    'clear-lastreportid-stays': row('Clear answers the lastreportid from before.').by(answeringNewestOf('report')),
  },
  'OZ-CLEAR-3': {
    'clear-all-of-caller': row('Clear empties all conversations of the caller.').by(
      afterwards((call, conversation, user) => {
        for (const other of othersOf(call, conversation, user)) other.messages = [];
      }),
    ),
    'clear-sent-everywhere': row('Clear takes what the caller has sent away from all conversations of the caller.').by(
      afterwards((call, conversation, user) => {
        for (const other of othersOf(call, conversation, user))
          other.messages = other.messages.filter(({ from }) => from !== user.id);
      }),
    ),
    'clear-partners-too': row('Clear empties the other conversations of the other participants.').by(
      afterwards((call, conversation, user) => {
        const partners = conversation.participants.flatMap((id) => call.state.users.get(id) ?? []);
        for (const partner of partners.filter((one) => one !== user))
          for (const other of othersOf(call, conversation, partner)) other.messages = [];
      }),
    ),
  },
  'OZ-CLEAR-4': {
    'clear-instance-changes-once': row(
      'The instance changes with the first clear of a conversation, and with no later one.',
    ).by(instead('newInstance', (usual, _call, { clears, instance }) => (clears > 1 ? instance : usual()))),
    'clear-instance-stays': row('Clear keeps the instance of the conversation.').by(
      instead('newInstance', (_usual, _call, { instance }) => instance),
    ),
    'clear-instance-stays-in-list': row('Clear answers a new instance, and List shows the old one.').by((base) => {
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
    }),
    'clear-resets-flags': row('Clear unmutes the conversation for the caller and takes it from the favourites.').by(
      resetting((id, caller) => id === caller.id, { ismuted: false, isfavorite: false }),
    ),
    'clear-resets-flags-of-other': row('Clear unmutes the conversation for the other participants.').by(
      resetting((id, caller) => id !== caller.id, { ismuted: false, isfavorite: false }),
    ),
    'clear-resets-colour': row('Clear resets the colour of the conversation for the caller.').by(
      resetting((id, caller) => id === caller.id, { listitembackgroundcolor: '#ffffff' }),
    ),
    'clear-lastaccess-zero': row('Clear sets lastaccess to 0.').by(
      afterwards((_call, conversation) => {
        conversation.lastAccess = 0;
      }),
    ),
    'clear-lastaccess-now': row('Clear sets lastaccess to the time of the clear.').by(
      afterwards((call, conversation) => {
        conversation.lastAccess = secondsNow(call);
      }),
    ),
  },
  'OZ-CLEAR-5': {
    'clear-empty-refused': row('Clear of a conversation without messages is refused.').by(
      instead('clear', (usual, _call, { messages }) => {
        if (messages.length === 0) throw new Refusal('input', 'There is nothing to clear');
        usual();
      }),
    ),
  },
});

/** A Clear that does something more when it is done. */
function afterwards(act: (call: Call, conversation: Conversation, user: User) => void): OzekiBehave {
  return instead('clear', (usual, ...given) => {
    usual();
    act(...given);
  });
}

/** A Clear that leaves some of the messages. */
function leaving(left: (conversation: Conversation, user: User, call: Call) => Message[]): OzekiBehave {
  return instead('clear', (usual, call, conversation, user) => {
    const messages = left(conversation, user, call);
    usual();
    conversation.messages = messages;
  });
}

/** A Clear after which some still see what was cleared. */
function uncleared(sees: (cleared: Cleared, call: Call) => boolean): OzekiBehave {
  return (base) => {
    const kept = new Map<string, Cleared>();
    return {
      clear(call, conversation, user) {
        kept.set(conversation.id, { by: user.id, messages: conversation.messages });
        base.clear(call, conversation, user);
      },
      messagesOf(call, conversation) {
        const present = base.messagesOf(call, conversation);
        const cleared = kept.get(conversation.id);
        return cleared !== undefined && sees(cleared, call) ? [...cleared.messages, ...present] : present;
      },
    };
  };
}

function isDownload({ action }: Call): boolean {
  return action === 'download' || action === 'downloadpartial';
}

/** A Clear that answers the newest entry of a history from before. */
function answeringNewestOf(kind: 'message' | 'report'): OzekiBehave {
  return (base) => {
    const before = new WeakMap<Call, string>();
    return {
      clear(call, conversation, user) {
        before.set(call, base.newest(call, conversation[`${kind}s`])?.id ?? '');
        base.clear(call, conversation, user);
      },
      showConversation(call, conversation, user) {
        const shown = base.showConversation(call, conversation, user);
        return before.has(call) ? { ...shown, [`last${kind}id`]: before.get(call) } : shown;
      },
    };
  };
}

/** A Clear that changes the flags of some participants. */
function resetting(isMeant: (id: string, caller: User) => boolean, reset: Partial<Flags>): OzekiBehave {
  return afterwards((call, conversation, user) => {
    for (const id of conversation.participants.filter((each) => isMeant(each, user)))
      conversation.flags.set(id, { ...call.behaviour.flagsOf(call, conversation, id), ...reset });
  });
}
