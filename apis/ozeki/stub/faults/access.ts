import { jsonAnswer } from '../../../../src/stub/answer.js';
import { actions } from '../actions.js';
import type { CredentialHeader } from '../behaviour/access.js';
import { noFlags } from '../behaviour/conversations.js';
import type { OzekiBehaviour } from '../behaviour/index.js';
import { type Call, type Conversation, type OzekiAction, Refusal, type User } from '../model.js';
import type { OzekiFault } from '../mutation.js';

/** An action, and the name of its page for sentences. */
type Where = { action: OzekiAction; page: string };

export const accessFaults: readonly OzekiFault[] = [
  ...[
    { action: 'friends', page: 'Friends / List' },
    { action: 'viewed', page: 'Report' },
    { action: 'blocklist', page: 'Blocklist' },
    { action: 'clear', page: 'Clear' },
    { action: 'workspaceregister', page: 'Workspace registration' },
    { action: 'download', page: 'Download' },
    { action: 'useravailable', page: 'Availability' },
    { action: 'unhide', page: 'Unhide' },
    { action: 'setlistitembackgroundcolor', page: 'Change Color' },
  ].map((where) => signatureUnchecked(where as Where)),
  signatureCompared(
    'ozeki-signature-prefix',
    'Signatures are compared by their first eight characters.',
    (own, given) => given.slice(0, 8) === own.slice(0, 8),
  ),
  signatureCompared(
    'ozeki-signature-tail-ignored',
    'The last four characters of a signature are not compared.',
    (own, given) => given.slice(0, -4) === own.slice(0, -4),
  ),
  signatureCompared(
    'ozeki-signature-length',
    'Every signature of the right length is accepted.',
    (own, given) => given.length === own.length,
  ),
  signatureCompared(
    'ozeki-signature-letter-case',
    'Signatures are compared without regard to capitals.',
    (own, given) => given.toLowerCase() === own.toLowerCase(),
  ),
  signatureCompared(
    'ozeki-signature-of-anybody',
    'The signature of any account is accepted for every other.',
    (_own, given, call) => [...call.state.users.values()].some(({ signature }) => signature === given),
  ),
  signatureCompared(
    'ozeki-signature-skipped-after-login',
    'Signatures are not looked at when the station has logged in before.',
    (_own, _given, call) => call.state.sessions.has(call.request.headers.get('Ozeki-Station') ?? ''),
  ),
  {
    id: 'ozeki-download-signature-empty',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-10',
    sentence: 'Download serves whoever sends an empty signature.',
    behave: (base) => ({
      requireHeader: (call, header) =>
        isEmptySignature(call) && header === 'Ozeki-Signature' ? '' : base.requireHeader(call, header),
      checkSignature(call, user, signature) {
        if (!isEmptySignature(call)) base.checkSignature(call, user, signature);
      },
    }),
  },
  {
    id: 'ozeki-user-as-claimed',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-12',
    sentence: 'Signature and station must fit each other, and the user is whoever Ozeki-User names.',
    behave: (base) => {
      const owner = (call: Call, user: User) =>
        call.action === 'workspaceregister' ? user : (ownerOfStation(call) ?? user);
      return {
        checkSignature: (call, user, signature) => base.checkSignature(call, owner(call, user), signature),
        checkStation: (call, user, station) => base.checkStation(call, owner(call, user), station),
      };
    },
  },
  {
    id: 'ozeki-download-stranger-with-message',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-12',
    sentence: 'Download serves whoever knows the id of a message of the conversation.',
    behave: (base) => ({
      authorise(call, conversation, user) {
        const isKnown = conversation.messages.some(({ id }) => id === call.body.firstmessageid);
        if (call.action !== 'download' || !isKnown) base.authorise(call, conversation, user);
      },
    }),
  },
  signatureRefusedButDone({ action: 'mute', page: 'Mute' }),
  signatureRefusedButDone({ action: 'add', page: 'Add' }),
  signatureRefusedButDone({ action: 'setlistitembackgroundcolor', page: 'Change Color' }),
  {
    id: 'ozeki-signature-refused-after-change',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-10',
    sentence: 'Mute, Unmute, Favorite and Unfavorite are carried out before a wrong signature is refused.',
    behave: (base) => ({
      checkSignature(call, user, signature) {
        const { action } = call;
        const isEarly = action === 'mute' || action === 'unmute' || action === 'favorite' || action === 'unfavorite';
        if (isEarly && signature !== user.signature) actions[action].run(call, user);
        base.checkSignature(call, user, signature);
      },
    }),
  },
  {
    id: 'ozeki-download-signature-refused-with-data',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-10',
    sentence: 'Download refuses a wrong signature, and sends the messages beside the refusal.',
    behave: (base) => ({
      checkSignature(call, user, signature) {
        if (call.action === 'download' && signature !== user.signature) call.state.notes.set(WITH_DATA, user);
        base.checkSignature(call, user, signature);
      },
      refuse(call, refusal) {
        const answer = base.refuse(call, refusal);
        const user = call.state.notes.get(WITH_DATA) as User | undefined;
        if (user === undefined) return answer;
        call.state.notes.delete(WITH_DATA);
        return jsonAnswer(answer.status, { ...(answer.body as object), ...actions.download.run(call, user) });
      },
    }),
  },
  headerOptional('add', 'Ozeki-Station', { action: 'add', page: 'Add' }),
  headerOptional('downloadpartial', 'Ozeki-Station', { action: 'downloadpartial', page: 'Partial download' }),
  headerOptional('login', 'Ozeki-Station', { action: 'login', page: 'Login' }),
  headerOptional('notification', 'Ozeki-Station', { action: 'notification', page: 'Notification' }),
  headerOptional('favorite', 'Ozeki-Signature', { action: 'favorite', page: 'Favorite' }),
  headerOptional('blocklist', 'Ozeki-Signature', { action: 'blocklist', page: 'Blocklist' }),
  headerOptional('workspace', 'Ozeki-Signature', { action: 'workspaceregister', page: 'Workspace registration' }),
  headerOptional('list', 'Ozeki-User', { action: 'list', page: 'Conversation / List' }),
  headerOptional('workspace', 'Ozeki-User', { action: 'workspaceregister', page: 'Workspace registration' }),
  {
    id: 'ozeki-hide-station-missing-refused-but-done',
    api: 'ozeki',
    action: 'hide',
    requirement: 'OZ-COM-11',
    sentence: 'Hide without a station header is refused, and hides the conversation all the same.',
    behave: (base) => ({
      requireHeader(call, header) {
        if (call.action === 'hide' && header === 'Ozeki-Station' && !call.request.headers.has(header)) {
          actions.hide.run(call, base.userOf(call, call.request.headers.get('Ozeki-User') ?? ''));
        }
        return base.requireHeader(call, header);
      },
    }),
  },
  ...[
    { action: 'download', page: 'Download' },
    { action: 'downloadpartial', page: 'Partial download' },
    { action: 'add', page: 'Add' },
    { action: 'clear', page: 'Clear' },
    { action: 'viewed', page: 'Report' },
    { action: 'favorite', page: 'Favorite' },
    { action: 'mute', page: 'Mute' },
    { action: 'hide', page: 'Hide' },
    { action: 'setlistitembackgroundcolor', page: 'Change Color' },
  ].map((where) => strangerServed(where as Where)),
  strangerRefusedButDone({ action: 'clear', page: 'Clear' }, (call, base, conversation, stranger) =>
    base.clear(call, conversation, stranger),
  ),
  strangerRefusedButDone({ action: 'add', page: 'Add' }, (call, base, conversation, stranger) =>
    base.store(call, conversation, stranger, call.behaviour.readUpload(call)),
  ),
  strangerRefusedButDone({ action: 'mute', page: 'Mute' }, (call, base, conversation) => {
    for (const id of conversation.participants) {
      conversation.flags.set(id, { ...base.flagsOf(call, conversation, id), ismuted: true });
    }
  }),
  strangerRefusedButDone({ action: 'unfavorite', page: 'Unfavorite' }, (call, base, conversation) => {
    for (const id of conversation.participants) {
      conversation.flags.set(id, { ...base.flagsOf(call, conversation, id), isfavorite: false });
    }
  }),
  strangerRefusedButDone({ action: 'viewed', page: 'Report' }, (call, base, conversation, stranger) =>
    base.markViewed(call, conversation, stranger, call.body.messageids as string[]),
  ),
  {
    id: 'ozeki-downloadpartial-instance-as-pass',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-COM-12',
    sentence: 'Whoever names the right instance of a conversation may page through it.',
    behave: (base) => ({
      authorise(call, conversation, user) {
        if (call.action === 'downloadpartial' && call.body.instance === conversation.instance) return;
        base.authorise(call, conversation, user);
      },
    }),
  },
  {
    id: 'ozeki-add-makes-participant',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-COM-12',
    sentence: 'Who is refused by Add has joined the conversation, and may read it from then on.',
    behave: (base) => ({
      authorise(call, conversation, user) {
        const key = `ozeki-add-makes-participant ${conversation.id} ${user.id}`;
        if (call.state.notes.has(key) && call.action !== 'add') return;
        if (call.action === 'add') call.state.notes.set(key, true);
        base.authorise(call, conversation, user);
      },
    }),
  },
  {
    id: 'ozeki-login-apikey-any',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login serves an unknown apikey as the first account.',
    behave: (base) => apikeyFound(base, (call) => (call.body.apikey === undefined ? undefined : anybody(call))),
  },
  {
    id: 'ozeki-login-apikey-missing',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login without an apikey serves the account to which the station belongs.',
    behave: (base) => apikeyFound(base, (call) => (call.body.apikey === undefined ? ownerOfStation(call) : undefined)),
  },
  {
    id: 'ozeki-login-apikey-empty',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login serves an empty apikey as the account to which the station belongs.',
    behave: (base) => apikeyFound(base, (call) => (call.body.apikey === '' ? ownerOfStation(call) : undefined)),
  },
  {
    id: 'ozeki-login-apikey-longer',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login accepts whatever begins with an apikey.',
    behave: (base) => apikeyFound(base, (call) => byApikey(call, (own, given) => given.startsWith(own))),
  },
  {
    id: 'ozeki-login-apikey-true',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login compares an apikey loosely, so that true equals any.',
    behave: (base) => ({
      ...apikeyFound(base, (call) => (call.body.apikey === true ? ownerOfStation(call) : undefined)),
      checkMembers(call) {
        if (call.body.apikey !== true) base.checkMembers(call);
      },
    }),
  },
  {
    id: 'ozeki-login-apikey-wildcard',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login looks an apikey up as a pattern, in which % stands for anything.',
    behave: (base) => apikeyFound(base, (call) => (call.body.apikey === '%' ? ownerOfStation(call) : undefined)),
  },
  {
    id: 'ozeki-login-apikey-prefix',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login compares the first 32 characters of an apikey.',
    behave: (base) =>
      apikeyFound(base, (call) => byApikey(call, (own, given) => own.slice(0, 32) === given.slice(0, 32))),
  },
  {
    id: 'ozeki-login-apikey-beginning',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login accepts the first half of an apikey for the whole.',
    behave: (base) =>
      apikeyFound(base, (call) => byApikey(call, (own, given) => given.length >= 20 && own.startsWith(given))),
  },
  {
    id: 'ozeki-login-apikey-letter-case',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login compares apikeys without regard to capitals.',
    behave: (base) => apikeyFound(base, (call) => byApikey(call, (own, given) => own === given.toLowerCase())),
  },
  {
    id: 'ozeki-login-refusal-reveals-rsakey',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login refuses a wrong apikey, and sends the rsakey of the station beside the refusal.',
    answer: revealed((call, user) => ({ rsakey: call.behaviour.showRsaKey(call, user) })),
  },
  {
    id: 'ozeki-login-refusal-reveals-userid',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-6',
    sentence: 'Login refuses a wrong apikey, and names the userid of the station beside the refusal.',
    answer: revealed((_call, user) => ({ userid: user.id })),
  },
  {
    id: 'ozeki-list-foreign-conversation',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-1',
    sentence: 'List shows each caller a conversation of two others.',
    behave: (base) => ({
      conversationsOf(call, user) {
        const foreign = [...call.state.conversations.values()].find(
          ({ participants }) => !participants.includes(user.id),
        );
        return [...base.conversationsOf(call, user), ...(foreign === undefined ? [] : [foreign])];
      },
    }),
  },
  {
    id: 'ozeki-list-caller-omitted',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-1',
    sentence: 'The caller is left out of the participants that List shows.',
    behave: (base) => ({
      showConversation(call, conversation, user) {
        const shown = base.showConversation(call, conversation, user);
        if (call.action !== 'list') return shown;
        return {
          ...shown,
          participantids: (shown.participantids as string[]).filter((id) => id !== user.id),
          participants: (shown.participants as { userid: string }[]).filter(({ userid }) => userid !== user.id),
        };
      },
    }),
  },
  {
    id: 'ozeki-mute-properties-of-all',
    api: 'ozeki',
    action: 'mute',
    requirement: 'OZ-CONV-5',
    sentence: 'Mute answers the properties of all participants, the caller first.',
    behave: (base) => ({
      showConversation(call, conversation, user) {
        const shown = base.showConversation(call, conversation, user);
        if (call.action !== 'mute') return shown;
        const others = conversation.participants.filter((id) => id !== user.id);
        const all = [user.id, ...others].flatMap((id) => call.state.users.get(id) ?? []);
        return { ...shown, properties: all.map((each) => base.showProperties(call, conversation, each)) };
      },
    }),
  },
  {
    id: 'ozeki-list-properties-of-other',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-5',
    sentence: 'List shows untouched properties of the other participant after those of the caller.',
    behave: (base) => ({
      showConversation(call, conversation, user) {
        const shown = base.showConversation(call, conversation, user);
        const other = conversation.participants.find((id) => id !== user.id);
        if (call.action !== 'list') return shown;
        return { ...shown, properties: [...(shown.properties as object[]), { userid: other, ...noFlags }] };
      },
    }),
  },
];

