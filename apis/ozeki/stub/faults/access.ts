import { type Mutation, onRefusal } from '../../../../src/stub/mutation.js';
import { change } from '../../../../src/stub/operators.js';
import { actions } from '../actions.js';
import { noFlags } from '../behaviour/conversations.js';
import type { Call, CredentialHeader } from '../call.js';
import { type Conversation, type Json, type OzekiAction, Refusal, type User } from '../model.js';
import { faultsOf, instead, nameOf, type OzekiBehave, on, onEach, row, skip, together } from '../rows.js';

/** A conversation object, as far as rows look into it. */
interface Shown {
  participantids: string[];
  participants: { userid: string }[];
  properties: Json[];
}

const SIGNATURE_UNCHECKED: readonly OzekiAction[] = [
  'friends',
  'viewed',
  'blocklist',
  'clear',
  'workspaceregister',
  'download',
  'useravailable',
  'unhide',
  'setlistitembackgroundcolor',
];
const OUTSIDER_SERVED: readonly OzekiAction[] = [
  'download',
  'downloadpartial',
  'add',
  'clear',
  'viewed',
  'favorite',
  'mute',
  'hide',
  'setlistitembackgroundcolor',
];

export const accessFaults = faultsOf({
  'OZ-COM-10': {
    ...onEach(
      SIGNATURE_UNCHECKED,
      'signature-unchecked',
      (action) => `${nameOf(action)} serves whoever names a user, whatever the signature.`,
      (action) => skip('checkSignature', (call) => call.action === action),
    ),
    ...onEach(
      ['mute', 'add', 'setlistitembackgroundcolor'],
      'signature-refused-but-done',
      (action) => `${nameOf(action)} refuses a wrong signature in its answer, and is carried out all the same.`,
      (action) => doneWithWrongSignature(action),
    ),
    'signature-prefix': row('Signatures are compared by their first eight characters.').by(
      goodSignature((own, given) => given.slice(0, 8) === own.slice(0, 8)),
    ),
    'signature-tail-ignored': row('The last four characters of a signature are not compared.').by(
      goodSignature((own, given) => given.slice(0, -4) === own.slice(0, -4)),
    ),
    'signature-length': row('Every signature of the right length is accepted.').by(
      goodSignature((own, given) => given.length === own.length),
    ),
    'signature-letter-case': row('Signatures are compared without regard to capitals.').by(
      goodSignature((own, given) => given.toLowerCase() === own.toLowerCase()),
    ),
    'signature-of-anybody': row('The signature of any account is accepted for every other.').by(
      goodSignature((_own, given, { state }) => [...state.users.values()].some(({ signature }) => signature === given)),
    ),
    'signature-skipped-after-login': row('Signatures are not looked at when the station has logged in before.').by(
      goodSignature((_own, _given, { state, request }) =>
        state.sessions.has(request.headers.get('Ozeki-Station') ?? ''),
      ),
    ),
    'download-signature-empty': on.download('Download serves whoever sends an empty signature.').by(
      together(
        instead('requireHeader', (usual, call, header) =>
          isEmptySignature(call) && header === 'Ozeki-Signature' ? '' : usual(),
        ),
        skip('checkSignature', isEmptySignature),
      ),
    ),
    'signature-refused-after-change': row(
      'Mute, Unmute, Favorite and Unfavorite are carried out before a wrong signature is refused.',
    ).by(doneWithWrongSignature('mute', 'unmute', 'favorite', 'unfavorite')),
    'download-signature-refused-with-data': on
      .download('Download refuses a wrong signature, and sends the messages beside the refusal.')
      .by((base) => {
        const named = new WeakMap<Call, User>();
        return {
          checkSignature(call, user, signature) {
            if (call.action === 'download') named.set(call, user);
            base.checkSignature(call, user, signature);
            named.delete(call);
          },
          refuse(call, refusal) {
            const answer = base.refuse(call, refusal);
            const user = named.get(call);
            if (user === undefined) return answer;
            return { ...answer, body: { ...(answer.body as Json), ...actions.download.run(call, user) } };
          },
        };
      }),
  },
  'OZ-COM-11': {
    'add-station-optional': headerOptional('add', 'Ozeki-Station'),
    'downloadpartial-station-optional': headerOptional('downloadpartial', 'Ozeki-Station'),
    'login-station-optional': headerOptional('login', 'Ozeki-Station'),
    'notification-station-optional': headerOptional('notification', 'Ozeki-Station'),
    'favorite-signature-optional': headerOptional('favorite', 'Ozeki-Signature'),
    'blocklist-signature-optional': headerOptional('blocklist', 'Ozeki-Signature'),
    'workspace-signature-optional': headerOptional('workspaceregister', 'Ozeki-Signature'),
    'list-user-optional': headerOptional('list', 'Ozeki-User'),
    'workspace-user-optional': headerOptional('workspaceregister', 'Ozeki-User'),
    'hide-station-missing-refused-but-done': on
      .hide('Hide without a station header is refused, and hides the conversation all the same.')
      .by(
        instead('requireHeader', (usual, call, header) => {
          const { headers } = call.request;
          if (call.action === 'hide' && header === 'Ozeki-Station' && !headers.has(header))
            actions.hide.run(call, call.behaviour.userOf(call, headers.get('Ozeki-User') ?? ''));
          return usual();
        }),
      ),
  },
  'OZ-COM-12': {
    'user-as-claimed': row('Signature and station must fit each other, and the user is whoever Ozeki-User names.').by(
      together(
        instead('checkSignature', (usual, call, user, signature) => usual(call, signer(call) ?? user, signature)),
        instead('checkStation', (usual, call, user, station) => usual(call, signer(call) ?? user, station)),
      ),
    ),
    'download-stranger-with-message': on
      .download('Download serves whoever knows the id of a message of the conversation.')
      .by(
        skip('authorise', ({ action, body }, { messages }) =>
          action === 'download' && messages.some(({ id }) => id === body.firstmessageid)),
      ),
    ...onEach(
      OUTSIDER_SERVED,
      'stranger-served',
      (action) => `${nameOf(action)} serves whoever knows the id of a conversation.`,
      (action) => skip('authorise', (call) => call.action === action),
    ),
    'clear-stranger-refused-but-done': outsiderRefusedButDone('clear', (call, conversation, outsider) =>
      call.behaviour.clear(call, conversation, outsider),
    ),
    'add-stranger-refused-but-done': outsiderRefusedButDone('add', (call, conversation, outsider) => {
      call.behaviour.store(call, conversation, outsider, call.behaviour.readUpload(call));
    }),
    'mute-stranger-refused-but-done': outsiderRefusedButDone('mute', (call, conversation) =>
      flagAll(call, conversation, { ismuted: true }),
    ),
    'unfavorite-stranger-refused-but-done': outsiderRefusedButDone('unfavorite', (call, conversation) =>
      flagAll(call, conversation, { isfavorite: false }),
    ),
    'viewed-stranger-refused-but-done': outsiderRefusedButDone('viewed', (call, conversation, outsider) =>
      call.behaviour.markViewed(call, conversation, outsider, call.body.messageids as string[]),
    ),
    'downloadpartial-instance-as-pass': on
      .downloadpartial('Whoever names the right instance of a conversation may page through it.')
      .by(
        skip('authorise', ({ action, body }, { instance }) =>
          action === 'downloadpartial' && body.instance === instance),
      ),
    'add-makes-participant': on
      .add('Who is refused by Add has joined the conversation, and may read it from then on.')
      .by((base) => {
        const joined = new Set<string>();
        return skip('authorise', ({ action }, conversation, user) => {
          const key = `${conversation.id} ${user.id}`;
          if (action === 'add') joined.add(key);
          return action !== 'add' && joined.has(key);
        })(base);
      }),
  },
  'OZ-LOGIN-6': {
    'login-apikey-any': row('Login serves an unknown apikey as the first account.').by(
      apikeyFound((call) => (call.body.apikey === undefined ? undefined : anybody(call))),
    ),
    'login-apikey-missing': row('Login without an apikey serves the account to which the station belongs.').by(
      apikeyFound((call) => (call.body.apikey === undefined ? ownerOfStation(call) : undefined)),
    ),
    'login-apikey-empty': row('Login serves an empty apikey as the account to which the station belongs.').by(
      apikeyFound((call) => (call.body.apikey === '' ? ownerOfStation(call) : undefined)),
    ),
    'login-apikey-longer': row('Login accepts whatever begins with an apikey.').by(
      apikeyAlike((own, given) => given.startsWith(own)),
    ),
    'login-apikey-true': row('Login compares an apikey loosely, so that true equals any.').by(
      together(
        apikeyFound((call) => (call.body.apikey === true ? ownerOfStation(call) : undefined)),
        skip('checkMembers', ({ body }) => body.apikey === true),
      ),
    ),
    'login-apikey-wildcard': row('Login looks an apikey up as a pattern, in which % stands for anything.').by(
      apikeyFound((call) => (call.body.apikey === '%' ? ownerOfStation(call) : undefined)),
    ),
    'login-apikey-prefix': row('Login compares the first 32 characters of an apikey.').by(
      apikeyAlike((own, given) => own.slice(0, 32) === given.slice(0, 32)),
    ),
    'login-apikey-beginning': row('Login accepts the first half of an apikey for the whole.').by(
      apikeyAlike((own, given) => given.length >= 20 && own.startsWith(given)),
    ),
    'login-apikey-letter-case': row('Login compares apikeys without regard to capitals.').by(
      apikeyAlike((own, given) => own === given.toLowerCase()),
    ),
    'login-refusal-reveals-rsakey': row(
      'Login refuses a wrong apikey, and sends the rsakey of the station beside the refusal.',
    ).by(revealed((call, user) => ({ rsakey: call.behaviour.showRsaKey(call, user) }))),
    'login-refusal-reveals-userid': row(
      'Login refuses a wrong apikey, and names the userid of the station beside the refusal.',
    ).by(revealed((_call, { id }) => ({ userid: id }))),
  },
  'OZ-CONV-1': {
    'list-foreign-conversation': row('List shows each caller a conversation of two others.').by(
      instead('conversationsOf', (usual, { state }, { id }) => {
        const foreign = [...state.conversations.values()].filter(({ participants }) => !participants.includes(id));
        return [...usual(), ...foreign.slice(0, 1)];
      }),
    ),
    'list-caller-omitted': row('The caller is left out of the participants that List shows.').by(
      change('/conversations/*', (shown: Shown, { caller }: Call) => ({
        ...shown,
        participantids: shown.participantids.filter((id) => id !== caller?.id),
        participants: shown.participants.filter(({ userid }) => userid !== caller?.id),
      })),
    ),
  },
  'OZ-CONV-5': {
    'mute-properties-of-all': on.mute('Mute answers the properties of all participants, the caller first.').by(
      change('/conversation/properties', (own: Json[], call: Call) => [
        ...own,
        ...others(call.conversation?.participants, call).flatMap((id) => {
          const other = call.state.users.get(id);
          return other && call.conversation ? call.behaviour.showProperties(call, call.conversation, other) : [];
        }),
      ]),
    ),
    'list-properties-of-other': row(
      'List shows untouched properties of the other participant after those of the caller.',
    ).by(
      change('/conversations/*', (shown: Shown, call: Call) => {
        const [userid] = others(shown.participantids, call);
        return { ...shown, properties: [...shown.properties, { userid, ...noFlags }] };
      }),
    ),
  },
});

