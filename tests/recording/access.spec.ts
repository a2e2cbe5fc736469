/** What a recording shows of requests without credentials, and what it may have left out. */

import type { Recorded } from '../../src/recording/index.js';
import { expect, test } from '../test.js';
import { add, genesys, info, judged, listOf, message, ozeki, start } from './traffic.js';

const without = (entry: Recorded, ...names: string[]): Recorded => ({
  ...entry,
  requestHeaders: entry.requestHeaders.filter(([name]) => !names.includes(name.toLowerCase())),
});
const masking = (entry: Recorded, name: string): Recorded => ({
  ...entry,
  requestHeaders: entry.requestHeaders.map(([own, value]) => [own, own === name ? '***' : value] as const),
});
const refused = (entry: Recorded, body: unknown): Recorded => ({
  ...entry,
  response: { status: 200, headers: [['content-type', 'application/json']], body: { text: JSON.stringify(body) } },
});
const from = (source: number, entry: Recorded): Recorded => ({ ...entry, source });

const added = (at: number) => add(message(`m${at}`, at), at);
const listed = (at: number) => listOf(at, [info(1)], { limit: '10' });

for (const header of ['ozeki-signature', 'ozeki-station', 'ozeki-user']) {
  test(`an answer to a request without ${header} is a miss where other requests bear it`, () => {
    for (const traffic of [
      [added(1), without(added(2), header)],
      [without(added(1), header), added(2)],
    ]) {
      const { of, missed } = judged(traffic);
      expect(missed).toEqual(['OZ-COM-11']);
      expect(of('OZ-COM-11').findings?.[0]?.message).toBe(`add is served to a request without ${header}`);
      expect(of('OZ-COM-11').evidence).toHaveLength(1);
    }
  });
}

test('headers that no request of a recording bears were left out by the recorder', () => {
  const all = ['ozeki-signature', 'ozeki-station', 'ozeki-user'];
  const { missed, of, traffic } = judged([without(added(1), ...all), without(added(2), ...all)]);
  expect(missed).toEqual([]);
  expect(of('OZ-COM-11').status).toBe('skip');
  expect(traffic.notes).toContain(
    'access was not judged by 2 requests without ozeki-signature: the recording may have left that out',
  );
  expect(judged([without(listed(1), 'authorization'), without(listed(2), 'authorization')]).missed).toEqual([]);
});

test('what one recording bears says nothing of another', () => {
  const bare = without(added(2), 'ozeki-signature');
  expect(judged([from(0, added(1)), from(1, bare)]).missed).toEqual([]);
  expect(judged([from(1, added(1)), from(1, bare)]).missed).toEqual(['OZ-COM-11']);
});

test('a masked credential is one, and shows that the recorder keeps them', () => {
  const masked = masking(added(1), 'Ozeki-Signature');
  expect(judged([masked, masking(added(2), 'Ozeki-Signature')]).missed).toEqual([]);
  expect(judged([masked, without(added(2), 'ozeki-signature')]).missed).toEqual(['OZ-COM-11']);
});

test('a refusal of who bears nothing meets the requirement', () => {
  const error = refused(without(added(2), 'ozeki-user'), { status: 'ERROR', errormessage: 'who are you' });
  expect(judged([added(1), error]).of('OZ-COM-11').status).toBe('pass');
  const { of } = judged([
    listed(1),
    refused(without(listed(2), 'authorization'), { code: '10101', desc: 'token error', data: null }),
  ]);
  expect(of('RE-COM-3').status).toBe('pass');
  expect(of('RE-COM-4').status).toBe('skip');
});

test('a refusal that holds data lets in all the same', () => {
  const leak = { code: '10101', desc: 'token error', data: [info(1)] };
  expect(judged([listed(1), refused(without(listed(2), 'authorization'), leak)]).missed).toContain('RE-COM-3');
});

test('a token left out is a MUST, an ApiKey left out a SHOULD', () => {
  expect(judged([listed(1), without(listed(2), 'authorization')]).missed).toEqual(['RE-COM-3']);
  const { missed, of } = judged([listed(1), without(listed(2), 'apikey')]);
  expect(missed).toEqual(['RE-COM-4']);
  expect(of('RE-COM-4').status).toBe('warn');
});