const WITH_DATA = 'ozeki-download-signature-refused-with-data';

function isEmptySignature({ action, request }: Call): boolean {
  return action === 'download' && request.headers.get('Ozeki-Signature') === '';
}

function signatureUnchecked({ action, page }: Where): OzekiFault {
  return {
    id: `ozeki-${action}-signature-unchecked`,
    api: 'ozeki',
    action,
    requirement: 'OZ-COM-10',
    sentence: `${page} serves whoever names a user, whatever the signature.`,
    behave: (base) => ({
      checkSignature(call, user, signature) {
        if (call.action !== action) base.checkSignature(call, user, signature);
      },
    }),
  };
}

function signatureCompared(
  id: string,
  sentence: string,
  isGood: (own: string, given: string, call: Call) => boolean,
): OzekiFault {
  return {
    id,
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-10',
    sentence,
    behave: (base) => ({
      checkSignature(call, user, signature) {
        if (!isGood(user.signature, signature, call)) base.checkSignature(call, user, signature);
      },
    }),
  };
}

function signatureRefusedButDone({ action, page }: Where): OzekiFault {
  return {
    id: `ozeki-${action}-signature-refused-but-done`,
    api: 'ozeki',
    action,
    requirement: 'OZ-COM-10',
    sentence: `${page} refuses a wrong signature in its answer, and is carried out all the same.`,
    behave: (base) => ({
      checkSignature(call, user, signature) {
        if (call.action === action && signature !== user.signature) actions[action].run(call, user);
        base.checkSignature(call, user, signature);
      },
    }),
  };
}

