import { uploadedMessage } from '../../actions.js';
import type { Call, OzekiBehaviour } from '../call.js';
import type { Conversation, Entry, Message, Report, User } from '../model.js';
import { combinedOf, instead, type OzekiBehave, on, othersOf, row, seen, skip, together } from '../rows.js';
import { raceFaults } from './races.js';

/** Faults that only combinations show: an order of actions, two attributes or users at once, an ordinary but particular value. */
export const combinedFaults = [
  ...combinedOf({
    'OZ-CLEAR-1': {
      'clear-spares-who-hides': row(
        'A Clear by the other leaves the messages to whoever has hidden the conversation.',
      ).by(sparing((call, conversation, id) => flags(call, conversation, id).hideid !== '')),
      'clear-spares-who-mutes-favorite': row(
        'A Clear by the other leaves the messages to whoever has both muted the conversation and made it a favourite.',
      ).by(
        sparing((call, conversation, id) => {
          const { ismuted, isfavorite } = flags(call, conversation, id);
          return ismuted && isfavorite;
        }),
      ),
      'clear-undone-by-other': row(
        'The first message that the other adds after a Clear brings back what was cleared, to whoever had it cleared.',
      ).by((base) => {
        const cleared = new Map<string, { by: string; messages: Message[] }>();
        return {
          clear(call, conversation, user) {
            cleared.set(conversation.id, { by: user.id, messages: conversation.messages });
            base.clear(call, conversation, user);
          },
          messagesOf(call, conversation) {
            const own = base.messagesOf(call, conversation);
            const old = cleared.get(conversation.id);
            const isBack = old?.by === call.caller?.id && own[0] !== undefined && own[0].from !== old?.by;
            return isBack && call.action === 'download' ? [...(old?.messages ?? []), ...own] : own;
          },
        };
      }),
    },
    'OZ-CLEAR-4': {
      'clear-drops-color-of-favorite': row(
        'Clear resets the colour of a conversation that its caller has as a favourite.',
      ).by(
        clearing((call, conversation, user) => {
          if (flags(call, conversation, user.id).isfavorite)
            set(call, conversation, user.id, { listitembackgroundcolor: '#ffffff' });
        }),
      ),
      'clear-unhides-muted': row('Clear unhides the conversation for the other, who has muted it.').by(
        clearing((call, conversation, user) => {
          const other = otherThan(conversation, user);
          if (flags(call, conversation, other).ismuted) set(call, conversation, other, { hideid: '' });
        }),
      ),
    },
    'OZ-FLAG-2-UNHIDE': {
      'unhide-after-clear': on
        .unhide('Unhide answers the new state and keeps the old one where the instance has changed since Hide.')
        .by((base) => ({
          setFlags(call, conversation, user, change) {
            const { hideid } = flags(call, conversation, user.id);
            const isStale = hideid !== '' && hideid !== `${conversation.instance};`;
            if (call.action !== 'unhide' || !isStale) base.setFlags(call, conversation, user, change);
          },
        })),
    },
    'OZ-FLAG-2-COLOR': {
      'color-black-while-favorite': on
        .setlistitembackgroundcolor('The colour #000000 is taken for none where the conversation is a favourite.')
        .by(
          instead('setFlags', (usual, call, conversation, user, change) => {
            const isBlack = change.listitembackgroundcolor === '#000000';
            if (!isBlack || !flags(call, conversation, user.id).isfavorite) usual();
          }),
        ),
      'color-taken-for-number': on
        .setlistitembackgroundcolor('A colour that reads as a number with an exponent is kept as white.')
        .by(
          instead('setFlags', (usual, call, conversation, user, change) => {
            const isNumber = /^#\d+e\d+$/i.test(change.listitembackgroundcolor ?? '');
            usual(call, conversation, user, { ...change, ...(isNumber && { listitembackgroundcolor: '#ffffff' }) });
          }),
        ),
    },
    'OZ-FLAG-3-UNFAVORITE': {
      'unfavorite-unmutes-other': on
        .unfavorite('Unfavorite takes the mute of the other away where both have the conversation as a favourite.')
        .by(
          instead('setFlags', (usual, call, conversation, user, change) => {
            const other = otherThan(conversation, user);
            const isMeant = change.isfavorite === false && flags(call, conversation, other).isfavorite;
            usual();
            if (isMeant) set(call, conversation, other, { ismuted: false });
          }),
        ),
    },
    'OZ-FLAG-3-MUTE': {
      'mute-takes-hide-of-other': on.mute('Mute unhides the conversation for the other where both have hidden it.').by(
        instead('setFlags', (usual, call, conversation, user, change) => {
          const other = otherThan(conversation, user);
          usual();
          const isMeant = change.ismuted === true && flags(call, conversation, user.id).hideid !== '';
          if (isMeant) set(call, conversation, other, { hideid: '' });
        }),
      ),
    },
    'OZ-FLAG-4-UNMUTE': {
      'unmute-of-hidden-drops-color': on.unmute('Unmute resets the colour of a conversation that is hidden.').by(
        instead('setFlags', (usual, call, conversation, user, change) => {
          const isMeant = change.ismuted === false && flags(call, conversation, user.id).hideid !== '';
          usual(call, conversation, user, { ...change, ...(isMeant && { listitembackgroundcolor: '#ffffff' }) });
        }),
      ),
      'unmute-elsewhere': on.unmute('Unmute also unmutes a favourite among the other conversations of the user.').by(
        instead('setFlags', (usual, call, conversation, user, change) => {
          usual();
          if (change.ismuted !== false) return;
          const favourites = othersOf(call, conversation, user).filter(
            (other) => flags(call, other, user.id).isfavorite,
          );
          for (const other of favourites) set(call, other, user.id, { ismuted: false });
        }),
      ),
    },
    'OZ-FLAG-4-HIDE': {
      'hide-of-colored-unmutes': on
        .hide('Hide takes mute and favourite away from a conversation that has a colour.')
        .by(
          instead('setFlags', (usual, call, conversation, user, change) => {
            const { listitembackgroundcolor } = flags(call, conversation, user.id);
            const isMeant = (change.hideid ?? '') !== '' && listitembackgroundcolor !== '#ffffff';
            usual(call, conversation, user, { ...change, ...(isMeant && { ismuted: false, isfavorite: false }) });
          }),
        ),
    },
    'OZ-ADD-1': {
      'add-echo-of-second-type': on
        .add('Add answers the type Message to the second of two uploads of another type.')
        .by(
          instead('echo', (usual, { action, conversation }, { type, arrival }) => {
            const isSecond =
              action === 'add' &&
              type !== 'Message' &&
              conversation?.messages.findLast((message) => message.arrival < arrival)?.type === type;
            return { ...usual(), ...(isSecond && { Type: 'Message' }) };
          }),
        ),
      'add-id-in-small-letters': on
        .add('The ID of a message is answered and kept in small letters.')
        .by(
          instead('store', (usual, call, conversation, sender, upload) =>
            usual(call, conversation, sender, { ...upload, id: upload.id.toLowerCase() }),
          ),
        ),
    },
    'OZ-ADD-3': {
      'add-data-of-cleared': row('A message under the ID of one that was cleared gets the Data of that one.').by(
        (base) => {
          const cleared = new Map<string, string>();
          return {
            clear(call, conversation, user) {
              for (const { id, data } of conversation.messages) cleared.set(id, data);
              base.clear(call, conversation, user);
            },
            store: (call, conversation, sender, upload) =>
              base.store(call, conversation, sender, { ...upload, data: cleared.get(upload.id) ?? upload.data }),
          };
        },
      ),
      'add-repeat-of-other-dropped': row(
        "A message is dropped that repeats the Data of the other's message before it.",
      ).by(
        storingUnless(({ messages }, sender, data) => {
          const last = messages.at(-1);
          return last !== undefined && last.from !== sender.id && last.data === data;
        }),
      ),
      'add-expired-after-expired': row(
        'A message that is past its validity is dropped where the one before it is past it too, of another user.',
      ).by((base) => ({
        store(call, conversation, sender, upload) {
          const last = conversation.messages.at(-1);
          const now = call.behaviour.now(call) / 1000;
          const isMeant =
            last !== undefined && last.from !== sender.id && last.validUntil < now && upload.validUntil < now;
          if (!isMeant) return base.store(call, conversation, sender, upload);
          return { ...upload, from: sender.id, arrival: call.state.next() };
        },
      })),
      'add-rewrites-json': row('Data that is JSON, or a number, is kept as JSON writes it.').by(
        instead('store', (usual, call, conversation, sender, upload) =>
          usual(call, conversation, sender, { ...upload, data: asJson(upload.data) }),
        ),
      ),
      'add-keeps-no-leading-zero': row('Data of digits alone loses its leading zeros.').by(
        instead('store', (usual, call, conversation, sender, upload) => {
          const data = /^\d+$/.test(upload.data) ? upload.data.replace(/^0+(?=\d)/, '') : upload.data;
          return usual(call, conversation, sender, { ...upload, data });
        }),
      ),
      'refused-add-overwrites': row(
        'An Add of somebody who takes no part is refused, and replaces the Data of the message of its ID.',
      ).by(
        instead('authorise', (usual, call, conversation, user) => {
          const upload = uploadedMessage(call.body);
          const known = conversation.messages.find(({ id }) => id === upload?.ID);
          const isOut = call.action === 'add' && !conversation.participants.includes(user.id);
          if (known !== undefined && isOut) known.data = String(upload?.Data);
          usual();
        }),
      ),
      'add-empties-data-of-file': row(
        'The Data of a message that is no Message is lost where its sender has muted.',
      ).by(
        instead('store', (usual, call, conversation, sender, upload) => {
          const isMeant = upload.type !== 'Message' && flags(call, conversation, sender.id).ismuted;
          return usual(call, conversation, sender, isMeant ? { ...upload, data: '' } : upload);
        }),
      ),
    },
    'OZ-ADD-4': {
      'lastmessageid-stale-of-muted-expired': row(
        'lastmessageid stays behind for whoever has muted, where the newest message is past its validity.',
      ).by((base) => ({
        newest(call, entries) {
          const { caller, conversation } = call;
          const newest = base.newest(call, entries) as Message | undefined;
          const isExpired = newest !== undefined && newest.validUntil * 1000 < call.behaviour.now(call);
          const places = conversation === undefined ? [...call.state.conversations.values()] : [conversation];
          const place = places.find(({ messages }) => newest !== undefined && messages.includes(newest));
          const isMuted = place !== undefined && caller !== undefined && flags(call, place, caller.id).ismuted;
          if (!isExpired || !isMuted) return newest;
          return base.newest(
            call,
            entries.filter((entry) => entry !== newest),
          );
        },
      })),
    },
    'OZ-PAGE-5': {
      'page-second-lacks-viewed-expired': row(
        'Later pages lack the messages that are past their validity and were reported as viewed.',
      ).by(
        laterPages((call, { id, validUntil }) => {
          const isExpired = validUntil * 1000 < call.behaviour.now(call);
          return isExpired && reportsIn(call).some(({ type, messageId }) => type === 'viewed' && messageId === id);
        }),
      ),
      'page-second-lacks-other-of-hidden': row(
        "Later pages lack the other's messages for whoever has hidden the conversation.",
      ).by(
        laterPages((call, { from }) => {
          const { caller, conversation } = call;
          if (caller === undefined || conversation === undefined) return false;
          return from !== caller.id && flags(call, conversation, caller.id).hideid !== '';
        }),
      ),
      'page-ties-of-two-users': row('Later pages give one message of each second where several users wrote in it.').by(
        (base) => ({
          page(call, ordered, cursor, limit, kind) {
            if (kind !== 'messages' || cursor.id === '') return base.page(call, ordered, cursor, limit, kind);
            const all = ordered as unknown as Message[];
            const kept = all.filter(
              (message, i) =>
                message.id === cursor.id ||
                !all.some((other, j) => j > i && other.created === message.created && other.from !== message.from),
            );
            return base.page(call, kept as unknown as typeof ordered, cursor, limit, kind);
          },
        }),
      ),
    },
    'OZ-DOWN-1': {
      'download-starts-behind-own': row(
        'Download from an own message on starts behind it where the caller has muted and made a favourite of the conversation.',
      ).by(
        instead('since', (usual, call, ordered, cursor, kind) => {
          const given = usual();
          const { caller, conversation } = call;
          if (kind !== 'messages' || caller === undefined || conversation === undefined) return given;
          const { ismuted, isfavorite } = flags(call, conversation, caller.id);
          const first = given[0] as Message | undefined;
          const isOwn = cursor.id !== '' && first?.id === cursor.id && first.from === caller.id;
          return ismuted && isfavorite && isOwn && ordered.length > 0 ? given.slice(1) : given;
        }),
      ),
      'download-ends-at-viewed': row('Download ends behind the newest message that the caller reported as viewed.').by(
        together(
          seen('download', ({ created, arrival }, call) => {
            const viewed = reportsIn(call)
              .filter(({ type, by }) => type === 'viewed' && by === call.caller?.id)
              .map(({ messageId }) => call.conversation?.messages.find(({ id }) => id === messageId));
            const newest = viewed
              .filter((message) => message !== undefined)
              .sort(byOrder)
              .at(-1);
            if (newest === undefined || viewed.length < 2) return true;
            return byOrder({ created, arrival }, newest) <= 0;
          }),
        ),
      ),
    },
    'OZ-NOTIF-2': {
      'second-login-takes-notifications': row('A login at another station takes what waits for the first one away.').by(
        instead('openSession', (usual, call, user, station) => {
          if (!call.state.sessions.has(station))
            for (const [, session] of call.state.sessions)
              if (session.userId === user.id) session.queue.conversationchangedof = [];
          usual();
        }),
      ),
      'untold-behind-view': row(
        'Who has reported a message as viewed and fetched notifications is not told of the next message.',
      ).by((base) => {
        const done = new Map<string, 'viewed' | 'fetched'>();
        return {
          markViewed(call, conversation, viewer, ids) {
            base.markViewed(call, conversation, viewer, ids);
            done.set(viewer.id, 'viewed');
          },
          fetchQueue(call, station) {
            const id = call.state.sessions.get(station)?.userId ?? '';
            if (done.get(id) === 'viewed') done.set(id, 'fetched');
            return base.fetchQueue(call, station);
          },
          store(call, conversation, sender, upload) {
            const before = conversation.messages.length;
            const message = base.store(call, conversation, sender, upload);
            if (conversation.messages.length === before) return message;
            for (const id of conversation.participants) {
              if (id === sender.id || done.get(id) !== 'fetched') continue;
              done.delete(id);
              for (const [, { userId, queue }] of call.state.sessions)
                if (userId === id) queue.conversationchangedof = without(queue.conversationchangedof, conversation.id);
            }
            return message;
          },
        };
      }),
      'untold-after-clear': row(
        'After a Clear, whoever did it is not told of the first message of the other, unless it was told of the Clear.',
      ).by((base) => {
        const cleared = new Map<string, string>();
        return {
          clear(call, conversation, user) {
            base.clear(call, conversation, user);
            cleared.set(conversation.id, user.id);
          },
          store(call, conversation, sender, upload) {
            const by = cleared.get(conversation.id);
            const isFirst = conversation.messages.length === 0;
            const message = base.store(call, conversation, sender, upload);
            if (isFirst && by !== undefined && by !== sender.id && flags(call, conversation, by).isfavorite)
              for (const [, { userId, queue }] of call.state.sessions)
                if (userId === by) queue.conversationchangedof = without(queue.conversationchangedof, conversation.id);
            return message;
          },
        };
      }),
    },
    'OZ-AVAIL-1': {
      'login-forgets-availability': on.login('A login at a second station makes the user unavailable again.').by(
        instead('openSession', (usual, _call, user, station) => {
          if (station !== user.station && user.availability === 'available') user.availability = 'offline';
          usual();
        }),
      ),
      'friend-of-hidden-stays-away': row('A friend with whom a conversation is hidden is shown as away.').by(
        instead('showAvailability', (usual, call, friend) => {
          const shown = usual();
          const { caller } = call;
          const isHidden = [...call.state.conversations.values()].some(
            (conversation) =>
              caller !== undefined &&
              conversation.participants.includes(friend.id) &&
              conversation.participants.includes(caller.id) &&
              flags(call, conversation, caller.id).hideid !== '',
          );
          return isHidden ? { ...shown, availability: 'offline' } : shown;
        }),
      ),
    },
    'OZ-COM-12': {
      'hidden-open-to-strangers': row('A conversation that both have hidden can be read by everybody.').by(
        skip('authorise', (call, conversation) =>
          conversation.participants.every((id) => flags(call, conversation, id).hideid !== '')),
      ),
      'muted-open-to-strangers': row(
        'Outsiders may add to a conversation that one participant has muted and hidden.',
      ).by(
        skip('authorise', (call, conversation) =>
          call.action === 'add' &&
          conversation.participants.some((id) => {
            const { ismuted, hideid } = flags(call, conversation, id);
            return ismuted && hideid !== '';
          })),
      ),
    },
    'OZ-COM-10': {
      'second-station-unsigned': on.add('A second station that has logged in may add under any signature.').by(
        skip('checkSignature', ({ request, action }, user) => {
          const station = request.headers.get('Ozeki-Station');
          return action === 'add' && station !== null && station !== user.station;
        }),
      ),
      'favorite-unsigned': on
        .download('A conversation that both have made a favourite is downloaded under any signature.')
        .by(
          skip('checkSignature', (call) => {
            const place = call.state.conversations.get(String(call.body.conversationid));
            return (
              call.action === 'download' &&
              place !== undefined &&
              place.participants.every((id) => flags(call, place, id).isfavorite)
            );
          }),
        ),
    },
    'OZ-BLOCK-1': {
      'blocklist-empty-where-both-hide': row('Blocklist is empty where both have hidden the conversation.').by(
        instead('showBlocked', (usual, call) => {
          const shown = usual();
          const both = (id: unknown) =>
            call.state.conversations
              .get(String(id))
              ?.participants.every(
                (each) => flags(call, call.state.conversations.get(String(id)) as Conversation, each).hideid !== '',
              ) === true;
          return { ...shown, blockedconversations: (shown.blockedconversations as string[]).filter((id) => !both(id)) };
        }),
      ),
    },
    'OZ-REPORT-2': {
      'viewed-expired-unreported': row(
        'Report makes no report of messages past their validity for whoever has muted.',
      ).by(
        instead('markViewed', (usual, call, conversation, viewer, ids) => {
          if (!flags(call, conversation, viewer.id).ismuted) return usual();
          const isValid = ({ validUntil }: Message) => validUntil * 1000 >= call.behaviour.now(call);
          const valid = conversation.messages.filter((message) => ids.includes(message.id) && isValid(message));
          if (valid.length > 0)
            usual(
              call,
              conversation,
              viewer,
              valid.map(({ id }) => id),
            );
        }),
      ),
    },
    'OZ-PAGE-10': {
      'reports-behind-message-cursor': row(
        'A page behind a message of the other lacks the reports on messages newer than it.',
      ).by((base) => ({
        reportsOf(call, conversation) {
          const all = base.reportsOf(call, conversation);
          const id = call.action === 'downloadpartial' ? call.body.lastmessageid : undefined;
          const at = conversation.messages.find((message) => message.id === id);
          if (at === undefined || at.from === call.caller?.id) return all;
          const old = new Set(
            conversation.messages.filter((message) => byOrder(message, at) < 0).map((each) => each.id),
          );
          return all.filter(({ messageId }) => old.has(messageId));
        },
      })),
    },
  }),
  ...raceFaults,
];

