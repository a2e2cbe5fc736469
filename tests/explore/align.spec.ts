import { align } from '../../apis/chatserver/model/align.js';
import type { Chat, Event, Own } from '../../apis/chatserver/model/state.js';
import { gmsDialect } from '../../apis/gms/dialect.js';
import { rules } from '../../apis/gms/model/index.js';
import { expect, test } from '../test.js';

const own = (text: string, name = 'Alice', optional = false): Own => ({
  operation: 'say',
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

test('a nickname of another time counts only where it stays: what was done later may not show yet', () => {
  // The events of the names "a" and "b", which need not have been told, and not yet those of "c" and "d".
  const renamed = (names: string[], optional: boolean): Own => ({
    ...{ operation: 'rename', type: 'NicknameUpdated', text: names[1] ?? '', isTextOpen: true },
    ...{ names, optional },
  });
  const own = [
    renamed(['', 'a'], true),
    renamed(['a', 'b'], true),
    renamed(['b', 'c'], false),
    renamed(['c', 'd'], false),
  ];
  const events = ['a', 'b'].map((name, i) => ({ ...event(name, name), index: i + 1, type: 'NicknameUpdated' }));
  const next = { own, events, is: 'open' } as unknown as Chat;
  const rule = rules.find(({ name }) => name === 'events of the client bear the nickname of their time');
  const seen = { action: 'refresh', dialect: gmsDialect, outcome: 'served', isEntitled: true, next };
  const [miss, ...more] = rule?.judge(seen as Parameters<typeof rule.judge>[0]) ?? [];
  expect(miss).toMatchObject({ requirement: 'GMS-NICK-1', mayLag: true });
  expect(more).toEqual([]);
});
