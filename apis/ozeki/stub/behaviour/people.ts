import { bytesFrom } from '../../../../src/stub/random.js';
import type { Call, PeopleBehaviour } from '../call.js';
import type { Queue } from '../model.js';

/** The entries of Login's `urls`, with the `api` that each picks. */
export const URL_NAMES = [
  'login',
  'availability',
  'conversation',
  'conversationgroup',
  'blocklist',
  'fileserver',
  'friends',
  'notification',
] as const;

export const people: PeopleBehaviour = {
  showUserId: (_call, userId) => userId,

  showLogin: (call, user) => ({
    server: '2.0.0',
    listeners: call.behaviour.showListeners(call),
    registration: 'true',
    rsakey: call.behaviour.showRsaKey(call, user),
    userid: call.behaviour.showUserId(call, user.id),
    fullname: user.fullname,
    nick: user.nick,
    urls: call.behaviour.showUrls(call),
  }),

  showListeners(call) {
    const { hostname, port } = call.request.url;
    // The stub takes WebSockets on its own port, and speaks no TLS.
    return {
      udp: `udp://${hostname}:9010`,
      ws: `ws://${hostname}:${port || 9011}`,
      wss: `wss://${hostname}:${port || 9012}`,
    };
  },

  showUrls: (call) => Object.fromEntries(URL_NAMES.map((name) => [name, apiUrl(call, name)])),

  showRsaKey(_call, user) {
    const vector = bytesFrom(`vector ${user.email}`, 16).toString('hex');
    const text = bytesFrom(`rsakey ${user.email}`, 1192).toString('base64');
    const lines = text.match(/.{1,64}/g) ?? [];
    return [
      '-----BEGIN RSA PRIVATE KEY-----',
      'Proc-Type: 4,ENCRYPTED',
      `DEK-Info: AES-256-CFB,${vector}`,
      '',
      ...lines,
      '-----END RSA PRIVATE KEY-----',
    ].join('\r\n');
  },

  friendsOf: (call, user) => [...call.state.users.values()].filter(({ id }) => user.friends.has(id)),
  showFriends: (call, friends) =>
    Object.fromEntries(friends.map((friend) => [call.behaviour.showUserId(call, friend.id), friend.nick])),
  showAvailability: (call, friend) => ({
    friendid: call.behaviour.showUserId(call, friend.id),
    friendname: friend.nick,
    publickey: friend.publicKey,
    availability: friend.availability,
  }),

  setAvailable(call, user) {
    user.availability = 'available';
    call.behaviour.notify(call, 'friendavailabilitesof', call.behaviour.showUserId(call, user.id), [...user.friends]);
  },

  showBlocked: (call, user) => ({
    blockedusers: [],
    blockedconversations: [...call.state.conversations.values()]
      .filter((conversation) => call.behaviour.flagsOf(call, conversation, user.id).hideid !== '')
      .map(({ id }) => id),
  }),

  notify(call, list, id, userIds) {
    const calling = call.request.headers.get('Ozeki-Station');
    const isCalling = (station: string, userId: string) => station === calling && userId === call.caller?.id;
    for (const [station, { userId, queue }] of call.state.sessions) {
      if (userIds.includes(userId) && !isCalling(station, userId) && !queue[list].includes(id)) queue[list].push(id);
    }
  },

  fetchQueue(call, station) {
    const session = call.state.sessions.get(station);
    const waiting = session?.queue ?? emptyQueue();
    if (session !== undefined) session.queue = emptyQueue();
    return waiting;
  },

  registerWorkspace(call, user, name) {
    call.state.workspaces.set(name, user.id);
  },
};

/** The address of one of the server's services, on the host that the caller used. */
export function apiUrl(call: Call, name: string): string {
  return `${call.request.url.origin}${call.request.url.pathname}?srv=chatserver&api=chat${name}`;
}

/** Nothing waits. */
export function emptyQueue(): Queue {
  return { friendavailabilitesof: [], conversationchangedof: [], conversationlistchangedof: [] };
}