function headerOptional(prefix: string, header: CredentialHeader, { action, page }: Where): OzekiFault {
  const name = header.replace('Ozeki-', '').toLowerCase();
  return {
    id: `ozeki-${prefix}-${name}-optional`,
    api: 'ozeki',
    action,
    requirement: 'OZ-COM-11',
    sentence: `${page} serves callers who leave the ${name} header out.`,
    behave: (base) => {
      const isLeftOut = (call: Call) => call.action === action && !call.request.headers.has(header);
      return {
        requireHeader: (call, asked) => (asked === header && isLeftOut(call) ? '' : base.requireHeader(call, asked)),
        userOf(call, userId) {
          if (userId !== '') return base.userOf(call, userId);
          const signature = call.request.headers.get('Ozeki-Signature');
          const signer = [...call.state.users.values()].find((user) => user.signature === signature);
          if (signer === undefined) throw new Refusal('credentials', 'The signature is wrong');
          return signer;
        },
        checkSignature(call, user, signature) {
          if (signature !== '') base.checkSignature(call, user, signature);
        },
        checkStation(call, user, station) {
          if (station !== '') base.checkStation(call, user, station);
        },
        userOfStation: (call, station) => (station === '' ? anybody(call) : base.userOfStation(call, station)),
      };
    },
  };
}

