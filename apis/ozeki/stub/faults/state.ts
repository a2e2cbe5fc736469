import { everywhere, onSuccess } from '../../../../src/stub/mutation.js';
import { change, set } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import type { Conversation, User } from '../model.js';
import { faultsOf, inConversation, instead, type OzekiBehave, on, othersOf, row, skip } from '../rows.js';
import { addFaults } from './add.js';
import { clearFaults } from './clear.js';
import { flagFaults } from './flags.js';
import { viewFaults } from './views.js';

const others = faultsOf({
  'OZ-NOTIF-2': {
    'notification-silent': row('Nobody is notified of a changed conversation.').by(changeTold(() => {})),
    'notification-to-sender': row('Who changes a conversation is notified of it, and nobody else.').by(
      changeTold((_usual, { state, caller }, id) => {
        for (const { userId, queue } of state.sessions.values())
          if (userId === caller?.id && !queue.conversationchangedof.includes(id)) queue.conversationchangedof.push(id);
      }),
    ),
    'notification-of-user': row('conversationchangedof names the user who wrote, not the conversation.').by(
      changeTold((usual, { caller }, id, userIds) => usual(caller?.id ?? id, userIds)),
    ),
    'notification-other-list': row('Changed conversations are named in conversationlistchangedof.').by(
      instead('notify', (usual, call, list, id, userIds) =>
        usual(call, list === 'conversationchangedof' ? 'conversationlistchangedof' : list, id, userIds),
      ),
    ),
    'notification-one-queue': row('Whoever fetches notifications takes away those of everybody else too.').by(
      instead('fetchQueue', (usual, call) => {
        const own = usual();
        for (const other of call.state.sessions.keys()) usual(call, other);
        return own;
      }),
    ),
    'notification-once': row('Each user is told of a changed conversation once, and of no later change.').by((base) => {
      const told = new Set<string>();
      return instead('notify', (usual, call, list, id, userIds) => {
        const fresh = userIds.filter((userId) => !told.has(`${list} ${id} ${userId}`));
        usual(call, list, id, fresh);
        for (const userId of fresh) told.add(`${list} ${id} ${userId}`);
      })(base);
    }),
  },
  'OZ-COM-12': {
    'notification-of-strangers': on
      .notification('Everybody is notified of every conversation that changes.')
      .by(changeTold((usual, { state }, id) => usual(id, [...state.users.keys()]))),
  },
  'OZ-REPORT-2': {
    'viewed-of-one-side': row('Report of the participant whose id comes first makes no report.').by(
      reportedIf(({ participants }, viewer) => viewer.id !== participants[0]),
    ),
    'viewed-of-other-side': row('Report of the participant whose id comes last makes no report.').by(
      reportedIf(({ participants }, viewer) => viewer.id === participants[0]),
    ),
    'viewed-ignored': row('Report answers OK and makes no report.').by(reportedIf(() => false)),
    'viewed-several-ignored': row('Report makes no report where it names several messages.').by(
      reportedIf((_conversation, _viewer, messageIds) => messageIds.length === 1),
    ),
    'viewed-once': row(
      'Report makes a report of the first message that a user views in a conversation, and of no later one.',
    ).by(reportedIf(({ reports }, viewer) => !reports.some(({ type, by }) => type === 'viewed' && by === viewer.id))),
    'viewed-for-viewer': row('Only whoever viewed a message finds the report on it.').by(
      instead('reportsOf', (usual, { caller }) =>
        usual().filter(({ type, by }) => type !== 'viewed' || by === caller?.id),
      ),
    ),
    'viewed-replaces-delivered': row(
      'Report turns the delivered report of the message into a viewed one, under its old ID.',
    ).by(
      instead('markViewed', (_usual, _call, { reports }, _viewer, messageIds) => {
        for (const report of reports) if (messageIds.includes(report.messageId)) report.type = 'viewed';
      }),
    ),
  },
  'OZ-CONV-3': {
    'mutedby-empty': row('mutedby is empty whoever has muted the conversation, while ismuted is right.').by(
      everywhere(set(inConversation('/mutedby'), [])),
    ),
    'favoriteby-of-others': row('List names in favoriteby those who have not made the conversation a favourite.').by(
      change('/conversations/*', (shown: { favoriteby: string[]; participantids: string[] }) => ({
        ...shown,
        favoriteby: shown.participantids.filter((id) => !shown.favoriteby.includes(id)),
      })),
    ),
    'mutedby-twice': on.mute('Who mutes a conversation a second time stands in mutedby twice.').by((base) => {
      const twice = new Set<string>();
      return {
        setFlags(call, conversation, user, flags) {
          const key = `${conversation.id} ${user.id}`;
          if (flags.ismuted === false) twice.delete(key);
          else if (flags.ismuted && base.flagsOf(call, conversation, user.id).ismuted) twice.add(key);
          base.setFlags(call, conversation, user, flags);
        },
        showConversation(call, conversation, user) {
          const shown = base.showConversation(call, conversation, user);
          const doubled = conversation.participants.filter((id) => twice.has(`${conversation.id} ${id}`));
          const names = doubled.map((id) => call.behaviour.showUserId(call, id));
          return { ...shown, mutedby: [...(shown.mutedby as string[]), ...names] };
        },
      };
    }),
  },
  'OZ-CONV-9': {
    'answer-last-conversation': row('Answers carry the last conversation of the caller, whichever was asked for.').by(
      answered((call, conversation, user) => call.behaviour.conversationsOf(call, user).at(-1) ?? conversation),
    ),
    'clear-answers-first-conversation': on
      .clear('Clear answers the first of the other conversations of the caller.')
      .by(
        answered((call, conversation, user) =>
          call.action === 'clear' ? (othersOf(call, conversation, user)[0] ?? conversation) : conversation,
        ),
      ),
    'answer-first-asked': row(
      'Answers carry the conversation that the caller asked for first, also when another one is asked for.',
    ).by((base) => {
      const first = new Map<string, Conversation>();
      return answered((_call, conversation, user) => {
        if (!first.has(user.id)) first.set(user.id, conversation);
        return first.get(user.id) ?? conversation;
      })(base);
    }),
  },
  'OZ-ADD-4': {
    'list-one-behind': on.list('List answers what its call before would have had to answer.').by(
      onSuccess((answer, { state, caller }) => {
        const key = `ozeki-list-one-behind ${caller?.id}`;
        const before = state.notes.get(key) ?? answer.body;
        state.notes.set(key, answer.body);
        return { ...answer, body: before };
      }),
    ),
  },
  'OZ-FLAG-2-MUTE': {
    'list-cached': on.list('List answers the same for two seconds, whatever has changed.').by(
      onSuccess((answer, { state, caller }) => {
        const key = `ozeki-list-cached ${caller?.id}`;
        const cached = state.notes.get(key) as { at: number; body: unknown } | undefined;
        if (cached !== undefined && state.now() - cached.at < 2000) return { ...answer, body: cached.body };
        state.notes.set(key, { at: state.now(), body: answer.body });
        return answer;
      }),
    ),
  },
  'OZ-BLOCK-1': {
    'blocklist-of-all': row('Blocklist names what any participant has hidden.').by(
      blocking((call, conversation) =>
        conversation.participants.some((id) => call.behaviour.flagsOf(call, conversation, id).hideid !== ''),
      ),
    ),
    'blocklist-whole': row("Blocklist names all the caller's conversations.").by(blocking(() => true)),
    'blocklist-empty': row('Blocklist is empty whatever was hidden.').by(blocking(() => false)),
    'blocklist-keeps': row('Blocklist still names a conversation after Unhide.').by((base) => {
      const ever = new Set<string>();
      return blocking((call, conversation, user) => {
        const key = `${user.id} ${conversation.id}`;
        if (call.behaviour.flagsOf(call, conversation, user.id).hideid !== '') ever.add(key);
        return ever.has(key);
      })(base);
    }),
    'blocklist-own-id': row('Blocklist names the caller for each conversation that the caller has hidden.').by(
      instead('showBlocked', (usual, call, user) => {
        const hidden = usual().blockedconversations as string[];
        return { blockedusers: hidden.map(() => call.behaviour.showUserId(call, user.id)), blockedconversations: [] };
      }),
    ),
  },
});