test('a login without an apikey is to be refused', () => {
  const login = (at: number, apikey?: string) => ozeki({ action: 'login', at, asked: { apikey } });
  expect(judged([login(1, 'the-apikey'), login(2)]).missed).toEqual(['OZ-LOGIN-6']);
  expect(judged([login(1, 'the-apikey'), refused(login(2), { status: 'ERROR', errormessage: 'no' })]).missed).toEqual(
    [],
  );
});

const sent = (at: number, asked = {}, answered = {}) => genesys({ action: 'sendmessage', at, asked, answered });

test('a chat that serves a request without its key is a miss, unless a redactor may have taken it', () => {
  const bare = sent(2, { secureKey: undefined });
  expect(judged([bare]).missed).toEqual(['GE-COM-5']);
  expect(judged([sent(1), bare]).missed).toEqual(['GE-COM-5']);
  const masked = genesys({ action: 'sendmessage', at: 1, chat: 'b', asked: { text: '***', secureKey: undefined } });
  expect(judged([masked, bare]).missed).toEqual([]);
  expect(judged([sent(1, { secureKey: '***' }, { secureKey: '***' }), bare]).missed).toEqual(['GE-COM-5']);
  expect(judged([sent(1, { secureKey: '***' }, { secureKey: '***' })]).missed).toEqual([]);
  expect(judged([refused(bare, { statusCode: 2 })]).of('GE-COM-5').status).toBe('pass');
});

test('credentials are hidden in whatever way, and show nothing then', () => {
  for (const mask of [
    'xxxxxxxx',
    '••••••',
    '<removed>',
    '{{secureKey}}',
    '[hidden]',
    'FILTERED',
    'b30e…',
    'sha256:04f1',
  ])
    expect(judged([opened, sent(1, { secureKey: mask }), sent(2, {}, { secureKey: mask })]).missed).toEqual([]);
  expect(judged([opened, sent(1, { secureKey: 'hidden key' })]).missed).toContain('GE-COM-5');
});

test('a body without its key says nothing where no body bears a credential', () => {
  const bare = sent(1, { secureKey: undefined }, { secureKey: undefined });
  expect(judged([bare]).missed).not.toContain('GE-COM-5');
  expect(judged([bare, sent(2)]).missed).toContain('GE-COM-5');
});

const opened = genesys({
  action: 'requestchat',
  asked: { nickname: 'nickname' },
  answered: {
    chatId: 'chat1',
    path: '/api/v2/chats/chat1',
    messages: [
      {
        from: { nickname: 'nickname', participantId: 1, type: 'Client' },
        index: 1,
        type: 'ParticipantJoined',
        utcTime: start,
      },
    ],
  },
});

test('a key that no answer of a chat gave is to be refused, where the recording shows its opening', () => {
  const wrong = (secureKey: string, at = 3) => sent(at, { secureKey }, { secureKey });
  expect(judged([opened, sent(1), wrong('feedfeedfeedfeed')]).missed).toEqual(['GE-COM-5']);
  expect(
    judged([opened, sent(1, {}, { userId: 'user1' }), sent(2, { userId: 'user2' }, { userId: 'user2' })]).missed,
  ).toEqual(['GE-COM-5']);
  expect(judged([sent(1), wrong('feedfeedfeedfeed')]).missed).toEqual([]);
  expect(judged([opened, refused(wrong('feedfeedfeedfeed'), { statusCode: 2 })]).of('GE-COM-5').status).toBe('pass');
});

test('a key that an answer changed, or may have changed unseen, is the right one', () => {
  const changed = sent(1, {}, { secureKey: 'feedfeedfeedfeed' });
  const next = sent(3, { secureKey: 'feedfeedfeedfeed' }, { secureKey: 'feedfeedfeedfeed' });
  expect(judged([opened, changed, next]).missed).toEqual(['GE-COM-4']);
  expect(judged([opened, { ...sent(1), response: undefined }, next]).missed).toEqual([]);
});
