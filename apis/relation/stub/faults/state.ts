import { change, respell, set, where } from '../../../../src/stub/operators.js';
import type { Call, Draft } from '../call.js';
import { type Json, type Message, Refusal } from '../model.js';
import { channelAt, faultsOf, firstChannelOf, instead, on, type RelationBehave, row, skip } from '../rows.js';

/** An entry of List. */
const ENTRIES = '/data/*';

export const stateFaults = faultsOf({
  'RE-LIST-9': {
    'content-trimmed': content('White space around the content of a message is taken away.', (text) => text.trim()),
    'content-escaped': content('Markup in the content of a message comes back escaped.', (text) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    ),
    'content-tags-stripped': content('Script tags are taken out of the content of a message.', (text) =>
      text.replace(/<script>.*?<\/script>/g, ''),
    ),
    'content-cut': content('The content of a message is cut after 4096 characters.', (text) => text.slice(0, 4096)),
    'content-cut-bytes': content('The content of a message is cut after 8000 bytes.', (text) =>
      Buffer.from(text).subarray(0, 8000).toString(),
    ),
    'content-emoji-lost': content('Characters of four bytes in UTF-8 become question marks.', (text) =>
      text.replace(/[\u{10000}-\u{10ffff}]/gu, '?'),
    ),
    'content-normalised': content('The content of a message is normalised to composed letters.', (text) =>
      text.normalize('NFC'),
    ),
    'content-line-ends': content('Line ends in the content of a message become line feeds.', (text) =>
      text.replaceAll('\r\n', '\n'),
    ),
    'content-backslashes': content('Backslashes in the content of a message are taken for escapes.', (text) =>
      text.replace(/\\(.)/g, '$1'),
    ),
    'content-invisible-lost': content('Characters without a width are taken out of the content of a message.', (text) =>
      text.replace(/[\u200b\ufeff\u202e]/g, ''),
    ),
    'content-plus-decoded': content('The content of a message is decoded like a form field.', (text) =>
      text.replaceAll('%20', ' ').replace(/(\w)\+(\w)/g, '$1 $2'),
    ),
    'content-json-reprinted': content('Content that is JSON is parsed and printed anew.', reprinted),
    'type-upper-case': stored('The type of a message is stored in upper case.', ({ type }) => ({
      type: type.toUpperCase(),
    })),
    'type-lower-case': stored('The type of a message is stored in lower case.', ({ type }) => ({
      type: type.toLowerCase(),
    })),
    'type-unknown-as-text': stored('A type that the server does not know becomes TEXT.', ({ type }) => ({
      type: ['TEXT', 'CARD', 'SYS'].includes(type) ? type : 'TEXT',
    })),
    'type-card-as-text': stored('A card is stored as TEXT.', ({ type }) => ({ type: type === 'CARD' ? 'TEXT' : type })),
    'senduuid-cut': stored('sendUuid is cut after 64 characters.', ({ sendUuid }) => ({
      sendUuid: sendUuid.slice(0, 64),
    })),
    'senduuid-lower-case': stored('sendUuid is stored in lower case.', ({ sendUuid }) => ({
      sendUuid: sendUuid.toLowerCase(),
    })),
    'senduuid-own': row('List gives the id as sendUuid.').by(
      change(ENTRIES, (entry: Json) => ({ ...entry, sendUuid: entry.id })),
    ),
    'from-caller': row('from is whoever asks, not whoever sent.').by(
      where(
        ENTRIES,
        ({ type }: Json) => type !== 'SYS',
        change('/from', (_from, { caller }: Call) => caller?.relationId),
      ),
    ),
    'from-name': row('from is the name of the sender.').by(
      change(ENTRIES, (entry: Json) => ({ ...entry, from: entry.fromName ?? entry.from })),
    ),
    'others-see-preview': row('Others than the sender see the first hundred characters of a message.').by(
      where(
        ENTRIES,
        ({ from }: Json, { caller }: Call) => from !== caller?.relationId,
        respell('/content', (text) => text.slice(0, 100)),
      ),
    ),
    'content-large-refused': on.send('Content of more than 4000 bytes is refused.').by(
      instead('readDraft', (usual) => {
        const draft = usual();
        if (Buffer.byteLength(draft.content) > 4000) throw new Refusal('input', 'content is too long');
        return draft;
      }),
    ),
  },
  'RE-LIST-11': {
    'quote-lost': on.send('quoteId is not looked at.').by(
      instead('readDraft', (usual) => {
        const { quoteId: _, ...draft } = usual();
        return draft;
      }),
    ),
    'quote-newest': row('A quote shows the newest message instead of the quoted one.').by(
      instead('showQuote', (usual, call, message) => {
        const newest = channelAt(call, message.channelUuid)?.messages.at(-1);
        if (message.quoteId === undefined) return usual();
        // A message that quotes would be shown within itself.
        return usual(call, { ...message, quoteId: newest?.quoteId === undefined ? newest?.id : undefined });
      }),
    ),
    'quote-own-only': row('A quote is shown only where the quoted message is of the same sender.').by(
      change(ENTRIES, (entry: Json) => ({ ...entry, quote: isOf(entry.from, entry.quote) ? entry.quote : null })),
    ),
    'quote-time': row('A quote bears the time at which it was quoted.').by(
      change(ENTRIES, (entry: Json) =>
        entry.quote === null
          ? entry
          : { ...entry, quote: { ...(entry.quote as Json), createAt: String(Number(entry.createAt) + 1000) } },
      ),
    ),
  },
  'RE-SEND-1': {
    'send-next-id': row('Send answers an id that is one higher than the one in List.').by(
      respell('/data/id', (id) => (BigInt(id) + 1n).toString()),
    ),
    'send-echoes-senduuid': row('Send answers the sendUuid as id.').by(
      change('/data/id', (_id, { members }: Call) => members.sendUuid),
    ),
    'send-flood-dropped': row(
      'Of the messages that one user sends within a second all but the first two are answered and dropped.',
    ).by(
      instead('messagesOf', (usual, _call, { messages }) =>
        usual().filter((message) => messages.filter((other) => isJustBefore(other, message)).length < 2),
      ),
    ),
    'send-same-content-dropped': row('A message with the content of the one before it is taken for that one.').by(
      instead('store', (usual, _call, { messages }, sender, draft) => {
        const before = messages.findLast(({ from }) => from === sender.relationId);
        return before?.content === draft.content ? before : usual();
      }),
    ),
  },
  'RE-SEND-2': {
    'send-no-receiver-stored': row(
      'Send without a receiver is refused with 10112, but the message is stored in the first channel of the sender.',
    ).by(
      instead('checkReceiver', (usual, call) => {
        const { action, behaviour, caller, members } = call;
        const open = firstChannelOf(call, caller?.relationId);
        const isNobody = (members.channelUuid ?? members.toRelationId ?? null) === null;
        if (action === 'send' && isNobody && open && caller)
          behaviour.store(call, open, caller, behaviour.readDraft(call));
        usual();
      }),
    ),
    'send-no-receiver-served': row(
      'Send without channelUuid and toRelationId goes to the first channel of the sender; both null are refused.',
    ).by(
      instead('checkReceiver', (usual, call) => {
        const { channelUuid, toRelationId } = call.members;
        const open = firstChannelOf(call, call.caller?.relationId);
        if (call.action === 'send' && channelUuid === undefined && toRelationId === undefined && open)
          call.members = { ...call.members, channelUuid: open.uuid };
        usual();
      }),
    ),
    'send-no-receiver-wrong-code': row('Send without a receiver is refused with the code 13108.').by(
      skip('checkReceiver', ({ action }) => action === 'send'),
    ),
  },
  'RE-SEND-4': {
    'senduuid-stored-twice': row('The same sendUuid sent twice is two messages.').by(storedAnew(() => true)),
    'senduuid-last-only': row('A sendUuid is known again only while its message is the newest.').by(
      storedAnew((draft, newest) => newest?.sendUuid !== draft.sendUuid),
    ),
  },
  'RE-READ-1': {
    'read-zero': row('Read answers 0 though it updated the count.').by(set('/data', 0)),
    'read-rows': row('Read answers how many messages have been read.').by(
      instead('markRead', (usual, call, channel, user) => {
        const { length } = call.behaviour.unreadIn(call, channel, user);
        usual();
        return length;
      }),
    ),
    'read-once': row('Read answers 1 the first time that it updates something, and 0 from then on.').by((base) => {
      const done = new Set<string>();
      return instead('markRead', (usual, call, channel, user) => {
        const key = `${channel.uuid} ${user.relationId}`;
        const wasDone = done.has(key);
        if (call.behaviour.unreadIn(call, channel, user).length > 0) done.add(key);
        const data = usual();
        return wasDone ? 0 : data;
      })(base);
    }),
  },
  'RE-UNREAD-1-SHOULD': {
    'unread-never-grows': row('unreadCount stays at zero.').by(set('/data/unreadCount', 0)),
    'unread-flag': row('unreadCount is 1 as soon as anything is unread.').by(
      change('/data/unreadCount', (count: number) => Math.min(1, count)),
    ),
    'unread-own': row("unreadCount counts the caller's own messages too.").by(
      instead('unreadIn', (_usual, _call, { messages, readTo }, { relationId }) =>
        messages.filter(({ arrival }) => arrival > (readTo.get(relationId) ?? 0)),
      ),
    ),
    'unread-never-falls': on.read('Read answers 1 and changes nothing.').by(instead('markRead', () => 1)),
    'read-for-all': on.read('What one member reads counts as read for all members.').by(
      instead('markRead', (usual, { state }, { members, readTo }) => {
        const now = state.next();
        for (const id of members) readTo.set(id, now);
        return usual();
      }),
    ),
  },
  'RE-HIDE-1': {
    'hide-refused': row('Hide does not know the ids of messages sent within the last minute.').by(
      instead('messageOf', (usual, call, user) => {
        const message = usual();
        const isYoung = call.behaviour.now(call) - message.arrivedAt < 60_000;
        return isYoung ? usual({ ...call, members: { id: '0' } }, user) : message;
      }),
    ),
  },
  'RE-HIDE-1-SHOULD': {
    'hide-nothing': row('Hide answers a success and hides nothing.').by(skip('hide', () => true)),
    'hide-for-others': row('A hidden message is gone for everybody but the one who hid it.').by(
      instead('hide', (_usual, call, { channelUuid, hiddenBy }, { relationId }) => {
        for (const id of channelAt(call, channelUuid)?.members ?? []) if (id !== relationId) hiddenBy.add(id);
      }),
    ),
    'hide-whole-second': row("Hide takes the caller's other messages of the same second with it.").by(
      instead('hide', (usual, call, message, user) => {
        for (const each of channelAt(call, message.channelUuid)?.messages ?? [])
          if (each.from === message.from && each.createAt === message.createAt) usual(call, each, user);
      }),
    ),
    'hidden-on-small-pages': row('What was hidden is left out of pages of fifty alone.').by(
      instead('messagesOf', (usual, { members }, { messages }) => (Number(members.limit) < 50 ? messages : usual())),
    ),
  },
});

