import fc from 'fast-check';
import { apis } from '../../apis/index.js';
import { userIdOf } from '../../src/rules/index.js';
import { expect, test } from '../test.js';
import {
  add,
  alice,
  type Body,
  bob,
  conversation,
  genesys,
  info,
  judged,
  listOf,
  message,
  ozeki,
  page,
  relation,
  send,
  start,
} from './traffic.js';

test('the decidable requirements are known ones', () => {
  for (const { requirements, recording } of apis) {
    const known = new Set(requirements.map(({ id }) => id));
    const { withoutTimes = [], withoutCredentials = [] } = recording.undecidable ?? {};
    for (const id of [...recording.decidable, ...withoutTimes, ...withoutCredentials]) expect(known).toContain(id);
  }
});

const [m1, m2, m3, m4] = [message('m1', 1), message('m2', 2), message('m3', 3), message('m4', 4)];
const adds = [add(m1, 1), add(m2, 2), add(m3, 3), add(m4, 4)];
const bare = ({ Data: _, ...rest }: Body) => rest;

test('a walk that gives every message once meets the paging requirements', () => {
  const { of, missed } = judged([...adds, page([m3, m4], 10), page([m1, m2, m3], 11, m3), page([m1], 12, m1)]);
  expect(missed).toEqual([]);
  expect(of('OZ-PAGE-5')).toMatchObject({ status: 'pass', judged: 3 });
  expect(of('OZ-PAGE-2').status).toBe('pass');
  expect(of('OZ-ADD-3').status).toBe('pass');
});

test('a message added before the walk that no page gives is lost, with the pages as evidence', () => {
  const { of, missed } = judged([...adds, page([m3, m4], 10), page([m1], 11, m3)]);
  expect(missed).toEqual(['OZ-PAGE-5']);
  const miss = of('OZ-PAGE-5');
  expect(miss.findings?.[0]?.found).toContain(String(m2.ID));
  expect(miss.findings?.[0]?.pages).toHaveLength(3);
  expect(miss.evidence).toHaveLength(2);
});

test('a message that comes again on the next page, and is not the cursor, is doubled', () => {
  const { missed } = judged([...adds, page([m2, m3, m4], 10), page([m1, m2, m3], 11, m2)]);
  expect(missed).toEqual(['OZ-PAGE-3', 'OZ-PAGE-5']);
});

test('the same page asked for twice is no doubling', () => {
  const { missed } = judged([page([m3, m4], 10), page([m1, m2], 11, m3), page([m1, m2], 12, m3), page([m3, m4], 13)]);
  expect(missed).toEqual([]);
});

test('messages of one second that a page break loses are named so', () => {
  const [a, b, c] = [message('a', 2), message('b', 2), message('c', 2)];
  const known = [add(m1, 1), add(a, 2), add(b, 2), add(c, 2), add(m3, 3)];
  const lost = judged([...known, page([c, m3], 10), page([m1], 11, c)]);
  expect(lost.missed.sort()).toEqual(['OZ-PAGE-5', 'OZ-PAGE-6']);
  const kept = judged([...known, page([c, m3], 10), page([m1, a, b], 11, c)]);
  expect(kept.missed).toEqual([]);
  expect(kept.of('OZ-PAGE-6').status).toBe('pass');
});

test('the newest message missing on a first page is a miss of it', () => {
  const { missed } = judged([...adds, page([m2, m3], 10)]);
  expect(missed.sort()).toEqual(['OZ-PAGE-2', 'OZ-PAGE-5']);
});

test('what was added while the walk went on, or by who shares nothing, is not missed', () => {
  const { missed } = judged([
    add(m1, 1),
    add(m2, 2, 'outsider@example.test'),
    add(m3, 3),
    page([m1, m3], 10),
    add(m4, 9.995),
    page([m1], 11, m1),
  ]);
  expect(missed).toEqual([]);
});

test('the two of a conversation of two see the same', () => {
  const { missed } = judged([add(m1, 1, bob), add(m2, 2, bob), add(m3, 3, bob), page([m1, m3], 10)]);
  expect(missed).toEqual(['OZ-PAGE-5']);
});

