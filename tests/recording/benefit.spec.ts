/** What traffic leaves open is not held against the server: bad input that it stored, answers that nobody saw, things sent twice. */

import { relationTexts } from '../../apis/relation/actions.js';
import type { Recorded } from '../../src/recording/index.js';
import { expect, test } from '../test.js';
import {
  add,
  alice,
  type Body,
  bob,
  channelUuid,
  conversation,
  download,
  example,
  info,
  judged,
  listOf,
  message,
  ozeki,
  page,
  relation,
  reportsPage,
  send,
} from './traffic.js';

const unanswered = (entry: Recorded): Recorded => ({ ...entry, response: undefined });
function listed(colour: string, at: number): Recorded {
  const [first] = (example('ozeki', 'list', 'response') as { conversations: Body[] }).conversations;
  const [own] = (first as { properties: Body[] }).properties;
  const answered = { conversations: [{ ...first, properties: [{ ...own, listitembackgroundcolor: colour }] }] };
  return ozeki({ action: 'list', at, answered: { errormessage: '', ...answered } });
}

test('a colour that a client sent against the documentation is not the fault of the server that shows it', () => {
  const sent = ozeki({ action: 'setlistitembackgroundcolor', asked: { color: 'red' } });
  const usual = judged([listed('#ffffff', 1)]).missed;
  const colour = ['OZ-CONV-6'];
  expect(judged([sent, listed('red', 1)]).missed).toEqual(usual);
  expect(judged([sent, listed('blue', 1)]).missed).toEqual(expect.arrayContaining(colour));
  expect(judged([listed('red', 1)]).missed).toEqual(expect.arrayContaining(colour));
  expect(usual).not.toEqual(expect.arrayContaining(colour));
});

for (const [what, changes] of Object.entries({
  'another form of times': { Created: '2024-03-08T14:00:01Z', ValidUntil: '2024-03-09T14:00:01Z' },
  'a validity that ends before it begins': { ValidUntil: '2024-03-01 00:00:00' },
  'a member of another type': { Type: 7 },
})) {
  test(`a message that a client uploaded with ${what} is held against the client, wherever it shows`, () => {
    const odd = { ...message('odd', 1), ...changes };
    const { missed, traffic } = judged([add(odd, 1), add(message('m2', 2), 2), download([odd, message('m2', 2)], 9)]);
    expect(missed).toEqual([]);
    expect(traffic.notes).toEqual([
      expect.stringMatching(/^1 request is not as documented, .*ozeki add, at \/message/),
    ]);
    const others = judged([download([odd, message('m2', 2)], 9)]).missed;
    expect(others).not.toEqual([]);
  });
}

test('a Clear that nobody saw answered may have been carried out, and need not have been', () => {
  const [m1, m2, m3] = [message('m1', 1), message('m2', 2), message('m3', 6)];
  const clear = ozeki({ action: 'clear', at: 4, asked: { conversationid: conversation } });
  const others = [add(m1, 1), add(m2, 2), add(m3, 6)];
  const after = [page([m1, m3], 9), download([m1, m3], 10)];
  expect(judged([...others, ...after]).missed).toContain('OZ-DOWN-1');
  expect(judged([...others, unanswered(clear), ...after]).missed).toEqual([]);
  const broken: Recorded = { ...clear, response: { status: 200, headers: [], body: { text: 'done' } } };
  expect(judged([...others, broken, ...after]).missed).not.toContain('OZ-DOWN-1');
  expect(judged([...others, clear, ...after]).missed).toContain('OZ-CLEAR-1');
});

test('a message ID that was uploaded twice and shows twice is a warning, and no doubling of a walk', () => {
  const twin = message('twin', 1);
  const twice = [add(twin, 1), add({ ...twin, Data: 'other' }, 2)];
  for (const shown of [page([twin, twin], 9), download([twin, twin], 9)]) {
    const { missed, of } = judged([...twice, shown]);
    expect(missed).toEqual(['OZ-ADD-5']);
    expect(of('OZ-ADD-5').status).toBe('warn');
  }
  expect(judged([...twice, page([twin], 9)]).of('OZ-ADD-5').status).toBe('pass');
  expect(judged([add(twin, 1), page([twin, twin], 9)]).missed).toEqual(['OZ-PAGE-5']);
});

const list = (at: number, data: readonly Body[], asked: Body = { limit: '10' }) => listOf(at, data, asked);

test('what a server makes of a limit of nothing is its own affair', () => {
  expect(judged([list(5, [info(2), info(1)], { limit: '0' })]).missed).toEqual([]);
  expect(judged([list(5, [info(2), info(1)], { limit: '1' })]).missed).toEqual(['RE-LIST-5']);
});

test('a List or Send to nobody is to be refused with 10112', () => {
  const nobody = { channelUuid: null, toRelationId: null };
  const refused = (code: string) => ({ code, desc: relationTexts[code] ?? 'no', data: null });
  const listNobody = (answered: Body) => relation({ action: 'list', asked: { limit: '10' }, answered });
  expect(judged([listNobody(refused('10112')), send(1, nobody, refused('10112'))]).missed).toEqual([]);
  expect(judged([listNobody({ data: [] }), send(1, nobody)]).missed).toEqual(['RE-LIST-3', 'RE-SEND-2']);
  expect(judged([listNobody(refused('10120'))]).missed).toEqual(['RE-LIST-3']);
  expect(judged([send(1, nobody, refused('13108'))]).missed).toEqual(['RE-SEND-2']);
  const { of } = judged([listNobody(refused('10100')), send(1, nobody, refused('10110'))]);
  for (const id of ['RE-LIST-3', 'RE-SEND-2']) expect(of(id).status).toBe('skip');
});