function isEmptySignature({ action, request }: Call): boolean {
  return action === 'download' && request.headers.get('Ozeki-Signature') === '';
}

/** Signatures that are good although they are not the user's own. */
function goodSignature(isGood: (own: string, given: string, call: Call) => boolean): OzekiBehave {
  return skip('checkSignature', (call, user, given) => isGood(user.signature, given, call));
}

/** Carries these actions out before a wrong signature is refused. */
function doneWithWrongSignature(...early: OzekiAction[]): OzekiBehave {
  return instead('checkSignature', (usual, call, user, signature) => {
    const { action } = call;
    if (action !== 'unknown' && early.includes(action) && signature !== user.signature) actions[action].run(call, user);
    usual();
  });
}

/** An action that needs one of its headers no longer; what the header would show is taken as given. */
function headerOptional(action: OzekiAction, header: CredentialHeader) {
  const name = header.replace('Ozeki-', '').toLowerCase();
  const isLeftOut = (call: Call) => call.action === action && !call.request.headers.has(header);
  return on[action](`${nameOf(action)} serves callers who leave the ${name} header out.`).by(
    together(
      instead('requireHeader', (usual, call, asked) => (asked === header && isLeftOut(call) ? '' : usual())),
      instead('userOf', (usual, call, userId) => (userId === '' ? bySignature(call) : usual())),
      skip('checkSignature', (_call, _user, signature) => signature === ''),
      skip('checkStation', (_call, _user, station) => station === ''),
      instead('userOfStation', (usual, call, station) => (station === '' ? anybody(call) : usual())),
    ),
  );
}

