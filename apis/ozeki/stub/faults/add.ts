import { everywhere } from '../../../../src/stub/mutation.js';
import { change, respell, set, where } from '../../../../src/stub/operators.js';
import type { Call, Upload } from '../call.js';
import type { Conversation, Message, User } from '../model.js';
import { faultsOf, inConversation, instead, type OzekiBehave, on, row, secondsNow } from '../rows.js';
import { takenBy, taking } from './races.js';

/** Seconds. */
const WEEK = 7 * 24 * 60 * 60;

/** Faults of Add, and of what List shows after it. */
export const addFaults = faultsOf({
  'OZ-ADD-1': {
    'add-id-replaced': row('Add answers an ID of the server instead of the one uploaded.').by(
      respell('/message/ID', (id) => `${id.slice(0, -4)}0000`),
    ),
    'add-type-lower-case': row('Add answers the Type in lower case.').by(respell('/message/Type', lowerCase)),
    'add-created-arrival': row('Add answers the time of arrival as Created, whatever was uploaded.').by(
      echoed((_message, call) => ({ created: secondsNow(call) })),
    ),
    'add-validuntil-recomputed': row('Add answers a ValidUntil a week after Created, whatever was uploaded.').by(
      echoed(({ created }) => ({ validUntil: created + WEEK })),
    ),
    'add-validuntil-created': row('Add answers the Created as ValidUntil too.').by(
      echoed(({ created }) => ({ validUntil: created })),
    ),
  },
  'OZ-ADD-3': {
    'add-lost-to-flag': row('A message that is added while a flag is set is lost.').by(
      taking((base) => ({
        setFlags(call, conversation, user, change) {
          conversation.messages = [...(takenBy(call).messages.get(conversation.id) ?? [])];
          base.setFlags(call, conversation, user, change);
        },
      })),
    ),
    'station-from-its-login': row('A second station sees no message from before it logged in for the first time.').by(
      (base) => {
        const since = new Map<string, number>();
        return {
          openSession(call, user, station) {
            base.openSession(call, user, station);
            if (station !== user.station && !since.has(station)) since.set(station, call.state.next());
          },
          messagesOf(call, conversation) {
            const from = since.get(call.request.headers.get('ozeki-station') ?? '') ?? 0;
            return base.messagesOf(call, conversation).filter(({ arrival }) => arrival >= from);
          },
        };
      },
    ),
    'add-concurrent-lost': row(
      'Of two messages that different users add to a conversation within 20 ms, the later one is lost.',
    ).by((base) => {
      const last = new Map<string, { by: string; at: number }>();
      return lost(({ id }, sender) => {
        const before = last.get(id);
        const at = performance.now();
        last.set(id, { by: sender.id, at });
        return before !== undefined && before.by !== sender.id && at - before.at < 20;
      })(base);
    }),
    'add-same-data-once': row(
      'A message whose Data equals that of an earlier message is taken for a repeat and not stored.',
    ).by(
      lost(({ messages }, _sender, upload) =>
        messages.some(({ id, data }) => id !== upload.id && data === upload.data),
      ),
    ),
    'add-muted-lost': row('A message to a participant who has muted the conversation is not stored.').by(
      lost((conversation, _sender, _upload, call) =>
        conversation.participants.some((id) => call.behaviour.flagsOf(call, conversation, id).ismuted),
      ),
    ),
    'favorite-messages-lost': on.favorite('Favorite stores the conversation anew, without its messages.').by(
      instead('setFlags', (usual, { action }, conversation) => {
        if (action === 'favorite') conversation.messages = [];
        usual();
      }),
    ),
    'downloads-type-lower-case': on
      .download('The downloads answer the Type of a message in lower case.')
      .by(everywhere(respell('/messages/*/Type', lowerCase))),
    'downloadpartial-data-cut': on
      .downloadpartial('Partial download gives the first 100 characters of Data.')
      .by(respell('/messages/*/Data', (data) => data.slice(0, 100))),
    'add-not-for-sender': row('The sender of a message cannot download it.').by(
      instead('messagesOf', (usual, { caller }) => usual().filter(({ from }) => from !== caller?.id)),
    ),
    'add-for-sender-only': row('Nobody but its sender can download a message.').by(
      instead('messagesOf', (usual, { caller }) => usual().filter(({ from }) => from === caller?.id)),
    ),
    ...Object.fromEntries(
      [255, 1000, 4096, 32_768, 65_535].map((bytes) => [
        `add-data-cut-${bytes}`,
        stored(`is cut at ${bytes} bytes`, (data) => cutAt(data, bytes)),
      ]),
    ),
    'add-data-dollars': stored('is put into a text as a replacement, in which $$ is a dollar', (data) =>
      data.replaceAll('$$', () => '$'),
    ),
    'add-data-mark-stripped': stored('loses a byte order mark at its start', (data) => data.replace(/^\ufeff/, '')),
    'add-data-trimmed': stored('loses the white space around it', (data) => data.trim()),
    'add-data-html-escaped': stored('is escaped for HTML', (data) =>
      data.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    ),
    'add-data-html-unescaped': stored('is freed from HTML escapes', (data) =>
      data.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
    ),
    'add-data-tags-stripped': stored('loses what looks like a tag', (data) => data.replace(/<[^>]*>/g, '')),
    'add-data-quotes-doubled': stored('has its quotes doubled', (data) => data.replaceAll("'", "''")),
    'add-data-composed': stored('is brought into Unicode NFC', (data) => data.normalize('NFC')),
    'add-data-emoji-lost': stored('loses characters of four bytes', (data) =>
      data.replace(/[\u{10000}-\u{10ffff}]/gu, '?'),
    ),
    'add-data-latin': stored('has a question mark for what is not Latin-1', (data) =>
      data.replace(/[^\0-\u00ff]/gu, '?'),
    ),
    'add-data-lines-changed': stored('has its CRLF changed to LF', (data) => data.replaceAll('\r\n', '\n')),
    'add-data-last-line-break-lost': stored('loses its last line break', (data) => data.replace(/\r?\n$/, '')),
    'add-data-tabs-spaced': stored('has spaces for tabs', (data) => data.replaceAll('\t', '    ')),
    'add-data-backslashes-eaten': stored('loses its backslashes', (data) => data.replace(/\\(.)/gs, '$1')),
    'add-data-percent-decoded': stored('has its percent escapes decoded', (data) =>
      data.replace(/%([2-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    ),
    'add-data-plus-spaced': stored('has spaces for plus signs', (data) => data.replaceAll('+', ' ')),
    'add-data-invisible-lost': stored('loses zero-width characters and byte order marks', (data) =>
      data.replace(/[\u200b\ufeff]/g, ''),
    ),
    'add-data-lower-case': stored('is stored in lower case', lowerCase),
    'add-data-padding-lost': stored('loses the = at its end', (data) => data.replace(/=+$/, '')),
    'add-data-number': stored('is stored as a number where it looks like one', (data) =>
      /^\d+(\.\d+)?$/.test(data) ? String(Number(data)) : data,
    ),
    'add-data-null-emptied': stored('is empty where it says null', (data) => (data === 'null' ? '' : data)),
    'add-data-truth-numbered': stored('is 1 where it says true', (data) => (data === 'true' ? '1' : data)),
    'add-data-zero-emptied': stored('is empty where it says 0', (data) => (data === '0' ? '' : data)),
    'add-data-cut-at-nul': stored('ends at a NUL character', (data) => data.split('\0')[0] ?? ''),
    'add-data-controls-lost': stored('loses control characters other than white space', (data) =>
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is lost
      data.replace(/[\u0001-\u0008\u000e-\u001f\u007f-\u009f]/g, ''),
    ),
    'add-data-smileys-drawn': stored('has emoji for smileys', (data) => data.replaceAll(':-)', '\u{1f642}')),
    'add-data-dots-joined': stored('has an ellipsis for three dots', (data) => data.replaceAll('...', '\u2026')),
    'add-data-json-reparsed': stored('is parsed and written again where it is JSON', reparsed),
  },
  'OZ-ADD-4': {
    'lastmessageid-everywhere': on
      .list('Every conversation of List shows the newest message of all as lastmessageid.')
      .by(
        change('/conversations/*/lastmessageid', (_id, { state }: Call) => {
          const all = [...state.conversations.values()].flatMap(({ messages }) => messages);
          return all.toSorted((a, b) => b.arrival - a.arrival)[0]?.id ?? '';
        }),
      ),
    'lastmessageid-not-when-muted': on
      .list('The lastmessageid of a conversation that the caller has muted is empty.')
      .by(everywhere(where(inConversation(''), isMuted, set('/lastmessageid', '')))),
    'lastmessageid-behind': on
      .list('The lastmessageid of List is that of the message before the newest.')
      .by(
        instead('newest', (usual, call, entries) =>
          call.action === 'list' ? usual(call, entries.slice(0, -1)) : usual(),
        ),
      ),
    'lastmessageid-of-sender': on
      .list('The lastmessageid of List is that of the newest message which the caller has sent.')
      .by(newestOf(({ from }, user) => from === user.id)),
    'lastmessageid-of-others': on
      .list('The lastmessageid of List is that of the newest message which somebody else has sent.')
      .by(newestOf(({ from }, user) => from !== user.id)),
  },
  'OZ-ADD-5': {
    'add-same-id-of-another': row('A known ID is stored once more when another user sends it.').by(
      storedAgain((known, _upload, sender) => known.from !== sender.id),
    ),
    'add-same-id-other-data': row('A known ID is stored once more when it comes with other Data.').by(
      storedAgain((known, upload) => known.data !== upload.data),
    ),
    'add-same-id-not-the-newest': row('A known ID is stored once more unless it is that of the newest message.').by(
      storedAgain((known, _upload, _sender, { messages }) => known !== messages.at(-1)),
    ),
    'add-same-id-twice': row('A message whose ID is known is stored again.').by(storedAgain(() => true)),
    'add-same-id-twice-in-pages': row(
      'A message that was added twice comes once in Download and twice in Partial download.',
    ).by((base) => {
      const again: Message[] = [];
      return {
        store(call, conversation, sender, upload) {
          again.push(...conversation.messages.filter(({ id }) => id === upload.id));
          return base.store(call, conversation, sender, upload);
        },
        messagesOf(call, conversation) {
          const all = base.messagesOf(call, conversation);
          return call.action === 'downloadpartial' ? [...all, ...again.filter((one) => all.includes(one))] : all;
        },
      };
    }),
    'add-same-id-gone': row('A message that is added a second time is taken away.').by(
      instead('store', (usual, _call, conversation, _sender, { id }) => {
        const known = conversation.messages.find((message) => message.id === id);
        conversation.messages = conversation.messages.filter((message) => message !== known);
        return known ?? usual();
      }),
    ),
  },
  'OZ-CONV-7': {
    'lastaccess-still': row('A new message does not change lastaccess.').by(
      instead('store', (usual, _call, conversation) => {
        const { lastAccess } = conversation;
        const message = usual();
        conversation.lastAccess = lastAccess;
        return message;
      }),
    ),
    'lastaccess-for-sender': row('A new message changes lastaccess for its sender alone.').by(
      instead('showConversation', (usual, _call, { messages, lastAccess }, user) => {
        const own = messages.filter(({ from }) => from === user.id).map(({ created }) => created);
        return { ...usual(), lastaccess: own.length > 0 ? Math.max(...own) : lastAccess };
      }),
    ),
    'lastaccess-now': row('lastaccess is the time of the call.').by(
      everywhere(change(inConversation('/lastaccess'), (_seconds, call: Call) => secondsNow(call))),
    ),
    'lastaccess-read': row('A Download sets lastaccess to the time of the call.').by(
      instead('since', (usual, call) => {
        if (call.conversation !== undefined) call.conversation.lastAccess = secondsNow(call);
        return usual();
      }),
    ),
    'lastaccess-hidden': on.hide('Hide sets lastaccess to the time of the call.').by(
      instead('setFlags', (usual, call, conversation) => {
        if (call.action === 'hide') conversation.lastAccess = secondsNow(call);
        usual();
      }),
    ),
    'lastaccess-viewed': on.viewed('Report sets lastaccess to the time of the call.').by(
      instead('markViewed', (usual, call, conversation) => {
        usual();
        conversation.lastAccess = secondsNow(call);
      }),
    ),
  },
});

/** What Add answers of a message. */
function echoed(members: (message: Message, call: Call) => Partial<Message>): OzekiBehave {
  return instead('echo', (usual, call, message) =>
    call.action === 'add' ? usual(call, { ...message, ...members(message, call) }) : usual(),
  );
}

/** Uploads that are answered and not stored. */
function lost(isLost: (conversation: Conversation, sender: User, upload: Upload, call: Call) => boolean): OzekiBehave {
  return instead('store', (usual, call, conversation, sender, upload) =>
    isLost(conversation, sender, upload, call) ? messageOf(upload, sender, call) : usual(),
  );
}

/** Uploads of a known ID that are stored as another message. */
function storedAgain(
  isNew: (known: Message, upload: Upload, sender: User, conversation: Conversation) => boolean,
): OzekiBehave {
  return instead('store', (usual, call, conversation, sender, upload) => {
    const known = conversation.messages.find(({ id }) => id === upload.id);
    if (known === undefined || !isNew(known, upload, sender, conversation)) return usual();
    const again = messageOf(upload, sender, call);
    conversation.messages.push(again);
    return again;
  });
}

function messageOf(upload: Upload, sender: User, call: Call): Message {
  return { ...upload, from: sender.id, arrival: call.state.next() };
}

/** A change of text that a careless server makes, with what it does to Data in words. */
function stored(words: string, spoil: (data: string) => string) {
  return row(`The Data of a message ${words}.`).by(
    instead('store', (usual, call, conversation, sender, upload) =>
      usual(call, conversation, sender, { ...upload, data: spoil(upload.data) }),
    ),
  );
}

/** The text cut behind so many bytes, as a column of that size does. */
function cutAt(text: string, bytes: number): string {
  return Buffer.from(text)
    .subarray(0, bytes)
    .toString()
    .replace(/\ufffd$/, '');
}

function reparsed(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data));
  } catch {
    return data;
  }
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

/** The lastmessageid is the newest of these. */
function newestOf(isMeant: (message: Message, user: User) => boolean): OzekiBehave {
  return instead('showConversation', (usual, call, { messages }, user) => {
    const newest = call.behaviour.newest(
      call,
      messages.filter((message) => isMeant(message, user)),
    );
    return { ...usual(), lastmessageid: newest?.id ?? '' };
  });
}

function isMuted({ properties: [own] }: { properties: { ismuted: boolean }[] }): boolean {
  return own?.ismuted === true;
}