test('after Clear what was there before may not come back, and is not lost', () => {
  const clear = ozeki({ action: 'clear', at: 20, asked: { conversationid: conversation } });
  const back = judged([...adds, clear, page([m1, m4], 30)]);
  expect(back.missed).toContain('OZ-CLEAR-1');
  expect(back.missed).not.toContain('OZ-PAGE-5');
  const m5 = message('m5', 25);
  const gone = judged([...adds, clear, add(m5, 25), page([m5], 30)]);
  expect(gone.of('OZ-CLEAR-1').status).toBe('pass');
  expect(gone.missed).not.toContain('OZ-PAGE-5');
});

test('a conversation that somebody cleared outside the recording loses nothing', () => {
  const m5 = message('m5', 25);
  expect(judged([...adds, add(m5, 25), page([m5], 30)]).missed).toEqual([]);
});

test('Data that comes back changed is a miss that says how', () => {
  const download = ozeki({
    action: 'download',
    at: 10,
    by: bob,
    asked: { conversationid: conversation, firstmessagedate: m1.Created, firstmessageid: m1.ID },
    answered: { messages: [m1, { ...m2, Data: 'data of' }, m3, m4], reports: [] },
  });
  const { of, missed } = judged([...adds, download]);
  expect(missed).toEqual(['OZ-ADD-3']);
  expect(of('OZ-ADD-3').reason).toContain('it was cut after 7 characters');
  expect(of('OZ-DOWN-1').status).toBe('pass');
});

test('a Download that leaves out what a page gave contradicts it', () => {
  const download = ozeki({
    action: 'download',
    at: 20,
    asked: { conversationid: conversation, firstmessagedate: m1.Created, firstmessageid: m1.ID },
    answered: { messages: [m1, m3, m4], reports: [] },
  });
  expect(judged([page([m1, m2, m3, m4], 10), download]).missed.sort()).toEqual(['OZ-DOWN-1', 'OZ-DOWN-3']);
});

test('long Data is compared too', () => {
  const long = message('long', 5, 'ü'.repeat(30_000));
  const changed = { ...long, Data: 'u'.repeat(30_000) };
  expect(judged([add(long, 5), page([long], 10)]).of('OZ-ADD-3').status).toBe('pass');
  expect(judged([add(long, 5), page([changed], 10)]).missed).toEqual(['OZ-ADD-3']);
});

test('one account has one userid, whatever login it is of', () => {
  const login = (userid: string, at: number) =>
    ozeki({ action: 'login', at, asked: { apikey: 'the-apikey-of-alice' }, answered: { userid } });
  const { of } = judged([login(userIdOf(alice), 1), login(userIdOf(bob), 2)], { emails: [alice, bob] });
  expect(of('OZ-LOGIN-8').status).toBe('warn');
  expect(of('OZ-LOGIN-5').status).toBe('pass');
});

test('List that shows an older last message than the one added last is a miss', () => {
  const shown = { ...(example0() as Body), id: conversation };
  const list = (lastmessageid: unknown) =>
    ozeki({ action: 'list', at: 10, answered: { errormessage: '', conversations: [{ ...shown, lastmessageid }] } });
  expect(judged([...adds, list(m3.ID)]).missed).toContain('OZ-ADD-4');
  expect(judged([...adds, list(m4.ID)]).of('OZ-ADD-4').status).toBe('pass');
  expect(judged([...adds, list('an-id-of-somebody-else')]).of('OZ-ADD-4').status).toBe('skip');
});

function example0(): unknown {
  const users = [userIdOf(alice), userIdOf(bob)].sort();
  return {
    isgroup: false,
    participantids: users,
    participants: users.map((userid) => ({ userid, username: 'A' })),
    displayname: 'YWJj',
    lastreportid: '',
    lastaccess: 1709907168,
    secret: 'YWJj',
    instance: 'ZTZqIV8LS5',
    mutedby: [],
    favoriteby: [],
    hiddenby: [],
    properties: [
      {
        userid: userIdOf(alice),
        ismuted: false,
        isfavorite: false,
        hideid: '',
        listitembackgroundcolor: '#ffffff',
      },
    ],
  };
}