function bySignature({ state, request }: Call): User {
  const given = request.headers.get('Ozeki-Signature');
  const signed = [...state.users.values()].find(({ signature }) => signature === given);
  if (signed === undefined) throw new Refusal('credentials', 'The signature is wrong');
  return signed;
}

function outsiderRefusedButDone(
  action: OzekiAction,
  carryOut: (call: Call, conversation: Conversation, outsider: User) => void,
) {
  return on[action](
    `${nameOf(action)} refuses an outsider in its answer, and changes the conversation all the same.`,
  ).by(
    instead('authorise', (usual, call, conversation, user) => {
      if (call.action === action && !conversation.participants.includes(user.id)) carryOut(call, conversation, user);
      usual();
    }),
  );
}

function flagAll(call: Call, conversation: Conversation, change: { ismuted: boolean } | { isfavorite: boolean }): void {
  for (const id of conversation.participants)
    conversation.flags.set(id, { ...call.behaviour.flagsOf(call, conversation, id), ...change });
}

/** Whom Login takes the caller for; such a session is opened on the user's own station alone. */
function apikeyFound(find: (call: Call) => User | undefined): OzekiBehave {
  return together(
    instead('userOfApikey', (usual, call) => find(call) ?? usual()),
    skip('openSession', (_call, user, station) => user.station !== station),
  );
}

