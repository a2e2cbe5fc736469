import type { Call, Conversation, User } from '../model.js';
import type { OzekiFault } from '../mutation.js';
import { addFaults } from './add.js';
import { clearFaults, othersOf } from './clear.js';
import { flagFaults } from './flags.js';

/** A fault in what is queued of a changed conversation. */
function notifyFault(
  told: Pick<OzekiFault, 'id' | 'sentence'>,
  queue: (
    usual: (id: string, userIds: readonly string[]) => void,
    call: Call,
    id: string,
    userIds: readonly string[],
  ) => void,
): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-2',
    behave: (base) => ({
      notify(call, list, id, userIds) {
        if (list !== 'conversationchangedof') base.notify(call, list, id, userIds);
        else queue((given, users) => base.notify(call, list, given, users), call, id, userIds);
      },
    }),
  };
}

const notifications: readonly OzekiFault[] = [
  notifyFault({ id: 'ozeki-notification-silent', sentence: 'Nobody is notified of a changed conversation.' }, () => {}),
  {
    id: 'ozeki-notification-to-sender',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-2',
    sentence: 'Who changes a conversation is notified of it, and nobody else.',
    behave: (base) => ({
      notify(call, list, id, userIds) {
        if (list !== 'conversationchangedof') return base.notify(call, list, id, userIds);
        for (const { userId, queue } of call.state.sessions.values()) {
          if (userId === call.caller?.id && !queue[list].includes(id)) queue[list].push(id);
        }
      },
    }),
  },
  notifyFault(
    {
      id: 'ozeki-notification-of-user',
      sentence: 'conversationchangedof names the user who wrote, not the conversation.',
    },
    (usual, call, id, userIds) => usual(call.caller?.id ?? id, userIds),
  ),
  {
    id: 'ozeki-notification-other-list',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-2',
    sentence: 'Changed conversations are named in conversationlistchangedof.',
    behave: (base) => ({
      notify: (call, list, id, userIds) =>
        base.notify(call, list === 'conversationchangedof' ? 'conversationlistchangedof' : list, id, userIds),
    }),
  },
  {
    id: 'ozeki-notification-one-queue',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-2',
    sentence: 'Whoever fetches notifications takes away those of everybody else too.',
    behave: (base) => ({
      fetchQueue(call, station) {
        const own = base.fetchQueue(call, station);
        for (const other of call.state.sessions.keys()) base.fetchQueue(call, other);
        return own;
      },
    }),
  },
  {
    id: 'ozeki-notification-of-strangers',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-COM-12',
    sentence: 'Everybody is notified of every conversation that changes.',
    behave: (base) => ({
      notify: (call, list, id, userIds) =>
        base.notify(call, list, id, list === 'conversationchangedof' ? [...call.state.users.keys()] : userIds),
    }),
  },
  {
    id: 'ozeki-notification-once',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-2',
    sentence: 'Each user is told of a changed conversation once, and of no later change.',
    behave(base) {
      const told = new Set<string>();
      return {
        notify(call, list, id, userIds) {
          const fresh = userIds.filter((userId) => !told.has(`${list} ${id} ${userId}`));
          base.notify(call, list, id, fresh);
          for (const userId of fresh) told.add(`${list} ${id} ${userId}`);
        },
      };
    },
  },
];