test('whatever the pages, a walk over a sound history misses nothing, and one that drops a message misses it', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 6 });
  fc.assert(
    fc.property(sizes, fc.boolean(), fc.boolean(), fc.nat(), (pages, ascending, inclusive, pick) => {
      const all = Array.from({ length: pages.reduce((a, b) => a + b, 0) }, (_, i) => message(`p${i}`, i));
      const history = all.map((sent, i) => add(sent, i));
      const dropped = 1 + (pick % (all.length - 2));
      const walk = (shown: readonly Body[]) => {
        let end = shown.length;
        let cursor: Body | undefined;
        return pages.map((size, number) => {
          const from = Math.max(0, end - size);
          const items = [...shown.slice(from, end), ...(inclusive && cursor !== undefined ? [cursor] : [])].map(bare);
          const asked = page(ascending ? items : items.reverse(), all.length + 10 + number, cursor);
          cursor = shown[from] ?? cursor;
          end = from;
          return asked;
        });
      };
      // A page of one message shows no direction: one of another conversation does.
      const shows = ozeki({
        action: 'downloadpartial',
        at: -5,
        asked: { lastmessagedate: m4.Created },
        answered: { messages: ascending ? [bare(m1), bare(m2)] : [bare(m2), bare(m1)], reports: [] },
      });
      const must = (ids: string[]) => ids.filter((id) => !id.endsWith('SHOULD'));
      expect(must(judged([shows, ...history, ...walk(all)]).missed)).toEqual([]);
      const without = all.filter((_, i) => i !== dropped);
      expect(judged([shows, ...history, ...walk(without)]).missed).toContain('OZ-PAGE-5');
    }),
    { numRuns: 25 },
  );
});

const event = (index: number, text = `text ${index}`) => ({
  from: { nickname: 'nickname', participantId: 1, type: 'Client' },
  index,
  type: 'Message',
  text,
  utcTime: start + index,
});
const poll = (at: number, transcriptPosition: number | undefined, messages: unknown, more: Body = {}) =>
  genesys({
    action: 'getmessages',
    at,
    asked: { transcriptPosition },
    answered: { messages, chatEnded: false, ...more },
  });

test('polling that yields every event once and unchanged meets its requirements', () => {
  const { of, missed } = judged([
    poll(1, undefined, [event(1), event(2)]),
    poll(2, 3, []),
    poll(3, 3, [event(3)]),
    poll(4, 1, [event(1), event(2), event(3)]),
  ]);
  expect(missed).toEqual([]);
  for (const id of ['GE-MSG-4', 'GE-MSG-7', 'GE-MSG-7-SHOULD', 'GE-MSG-1']) expect(of(id).status).toBe('pass');
});

test('an event that changes, one that is left out and one that is jumped over are misses', () => {
  const first = poll(1, undefined, [event(1), event(2), event(3)]);
  expect(judged([first, poll(2, 2, [event(2, 'other'), event(3)])]).missed).toEqual(['GE-MSG-4']);
  expect(judged([first, poll(2, 2, [event(2)])]).missed.sort()).toEqual(['GE-MSG-1', 'GE-MSG-7']);
  expect(judged([first, poll(2, 4, [event(5)])]).missed.sort()).toEqual(['GE-MSG-1', 'GE-MSG-7']);
});

test('the data of an event may gain members and be turned around, and keeps its values', () => {
  const withData = (userData: Body) => ({ ...event(1), userData });
  const missed = (later: Body) =>
    judged([
      poll(1, undefined, [withData({ 'file-id': 'f1', 'file-name': 'a.png', extra: '1' })]),
      poll(2, 1, [withData(later)]),
    ]).missed;
  expect(missed({ 'file-name': 'a.png', extra: '2', 'file-id': 'f1' })).toEqual([]);
  expect(missed({ 'file-id': 'f2', 'file-name': 'a.png' })).toEqual(['GE-MSG-4']);
});