test('one sendUuid sent twice that shows as two messages is a warning', () => {
  const again = send(2, { sendUuid: 'uuid-1' });
  const two = [info(2, { sendUuid: 'uuid-1' }), info(1)];
  expect(judged([send(1), again, list(5, two)]).missed).toEqual(['RE-SEND-4']);
  expect(judged([unanswered(send(1)), again, list(5, two)]).missed).toEqual(['RE-SEND-4']);
  expect(judged([send(1), again, list(5, [info(1)])]).of('RE-SEND-4').status).toBe('pass');
  const ofTwo = [info(2, { sendUuid: 'uuid-1', from: 'another' }), info(1)];
  const ofAnother = send(2, { sendUuid: 'uuid-1' }, {}, bob);
  expect(judged([send(1), ofAnother, list(5, ofTwo)]).missed).toEqual([]);
});

test('a second Send that gets the id of the first may have changed the message, or not', () => {
  const again = send(2, { sendUuid: 'uuid-1', content: 'other' }, { data: { id: '1', channelUuid } });
  for (const content of ['content 1', 'other'])
    expect(judged([send(1), again, list(5, [info(1, { content })])]).missed).toEqual([]);
});

test('a Hide that nobody saw answered may have been carried out', () => {
  const hide = unanswered(relation({ action: 'hide', at: 6, asked: { id: '2' }, answered: { data: null } }));
  const before = list(5, [info(3), info(2), info(1)]);
  const without = list(9, [info(3), info(1)]);
  const again = list(12, [info(3), info(2), info(1)]);
  expect(judged([before, without, again]).missed).toEqual(['RE-LIST-8']);
  expect(judged([before, hide, without, again]).missed).toEqual([]);
});

test('a rate limit that is told by a page is a warning, one told by another API is none', () => {
  const busy = (of: Recorded, text: string): Recorded => ({
    ...of,
    response: { status: 429, headers: [['content-type', 'text/html']], body: { text } },
  });
  const ordinary = list(1, [info(1)]);
  expect(judged([ordinary, busy(ordinary, '<html>slow down</html>')]).missed).toEqual(['RE-COM-5']);
  expect(judged([ordinary, busy(ordinary, '')]).missed).toEqual([]);
  expect(judged([busy(ozeki({ action: 'friends' }), '<html>slow down</html>')]).missed).toEqual([]);
});

test('repeats in a walk while messages come are a lesser matter than repeats in a quiet one', () => {
  const [m1, m2, m3] = [message('m1', 1), message('m2', 2), message('m3', 12)];
  const quiet = [add(m1, 1), add(m2, 2), page([m1, m2], 10)];
  const again = page([m2, m1], 15, m1);
  expect(judged([...quiet, again]).missed).toContain('OZ-PAGE-5');
  const moving = judged([...quiet, add(m3, 12), again]);
  expect(moving.missed).toContain('OZ-PAGE-9');
  expect(moving.missed).not.toContain('OZ-PAGE-5');
});

test('a message that was sent again as it was is known by what was sent', () => {
  const [m1, again] = [message('m1', 1), message('m1', 1)];
  const shown = (data: string) => download([{ ...m1, Data: data }], 9);
  expect(judged([unanswered(add(m1, 1)), add(again, 2), shown('other')]).missed).toEqual(['OZ-ADD-3']);
  expect(judged([unanswered(add(m1, 1)), add(again, 2), shown('data of m1')]).missed).toEqual([]);
  expect(judged([unanswered(add({ ...m1, Data: 'other' }, 1)), add(again, 2), shown('other')]).missed).toEqual([]);
});

test('of what took nobody knows how long, only what came long after was asked after it', () => {
  const [m1, m2, m3] = [message('m1', 1), message('m2', 2), message('m3', 3)];
  const untimed = { ...add(m2, 2), durationMs: 0 };
  expect(judged([add(m1, 1), untimed, add(m3, 3), page([m1, m3], 8)]).missed).toEqual([]);
  expect(judged([add(m1, 1), untimed, add(m3, 3), page([m1, m3], 20)]).missed).toEqual(['OZ-PAGE-5']);
  const ofSeconds = { ...add(m2, 2), blurMs: 1000 };
  expect(judged([add(m1, 1), ofSeconds, add(m3, 3), page([m1, m3], 3)]).missed).toEqual([]);
});

test('a message twice in one Download is a miss of it', () => {
  const [m1, m2] = [message('m1', 1), message('m2', 2)];
  expect(judged([download([m1, m2, m2], 9)]).missed).toEqual(['OZ-DOWN-1']);
});

test('what is longer than the documentation speaks of need not come back whole', () => {
  const of = (length: number) => message('long', 1, 'x'.repeat(length));
  const cut = { ...of(0), Data: 'x'.repeat(1000) };
  expect(judged([add(of(70_000), 1), download([cut], 9)]).missed).toEqual([]);
  expect(judged([add(of(60_000), 1), download([cut], 9)]).missed).toEqual(['OZ-ADD-3']);
  const content = (length: number) => send(1, { content: 'x'.repeat(length) });
  const shown = list(5, [info(1, { content: 'x'.repeat(1000) })]);
  expect(judged([content(9000), shown]).missed).toEqual([]);
  expect(judged([content(8000), shown]).missed).toEqual(['RE-LIST-9']);
});

test('what one sees of reports says nothing of what the other sees', () => {
  const report = { ID: 'r1', Type: 'viewed', Created: message('r1', 1).Created };
  const both = (by: string) => [reportsPage([report], 5), reportsPage([], 9, by), reportsPage([report], 12, by)];
  expect(judged(both(bob)).missed).toEqual([]);
  expect(judged(both(alice)).missed).toEqual(['OZ-PAGE-10']);
});
