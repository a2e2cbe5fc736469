import type { Call, Conversation, Message, User } from '../model.js';
import type { OzekiFault } from '../mutation.js';

type Told = Pick<OzekiFault, 'id' | 'requirement' | 'sentence'>;

/** A fault in what Add answers. */
function echoFault(told: Told, change: (message: Message, call: Call) => Message): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action: 'add',
    behave: (base) => ({
      echo: (call, message) => base.echo(call, call.action === 'add' ? change(message, call) : message),
    }),
  };
}

/** A fault in who can download what was added. */
function deliveryFault(told: Told, sees: (message: Message, user: User | undefined) => boolean): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action: 'add',
    behave: (base) => ({
      messagesOf: (call, conversation) =>
        base.messagesOf(call, conversation).filter((message) => sees(message, call.caller)),
    }),
  };
}

/** A fault in when the ID of an upload is known again. */
function repeatStored(
  id: string,
  sentence: string,
  isNew: (known: Message, upload: { data: string }, sender: User, conversation: Conversation) => boolean,
): OzekiFault {
  return {
    id,
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-5',
    sentence,
    behave: (base) => ({
      store(call, conversation, sender, upload) {
        const known = conversation.messages.find((message) => message.id === upload.id);
        if (known === undefined || !isNew(known, upload, sender, conversation))
          return base.store(call, conversation, sender, upload);
        const again = { ...upload, from: sender.id, arrival: call.state.next() };
        conversation.messages.push(again);
        return again;
      },
    }),
  };
}

/** Seconds. */
const WEEK = 7 * 24 * 60 * 60;

