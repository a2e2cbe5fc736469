import { createHash } from 'node:crypto';
import { md5 } from '../../../../src/stub/random.js';
import type { Call, Conversation, Json, User } from '../model.js';
import { type OzekiFault, onSuccess } from '../mutation.js';

export const idsFaults: readonly OzekiFault[] = [
  {
    id: 'ozeki-userid-upper-case',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-5',
    sentence: 'User ids are shown in upper-case hex digits.',
    behave: () => ({ showUserId: (_call, userId) => userId.toUpperCase() }),
  },
  {
    id: 'ozeki-friends-keys-upper-case',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-COM-5',
    sentence: 'The keys of friends are in upper-case hex digits, and no other user id is.',
    behave: (base) => ({
      showFriends: (call, friends) =>
        Object.fromEntries(
          Object.entries(base.showFriends(call, friends)).map(([id, name]) => [id.toUpperCase(), name]),
        ),
    }),
  },
  {
    id: 'ozeki-availabilities-upper-case',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-COM-5',
    sentence: 'The friendids of availabilities are in upper-case hex digits.',
    behave: (base) => ({
      showAvailability: (call, friend) => ({
        ...base.showAvailability(call, friend),
        friendid: friend.id.toUpperCase(),
      }),
    }),
  },
  {
    id: 'ozeki-mutedby-upper-case',
    api: 'ozeki',
    action: 'mute',
    requirement: 'OZ-COM-5',
    sentence: 'The ids in mutedby are in upper-case hex digits.',
    behave: shown(({ mutedby }) => ({ mutedby: (mutedby as string[]).map((id) => id.toUpperCase()) })),
  },
  {
    id: 'ozeki-participants-upper-case',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-COM-5',
    sentence: 'The userids of participants are in upper-case hex digits.',
    behave: shown(({ participants }) => ({
      participants: (participants as { userid: string }[]).map((each) => ({
        ...each,
        userid: each.userid.toUpperCase(),
      })),
    })),
  },
  {
    id: 'ozeki-favoriteby-uuid',
    api: 'ozeki',
    action: 'favorite',
    requirement: 'OZ-COM-5',
    sentence: 'The ids in favoriteby are written as UUIDs, with dashes.',
    behave: shown(({ favoriteby }) => ({ favoriteby: (favoriteby as string[]).map(dashed) })),
  },
  {
    id: 'ozeki-userid-uuid',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-5',
    sentence: 'User ids are written as UUIDs, with dashes.',
    behave: () => ({ showUserId: (_call, userId) => dashed(userId) }),
  },
  {
    id: 'ozeki-notified-userid-upper-case',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-COM-5',
    sentence: 'The ids in friendavailabilitesof are in upper-case hex digits.',
    answer: onSuccess((body) => ({
      ...body,
      friendavailabilitesof: (body.friendavailabilitesof as string[]).map((id) => id.toUpperCase()),
    })),
  },
  {
    id: 'ozeki-userid-of-upper-case-address',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-6',
    sentence: 'User ids are the md5 of the address in capitals.',
    behave: () => ({ showUserId: (call, userId) => md5(addressOf(call, userId).toUpperCase()) }),
  },
  {
    id: 'ozeki-userid-untrimmed',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-6',
    sentence: 'User ids are the md5 of the address with the line break that follows it in a file.',
    behave: () => ({ showUserId: (call, userId) => md5(`${addressOf(call, userId)}\n`) }),
  },
  {
    id: 'ozeki-friends-id-of-nick',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-COM-6',
    sentence: 'Friends / List identifies friends by the md5 of their nick name.',
    behave: (base) => ({
      showFriends: (_call, friends) => Object.fromEntries(friends.map(({ nick }) => [md5(nick), nick])),
      showAvailability: (call, friend) => ({ ...base.showAvailability(call, friend), friendid: md5(friend.nick) }),
    }),
  },
  {
    id: 'ozeki-login-userid-of-user-name',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-5',
    sentence: 'Login answers the md5 of the part of the address before the @ as userid.',
    behave: userIdAtLogin(({ email }) => md5(email.replace(/@.*/, ''))),
  },
  {
    id: 'ozeki-login-userid-sha',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-5',
    sentence: 'Login answers the first 32 digits of the sha256 of the address as userid.',
    behave: userIdAtLogin(({ email }) => createHash('sha256').update(email).digest('hex').slice(0, 32)),
  },
  {
    id: 'ozeki-login-userid-differs',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-8',
    sentence: 'The userid that Login answers is a new one from the second login of an account on.',
    behave: userIdAtLogin(({ id, email }, call) => {
      const key = `ozeki-login-userid-differs ${id}`;
      const logins = ((call.state.notes.get(key) as number | undefined) ?? 0) + 1;
      call.state.notes.set(key, logins);
      return logins === 1 ? id : md5(`${email} ${logins}`);
    }),
  },
  {
    id: 'ozeki-conversationid-unsorted',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-4',
    sentence: 'Conversation ids are the md5 of the participant ids in descending order.',
    behave: (base) => ({ conversationId: (participants) => base.conversationId([...participants].reverse()) }),
  },
  {
    id: 'ozeki-conversationid-by-comma',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-4',
    sentence: 'Conversation ids are the md5 of the participant ids joined by a comma.',
    behave: () => ({ conversationId: (participants) => md5(participants.join(',')) }),
  },
  {
    id: 'ozeki-list-twice',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-2',
    sentence: 'List shows the conversation that was used last a second time.',
    behave: (base) => ({
      conversationsOf(call, user) {
        const all = base.conversationsOf(call, user);
        const newest = [...all].sort((a, b) => b.lastAccess - a.lastAccess).slice(0, 1);
        return [...newest, ...all];
      },
    }),
  },
  {
    id: 'ozeki-participants-other-alone',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-2',
    sentence: 'The caller is left out of participants, though not of participantids.',
    behave: shown(({ participants }, user) => ({
      participants: (participants as { userid: string }[]).filter(({ userid }) => userid !== user.id),
    })),
  },
  {
    id: 'ozeki-participantids-twice',
    api: 'ozeki',
    action: 'unmute',
    requirement: 'OZ-CONV-2',
    sentence: 'Unmute answers the caller a second time among the participantids.',
    behave: shown(({ participantids }, user, call) =>
      call.action === 'unmute' ? { participantids: [...(participantids as string[]), user.id] } : {},
    ),
  },
  {
    id: 'ozeki-friend-twice',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-FRIEND-3',
    sentence: 'The first friend is listed twice among the availabilities.',
    answer: onSuccess((body) => {
      const availabilities = body.availabilities as Json[];
      return { ...body, availabilities: [...availabilities, ...availabilities.slice(0, 1)] };
    }),
  },
  {
    id: 'ozeki-friend-of-oneself',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-FRIEND-3',
    sentence: 'The caller is listed as their own friend.',
    behave: (base) => ({ friendsOf: (call, user) => [...base.friendsOf(call, user), user] }),
  },
  {
    id: 'ozeki-available-told-one-way',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-2',
    sentence: 'Only friends whose id comes after that of the user are told.',
    behave: (base) => ({
      notify: (call, list, id, userIds) =>
        base.notify(call, list, id, list === 'friendavailabilitesof' ? userIds.filter((other) => other > id) : userIds),
    }),
  },
  {
    id: 'ozeki-available-told-other-way',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-2',
    sentence: 'Only friends whose id comes before that of the user are told.',
    behave: (base) => ({
      notify: (call, list, id, userIds) =>
        base.notify(call, list, id, list === 'friendavailabilitesof' ? userIds.filter((other) => other < id) : userIds),
    }),
  },
  {
    id: 'ozeki-available-turned-over',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-1',
    sentence: 'Availability of one who is available makes them offline.',
    behave: (base) => ({
      setAvailable(call, user) {
        const wasAvailable = user.availability === 'available';
        base.setAvailable(call, user);
        if (wasAvailable) user.availability = 'offline';
      },
    }),
  },
  {
    id: 'ozeki-available-one-at-a-time',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-1',
    sentence: 'Availability of one makes all their friends offline.',
    behave: (base) => ({
      setAvailable(call, user) {
        for (const other of call.state.users.values()) if (user.friends.has(other.id)) other.availability = 'offline';
        base.setAvailable(call, user);
      },
    }),
  },
  {
    id: 'ozeki-available-told-to-oneself',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-2',
    sentence: 'Who becomes available is notified of it, and the friends are not.',
    behave: (base) => ({
      notify: (call, list, id, userIds) =>
        base.notify(call, list, id, list === 'friendavailabilitesof' ? [id] : userIds),
    }),
  },
  {
    id: 'ozeki-available-of-the-reader',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-2',
    sentence: 'The friends of who becomes available find their own id in the notification.',
    behave: (base) => ({
      notify(call, list, id, userIds) {
        if (list !== 'friendavailabilitesof') return base.notify(call, list, id, userIds);
        for (const friend of userIds) base.notify(call, list, friend, [friend]);
      },
    }),
  },
  {
    id: 'ozeki-available-told-to-nobody',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-2',
    sentence: 'Nobody is notified when a friend becomes available.',
    behave: (base) => ({
      notify(call, list, id, userIds) {
        if (list !== 'friendavailabilitesof') base.notify(call, list, id, userIds);
      },
    }),
  },
];

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function addressOf(call: Call, userId: string): string {
  return call.state.users.get(userId)?.email ?? userId;
}

/** Changes members of every conversation object that is shown. */
function shown(change: (conversation: Json, user: User, call: Call) => Json): OzekiFault['behave'] {
  return (base) => ({
    showConversation(call: Call, conversation: Conversation, user: User) {
      const body = base.showConversation(call, conversation, user);
      return { ...body, ...change(body, user, call) };
    },
  });
}

function userIdAtLogin(id: (user: User, call: Call) => string): OzekiFault['behave'] {
  return (base) => ({ showLogin: (call, user) => ({ ...base.showLogin(call, user), userid: id(user, call) }) });
}