test('polls that overlap in time do not contradict each other', () => {
  const slow = { ...poll(1, 1, [event(1)]), durationMs: 5000 };
  expect(judged([poll(2, undefined, [event(1), event(2)]), slow]).missed).toEqual([]);
});

const say = (at: number, text: string, more: Body = {}) =>
  genesys({ action: 'sendmessage', at, asked: { text }, ...more });
const said = (index: number, text: string) => event(index, text);

test('a text comes back as it was sent', () => {
  const before = poll(1, undefined, [event(1)]);
  const shown = judged([before, say(2, 'a + b'), poll(3, 2, [said(2, 'a + b')])]);
  expect(shown.missed).toEqual([]);
  expect(shown.of('GE-MSG-6').status).toBe('pass');
  const { missed, of } = judged([before, say(2, 'a + b'), poll(3, 2, [said(2, 'a   b')])]);
  expect(missed).toEqual(['GE-MSG-6']);
  expect(of('GE-MSG-6').findings?.[0]?.message).toContain('the text of the message sent by');
  expect(judged([before, say(2, 'lost'), poll(30, 2, [])]).missed).toEqual(['GE-MSG-6']);
});

test('a text may show late, be refused, be long, or have lost characters in the recording', () => {
  const before = poll(1, undefined, [event(1)]);
  for (const traffic of [
    [say(2, 'late'), poll(3, 2, []), poll(4, 2, [said(2, 'late')])],
    [say(2, 'late'), say(2.1, 'soon'), poll(3, 2, [said(2, 'soon')])],
    [say(2, 'no', { answered: { statusCode: 1 } }), poll(30, 2, [])],
    [say(2, 'x'.repeat(8193)), poll(3, 2, [said(2, 'x'.repeat(4000))])],
    [say(2, '?\ufffd is it?'), poll(3, 2, [said(2, 'żó is it?')])],
    [say(2, '***'), poll(3, 2, [said(2, 'hidden')])],
    [say(2, 'not asked for'), poll(30, 3, [])],
  ])
    expect(judged([before, ...traffic]).missed).not.toContain('GE-MSG-6');
});

test('after Complete a chat is over', () => {
  const complete = genesys({ action: 'complete', at: 5 });
  const late = genesys({ action: 'sendmessage', at: 7 });
  const open = judged([complete, poll(6, undefined, [event(1)]), late]);
  expect(open.missed.sort()).toEqual(['GE-DONE-1-SHOULD', 'GE-MSG-8']);
  const over = judged([
    complete,
    poll(6, undefined, [event(1)], { chatEnded: true }),
    genesys({ action: 'sendmessage', at: 7, answered: { statusCode: 2 } }),
  ]);
  expect(over.missed).toEqual([]);
  expect(over.of('GE-MSG-8').status).toBe('pass');
});

test('two chats have two ids and two keys', () => {
  const request = (at: number, chatId: string, secureKey: string) => {
    const joined = { ...event(1), type: 'ParticipantJoined', text: undefined, utcTime: start + 1000 * at };
    return genesys({
      action: 'requestchat',
      at,
      asked: { nickname: 'nickname' },
      answered: { chatId, path: `/api/v2/chats/${chatId}`, secureKey, messages: [joined] },
    });
  };
  const keys = ['0123456789abcdef', 'fedcba9876543210'] as const;
  expect(judged([request(1, 'a', keys[0]), request(2, 'b', keys[1])]).missed).toEqual([]);
  expect(judged([request(1, 'a', keys[0]), request(2, 'b', keys[0])]).missed).toEqual(['GE-REQ-3-SHOULD']);
  expect(judged([request(1, 'a', keys[0]), request(2, 'a', keys[1])]).missed).toContain('GE-REQ-3');
});

const list = (at: number, ids: readonly number[], maxCreateAt?: number, more: Body = {}) =>
  listOf(
    at,
    ids.map((id) => info(id, more)),
    { limit: `${ids.length}`, ...(maxCreateAt && { maxCreateAt: String(start + 1000 * maxCreateAt) }) },
  );