function strangerServed({ action, page }: Where): OzekiFault {
  return {
    id: `ozeki-${action}-stranger-served`,
    api: 'ozeki',
    action,
    requirement: 'OZ-COM-12',
    sentence: `${page} serves whoever knows the id of a conversation.`,
    behave: (base) => ({
      authorise(call, conversation, user) {
        if (call.action !== action) base.authorise(call, conversation, user);
      },
    }),
  };
}

function strangerRefusedButDone(
  { action, page }: Where,
  carryOut: (call: Call, base: OzekiBehaviour, conversation: Conversation, stranger: User) => void,
): OzekiFault {
  return {
    id: `ozeki-${action}-stranger-refused-but-done`,
    api: 'ozeki',
    action,
    requirement: 'OZ-COM-12',
    sentence: `${page} refuses a stranger in its answer, and changes the conversation all the same.`,
    behave: (base) => ({
      authorise(call, conversation, user) {
        if (call.action === action && !conversation.participants.includes(user.id)) {
          carryOut(call, base, conversation, user);
        }
        base.authorise(call, conversation, user);
      },
    }),
  };
}

function apikeyFound(base: OzekiBehaviour, find: (call: Call) => User | undefined): Partial<OzekiBehaviour> {
  return { userOfApikey: (call) => find(call) ?? base.userOfApikey(call), openSession: sessionOf(base) };
}

/** A session that is opened on whatever station, as a server would that trusts the apikey alone. */
function sessionOf(base: OzekiBehaviour): OzekiBehaviour['openSession'] {
  return (call, user, station) => {
    if (user.station === station) base.openSession(call, user, station);
  };
}

function byApikey(call: Call, isGood: (own: string, given: string) => boolean): User | undefined {
  const { apikey } = call.body;
  if (typeof apikey !== 'string') return undefined;
  return [...call.state.users.values()].find((user) => isGood(user.apikey, apikey));
}

function ownerOfStation(call: Call): User | undefined {
  const station = call.request.headers.get('Ozeki-Station');
  return [...call.state.users.values()].find((user) => user.station === station);
}

function anybody(call: Call): User {
  const [user] = call.state.users.values();
  if (user === undefined) throw new Refusal('credentials', 'There are no accounts');
  return user;
}

function revealed(members: (call: Call, user: User) => object): OzekiFault['answer'] {
  return (answer, call) => {
    const user = ownerOfStation(call);
    if (call.refusal?.kind !== 'credentials' || user === undefined) return answer;
    return { ...answer, body: { ...(answer.body as object), ...members(call, user) } };
  };
}
