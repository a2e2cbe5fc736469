import { createHash } from 'node:crypto';
import { everywhere } from '../../../../src/stub/mutation.js';
import { change, drop, respell, where } from '../../../../src/stub/operators.js';
import { md5 } from '../../../../src/stub/random.js';
import type { Call } from '../call.js';
import type { Json, User } from '../model.js';
import { faultsOf, inConversation, instead, type OzekiBehave, on, row, together } from '../rows.js';

export const idsFaults = faultsOf({
  'OZ-COM-5': {
    'userid-upper-case': row('User ids are shown in upper-case hex digits.').by(
      instead('showUserId', (usual) => upperCase(usual())),
    ),
    'friends-keys-upper-case': on
      .friends('The keys of friends are in upper-case hex digits, and no other user id is.')
      .by(
        change('/friends', (friends: Json) =>
          Object.fromEntries(Object.entries(friends).map(([id, name]) => [upperCase(id), name])),
        ),
      ),
    'availabilities-upper-case': on
      .friends('The friendids of availabilities are in upper-case hex digits.')
      .by(respell('/availabilities/*/friendid', upperCase)),
    'mutedby-upper-case': on
      .mute('The ids in mutedby are in upper-case hex digits.')
      .by(everywhere(respell(inConversation('/mutedby/*'), upperCase))),
    'participants-upper-case': on
      .list('The userids of participants are in upper-case hex digits.')
      .by(everywhere(respell(inConversation('/participants/*/userid'), upperCase))),
    'favoriteby-uuid': on
      .favorite('The ids in favoriteby are written as UUIDs, with dashes.')
      .by(everywhere(respell(inConversation('/favoriteby/*'), dashed))),
    'userid-uuid': row('User ids are written as UUIDs, with dashes.').by(
      instead('showUserId', (usual) => dashed(usual())),
    ),
    'notified-userid-upper-case': on
      .notification('The ids in friendavailabilitesof are in upper-case hex digits.')
      .by(respell('/friendavailabilitesof/*', upperCase)),
    'notification-ids-cut': on
      .notification('The ids in friendavailabilitesof are cut to sixteen digits.')
      .by(respell('/friendavailabilitesof/*', (id) => id.slice(0, 16))),
  },
  'OZ-COM-6': {
    'userid-of-upper-case-address': row('User ids are the md5 of the address in capitals.').by(
      instead('showUserId', (_usual, call, id) => md5(addressOf(call, id).toUpperCase())),
    ),
    'userid-untrimmed': row('User ids are the md5 of the address with the line break that follows it in a file.').by(
      instead('showUserId', (_usual, call, id) => md5(`${addressOf(call, id)}\n`)),
    ),
    'friends-id-of-nick': on.friends('Friends / List identifies friends by the md5 of their nick name.').by(
      together(
        instead('showFriends', (_usual, _call, friends) =>
          Object.fromEntries(friends.map(({ nick }) => [md5(nick), nick])),
        ),
        instead('showAvailability', (usual, _call, { nick }) => ({ ...usual(), friendid: md5(nick) })),
      ),
    ),
  },
  'OZ-LOGIN-5': {
    'login-userid-of-user-name': row('Login answers the md5 of the part of the address before the @ as userid.').by(
      userIdAtLogin(({ email }) => md5(email.replace(/@.*/, ''))),
    ),
    'login-userid-sha': row('Login answers the first 32 digits of the sha256 of the address as userid.').by(
      userIdAtLogin(({ email }) => createHash('sha256').update(email).digest('hex').slice(0, 32)),
    ),
  },
  'OZ-LOGIN-8': {
    'login-userid-differs': row(
      'The userid that Login answers is a new one from the second login of an account on.',
    ).by((base) => {
      const logins = new Map<string, number>();
      const idOf = ({ id, email }: User) => {
        logins.set(id, (logins.get(id) ?? 0) + 1);
        return logins.get(id) === 1 ? id : md5(`${email} ${logins.get(id)}`);
      };
      return userIdAtLogin(idOf)(base);
    }),
  },
  'OZ-CONV-4': {
    'conversationid-unsorted': row('Conversation ids are the md5 of the participant ids in descending order.').by(
      instead('conversationId', (usual, participants) => usual([...participants].reverse())),
    ),
    'conversationid-by-comma': row('Conversation ids are the md5 of the participant ids joined by a comma.').by(
      instead('conversationId', (_usual, participants) => md5(participants.join(','))),
    ),
  },
  'OZ-CONV-2': {
    'list-twice': row('List shows the conversation that was used last a second time.').by(
      change('/conversations', (all: { lastaccess: number }[]) => [
        ...all.toSorted((a, b) => b.lastaccess - a.lastaccess).slice(0, 1),
        ...all,
      ]),
    ),
    'participants-other-alone': row('The caller is left out of participants, though not of participantids.').by(
      everywhere(
        where(
          inConversation('/participants/*'),
          ({ userid }: { userid: string }, { caller }: Call) => userid === caller?.id,
          drop(''),
        ),
      ),
    ),
    'participantids-twice': on
      .unmute('Unmute answers the caller a second time among the participantids.')
      .by(change('/conversation/participantids', (ids: string[], { caller }: Call) => [...ids, caller?.id])),
  },
  'OZ-FRIEND-3': {
    'friend-twice': row('The first friend is listed twice among the availabilities.').by(
      change('/availabilities', (all: Json[]) => [...all, ...all.slice(0, 1)]),
    ),
    'friend-of-oneself': row('The caller is listed as their own friend.').by(
      instead('friendsOf', (usual, _call, user) => [...usual(), user]),
    ),
  },
  'OZ-AVAIL-1': {
    'available-turned-over': row('Availability of one who is available makes them offline.').by(
      instead('setAvailable', (usual, _call, user) => {
        const wasAvailable = user.availability === 'available';
        usual();
        if (wasAvailable) user.availability = 'offline';
      }),
    ),
    'available-one-at-a-time': row('Availability of one makes all their friends offline.').by(
      instead('setAvailable', (usual, { state }, user) => {
        for (const other of state.users.values()) if (user.friends.has(other.id)) other.availability = 'offline';
        usual();
      }),
    ),
  },
  'OZ-AVAIL-2': {
    'available-told-one-way': row('Only friends whose id comes after that of the user are told.').by(
      toldTo((friends, id) => friends.filter((friend) => friend > id)),
    ),
    'available-told-other-way': row('Only friends whose id comes before that of the user are told.').by(
      toldTo((friends, id) => friends.filter((friend) => friend < id)),
    ),
    'available-told-to-oneself': row('Who becomes available is notified of it, and the friends are not.').by(
      toldTo((_friends, id) => [id]),
    ),
    'available-of-the-reader': row('The friends of who becomes available find their own id in the notification.').by(
      instead('notify', (usual, call, list, _id, userIds) => {
        if (list !== 'friendavailabilitesof') return usual();
        for (const friend of userIds) usual(call, list, friend, [friend]);
      }),
    ),
    'available-told-to-nobody': row('Nobody is notified when a friend becomes available.').by(toldTo(() => [])),
  },
});

function upperCase(text: string): string {
  return text.toUpperCase();
}

function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function addressOf(call: Call, userId: string): string {
  return call.state.users.get(userId)?.email ?? userId;
}

function userIdAtLogin(idOf: (user: User) => string): OzekiBehave {
  return instead('showLogin', (usual, _call, user) => ({ ...usual(), userid: idOf(user) }));
}

/** Who is told that somebody has become available; `id` is theirs. */
function toldTo(pick: (friends: readonly string[], id: string) => readonly string[]): OzekiBehave {
  return instead('notify', (usual, call, list, id, userIds) =>
    list === 'friendavailabilitesof' ? usual(call, list, id, pick(userIds, id)) : usual(),
  );
}