test('a message sent comes back in List as it was sent, at its time', () => {
  const sound = judged([send(1), send(2), list(5, [2, 1])]);
  expect(sound.missed).toEqual([]);
  for (const id of ['RE-LIST-9', 'RE-LIST-10', 'RE-SEND-1']) expect(sound.of(id).status).toBe('pass');
  expect(judged([send(1), list(5, [1], undefined, { content: 'content' })]).missed).toEqual(['RE-LIST-9']);
  expect(judged([{ ...send(1), startedAt: start + 7_200_000 }, list(9000, [1])]).missed).toEqual(['RE-LIST-10']);
  expect(judged([send(1, { quoteId: '77' }), list(5, [1])]).missed).toEqual(['RE-LIST-11']);
});

test('a walk over List that leaves out what shows before and after has lost it', () => {
  const before = list(10, [5, 4, 3, 2, 1]);
  const short = [list(20, [5, 4]), list(21, [4, 2, 1], 4)];
  const after = list(30, [5, 4, 3, 2, 1]);
  expect(judged([before, list(20, [5, 4]), list(21, [4, 3, 2, 1], 4)]).of('RE-LIST-8').status).toBe('pass');
  const { missed, of } = judged([before, ...short, after]);
  expect(missed).toEqual(['RE-LIST-8']);
  expect(of('RE-LIST-8').evidence).toHaveLength(2);
  // Somebody may have hidden it, in the recording or outside.
  expect(judged([before, ...short]).missed).toEqual([]);
  const hide = relation({ action: 'hide', at: 15, by: bob, asked: { id: '3' }, answered: { data: null } });
  expect(judged([before, hide, ...short, after]).missed).toEqual([]);
});

test('a bound that leaves out the message of its very time, which shows again, is a warning', () => {
  const before = list(10, [3, 2, 1]);
  expect(judged([before, list(20, [2, 1], 3)]).missed).toEqual([]);
  const { of, missed } = judged([before, list(20, [2, 1], 3), list(30, [3, 2, 1])]);
  expect(missed).toEqual(['RE-LIST-6-SHOULD']);
  expect(of('RE-LIST-6-SHOULD').status).toBe('warn');
});

test('characters that a recorder lost of what was sent are not held against the server, those that a server lost are', () => {
  const echo = (content: string, shown: string) =>
    judged([send(1, { content }), list(5, [1], undefined, { content: shown })]).missed;
  expect(echo('hello ???? \ufffd!', 'hello żółć 🎉!')).toEqual([]);
  expect(echo('hello żółć 🎉!', 'hello ???? \ufffd!')).toEqual(['RE-LIST-9']);
  expect(echo('hello ???? !', 'hello !!!! ż')).toEqual(['RE-LIST-9']);
});

test('what bears no token is of nobody', () => {
  const by = (id: number, token: string, sender: string) => [
    {
      ...send(id),
      requestHeaders: send(id).requestHeaders.map(
        ([name, value]) => [name, /^auth/i.test(name) ? token : value] as const,
      ),
    },
    listOf(5 + id, [info(id, { from: sender })], { limit: '1' }, bob),
  ];
  const missed = (token: string) => judged([...by(1, token, 'a'), ...by(2, token, 'b')]).missed;
  expect(missed('Bearer 0123456789')).toContain('RE-LIST-9');
  for (const token of ['', 'Bearer ', 'Bearer <token>', 'Bearer xxxx'])
    expect(missed(token)).not.toContain('RE-LIST-9');
});

test('List shows what was sent under the id that Send answered, and from one sender', () => {
  const renamed = list(5, [1], undefined, { id: '100' });
  expect(judged([send(1), renamed]).missed).toEqual(['RE-SEND-1']);
  const from = (id: number, sender: string) => listOf(5 + id, [info(id, { from: sender })], { limit: '1' }, bob);
  expect(judged([send(1), send(2), from(1, 'a'), from(2, 'a'), list(9, [3])]).missed).toEqual([]);
  expect(judged([send(1), from(1, 'a'), from(1, 'b')]).missed).toEqual(['RE-LIST-9']);
  expect(judged([send(1), send(2), from(1, 'a'), from(2, 'b')]).missed).toEqual(['RE-LIST-9']);
});