const reports: readonly OzekiFault[] = [
  {
    id: 'ozeki-viewed-of-one-side',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-REPORT-2',
    sentence: 'Report of the participant whose id comes first makes no report.',
    behave: (base) => ({
      markViewed(call, conversation, viewer, messageIds) {
        if (viewer.id !== conversation.participants[0]) base.markViewed(call, conversation, viewer, messageIds);
      },
    }),
  },
  {
    id: 'ozeki-viewed-of-other-side',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-REPORT-2',
    sentence: 'Report of the participant whose id comes last makes no report.',
    behave: (base) => ({
      markViewed(call, conversation, viewer, messageIds) {
        if (viewer.id === conversation.participants[0]) base.markViewed(call, conversation, viewer, messageIds);
      },
    }),
  },
  {
    id: 'ozeki-viewed-ignored',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-REPORT-2',
    sentence: 'Report answers OK and makes no report.',
    behave: () => ({ markViewed: () => {} }),
  },
  {
    id: 'ozeki-viewed-for-viewer',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-REPORT-2',
    sentence: 'Only whoever viewed a message finds the report on it.',
    behave: (base) => ({
      reportsOf: (call, conversation) =>
        base.reportsOf(call, conversation).filter(({ type, by }) => type !== 'viewed' || by === call.caller?.id),
    }),
  },
  {
    id: 'ozeki-viewed-replaces-delivered',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-REPORT-2',
    sentence: 'Report turns the delivered report of the message into a viewed one, under its old ID.',
    behave: () => ({
      markViewed(_call, conversation, _viewer, messageIds) {
        for (const report of conversation.reports) if (messageIds.includes(report.messageId)) report.type = 'viewed';
      },
    }),
  },
  {
    id: 'ozeki-viewed-several-ignored',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-REPORT-2',
    sentence: 'Report makes no report where it names several messages.',
    behave: (base) => ({
      markViewed(call, conversation, viewer, messageIds) {
        if (messageIds.length === 1) base.markViewed(call, conversation, viewer, messageIds);
      },
    }),
  },
  {
    id: 'ozeki-viewed-once',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-REPORT-2',
    sentence: 'Report makes a report of the first message that a user views in a conversation, and of no later one.',
    behave(base) {
      const known = new Set<string>();
      return {
        markViewed(call, conversation, viewer, messageIds) {
          const key = `${conversation.id} ${viewer.id}`;
          if (!known.has(key)) base.markViewed(call, conversation, viewer, messageIds);
          known.add(key);
        },
      };
    },
  },
];

/** A fault by which some actions answer another conversation than was asked for. */
function wrongAnswerFault(
  told: Pick<OzekiFault, 'id' | 'action' | 'sentence'>,
  pick: (call: Call, conversation: Conversation, user: User) => Conversation,
): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    requirement: 'OZ-CONV-9',
    behave: (base) => ({
      showConversation: (call, conversation, user) =>
        base.showConversation(
          call,
          call.action !== 'list' && (told.action === '*' || told.action === call.action)
            ? pick(call, conversation, user)
            : conversation,
          user,
        ),
    }),
  };
}

const conversations: readonly OzekiFault[] = [
  {
    id: 'ozeki-mutedby-empty',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-3',
    sentence: 'mutedby is empty whoever has muted the conversation, while ismuted is right.',
    behave: (base) => ({
      showConversation: (call, conversation, user) => ({
        ...base.showConversation(call, conversation, user),
        mutedby: [],
      }),
    }),
  },
  {
    id: 'ozeki-favoriteby-of-others',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-3',
    sentence: 'List names in favoriteby those who have not made the conversation a favourite.',
    behave: (base) => ({
      showConversation(call, conversation, user) {
        const shown = base.showConversation(call, conversation, user);
        if (call.action !== 'list') return shown;
        const holders = shown.favoriteby as string[];
        return { ...shown, favoriteby: (shown.participantids as string[]).filter((id) => !holders.includes(id)) };
      },
    }),
  },
  {
    id: 'ozeki-mutedby-twice',
    api: 'ozeki',
    action: 'mute',
    requirement: 'OZ-CONV-3',
    sentence: 'Who mutes a conversation a second time stands in mutedby twice.',
    behave(base) {
      const twice = new Set<string>();
      return {
        setFlags(call, conversation, user, change) {
          const key = `${conversation.id} ${user.id}`;
          if (change.ismuted === false) twice.delete(key);
          else if (change.ismuted && base.flagsOf(call, conversation, user.id).ismuted) twice.add(key);
          base.setFlags(call, conversation, user, change);
        },
        showConversation(call, conversation, user) {
          const shown = base.showConversation(call, conversation, user);
          const doubled = conversation.participants
            .filter((id) => twice.has(`${conversation.id} ${id}`))
            .map((id) => call.behaviour.showUserId(call, id));
          return { ...shown, mutedby: [...(shown.mutedby as string[]), ...doubled] };
        },
      };
    },
  },
  wrongAnswerFault(
    {
      id: 'ozeki-answer-last-conversation',
      action: '*',
      sentence: 'Answers carry the last conversation of the caller, whichever was asked for.',
    },
    (call, conversation, user) => call.behaviour.conversationsOf(call, user).at(-1) ?? conversation,
  ),
  wrongAnswerFault(
    {
      id: 'ozeki-clear-answers-first-conversation',
      action: 'clear',
      sentence: 'Clear answers the first of the other conversations of the caller.',
    },
    (call, conversation, user) => othersOf(call, conversation, user)[0] ?? conversation,
  ),
  {
    id: 'ozeki-answer-first-asked',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-CONV-9',
    sentence: 'Answers carry the conversation that the caller asked for first, also when another one is asked for.',
    behave(base) {
      const first = new Map<string, Conversation>();
      return {
        showConversation(call, conversation, user) {
          if (call.action === 'list') return base.showConversation(call, conversation, user);
          if (!first.has(user.id)) first.set(user.id, conversation);
          return base.showConversation(call, first.get(user.id) ?? conversation, user);
        },
      };
    },
  },
  {
    id: 'ozeki-list-one-behind',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-ADD-4',
    sentence: 'List answers what its call before would have had to answer.',
    answer(answer, call) {
      if (call.refusal !== undefined) return answer;
      const key = `ozeki-list-one-behind ${call.caller?.id}`;
      const before = call.state.notes.get(key);
      call.state.notes.set(key, answer.body);
      return before === undefined ? answer : { ...answer, body: before };
    },
  },
  {
    id: 'ozeki-list-cached',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-FLAG-2-MUTE',
    sentence: 'List answers the same for two seconds, whatever has changed.',
    answer(answer, call) {
      if (call.refusal !== undefined) return answer;
      const key = `ozeki-list-cached ${call.caller?.id}`;
      const cached = call.state.notes.get(key) as { at: number; body: unknown } | undefined;
      const at = call.state.now();
      if (cached !== undefined && at - cached.at < 2000) return { ...answer, body: cached.body };
      call.state.notes.set(key, { at, body: answer.body });
      return answer;
    },
  },
];