/** Faults in what the server remembers and tells. */
export const stateFaults = [...addFaults, ...clearFaults, ...flagFaults, ...others, ...viewFaults];

/** What is queued of a changed conversation. */
function changeTold(
  tell: (
    usual: (id: string, userIds: readonly string[]) => void,
    call: Call,
    id: string,
    userIds: readonly string[],
  ) => void,
): OzekiBehave {
  return instead('notify', (usual, call, list, id, userIds) =>
    list === 'conversationchangedof'
      ? tell((given, users) => usual(call, list, given, users), call, id, userIds)
      : usual(),
  );
}

/** A Report that makes reports of some calls alone. */
function reportedIf(
  isMade: (conversation: Conversation, viewer: User, messageIds: readonly string[]) => boolean,
): OzekiBehave {
  return skip('markViewed', (_call, ...given) => !isMade(...given));
}

/** Actions answer another conversation than was asked for. */
function answered(pick: (call: Call, conversation: Conversation, user: User) => Conversation): OzekiBehave {
  return instead('showConversation', (usual, call, conversation, user) =>
    call.action === 'list' ? usual() : usual(call, pick(call, conversation, user), user),
  );
}

/** What Blocklist names, of the conversations of the caller. */
function blocking(isNamed: (call: Call, conversation: Conversation, user: User) => boolean): OzekiBehave {
  return instead('showBlocked', (usual, call, user) => {
    const named = call.behaviour.conversationsOf(call, user).filter((one) => isNamed(call, one, user));
    return { ...usual(), blockedconversations: named.map(({ id }) => id) };
  });
}
