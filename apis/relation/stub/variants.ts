import { gzipSync } from 'node:zlib';
import { contentType, htmlAnswer } from '../../../src/stub/answer.js';
import { onAnswer, onRefusal } from '../../../src/stub/mutation.js';
import { change, drop, set, turnMembers } from '../../../src/stub/operators.js';
import { bytesFrom, md5, uuidFrom } from '../../../src/stub/random.js';
import { isOfMessages } from '../actions.js';
import { privateUuid } from './behaviour/input.js';
import type { Call } from './call.js';
import { type Channel, type Json, Refusal, type RefusalKind } from './model.js';
import {
  channelAt,
  instead,
  isDirect,
  on,
  onAll,
  type RelationBehave,
  row,
  together,
  variantsOf,
  warns,
} from './rows.js';

/** Conforming servers that differ from the ordinary stub; a suite that accuses one of a MUST is wrong. */
export const variants = variantsOf({
  'RE-COM-1': {
    'refusals-without-data': row('Refusals have no member data.').by(onRefusal(drop('/data'))),
    'desc-other': warns(
      ['RE-COM-7'],
      row('The desc of a success is "成功", that of a refusal empty.').by(
        onAnswer(change('/desc', (_desc, { refusal }: Call) => (refusal === undefined ? '成功' : ''))),
      ),
    ),
    'json-members-turned': row('The members of every JSON object come in another order in each answer.').by(
      onAnswer(turnMembers),
    ),
    'extra-members': row('Every object of every answer has members that no page documents.').by(
      onAnswer(change('', withExtras)),
    ),
    gzip: row('Answers are compressed for clients that accept gzip.').by(
      onAnswer((answer, { request }) => {
        if (!/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) return answer;
        const headers = { ...answer.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
        return { ...answer, headers, encode: (text) => Uint8Array.from(gzipSync(text)) };
      }),
    ),
  },
  'RE-COM-1-SHOULD': {
    'content-type-charset': row('The content type is written Application/JSON;Charset="UTF-8".').by(
      onAnswer(contentType('Application/JSON;Charset="UTF-8"')),
    ),
  },
  'RE-COM-3': {
    'refusals-explained': row('The data of a refusal is an object that explains it.').by(
      onRefusal(change('', (body: Json) => ({ ...body, data: { reason: body.desc, id: null } }))),
    ),
    'token-refused-by-gateway': warns(
      ['RE-COM-3-SHOULD', 'RE-COM-5'],
      row('A gateway in front of the server answers a wrong token with HTTP 401 and an HTML page.').by(
        instead('refuse', (usual, _call, { kind }) =>
          kind.startsWith('token') ? htmlAnswer(401, 'Unauthorized') : usual(),
        ),
      ),
    ),
  },
  'RE-COM-3-SHOULD': {
    'token-always-expired': onAll('Every wrong token is refused as an expired one, 10100.').by(
      instead('codeOf', (usual, _call, { kind }) => (kind.startsWith('token') ? '10100' : usual())),
    ),
  },
  'RE-COM-5': {
    'refusals-by-status': row('Refusals have the HTTP status of their reason: 400, 401, 403 or 404.').by(
      instead('refuse', (usual, _call, { kind }) => ({ ...usual(), status: STATUS_OF[kind] })),
    ),
    'ids-counted': row('Ids are counted from 1 on, and 1 is a message of the first member.').by(
      instead('newId', (_usual, _arrivedAt, arrival) =>
        String(arrival === 5 ? 1 : arrival < 5 ? arrival + 1 : arrival),
      ),
    ),
    slow: row('Each answer takes 10 ms.').by(onAnswer((answer) => ({ ...answer, delayMs: 10 }))),
    'rate-limited': row('More than sixty calls of one action in half a second are refused with the code 10110.').by(
      (base) => {
        const calls = new Map<string, number[]>();
        return instead('before', (usual, call) => {
          usual();
          const now = call.behaviour.now(call);
          const recent = (calls.get(call.action) ?? []).filter((at) => at > now - 500);
          if (recent.length >= 60) throw new Refusal('rate', 'too many requests');
          calls.set(call.action, [...recent, now]);
        })(base);
      },
    ),
    'large-refused-by-gateway': on
      .send('A gateway in front of the server answers a body of more than half a MiB with HTTP 413 and an HTML page.')
      .by(
        together(
          instead('before', (usual, call) => {
            usual();
            if (isLarge(call)) throw new Refusal('body', 'too large');
          }),
          instead('refuse', (usual, call) => (isLarge(call) ? htmlAnswer(413, 'Request Entity Too Large') : usual())),
        ),
      ),
  },
  'RE-COM-7': {
    'desc-of-undocumented': on
      .send('Who is no member is told so in the words of another page, and so is who sends no ApiKey.')
      .by(
        instead('textOf', (usual, _call, code) =>
          code === '13108' || code === '10103' ? 'Not the member of this group' : usual(),
        ),
      ),
  },
  'RE-LIST-1': {
    'types-of-callers': row('The channel holds messages of types that callers have made up.').by(
      instead('types', () => ['TEXT', 'ANNOUNCEMENT', 'BATCH_TRANSFER', 'sticker']),
    ),
    'names-null': row('fromName and fromAvatar are always null.').by(
      set(['/data/*/fromName', '/data/*/fromAvatar'], null),
    ),
    'ids-hex': row('Ids are 24 hex digits instead of snowflakes.').by(
      instead('newId', (_usual, ...numbers) => numbers.map((each) => each.toString(16).padStart(12, '0')).join('')),
    ),
  },
  'RE-LIST-4': {
    'refusals-empty-data': onAll('Refusals have an empty array for data.').by(onRefusal(set('/data', []))),
  },
  'RE-LIST-8': {
    'createat-milliseconds': row('createAt is not cut to seconds.').by(
      instead('createAt', (_usual, _state, arrivedAt) => arrivedAt),
    ),
    'bound-exclusive': warns(
      ['RE-LIST-6-SHOULD'],
      row('A message at maxCreateAt is left out; no two messages have the same createAt, to the millisecond.').by(
        together(
          instead('createAt', (_usual, { channels, now }, arrivedAt) => {
            const newest = [...channels.values()].flatMap(({ messages }) => messages.at(-1)?.createAt ?? 0);
            return Math.max(arrivedAt, arrivedAt > now() - 60_000 ? Math.max(0, ...newest) + 1 : 0);
          }),
          instead('isWithin', (_usual, _call, { createAt }, maxCreateAt) => createAt < maxCreateAt),
        ),
      ),
    ),
    'ties-ascending': row('Messages of one second come in the order of their arrival.').by(
      instead('order', (_usual, _call, messages) =>
        messages.toSorted((a, b) => b.createAt - a.createAt || a.arrival - b.arrival),
      ),
    ),
    'ties-any-order': row('Messages of one second come in another order each time.').by(
      instead('order', (_usual, { total }, messages) => {
        const rank = new Map(messages.map(({ id }) => [id, md5(`${id} ${total}`)]));
        const of = ({ id }: { id: string }) => rank.get(id) ?? '';
        return messages.toSorted((a, b) => b.createAt - a.createAt || (of(a) < of(b) ? -1 : 1));
      }),
    ),
    'limit-capped-at-fifty': row('No page holds more than fifty entries.').by(instead('largestPage', () => 50)),
    'history-long': row(
      'The channel holds 2,600 messages at the start, more than any walk reads that looks for nothing.',
    ).by(instead('history', () => 2600)),
    'history-imported': row(
      'The 120 messages at the start all have one createAt, as after an import; a limit over fifty is honoured.',
    ).by(
      together(
        instead('history', () => 120),
        instead('createAt', (usual, { now }, arrivedAt) =>
          arrivedAt > now() - 3_600_000 ? usual() : Math.floor(now() / 3_600_000 - 2) * 3_600_000,
        ),
      ),
    ),
    'history-empty': row('The channel holds no message at the start.').by(instead('history', () => 0)),
    'others-active': onAll('Another member writes to the channel ten times a second.').by(meanwhile(writeMeanwhile)),
  },
  'RE-LIST-9': {
    'types-of-callers-refused': on.send('Send refuses types that are not registered.').by(
      instead('readDraft', (usual) => {
        const draft = usual();
        if (!['TEXT', 'CARD'].includes(draft.type)) throw new Refusal('input', 'type is not registered');
        return draft;
      }),
    ),
    'json-pretty': onAll('The JSON is laid out over lines, with characters beyond ASCII escaped.').by(
      onAnswer((answer) => ({ ...answer, write: (body) => escaped(JSON.stringify(body, null, 2)) })),
    ),
  },
  'RE-LIST-12': {
    'limit-clamped': row('A limit or maxCreateAt that makes no sense is taken for none.').by(
      together(
        instead('readLimit', (usual) => givenOr(20, usual)),
        instead('readMaxCreateAt', (usual) => givenOr(Number.POSITIVE_INFINITY, usual)),
      ),
    ),
  },
  'RE-SEND-1': {
    'list-lags': on.list('List and Unread count show a message 40 ms after Send has answered.').by(
      together(
        instead('messagesOf', (usual, call) => usual().filter((message) => isThere(call, message))),
        instead('unreadIn', (usual, call) => usual().filter((message) => isThere(call, message))),
      ),
    ),
  },
  'RE-READ-1': {
    'read-nothing-zero': row('Read answers 0 when nothing was unread.').by(
      instead('markRead', (usual, call, channel, user) =>
        call.behaviour.unreadIn(call, channel, user).length === 0 ? 0 : usual(),
      ),
    ),
    'send-reads': row('Who sends to a channel has read it, and Read answers 0 when nothing was unread.').by(
      together(
        instead('store', (usual, { state }, channel, { relationId }) => {
          const message = usual();
          channel.readTo.set(relationId, state.next());
          return message;
        }),
        instead('markRead', (usual, call, channel, user) =>
          call.behaviour.unreadIn(call, channel, user).length === 0 ? 0 : usual(),
        ),
      ),
    ),
    'read-by-total': row(
      'total is how many messages of the channel have been read, and Read answers 0 where it is no more than before.',
    ).by(readByTotal(0)),
    'read-by-total-minus-one': row(
      'total is how many messages of the channel have been read, hidden ones too, and Read answers -1 where it is no more than before.',
    ).by(readByTotal(-1)),
  },
  'RE-UNREAD-1-SHOULD': {
    'others-active-elsewhere': onAll('A friend writes to the member alone, twenty times a second.').by(
      meanwhile(writeElsewhere),
    ),
  },
  'RE-HIDE-1': {
    'hidden-listed': warns(
      ['RE-HIDE-1-SHOULD'],
      on.list('List still shows what was hidden.').by(instead('messagesOf', (_usual, _call, { messages }) => messages)),
    ),
  },
  'RE-HIDE-1-SHOULD': {
    'hide-for-all': row('A hidden message is gone for all members.').by(
      instead('hide', (_usual, call, { channelUuid, hiddenBy }) => {
        for (const id of channelAt(call, channelUuid)?.members ?? []) hiddenBy.add(id);
      }),
    ),
  },
  'RE-SEND-5': {
    'strangers-refused': row('Nobody takes a direct message from a stranger: such a Send is refused with 13301.').by(
      instead('authoriseSending', (usual, call) => {
        if (isDirect(call)) throw new Refusal('strangers', 'block stranger messages');
        usual();
      }),
    ),
  },
  'RE-HIDE-2': {
    'hide-other-code': row("Hiding somebody else's message is refused with a code that no page documents.").by(
      instead('codeOf', (usual, { action }, { kind }) => (action === 'hide' && kind === 'denied' ? '13999' : usual())),
    ),
  },
  'RE-COM-2': {
    'groups-absent': row(
      'The server has messages alone: what else is asked for is answered with HTTP 404 and a page.',
    ).by(
      together(
        instead('before', (usual, call) => {
          usual();
          if (!isOfMessages(call.action)) throw new Refusal('action', 'no such action');
        }),
        instead('refuse', (usual, _call, { kind }) => (kind === 'action' ? htmlAnswer(404, 'Not Found') : usual())),
      ),
    ),
  },
  'RG-AUTH-1': {
    'auth-once': row('A token of Auth that was not called with yet ends the one before.').by(
      instead('newToken', (usual, { state }, { relationId }) => {
        for (const [token, owner] of state.issued) if (owner === relationId) state.issued.delete(token);
        return usual();
      }),
    ),
  },
  'RG-USER-1': {
    'user-info-more': row('User Info gives everything without being asked for it.').by(
      instead('showUser', (usual, call, user) =>
        usual({ ...call, members: { ...call.members, fields: 'CREATE_AT,FOLLOW_COUNT,ADDRESS_WITH_CHAIN' } }, user),
      ),
    ),
  },
  'RG-CREATE-1-SHOULD': {
    'create-uuid-words': warns(
      ['RG-CREATE-1-SHOULD'],
      row('The id of a group is its number behind a word.').by(
        instead('newUuid', (_usual, { state }) => `group-${state.next()}`),
      ),
    ),
  },
  'RG-CREATE-2': {
    'members-turned': row('Members and Info list the members in another order each time.').by(
      instead('showMembers', (usual, { total }) => (total % 2 === 0 ? usual().toReversed() : usual())),
    ),
  },
  'RG-CREATE-4': {
    'create-pair-found': row('Create finds the conversation that two users have.').by(
      instead('open', (usual, call, user, draft) => {
        if (draft.type !== 'P') return usual();
        const [other] = draft.named.filter((relationId) => relationId !== user.relationId);
        const found = other && call.state.channels.get(privateUuid(user.relationId, other));
        return found || usual();
      }),
    ),
  },
  'RG-CREATE-5': {
    'create-told-late': row('The message that a group was made comes 40 ms later.').by(
      instead('messagesOf', (usual, call) =>
        usual().filter((message) => message.type !== 'SYS' || isThere(call, message)),
      ),
    ),
  },
  'RG-JOIN-3': {
    'pair-changes-denied': warns(
      ['RG-JOIN-3-SHOULD', 'RG-LEAVE-1-SHOULD'],
      row('What a conversation of two does not support is refused with the code 10120.').by(
        instead('codeOf', (usual, _call, { kind }) => (kind === 'pair' ? '10120' : usual())),
      ),
    ),
  },
  'RG-REMOVE-1': {
    'removed-not-in-chats': row('Who is in a group no more does not find it in Chats / List.').by(
      instead('chatsOf', (usual, _call, { relationId }) =>
        usual().filter(({ members, dismissed }) => members.has(relationId) && !dismissed),
      ),
    ),
  },
  'RG-INFO-1': {
    'group-tells-itself': row('SYS messages tell who has come, was removed or has left.').by(
      together(
        instead('enter', (usual, call, channel, relationId) => {
          usual();
          tell(call, channel, `${relationId} has come`);
        }),
        instead('part', (usual, call, channel, relationId, how) => {
          usual();
          tell(call, channel, `${relationId} ${how}`);
        }),
      ),
    ),
  },
  'RG-STRANGER-1': {
    'strangers-no-member': row('Who never was a member gets the code 13108 from Info and Members too.').by(
      instead('codeOf', (usual, { action }, { kind }) =>
        kind === 'denied' && (action === 'info' || action === 'members') ? '13108' : usual(),
      ),
    ),
  },
  'RG-NEWS-1': {
    'news-told': row('An announcement is a message of the type ANNOUNCEMENT too.').by(
      instead('setNews', (usual, call, channel, announcement) => {
        usual();
        const [sender] = [call.caller].filter((user) => user !== undefined);
        const draft = { type: 'ANNOUNCEMENT', content: announcement, sendUuid: `news-${call.total}`, mentioned: [] };
        if (sender) call.behaviour.store(call, channel, sender, draft);
      }),
    ),
  },
  'RG-CHATS-1': {
    'chats-texts': row('status, the counts and lastPostAt of Chats / List are texts.').by(
      change('/data/list/*', (chat: Json) => ({
        ...chat,
        ...Object.fromEntries(
          ['status', 'unreadMessageCount', 'mentionsCount', 'lastPostAt'].map((name) => [name, String(chat[name])]),
        ),
      })),
    ),
    'chats-oldest-first': row('Chats / List begins with the chat that was quiet the longest.').by(
      instead('orderChats', (usual) => usual().toReversed()),
    ),
  },
  'RG-CHATS-2': {
    'chats-no-cursor-at-end': row('The last page of Chats / List has no cursor.').by(
      change('/data', ({ cursor, ...data }: Json) => (cursor === '' ? data : { cursor, ...data })),
    ),
    'chats-cursor-null-at-end': row('The last page of Chats / List has null for a cursor.').by(
      change('/data/cursor', (cursor) => cursor || null),
    ),
    'chats-empty-at-end': row('Every page of Chats / List that holds chats has a cursor; an empty one ends it.').by(
      instead('showChats', (usual, _call, page) => ({ ...usual(), cursor: page.at(-1)?.uuid ?? '' })),
    ),
  },
  'RG-CHATS-4': {
    'chats-without-last': row('Chats / List says nothing of a last message where nobody has written yet.').by(
      change('/data/list/*', (chat: Json) => {
        const { lastMessageType, lastMessageContent: _content, lastPostAt: _at, ...rest } = chat;
        return lastMessageType === 'SYS' ? rest : chat;
      }),
    ),
  },
  'RG-DIRECT-1': {
    'strangers-refused-until-friends': row(
      'Who does not follow and is not followed is refused with the code 13301.',
    ).by(
      instead('authoriseSending', (usual, call, { members }, { relationId }) => {
        const { follows } = call.state;
        const [other = ''] = [...members].filter((id) => id !== relationId);
        const areFriends = follows.get(relationId)?.has(other) && follows.get(other)?.has(relationId);
        if (isDirect(call) && !areFriends) throw new Refusal('strangers', 'block stranger messages');
        usual();
      }),
    ),
  },
});

const STATUS_OF: Record<RefusalKind, number> = {
  apikey: 401,
  'token-expired': 401,
  token: 401,
  'token-issuer': 401,
  rate: 400,
  body: 400,
  input: 400,
  denied: 403,
  'no-member': 403,
  strangers: 403,
  'no-user': 404,
  field: 400,
  type: 400,
  removed: 403,
  left: 403,
  dismissed: 410,
  'not-admin': 403,
  pair: 400,
  joined: 409,
  action: 404,
};

/** A Read whose total is how many messages of the channel have been read; it answers so where that is no more than before. */
function readByTotal(nothingNew: number): RelationBehave {
  return instead('markRead', (_usual, _call, { messages, readTo }, { relationId }, total) => {
    const last = messages[Math.min(total, messages.length) - 1];
    if (last === undefined || last.arrival <= (readTo.get(relationId) ?? 0)) return nothingNew;
    readTo.set(relationId, last.arrival);
    return 1;
  });
}

/** Somebody does something before each call. */
function meanwhile(act: (call: Call) => void): RelationBehave {
  return instead('before', (usual, call) => {
    usual();
    act(call);
  });
}

function tell(call: Call, channel: Channel, content: string): void {
  const { behaviour } = call;
  const system = { relationId: behaviour.systemId(channel.uuid), token: '', name: null, avatar: null };
  behaviour.store(call, channel, system, {
    type: 'SYS',
    content,
    sendUuid: `tells-${call.total}-${content}`,
    mentioned: [],
  });
}

function isThere(call: Call, { arrivedAt }: { arrivedAt: number }): boolean {
  return arrivedAt <= call.behaviour.now(call) - 40;
}

function givenOr(fallback: number, read: () => number): number {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return fallback;
    throw error;
  }
}

