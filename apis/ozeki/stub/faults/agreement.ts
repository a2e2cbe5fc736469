import { everywhere } from '../../../../src/stub/mutation.js';
import { change, respell, set } from '../../../../src/stub/operators.js';
import { md5 } from '../../../../src/stub/random.js';
import type { Entry, Json } from '../model.js';
import { faultsOf, inConversation, instead, on, row, skip, together } from '../rows.js';

/** Faults in what one answer says of what another one says, too: names, lists, notifications at several stations. */
export const agreementFaults = faultsOf({
  'OZ-LOGIN-9': {
    'urls-friends-dead': row("Login's url of the friends leads to a script that is not there.").by(
      respell('/urls/friends', (url) => url.replace('index.php', 'friends.php')),
    ),
    'listeners-ws-dead': row("Login's ws listener names a port on which nobody listens.").by(
      respell('/listeners/ws', (url) => url.replace(/:\d+$/, ':65534')),
    ),
    'listeners-wss-dead': row("Login's wss listener names a port on which nobody listens.").by(
      respell('/listeners/wss', (url) => url.replace(/:\d+$/, ':65534')),
    ),
    'urls-notification-elsewhere': row("Login's url of notifications names a port on which nobody listens.").by(
      respell('/urls/notification', (url) => url.replace(/:\d+\//, ':65534/')),
    ),
    'urls-blocklist-refused': on
      .blocklist('What stands behind the url of the blocklist serves nobody who calls it by that url.')
      .by(
        instead('showUrls', (usual) => {
          const urls = usual();
          return { ...urls, blocklist: `${urls.blocklist}`.replace('/ozeki/', '/ozeki/old/') };
        }),
      ),
  },
  'OZ-LOGIN-10': {
    'login-names-default': row('Login gives every user the same nick and fullname.').by(
      set(['/nick', '/fullname'], 'User'),
    ),
    'friends-by-address': on.friends('Friends and participants show under their e-mail address.').by(
      together(
        instead('showFriends', (_usual, call, friends) =>
          Object.fromEntries(friends.map(({ id, email }) => [call.behaviour.showUserId(call, id), email])),
        ),
        instead('showAvailability', (usual, _call, { email }) => ({ ...usual(), friendname: email })),
        instead('showConversation', (usual, { state }, { participants }) => ({
          ...usual(),
          participants: participants.map((id) => ({ userid: id, username: state.users.get(id)?.email })),
        })),
      ),
    ),
  },
  'OZ-REPORT-3': {
    'report-type-read': row('A report on a viewed message is of the type read.').by(
      instead('showReport', (usual, _call, { type }) => (type === 'viewed' ? { ...usual(), Type: 'read' } : usual())),
    ),
    'report-type-capital': on
      .downloadpartial('Partial download writes the types of reports with a capital letter.')
      .by(respell('/reports/*/Type', (type) => type.replace(/^./, (letter) => letter.toUpperCase()))),
  },
  'OZ-NOTIF-3': {
    'notification-one-station': row('Who fetches notifications at one station takes away those of the other.').by(
      instead('fetchQueue', (usual, call, station) => {
        const own = usual();
        const owner = call.state.sessions.get(station)?.userId;
        for (const [other, { userId }] of call.state.sessions) if (userId === owner) usual(call, other);
        return own;
      }),
    ),
    'notification-repeated': row('What was told is told again for five seconds.').by((base) => {
      const told = new Map<string, { at: number; ids: string[] }>();
      return {
        fetchQueue(call, station) {
          const [queue, now, before] = [base.fetchQueue(call, station), call.state.now(), told.get(station)];
          const again = before !== undefined && now - before.at < 5000 ? before.ids : [];
          if (queue.conversationchangedof.length > 0) told.set(station, { at: now, ids: queue.conversationchangedof });
          return { ...queue, conversationchangedof: [...new Set([...queue.conversationchangedof, ...again])] };
        },
      };
    }),
    'notification-repeated-once': row('What was told is told once more with the next Notification.').by((base) => {
      const told = new Map<string, string[]>();
      return {
        fetchQueue(call, station) {
          const queue = base.fetchQueue(call, station);
          const again = told.get(station) ?? [];
          told.set(station, queue.conversationchangedof);
          return { ...queue, conversationchangedof: [...new Set([...queue.conversationchangedof, ...again])] };
        },
      };
    }),
    'notification-unknown-id': row('conversationchangedof names the message beside the conversation.').by(
      change('/conversationchangedof', (ids: string[]) => [...ids, ...ids.map((id) => md5(`message ${id}`))]),
    ),
    'notification-to-everybody': row('Everybody is told when somebody becomes available.').by(
      instead('setAvailable', (usual, call, user) => {
        usual();
        call.behaviour.notify(call, 'friendavailabilitesof', user.id, [...call.state.users.keys()]);
      }),
    ),
  },
  'OZ-NOTIF-4': {
    'list-change-untold': row('Other stations are not told of changed flags.').by(
      skip('notify', (_call, list) => list === 'conversationlistchangedof'),
    ),
    'list-change-as-message': row('Changed flags are told in conversationchangedof.').by(
      instead('notify', (usual, call, list, id, userIds) =>
        usual(call, list === 'conversationlistchangedof' ? 'conversationchangedof' : list, id, userIds),
      ),
    ),
    'colour-change-untold': row('Other stations are not told of a changed colour.').by(
      skip('notify', ({ action }) => action === 'setlistitembackgroundcolor'),
    ),
  },
  'OZ-CONV-13': {
    'answer-secret-fresh': on
      .favorite('Favorite answers another secret than List shows.')
      .by(respell('/conversation/secret', (secret) => secret.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')))),
    'answer-names-ids': on
      .unmute('Unmute answers user ids for the names of the participants.')
      .by(change('/conversation/participants/*', ({ userid }: Json) => ({ userid, username: userid }))),
    'answer-colour-default': on
      .mute('Mute answers the default colour, whatever colour is set.')
      .by(set('/conversation/properties/*/listitembackgroundcolor', '#ffffff')),
  },
  'OZ-CONV-10': {
    'list-without-administrator': row('List leaves out conversations with the Administrator.').by(
      instead('conversationsOf', (usual, call) => {
        const isLeftOut = (id: string) => call.state.users.get(id)?.nick === 'Administrator';
        return usual().filter(({ participants }) => call.action !== 'list' || !participants.some(isLeftOut));
      }),
    ),
    'list-cut': row('List gives one conversation and no more.').by(
      instead('conversationsOf', (usual, { action }) => usual().slice(0, action === 'list' ? 1 : undefined)),
    ),
  },
  'OZ-CONV-11': {
    'isgroup-always': row('Every conversation is said to be a group.').by(
      everywhere(set(inConversation('/isgroup'), true)),
    ),
    'hiddenby-everybody': row('hiddenby names all participants, whoever hides.').by(
      change('/conversations/*', (shown: Json) => ({ ...shown, hiddenby: shown.participantids })),
    ),
    'usernames-lower-case': row('The usernames of participants are written in lower case.').by(
      instead('showConversation', (usual, _call, _conversation, user) => {
        const shown = usual();
        const participants = (shown.participants as { userid: string; username: string }[]).map((each) =>
          each.userid === user.id ? each : { ...each, username: each.username.toLowerCase() },
        );
        return { ...shown, participants };
      }),
    ),
  },
  'OZ-CONV-12': {
    'lastreportid-oldest': row('lastreportid is the ID of the oldest report.').by(lastReport((reports) => reports[0])),
    'lastreportid-of-delivery': row('lastreportid is the ID of the newest report of a delivery.').by(
      lastReport((reports) => reports.findLast(({ type }) => type === 'delivered')),
    ),
    'lastreportid-empty': row('lastreportid is always empty.').by(lastReport(() => undefined)),
  },
});

/** List shows another report than the newest. */
function lastReport(pick: (reports: readonly Entry[]) => Entry | undefined) {
  return instead('showConversation', (usual, _call, { reports }) => ({
    ...usual(),
    lastreportid: pick(reports)?.id ?? '',
  }));
}
