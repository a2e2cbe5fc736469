import { expect, test } from '@playwright/test';
import { align } from '../../apis/genesys/model/align.js';
import type { Event, Own } from '../../apis/genesys/model/state.js';

const own = (text: string, name = 'Alice', optional = false): Own => ({
  type: 'Message',
  text,
  names: [name],
  optional,
});
const event = (text: string, nickname = 'Alice'): Event => ({
  index: 1,
  type: 'Message',
  text,
  utcTime: 1,
  from: { nickname, participantId: 1, type: 'Client' },
});

test('what must show goes with an event before what may be left out', () => {
  const [may, must] = [own('a', 'Alice', true), own('a')];
  const { pairs, missing } = align([may, must], [event('a')]);
  expect(pairs.map((pair) => pair.own)).toEqual([must]);
  expect(missing).toEqual([]);
});

test('an event goes with what was done under its nickname, where two fit', () => {
  const [before, behind] = [own('a', 'Alice', true), own('a', 'Bob', true)];
  expect(align([before, behind], [event('a', 'Bob')]).pairs.map((pair) => pair.own)).toEqual([behind]);
  expect(align([before, behind], [event('a', 'Carol')]).pairs).toHaveLength(1);
});

test('what does not show is missing, and the first event that goes with nothing is the stray', () => {
  expect(align([own('a'), own('b')], [event('a')]).missing).toEqual([own('b')]);
  expect(align([own('a'), own('b')], [event('b'), event('a')]).stray).toEqual(event('b'));
  expect(align([own('a')], [event('x'), event('a')], ({ text }) => text === 'x').stray).toBeUndefined();
});