/** The flags of a user. */
function flags(call: Call, conversation: Conversation, id: string) {
  return call.behaviour.flagsOf(call, conversation, id);
}

/** Changes flags of a user, without a word to anybody. */
function set(
  call: Call,
  conversation: Conversation,
  id: string,
  change: Partial<ReturnType<OzekiBehaviour['flagsOf']>>,
): void {
  conversation.flags.set(id, { ...flags(call, conversation, id), ...change });
}

function otherThan({ participants }: Conversation, { id }: User): string {
  return participants.find((each) => each !== id) ?? id;
}

/** After a Clear by another, the messages from before stay there for some. */
function sparing(isSpared: (call: Call, conversation: Conversation, id: string) => boolean): OzekiBehave {
  return (base) => {
    const spared = new Map<string, Message[]>();
    return {
      clear(call, conversation, user) {
        for (const id of conversation.participants)
          if (id !== user.id && isSpared(call, conversation, id))
            spared.set(`${id} ${conversation.id}`, [...conversation.messages]);
        base.clear(call, conversation, user);
      },
      messagesOf(call, conversation) {
        const own = base.messagesOf(call, conversation);
        const isDownload = call.action === 'download' || call.action === 'downloadpartial';
        const old = spared.get(`${call.caller?.id} ${conversation.id}`) ?? [];
        return isDownload ? [...old, ...own] : own;
      },
    };
  };
}

