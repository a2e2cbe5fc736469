import type { Draft } from '../behaviour/input.js';
import { type Call, type Json, type Message, Refusal, type RelationAction } from '../model.js';
import type { RelationFault } from '../mutation.js';

interface Changed {
  id: string;
  sentence: string;
  /** What becomes of a message before it is stored. */
  change: (draft: Draft) => Partial<Draft>;
}

/** What servers do to a message on its way into their database. */
const changes: readonly Changed[] = [
  {
    id: 'content-trimmed',
    sentence: 'White space around the content of a message is taken away.',
    change: ({ content }) => ({ content: content.trim() }),
  },
  {
    id: 'content-escaped',
    sentence: 'Markup in the content of a message comes back escaped.',
    change: ({ content }) => ({ content: content.replaceAll('&', '&amp;').replaceAll('<', '&lt;') }),
  },
  {
    id: 'content-tags-stripped',
    sentence: 'Script tags are taken out of the content of a message.',
    change: ({ content }) => ({ content: content.replace(/<script>.*?<\/script>/g, '') }),
  },
  {
    id: 'content-cut',
    sentence: 'The content of a message is cut after 4096 characters.',
    change: ({ content }) => ({ content: content.slice(0, 4096) }),
  },
  {
    id: 'content-cut-bytes',
    sentence: 'The content of a message is cut after 8000 bytes.',
    change: ({ content }) => ({ content: Buffer.from(content).subarray(0, 8000).toString() }),
  },
  {
    id: 'content-emoji-lost',
    sentence: 'Characters of four bytes in UTF-8 become question marks.',
    change: ({ content }) => ({ content: content.replace(/[\u{10000}-\u{10ffff}]/gu, '?') }),
  },
  {
    id: 'content-normalised',
    sentence: 'The content of a message is normalised to composed letters.',
    change: ({ content }) => ({ content: content.normalize('NFC') }),
  },
  {
    id: 'content-line-ends',
    sentence: 'Line ends in the content of a message become line feeds.',
    change: ({ content }) => ({ content: content.replaceAll('\r\n', '\n') }),
  },
  {
    id: 'content-backslashes',
    sentence: 'Backslashes in the content of a message are taken for escapes.',
    change: ({ content }) => ({ content: content.replace(/\\(.)/g, '$1') }),
  },
  {
    id: 'content-invisible-lost',
    sentence: 'Characters without a width are taken out of the content of a message.',
    change: ({ content }) => ({ content: content.replace(/[\u200b\ufeff\u202e]/g, '') }),
  },
  {
    id: 'content-plus-decoded',
    sentence: 'The content of a message is decoded like a form field.',
    change: ({ content }) => ({ content: content.replaceAll('%20', ' ').replace(/(\w)\+(\w)/g, '$1 $2') }),
  },
  {
    id: 'content-json-reprinted',
    sentence: 'Content that is JSON is parsed and printed anew.',
    change: ({ content }) => ({ content: reprinted(content) }),
  },
  {
    id: 'type-upper-case',
    sentence: 'The type of a message is stored in upper case.',
    change: ({ type }) => ({ type: type.toUpperCase() }),
  },
  {
    id: 'type-lower-case',
    sentence: 'The type of a message is stored in lower case.',
    change: ({ type }) => ({ type: type.toLowerCase() }),
  },
  {
    id: 'type-unknown-as-text',
    sentence: 'A type that the server does not know becomes TEXT.',
    change: ({ type }) => ({ type: ['TEXT', 'CARD', 'SYS'].includes(type) ? type : 'TEXT' }),
  },
  {
    id: 'type-card-as-text',
    sentence: 'A card is stored as TEXT.',
    change: ({ type }) => ({ type: type === 'CARD' ? 'TEXT' : type }),
  },
  {
    id: 'senduuid-cut',
    sentence: 'sendUuid is cut after 64 characters.',
    change: ({ sendUuid }) => ({ sendUuid: sendUuid.slice(0, 64) }),
  },
];

function reprinted(content: string): string {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' ? JSON.stringify(value) : content;
  } catch {
    return content;
  }
}

