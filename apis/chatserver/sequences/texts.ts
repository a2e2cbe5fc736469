import type { Finding } from '../../../src/exchange/index.js';
import type { Outcome } from '../../../src/exchange/outcome.js';
import type { Observation } from '../../../src/passive/types.js';
import { maskPattern } from '../../../src/recording/body.js';
import { isBefore, type Members, type Moment, membersOf, momentOf, textOf } from '../../../src/recording/members.js';
import { headerOf } from '../../../src/recording/message.js';
import { isLossy } from '../../../src/recording/mojibake.js';
import type { RecordedExchange } from '../../../src/recording/types.js';
import { unchanged } from '../../../src/rules/index.js';
import { type Dialect, positionOf } from '../dialect.js';

/** A text that was sent and not yet seen in the transcript. */
interface Text extends Moment {
  text: string;
  /** It shows under a higher index than this. */
  above: number;
  place: string;
}

const keptWaiting = 8;
const keptSent = 100;
/** Longer texts need not come back whole. In bytes. */
const longestText = 8 * 1024;
/** So long an event may take to show, ms. */
const longestDelay = 10_000;

/** Judges that the texts of one chat come back as they were sent. */
export interface Texts {
  /** Takes a text that was sent; `shown` gives the highest index that had shown before. */
  sent(exchange: RecordedExchange, outcome: Outcome, shown: () => number): void;
  /** Judges a read that was served. */
  read(exchange: RecordedExchange, events: readonly Members[]): Observation[];
}

/** Makes a judge that has seen nothing. */
export function createTexts({ operations: { say } }: Dialect, requirement: string): Texts {
  let waiting: Text[] = [];
  /** All texts sent, that none of them is taken for another that was changed. */
  const all = new Set<string>();
  return {
    sent(exchange, outcome, shown) {
      const text = textOf(membersOf(exchange.request.json)[say.member]) ?? '';
      if (text === '' || Buffer.byteLength(text) > longestText || isDecoded(exchange)) return;
      if (all.size < keptSent) all.add(text);
      const isOver = membersOf(exchange.response.json).chatEnded === true;
      if (outcome !== 'served' || exchange.intent !== 'call' || isOver || maskPattern.test(text)) return;
      if (waiting.length < keptWaiting)
        waiting.push({ ...momentOf(exchange), text, above: shown(), place: exchange.place });
    },
    read(exchange, events) {
      const shown = events.filter(({ type, from }) => type === say.type && membersOf(from).type === 'Client');
      const position = positionOf(membersOf(exchange.request.json)) ?? 1;
      const isFull = all.size >= keptSent;
      const judged = waiting.map((one): { one: Text; findings?: Finding[] } => {
        if (shown.some(({ text }) => text === one.text || maskPattern.test(String(text)) || isLossy(one.text, text)))
          return { one, findings: [] };
        if (position > one.above + 1 || !isBefore(one, exchange)) return { one };
        // What nobody sent stands in its place; or it should have shown by now.
        const other = shown.find(({ index, text }) => Number(index) > one.above && !all.has(String(text)));
        const what = `the text of the message sent by ${one.place}`;
        if (other !== undefined && !isFull)
          return { one, findings: unchanged(other.text, one.text, what, '/messages') };
        if (!(exchange.startedAt - one.endedAt > longestDelay)) return { one };
        const found = `none among ${shown.length} messages of the client`;
        return { one, findings: [{ message: `${what} never shows`, path: '/messages', expected: one.text, found }] };
      });
      waiting = judged.filter(({ findings }) => findings === undefined).map(({ one }) => one);
      const findings = judged.flatMap(({ findings = [] }) => findings).slice(0, 3);
      return judged.some((each) => each.findings !== undefined) ? [{ requirement, findings }] : [];
    },
  };
}

/** Whether a recorder wrote a form down decoded: then nobody knows where its fields end. */
function isDecoded({ request: { body = '', headers } }: RecordedExchange): boolean {
  return /urlencoded/i.test(headerOf(headers, 'content-type') ?? '') && /[^!-~]/.test(body);
}
