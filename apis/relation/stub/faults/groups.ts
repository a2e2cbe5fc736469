import { onAnswer } from '../../../../src/stub/mutation.js';
import { change, drop, rename, respell, retype, set, where } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import { type Channel, type Json, Refusal, type RefusalKind, type User } from '../model.js';
import { channelAt, faultsOf, instead, on, type RelationBehave, refused, row, skip } from '../rows.js';

/** Faults of users and of groups, by the requirements of their pages. */
export const groupFaults = faultsOf({
  'RG-AUTH-1': {
    'auth-token-renamed': row('Auth answers its token as accessToken.').by(rename('/data/token', 'accessToken')),
    'auth-token-bearer': row('Auth answers its token with the scheme before it.').by(
      respell('/data/token', (token) => `Bearer ${token}`),
    ),
    'auth-token-not-stored': row('A token that Auth has given is good for nobody.').by(
      instead('newToken', (usual, { state }) => {
        const token = usual();
        state.issued.delete(token);
        return token;
      }),
    ),
    'auth-token-of-another': row('Auth gives a token of the user who came last.').by(
      instead('newToken', (usual, call) => usual(call, [...call.state.users.values()].at(-1) as User)),
    ),
  },
  'RG-AUTH-2': {
    'auth-address-token-optional': row('Auth gives the first user a token where no address token is sent.').by(
      instead('addressOwner', (usual, call, authorization) =>
        authorization === null ? (call.state.users.values().next().value as User) : usual(),
      ),
    ),
    'auth-address-token-end': row('The last character of an address token is not compared.').by(
      goodAddressToken((own, given) => own.slice(0, -1) === given.slice(0, -1)),
    ),
    'auth-address-token-case': row('Address tokens are compared without regard to case.').by(
      goodAddressToken((own, given) => own.toLowerCase() === given.toLowerCase()),
    ),
    'auth-takes-unified-token': row('Auth takes a unified token for an address token.').by(
      goodAddressToken((own, given, { token }) => given === own || given === token),
    ),
  },
  'RG-AUTH-3': {
    'auth-token-opaque': row('The token of Auth is no JWT.').by(
      instead('newToken', (usual, call, user) => {
        const token = usual().replaceAll('.', '');
        call.state.issued.set(token, user.relationId);
        return token;
      }),
    ),
    'auth-token-ten-thousand-minutes': row('The token of Auth is good for 10,080,000 seconds.').by(
      claiming((claims) => ({ ...claims, exp: Number(claims.iat) + 10_080_000 })),
    ),
    'auth-token-milliseconds': row('iat and exp of the token of Auth are milliseconds.').by(
      claiming(({ iat, exp, ...claims }) => ({ ...claims, iat: 1000 * Number(iat), exp: 1000 * Number(exp) })),
    ),
    'auth-token-sub-name': row('sub of the token of Auth is the name of the user.').by(
      claiming((claims, { name }) => ({ ...claims, sub: name ?? '' })),
    ),
  },
  'RG-USER-1': {
    'user-info-always-caller': row('User Info is the caller, whoever is asked for.').by(
      instead('userAsked', (_usual, _call, user) => user),
    ),
    'user-info-needs-address': row('User Info without an address is refused.').by(
      instead('userAsked', (usual, { members }) => {
        if (members.address === undefined) throw new Refusal('input', 'address is missing');
        return usual();
      }),
    ),
    'user-info-id': row('User Info answers the relationId as id.').by(rename('/data/relationId', 'id')),
    'user-info-avatar-null': row('User Info answers null for a picture.').by(set('/data/avatar', null)),
    'user-info-name-of-caller': row('User Info of another user bears the name of the caller.').by(
      change('/data', (data: Json, { caller }: Call) => ({ ...data, name: caller?.name ?? '' })),
    ),
  },
  'RG-USER-2': {
    'user-unknown-caller': row('User Info of an unknown address is the caller.').by(
      instead('userAsked', (usual, call, user) => (isKnown(call) ? usual() : user)),
    ),
    'user-unknown-parameter': row('User Info of an unknown address is refused as a wrong parameter.').by(
      coded('no-user', '10112'),
    ),
    'user-unknown-null': row('User Info of an unknown address is answered with data null.').by(
      refused(
        ({ kind }) => kind === 'no-user',
        (answer) => ({ ...answer, body: { code: '0', desc: 'success', data: null } }),
      ),
    ),
  },
  'RG-CREATE-1': {
    'create-uuid-bare': row('Create answers the channelUuid itself as data.').by(
      change('/data', ({ channelUuid }: Json) => channelUuid),
    ),
    'create-uuid-renamed': row('Create answers the id of the group as uuid.').by(rename('/data/channelUuid', 'uuid')),
    'create-same-members-same-group': row('Create finds the group that has the same members.').by(
      instead('open', (usual, call, user, draft) => {
        const members = call.behaviour.firstMembers(call, user, draft).toSorted().join();
        const known = [...call.state.channels.values()].find(
          (each) =>
            each.admin === user.relationId && !each.dismissed && [...each.members].toSorted().join() === members,
        );
        return known ?? usual();
      }),
    ),
  },
  'RG-CREATE-1-SHOULD': {
    'create-uuid-hyphens': row('The channelUuid of a new group has hyphens.').by(
      instead('newUuid', (usual) => usual().replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')),
    ),
    'create-uuid-counted': row('New groups are counted from one thousand on.').by(
      instead('newUuid', (_usual, { state }) => String(1000 + state.next())),
    ),
  },
  'RG-CREATE-2': {
    'members-caller-missing': row('Who makes a group is no member of it.').by(
      instead('firstMembers', (usual, _call, { relationId }) => usual().filter((id) => id !== relationId)),
    ),
    'members-last-missing': row('Create takes in all but the last one named.').by(
      instead('firstMembers', (usual, _call, { relationId }) => {
        const all = usual();
        return all.length > 2 ? all.slice(0, -1) : all.length === 2 ? [relationId] : all;
      }),
    ),
    'members-caller-twice': row('Who makes a group and names itself is listed twice.').by(
      instead('showMembers', (usual, _call, { admin }) => {
        const all = usual() as Json[];
        return all.flatMap((each) => (each.relationId === admin && all.length === 2 ? [each, each] : [each]));
      }),
    ),
    'members-all-admins': row('Everybody who is named in Create is an admin.').by(set('/data/*/isAdmin', true)),
    'members-admin-text': row('Members answers isAdmin as a text.').by(retype('/data/*/isAdmin', 'string')),
    'members-wrapped': row('Members answers an object with the members in it.').by(
      change('/data', (members) => ({ members })),
    ),
    'members-no-admin': row('Members shows nobody as the admin.').by(set('/data/*/isAdmin', false)),
  },
  'RG-CREATE-3': {
    'create-type-any': row('Create takes every type for that of a group.').by(
      instead('readGroup', (usual, call) => usual(typed(call, 'G'))),
    ),
    'create-type-parameter': row('Create refuses another type as a wrong parameter.').by(coded('type', '10112')),
    'create-type-made-all-the-same': row('Create refuses another type, and makes the group.').by(
      instead('readGroup', (usual, call) => {
        const { type } = call.members;
        if (type !== 'G' && type !== 'P' && call.caller)
          call.behaviour.open(call, call.caller, usual(typed(call, 'G')));
        return usual();
      }),
    ),
    'create-type-any-case': row('Create takes the types in lower case too.').by(
      instead('readGroup', (usual, call) => usual(typed(call, String(call.members.type ?? '').toUpperCase()))),
    ),
  },
  'RG-CREATE-4': {
    'create-pair-all': row('A conversation of two has all who are named.').by(
      instead('firstMembers', (usual, call, user, draft) => usual(call, user, { ...draft, type: 'G' })),
    ),
    'create-pair-last': row('A conversation of two has the last one named.').by(
      instead('firstMembers', (usual, call, user, draft) =>
        usual(call, user, draft.type === 'P' ? { ...draft, named: draft.named.toReversed() } : draft),
      ),
    ),
    'create-pair-listed-as-group': on
      .chatslist('Chats / List shows a conversation of two as a group.')
      .by(set('/data/list/*/channelType', 'G')),
    'create-pair-a-group': row('A conversation of two is shown as a group.').by(
      instead('open', (usual, call, user, draft) => {
        const members = call.behaviour.firstMembers(call, user, draft);
        return usual(call, user, { ...draft, type: 'G', named: members });
      }),
    ),
  },
  'RG-CREATE-5': {
    'create-untold': row('Nothing tells in a new group that it was made.').by(skip('tellOpened', () => true)),
    'create-told-as-text': row('The message that a group was made is a TEXT of its admin.').by(
      instead('tellOpened', (_usual, call, channel, user) => {
        const sendUuid = `made-${channel.uuid}`;
        call.behaviour.store(call, channel, user, { type: 'TEXT', content: 'created', sendUuid, mentioned: [] });
      }),
    ),
  },
  'RG-JOIN-1': {
    'join-forgotten': row('Join is answered with a success and does nothing.').by(skip('enter', () => true)),
    'join-pending': row('Who has joined is listed, and may not read yet.').by(
      lateComers((isLate) =>
        instead('authoriseReading', (usual, _call, channel, { relationId }) => {
          if (isLate(channel, relationId)) throw new Refusal('denied', 'permission denied');
          usual();
        }),
      ),
    ),
    'join-listen-only': row('Who has joined may read, and not send.').by(
      lateComers((isLate) =>
        instead('authoriseSending', (usual, _call, channel, { relationId }) => {
          if (isLate(channel, relationId)) throw new Refusal('no-member', 'not a member of the channel');
          usual();
        }),
      ),
    ),
    'join-refusal-remembered': row('Who was refused a list of messages is refused it for good.').by((base) => {
      const barred = new Set<string>();
      return {
        authoriseReading(call, channel, user) {
          const key = `${channel.uuid} ${user.relationId}`;
          if (!channel.members.has(user.relationId)) barred.add(key);
          if (barred.has(key)) throw new Refusal('denied', 'permission denied');
          base.authoriseReading(call, channel, user);
        },
      };
    }),
    'join-unlisted': row('Who has joined is not listed.').by(
      lateComers((isLate) =>
        instead('showMembers', (usual, _call, channel) =>
          (usual() as Json[]).filter(({ relationId }) => !isLate(channel, String(relationId))),
        ),
      ),
    ),
    'join-takes-over': row('Who joins last becomes the admin.').by(
      instead('enter', (usual, _call, channel, relationId) => {
        usual();
        channel.admin = relationId;
      }),
    ),
  },
  'RG-JOIN-2': {
    'join-again-served': row('Join of a member is answered with a success.').by(
      instead('authoriseJoining', (usual, _call, { members }, { relationId }) =>
        members.has(relationId) ? undefined : usual(),
      ),
    ),
    'join-again-denied': row('Join of a member is refused with the code 10120.').by(coded('joined', '10120')),
    'join-again-leaves': row('Join of a member is refused, and ends the membership.').by(
      instead('authoriseJoining', (usual, _call, channel, { relationId }) => {
        try {
          usual();
        } catch (error) {
          if (channel.admin !== relationId) channel.members.delete(relationId);
          throw error;
        }
      }),
    ),
  },
  'RG-JOIN-3': {
    'join-pair': row('Anybody can join a conversation of two.').by(
      instead('authoriseJoining', (usual, _call, { type }) => (type === 'P' ? undefined : usual())),
    ),
    'join-pair-done': row('Join of a conversation of two is refused, and done.').by(
      instead('authoriseJoining', (usual, call, channel, { relationId }) => {
        if (channel.type === 'P') call.behaviour.enter(call, channel, relationId);
        usual();
      }),
    ),
  },
  'RG-JOIN-3-SHOULD': {
    'join-pair-denied': row('Join of a conversation of two is refused with the code 10120.').by(coded('pair', '10120')),
  },
  'RG-REMOVE-1': {
    'remove-forgotten': row('Remove Members is answered with a success and removes nobody.').by(
      skip('part', (_call, _channel, _relationId, how) => how === 'removed'),
    ),
    'remove-first-alone': row('Remove Members removes the first one named.').by(
      skip('part', ({ members: { members } }, _channel, relationId, how) => {
        return how === 'removed' && Array.isArray(members) && members[0] !== relationId;
      }),
    ),
    'remove-info-open': row('Who was removed still sees the group.').by(
      skip('authoriseSeeing', (_call, { left }, { relationId }) => left.get(relationId) === 'removed'),
    ),
    'remove-info-left-code': row('Who was removed is told to have left, code 13103.').by(coded('removed', '13103')),
    'remove-list-open': row('Who was removed goes on reading.').by(
      skip('authoriseReading', (_call, { left }, { relationId }) => left.get(relationId) === 'removed'),
    ),
    'remove-list-own-code': row('List answers who was removed with the code of Info.').by(
      instead('authoriseReading', (usual, _call, { left }, { relationId }) => {
        if (left.get(relationId) === 'removed') throw new Refusal('removed', 'You have been removed from the chat');
        usual();
      }),
    ),
    'remove-send-open': row('Who was removed goes on sending.').by(
      skip('authoriseSending', (_call, { left }, { relationId }) => left.get(relationId) === 'removed'),
    ),
    'remove-send-stored': row('A Send of who was removed is refused, and stored.').by(
      instead('authoriseSending', (usual, call, channel, user) => {
        const { behaviour } = call;
        if (channel.left.get(user.relationId) === 'removed')
          behaviour.store(call, channel, user, behaviour.readDraft(call));
        usual();
      }),
    ),
  },
  'RG-REMOVE-2': {
    'remove-by-any-member': row('Every member can remove others.').by(byAnyMember('removemembers')),
    'remove-by-anybody': row('Whoever knows the uuid of a group can remove its members.').by(
      skip('authoriseRuling', ({ action }, { members }, { relationId }) => {
        return action === 'removemembers' && !members.has(relationId);
      }),
    ),
    'remove-by-member-done': row('Remove Members by a member is refused, and done.').by(
      instead('authoriseRuling', (usual, call, channel) => {
        const { members } = call.members;
        if (call.action === 'removemembers' && Array.isArray(members) && channel.admin !== call.caller?.relationId)
          for (const relationId of members) if (relationId !== channel.admin) channel.members.delete(relationId);
        usual();
      }),
    ),
    'remove-by-member-denied': on
      .removemembers('Remove Members by a member is refused with the code 10120.')
      .by(codedFor('removemembers', 'not-admin', '10120')),
  },
  'RG-REMOVE-3': {
    'remove-all': row('Remove Members removes all but the admin.').by(
      instead('part', (usual, call, channel, relationId, how) => {
        if (how === 'removed')
          for (const id of channel.members) if (id !== channel.admin) usual(call, channel, id, how);
        usual(call, channel, relationId, how);
      }),
    ),
    'remove-with-messages': row('With a member, all messages of that member are removed.').by(
      instead('part', (usual, _call, channel, relationId, how) => {
        usual();
        if (how === 'removed') channel.messages = channel.messages.filter(({ from }) => from !== relationId);
      }),
    ),
    'remove-clears': row('When a member is removed, a group begins anew.').by(
      instead('part', (usual, _call, channel, _relationId, how) => {
        usual();
        if (how === 'removed') channel.messages = [];
      }),
    ),
  },
  'RG-LEAVE-1': {
    'leave-forgotten': row('Leave is answered with a success and does nothing.').by(
      skip('part', (_call, _channel, _relationId, how) => how === 'left'),
    ),
    'leave-info-open': row('Who has left still sees the group.').by(
      skip('authoriseSeeing', (_call, { left }, { relationId }) => left.get(relationId) === 'left'),
    ),
    'leave-as-removed': row('Who has left is told to have been removed, code 13102.').by(coded('left', '13102')),
    'leave-list-open': row('Who has left goes on reading.').by(
      skip('authoriseReading', (_call, { left }, { relationId }) => left.get(relationId) === 'left'),
    ),
    'leave-send-open': row('Who has left goes on sending.').by(
      skip('authoriseSending', (_call, { left }, { relationId }) => left.get(relationId) === 'left'),
    ),
    'leave-still-listed': row('Who has left is listed on.').by(
      instead('showMembers', (usual, call, channel) => [
        ...usual(),
        ...[...channel.left]
          .filter(([, how]) => how === 'left')
          .map(([relationId]) => ({ relationId, name: '', avatar: '', isAdmin: false }))
          .slice(0, call.action === 'members' ? undefined : 0),
      ]),
    ),
    'leave-dismisses': row('When a member leaves, the group is dismissed.').by(
      instead('part', (usual, call, channel, _relationId, how) => {
        usual();
        if (how === 'left') call.behaviour.dismiss(call, channel);
      }),
    ),
  },
  'RG-LEAVE-1-SHOULD': {
    'leave-pair': row('A conversation of two can be left.').by(
      skip('authoriseParting', ({ action }) => action === 'leave'),
    ),
    'leave-pair-parameter': on
      .leave('Leave of a conversation of two is refused as a wrong parameter.')
      .by(codedFor('leave', 'pair', '10112')),
  },
  'RG-DISBAND-1': {
    'disband-forgotten': row('Disband is answered with a success and the group lives.').by(skip('dismiss', () => true)),
    'disband-by-any-member': row('Every member can disband a group.').by(byAnyMember('disband')),
    'disband-by-member-done': row('Disband by a member is refused, and done.').by(
      instead('authoriseRuling', (usual, call, channel, user) => {
        if (call.action === 'disband' && channel.admin !== user.relationId) call.behaviour.dismiss(call, channel);
        usual();
      }),
    ),
    'disband-by-member-denied': row('Disband by a member is refused with the code 10120.').by(
      codedFor('disband', 'not-admin', '10120'),
    ),
    'disband-open-for-admin': row('The admin sees a dismissed group on.').by(
      skip('authoriseSeeing', (_call, { dismissed, admin }, { relationId }) => dismissed && admin === relationId),
    ),
    'disband-as-removal': row('Members of a dismissed group are told to have been removed.').by(
      coded('dismissed', '13102'),
    ),
    'disband-by-outsider': row('Who is no member can disband a group.').by(
      skip('authoriseRuling', ({ action }, { members }, { relationId }) => {
        return action === 'disband' && !members.has(relationId);
      }),
    ),
  },
  'RG-OWNER-1': {
    'transfer-forgotten': row('Transfer Owner is answered with a success and changes nothing.').by(
      skip('crown', () => true),
    ),
    'transfer-by-member': row('Every member can make itself the admin.').by(byAnyMember('transferowner')),
    'transfer-two-admins': row('After Transfer Owner a group has two admins.').by((base) => {
      const former = new Map<string, string>();
      return {
        crown(call, channel, relationId) {
          former.set(channel.uuid, channel.admin);
          base.crown(call, channel, relationId);
        },
        isAdmin: (call, channel, relationId) =>
          former.get(channel.uuid) === relationId || base.isAdmin(call, channel, relationId),
      };
    }),
    'transfer-in-name': row('Who was the admin before Transfer Owner goes on ruling.').by((base) => {
      const first = new Map<string, string>();
      return {
        crown(call, channel, relationId) {
          first.set(channel.uuid, first.get(channel.uuid) ?? channel.admin);
          base.crown(call, channel, relationId);
        },
        authoriseRuling(call, channel, user) {
          if (call.action === 'removemembers' && first.get(channel.uuid) === user.relationId) return;
          base.authoriseRuling(call, channel, user);
        },
      };
    }),
    'transfer-by-member-denied': row('Transfer Owner by a member is refused with the code 10120.').by(
      codedFor('transferowner', 'not-admin', '10120'),
    ),
    'transfer-leaves': row('Who hands a group over is no member of it any more.').by(
      instead('crown', (usual, _call, channel, relationId) => {
        channel.members.delete(channel.admin);
        usual();
        channel.admin = relationId;
      }),
    ),
  },
  'RG-INFO-1': {
    'info-channel-uuid': row('Info answers the uuid as channelUuid.').by(rename('/data/uuid', 'channelUuid')),
    'info-type-word': row('Info answers the type as GROUP or PRIVATE.').by(
      respell('/data/type', (type) => (type === 'G' ? 'GROUP' : 'PRIVATE')),
    ),
    'info-closed': row('A new group is not open to anybody.').by(set('/data/openAccess', false)),
    'info-flags-missing': row('Info leaves out pin and mute.').by(drop(['/data/pin', '/data/mute'])),
    'info-name-cut': row('Info shows the first sixteen characters of a name.').by(
      respell('/data/name', (name) => name.slice(0, 16)),
    ),
    'info-name-escaped': row('Info shows the name with its markup escaped.').by(
      respell('/data/name', (name) => name.replaceAll('&', '&amp;').replaceAll("'", '&#39;')),
    ),
    'info-members-two': row('Info shows the first two members.').by(
      change('/data/members', (members: Json[]) => members.slice(0, 2)),
    ),
    'info-members-of-create': row('Info goes on showing the members that a group began with.').by((base) => {
      const first = new Map<string, unknown[]>();
      return {
        open(call, user, draft) {
          const channel = base.open(call, user, draft);
          first.set(channel.uuid, call.behaviour.showMembers(call, channel));
          return channel;
        },
        showGroup(call, channel, user) {
          const shown = base.showGroup(call, channel, user);
          return { ...shown, members: first.get(channel.uuid) ?? shown.members };
        },
      };
    }),
    'info-members-others': row('Info shows the members without the caller.').by(
      change('/data', (data: Json, { caller }: Call) => ({
        ...data,
        members: (data.members as Json[]).filter(({ relationId }) => relationId !== caller?.relationId),
      })),
    ),
    'info-another': row('Info shows the uuid of the group that was made last.').by(
      change('/data', (data: Json, { state }: Call) => ({ ...data, uuid: [...state.channels.keys()].at(-1) })),
    ),
    'info-members-anonymous': row('Info shows the members without their names.').by(set('/data/members/*/name', '')),
  },
  'RG-ADMIN-1': {
    'is-admin-always': row('Is Admin answers true for every member.').by(set('/data', true)),
    'is-admin-never': row('Is Admin answers false for everybody.').by(set('/data', false)),
    'is-admin-number': row('Is Admin answers 1 and 0.').by(change('/data', (isAdmin) => (isAdmin ? 1 : 0))),
    'is-admin-object': row('Is Admin answers an object.').by(change('/data', (isAdmin) => ({ isAdmin }))),
  },
  'RG-STRANGER-1': {
    'stranger-info': row('Anybody sees a group by its uuid.').by(forOutsiders('info')),
    'stranger-members': on.members('Anybody sees the members of a group by its uuid.').by(forOutsiders('members')),
    'stranger-news': on
      .getannouncement('Anybody sees the announcement of a group by its uuid.')
      .by(skip('authoriseNews', () => true)),
    'stranger-info-refused-with-data': row('Info refuses who is no member, with the group as data.').by(
      refused(
        ({ kind }, { action }) => kind === 'denied' && action === 'info',
        (answer, call) => {
          const channel = channelAt(call, call.members.channelUuid);
          if (channel === undefined || call.caller === undefined) return answer;
          const data = call.behaviour.showGroup(call, channel, call.caller);
          return { ...answer, body: { ...(answer.body as Json), data } };
        },
      ),
    ),
    'stranger-empty': on.members('Members answers who is no member with a success and nobody.').by(
      refused(
        ({ kind }, { action }) => kind === 'denied' && action === 'members',
        (answer) => ({ ...answer, body: { code: '0', desc: 'success', data: [] } }),
      ),
    ),
  },
  'RG-STRANGER-1-SHOULD': {
    'stranger-news-denied': row('Get Announcement refuses who is no member with the code 10120.').by(
      codedFor('getannouncement', 'no-member', '10120'),
    ),
  },
  'RG-NEWS-1': {
    'news-forgotten': row('Update Announcement is answered with a success and changes nothing.').by(
      skip('setNews', () => true),
    ),
    'news-cut': row('An announcement is cut after 255 characters.').by(
      instead('setNews', (usual, call, channel, announcement, pinAnnouncement) =>
        usual(call, channel, announcement.slice(0, 255), pinAnnouncement),
      ),
    ),
    'news-empty-ignored': row('An empty announcement leaves the one that was there.').by(
      skip('setNews', (_call, _channel, announcement) => announcement === ''),
    ),
    'news-once': row('An announcement that was set stays.').by(
      skip('setNews', (_call, { announcement }) => announcement !== ''),
    ),
    'news-pinned-always': row('Every announcement is pinned.').by(
      instead('setNews', (usual, call, channel, announcement) => usual(call, channel, announcement, true)),
    ),
    'news-ascii': row('An announcement loses what is not ASCII.').by(
      instead('setNews', (usual, call, channel, announcement, pin) =>
        usual(call, channel, announcement.replace(/[^\n -~]/g, '?'), pin),
      ),
    ),
    'news-by-any-member': row('Every member can set the announcement.').by(byAnyMember('updateannouncement')),
    'news-by-member-done': row('Update Announcement by a member is refused, and done.').by(
      instead('authoriseRuling', (usual, call, channel, user) => {
        const { announcement } = call.members;
        if (call.action === 'updateannouncement' && channel.admin !== user.relationId)
          call.behaviour.setNews(call, channel, String(announcement), true);
        usual();
      }),
    ),
    'news-for-admin': on
      .getannouncement('Get Announcement gives the announcement to the admin alone.')
      .by(
        change('/data', (data: Json, call: Call) =>
          channelAt(call, call.members.channelUuid)?.admin === call.caller?.relationId
            ? data
            : { announcement: '', pinAnnouncement: false },
        ),
      ),
    'news-bare': on
      .getannouncement('Get Announcement answers the text itself.')
      .by(change('/data', ({ announcement }: Json) => announcement)),
  },
  'RG-NEWS-1-SHOULD': {
    'news-by-member-denied': row('Update Announcement by a member is refused with the code 10120.').by(
      codedFor('updateannouncement', 'not-admin', '10120'),
    ),
    'news-by-member-owner': row('Update Announcement by a member is refused with the code of clubs, 13106.').by(
      codedFor('updateannouncement', 'not-admin', '13106'),
    ),
  },
  'RE-COM-1': {
    'join-data-true': on.join('Join answers data true instead of null.').by(set('/data', true)),
    'pin-no-data': on.pin('Pin answers without data.').by(drop('/data')),
  },
  'RE-COM-2': {
    'create-code-201': on.create('Create is answered with the code "201".').by(set('/code', '201')),
    'user-info-nulls': on
      .userinfo('User Info has the code "00".')
      .by(onAnswer(where('/code', (code) => code === '0', set('', '00')))),
  },
});

/** Other address tokens that are good for who has one. */
function goodAddressToken(isGood: (own: string, given: string, user: User) => boolean): RelationBehave {
  return instead('addressOwner', (usual, { state }, authorization) => {
    const given = authorization?.replace(/^bearer +/i, '');
    if (given === undefined) return usual();
    const user = [...state.users.values()].find(
      (each) => each.addressAuthToken !== undefined && isGood(each.addressAuthToken, given, each),
    );
    return user ?? usual();
  });
}

/** A token of Auth with other claims, which is good all the same. */
function claiming(other: (claims: Json, user: User) => Json): RelationBehave {
  return instead('newToken', (usual, call, user) => {
    const [head, claims, signature] = usual().split('.');
    const told = other(JSON.parse(Buffer.from(claims ?? '', 'base64url').toString('utf8')) as Json, user);
    const token = [head, Buffer.from(JSON.stringify(told)).toString('base64url'), signature].join('.');
    call.state.issued.set(token, user.relationId);
    return token;
  });
}

/** A refusal of this kind has another code. */
function coded(meant: RefusalKind, code: string): RelationBehave {
  return instead('codeOf', (usual, _call, { kind }) => (kind === meant ? code : usual()));
}

/** The same of one action. */
function codedFor(action: Call['action'], meant: RefusalKind, code: string): RelationBehave {
  return instead('codeOf', (usual, call, { kind }) => (call.action === action && kind === meant ? code : usual()));
}

/** Members rule as the admin does. */
function byAnyMember(action: Call['action']): RelationBehave {
  return skip('authoriseRuling', (call, { members }, { relationId }) => {
    return call.action === action && members.has(relationId);
  });
}

/** Who never was a member sees the group. */
function forOutsiders(action: Call['action']): RelationBehave {
  return skip('authoriseSeeing', (call, { members, left }, { relationId }) => {
    return call.action === action && !members.has(relationId) && !left.has(relationId);
  });
}

/** The call as one of another type. */
function typed(call: Call, type: string): Call {
  return { ...call, members: { ...call.members, type } };
}

function isKnown({ state, members }: Call): boolean {
  return members.address === undefined || state.users.has(String(members.address));
}

/** What a server does otherwise to those who came into a group by Join. */
function lateComers(
  behave: (isLate: (channel: Channel, relationId: string) => boolean) => RelationBehave,
): RelationBehave {
  return (base) => {
    const late = new Set<string>();
    return {
      enter(call, channel, relationId) {
        late.add(`${channel.uuid} ${relationId}`);
        base.enter(call, channel, relationId);
      },
      ...behave((channel, relationId) => late.has(`${channel.uuid} ${relationId}`))(base),
    };
  };
}
