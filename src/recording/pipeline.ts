import type { ApiName } from '../exchange/index.js';
import { buildVerdict, type Verdict } from '../verdict/index.js';
import { type Clock, createClock } from './clock.js';
import { toExchange } from './exchange.js';
import { createPassiveJudge, type PassiveOptions } from './judge.js';
import { createReorder } from './order.js';
import { recognise } from './recognise.js';
import type { Kept, Recorded } from './types.js';

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

const keptServers = 20;

/** Makes a pipeline. Its memory does not grow with the traffic. */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { apis: known, only } = options;
  const judge = createPassiveJudge(options);
  const clocks = new Map<number, Clock>();
  const reorder = createReorder<Recorded>();
  const tally: Tally = { entries: 0, judged: 0, foreign: 0, unknown: 0, skipped: {} };
  const servers = new Map<string, ApiName>();
  const own: string[] = [];
  let source: number | undefined;

  const judgeOne = (recorded: Recorded): void => {
    const exchange = toExchange(recorded, known, options.emails);
    if ('kind' in exchange) {
      if (exchange.kind !== 'skipped') {
        tally[exchange.kind] += 1;
        return;
      }
      const { reason, unsure } = exchange;
      tally.skipped[reason] = (tally.skipped[reason] ?? 0) + 1;
      if (unsure !== undefined && (only?.includes(unsure.api) ?? true)) judge.takeUnsure(unsure);
      return;
    }
    if (only !== undefined && !only.includes(exchange.api)) {
      tally.foreign += 1;
      return;
    }
    tally.judged += 1;
    if (servers.size < keptServers) servers.set(exchange.server, exchange.api);
    const clock = clocks.get(exchange.source) ?? createClock();
    clocks.set(exchange.source, clock);
    clock.set(exchange);
    judge.take(exchange);
  };
  const drain = (): void => {
    for (const waiting of reorder.drain()) judgeOne(waiting);
  };

  const notes = (): string[] => {
    const { skipped, foreign, unknown } = tally;
    const late = reorder.late();
    return [
      ...own,
      ...[...clocks.values()].flatMap((clock) => clock.notes()),
      ...(late > 0
        ? [`${late} entries stand so far out of order that nothing was judged by what came before them`]
        : []),
      ...(unknown > 0 ? [`${unknown} entries are of one of the APIs, but of no documented action`] : []),
      ...(foreign > 0 ? [`${foreign} entries are of none of the APIs judged, and skipped`] : []),
      ...Object.entries(skipped).map(([reason, count]) => `${count} exchanges are not judged: ${reason}`),
      ...judge.notes(),
    ];
  };

  return {
    take(recorded) {
      tally.entries += 1;
      if (options.reorder !== true) {
        judgeOne(recorded);
        return;
      }
      const { method, url, requestHeaders: headers } = recorded;
      if (recognise(known, { method, url, headers, json: undefined }) === undefined) {
        tally.foreign += 1;
        return;
      }
      // Each recording has an order of its own.
      if (source !== recorded.source) drain();
      source = recorded.source;
      const weight = weightOf(recorded.requestBody) + weightOf(recorded.response?.body);
      for (const next of reorder.push(recorded, recorded.startedAt ?? Number.NaN, weight)) judgeOne(next);
    },
    finish: drain,
    tally: () => tally,
    note: (sentence) => void own.push(sentence),
    notes,
    verdict({ name, strict, startedAt, durationMs }) {
      const met = known.filter((api) => judge.judged()[api.name] !== undefined);
      const inScope =
        only === undefined ? (met.length > 0 ? met : known) : known.filter((api) => only.includes(api.name));
      const apis = inScope.map((api) => api.name);
      const catalogue = inScope.flatMap(({ requirements }) => requirements);
      const redactor = judge.redactor();
      const urls = Object.fromEntries([...servers].map(([server, api]) => [api, redactor.text(server)]));
      const { allow: _nothingWasSent, ...verdict } = buildVerdict({
        target: { name, allow: 'destroy', urls },
        apis,
        strict,
        catalogue,
        judgements: judge.judgements(catalogue),
        startedAt,
        durationMs,
        requests: tally.judged,
        passive: true,
        ...(tally.judged === 0 && { unjudgedReason: nothingReason(tally) }),
      });
      return { ...verdict, recording: { ...tally, notes: notes().map((sentence) => redactor.sentence(sentence)) } };
    },
  };
}

function weightOf(body: Kept | undefined): number {
  if (body === undefined || 'lost' in body) return 0;
  return 'text' in body ? body.text.length : body.bytes.length;
}

function nothingReason({ entries, foreign, unknown }: Tally): string {
  if (entries === 0) return 'The traffic holds no exchange.';
  if (foreign + unknown === entries)
    return 'None of the exchanges calls a documented action of one of the APIs judged.';
  return 'No exchange could be judged.';
}
