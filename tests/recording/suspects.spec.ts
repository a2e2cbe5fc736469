/** What an answer leaves out at its edge may have been removed by somebody else: it is a miss once it shows again. */

import { formatTimestamp } from '../../src/rules/index.js';
import { expect, test } from '../test.js';
import {
  add,
  type Body,
  conversation,
  download,
  info,
  judged,
  listOf,
  message,
  ozeki,
  page,
  reportsPage,
  start,
} from './traffic.js';

const [m1, m2, m3] = [message('m1', 1), message('m2', 2), message('m3', 3)];
const adds = [add(m1, 1), add(m2, 2), add(m3, 3)];
const from = (first: Body) => ({ firstmessagedate: first.Created, firstmessageid: first.ID });
const from1 = from(m1);
const whole = page([m1, m2, m3], 20);

test('a Download without the message of its first cursor is a miss once that message shows again', () => {
  expect(judged([...adds, download([m2, m3], 10, from1)]).missed).toEqual([]);
  const { missed, of } = judged([...adds, download([m2, m3], 10, from1), whole]);
  expect(missed).toEqual(['OZ-DOWN-1']);
  expect(of('OZ-DOWN-1').evidence).toHaveLength(2);
  expect(of('OZ-DOWN-1').evidence?.[1]?.note).toBe(whole.place);
  expect(judged([...adds, download([], 10, from1), whole]).missed).toEqual(['OZ-DOWN-1']);
  const clear = ozeki({ action: 'clear', at: 5, asked: { conversationid: conversation } });
  expect(judged([...adds, clear, download([], 10, from1), page([], 20)]).missed).not.toContain('OZ-DOWN-1');
});

test('what shows again because it was added again proves nothing', () => {
  const again = add(m1, 15);
  expect(judged([...adds, download([m2, m3], 10, from1), again, whole]).missed).toEqual([]);
});

test('a Download without the reports from its cursor on is a miss once they show again', () => {
  const report = (name: string, at: number): Body => ({ ...message(name, at), Type: 'delivered' });
  const reports = [report('r1', 1), report('r2', 2)];
  const pageOf = (at: number) => reportsPage(reports, at);
  const cursor = { firstreportdate: reports[0]?.Created, firstreportid: reports[0]?.ID };
  const short = [reports[1] as Body];
  expect(judged([pageOf(5), download([], 10, cursor, reports), pageOf(20)]).missed).toEqual([]);
  expect(judged([pageOf(5), download([], 10, cursor, short), pageOf(20)]).missed).toEqual(['OZ-DOWN-1']);
});

test('a walk that ends before the start of what shows again has lost it', () => {
  const walk = [page([m2, m3], 10), page([m2], 11, m2)];
  expect(judged([...adds, ...walk]).missed).toEqual([]);
  expect(judged([...adds, ...walk, download([m1, m2, m3], 20, from1)]).missed).toEqual(['OZ-PAGE-5']);
  expect(judged([...adds, page([m2, m3], 10), page([], 11, m2), whole]).missed).toEqual(['OZ-PAGE-5']);
  expect(judged([...adds, page([], 10), whole]).missed).toEqual(['OZ-PAGE-2', 'OZ-PAGE-5']);
  expect(judged([...adds, page([m2, m3], 10), page([m1, m2], 11, m2), page([m1], 12, m1), whole]).missed).toEqual([]);
});

test('a Download that begins before its cursor, by whatever order, is a miss', () => {
  const from2 = from(m2);
  expect(judged([...adds, download([m1, m2, m3], 10, from2)]).missed).toEqual(['OZ-DOWN-1']);
  expect(judged([...adds, download([m2, m3], 10, from2)]).missed).toEqual([]);
  // A message of the past that arrived later: the order of arrival is legal too.
  const old = { ...m1, ...message('old', -86_400), Data: 'old' };
  expect(judged([...adds, add(old, 4), download([m2, m3, old], 10, from2)]).missed).toEqual([]);
  expect(judged([...adds.slice(1), download([m1, m2, m3], 10, from2)]).missed).toEqual([]);
});

test('what comes back with another Type, time or validity is changed; another time of day is no UTC', () => {
  const missed = (changes: Body) => judged([...adds, download([{ ...m1, ...changes }, m2, m3], 10, from1)]).missed;
  expect(missed({})).toEqual([]);
  expect(missed({ Type: 'message' })).toEqual(['OZ-ADD-3']);
  expect(missed({ ValidUntil: '2024-03-20 00:00:00' })).toEqual(['OZ-ADD-3']);
  expect(missed({ Created: formatTimestamp(start + 2000) })).toEqual(['OZ-ADD-3']);
  expect(missed({ Created: formatTimestamp(start + 1000 - 3_600_000) })).toEqual(['OZ-COM-8']);
});

const list = (at: number, ids: readonly number[], limit = 10, max = 9) =>
  listOf(
    at,
    ids.map((id) => info(id)),
    { limit: String(limit), maxCreateAt: String(start + 1000 * max) },
  );

test('a List shorter than its limit without what shows again is a miss', () => {
  const all = [4, 3, 2, 1];
  expect(judged([list(10, all), list(11, [4, 3])]).missed).toEqual([]);
  expect(judged([list(10, all), list(11, [4, 3]), list(12, all)]).missed).toEqual(['RE-LIST-8']);
  expect(judged([list(10, all), list(11, [4, 3], 2), list(12, all)]).missed).toEqual([]);
  expect(judged([list(10, all), list(11, []), list(12, all)]).missed).toEqual(['RE-LIST-8']);
  expect(judged([list(10, all), list(11, [], 10, 1), list(12, all)]).missed).toEqual([]);
  const many = Array.from({ length: 60 }, (_, i) => 60 - i);
  const capped = [list(100, many, 60, 99), list(101, many.slice(0, 50), 60, 99), list(102, many, 60, 99)];
  expect(judged(capped).missed).toEqual([]);
});
