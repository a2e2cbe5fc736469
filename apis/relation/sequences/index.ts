import type { Finding } from '../../../src/exchange/index.js';
import type { Outcome } from '../../../src/exchange/outcome.js';
import type { Observation } from '../../../src/passive/types.js';
import type { SequenceOptions, Sequences } from '../../../src/recording/api.js';
import { maskPattern } from '../../../src/recording/body.js';
import { createBounded } from '../../../src/recording/bounded.js';
import {
  copyOf,
  hashOf,
  isBefore,
  type Members,
  type Moment,
  membersOf,
  momentOf,
  objectsOf,
  textOf,
} from '../../../src/recording/members.js';
import { headerOf } from '../../../src/recording/message.js';
import { isLossy } from '../../../src/recording/mojibake.js';
import { createWalks } from '../../../src/recording/pages.js';
import { createPendingOmissions } from '../../../src/recording/pending-omissions.js';
import type { RecordedExchange } from '../../../src/recording/types.js';
import { closeToNow, equal, unchanged } from '../../../src/rules/index.js';
import { isOfMessages } from '../actions.js';
import { groupSequences } from './groups.js';

/** A message as its Send uploaded it. */
interface Sent extends Moment {
  durationMs: number;
  content?: string;
  type?: string;
  sendUuid?: string;
  quoteId?: string;
  place: string;
  /** Who sent it, as `callerOf` names them. */
  by?: string;
}

/** A message that List showed. */
interface Shown extends Moment {
  createdAt: number;
}

/** Up to here a limit is honoured in full while history lasts. */
const honouredLimit = 50;
const keptSent = 20_000;
const keptContent = 256;
/** Up to so many bytes content comes back as it was sent. */
const unchangedContent = 8 * 1024;
const keptViews = 200;
const keptShown = 2000;

