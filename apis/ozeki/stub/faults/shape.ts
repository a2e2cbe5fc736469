import { contentType, htmlAnswer, httpStatus, written } from '../../../../src/stub/answer.js';
import { everywhere, onAnswer, onRefusal, onSuccess } from '../../../../src/stub/mutation.js';
import { change, drop, rename, respell, retype, set, where } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import { type Json, type OzekiAction, Refusal } from '../model.js';
import { faultsOf, inConversation, instead, type OzekiBehave, on, row } from '../rows.js';

/** A conversation object, as far as rows look into it. */
interface Shown {
  participantids: string[];
  participants: { userid: string; username: string }[];
  mutedby: string[];
}

const NOTICE = '\nNotice: Undefined index: color in /srv/ozeki/chat.php on line 41\n';
const COLOUR = inConversation('/properties/*/listitembackgroundcolor');

export const shapeFaults = faultsOf({
  'OZ-COM-1': {
    'blocklist-as-text': answersAs('blocklist', 'Blocklist', 'text/html'),
    'notification-as-javascript': answersAs('notification', 'Notification', 'text/javascript'),
    'add-as-jsonp': answersAs('add', 'Add', 'application/jsonp'),
    'workspace-as-text': answersAs('workspaceregister', 'Workspace registration', 'text/plain'),
    'refusals-as-text': row('Refusals, and no other answers, are JSON under the content type text/html.').by(
      onRefusal(contentType('text/html')),
    ),
    'availability-no-content-type': on
      .useravailable('Availability answers without a content type.')
      .by(onAnswer((answer) => ({ ...answer, headers: {}, encode: (text) => new TextEncoder().encode(text) }))),
  },
  'OZ-COM-2': {
    'favorite-isgroup-number': on
      .favorite('Favorite gives isgroup as a number.')
      .by(retype('/conversation/isgroup', 'number')),
    'hide-properties-object': on
      .hide('Hide gives properties as an object rather than an array.')
      .by(change('/conversation/properties', ([own]: Json[]) => own)),
    'participants-without-username': on
      .clear('Clear leaves the username of the participants out.')
      .by(drop('/conversation/participants/*/username')),
    'unhide-secret-missing': on
      .unhide('Unhide leaves the secret of the conversation out.')
      .by(drop('/conversation/secret')),
    'mutedby-sparse': on
      .mute('mutedby is an object with numbers for keys where the first participant is not in it.')
      .by(everywhere(change(inConversation(''), (shown: Shown) => ({ ...shown, mutedby: sparse(shown) })))),
    'mute-conversation-in-array': on
      .mute('Mute answers the conversation in an array.')
      .by(retype('/conversation', 'array')),
    'blocklist-null': on.blocklist('Blocklist gives null where nobody is blocked.').by(set('/blockedusers', null)),
    'reports-null-when-empty': on
      .downloadpartial('Partial download gives null for reports where there are none.')
      .by(where('/reports', isEmpty, set('', null))),
    'friends-empty-array': on
      .friends('Friends / List gives an array for friends to somebody who has none.')
      .by(where('/friends', isEmpty, set('', []))),
    'list-notice-before-json': on
      .list('List sends a notice of the interpreter before the JSON.')
      .by(onAnswer(written((json) => NOTICE + json))),
    'viewed-json-twice': on
      .viewed('Report sends its JSON twice, one after the other.')
      .by(onAnswer(written((json) => json + json))),
    'notification-json-in-text': on
      .notification('Notification sends its JSON object inside a JSON string.')
      .by(onAnswer(written((json) => JSON.stringify(json)))),
  },
  'OZ-COM-3': {
    'mute-status-lower-case': on.mute('Mute answers the status "ok".').by(set('/status', 'ok')),
    'add-status-true': on.add('Add answers the status true.').by(set('/status', true)),
    'login-status-success': on.login('Login answers the status "SUCCESS".').by(set('/status', 'SUCCESS')),
    'list-status-blank': on.list('List answers the status "OK " with a blank at its end.').by(set('/status', 'OK ')),
    'download-status-lower-case': on.download('Download answers the status "Ok".').by(set('/status', 'Ok')),
    'unmute-errormessage-missing': on.unmute('Unmute leaves the errormessage out.').by(drop('/errormessage')),
    'viewed-errormessage-null': on.viewed('Report answers the errormessage null.').by(set('/errormessage', null)),
    'friends-errormessage-false': on
      .friends('Friends / List answers the errormessage false.')
      .by(set('/errormessage', false)),
  },
  'OZ-COM-4': {
    'list-errormessage-success': on
      .list('List answers the errormessage "Success" beside "OK".')
      .by(set('/errormessage', 'Success')),
    'workspace-errormessage-none': on
      .workspaceregister('Workspace registration answers the errormessage "null" beside "OK".')
      .by(set('/errormessage', 'null')),
  },
  'OZ-COM-9': {
    'add-created': on.add('Add has the HTTP status 201.').by(onSuccess(httpStatus(201))),
    'viewed-accepted': on.viewed('Report has the HTTP status 202.').by(onSuccess(httpStatus(202))),
    'clear-reset': on.clear('Clear has the HTTP status 400, though it says "OK".').by(onSuccess(httpStatus(400))),
  },
  'OZ-LOGIN-1': {
    'login-rsakey-missing': row('Login leaves the rsakey out.').by(drop('/rsakey')),
    'login-registration-boolean': row('Login gives registration as a boolean.').by(set('/registration', true)),
    'login-nick-null': row('Login gives null for the nick.').by(set('/nick', null)),
    'login-server-number': row('Login gives the version of the server as a number.').by(set('/server', 2)),
    'urls-one-missing': row('Login leaves the url of the file server out.').by(drop('/urls/fileserver')),
    'login-wss-missing': row('Login leaves the wss listener out.').by(drop('/listeners/wss')),
  },
  'OZ-LOGIN-2': {
    'rsakey-no-pem': row('The rsakey is base64 without the lines of a PEM block.').by(
      respell('/rsakey', (pem) => pem.split('\r\n').slice(4, -1).join('')),
    ),
    'rsakey-public': row('The rsakey is a public key.').by(replaced('/rsakey', /RSA PRIVATE KEY/g, 'PUBLIC KEY')),
    'rsakey-ec': row('The rsakey is the private key of an elliptic curve.').by(
      replaced('/rsakey', /RSA PRIVATE/g, 'EC PRIVATE'),
    ),
    'rsakey-cut': row('The rsakey is cut after 1024 characters.').by(respell('/rsakey', (pem) => pem.slice(0, 1024))),
    'rsakey-binary': row('The lines of the rsakey are no base64.').by(
      replaced('/rsakey', /^[A-Za-z0-9+/=]+$/gm, '\u0000\u00f1*\u0002'),
    ),
    'rsakey-escaped': row('The line breaks of the rsakey are escaped twice.').by(
      replaced('/rsakey', /\r\n/g, '\\r\\n'),
    ),
  },
  'OZ-LOGIN-2-SHOULD': {
    'rsakey-unencrypted': row('The rsakey is not encrypted.').by(replaced('/rsakey', /^(.*:.*|)\r\n/gm, '')),
    'rsakey-no-dek-info': row('The rsakey does not say how it is encrypted.').by(
      replaced('/rsakey', /DEK-Info:.*\r\n/, ''),
    ),
  },
  'OZ-LOGIN-3': {
    'listeners-no-port': row('The ws listener has no port.').by(replaced('/listeners/ws', /:\d+$/, '')),
    'listeners-scheme': row('The wss listener has the scheme ws.').by(replaced('/listeners/wss', /^wss:/, 'ws:')),
    'listeners-udp-bare': row('The udp listener is a host and a port without a scheme.').by(
      replaced('/listeners/udp', /^udp:\/\//, ''),
    ),
  },
  'OZ-LOGIN-4': {
    'urls-relative': row('The urls of Login are relative.').by(replaced('/urls/*', /^https?:\/\/[^/]+/, '')),
    'urls-protocol-relative': row('The urls of Login have no scheme.').by(replaced('/urls/*', /^https?:/, '')),
    'urls-wrong-api': row("Login's url of the blocklist picks the friends.").by(
      replaced('/urls/blocklist', /chatblocklist/, 'chatfriends'),
    ),
    'urls-without-srv': row('The urls of Login pick no srv.').by(replaced('/urls/*', /srv=chatserver&/, '')),
    'urls-escaped': row('The urls of Login are escaped for HTML.').by(replaced('/urls/*', /&/g, '&amp;')),
  },
  'OZ-LOGIN-7': {
    'urls-conversation-dead': row("Login's url of the conversations leads to a script that is not there.").by(
      replaced('/urls/conversation', /index\.php/, 'chat.php'),
    ),
    'urls-conversation-elsewhere': row("Login's url of the conversations names a port on which nobody listens.").by(
      replaced('/urls/conversation', /:\d+\//, ':65534/'),
    ),
  },
  'OZ-FRIEND-1': {
    'friends-offline-left-out': row('Friends who are offline are missing in availabilities.').by(
      where('/availabilities/*', isOffline, drop('')),
    ),
    'friends-first-left-out': row('The first friend is missing in friends, though not in availabilities.').by(
      change('/friends', (friends: Json) => Object.fromEntries(Object.entries(friends).slice(1))),
    ),
    'friends-names-disagree': row(
      'The friendname of availabilities is the full name, and the name in friends the nick.',
    ).by(instead('showAvailability', (usual, _call, { fullname }) => ({ ...usual(), friendname: fullname }))),
  },
  'OZ-FRIEND-2': {
    'friends-publickey-empty': row('The publickey of friends who are offline is empty.').by(
      where('/availabilities/*', isOffline, set('/publickey', '')),
    ),
    'friends-availability-empty': row('The availability of friends who are offline is empty.').by(
      where('/availabilities/*', isOffline, set('/availability', '')),
    ),
  },
  'OZ-FRIEND-2-SHOULD': {
    'friends-publickey-pem': row('The publickey of friends is the text of a PEM block.').by(
      respell('/availabilities/*/publickey', pem),
    ),
    'friends-publickey-pem-base64': row('The publickey of friends is base64 of a PEM block rather than of DER.').by(
      respell('/availabilities/*/publickey', (key) => Buffer.from(`${pem(key)}\n`).toString('base64')),
    ),
    'friends-publickey-cut': row('The publickey of friends is cut after 256 characters.').by(
      respell('/availabilities/*/publickey', (key) => key.slice(0, 256)),
    ),
  },
  'OZ-NOTIF-1': {
    'notification-joined': row('Notification gives its lists as text, joined by commas.').by(
      change('/conversationchangedof', (ids: string[]) => ids.join()),
    ),
    'notification-respelt': row('Notification spells friendavailabilitesof as friendavailabilitiesof.').by(
      rename('/friendavailabilitesof', 'friendavailabilitiesof'),
    ),
    'notification-ids-hyphens': row(
      'Notification names conversations by UUIDs, whose hex digits are those of the id.',
    ).by(change('/conversationchangedof/*', (id: string) => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'))),
    'notification-objects': row('The entries of conversationchangedof are objects with an id.').by(
      change('/conversationchangedof/*', (id) => ({ id })),
    ),
  },
  'OZ-CONV-6': {
    'colour-no-hash': row('The colour of a conversation is shown without its #.').by(
      everywhere(replaced(COLOUR, /#/, '')),
    ),
    'colour-unset-empty': row('The colour of a conversation is empty until somebody sets one.').by(
      everywhere(replaced(COLOUR, /^#ffffff$/, '')),
    ),
    'colour-with-alpha': on
      .setlistitembackgroundcolor('Colours are shown with two digits more, for their opacity.')
      .by(everywhere(replaced(COLOUR, /$/, 'ff'))),
    'list-lastaccess-text': row('List gives lastaccess as a string.').by(
      retype('/conversations/*/lastaccess', 'string'),
    ),
    'lastaccess-fraction': row('lastaccess has a fraction.').by(
      everywhere(change(inConversation('/lastaccess'), (seconds: number) => seconds + 0.25)),
    ),
  },
  'OZ-CONV-8': {
    'instance-eight': row('The instance has eight characters.').by(
      everywhere(respell(inConversation('/instance'), (instance) => instance.slice(0, 8))),
    ),
    'displayname-plain': row('The displayname is the name of the other participant in plain text.').by(
      everywhere(change(inConversation(''), (shown: Shown, call) => ({ ...shown, displayname: namesOf(shown, call) }))),
    ),
    'secret-base64url': row('The secret is in the base64 of URLs, without padding.').by(
      everywhere(respell(inConversation('/secret'), (text) => Buffer.from(text, 'base64').toString('base64url'))),
    ),
  },
  'OZ-DOWN-2': {
    'download-validuntil-missing': row('Download leaves the ValidUntil of messages out that are past it.').by(
      where('/messages/*', isExpired, drop('/ValidUntil')),
    ),
    'download-data-missing': row('Download gives the heads of messages without their Data.').by(
      drop('/messages/*/Data'),
    ),
    'download-type-missing': row('Download leaves the Type of messages out.').by(drop('/messages/*/Type')),
    'download-validuntil-zero': row('Download gives 1970 as ValidUntil of messages that are past it.').by(
      where('/messages/*', isExpired, set('/ValidUntil', '1970-01-01 00:00:00')),
    ),
  },
  'OZ-ADD-2': {
    'add-answers-data': row('Add sends the Data back.').by(
      instead('echo', (usual, { action }, { data }) => (action === 'add' ? { ...usual(), Data: data } : usual())),
    ),
  },
  'OZ-REPORT-1': {
    'viewed-own-messages-only': row('Report refuses messages that others have sent, and takes those of the caller.').by(
      instead('markViewed', (usual, _call, { messages }, viewer, messageIds) => {
        const isForeign = messages.some(({ id, from }) => messageIds.includes(id) && from !== viewer.id);
        if (isForeign) throw new Refusal('input', 'These messages are not yours');
        usual();
      }),
    ),
    'viewed-bare': row('Report answers an empty object.').by(set('', {})),
  },
  'OZ-AVAIL-1': {
    'available-stays-offline': row('Availability notifies the friends, and the user stays offline.').by(
      availableAs((before) => before),
    ),
    'available-as-online': row('Who has become available is shown as "online".').by(availableAs(() => 'online')),
    'available-capital': row('Who has become available is shown as "Available".').by(availableAs(() => 'Available')),
  },
  'OZ-WORK-1': {
    'workspace-dots-refused': row('Workspace registration refuses names with a dot.').by(
      instead('readWorkspace', (usual) => {
        const name = usual();
        if (name.includes('.')) throw new Refusal('input', 'The workspace name must not hold a dot');
        return name;
      }),
    ),
    'workspace-answers-page': row('Workspace registration answers a page that welcomes the owner.').by(
      onSuccess(() => htmlAnswer(200, 'Welcome to your workspace')),
    ),
  },
});

function answersAs(action: OzekiAction, page: string, type: string) {
  return on[action](`${page} answers JSON under the content type ${type}.`).by(onAnswer(contentType(type)));
}

function replaced(sites: string | readonly string[], pattern: RegExp, by: string) {
  return respell(sites, (text) => text.replace(pattern, by));
}

function pem(key: string): string {
  return `-----BEGIN PUBLIC KEY-----\n${key}\n-----END PUBLIC KEY-----`;
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

function isOffline({ availability }: { availability: string }): boolean {
  return availability === 'offline';
}

function isExpired({ ValidUntil }: { ValidUntil: string }, call: Call): boolean {
  return ValidUntil < new Date(call.behaviour.now(call)).toISOString().replace('T', ' ');
}

/** The holders by their place among the participants, unless they are the first of them. */
function sparse({ mutedby, participantids }: Shown): unknown {
  const isDense = mutedby.every((id, i) => participantids[i] === id);
  return isDense ? mutedby : Object.fromEntries(mutedby.map((id) => [participantids.indexOf(id), id]));
}

function namesOf({ participants }: Shown, { caller }: Call): string {
  const others = participants.filter(({ userid }) => userid !== caller?.id);
  return others.map(({ username }) => `${username} (chat)`).join(', ');
}

function availableAs(word: (before: string) => string): OzekiBehave {
  return instead('setAvailable', (usual, _call, user) => {
    const before = user.availability;
    usual();
    user.availability = word(before);
  });
}