function apikeyAlike(isAlike: (own: string, given: string) => boolean): OzekiBehave {
  return apikeyFound(({ state, body: { apikey } }) =>
    typeof apikey === 'string' ? [...state.users.values()].find((user) => isAlike(user.apikey, apikey)) : undefined,
  );
}

function ownerOfStation(call: Call): User | undefined {
  const station = call.request.headers.get('Ozeki-Station');
  return [...call.state.users.values()].find((user) => user.station === station);
}

/** Whose station it is, where the action asks for one. */
function signer(call: Call): User | undefined {
  return call.action === 'workspaceregister' ? undefined : ownerOfStation(call);
}

function anybody(call: Call): User {
  const [user] = call.state.users.values();
  if (user === undefined) throw new Refusal('credentials', 'There are no accounts');
  return user;
}

/** What a refusal of credentials tells of whose station it is. */
function revealed(members: (call: Call, user: User) => Json): Mutation<Call> {
  return onRefusal((answer, call) => {
    const user = ownerOfStation(call);
    if (call.refusal?.kind !== 'credentials' || user === undefined) return answer;
    return { ...answer, body: { ...(answer.body as Json), ...members(call, user) } };
  });
}

function others(ids: readonly string[] = [], { caller }: Call): string[] {
  return ids.filter((id) => id !== caller?.id);
}
