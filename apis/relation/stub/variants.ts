import { gzipSync } from 'node:zlib';
import { htmlAnswer } from '../../../src/stub/answer.js';
import { bytesFrom, md5, uuidFrom } from '../../../src/stub/random.js';
import { type Call, type Json, Refusal, type RefusalKind } from './model.js';
import { onEntries, type RelationVariant } from './mutation.js';

/** Conforming servers that differ from the ordinary stub; a suite that accuses one of a MUST is wrong. */
export const variants: readonly RelationVariant[] = [
  {
    id: 'relation-refusals-by-status',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-5',
    sentence: 'Refusals have the HTTP status of their reason: 400, 401, 403 or 404.',
    behave: (base) => ({
      refuse: (call, refusal) => ({ ...base.refuse(call, refusal), status: STATUS_OF[refusal.kind] }),
    }),
  },
  {
    id: 'relation-refusals-without-data',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-1',
    sentence: 'Refusals have no member data.',
    behave: refusalsWith(({ data: _, ...body }) => body),
  },
  {
    id: 'relation-refusals-empty-data',
    api: 'relation',
    action: '*',
    requirement: 'RE-LIST-4',
    sentence: 'Refusals have an empty array for data.',
    behave: refusalsWith((body) => ({ ...body, data: [] })),
  },
  {
    id: 'relation-refusals-explained',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-3',
    sentence: 'The data of a refusal is an object that explains it.',
    behave: refusalsWith((body) => ({ ...body, data: { reason: body.desc, id: null } })),
  },
  {
    id: 'relation-token-refused-by-gateway',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-3',
    sentence: 'A gateway in front of the server answers a wrong token with HTTP 401 and an HTML page.',
    warns: ['RE-COM-3-SHOULD', 'RE-COM-5'],
    behave: (base) => ({
      refuse: (call, refusal) =>
        refusal.kind.startsWith('token') ? htmlAnswer(401, 'Unauthorized') : base.refuse(call, refusal),
    }),
  },
  {
    id: 'relation-token-always-expired',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-3-SHOULD',
    sentence: 'Every wrong token is refused as an expired one, 10100.',
    behave: (base) => ({
      codeOf: (call, refusal) => (refusal.kind.startsWith('token') ? '10100' : base.codeOf(call, refusal)),
    }),
  },
  {
    id: 'relation-desc-other',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-1',
    sentence: 'The desc of a success is "成功", that of a refusal empty.',
    answer: (answer, call) => ({
      ...answer,
      body: { ...(answer.body as Json), desc: call.refusal === undefined ? '成功' : '' },
    }),
  },
  {
    id: 'relation-createat-milliseconds',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'createAt is not cut to seconds.',
    behave: () => ({ createAt: (_state, arrivedAt) => arrivedAt }),
  },
  {
    id: 'relation-bound-exclusive',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'A message at maxCreateAt is left out; no two messages have the same createAt, to the millisecond.',
    warns: ['RE-LIST-6-SHOULD'],
    behave: () => ({
      createAt(state, arrivedAt) {
        const last = Math.max(
          0,
          ...[...state.channels.values()].flatMap(({ messages }) => messages.at(-1)?.createAt ?? 0),
        );
        return Math.max(arrivedAt, arrivedAt > state.now() - 60_000 ? last + 1 : 0);
      },
      isWithin: (_call, { createAt }, maxCreateAt) => createAt < maxCreateAt,
    }),
  },
  {
    id: 'relation-ties-ascending',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'Messages of one second come in the order of their arrival.',
    behave: () => ({
      order: (_call, messages) => [...messages].sort((a, b) => b.createAt - a.createAt || a.arrival - b.arrival),
    }),
  },
  {
    id: 'relation-ties-any-order',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'Messages of one second come in another order each time.',
    behave: () => ({
      order(call, messages) {
        const rank = new Map(messages.map(({ id }) => [id, md5(`${id} ${call.total}`)]));
        const of = ({ id }: { id: string }) => rank.get(id) ?? '';
        return [...messages].sort((a, b) => b.createAt - a.createAt || (of(a) < of(b) ? -1 : 1));
      },
    }),
  },
  {
    id: 'relation-limit-capped-at-fifty',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'No page holds more than fifty entries.',
    behave: () => ({ largestPage: () => 50 }),
  },
  {
    id: 'relation-limit-clamped',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-12',
    sentence: 'A limit or maxCreateAt that makes no sense is taken for none.',
    behave: (base) => ({
      readLimit: (call) => givenOr(20, () => base.readLimit(call)),
      readMaxCreateAt: (call) => givenOr(Number.POSITIVE_INFINITY, () => base.readMaxCreateAt(call)),
    }),
  },
  {
    id: 'relation-history-long',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'The channel holds 700 messages at the start.',
    behave: () => ({ history: () => 700 }),
  },
  {
    id: 'relation-history-imported',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence:
      'The 120 messages at the start all have one createAt, as after an import; a limit over fifty is honoured.',
    behave: (base) => ({
      history: () => 120,
      createAt: (state, arrivedAt) =>
        arrivedAt > state.now() - 3_600_000
          ? base.createAt(state, arrivedAt)
          : Math.floor(state.now() / 3_600_000 - 2) * 3_600_000,
    }),
  },
  {
    id: 'relation-history-empty',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-8',
    sentence: 'The channel holds no message at the start.',
    behave: () => ({ history: () => 0 }),
  },
  {
    id: 'relation-types-of-callers',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'The channel holds messages of types that callers have made up.',
    behave: () => ({ types: () => ['TEXT', 'ANNOUNCEMENT', 'BATCH_TRANSFER', 'sticker'] }),
  },
  {
    id: 'relation-types-of-callers-refused',
    api: 'relation',
    action: 'send',
    requirement: 'RE-LIST-9',
    sentence: 'Send refuses types that are not registered.',
    behave: (base) => ({
      readDraft(call) {
        const draft = base.readDraft(call);
        if (!['TEXT', 'CARD'].includes(draft.type)) throw new Refusal('input', 'type is not registered');
        return draft;
      },
    }),
  },
  {
    id: 'relation-names-null',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'fromName and fromAvatar are always null.',
    answer: onEntries((entry) => ({ ...entry, fromName: null, fromAvatar: null })),
  },
  {
    id: 'relation-ids-hex',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'Ids are 24 hex digits instead of snowflakes.',
    behave: () => ({
      newId: (arrivedAt, arrival) => arrivedAt.toString(16).padStart(12, '0') + arrival.toString(16).padStart(12, '0'),
    }),
  },
  {
    id: 'relation-ids-counted',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-5',
    sentence: 'Ids are counted from 1 on, and 1 is a message of the first member.',
    behave: () => ({
      // The first member has sent the fifth message of the stub.
      newId: (_arrivedAt, arrival) => String(arrival === 5 ? 1 : arrival < 5 ? arrival + 1 : arrival),
    }),
  },
  {
    id: 'relation-extra-members',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-1',
    sentence: 'Every object of every answer has members that no page documents.',
    answer: (answer) => ({ ...answer, body: withExtras(answer.body) }),
  },
  {
    id: 'relation-content-type-charset',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-1-SHOULD',
    sentence: 'The content type is written Application/JSON;Charset="UTF-8".',
    answer: (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-type': 'Application/JSON;Charset="UTF-8"' },
    }),
  },
  {
    id: 'relation-json-pretty',
    api: 'relation',
    action: '*',
    requirement: 'RE-LIST-9',
    sentence: 'The JSON is laid out over lines, with characters beyond ASCII escaped.',
    answer: (answer) => ({ ...answer, write: (body) => escaped(JSON.stringify(body, null, 2)) }),
  },
  {
    id: 'relation-gzip',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-1',
    sentence: 'Answers are compressed for clients that accept gzip.',
    answer(answer, call) {
      if (!/\bgzip\b/.test(call.request.headers.get('accept-encoding') ?? '')) return answer;
      const headers = { ...answer.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' };
      return { ...answer, headers, encode: (text) => Uint8Array.from(gzipSync(text)) };
    },
  },
  {
    id: 'relation-slow',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-5',
    sentence: 'Each answer takes 10 ms.',
    answer: (answer) => ({ ...answer, delayMs: 10 }),
  },
  {
    id: 'relation-list-lags',
    api: 'relation',
    action: 'list',
    requirement: 'RE-SEND-1',
    sentence: 'List and Unread count show a message 40 ms after Send has answered.',
    behave: (base) => {
      const isThere = (call: Call, { arrivedAt }: { arrivedAt: number }) => arrivedAt <= base.now(call) - 40;
      return {
        messagesOf: (call, channel, user) =>
          base.messagesOf(call, channel, user).filter((message) => isThere(call, message)),
        unreadIn: (call, channel, user) =>
          base.unreadIn(call, channel, user).filter((message) => isThere(call, message)),
      };
    },
  },
  {
    id: 'relation-rate-limited',
    api: 'relation',
    action: '*',
    requirement: 'RE-COM-5',
    sentence: 'More than sixty calls of one action in half a second are refused with the code 10110.',
    behave: (base) => ({
      before(call) {
        base.before(call);
        const key = `relation-rate-limited ${call.action}`;
        const now = base.now(call);
        const calls = ((call.state.notes.get(key) as number[] | undefined) ?? []).filter((at) => at > now - 500);
        if (calls.length >= 60) throw new Refusal('rate', 'too many requests');
        call.state.notes.set(key, [...calls, now]);
      },
    }),
  },
  {
    id: 'relation-others-active',
    api: 'relation',
    action: '*',
    requirement: 'RE-LIST-8',
    sentence: 'Another member writes to the channel ten times a second.',
    behave: (base) => ({
      before(call) {
        base.before(call);
        writeMeanwhile(call);
      },
    }),
  },
  {
    id: 'relation-others-active-elsewhere',
    api: 'relation',
    action: '*',
    requirement: 'RE-UNREAD-1-SHOULD',
    sentence: 'A friend writes to the member alone, twenty times a second.',
    behave: (base) => ({
      before(call) {
        base.before(call);
        writeElsewhere(call);
      },
    }),
  },
  {
    id: 'relation-large-refused-by-gateway',
    api: 'relation',
    action: 'send',
    requirement: 'RE-COM-5',
    sentence: 'A gateway in front of the server answers a body of more than half a MiB with HTTP 413 and an HTML page.',
    behave: (base) => ({
      before(call) {
        base.before(call);
        if (isLarge(call)) throw new Refusal('body', 'too large');
      },
      refuse: (call, refusal) =>
        isLarge(call) ? htmlAnswer(413, 'Request Entity Too Large') : base.refuse(call, refusal),
    }),
  },
  {
    id: 'relation-read-nothing-zero',
    api: 'relation',
    action: 'read',
    requirement: 'RE-READ-1',
    sentence: 'Read answers 0 when nothing was unread.',
    behave: (base) => ({
      markRead: (call, channel, user, total) =>
        base.unreadIn(call, channel, user).length === 0 ? 0 : base.markRead(call, channel, user, total),
    }),
  },
  {
    id: 'relation-read-by-total',
    api: 'relation',
    action: 'read',
    requirement: 'RE-READ-1',
    sentence:
      'total is how many messages of the channel have been read, and Read answers 0 where it is no more than before.',
    behave: () => ({
      markRead(_call, channel, user, total) {
        const last = channel.messages[Math.min(total, channel.messages.length) - 1];
        if (last === undefined || last.arrival <= (channel.readTo.get(user.relationId) ?? 0)) return 0;
        channel.readTo.set(user.relationId, last.arrival);
        return 1;
      },
    }),
  },
  {
    id: 'relation-read-by-total-minus-one',
    api: 'relation',
    action: 'read',
    requirement: 'RE-READ-1',
    sentence:
      'total is how many messages of the channel have been read, hidden ones too, and Read answers -1 where it is no more than before.',
    behave: () => ({
      markRead(_call, channel, user, total) {
        const last = channel.messages[Math.min(total, channel.messages.length) - 1];
        if (last === undefined || last.arrival <= (channel.readTo.get(user.relationId) ?? 0)) return -1;
        channel.readTo.set(user.relationId, last.arrival);
        return 1;
      },
    }),
  },
  {
    id: 'relation-hide-other-code',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-2',
    sentence: "Hiding somebody else's message is refused with a code that no page documents.",
    behave: (base) => ({
      codeOf: (call, refusal) =>
        call.action === 'hide' && refusal.kind === 'denied' ? '13999' : base.codeOf(call, refusal),
    }),
  },
  {
    id: 'relation-hide-for-all',
    api: 'relation',
    action: 'hide',
    requirement: 'RE-HIDE-1-SHOULD',
    sentence: 'A hidden message is gone for all members.',
    behave: () => ({
      hide(call, message) {
        for (const id of call.state.channels.get(message.channelUuid)?.members ?? []) message.hiddenBy.add(id);
      },
    }),
  },
  {
    id: 'relation-hidden-listed',
    api: 'relation',
    action: 'list',
    requirement: 'RE-HIDE-1',
    sentence: 'List still shows what was hidden.',
    warns: ['RE-HIDE-1-SHOULD'],
    behave: () => ({ messagesOf: (_call, channel) => channel.messages }),
  },
];

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
  action: 404,
};

function refusalsWith(change: (body: Json) => Json): RelationVariant['behave'] {
  return (base) => ({
    refuse(call, refusal) {
      const answer = base.refuse(call, refusal);
      return { ...answer, body: change(answer.body as Json) };
    },
  });
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