/** A message is stored otherwise than it was sent. */
function stored(sentence: string, change: (draft: Draft) => Partial<Draft>) {
  return on
    .send(sentence)
    .by(
      instead('store', (usual, call, channel, sender, draft) =>
        usual(call, channel, sender, { ...draft, ...change(draft) }),
      ),
    );
}

/** The content of a message is stored otherwise than it was sent. */
function content(sentence: string, change: (text: string) => string) {
  return stored(sentence, (draft) => ({ content: change(draft.content) }));
}

function reprinted(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? JSON.stringify(value) : text;
  } catch {
    return text;
  }
}

/** Is this the sender of the quoted message? */
function isOf(from: unknown, quote: unknown): boolean {
  return (quote as { from: unknown } | null)?.from === from;
}

/** Was the one sent by the same user within the same second, before the other? */
function isJustBefore(one: Message, other: Message): boolean {
  return one.from === other.from && one.createAt === other.createAt && one.arrival < other.arrival;
}

/** Stores a message under a sendUuid that is known. */
function storedAnew(isNew: (draft: Draft, newest: Message | undefined) => boolean): RelationBehave {
  return instead('store', (usual, call, channel, sender, draft) => {
    if (!isNew(draft, channel.messages.at(-1))) return usual();
    const fresh = usual(call, channel, sender, { ...draft, sendUuid: `${call.total} ${draft.sendUuid}` });
    fresh.sendUuid = draft.sendUuid;
    return fresh;
  });
}