function escaped(json: string): string {
  return json.replace(/[^\n -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A copy with a member more in every object. */
function withExtras(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withExtras);
  if (typeof value !== 'object' || value === null) return value;
  const copies = Object.entries(value).map(([name, member]) => [name, withExtras(member)]);
  return { ...Object.fromEntries(copies), serverhint: { build: 7, tags: [] } };
}

function writeMeanwhile(call: Call): void {
  const { behaviour, state } = call;
  const channel = state.channels.values().next().value;
  const now = behaviour.now(call);
  const last = Number(state.notes.get('relation-others-active') ?? 0);
  const sender = [...(channel?.members ?? [])].map((id) => state.users.get(id)).at(-2);
  if (channel === undefined || sender === undefined || now - last < 100) return;
  state.notes.set('relation-others-active', now);
  const key = `others ${state.seed} ${call.total}`;
  const content = bytesFrom(key, 12).toString('base64');
  behaviour.store(call, channel, sender, { type: 'TEXT', content, sendUuid: uuidFrom(key), mentioned: [] });
}

/** The friend writes on while nobody calls. */
function writeElsewhere(call: Call): void {
  const { behaviour, state } = call;
  const [, channel] = state.channels.values();
  const sender = state.users.get([...(channel?.members ?? [])].at(-1) ?? '');
  const now = behaviour.now(call);
  const last = Number(state.notes.get('relation-others-active-elsewhere') ?? now);
  const count = Math.floor((now - last) / 50);
  state.notes.set('relation-others-active-elsewhere', last + 50 * count);
  if (channel === undefined || sender === undefined) return;
  for (let i = 0; i < count; i++) {
    const key = `elsewhere ${state.seed} ${call.total} ${i}`;
    const content = bytesFrom(key, 12).toString('base64');
    behaviour.store(call, channel, sender, { type: 'TEXT', content, sendUuid: uuidFrom(key), mentioned: [] });
  }
}

function isLarge({ request }: Call): boolean {
  return request.text.length > 524_288;
}