/** What else a Clear does. */
function clearing(act: (call: Call, conversation: Conversation, user: User) => void): OzekiBehave {
  return instead('clear', (usual, call, conversation, user) => {
    usual();
    act(call, conversation, user);
  });
}

/** A message that is answered and not stored. */
function storingUnless(isDropped: (conversation: Conversation, sender: User, data: string) => boolean): OzekiBehave {
  return instead('store', (usual, call, conversation, sender, upload) =>
    isDropped(conversation, sender, upload.data) ? { ...upload, from: sender.id, arrival: call.state.next() } : usual(),
  );
}

function asJson(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data));
  } catch {
    return data;
  }
}

/** Pages behind the first lack some messages. */
function laterPages(isLacking: (call: Call, message: Message) => boolean): OzekiBehave {
  return instead('page', (usual, call, ordered, cursor, limit, kind) => {
    if (kind !== 'messages' || cursor.id === '') return usual();
    const left = ordered.filter((entry) => entry.id === cursor.id || !isLacking(call, entry as unknown as Message));
    return usual(call, left, cursor, limit, kind);
  });
}

function reportsIn({ conversation }: Call): readonly Report[] {
  return conversation?.reports ?? [];
}

function byOrder(a: Pick<Entry, 'created' | 'arrival'>, b: Pick<Entry, 'created' | 'arrival'>): number {
  return a.created - b.created || a.arrival - b.arrival;
}

function without(ids: readonly string[], id: string): string[] {
  return ids.filter((each) => each !== id);
}
