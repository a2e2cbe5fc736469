import { apis } from '../../apis/index.js';
import { examine, type Recorded } from '../../src/recording/index.js';
import { validateVerdict } from '../../src/schemas/index.js';
import { exitCode } from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import { add, alice, conversation, example, genesys, judged, message, ozeki, relation, start } from './traffic.js';

/** An entry with another answer. */
function answering(entry: Recorded, status: number, text: string, type = 'application/json'): Recorded {
  return { ...entry, response: { status, headers: [['content-type', type]], body: { text } } };
}

const login = ozeki({ action: 'login', asked: { apikey: 'the-apikey-of-alice' } });

test('requirements that no recording decides, and those that this one does not show, are skipped with the reason', () => {
  const { of, verdict } = judged([login]);
  expect(of('OZ-COM-10')).toMatchObject({ status: 'skip', reason: 'not decidable from a recording' });
  expect(of('OZ-ADD-3')).toMatchObject({ status: 'skip', reason: 'no exchange in the recording shows it' });
  expect(of('OZ-LOGIN-1')).toMatchObject({ status: 'pass', judged: 1, missed: 0 });
  expect(verdict.requirements.every(({ api }) => api === 'ozeki')).toBe(true);
  expect(validateVerdict(verdict)).toEqual([]);
  expect(exitCode(verdict)).toBe(0);
});

test('a miss has its exchange as evidence, with the place where it stands', () => {
  const listeners = { udp: 'udp://a:1', ws: 'ws://a:1', wss: 'no' };
  const broken = [1, 2, 3, 4].map((at) => ozeki({ action: 'login', at, answered: { listeners } }));
  const { of, verdict } = judged([login, ...broken]);
  expect(of('OZ-LOGIN-3')).toMatchObject({ status: 'fail', judged: 5, missed: 4 });
  expect(of('OZ-LOGIN-3').evidence?.[0]?.note).toBe(broken[0]?.place);
  expect(validateVerdict(verdict)).toEqual([]);
  expect(exitCode(verdict)).toBe(1);
});

test('nothing to judge is unjudged, with the reason', () => {
  const foreign = { ...login, url: 'https://elsewhere.test/style.css' };
  const { verdict, traffic } = judged([foreign, foreign]);
  expect(verdict).toMatchObject({ verdict: 'unjudged', reason: expect.stringContaining('None of the exchanges') });
  expect(traffic).toMatchObject({ entries: 2, judged: 0, foreign: 2 });
  expect(exitCode(verdict)).toBe(2);
  expect(judged([]).verdict.reason).toBe('The traffic holds no exchange: let the client work while it is recorded.');
});

test('only the APIs asked for are judged', () => {
  const { verdict, traffic } = judged([login, genesys({ action: 'complete' })], { only: ['genesys'] });
  expect(verdict.requirements.every(({ api }) => api === 'genesys')).toBe(true);
  expect(traffic).toMatchObject({ judged: 1, foreign: 1 });
});

test('a refusal, a bad request and an HTML error page are held to no more than a refusal', () => {
  const { missed, of } = judged([
    answering(login, 200, '{"status":"ERROR","errormessage":"no"}'),
    ozeki({ action: 'download', asked: { conversationid: 42 }, answered: { messages: [{}] } }),
    answering(login, 404, '<html>not here</html>', 'text/html'),
  ]);
  expect(missed).toEqual(['OZ-COM-13']);
  expect(of('OZ-COM-13').status).toBe('warn');
});

test('a member of the client alone does not make a call undocumented', () => {
  const { traffic, of } = judged([ozeki({ action: 'login', asked: { apikey: 'the-apikey', lang: 'en' } })]);
  expect(of('OZ-LOGIN-1').status).toBe('pass');
  expect(traffic.notes).toEqual([]);
});

test('requests that are not as documented are said once a kind', () => {
  const { traffic } = judged([1, 2].map((at) => ozeki({ action: 'mute', at, asked: { conversationid: 42 } })));
  expect(traffic.notes).toEqual([
    expect.stringMatching(/^2 requests are not as documented, .*ozeki mute, at \/conversationid/),
  ]);
});

test('what nobody answered, and what a gateway answered, blames nobody', () => {
  const { missed, traffic } = judged([
    login,
    { ...login, response: undefined },
    answering(login, 503, '<html>', 'text/html'),
    answering(login, 302, ''),
    { ...login, requestBody: { lost: 'a body was not recorded' } },
  ]);
  expect(missed).toEqual([]);
  expect(Object.values(traffic.skipped)).toEqual([1, 1, 1, 1]);
});