const adds: readonly OzekiFault[] = [
  echoFault(
    {
      id: 'ozeki-add-id-replaced',
      requirement: 'OZ-ADD-1',
      sentence: 'Add answers an ID of the server instead of the one uploaded.',
    },
    (message) => ({ ...message, id: `${message.id.slice(0, -4)}0000` }),
  ),
  echoFault(
    {
      id: 'ozeki-add-type-lower-case',
      requirement: 'OZ-ADD-1',
      sentence: 'Add answers the Type in lower case.',
    },
    (message) => ({ ...message, type: message.type.toLowerCase() }),
  ),
  echoFault(
    {
      id: 'ozeki-add-created-arrival',
      requirement: 'OZ-ADD-1',
      sentence: 'Add answers the time of arrival as Created, whatever was uploaded.',
    },
    (message, call) => ({ ...message, created: Math.floor(call.behaviour.now(call) / 1000) }),
  ),
  echoFault(
    {
      id: 'ozeki-add-validuntil-recomputed',
      requirement: 'OZ-ADD-1',
      sentence: 'Add answers a ValidUntil a week after Created, whatever was uploaded.',
    },
    (message) => ({ ...message, validUntil: message.created + WEEK }),
  ),
  echoFault(
    {
      id: 'ozeki-add-validuntil-created',
      requirement: 'OZ-ADD-1',
      sentence: 'Add answers the Created as ValidUntil too.',
    },
    (message) => ({ ...message, validUntil: message.created }),
  ),
  {
    id: 'ozeki-add-concurrent-lost',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-3',
    sentence: 'Of two messages that different users add to a conversation within 20 ms, the later one is lost.',
    behave(base) {
      const last = new Map<string, { by: string; at: number }>();
      return {
        store(call, conversation, sender, upload) {
          const before = last.get(conversation.id);
          const at = performance.now();
          last.set(conversation.id, { by: sender.id, at });
          const lost = before !== undefined && before.by !== sender.id && at - before.at < 20;
          if (!lost) return base.store(call, conversation, sender, upload);
          return { ...upload, from: sender.id, arrival: call.state.next() };
        },
      };
    },
  },
  {
    id: 'ozeki-add-same-data-once',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-3',
    sentence: 'A message whose Data equals that of an earlier message is taken for a repeat and not stored.',
    behave: (base) => ({
      store(call, conversation, sender, upload) {
        const repeat = conversation.messages.some(({ id, data }) => id !== upload.id && data === upload.data);
        if (!repeat) return base.store(call, conversation, sender, upload);
        return { ...upload, from: sender.id, arrival: call.state.next() };
      },
    }),
  },
  {
    id: 'ozeki-add-muted-lost',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-3',
    sentence: 'A message to a participant who has muted the conversation is not stored.',
    behave: (base) => ({
      store(call, conversation, sender, upload) {
        const isMuted = conversation.participants.some((id) => base.flagsOf(call, conversation, id).ismuted);
        if (!isMuted) return base.store(call, conversation, sender, upload);
        return { ...upload, from: sender.id, arrival: call.state.next() };
      },
    }),
  },
  {
    id: 'ozeki-favorite-messages-lost',
    api: 'ozeki',
    action: 'favorite',
    requirement: 'OZ-ADD-3',
    sentence: 'Favorite stores the conversation anew, without its messages.',
    behave: (base) => ({
      setFlags(call, conversation, user, change) {
        if (call.action === 'favorite') conversation.messages = [];
        base.setFlags(call, conversation, user, change);
      },
    }),
  },
  {
    id: 'ozeki-downloads-type-lower-case',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-ADD-3',
    sentence: 'The downloads answer the Type of a message in lower case.',
    behave: (base) => ({
      showMessage: (call, message) => base.showMessage(call, { ...message, type: message.type.toLowerCase() }),
    }),
  },
  {
    id: 'ozeki-downloadpartial-data-previewed',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-DOWN-3',
    sentence: 'Partial download gives the first 20 characters of Data.',
    behave: (base) => ({
      showMessage: (call, message) =>
        base.showMessage(call, call.action === 'download' ? message : { ...message, data: message.data.slice(0, 20) }),
    }),
  },
  {
    id: 'ozeki-downloadpartial-data-cut',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-ADD-3',
    sentence: 'Partial download gives the first 100 characters of Data.',
    behave: (base) => ({
      showMessage: (call, message) =>
        base.showMessage(call, call.action === 'download' ? message : { ...message, data: message.data.slice(0, 100) }),
    }),
  },
  {
    id: 'ozeki-lastmessageid-everywhere',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-ADD-4',
    sentence: 'Every conversation of List shows the newest message of all as lastmessageid.',
    behave(base) {
      let newest: string | undefined;
      return {
        store(call, conversation, sender, upload) {
          newest = upload.id;
          return base.store(call, conversation, sender, upload);
        },
        showConversation: (call, conversation, user) => ({
          ...base.showConversation(call, conversation, user),
          ...(call.action === 'list' && newest !== undefined ? { lastmessageid: newest } : {}),
        }),
      };
    },
  },
  {
    id: 'ozeki-lastmessageid-not-when-muted',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-ADD-4',
    sentence: 'The lastmessageid of a conversation that the caller has muted is empty.',
    behave: (base) => ({
      showConversation: (call, conversation, user) => ({
        ...base.showConversation(call, conversation, user),
        ...(base.flagsOf(call, conversation, user.id).ismuted ? { lastmessageid: '' } : {}),
      }),
    }),
  },
  repeatStored(
    'ozeki-add-same-id-of-another',
    'A known ID is stored once more when another user sends it.',
    (known, _upload, sender) => known.from !== sender.id,
  ),
  repeatStored(
    'ozeki-add-same-id-other-data',
    'A known ID is stored once more when it comes with other Data.',
    (known, upload) => known.data !== upload.data,
  ),
  repeatStored(
    'ozeki-add-same-id-not-the-newest',
    'A known ID is stored once more unless it is that of the newest message.',
    (known, _upload, _sender, conversation) => known !== conversation.messages.at(-1),
  ),
  deliveryFault(
    {
      id: 'ozeki-add-not-for-sender',
      requirement: 'OZ-ADD-3',
      sentence: 'The sender of a message cannot download it.',
    },
    ({ from }, user) => from !== user?.id,
  ),
  deliveryFault(
    {
      id: 'ozeki-add-for-sender-only',
      requirement: 'OZ-ADD-3',
      sentence: 'Nobody but its sender can download a message.',
    },
    ({ from }, user) => from === user?.id,
  ),
  {
    id: 'ozeki-add-same-id-twice',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-5',
    sentence: 'A message whose ID is known is stored again.',
    behave: (base) => ({
      store(call, conversation, sender, upload) {
        if (!conversation.messages.some(({ id }) => id === upload.id)) {
          return base.store(call, conversation, sender, upload);
        }
        const message = { ...upload, from: sender.id, arrival: call.state.next() };
        conversation.messages.push(message);
        return message;
      },
    }),
  },
  {
    id: 'ozeki-add-same-id-twice-in-pages',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-5',
    sentence: 'A message that was added twice comes once in Download and twice in Partial download.',
    behave(base) {
      const again: { conversation: string; message: Message }[] = [];
      return {
        store(call, conversation, sender, upload) {
          const known = conversation.messages.find(({ id }) => id === upload.id);
          if (known !== undefined) again.push({ conversation: conversation.id, message: known });
          return base.store(call, conversation, sender, upload);
        },
        messagesOf(call, conversation) {
          const all = base.messagesOf(call, conversation);
          if (call.action !== 'downloadpartial') return all;
          const doubles = again.filter((one) => one.conversation === conversation.id && all.includes(one.message));
          return [...all, ...doubles.map(({ message }) => message)];
        },
      };
    },
  },
  {
    id: 'ozeki-add-same-id-gone',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-5',
    sentence: 'A message that is added a second time is taken away.',
    behave: (base) => ({
      store(call, conversation, sender, upload) {
        const known = conversation.messages.find(({ id }) => id === upload.id);
        if (known === undefined) return base.store(call, conversation, sender, upload);
        conversation.messages = conversation.messages.filter((message) => message !== known);
        return known;
      },
    }),
  },
  {
    id: 'ozeki-lastmessageid-behind',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-ADD-4',
    sentence: 'The lastmessageid of List is that of the message before the newest.',
    behave: (base) => ({
      newest: (call, entries) => base.newest(call, call.action === 'list' ? entries.slice(0, -1) : entries),
    }),
  },
  {
    id: 'ozeki-lastmessageid-of-sender',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-ADD-4',
    sentence: 'The lastmessageid of List is that of the newest message which the caller has sent.',
    behave: (base) => ({
      showConversation: (call, conversation, user) => ({
        ...base.showConversation(call, conversation, user),
        lastmessageid:
          base.newest(
            call,
            conversation.messages.filter(({ from }) => from === user.id),
          )?.id ?? '',
      }),
    }),
  },
  {
    id: 'ozeki-lastmessageid-of-others',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-ADD-4',
    sentence: 'The lastmessageid of List is that of the newest message which somebody else has sent.',
    behave: (base) => ({
      showConversation: (call, conversation, user) => ({
        ...base.showConversation(call, conversation, user),
        lastmessageid:
          base.newest(
            call,
            conversation.messages.filter(({ from }) => from !== user.id),
          )?.id ?? '',
      }),
    }),
  },
];

