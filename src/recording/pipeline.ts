import type { ApiName } from '../exchange/index.js';
import { buildVerdict, type Verdict } from '../verdict/index.js';
import { type Clock, createClock } from './clock.js';
import { counted } from './counted.js';
import { createDuplicates } from './duplicates.js';
import { examine, weightOf } from './exchange.js';
import { createPassiveJudge, type PassiveOptions } from './judge.js';
import { createReorder } from './order.js';
import { recognise } from './recognise.js';
import { createServers, type Foreign, type Settled } from './servers.js';
import type { Recorded } from './types.js';
import { somethingElse } from './unjudged.js';

export interface PipelineOptions extends PassiveOptions {
  /** The names of the APIs to judge; those that the traffic holds where left out. */
  only?: readonly ApiName[];
  /** Whether entries come as they are written and not as they happened: then a window puts them into order. */
  reorder?: boolean;
}

/** How many entries there were, and what became of them. */
export interface Tally {
  entries: number;
  judged: number;
  /** Of none of the APIs, or of one that was not asked for. */
  foreign: number;
  /** Of one of the APIs, but of no documented action. */
  unknown: number;
  /** Of an action, but not judged: how many for each reason. */
  skipped: Record<string, number>;
}

/** What a verdict on traffic says beside that on a run. */
export interface Traffic extends Tally {
  notes: string[];
}

/** What is told of a verdict. */
export interface VerdictFacts {
  name: string;
  strict: boolean;
  /** Epoch milliseconds: when the judging began. */
  startedAt: number;
  durationMs: number;
}

/** Takes entries of traffic one by one, and makes a verdict of them in the end. */
export interface Pipeline {
  take(recorded: Recorded): void;
  /** To be called once, when there is no more. */
  finish(): void;
  tally(): Tally;
  /** Takes down, in a sentence without its stop, what is to be said beside the verdict. */
  note(sentence: string): void;
  /** What was met, in sentences without their stop. */
  notes(): string[];
  /** The verdict with what is to be said of the traffic. */
  verdict(facts: VerdictFacts): Verdict & { recording: Traffic };
}

const keptReasons = 20;
const furtherReasons = 'for further reasons';
const tooEarly = 'they came long before anything showed whose server it is';