function stored({ id, sentence, change }: Changed): RelationFault {
  return {
    id: `relation-${id}`,
    api: 'relation',
    action: 'send',
    requirement: 'RE-LIST-9',
    sentence,
    behave: (base) => ({
      store: (call, channel, sender, draft) => base.store(call, channel, sender, { ...draft, ...change(draft) }),
    }),
  };
}

function listed(call: Call): boolean {
  return call.action === ('list' satisfies RelationAction);
}

function newestOf(call: Call, { channelUuid }: Message): Message | undefined {
  return call.state.channels.get(channelUuid)?.messages.at(-1);
}

export const stateFaults: readonly RelationFault[] = [
  ...changes.map(stored),
  {
    id: 'relation-senduuid-own',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-9',
    sentence: 'List gives the id as sendUuid.',
    behave: (base) => ({
      showMessage: (call, message) => ({ ...base.showMessage(call, message), sendUuid: message.id }),
    }),
  },
  {
    id: 'relation-from-caller',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-9',
    sentence: 'from is whoever asks, not whoever sent.',
    behave: (base) => ({
      showMessage: (call, message) => ({
        ...base.showMessage(call, message),
        ...(message.type !== 'SYS' && listed(call) ? { from: call.caller?.relationId } : {}),
      }),
    }),
  },
  {
    id: 'relation-from-name',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-9',
    sentence: 'from is the name of the sender.',
    behave: (base) => ({
      showMessage(call, message) {
        const shown = base.showMessage(call, message);
        return { ...shown, from: shown.fromName ?? shown.from };
      },
    }),
  },
  {
    id: 'relation-others-see-preview',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-9',
    sentence: 'Others than the sender see the first hundred characters of a message.',
    behave: (base) => ({
      showMessage: (call, message) => ({
        ...base.showMessage(call, message),
        content: call.caller?.relationId === message.from ? message.content : message.content.slice(0, 100),
      }),
    }),
  },
  {
    id: 'relation-quote-lost',
    api: 'relation',
    action: 'send',
    requirement: 'RE-LIST-11',
    sentence: 'quoteId is not looked at.',
    behave: (base) => ({
      readDraft(call) {
        const { quoteId: _, ...draft } = base.readDraft(call);
        return draft;
      },
    }),
  },
  {
    id: 'relation-quote-newest',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-11',
    sentence: 'A quote shows the newest message instead of the quoted one.',
    behave: (base) => ({
      showQuote: (call, message) =>
        base.showQuote(
          call,
          message.quoteId === undefined ? message : { ...message, quoteId: newestQuotable(call, message) },
        ),
    }),
  },
  {
    id: 'relation-quote-own-only',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-11',
    sentence: 'A quote is shown only where the quoted message is of the same sender.',
    behave: (base) => ({
      showQuote(call, message) {
        const quote = base.showQuote(call, message) as { from: string } | null;
        return quote?.from === message.from ? quote : null;
      },
    }),
  },
  {
    id: 'relation-send-next-id',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-1',
    sentence: 'Send answers an id that is one higher than the one in List.',
    behave: (base) => ({
      showSent: (call, message) => ({ ...base.showSent(call, message), id: (BigInt(message.id) + 1n).toString() }),
    }),
  },
  {
    id: 'relation-send-echoes-senduuid',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-1',
    sentence: 'Send answers the sendUuid as id.',
    behave: (base) => ({ showSent: (call, message) => ({ ...base.showSent(call, message), id: message.sendUuid }) }),
  },
  {
    id: 'relation-send-flood-dropped',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-1',
    sentence: 'Of the messages that one user sends within a second all but the first two are answered and dropped.',
    behave: (base) => ({
      messagesOf: (call, channel, user) =>
        base.messagesOf(call, channel, user).filter((message) => {
          const before = channel.messages.filter(
            ({ from, createAt, arrival }) =>
              from === message.from && createAt === message.createAt && arrival < message.arrival,
          );
          return before.length < 2;
        }),
    }),
  },
  {
    id: 'relation-send-same-content-dropped',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-1',
    sentence: 'A message with the content of the one before it is taken for that one.',
    behave: (base) => ({
      store(call, channel, sender, draft) {
        const before = channel.messages.findLast(({ from }) => from === sender.relationId);
        return before?.content === draft.content ? before : base.store(call, channel, sender, draft);
      },
    }),
  },
  {
    id: 'relation-send-no-receiver-stored',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-2',
    sentence:
      'Send without a receiver is refused with 10112, but the message is stored in the first channel of the sender.',
    behave: (base) => ({
      checkReceiver(call) {
        const { channelUuid, toRelationId } = call.members;
        const open = [...call.state.channels.values()].find(({ members }) =>
          members.has(call.caller?.relationId ?? ''),
        );
        const isNobody = (channelUuid ?? toRelationId ?? null) === null;
        if (call.action === 'send' && isNobody && open !== undefined && call.caller !== undefined)
          base.store(call, open, call.caller, base.readDraft(call));
        base.checkReceiver(call);
      },
    }),
  },
  {
    id: 'relation-send-no-receiver-served',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-2',
    sentence:
      'Send without channelUuid and toRelationId goes to the first channel of the sender; both null are refused.',
    behave: (base) => ({
      checkReceiver(call) {
        const { channelUuid, toRelationId } = call.members;
        const open = [...call.state.channels.values()].find(({ members }) =>
          members.has(call.caller?.relationId ?? ''),
        );
        if (call.action === 'send' && channelUuid === undefined && toRelationId === undefined && open !== undefined)
          call.members = { ...call.members, channelUuid: open.uuid };
        base.checkReceiver(call);
      },
    }),
  },
  {
    id: 'relation-send-no-receiver-wrong-code',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-2',
    sentence: 'Send without a receiver is refused with the code 13108.',
    behave: (base) => ({
      checkReceiver(call) {
        if (call.action !== 'send') base.checkReceiver(call);
      },
    }),
  },
  {
    id: 'relation-senduuid-stored-twice',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-4',
    sentence: 'The same sendUuid sent twice is two messages.',
    behave: (base) => ({
      store(call, channel, sender, draft) {
        const fresh = base.store(call, channel, sender, { ...draft, sendUuid: `${call.total} ${draft.sendUuid}` });
        fresh.sendUuid = draft.sendUuid;
        return fresh;
      },
    }),
  },
  {
    id: 'relation-senduuid-last-only',
    api: 'relation',
    action: 'send',
    requirement: 'RE-SEND-4',
    sentence: 'A sendUuid is known again only while its message is the newest.',
    behave: (base) => ({
      store(call, channel, sender, draft) {
        if (channel.messages.at(-1)?.sendUuid === draft.sendUuid) return base.store(call, channel, sender, draft);
        const fresh = base.store(call, channel, sender, { ...draft, sendUuid: `${call.total} ${draft.sendUuid}` });
        fresh.sendUuid = draft.sendUuid;
        return fresh;
      },
    }),
  },
  {
    id: 'relation-read-zero',
    api: 'relation',
    action: 'read',
    requirement: 'RE-READ-1',
    sentence: 'Read answers 0 though it updated the count.',
    behave: (base) => ({
      markRead(...args) {
        base.markRead(...args);
        return 0;
      },
    }),
  },
  {
    id: 'relation-read-rows',
    api: 'relation',
    action: 'read',
    requirement: 'RE-READ-1',
    sentence: 'Read answers how many messages have been read.',
    behave: (base) => ({
      markRead(call, channel, user, total) {
        const count = base.unreadIn(call, channel, user).length;
        base.markRead(call, channel, user, total);
        return count;
      },
    }),
  },
  {
    id: 'relation-unread-never-grows',
    api: 'relation',
    action: 'unreadcount',
    requirement: 'RE-UNREAD-1-SHOULD',
    sentence: 'unreadCount stays at zero.',
    behave: (base) => ({ countUnread: (call, user) => ({ ...base.countUnread(call, user), unreadCount: 0 }) }),
  },
  {
    id: 'relation-unread-flag',
    api: 'relation',
    action: 'unreadcount',
    requirement: 'RE-UNREAD-1-SHOULD',
    sentence: 'unreadCount is 1 as soon as anything is unread.',
    behave: (base) => ({
      countUnread(call, user) {
        const counts = base.countUnread(call, user);
        return { ...counts, unreadCount: Math.min(1, Number(counts.unreadCount)) };
      },
    }),
  },
  {
    id: 'relation-unread-own',
    api: 'relation',
    action: 'unreadcount',
    requirement: 'RE-UNREAD-1-SHOULD',
    sentence: "unreadCount counts the caller's own messages too.",
    behave: () => ({
      unreadIn(_call, channel, user) {
        const readTo = channel.readTo.get(user.relationId) ?? 0;
        return channel.messages.filter(({ arrival }) => arrival > readTo);
      },
    }),
  },
  {
    id: 'relation-unread-never-falls',
    api: 'relation',
    action: 'read',
    requirement: 'RE-UNREAD-1-SHOULD',
    sentence: 'Read answers 1 and changes nothing.',
    behave: () => ({ markRead: () => 1 }),
  },
  {
    id: 'relation-read-for-all',
    api: 'relation',
    action: 'read',
    requirement: 'RE-UNREAD-1-SHOULD',
    sentence: 'What one member reads counts as read for all members.',
    behave: (base) => ({
      markRead(call, channel, user, total) {
        const readTo = call.state.next();
        for (const id of channel.members) channel.readTo.set(id, readTo);
        return base.markRead(call, channel, user, total);
      },
    }),
  },
  {
    id: 'relation-hide-nothing',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-1-SHOULD',
    sentence: 'Hide answers a success and hides nothing.',
    behave: () => ({ hide: () => {} }),
  },
  {
    id: 'relation-hide-for-others',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-1-SHOULD',
    sentence: 'A hidden message is gone for everybody but the one who hid it.',
    behave: () => ({
      hide(call, message, user) {
        for (const id of call.state.channels.get(message.channelUuid)?.members ?? [])
          if (id !== user.relationId) message.hiddenBy.add(id);
      },
    }),
  },
  {
    id: 'relation-hide-whole-second',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-1-SHOULD',
    sentence: "Hide takes the caller's other messages of the same second with it.",
    behave: (base) => ({
      hide(call, message, user) {
        const { messages } = call.state.channels.get(message.channelUuid) ?? { messages: [] };
        for (const each of messages) {
          if (each.from === message.from && each.createAt === message.createAt) base.hide(call, each, user);
        }
      },
    }),
  },
  {
    id: 'relation-hide-refused',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-1',
    sentence: 'Hide does not know the ids of messages sent within the last minute.',
    behave: (base) => ({
      messageOf(call, user) {
        const message = base.messageOf(call, user);
        const isYoung = base.now(call) - message.arrivedAt < 60_000;
        return isYoung ? base.messageOf({ ...call, members: { id: '0' } }, user) : message;
      },
    }),
  },
  {
    id: 'relation-content-large-refused',
    api: 'relation',
    action: 'send',
    requirement: 'RE-LIST-9',
    sentence: 'Content of more than 4000 bytes is refused.',
    behave: (base) => ({
      readDraft(call) {
        const draft = base.readDraft(call);
        if (Buffer.byteLength(draft.content) > 4000) throw new Refusal('input', 'content is too long');
        return draft;
      },
    }),
  },
  {
    id: 'relation-quote-time',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-11',
    sentence: 'A quote bears the time at which it was quoted.',
    behave: (base) => ({
      showQuote(call, message) {
        const quote = base.showQuote(call, message);
        return quote === null ? null : { ...(quote as Json), createAt: String(message.createAt + 1000) };
      },
    }),
  },
  {
    id: 'relation-read-once',
    api: 'relation',
    action: 'read',
    requirement: 'RE-READ-1',
    sentence: 'Read answers 1 the first time that it updates something, and 0 from then on.',
    behave: (base) => ({
      markRead(call, channel, user, total) {
        const key = `relation-read-once ${channel.uuid} ${user.relationId}`;
        const unread = base.unreadIn(call, channel, user).length;
        const data = base.markRead(call, channel, user, total);
        if (call.state.notes.has(key)) return 0;
        if (unread > 0) call.state.notes.set(key, true);
        return data;
      },
    }),
  },
  {
    id: 'relation-hidden-on-small-pages',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-1-SHOULD',
    sentence: 'What was hidden is left out of pages of fifty alone.',
    behave: (base) => ({
      messagesOf: (call, channel, user) =>
        Number(call.members.limit) < 50 ? channel.messages : base.messagesOf(call, channel, user),
    }),
  },
];

function newestQuotable(call: Call, message: Message): string | undefined {
  const newest = newestOf(call, message);
  return newest?.quoteId === undefined ? newest?.id : undefined;
}
