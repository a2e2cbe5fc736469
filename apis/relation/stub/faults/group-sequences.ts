import { Refusal } from '../model.js';
import { combinedOf, instead, row, skip } from '../rows.js';

/** Faults of groups that only a certain order of calls shows. */
export const groupSequenceFaults = combinedOf({
  'RG-NEWS-1': {
    'join-clears-news': row('With each Join the announcement is gone.').by(
      instead('enter', (usual, _call, channel) => {
        usual();
        channel.announcement = '';
      }),
    ),
    'pin-clears-news': row('When a member pins a group, its announcement is gone.').by(
      instead('setFlag', (usual, _call, channel, _user, flag) => {
        usual();
        if (flag === 'pin') channel.announcement = '';
      }),
    ),
    'parting-unpins-news': row('When a member goes, the announcement is pinned no more.').by(
      instead('part', (usual, _call, channel) => {
        usual();
        channel.pinAnnouncement = false;
      }),
    ),
  },
  'RG-CHATS-5': {
    'join-unpins': row('With each Join nobody has the group pinned any more.').by(
      instead('enter', (usual, _call, channel) => {
        usual();
        channel.pinnedBy.clear();
      }),
    ),
    'transfer-unpins': row('When a group is handed over, nobody has it pinned any more.').by(
      instead('crown', (usual, _call, channel) => {
        usual();
        channel.pinnedBy.clear();
      }),
    ),
    'hidden-unpinned': row('A chat that was hidden and is back is pinned no more.').by(
      instead('hideChat', (usual, _call, channel, { relationId }) => {
        usual();
        channel.pinnedBy.delete(relationId);
      }),
    ),
  },
  'RG-OWNER-1': {
    'back-as-admin': row('A former admin who leaves and comes back is the admin again.').by((base) => {
      const former = new Set<string>();
      return {
        crown(call, channel, relationId) {
          former.add(`${channel.uuid} ${channel.admin}`);
          base.crown(call, channel, relationId);
        },
        enter(call, channel, relationId) {
          base.enter(call, channel, relationId);
          if (former.has(`${channel.uuid} ${relationId}`)) channel.admin = relationId;
        },
      };
    }),
  },
  'RE-READ-1': {
    'pinned-not-read': row('Read of a pinned group answers 0.').by(
      instead('markRead', (usual, _call, { pinnedBy }, { relationId }) => {
        const updated = usual();
        return pinnedBy.has(relationId) ? 0 : updated;
      }),
    ),
  },
  'RG-CHATS-1': {
    'namesakes-as-one': row('Of groups with one name Chats / List shows the newest alone.').by(
      instead('orderChats', (usual) => {
        const ordered = usual();
        const first = (name: string) => ordered.findIndex((chat) => chat.name === name);
        return ordered.filter(({ type, name }, i) => type === 'P' || first(name) === i);
      }),
    ),
  },
  'RG-CHATS-4-SHOULD': {
    'nothing-unread-for-who-came-back': row('Who left a group and came back has nothing unread there.').by((base) => {
      const gone = new Set<string>();
      return {
        part(call, channel, relationId, how) {
          gone.add(`${channel.uuid} ${relationId}`);
          base.part(call, channel, relationId, how);
        },
        unreadIn: (call, channel, user) =>
          gone.has(`${channel.uuid} ${user.relationId}`) ? [] : base.unreadIn(call, channel, user),
      };
    }),
  },
  'RG-REMOVE-3': {
    'leave-with-messages': row('When a member leaves, the messages of that member are gone for those who stay.').by(
      instead('part', (usual, _call, channel, relationId, how) => {
        usual();
        if (how === 'left') channel.messages = channel.messages.filter(({ from }) => from !== relationId);
      }),
    ),
  },
  'RG-JOIN-1': {
    'newcomers-mute-once-handed-over': row('Who joins a group that was handed over cannot send.').by((base) => {
      const handedOver = new Set<string>();
      const barred = new Set<string>();
      return {
        crown(call, channel, relationId) {
          handedOver.add(channel.uuid);
          base.crown(call, channel, relationId);
        },
        enter(call, channel, relationId) {
          if (handedOver.has(channel.uuid)) barred.add(`${channel.uuid} ${relationId}`);
          base.enter(call, channel, relationId);
        },
        authoriseSending(call, channel, user) {
          if (barred.has(`${channel.uuid} ${user.relationId}`)) throw new Refusal('no-member', 'not a member');
          base.authoriseSending(call, channel, user);
        },
      };
    }),
  },
  'RG-CHATS-4': {
    'last-message-stops': row('Chats / List shows no newer message once a member has gone from a group.').by(
      instead('lastOf', (usual, _call, { left, messages }) => {
        const last = usual();
        return left.size > 0 && last !== undefined && messages.length > 1 ? messages[0] : last;
      }),
    ),
    'direct-last-message-stops': row(
      'Chats / List shows no newer message of two once one of theirs quotes another.',
    ).by(
      instead('lastOf', (usual, _call, { members, messages }) => {
        const quoting = messages.findIndex(({ quoteId }) => quoteId !== undefined);
        return members.size === 2 && quoting >= 0 ? messages[quoting] : usual();
      }),
    ),
  },
  'RG-STRANGER-1': {
    'open-once-somebody-left': row('Anybody sees a group that somebody has left.').by(
      skip('authoriseSeeing', (_call, { left, members }, { relationId }) => {
        return [...left.values()].includes('left') && !left.has(relationId) && !members.has(relationId);
      }),
    ),
  },
  'RG-CHATS-3': {
    'left-normal-once-handed-over': row('Who has left a group that has another admin by now is shown it as before.').by(
      (base) => {
        const handedOver = new Set<string>();
        return {
          crown(call, channel, relationId) {
            handedOver.add(channel.uuid);
            base.crown(call, channel, relationId);
          },
          statusOf: (call, channel, user) =>
            handedOver.has(channel.uuid) && channel.left.has(user.relationId) ? 0 : base.statusOf(call, channel, user),
        };
      },
    ),
  },
});