/** Judges Relation exchanges by those before them: the pages of List, and what List shows of messages sent. */
export function relationSequences(options: Pick<SequenceOptions, 'clockToleranceMs'>): Sequences {
  const walks = createWalks();
  const pendingOmissions = createPendingOmissions();
  const sent = createBounded<string, Sent>(keptSent);
  /** What List showed, by caller and channel. */
  const views = createBounded<string, Map<string, Shown>>(keptViews);
  const hidden = createBounded<string, true>(10_000);
  /** The sendUuids of Sends: whether there was more than one, and the id that the last one got. */
  const uuids = createBounded<string, { isAgain: boolean; id?: string; place: string }>(keptSent);
  /** The `from` of what a caller sent. */
  const senders = createBounded<string, string>(1000);

  const listed = (exchange: RecordedExchange): Observation[] => {
    const asked = membersOf(exchange.request.json);
    const entries = objectsOf(membersOf(exchange.response.json).data).filter(({ id }) => typeof id === 'string');
    const judged = [
      ...entries.flatMap((entry) => echoes(exchange, entry)),
      ...sentAgain(exchange, entries),
      ...renamed(exchange, entries),
    ];
    const caller = callerOf(exchange);
    const channel = textOf(asked.channelUuid) ?? `to ${textOf(asked.toRelationId)}`;
    const times = entries.map(({ createAt }) => Number(createAt));
    if (caller === undefined || times.some(Number.isNaN)) return folded(judged);
    const walker = `${exchange.server}\n${channel}\n${caller}`;
    const view = views.get(walker) ?? new Map<string, Shown>();
    views.set(walker, view);
    const top = asked.maxCreateAt === undefined ? Number.POSITIVE_INFINITY : Number(asked.maxCreateAt);
    const page = { walker, asked, top, entries, times, view };
    if (entries.length > 0) judged.push(...paged(exchange, page));
    else noteOmittedEnd(exchange, page, new Set());
    judged.push(...pendingOmissions.shown(walker, new Set(entries.map(({ id }) => id as string)), exchange));
    for (const [at, { id }] of entries.entries()) {
      if (view.has(id as string)) continue;
      view.set(id as string, { ...momentOf(exchange), createdAt: times[at] as number });
      if (view.size > keptShown) view.delete(view.keys().next().value as string);
    }
    return folded(judged);
  };

  interface ListPage {
    walker: string;
    asked: Members;
    /** The time that maxCreateAt names, epoch ms; infinite where it is left out. */
    top: number;
    entries: readonly Members[];
    times: readonly number[];
    view: ReadonlyMap<string, Shown>;
  }

  /** Whoever hid it: no page says for whom it is gone. */
  const isHidden = ({ server }: RecordedExchange, id: string) => hidden.has(`${server}\n${id}`);

  /** Notes as a pending omission the page that is shorter than its limit, where what is older should have come. */
  const noteOmittedEnd = (
    exchange: RecordedExchange,
    { walker, asked, top, entries, times, view }: ListPage,
    walked: ReadonlySet<string>,
  ): void => {
    const limit = Number(asked.limit ?? Number.NaN);
    // A larger page may be capped.
    if (!(entries.length < Math.min(limit, honouredLimit))) return;
    const oldest = Math.min(top, ...times);
    const older = [...view].filter(
      ([id, shown]) =>
        shown.createdAt < oldest && !walked.has(id) && isBefore(shown, exchange) && !isHidden(exchange, id),
    );
    const message = 'a page shorter than its limit left out older messages';
    const ids = older.map(([id]) => id);
    pendingOmissions.add(walker, { requirement: 'RE-LIST-8', ids, exchange, message, path: '/data' });
  };

  const paged = (exchange: RecordedExchange, page: ListPage): Observation[] => {
    const { walker, asked, top, entries, times, view } = page;
    const bound = textOf(asked.maxCreateAt);
    const [oldest, newest] = [Math.min(...times), Math.max(...times)];
    const placed = walks.place(
      {
        walker,
        cursor: bound ?? '',
        shown: bound ?? 'none',
        top,
        ids: entries.map(({ id }) => id as string),
        end: String(oldest),
        mayOverlap: true,
        exchange,
      },
      'the walk over List',
    );
    noteOmittedEnd(exchange, page, placed.walk.ids);
    const known = [...view].filter(([id, shown]) => isBefore(shown, placed.walk.first) && !isHidden(exchange, id));
    // A bound that is not held to is another miss: here only what lies between two entries is sure.
    const before = Math.max(newest, Math.min(top, Number.MAX_SAFE_INTEGER));
    // Of messages of the very time that the cursor names, the page before had some: by now the others must have come too.
    const isInside = placed.continues && top < placed.walk.top;
    const between = known.filter(
      ([, { createdAt }]) => createdAt > oldest && (createdAt < before || (isInside && createdAt === top)),
    );
    const edge = oldest < top ? known.filter(([, { createdAt }]) => createdAt === top) : [];
    const met: Observation[] = [];
    /** Judges what should have come: somebody may have hidden it outside the recording, so what did not come is a miss once it shows again. */
    const expect = (requirement: string, shown: typeof known, got: ReadonlySet<string>, message: string): void => {
      const ids = shown.map(([id]) => id).filter((id) => !got.has(id));
      if (ids.length === 0) met.push({ requirement, findings: [] });
      else pendingOmissions.add(walker, { requirement, ids, exchange, message, path: '/data' });
    };
    if (placed.continues || between.length > 0)
      expect('RE-LIST-8', between, placed.walk.ids, 'a walk over List left out messages');
    if (edge.length > 0) {
      const onPage = new Set(entries.map(({ id }) => id as string));
      expect('RE-LIST-6-SHOULD', edge, onPage, 'List left out messages whose createAt is exactly maxCreateAt,');
    }
    return met;
  };

  const noteSent = (exchange: RecordedExchange, id: string, asked: Members): void => {
    const { durationMs, place } = exchange;
    const upload = {
      content: Buffer.byteLength(textOf(asked.content) ?? '') > unchangedContent ? undefined : cut(asked.content),
      type: textOf(asked.type),
      sendUuid: textOf(asked.sendUuid),
      quoteId: textOf(asked.quoteId),
    };
    const key = `${exchange.server}\n${id}`;
    const before = sent.get(key);
    // Another Send that got the same id may have changed the message or not: only what both say is sure.
    const same = (name: keyof typeof upload) => (before?.[name] === upload[name] ? upload[name] : undefined);
    const both = { content: same('content'), type: same('type'), sendUuid: same('sendUuid'), quoteId: same('quoteId') };
    sent.set(
      key,
      before === undefined
        ? { ...momentOf(exchange), durationMs, place, by: callerOf(exchange), ...upload }
        : { ...before, ...both },
    );
  };

  /** Judges that what was sent more than once with one sendUuid is one message. */
  const sentAgain = (exchange: RecordedExchange, entries: readonly Members[]): Observation[] => {
    const again = entries.filter(({ sendUuid }) => uuids.get(sendUuidKey(exchange, sendUuid) ?? '')?.isAgain);
    if (again.length === 0) return [];
    const first = new Map<string, unknown>();
    const findings = again.flatMap(({ id, from, sendUuid }): Finding[] => {
      const before = first.get(`${from}\n${sendUuid}`);
      if (before === undefined) first.set(`${from}\n${sendUuid}`, id);
      if (before === undefined || before === id) return [];
      const message = 'the same sendUuid sent twice is two messages';
      return [{ message, path: '/data', expected: 'one message', found: `${before} and ${id}` }];
    });
    return [{ requirement: 'RE-SEND-4', findings }];
  };

  /** Finds messages that List shows under another id than their Send answered. */
  const renamed = (exchange: RecordedExchange, entries: readonly Members[]): Observation[] =>
    entries.flatMap(({ id, sendUuid }): Observation[] => {
      const upload = uuids.get(sendUuidKey(exchange, sendUuid) ?? '');
      if (upload?.id === undefined || upload.isAgain || upload.id === id) return [];
      const message = `List shows another id than Send answered for the message sent by ${upload.place}`;
      return [{ requirement: 'RE-SEND-1', findings: equal(id, upload.id, message, '/data') }];
    });

  /** Judges that all that one caller sent comes from one sender. */
  const senderFindings = (
    exchange: RecordedExchange,
    { from }: Members,
    by: string | undefined,
    of: string,
  ): Finding[] => {
    if (by === undefined || typeof from !== 'string' || maskPattern.test(from)) return [];
    const key = `${exchange.server}\n${by}`;
    const known = senders.get(key);
    if (known === undefined) senders.set(key, copyOf(from));
    return known === undefined
      ? []
      : equal(from, known, `the from ${of} is another than of what the same caller sent before`, '/data');
  };

  /** What an entry of List says of the Send that it came from. */
  const echoes = (exchange: RecordedExchange, entry: Members): Observation[] => {
    const upload = sent.get(`${exchange.server}\n${entry.id}`);
    if (upload === undefined) return [];
    const { content, type, sendUuid, quoteId, place, by, endedAt, durationMs } = upload;
    const of = `of the message sent by ${place}`;
    const echoed: Finding[] = [
      ...(content === undefined ||
      maskPattern.test(content) ||
      maskPattern.test(String(entry.content)) ||
      isLossy(content, cut(entry.content))
        ? []
        : unchanged(cut(entry.content), content, `the content ${of}`, '/data')),
      ...(type === undefined ? [] : equal(entry.type, type, `the type ${of} is another`, '/data')),
      ...(sendUuid === undefined ? [] : equal(entry.sendUuid, sendUuid, `the sendUuid ${of} is another`, '/data')),
      ...senderFindings(exchange, entry, by, of),
    ];
    const judged: Observation[] = [
      { requirement: 'RE-LIST-9', findings: echoed },
      { requirement: 'RE-SEND-1', findings: [] },
    ];
    const createdAt = Number(entry.createAt);
    if (!Number.isNaN(createdAt) && !Number.isNaN(endedAt)) {
      const tolerance = options.clockToleranceMs + durationMs;
      const findings = closeToNow(createdAt, endedAt, tolerance, `the createAt ${of}`, '/data');
      const when = { expected: `within ${tolerance / 1000} s of ${new Date(endedAt).toISOString()}, when it was sent` };
      judged.push({ requirement: 'RE-LIST-10', findings: findings.map((finding) => ({ ...finding, ...when })) });
    }
    if (quoteId !== undefined) {
      const quoted = membersOf(entry.quote).id;
      judged.push({
        requirement: 'RE-LIST-11',
        findings: equal(quoted, quoteId, `the quote ${of} is not the message it quotes`, '/data'),
      });
    }
    return judged;
  };

  const groups = groupSequences();

  return (exchange, outcome) => {
    if (!isOfMessages(exchange.action)) return groups(exchange, outcome);
    const asked = membersOf(exchange.request.json);
    if (exchange.action === 'hide' && outcome !== 'refused') {
      // It may be hidden, however the answer reads.
      hidden.set(`${exchange.server}\n${asked.id}`, true);
    }
    if (exchange.action === 'send' && outcome !== 'refused') {
      const key = sendUuidKey(exchange, asked.sendUuid);
      const id = exchange.intent === 'call' ? sentId(exchange) : undefined;
      if (key !== undefined) uuids.set(key, { isAgain: uuids.has(key), id, place: exchange.place });
    }
    const judged = receiverless(exchange, outcome);
    if (outcome !== 'served' || exchange.intent !== 'call') return judged;
    if (exchange.action === 'list') return listed(exchange);
    if (exchange.action === 'send') {
      const id = sentId(exchange);
      if (id !== undefined) noteSent(exchange, id, asked);
    }
    return [];
  };
}