test('a redacted recording is judged by what it still shows', () => {
  const masked = ozeki({ action: 'login', asked: { apikey: '***' }, answered: { rsakey: '***' } });
  const key = genesys({ action: 'sendmessage', asked: { secureKey: '***' }, answered: { secureKey: '***' } });
  const { of, missed, traffic } = judged([masked, key, answering(login, 200, '"[REDACTED]"')]);
  expect(missed).toEqual([]);
  expect(of('OZ-LOGIN-2').status).toBe('skip');
  expect(of('GE-COM-4').status).toBe('skip');
  expect(of('OZ-LOGIN-3').status).toBe('pass');
  expect(traffic.skipped).toEqual({ 'a body is redacted as a whole': 1 });
});

const opened = (utcTime: number, date?: string): Recorded => {
  const messages = [
    { from: { nickname: 'nickname', participantId: 1, type: 'Client' }, index: 1, type: 'ParticipantJoined', utcTime },
  ];
  const entry = genesys({
    action: 'requestchat',
    asked: { nickname: 'nickname' },
    answered: { chatId: 'a', path: '/api/v2/chats/a', messages },
  });
  const response = entry.response as NonNullable<Recorded['response']>;
  return date === undefined
    ? entry
    : { ...entry, response: { ...response, headers: [...response.headers, ['Date', date]] } };
};

test('times are judged by when they were recorded, not by today', () => {
  expect(judged([opened(start)]).of('GE-MSG-5').status).toBe('pass');
  expect(judged([opened(start + 3_600_000)]).of('GE-MSG-5').status).toBe('fail');
});

test('where the clock of the recording is wrong, the Date of the server counts, and it is said', () => {
  const date = new Date(start + 3_600_000).toUTCString();
  const { of, traffic } = judged([opened(start + 3_600_000, date)]);
  expect(of('GE-MSG-5').status).toBe('pass');
  expect(traffic.notes).toEqual([expect.stringContaining('the clock of the recording is 3600 s behind')]);
  expect(judged([opened(start, date)]).of('GE-MSG-5').status).toBe('fail');
});

test('without any time nothing is judged by time', () => {
  const { of, traffic } = judged([{ ...opened(start + 3_600_000), startedAt: undefined }]);
  expect(of('GE-MSG-5').status).toBe('pass');
  expect(traffic.notes).toEqual([expect.stringContaining('no time is known of 1 exchange')]);
});

test('entries in any order within the window say the same', () => {
  const [m1, m2, m3] = [message('m1', 1), message('m2', 2), message('m3', 3)];
  const download = ozeki({
    action: 'download',
    at: 9,
    asked: { conversationid: conversation, firstmessagedate: m1.Created, firstmessageid: m1.ID },
    answered: { messages: [m1, { ...m3, Data: 'other' }], reports: [] },
  });
  const inOrder = [add(m1, 1), add(m2, 2), add(m3, 3), download];
  const expected = ['OZ-ADD-3', 'OZ-DOWN-1'];
  expect(judged(inOrder).missed).toEqual(expected);
  expect(judged([...inOrder].reverse(), { reorder: true }).missed).toEqual(expected);
});

test('user ids are checked by the addresses that are known', () => {
  const admin = (userid: string) => [ozeki({ action: 'login', answered: { userid } })];
  const known = { emails: ['admin@ozeki.hu'] };
  expect(judged(admin('D574638619CBFF603BF857164C47E850'), known).missed).toEqual(['OZ-COM-5']);
  expect(judged(admin('d574638619cbff603bf857164c47e850'), known).of('OZ-COM-6').status).toBe('pass');
  expect(judged([login], { emails: [alice] }).of('OZ-COM-6').status).toBe('skip');
});

test('no credential of the traffic is in the verdict, wherever it comes up', () => {
  const secrets = {
    apikey: 'apikey-5b1c7d',
    signature: 'signature-88f1ab',
    secureKey: 'c0ffee11deadbeef',
    token: 'token.of-somebody_42',
    apiKey: 'relation-key-9931',
    rsakey: 'rsakey-body-4711',
  };
  const ozekiLogin = ozeki({
    action: 'login',
    asked: { apikey: secrets.apikey },
    answered: { rsakey: secrets.rsakey, errormessage: `${secrets.apikey} ${secrets.signature} ${secrets.token}` },
    headers: { 'Ozeki-Signature': secrets.signature, Cookie: 'session=abcdefghijklmnopqrst' },
  });
  const chat = genesys({
    action: 'sendmessage',
    asked: { secureKey: secrets.secureKey, text: `my key is ${secrets.secureKey}` },
    answered: { statusCode: '0', secureKey: 'another-key-000000', alias: secrets.apiKey },
  });
  const list = relation({ action: 'unreadcount', asked: {}, answered: { data: { unreadCount: secrets.token } } });
  const withToken: Recorded = {
    ...list,
    requestHeaders: [
      ['Authorization', `Bearer ${secrets.token}`],
      ['ApiKey', secrets.apiKey],
    ],
  };
  const { verdict, missed } = judged([ozekiLogin, chat, withToken]);
  expect(missed).toEqual(expect.arrayContaining(['OZ-COM-4', 'OZ-LOGIN-2', 'GE-COM-2', 'GE-COM-4', 'RE-UNREAD-1']));
  const text = JSON.stringify(verdict);
  for (const secret of [...Object.values(secrets), 'another-key-000000', 'abcdefghijklmnopqrst'])
    expect(text).not.toContain(secret);
  expect(validateVerdict(verdict)).toEqual([]);
});