/** Makes a pipeline. Its memory does not grow with the traffic. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { apis: known, only, emails } = options;
  const judge = createPassiveJudge(options);
  const servers = createServers();
  const duplicates = createDuplicates();
  const clocks = new Map<number, Clock>();
  const reorder = createReorder<Recorded>();
  const tally: Tally = { entries: 0, judged: 0, foreign: 0, unknown: 0, skipped: {} };
  /** The first server of each API that was met. */
  const urls = new Map<ApiName, string>();
  const own: string[] = [];
  const sockets = { connections: 0, messages: 0 };
  let questions = 0;
  let source: number | undefined;

  const skip = (reason: string): void => {
    const isNew = tally.skipped[reason] === undefined && Object.keys(tally.skipped).length >= keptReasons;
    const key = isNew ? furtherReasons : reason;
    tally.skipped[key] = (tally.skipped[key] ?? 0) + 1;
  };

  const judgeOne = ({ found, exchange, reason, isUnsure, isElsewhere }: Settled): void => {
    if (only?.includes(found.api.name) === false) {
      tally.foreign += 1;
      return;
    }
    if (reason === undefined) tally.judged += 1;
    else skip(reason);
    if (!urls.has(found.api.name)) urls.set(found.api.name, exchange.server);
    if (reason !== undefined) {
      if (isUnsure) judge.takeUnsure(exchange, isElsewhere === true);
      return;
    }
    const clock = clocks.get(exchange.source) ?? createClock();
    clocks.set(exchange.source, clock);
    clock.set(exchange);
    judge.take(exchange);
  };

  const examineOne = (recorded: Recorded): void => {
    const examined = examine(recorded, known, emails);
    if (examined.kind === 'foreign') tally.foreign += 1;
    else if (examined.kind === 'unknown') {
      if ('lost' in recorded.requestBody) skip(`the request body cannot be read: ${recorded.requestBody.lost}`);
      else servers.takeUnknown(examined.found);
    } else if (duplicates.has(recorded)) skip('it was recorded more than once');
    else for (const settled of servers.take(examined, weightOf(recorded))) judgeOne(settled);
  };
  const drain = (): void => {
    for (const waiting of reorder.drain()) examineOne(waiting);
  };

  /** Whether an entry is none that an API could answer; counts those that people may look for. */
  const isAside = ({ method, url, requestHeaders: headers, socketMessages }: Recorded): boolean => {
    if (socketMessages !== undefined) {
      sockets.connections += 1;
      sockets.messages += socketMessages;
      return true;
    }
    if (recognise(known, { method, url, headers, json: undefined }) !== undefined) return false;
    if (method === 'OPTIONS' && recognise(known, { method: 'POST', url, headers, json: undefined })) questions += 1;
    return true;
  };

  const notes = (): string[] => {
    const late = reorder.late();
    return [
      ...own,
      ...[...clocks.values()].flatMap((clock) => clock.notes()),
      ...(late > 0
        ? [`so far out of order that nothing was judged by what came before them: ${counted(late, 'entry', 'entries')}`]
        : []),
      ...countNotes(tally),
      ...servers.foreign().map(foreignNote),
      ...(sockets.connections > 0
        ? [
            `WebSockets are counted, not judged: ${counted(sockets.connections, 'connection')} with ${counted(sockets.messages, 'message')}`,
          ]
        : []),
      ...(questions > 0
        ? [`what browsers ask ahead (OPTIONS), and not judged: ${counted(questions, 'entry', 'entries')}`]
        : []),
      ...judge.notes(),
    ];
  };

  return {
    take(recorded) {
      tally.entries += 1;
      if (isAside(recorded)) {
        tally.foreign += 1;
        return;
      }
      if (options.reorder !== true) {
        examineOne(recorded);
        return;
      }
      // Each recording has an order of its own.
      if (source !== recorded.source) drain();
      source = recorded.source;
      for (const next of reorder.push(recorded, recorded.startedAt ?? Number.NaN, weightOf(recorded))) examineOne(next);
    },
    finish() {
      drain();
      for (const settled of servers.finish()) judgeOne(settled);
      judge.finish();
      tally.unknown = servers.unknown();
      for (const { count } of servers.foreign()) tally.foreign += count;
      if (servers.lost() > 0) tally.skipped[tooEarly] = servers.lost();
    },
    tally: () => tally,
    note: (sentence) => void own.push(sentence),
    notes,
    verdict({ name, strict, startedAt, durationMs }) {
      const met = known.filter((api) => urls.has(api.name));
      const all = met.length > 0 ? met : known;
      const inScope = only === undefined ? all : known.filter((api) => only.includes(api.name));
      const catalogue = inScope.flatMap(({ requirements }) => requirements);
      const redactor = judge.redactor();
      const { allow: _nothingWasSent, ...verdict } = buildVerdict({
        target: {
          name,
          allow: 'destroy',
          urls: Object.fromEntries([...urls].map(([api, server]) => [api, redactor.text(server)])),
        },
        apis: inScope.map((api) => api.name),
        strict,
        catalogue,
        judgements: judge.judgements(catalogue),
        startedAt,
        durationMs,
        requests: tally.judged,
        passive: true,
        ...(tally.judged === 0 && { unjudgedReason: redactor.text(nothingReason(tally)) }),
      });
      return { ...verdict, recording: { ...tally, notes: notes().map((sentence) => redactor.sentence(sentence)) } };
    },
  };
}

function countNotes({ unknown, foreign, skipped }: Tally): string[] {
  return [
    ...(unknown > 0
      ? [`of one of the APIs, but of no documented action: ${counted(unknown, 'entry', 'entries')}`]
      : []),
    ...(foreign > 0 ? [`of none of the APIs judged, and skipped: ${counted(foreign, 'entry', 'entries')}`] : []),
    ...Object.entries(skipped).map(([reason, count]) => `${counted(count, 'exchange')} not judged: ${reason}`),
  ];
}

function foreignNote({ api, server, count }: Foreign): string {
  const where = server === '' ? 'addresses of one of the APIs elsewhere' : `addresses of ${api} (${server})`;
  return `another product's, at ${where} but with no other sign of it: ${counted(count, 'entry', 'entries')}`;
}

/** Why nothing was judged, as a sentence. */
function nothingReason({ entries, foreign, unknown, skipped }: Tally): string {
  if (entries === 0) return 'The traffic holds no exchange: let the client work while it is recorded.';
  if (foreign + unknown === entries)
    return 'None of the exchanges calls a documented action of one of the APIs judged.';
  const reasons = Object.entries(skipped).sort(([, one], [, other]) => other - one);
  const [first, count] = reasons[0] ?? [];
  if (first === undefined) return 'No exchange could be judged.';
  const mend = first.startsWith(somethingElse) ? ' Record the traffic behind it, or with what gets past it.' : '';
  return `No exchange could be judged. ${counted(count ?? 0, 'exchange')}: ${first}.${mend}`;
}
