import { createHash } from 'node:crypto';
import type { Outcome } from '../apis/outcome.js';
import type { Finding } from '../exchange/index.js';
import type { Observation } from '../observers/index.js';
import { closeToNow, equal, unchanged } from '../rules/index.js';
import { maskPattern } from './body.js';
import { createBounded } from './bounded.js';
import { headerOf } from './exchange.js';
import { isBefore, type Members, type Moment, membersOf, momentOf, objectsOf, textOf } from './members.js';
import { createWalks, lostOn } from './pages.js';
import type { RecordedExchange } from './types.js';

/** A message as its Send uploaded it. */
interface Sent extends Moment {
  durationMs: number;
  content?: string;
  type?: string;
  sendUuid?: string;
  quoteId?: string;
  place: string;
}

/** A message that List showed. */
interface Shown extends Moment {
  createdAt: number;
}

const keptSent = 20_000;
const keptContent = 256;
const keptViews = 200;
const keptShown = 2000;

/** Judges Relation exchanges by those before them: the pages of List, and what List shows of messages sent. */
export function relationStream(options: {
  clockToleranceMs: number;
}): (exchange: RecordedExchange, outcome: Outcome) => Observation[] {
  const walks = createWalks();
  const sent = createBounded<string, Sent>(keptSent);
  /** What List showed, by caller and channel. */
  const views = createBounded<string, Map<string, Shown>>(keptViews);
  const hidden = createBounded<string, true>(10_000);

  const listed = (exchange: RecordedExchange): Observation[] => {
    const asked = membersOf(exchange.request.json);
    const entries = objectsOf(membersOf(exchange.response.json).data).filter(({ id }) => typeof id === 'string');
    const judged = entries.flatMap((entry) => echoes(exchange, entry));
    const caller = callerOf(exchange);
    const channel = textOf(asked.channelUuid) ?? `to ${textOf(asked.toRelationId)}`;
    const times = entries.map(({ createAt }) => Number(createAt));
    if (caller === undefined || times.some(Number.isNaN)) return folded(judged);
    const walker = `${exchange.server}\n${channel}\n${caller}`;
    const view = views.get(walker) ?? new Map<string, Shown>();
    views.set(walker, view);
    if (entries.length > 0) judged.push(...paged(exchange, { walker, caller, asked, entries, times, view }));
    for (const [at, { id }] of entries.entries()) {
      if (view.has(id as string)) continue;
      view.set(id as string, { ...momentOf(exchange), createdAt: times[at] as number });
      if (view.size > keptShown) view.delete(view.keys().next().value as string);
    }
    return folded(judged);
  };

  interface ListPage {
    walker: string;
    caller: string;
    asked: Members;
    entries: readonly Members[];
    times: readonly number[];
    view: ReadonlyMap<string, Shown>;
  }

  const paged = (exchange: RecordedExchange, page: ListPage): Observation[] => {
    const { walker, caller, asked, entries, times, view } = page;
    const bound = textOf(asked.maxCreateAt);
    const top = bound === undefined ? Number.POSITIVE_INFINITY : Number(bound);
    const [oldest, newest] = [Math.min(...times), Math.max(...times)];
    const what = 'the walk over List';
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
      what,
    );
    const isHidden = (id: string) => hidden.has(`${exchange.server}\n${caller}\n${id}`);
    const known = [...view].filter(([id, shown]) => isBefore(shown, placed.walk.first) && !isHidden(id));
    // A bound that is not held to is another miss: here only what lies between two entries is sure.
    const before = Math.max(newest, Math.min(top, Number.MAX_SAFE_INTEGER));
    // Of messages of the very time that the cursor names, the page before had some: by now the others must have come too.
    const isInside = placed.continues && top < placed.walk.top;
    const between = known.filter(
      ([, { createdAt }]) => createdAt > oldest && (createdAt < before || (isInside && createdAt === top)),
    );
    const judged: Observation[] = [];
    if (placed.continues || between.length > 0) {
      const lost = lostOn(placed, new Set(between.map(([id]) => id)), what);
      judged.push({ requirement: 'RE-LIST-8', findings: lost });
    }
    const edge = known.filter(([, { createdAt }]) => createdAt === top);
    if (edge.length > 0 && oldest < top) {
      const onPage = new Set(entries.map(({ id }) => id));
      const left = edge.filter(([id]) => !onPage.has(id)).map(([id]) => id);
      const message = 'List leaves out a message whose createAt is exactly maxCreateAt';
      judged.push({
        requirement: 'RE-LIST-6-SHOULD',
        findings: left.length === 0 ? [] : [{ message, path: '/data', expected: 'included', found: left.join(', ') }],
      });
    }
    return judged;
  };

  /** What an entry of List says of the Send that it came from. */
  const echoes = (exchange: RecordedExchange, entry: Members): Observation[] => {
    const upload = sent.get(`${exchange.server}\n${entry.id}`);
    if (upload === undefined) return [];
    const { content, type, sendUuid, quoteId, place, endedAt, durationMs } = upload;
    const of = `of the message sent by ${place}`;
    const echoed: Finding[] = [
      ...(content === undefined || maskPattern.test(content) || maskPattern.test(String(entry.content))
        ? []
        : unchanged(cut(entry.content), content, `the content ${of}`, '/data')),
      ...(type === undefined ? [] : equal(entry.type, type, `the type ${of} is another`, '/data')),
      ...(sendUuid === undefined ? [] : equal(entry.sendUuid, sendUuid, `the sendUuid ${of} is another`, '/data')),
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

  return (exchange, outcome) => {
    if (outcome !== 'served' || exchange.intent !== 'call') return [];
    const asked = membersOf(exchange.request.json);
    if (exchange.action === 'list') return listed(exchange);
    if (exchange.action === 'hide') {
      const caller = callerOf(exchange);
      if (caller !== undefined) hidden.set(`${exchange.server}\n${caller}\n${asked.id}`, true);
    }
    if (exchange.action === 'send') {
      const id = textOf(membersOf(membersOf(exchange.response.json).data).id);
      if (id !== undefined && id !== '') {
        const { durationMs, place } = exchange;
        sent.set(`${exchange.server}\n${id}`, {
          ...momentOf(exchange),
          durationMs,
          place,
          content: cut(asked.content),
          type: textOf(asked.type),
          sendUuid: textOf(asked.sendUuid),
          quoteId: textOf(asked.quoteId),
        });
      }
    }
    return [];
  };
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
  const hash = createHash('sha256').update(text).digest('base64').slice(0, 16);
  return `${text.slice(0, keptContent / 2)}… (${text.length} characters, sha256 ${hash})`;
}

/** Who called, as far as tokens tell; `undefined` where they are hidden. */
function callerOf(exchange: RecordedExchange): string | undefined {
  const token = headerOf(exchange.request.headers, 'authorization');
  if (token === undefined || maskPattern.test(token)) return undefined;
  return createHash('sha256').update(token).digest('base64').slice(0, 16);
}
