import { set } from '../../../../src/stub/operators.js';
import { nameOfAction, relationActionNames } from '../../actions.js';
import type { Call } from '../call.js';
import type { Json, RelationAction, User } from '../model.js';
import { Refusal } from '../model.js';
import {
  channelAt,
  faultsOf,
  firstChannelOf,
  instead,
  on,
  onEach,
  type RelationBehave,
  refused,
  row,
  skip,
  together,
} from '../rows.js';

export const accessFaults = faultsOf({
  'RE-COM-3': {
    ...onEach(
      relationActionNames.filter((name) => !['auth', 'follow', 'unfollow'].includes(name)),
      'token-unchecked',
      (action) => `${nameOfAction(action)} serves whoever sends a token, whatever it is.`,
      (action) =>
        instead('userOf', (usual, call, authorization) =>
          call.action === action && authorization !== null ? (known(usual) ?? firstUser(call)) : usual(),
        ),
    ),
    'token-end-unchecked': row('The last character of a token is not compared.').by(
      goodToken((own, given) => given.slice(0, -1) === own.slice(0, -1)),
    ),
    'token-signature-unchecked': row(
      'Only the part of a token that names the user is looked at, not its signature.',
    ).by(goodToken((own, given) => given.split('.')[1] === own.split('.')[1])),
    'token-prefix-accepted': row('Half of a token is as good as the whole.').by(
      goodToken((own, given) => given.length > 8 && own.startsWith(given)),
    ),
    'token-any-case': row('Tokens are compared without regard to case.').by(
      goodToken((own, given) => given.toLowerCase() === own.toLowerCase()),
    ),
    'token-relationid': row('A relationId is as good as a token.').by(
      goodToken((own, given, { relationId }) => given === relationId || given === own),
    ),
    'unread-guest': on
      .unreadcount('Who sends no token gets the unread count of a guest.')
      .by(
        instead('userOf', (usual, { action }, authorization) =>
          action === 'unreadcount' && authorization === null
            ? { relationId: 'guest', token: '', name: null, avatar: null }
            : usual(),
        ),
      ),
    'send-unknown-token-stored': on.send('Send under an unknown token is refused, but the message is stored.').by(
      doneForFirstUser('send', (call, user) => {
        const { behaviour } = call;
        behaviour.store(call, behaviour.channelOf(call, user), user, behaviour.readDraft(call));
      }),
    ),
    'read-unknown-token-done': on.read('Read under an unknown token is refused, but done for the first user.').by(
      doneForFirstUser('read', (call, user) => {
        const { behaviour } = call;
        behaviour.markRead(call, behaviour.channelOf(call, user), user, behaviour.readTotal(call));
      }),
    ),
  },
  'RE-COM-3-SHOULD': {
    'token-code-401': row('A wrong token is refused with the code "401".').by(
      instead('codeOf', (usual, _call, { kind }) => (kind === 'token' ? '401' : usual())),
    ),
    'token-missing-10112': row('A missing token is refused as a wrong parameter, 10112.').by(
      instead('userOf', (usual, _call, authorization) => {
        if (authorization === null) throw new Refusal('input', 'token is missing');
        return usual();
      }),
    ),
  },
  'RE-COM-4': {
    'apikey-unchecked': row('No action looks at the ApiKey.').by(goodApiKey(() => true)),
    'hide-apikey-unchecked': on
      .hide('Hide does not look at the ApiKey.')
      .by(skip('checkApiKey', ({ action }) => action === 'hide')),
    'apikey-any-case': row('The case of an ApiKey is not compared.').by(
      goodApiKey((own, given) => given?.toLowerCase() === own.toLowerCase()),
    ),
    'apikey-beginning': row('The beginning of an ApiKey is enough.').by(
      goodApiKey((own, given) => Boolean(given && own.startsWith(given))),
    ),
    'apikey-longer': on
      .send('What follows an ApiKey is not looked at.')
      .by(goodApiKey((own, given) => given?.startsWith(own) === true)),
    'apikey-optional': row('An ApiKey is checked only where one is sent.').by(
      goodApiKey((_own, given) => given === null),
    ),
  },
  'RE-COM-6': {
    'scheme-bearer-unknown': row('The scheme of a token is compared with its case.').by(
      instead('userOf', (usual, _call, authorization) => {
        if (authorization?.startsWith('bearer')) throw new Refusal('token', 'token error');
        return usual();
      }),
    ),
    'scheme-bearer-as-token': on
      .unreadcount('Unread count takes a scheme in lower case for a part of the token.')
      .by(
        instead('userOf', (usual, call, authorization) =>
          usual(
            call,
            call.action === 'unreadcount' ? (authorization?.replace(/^bearer +/, '') ?? null) : authorization,
          ),
        ),
      ),
  },
  'RE-LIST-3': {
    'list-no-receiver-served': row(
      'List with neither channelUuid nor toRelationId gives the messages of the first channel.',
    ).by(
      together(
        skip('checkReceiver', ({ action }) => action === 'list'),
        instead('channelOf', (usual, call, { relationId }) => {
          const named = call.members.channelUuid ?? call.members.toRelationId;
          return named === undefined ? (firstChannelOf(call, relationId) ?? usual()) : usual();
        }),
      ),
    ),
    'list-no-receiver-denied': row('List with neither channelUuid nor toRelationId is refused with the code 10120.').by(
      skip('checkReceiver', ({ action }) => action === 'list'),
    ),
  },
  'RE-LIST-4': {
    'list-outsider-served': row('List gives the messages of a channel to whoever knows its uuid.').by(
      skip('authoriseReading', ({ action }) => action === 'list'),
    ),
    'list-outsider-empty': row('List answers an outsider with the code "0" and no message.').by(
      together(
        skip('authoriseReading', ({ action }) => action === 'list'),
        instead('messagesOf', (usual, _call, { members }, { relationId }) => (members.has(relationId) ? usual() : [])),
      ),
    ),
    'list-outsider-denied-with-data': row(
      'List answers an outsider with the code 10120 and the messages all the same.',
    ).by(
      refused(
        ({ kind }) => kind === 'denied',
        (answer, call) => {
          const messages = channelAt(call, call.members.channelUuid)?.messages.slice(-5);
          if (messages === undefined) return answer;
          const data = messages.map((message) => call.behaviour.showMessage(call, message));
          return { ...answer, body: { ...(answer.body as Json), data } };
        },
      ),
    ),
    'list-outsider-wrong-code': row('List refuses an outsider with the code of Send, 13108.').by(
      instead('codeOf', (usual, { action }, { kind }) => (action === 'list' && kind === 'denied' ? '13108' : usual())),
    ),
    'list-second-parameter': row('List asks for no membership where toRelationId is given beside channelUuid.').by(
      skip('authoriseReading', ({ action, members }) => action === 'list' && members.toRelationId !== undefined),
    ),
    'list-outsider-older': row('List asks for membership on the first page alone.').by(
      skip('authoriseReading', (call) => {
        const isFirst = Number(call.members.maxCreateAt) > call.behaviour.now(call);
        return call.action === 'list' && !isFirst;
      }),
    ),
    'list-former-served': row('Who was a member of a channel goes on reading it.').by(
      skip('authoriseReading', ({ action }, { left }, { relationId }) => action === 'list' && left.has(relationId)),
    ),
    'list-former-older': row('Who was a member of a channel may read what was sent until then.').by(
      together(
        skip('authoriseReading', ({ action }, { left }, { relationId }) => action === 'list' && left.has(relationId)),
        instead('messagesOf', (usual, _call, { left }, { relationId }) =>
          left.has(relationId) ? usual().slice(0, 20) : usual(),
        ),
      ),
    ),
    'list-former-left-code': row('Who was a member of a channel is refused with the code of Info, 13103.').by(
      instead('codeOf', (usual, call, { kind }) => {
        const { left } = channelAt(call, call.members.channelUuid) ?? {};
        return kind === 'denied' && left?.has(call.caller?.relationId ?? '') ? '13103' : usual();
      }),
    ),
    'list-outsider-joins': row('Who has tried to send to a channel may read it, though the Send was refused.').by(
      (base) => {
        const joined = new Set<string>();
        return {
          authoriseSending(call, channel, user) {
            joined.add(`${channel.uuid} ${user.relationId}`);
            base.authoriseSending(call, channel, user);
          },
          authoriseReading(call, channel, user) {
            if (!joined.has(`${channel.uuid} ${user.relationId}`)) base.authoriseReading(call, channel, user);
          },
        };
      },
    ),
  },
  'RE-SEND-1': {
    'send-channel-null': row('Send answers channelUuid as null.').by(set('/data/channelUuid', null)),
  },
  'RE-SEND-3': {
    'send-second-parameter': row('Send asks for no membership where toRelationId is given beside channelUuid.').by(
      skip('authoriseSending', ({ members }) => typeof members.toRelationId === 'string'),
    ),
    'send-outsider-quotes': row('Send asks for no membership of who quotes a message of the channel.').by(
      skip('authoriseSending', ({ members }, { messages }) => messages.some(({ id }) => id === members.quoteId)),
    ),
    'send-outsider-stored': row('Send refuses an outsider with 13108, but stores the message.').by(
      instead('authoriseSending', (usual, call, channel, user) => {
        const { behaviour } = call;
        if (!channel.members.has(user.relationId)) behaviour.store(call, channel, user, behaviour.readDraft(call));
        usual();
      }),
    ),
    'send-outsider-served': row('Whoever knows the uuid of a channel can send to it.').by(
      skip('authoriseSending', () => true),
    ),
    'send-outsider-dropped': row('Send answers an outsider with the code "0", but drops the message.').by(
      together(
        skip('authoriseSending', () => true),
        instead('messagesOf', (usual, _call, { members }) =>
          usual().filter(({ from, type }) => type === 'SYS' || members.has(from)),
        ),
      ),
    ),
    'send-outsider-wrong-code': row('Send refuses an outsider with the code of List, 10120.').by(
      instead('codeOf', (usual, _call, { kind }) => (kind === 'no-member' ? '10120' : usual())),
    ),
  },
  'RE-HIDE-2': {
    'hide-others-later': row(
      "Hiding somebody else's message is refused, and done for all members a tenth of a second later.",
    ).by((base) => {
      const hiddenFrom = new Map<string, number>();
      return {
        authoriseHiding(call, message, user) {
          if (message.from !== user.relationId) hiddenFrom.set(message.id, base.now(call) + 100);
          base.authoriseHiding(call, message, user);
        },
        messagesOf(call, channel, user) {
          const now = base.now(call);
          return base.messagesOf(call, channel, user).filter(({ id }) => now < (hiddenFrom.get(id) ?? now + 1));
        },
      };
    }),
    'hide-anybody': row("Members can hide each other's messages.").by(skip('authoriseHiding', () => true)),
    'hide-outsider': row('An outsider can hide a message of a channel, for all its members.').by(
      together(
        instead('messageOf', (usual, { state, members }) => {
          const all = [...state.channels.values()].flatMap(({ messages }) => messages);
          return all.find(({ id }) => id === members.id) ?? usual();
        }),
        skip('authoriseHiding', (call, { channelUuid }, user) => !isMember(call, channelUuid, user)),
        instead('hide', (usual, call, { channelUuid, hiddenBy }, user) => {
          if (isMember(call, channelUuid, user)) return usual();
          for (const id of channelAt(call, channelUuid)?.members ?? []) hiddenBy.add(id);
        }),
      ),
    ),
    'hide-others-refused-but-done': row(
      "Hiding somebody else's message is refused, and the message is gone all the same.",
    ).by(
      instead('authoriseHiding', (usual, call, message, user) => {
        if (message.from !== user.relationId) call.behaviour.hide(call, message, user);
        usual();
      }),
    ),
    'hide-others-pretended': row("Hiding somebody else's message is answered with a success.").by(
      together(
        skip('authoriseHiding', () => true),
        skip('hide', (_call, { from }, { relationId }) => from !== relationId),
      ),
    ),
  },
});

/** What it gives, or nothing where it refuses. */
function known<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function firstUser(call: Call): User {
  const user = call.state.users.values().next().value;
  if (user === undefined) throw new Refusal('token', 'token error');
  return user;
}

/** Other tokens that are good for a user. */
function goodToken(isGood: (own: string, given: string, user: User) => boolean): RelationBehave {
  return instead('sameToken', (_usual, _call, given, user) => isGood(user.token, given, user));
}

/** Keys that are good although they are not the application's own. */
function goodApiKey(isGood: (own: string, given: string | null) => boolean): RelationBehave {
  return skip('checkApiKey', ({ state }, given) => isGood(state.apiKey, given));
}

/** Carries an action out for the first user where an unknown token is refused. */
function doneForFirstUser(action: RelationAction, act: (call: Call, user: User) => void): RelationBehave {
  return instead('refuse', (usual, call, { kind }) => {
    if (call.action === action && kind === 'token')
      known(() => {
        call.members = call.behaviour.readMembers(call);
        act(call, firstUser(call));
      });
    return usual();
  });
}

function isMember(call: Call, channelUuid: string, { relationId }: User): boolean {
  return channelAt(call, channelUuid)?.members.has(relationId) === true;
}
