import { htmlAnswer } from '../../../../src/stub/answer.js';
import { apiUrl } from '../behaviour/people.js';
import { type Answer, type AnswerHook, type Call, type Json, type OzekiAction, Refusal, type User } from '../model.js';
import { type OzekiFault, onSuccess } from '../mutation.js';

export const shapeFaults: readonly OzekiFault[] = [
  contentType('ozeki-blocklist-as-text', 'blocklist', 'Blocklist', 'text/html'),
  contentType('ozeki-notification-as-javascript', 'notification', 'Notification', 'text/javascript'),
  contentType('ozeki-add-as-jsonp', 'add', 'Add', 'application/jsonp'),
  contentType('ozeki-workspace-as-text', 'workspaceregister', 'Workspace registration', 'text/plain'),
  {
    id: 'ozeki-refusals-as-text',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-1',
    sentence: 'Refusals, and no other answers, are JSON under the content type text/html.',
    behave: (base) => ({ refuse: (call, refusal) => withContentType(base.refuse(call, refusal), 'text/html') }),
  },
  {
    id: 'ozeki-availability-no-content-type',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-COM-1',
    sentence: 'Availability answers without a content type.',
    answer: (answer) => ({ ...answer, headers: {}, encode: (text) => new TextEncoder().encode(text) }),
  },
  {
    id: 'ozeki-list-lastaccess-text',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-COM-2',
    sentence: 'List gives lastaccess as a string.',
    behave: conversation('list', ({ lastaccess }) => ({ lastaccess: String(lastaccess) })),
  },
  {
    id: 'ozeki-favorite-isgroup-number',
    api: 'ozeki',
    action: 'favorite',
    requirement: 'OZ-COM-2',
    sentence: 'Favorite gives isgroup as a number.',
    behave: conversation('favorite', () => ({ isgroup: 0 })),
  },
  {
    id: 'ozeki-hide-properties-object',
    api: 'ozeki',
    action: 'hide',
    requirement: 'OZ-COM-2',
    sentence: 'Hide gives properties as an object rather than an array.',
    behave: conversation('hide', ({ properties }) => ({ properties: (properties as Json[])[0] })),
  },
  {
    id: 'ozeki-participants-without-username',
    api: 'ozeki',
    action: 'clear',
    requirement: 'OZ-COM-2',
    sentence: 'Clear leaves the username of the participants out.',
    behave: conversation('clear', ({ participants }) => ({
      participants: (participants as { userid: string }[]).map(({ userid }) => ({ userid })),
    })),
  },
  {
    id: 'ozeki-unhide-secret-missing',
    api: 'ozeki',
    action: 'unhide',
    requirement: 'OZ-COM-2',
    sentence: 'Unhide leaves the secret of the conversation out.',
    behave: conversation('unhide', () => ({ secret: undefined })),
  },
  {
    id: 'ozeki-mutedby-sparse',
    api: 'ozeki',
    action: 'mute',
    requirement: 'OZ-COM-2',
    sentence: 'mutedby is an object with numbers for keys where the first participant is not in it.',
    behave: conversation('*', ({ mutedby, participantids }) => {
      const ids = participantids as string[];
      const holders = mutedby as string[];
      const isDense = holders.every((id, i) => ids[i] === id);
      return isDense ? {} : { mutedby: Object.fromEntries(holders.map((id) => [ids.indexOf(id), id])) };
    }),
  },
  {
    id: 'ozeki-mute-conversation-in-array',
    api: 'ozeki',
    action: 'mute',
    requirement: 'OZ-COM-2',
    sentence: 'Mute answers the conversation in an array.',
    answer: onSuccess((body) => ({ ...body, conversation: [body.conversation] })),
  },
  {
    id: 'ozeki-blocklist-null',
    api: 'ozeki',
    action: 'blocklist',
    requirement: 'OZ-COM-2',
    sentence: 'Blocklist gives null where nobody is blocked.',
    answer: onSuccess((body) => ({ ...body, blockedusers: null })),
  },
  {
    id: 'ozeki-reports-null-when-empty',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-COM-2',
    sentence: 'Partial download gives null for reports where there are none.',
    answer: onSuccess((body) => ({ ...body, reports: (body.reports as Json[]).length > 0 ? body.reports : null })),
  },
  {
    id: 'ozeki-friends-empty-array',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-COM-2',
    sentence: 'Friends / List gives an array for friends to somebody who has none.',
    answer: onSuccess((body) => ({ ...body, friends: isEmpty(body.friends) ? [] : body.friends })),
  },
  {
    id: 'ozeki-list-notice-before-json',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-COM-2',
    sentence: 'List sends a notice of the interpreter before the JSON.',
    answer: (answer) => ({
      ...answer,
      write: (body) => `\nNotice: Undefined index: color in /srv/ozeki/chat.php on line 41\n${answer.write(body)}`,
    }),
  },
  {
    id: 'ozeki-viewed-json-twice',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-COM-2',
    sentence: 'Report sends its JSON twice, one after the other.',
    answer: (answer) => ({ ...answer, write: (body) => answer.write(body).repeat(2) }),
  },
  {
    id: 'ozeki-notification-json-in-text',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-COM-2',
    sentence: 'Notification sends its JSON object inside a JSON string.',
    answer: (answer) => ({ ...answer, write: (body) => JSON.stringify(answer.write(body)) }),
  },
  status('ozeki-mute-status-lower-case', 'mute', 'Mute answers the status "ok".', 'ok'),
  status('ozeki-add-status-true', 'add', 'Add answers the status true.', true),
  status('ozeki-login-status-success', 'login', 'Login answers the status "SUCCESS".', 'SUCCESS'),
  status('ozeki-list-status-blank', 'list', 'List answers the status "OK " with a blank at its end.', 'OK '),
  status('ozeki-download-status-lower-case', 'download', 'Download answers the status "Ok".', 'Ok'),
  {
    id: 'ozeki-unmute-errormessage-missing',
    api: 'ozeki',
    action: 'unmute',
    requirement: 'OZ-COM-3',
    sentence: 'Unmute leaves the errormessage out.',
    answer: without('errormessage'),
  },
  {
    id: 'ozeki-viewed-errormessage-null',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-COM-3',
    sentence: 'Report answers the errormessage null.',
    answer: withMembers({ errormessage: null }),
  },
  {
    id: 'ozeki-friends-errormessage-false',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-COM-3',
    sentence: 'Friends / List answers the errormessage false.',
    answer: withMembers({ errormessage: false }),
  },
  {
    id: 'ozeki-list-errormessage-success',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-COM-4',
    sentence: 'List answers the errormessage "Success" beside "OK".',
    answer: withMembers({ errormessage: 'Success' }),
  },
  {
    id: 'ozeki-workspace-errormessage-none',
    api: 'ozeki',
    action: 'workspaceregister',
    requirement: 'OZ-COM-4',
    sentence: 'Workspace registration answers the errormessage "null" beside "OK".',
    answer: withMembers({ errormessage: 'null' }),
  },
  httpStatus('ozeki-add-created', 'add', 'Add has the HTTP status 201.', 201),
  httpStatus('ozeki-viewed-accepted', 'viewed', 'Report has the HTTP status 202.', 202),
  httpStatus('ozeki-clear-reset', 'clear', 'Clear has the HTTP status 400, though it says "OK".', 400),
  {
    id: 'ozeki-login-rsakey-missing',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-1',
    sentence: 'Login leaves the rsakey out.',
    answer: without('rsakey'),
  },
  {
    id: 'ozeki-login-registration-boolean',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-1',
    sentence: 'Login gives registration as a boolean.',
    answer: withMembers({ registration: true }),
  },
  {
    id: 'ozeki-login-nick-null',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-1',
    sentence: 'Login gives null for the nick.',
    answer: withMembers({ nick: null }),
  },
  {
    id: 'ozeki-login-server-number',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-1',
    sentence: 'Login gives the version of the server as a number.',
    answer: withMembers({ server: 2 }),
  },
  {
    id: 'ozeki-login-wss-missing',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-1',
    sentence: 'Login leaves the wss listener out.',
    behave: (base) => ({ showListeners: (call) => ({ ...base.showListeners(call), wss: undefined }) }),
  },
  rsakey('ozeki-rsakey-no-pem', 'OZ-LOGIN-2', 'The rsakey is base64 without the lines of a PEM block.', (pem) =>
    pem.split('\r\n').slice(4, -1).join(''),
  ),
  rsakey('ozeki-rsakey-public', 'OZ-LOGIN-2', 'The rsakey is a public key.', (pem) =>
    pem.replaceAll('RSA PRIVATE KEY', 'PUBLIC KEY'),
  ),
  rsakey('ozeki-rsakey-ec', 'OZ-LOGIN-2', 'The rsakey is the private key of an elliptic curve.', (pem) =>
    pem.replaceAll('RSA PRIVATE', 'EC PRIVATE'),
  ),
  rsakey('ozeki-rsakey-cut', 'OZ-LOGIN-2', 'The rsakey is cut after 1024 characters.', (pem) => pem.slice(0, 1024)),
  rsakey('ozeki-rsakey-binary', 'OZ-LOGIN-2', 'The lines of the rsakey are no base64.', (pem) =>
    pem.replace(/^[A-Za-z0-9+/=]+$/gm, '\u0000\u00f1*\u0002'),
  ),
  rsakey('ozeki-rsakey-escaped', 'OZ-LOGIN-2', 'The line breaks of the rsakey are escaped twice.', (pem) =>
    pem.replaceAll('\r\n', '\\r\\n'),
  ),
  rsakey('ozeki-rsakey-unencrypted', 'OZ-LOGIN-2-SHOULD', 'The rsakey is not encrypted.', (pem) =>
    pem
      .split('\r\n')
      .filter((line) => !line.includes(':') && line !== '')
      .join('\r\n'),
  ),
  rsakey('ozeki-rsakey-no-dek-info', 'OZ-LOGIN-2-SHOULD', 'The rsakey does not say how it is encrypted.', (pem) =>
    pem.replace(/DEK-Info:.*\r\n/, ''),
  ),
  listeners('ozeki-listeners-no-port', 'The ws listener has no port.', ({ ws }) => ({
    ws: String(ws).replace(/:\d+$/, ''),
  })),
  listeners('ozeki-listeners-scheme', 'The wss listener has the scheme ws.', ({ wss }) => ({
    wss: String(wss).replace('wss:', 'ws:'),
  })),
  listeners('ozeki-listeners-udp-bare', 'The udp listener is a host and a port without a scheme.', ({ udp }) => ({
    udp: String(udp).replace('udp://', ''),
  })),
  urls('ozeki-urls-relative', 'The urls of Login are relative.', (all) => all.map(([name, url]) => [name, path(url)])),
  urls('ozeki-urls-protocol-relative', 'The urls of Login have no scheme.', (all) =>
    all.map(([name, url]) => [name, url.replace(/^https?:/, '')]),
  ),
  urls('ozeki-urls-wrong-api', "Login's url of the blocklist picks the friends.", (all, call) =>
    all.map(([name, url]) => [name, name === 'blocklist' ? apiUrl(call, 'friends') : url]),
  ),
  urls('ozeki-urls-without-srv', 'The urls of Login pick no srv.', (all) =>
    all.map(([name, url]) => [name, url.replace('srv=chatserver&', '')]),
  ),
  urls('ozeki-urls-escaped', 'The urls of Login are escaped for HTML.', (all) =>
    all.map(([name, url]) => [name, url.replaceAll('&', '&amp;')]),
  ),
  urls('ozeki-urls-one-missing', 'Login leaves the url of the file server out.', (all) =>
    all.filter(([name]) => name !== 'fileserver'),
  ),
  {
    id: 'ozeki-urls-conversation-dead',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-7',
    sentence: "Login's url of the conversations leads to a script that is not there.",
    behave: urlsOf((all) =>
      all.map(([name, url]) => [name, name === 'conversation' ? url.replace('index.php', 'chat.php') : url]),
    ),
  },
  {
    id: 'ozeki-urls-conversation-elsewhere',
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-7',
    sentence: "Login's url of the conversations names a port on which nobody listens.",
    behave: urlsOf((all) =>
      all.map(([name, url]) => [name, name === 'conversation' ? url.replace(/:\d+\//, ':65534/') : url]),
    ),
  },
  {
    id: 'ozeki-friends-offline-left-out',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-FRIEND-1',
    sentence: 'Friends who are offline are missing in availabilities.',
    answer: onSuccess((body) => ({
      ...body,
      availabilities: (body.availabilities as Json[]).filter(({ availability }) => availability !== 'offline'),
    })),
  },
  {
    id: 'ozeki-friends-first-left-out',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-FRIEND-1',
    sentence: 'The first friend is missing in friends, though not in availabilities.',
    behave: (base) => ({ showFriends: (call, friends) => base.showFriends(call, friends.slice(1)) }),
  },
  {
    id: 'ozeki-friends-names-disagree',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-FRIEND-1',
    sentence: 'The friendname of availabilities is the full name, and the name in friends the nick.',
    behave: availability((_shown, { fullname }) => ({ friendname: fullname })),
  },
  {
    id: 'ozeki-friends-publickey-empty',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-FRIEND-2',
    sentence: 'The publickey of friends who are offline is empty.',
    behave: availability((shown, friend) => ({ publickey: friend.availability === 'offline' ? '' : shown.publickey })),
  },
  {
    id: 'ozeki-friends-availability-empty',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-FRIEND-2',
    sentence: 'The availability of friends who are offline is empty.',
    behave: availability(({ availability: now }) => ({ availability: now === 'offline' ? '' : now })),
  },
  {
    id: 'ozeki-friends-publickey-pem',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-FRIEND-2-SHOULD',
    sentence: 'The publickey of friends is the text of a PEM block.',
    behave: availability((_shown, { publicKey }) => ({
      publickey: `-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----`,
    })),
  },
  {
    id: 'ozeki-friends-publickey-pem-base64',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-FRIEND-2-SHOULD',
    sentence: 'The publickey of friends is base64 of a PEM block rather than of DER.',
    behave: availability((_shown, { publicKey }) => ({
      publickey: Buffer.from(`-----BEGIN PUBLIC KEY-----\n${publicKey}\n-----END PUBLIC KEY-----\n`).toString('base64'),
    })),
  },
  {
    id: 'ozeki-friends-publickey-cut',
    api: 'ozeki',
    action: 'friends',
    requirement: 'OZ-FRIEND-2-SHOULD',
    sentence: 'The publickey of friends is cut after 256 characters.',
    behave: availability((_shown, { publicKey }) => ({ publickey: publicKey.slice(0, 256) })),
  },
  {
    id: 'ozeki-notification-joined',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-1',
    sentence: 'Notification gives its lists as text, joined by commas.',
    answer: onSuccess((body) => ({ ...body, conversationchangedof: (body.conversationchangedof as string[]).join() })),
  },
  {
    id: 'ozeki-notification-respelt',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-1',
    sentence: 'Notification spells friendavailabilitesof as friendavailabilitiesof.',
    answer: onSuccess(({ friendavailabilitesof, ...body }) => ({
      ...body,
      friendavailabilitiesof: friendavailabilitesof,
    })),
  },
  {
    id: 'ozeki-notification-objects',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-1',
    sentence: 'The entries of conversationchangedof are objects with an id.',
    answer: onSuccess((body) => ({
      ...body,
      conversationchangedof: (body.conversationchangedof as string[]).map((id) => ({ id })),
    })),
  },
  {
    id: 'ozeki-notification-ids-cut',
    api: 'ozeki',
    action: 'notification',
    requirement: 'OZ-NOTIF-1',
    sentence: 'The ids in friendavailabilitesof are cut to sixteen digits.',
    answer: onSuccess((body) => ({
      ...body,
      friendavailabilitesof: (body.friendavailabilitesof as string[]).map((id) => id.slice(0, 16)),
    })),
  },
  {
    id: 'ozeki-colour-no-hash',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-6',
    sentence: 'The colour of a conversation is shown without its #.',
    behave: properties(({ listitembackgroundcolor: colour }) => ({
      listitembackgroundcolor: String(colour).replace('#', ''),
    })),
  },
  {
    id: 'ozeki-colour-unset-empty',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-6',
    sentence: 'The colour of a conversation is empty until somebody sets one.',
    behave: properties(({ listitembackgroundcolor: colour }) => ({
      listitembackgroundcolor: colour === '#ffffff' ? '' : colour,
    })),
  },
  {
    id: 'ozeki-colour-with-alpha',
    api: 'ozeki',
    action: 'setlistitembackgroundcolor',
    requirement: 'OZ-CONV-6',
    sentence: 'Colours are shown with two digits more, for their opacity.',
    behave: properties(({ listitembackgroundcolor: colour }) => ({ listitembackgroundcolor: `${colour}ff` })),
  },
  {
    id: 'ozeki-lastaccess-fraction',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-6',
    sentence: 'lastaccess has a fraction.',
    behave: conversation('*', ({ lastaccess }) => ({ lastaccess: Number(lastaccess) + 0.25 })),
  },
  {
    id: 'ozeki-instance-eight',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-8',
    sentence: 'The instance has eight characters.',
    behave: conversation('*', ({ instance }) => ({ instance: String(instance).slice(0, 8) })),
  },
  {
    id: 'ozeki-displayname-plain',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-8',
    sentence: 'The displayname is the name of the other participant in plain text.',
    behave: conversation('*', ({ participants }, user) => ({
      displayname: (participants as { userid: string; username: string }[])
        .filter(({ userid }) => userid !== user.id)
        .map(({ username }) => `${username} (chat)`)
        .join(', '),
    })),
  },
  {
    id: 'ozeki-secret-base64url',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-8',
    sentence: 'The secret is in the base64 of URLs, without padding.',
    behave: conversation('*', ({ secret }) => ({
      secret: Buffer.from(String(secret), 'base64').toString('base64url'),
    })),
  },
  {
    id: 'ozeki-download-validuntil-missing',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-DOWN-2',
    sentence: 'Download leaves the ValidUntil of messages out that are past it.',
    behave: downloaded(({ ValidUntil, ...message }, isExpired) => (isExpired ? message : { ...message, ValidUntil })),
  },
  {
    id: 'ozeki-download-data-missing',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-DOWN-2',
    sentence: 'Download gives the heads of messages without their Data.',
    behave: downloaded(({ Data: _, ...message }) => message),
  },
  {
    id: 'ozeki-download-type-missing',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-DOWN-2',
    sentence: 'Download leaves the Type of messages out.',
    behave: downloaded(({ Type: _, ...message }) => message),
  },
  {
    id: 'ozeki-download-validuntil-zero',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-DOWN-2',
    sentence: 'Download gives 1970 as ValidUntil of messages that are past it.',
    behave: downloaded((message, isExpired) => ({
      ...message,
      ValidUntil: isExpired ? '1970-01-01 00:00:00' : message.ValidUntil,
    })),
  },
  {
    id: 'ozeki-add-answers-data',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-2',
    sentence: 'Add sends the Data back.',
    behave: (base) => ({
      echo(call, message) {
        const shown = base.echo(call, message);
        return call.action === 'add' ? { ...shown, Data: message.data } : shown;
      },
    }),
  },
  {
    id: 'ozeki-viewed-own-messages-only',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-REPORT-1',
    sentence: 'Report refuses messages that others have sent, and takes those of the caller.',
    behave: (base) => ({
      markViewed(call, conversationOf, viewer, messageIds) {
        const isForeign = conversationOf.messages.some(({ id, from }) => messageIds.includes(id) && from !== viewer.id);
        if (isForeign) throw new Refusal('input', 'These messages are not yours');
        base.markViewed(call, conversationOf, viewer, messageIds);
      },
    }),
  },
  {
    id: 'ozeki-viewed-bare',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-REPORT-1',
    sentence: 'Report answers an empty object.',
    answer: onSuccess(() => ({})),
  },
  {
    id: 'ozeki-available-stays-offline',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-1',
    sentence: 'Availability notifies the friends, and the user stays offline.',
    behave: availableAs(undefined),
  },
  {
    id: 'ozeki-available-as-online',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-1',
    sentence: 'Who has become available is shown as "online".',
    behave: availableAs('online'),
  },
  {
    id: 'ozeki-available-capital',
    api: 'ozeki',
    action: 'useravailable',
    requirement: 'OZ-AVAIL-1',
    sentence: 'Who has become available is shown as "Available".',
    behave: availableAs('Available'),
  },
  {
    id: 'ozeki-workspace-dots-refused',
    api: 'ozeki',
    action: 'workspaceregister',
    requirement: 'OZ-WORK-1',
    sentence: 'Workspace registration refuses names with a dot.',
    behave: (base) => ({
      readWorkspace(call) {
        const name = base.readWorkspace(call);
        if (name.includes('.')) throw new Refusal('input', 'The workspace name must not hold a dot');
        return name;
      },
    }),
  },
  {
    id: 'ozeki-workspace-answers-page',
    api: 'ozeki',
    action: 'workspaceregister',
    requirement: 'OZ-WORK-1',
    sentence: 'Workspace registration answers a page that welcomes the owner.',
    answer: (answer, call) => (call.refusal === undefined ? htmlAnswer(200, 'Welcome to your workspace') : answer),
  },
];

function withContentType(answer: Answer, value: string): Answer {
  return { ...answer, headers: { ...answer.headers, 'content-type': value } };
}

function contentType(id: string, action: OzekiAction, page: string, value: string): OzekiFault {
  return {
    id,
    api: 'ozeki',
    action,
    requirement: 'OZ-COM-1',
    sentence: `${page} answers JSON under the content type ${value}.`,
    answer: (answer) => withContentType(answer, value),
  };
}

function withMembers(members: Json): AnswerHook {
  return onSuccess((body) => ({ ...body, ...members }));
}

function without(member: string): AnswerHook {
  return onSuccess(({ [member]: _, ...body }) => body);
}

function status(id: string, action: OzekiAction, sentence: string, value: unknown): OzekiFault {
  return { id, api: 'ozeki', action, requirement: 'OZ-COM-3', sentence, answer: withMembers({ status: value }) };
}

function httpStatus(id: string, action: OzekiAction, sentence: string, value: number): OzekiFault {
  return {
    id,
    api: 'ozeki',
    action,
    requirement: 'OZ-COM-9',
    sentence,
    answer: (answer, call) => (call.refusal === undefined ? { ...answer, status: value } : answer),
  };
}

/** Changes members of the conversation objects that an action answers; a member set to undefined is left out. */
function conversation(action: OzekiAction | '*', change: (shown: Json, user: User) => Json): OzekiFault['behave'] {
  return (base) => ({
    showConversation(call, of, user) {
      const shown = base.showConversation(call, of, user);
      return action === '*' || call.action === action ? { ...shown, ...change(shown, user) } : shown;
    },
  });
}

function properties(change: (shown: Json) => Json): OzekiFault['behave'] {
  return (base) => ({
    showProperties(call, of, user) {
      const shown = base.showProperties(call, of, user);
      return { ...shown, ...change(shown) };
    },
  });
}

function availability(change: (shown: Json, friend: User) => Json): OzekiFault['behave'] {
  return (base) => ({
    showAvailability(call, friend) {
      const shown = base.showAvailability(call, friend);
      return { ...shown, ...change(shown, friend) };
    },
  });
}

function availableAs(word: string | undefined): OzekiFault['behave'] {
  return (base) => ({
    setAvailable(call, user) {
      const before = user.availability;
      base.setAvailable(call, user);
      user.availability = word ?? before;
    },
  });
}

function downloaded(change: (shown: Json, isExpired: boolean) => Json): OzekiFault['behave'] {
  return (base) => ({
    showMessage(call, message) {
      const shown = base.showMessage(call, message);
      if (call.action !== 'download') return shown;
      return change(shown, message.validUntil * 1000 < call.behaviour.now(call));
    },
  });
}

function rsakey(id: string, requirement: string, sentence: string, change: (pem: string) => string): OzekiFault {
  return {
    id,
    api: 'ozeki',
    action: 'login',
    requirement,
    sentence,
    behave: (base) => ({ showRsaKey: (call, user) => change(base.showRsaKey(call, user)) }),
  };
}

function listeners(id: string, sentence: string, change: (shown: Json) => Json): OzekiFault {
  return {
    id,
    api: 'ozeki',
    action: 'login',
    requirement: 'OZ-LOGIN-3',
    sentence,
    behave: (base) => ({
      showListeners(call) {
        const shown = base.showListeners(call);
        return { ...shown, ...change(shown) };
      },
    }),
  };
}

type Urls = [name: string, url: string][];

function urls(id: string, sentence: string, change: (all: Urls, call: Call) => Urls): OzekiFault {
  return { id, api: 'ozeki', action: 'login', requirement: 'OZ-LOGIN-4', sentence, behave: urlsOf(change) };
}

function urlsOf(change: (all: Urls, call: Call) => Urls): OzekiFault['behave'] {
  return (base) => ({
    showUrls: (call) => Object.fromEntries(change(Object.entries(base.showUrls(call)) as Urls, call)),
  });
}

function path(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

function isEmpty(value: unknown): boolean {
  return Object.keys(value as Json).length === 0;
}
