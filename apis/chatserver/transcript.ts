import type { Finding } from '../../src/exchange/index.js';
import { objectOf } from '../../src/passive/json.js';
import { equal } from '../../src/rules/index.js';

type Body = Record<string, unknown>;

/** Events in the order of their indexes; as they come, where one has none. */
export function byIndex(events: readonly Body[]): readonly Body[] {
  if (indexesOf(events) === undefined) return events;
  return events.toSorted((a, b) => Number(a.index) - Number(b.index));
}

/** The indexes of events; `undefined` where one has none, which is a miss of its shape. */
export function indexesOf(events: readonly Body[]): number[] | undefined {
  const indexes = events.map(({ index }) => index);
  return indexes.every((index) => typeof index === 'number') ? (indexes as number[]) : undefined;
}

/** Finds what a read from a position should not have answered, and the event of that position where only later ones came. */
export function positionFindings(indexes: readonly number[], position: number): Finding[] {
  const first = indexes.findIndex((index) => index < position);
  const expected = `the events of index ${position} and above`;
  if (first !== -1)
    return [
      {
        message: 'an event of an index below the transcriptPosition is answered',
        path: `/messages/${first}/index`,
        expected,
        found: `index ${indexes[first]}`,
      },
    ];
  if (indexes.length === 0 || indexes.includes(position)) return [];
  return [
    {
      message: 'the event of the transcriptPosition is left out',
      path: '/messages',
      expected,
      found: `index ${Math.min(...indexes)} and above`,
    },
  ];
}

/** Finds what the first event is, if it is not the client's own joining under the nickname asked for. */
export function joinedFindings(first: Body | undefined, nickname: unknown): Finding[] {
  const from = objectOf(first?.from);
  const shown = { type: first?.type, index: first?.index, from: { nickname: from?.nickname, type: from?.type } };
  const wanted = { type: 'ParticipantJoined', index: 1, from: { nickname, type: 'Client' } };
  return equal(
    shown,
    wanted,
    "messages does not start with the client's own ParticipantJoined of index 1 under the nickname asked for",
    '/messages/0',
  );
}