const blocklists: readonly OzekiFault[] = [
  {
    id: 'ozeki-blocklist-of-all',
    api: 'ozeki',
    action: 'blocklist',
    requirement: 'OZ-BLOCK-1',
    sentence: 'Blocklist names what any participant has hidden.',
    behave: (base) => ({
      showBlocked: (call, user) => ({
        ...base.showBlocked(call, user),
        blockedconversations: base
          .conversationsOf(call, user)
          .filter((conversation) =>
            conversation.participants.some((id) => base.flagsOf(call, conversation, id).hideid !== ''),
          )
          .map(({ id }) => id),
      }),
    }),
  },
  {
    id: 'ozeki-blocklist-whole',
    api: 'ozeki',
    action: 'blocklist',
    requirement: 'OZ-BLOCK-1',
    sentence: "Blocklist names all the caller's conversations.",
    behave: (base) => ({
      showBlocked: (call, user) => ({
        ...base.showBlocked(call, user),
        blockedconversations: base.conversationsOf(call, user).map(({ id }) => id),
      }),
    }),
  },
  {
    id: 'ozeki-blocklist-empty',
    api: 'ozeki',
    action: 'blocklist',
    requirement: 'OZ-BLOCK-1',
    sentence: 'Blocklist is empty whatever was hidden.',
    behave: () => ({ showBlocked: () => ({ blockedusers: [], blockedconversations: [] }) }),
  },
  {
    id: 'ozeki-blocklist-keeps',
    api: 'ozeki',
    action: 'blocklist',
    requirement: 'OZ-BLOCK-1',
    sentence: 'Blocklist still names a conversation after Unhide.',
    behave(base) {
      const ever = new Set<string>();
      return {
        showBlocked(call, user) {
          const shown = base.showBlocked(call, user);
          for (const id of shown.blockedconversations as string[]) ever.add(`${user.id} ${id}`);
          const ids = call.behaviour.conversationsOf(call, user).map(({ id }) => id);
          return { ...shown, blockedconversations: ids.filter((id) => ever.has(`${user.id} ${id}`)) };
        },
      };
    },
  },
  {
    id: 'ozeki-blocklist-own-id',
    api: 'ozeki',
    action: 'blocklist',
    requirement: 'OZ-BLOCK-1',
    sentence: 'Blocklist names the caller for each conversation that the caller has hidden.',
    behave: (base) => ({
      showBlocked(call, user) {
        const hidden = base.showBlocked(call, user).blockedconversations as string[];
        return { blockedusers: hidden.map(() => call.behaviour.showUserId(call, user.id)), blockedconversations: [] };
      },
    }),
  },
];

/** Faults in what the server remembers and tells. */
export const stateFaults: readonly OzekiFault[] = [
  ...addFaults,
  ...clearFaults,
  ...flagFaults,
  ...notifications,
  ...reports,
  ...conversations,
  ...blocklists,
];
