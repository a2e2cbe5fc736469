import type { Call, CredentialHeader } from './call.js';
import { type Conversation, type Json, type OzekiAction, Refusal, type User } from './model.js';

/** One action: where it is served, how the caller is known, and what it does. `run` gives the members of the answer. */
export interface ActionOf {
  srv: 'chatserver' | 'chatowner';
  api: string;
  /** The `action` of the request body. */
  name: string;
  identify(call: Call): User;
  run(call: Call, caller: User): Json;
}

const SIGNED: readonly CredentialHeader[] = ['Ozeki-User', 'Ozeki-Signature', 'Ozeki-Station'];

/** All actions, by the names that their files bear. */
export const actions: Record<OzekiAction, ActionOf> = {
  login: {
    srv: 'chatserver',
    api: 'chatlogin',
    name: 'login',
    identify(call) {
      const station = call.behaviour.requireHeader(call, 'Ozeki-Station');
      const user = call.behaviour.userOfApikey(call);
      call.behaviour.openSession(call, user, station);
      return user;
    },
    run: (call, caller) => call.behaviour.showLogin(call, caller),
  },
  useravailable: {
    srv: 'chatserver',
    api: 'chatavailability',
    name: 'useravailable',
    identify: signed(SIGNED),
    run(call, caller) {
      call.behaviour.setAvailable(call, caller);
      return {};
    },
  },
  friends: {
    srv: 'chatserver',
    api: 'chatfriends',
    name: 'list',
    identify: signed(SIGNED),
    run(call, caller) {
      const friends = call.behaviour.friendsOf(call, caller);
      return {
        friends: call.behaviour.showFriends(call, friends),
        availabilities: friends.map((friend) => call.behaviour.showAvailability(call, friend)),
      };
    },
  },
  viewed: {
    srv: 'chatserver',
    api: 'chatreports',
    name: 'viewed',
    identify: signed(SIGNED),
    run: inConversation((call, caller, conversation) => {
      const { messageids } = call.body;
      if (!Array.isArray(messageids)) throw new Refusal('input', 'The member messageids is missing');
      call.behaviour.markViewed(call, conversation, caller, messageids);
      return {};
    }),
  },
  notification: {
    srv: 'chatserver',
    api: 'chatnotification',
    name: 'download',
    identify: (call) => call.behaviour.userOfStation(call, call.behaviour.requireHeader(call, 'Ozeki-Station')),
    run: (call) => ({ ...call.behaviour.fetchQueue(call, call.request.headers.get('Ozeki-Station') ?? '') }),
  },
  list: conversationAction('list', (call, caller) => ({
    conversations: call.behaviour
      .conversationsOf(call, caller)
      .map((conversation) => call.behaviour.showConversation(call, conversation, caller)),
  })),
  downloadpartial: conversationAction(
    'downloadpartial',
    inConversation((call, _caller, conversation) => {
      const { behaviour } = call;
      const limit = behaviour.readLimit(call);
      const messages = behaviour.order(call, behaviour.messagesOf(call, conversation), 'messages');
      const reports = behaviour.order(call, behaviour.reportsOf(call, conversation), 'reports');
      const messagePage = behaviour.page(call, messages, behaviour.readCursor(call, 'lastmessage'), limit, 'messages');
      const reportPage = behaviour.page(call, reports, behaviour.readCursor(call, 'lastreport'), limit, 'reports');
      return {
        messages: behaviour.arrangePage(call, messagePage, 'messages').map((item) => behaviour.showMessage(call, item)),
        reports: behaviour.arrangePage(call, reportPage, 'reports').map((item) => behaviour.showReport(call, item)),
      };
    }),
  ),
  add: conversationAction(
    'add',
    inConversation((call, caller, conversation) => {
      const upload = call.behaviour.readUpload(call);
      return { message: call.behaviour.echo(call, call.behaviour.store(call, conversation, caller, upload)) };
    }),
  ),
  clear: conversationAction(
    'clear',
    inConversation((call, caller, conversation) => {
      call.behaviour.clear(call, conversation, caller);
      return { conversation: call.behaviour.showConversation(call, conversation, caller) };
    }),
  ),
  favorite: conversationAction('favorite', changeFlags()),
  unfavorite: conversationAction('unfavorite', changeFlags()),
  setlistitembackgroundcolor: conversationAction('setlistitembackgroundcolor', changeFlags()),
  download: conversationAction(
    'download',
    inConversation((call, _caller, conversation) => {
      const { behaviour } = call;
      const messages = behaviour.order(call, behaviour.messagesOf(call, conversation), 'messages');
      const reports = behaviour.order(call, behaviour.reportsOf(call, conversation), 'reports');
      return {
        messages: behaviour
          .since(call, messages, behaviour.readCursor(call, 'firstmessage'), 'messages')
          .map((message) => behaviour.showMessage(call, message)),
        reports: behaviour
          .since(call, reports, behaviour.readCursor(call, 'firstreport'), 'reports')
          .map((report) => behaviour.showReport(call, report)),
      };
    }),
  ),
  mute: conversationAction('mute', changeFlags()),
  unmute: conversationAction('unmute', changeFlags()),
  hide: conversationAction('hide', changeFlags()),
  unhide: conversationAction('unhide', changeFlags()),
  blocklist: {
    srv: 'chatserver',
    api: 'chatblocklist',
    name: 'blocklist',
    identify: signed(SIGNED),
    run: (call, caller) => call.behaviour.showBlocked(call, caller),
  },
  workspaceregister: {
    srv: 'chatowner',
    api: 'workspace',
    name: 'workspaceregister',
    identify: signed(['Ozeki-User', 'Ozeki-Signature']),
    run(call, caller) {
      call.behaviour.registerWorkspace(call, caller, call.behaviour.readWorkspace(call));
      return {};
    },
  },
};

/** The action that a query and a body pick. */
export function actionOf(url: URL, name: unknown): OzekiAction | undefined {
  const srv = url.searchParams.get('srv');
  const api = url.searchParams.get('api');
  const found = Object.entries(actions).find(([, it]) => it.srv === srv && it.api === api && it.name === name);
  return found?.[0] as OzekiAction | undefined;
}

function conversationAction(name: string, run: ActionOf['run']): ActionOf {
  return { srv: 'chatserver', api: 'chatconversation', name, identify: signed(SIGNED), run };
}

function signed(headers: readonly CredentialHeader[]): ActionOf['identify'] {
  return (call) => {
    const { behaviour } = call;
    const values = new Map(headers.map((header) => [header, behaviour.requireHeader(call, header)]));
    const user = behaviour.userOf(call, values.get('Ozeki-User') ?? '');
    behaviour.checkSignature(call, user, values.get('Ozeki-Signature') ?? '');
    const station = values.get('Ozeki-Station');
    if (station !== undefined) behaviour.checkStation(call, user, station);
    return user;
  };
}

function inConversation(run: (call: Call, caller: User, conversation: Conversation) => Json): ActionOf['run'] {
  return (call, caller) => {
    const conversation = call.behaviour.conversationOf(call);
    call.conversation = conversation;
    call.behaviour.authorise(call, conversation, caller);
    return run(call, caller, conversation);
  };
}

function changeFlags(): ActionOf['run'] {
  return inConversation((call, caller, conversation) => {
    call.behaviour.setFlags(call, conversation, caller, call.behaviour.readFlags(call));
    return { conversation: call.behaviour.showConversation(call, conversation, caller) };
  });
}