test('the documented exchanges of all APIs become exchanges without a violation', () => {
  const entry = ozeki({ action: 'friends' });
  expect(examine(entry, apis)).toMatchObject({
    kind: 'judged',
    exchange: {
      action: 'friends',
      intent: 'call',
      violations: { request: [], response: [] },
    },
  });
  expect(example('ozeki', 'friends', 'request')).toEqual(expect.objectContaining({ action: 'list' }));
});

test('without any header the type of an answer is not judged, but the rest is', () => {
  const headless = ozeki({ action: 'login', answered: { listeners: { udp: 'udp://a:1', ws: 'ws://a:1', wss: 'no' } } });
  const answers = [headless, genesys({ action: 'complete' }), relation({ action: 'read', answered: { data: 1 } })];
  const { of, missed } = judged(
    answers.map((entry) => ({ ...entry, response: { ...entry.response, headers: [] } as never })),
  );
  expect(missed).toEqual(['OZ-LOGIN-3']);
  expect(of('OZ-COM-1').status).toBe('skip');
  expect(of('RE-COM-1-SHOULD').status).toBe('skip');
  expect(of('GE-COM-1-SHOULD').status).toBe('pass');
  expect(of('OZ-LOGIN-3').evidence?.[0]?.response?.headers).toEqual({});
});

test('the curl line of a miss has a variable behind the scheme, and no header of a body that it does not send', () => {
  const listed = relation({ action: 'list', answered: { data: 'none' } });
  const ofTheWire = [['Content-Length', '0'] as const, ['Accept-Encoding', 'gzip, br'] as const];
  const miss = { ...listed, requestHeaders: [...listed.requestHeaders, ...ofTheWire] };
  const { curl = '' } = judged([miss]).of('RE-COM-1').evidence?.[0] ?? {};
  expect(curl).toContain(`-H "Authorization: Bearer $SOMEBODY_AUTHORIZATION"`);
  expect(curl).toContain('--compressed');
  expect(curl).not.toMatch(/content-length|accept-encoding|\*\*\*/i);
});

test('what was recorded twice is judged once, in one file or in two', () => {
  const opened = genesys({ action: 'requestchat', answered: { chatId: 'a', path: '/api/v2/chats/a' } });
  const again = (changes: Partial<Recorded>): Recorded => ({ ...opened, ...changes });
  for (const twin of [
    again({}),
    again({ source: 1, startedAt: start + 3000 }),
    again({ startedAt: start + 5, isOfWorker: true }),
    again({ source: 1, startedAt: undefined }),
  ]) {
    const { traffic, of } = judged([opened, twin]);
    expect(traffic).toMatchObject({ judged: 1, skipped: { 'it was recorded more than once': 1 } });
    expect(of('GE-REQ-3').status).toBe('pass');
  }
  for (const other of [again({ startedAt: start + 60_000 }), again({ startedAt: start + 1 })])
    expect(judged([opened, other]).missed).toContain('GE-REQ-3');
});

for (const [what, before] of Object.entries({
  'a byte order mark': '\uFEFF',
  'a guard against scripts': ")]}',\n",
  'a zero byte': '\0',
  'a warning': 'Notice: x\n',
})) {
  test(`${what} before the JSON of one answer is missed, as text and as bytes`, () => {
    const text = before + JSON.stringify(example('ozeki', 'login', 'response'));
    for (const body of [{ text }, { bytes: Buffer.from(text) }]) {
      const headers = [['content-type', 'application/json']] as const;
      const broken: Recorded = { ...login, response: { status: 200, headers, body } };
      expect(judged([broken, add(message('m1', 9), 9)]).missed).toEqual(['OZ-COM-2']);
    }
  });
}

test('white space around the JSON is legal, and so is a byte order mark before a request', () => {
  const text = ` \r\n${JSON.stringify(example('ozeki', 'login', 'response'))}\n`;
  const asked = { text: `\uFEFF${(login.requestBody as { text: string }).text}` };
  const { missed, traffic } = judged([{ ...answering(login, 200, text), requestBody: asked }]);
  expect(missed).toEqual([]);
  expect(traffic.judged).toBe(1);
});