/** Codes that a page documents for List or Send, of refusals for what was asked: a refusal of the caller may come before them. */
const codesOfRequests = new Set(['10112', '10120', '13108', '13301']);

/** Judges the code of a List or Send that names neither channel nor receiver. */
function receiverless({ action, request, response }: RecordedExchange, outcome: Outcome): Observation[] {
  const requirement = action === 'list' ? 'RE-LIST-3' : action === 'send' ? 'RE-SEND-2' : undefined;
  const { channelUuid, toRelationId } = membersOf(request.json);
  const isNamed = (channelUuid ?? toRelationId ?? undefined) !== undefined;
  if (requirement === undefined || request.json === undefined || isNamed || outcome === 'broken') return [];
  const { code } = membersOf(response.json);
  if (outcome === 'refused' && !codesOfRequests.has(code as string)) return [];
  const message = 'neither channelUuid nor toRelationId is not refused with code 10112';
  return [{ requirement, findings: equal(code, '10112', message, '/code') }];
}

/** One observation a requirement and exchange, of however many entries. */
function folded(judged: readonly Observation[]): Observation[] {
  const byRequirement = new Map<string, Finding[]>();
  for (const { requirement, findings } of judged)
    byRequirement.set(requirement, [...(byRequirement.get(requirement) ?? []), ...findings]);
  return [...byRequirement].map(([requirement, findings]) => ({ requirement, findings }));
}

/** A text as it is remembered: of a long one the beginning and what tells it from others. */
function cut(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined || text.length <= keptContent) return text;
  return `${text.slice(0, keptContent / 2)}… (${text.length} characters, sha256 ${hashOf(text)})`;
}

/** The id that a Send answered. */
function sentId({ response }: RecordedExchange): string | undefined {
  return textOf(membersOf(membersOf(response.json).data).id) || undefined;
}

function sendUuidKey({ server }: RecordedExchange, sendUuid: unknown): string | undefined {
  const uuid = textOf(sendUuid);
  return uuid === undefined || uuid === '' || maskPattern.test(uuid) ? undefined : `${server}\n${uuid}`;
}

/** Who called, as far as tokens tell; `undefined` where they are hidden. */
function callerOf(exchange: RecordedExchange): string | undefined {
  const token = headerOf(exchange.request.headers, 'authorization');
  if (token === undefined || /^\s*(?:bearer)?\s*$/i.test(token) || maskPattern.test(token)) return undefined;
  return hashOf(token);
}