/** A change of text that a careless server makes, with what it does to Data in words. */
interface Spoiling {
  name: string;
  words: string;
  spoil(data: string): string;
}

/** Cuts text behind so many bytes, as a column of that size does. */
function cutAt(bytes: number): Spoiling {
  return {
    name: `cut-${bytes}`,
    words: `is cut at ${bytes} bytes`,
    spoil: (data) =>
      Buffer.from(data)
        .subarray(0, bytes)
        .toString()
        .replace(/\ufffd$/, ''),
  };
}

function reparsed(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data));
  } catch {
    return data;
  }
}

const spoilings: readonly Spoiling[] = [
  ...[255, 1000, 4096, 32_768, 65_535].map(cutAt),
  { name: 'trimmed', words: 'loses the white space around it', spoil: (data) => data.trim() },
  {
    name: 'html-escaped',
    words: 'is escaped for HTML',
    spoil: (data) => data.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  },
  {
    name: 'html-unescaped',
    words: 'is freed from HTML escapes',
    spoil: (data) => data.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  },
  { name: 'tags-stripped', words: 'loses what looks like a tag', spoil: (data) => data.replace(/<[^>]*>/g, '') },
  { name: 'quotes-doubled', words: 'has its quotes doubled', spoil: (data) => data.replaceAll("'", "''") },
  { name: 'composed', words: 'is brought into Unicode NFC', spoil: (data) => data.normalize('NFC') },
  {
    name: 'emoji-lost',
    words: 'loses characters of four bytes',
    spoil: (data) => data.replace(/[\u{10000}-\u{10ffff}]/gu, '?'),
  },
  {
    name: 'latin',
    words: 'has a question mark for what is not Latin-1',
    spoil: (data) => data.replace(/[^\0-\u00ff]/gu, '?'),
  },
  { name: 'lines-changed', words: 'has its CRLF changed to LF', spoil: (data) => data.replaceAll('\r\n', '\n') },
  { name: 'last-line-break-lost', words: 'loses its last line break', spoil: (data) => data.replace(/\r?\n$/, '') },
  { name: 'tabs-spaced', words: 'has spaces for tabs', spoil: (data) => data.replaceAll('\t', '    ') },
  { name: 'backslashes-eaten', words: 'loses its backslashes', spoil: (data) => data.replace(/\\(.)/gs, '$1') },
  {
    name: 'percent-decoded',
    words: 'has its percent escapes decoded',
    spoil: (data) => data.replace(/%([2-7][0-9a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
  },
  { name: 'plus-spaced', words: 'has spaces for plus signs', spoil: (data) => data.replaceAll('+', ' ') },
  {
    name: 'invisible-lost',
    words: 'loses zero-width characters and byte order marks',
    spoil: (data) => data.replace(/[\u200b\ufeff]/g, ''),
  },
  { name: 'lower-case', words: 'is stored in lower case', spoil: (data) => data.toLowerCase() },
  { name: 'padding-lost', words: 'loses the = at its end', spoil: (data) => data.replace(/=+$/, '') },
  {
    name: 'number',
    words: 'is stored as a number where it looks like one',
    spoil: (data) => (/^\d+(\.\d+)?$/.test(data) ? String(Number(data)) : data),
  },
  { name: 'null-emptied', words: 'is empty where it says null', spoil: (data) => (data === 'null' ? '' : data) },
  { name: 'truth-numbered', words: 'is 1 where it says true', spoil: (data) => (data === 'true' ? '1' : data) },
  { name: 'zero-emptied', words: 'is empty where it says 0', spoil: (data) => (data === '0' ? '' : data) },
  { name: 'cut-at-nul', words: 'ends at a NUL character', spoil: (data) => data.split('\0')[0] as string },
  {
    name: 'controls-lost',
    words: 'loses control characters other than white space',
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is lost
    spoil: (data) => data.replace(/[\u0001-\u0008\u000e-\u001f\u007f-\u009f]/g, ''),
  },
  { name: 'smileys-drawn', words: 'has emoji for smileys', spoil: (data) => data.replaceAll(':-)', '\u{1f642}') },
  { name: 'dots-joined', words: 'has an ellipsis for three dots', spoil: (data) => data.replaceAll('...', '\u2026') },
  { name: 'json-reparsed', words: 'is parsed and written again where it is JSON', spoil: reparsed },
];

const changedData = spoilings.map(
  ({ name, words, spoil }): OzekiFault => ({
    id: `ozeki-add-data-${name}`,
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-ADD-3',
    sentence: `The Data of a message ${words}.`,
    behave: (base) => ({
      store: (call, conversation, sender, upload) =>
        base.store(call, conversation, sender, { ...upload, data: spoil(upload.data) }),
    }),
  }),
);

/** A fault in the `lastaccess` that is shown. */
function lastaccessFault(
  told: Pick<OzekiFault, 'id' | 'sentence'>,
  show: (call: Call, conversation: Conversation, user: User) => number,
): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-7',
    behave: (base) => ({
      showConversation: (call, conversation, user) => ({
        ...base.showConversation(call, conversation, user),
        lastaccess: show(call, conversation, user),
      }),
    }),
  };
}

const lastaccesses: readonly OzekiFault[] = [
  {
    id: 'ozeki-lastaccess-still',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-7',
    sentence: 'A new message does not change lastaccess.',
    behave: (base) => ({
      store(call, conversation, sender, upload) {
        const { lastAccess } = conversation;
        const message = base.store(call, conversation, sender, upload);
        conversation.lastAccess = lastAccess;
        return message;
      },
    }),
  },
  lastaccessFault(
    { id: 'ozeki-lastaccess-for-sender', sentence: 'A new message changes lastaccess for its sender alone.' },
    (_call, { messages, lastAccess }, user) =>
      Math.max(0, ...messages.filter(({ from }) => from === user.id).map(({ created }) => created)) || lastAccess,
  ),
  lastaccessFault({ id: 'ozeki-lastaccess-now', sentence: 'lastaccess is the time of the call.' }, (call) =>
    Math.floor(call.behaviour.now(call) / 1000),
  ),
  {
    id: 'ozeki-lastaccess-read',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-7',
    sentence: 'A Download sets lastaccess to the time of the call.',
    behave: (base) => ({
      since(call, ordered, cursor, kind) {
        if (call.conversation !== undefined) {
          call.conversation.lastAccess = Math.floor(call.behaviour.now(call) / 1000);
        }
        return base.since(call, ordered, cursor, kind);
      },
    }),
  },
  {
    id: 'ozeki-lastaccess-hidden',
    api: 'ozeki',
    action: 'hide',
    requirement: 'OZ-CONV-7',
    sentence: 'Hide sets lastaccess to the time of the call.',
    behave: (base) => ({
      setFlags(call, conversation, user, change) {
        if (call.action === 'hide') conversation.lastAccess = Math.floor(call.behaviour.now(call) / 1000);
        base.setFlags(call, conversation, user, change);
      },
    }),
  },
  {
    id: 'ozeki-lastaccess-viewed',
    api: 'ozeki',
    action: 'viewed',
    requirement: 'OZ-CONV-7',
    sentence: 'Report sets lastaccess to the time of the call.',
    behave: (base) => ({
      markViewed(call, conversation, viewer, messageIds) {
        base.markViewed(call, conversation, viewer, messageIds);
        conversation.lastAccess = Math.floor(call.behaviour.now(call) / 1000);
      },
    }),
  },
];

/** Faults of Add, and of what List shows after it. */
export const addFaults: readonly OzekiFault[] = [...adds, ...changedData, ...lastaccesses];
