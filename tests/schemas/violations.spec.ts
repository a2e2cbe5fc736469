import { schemaOf, validateBody } from '../../apis/bodies.js';
import { compiledValidator } from '../apis.js';
import { expect, test } from '../test.js';

const message = {
  id: '1',
  sendUuid: 's',
  channelUuid: 'c',
  createAt: '1665219502000',
  type: 'TEXT',
  from: 'f',
  fromName: null,
  fromAvatar: null,
  content: 'hello',
};

test('a violation names the place, what was expected and what was found', () => {
  const body = {
    status: 'fine',
    errormessage: 7,
    friends: { x: 'X' },
    availabilities: [{ friendid: 'x', friendname: 'X', publickey: 'k' }],
  };
  expect(validateBody('ozeki', 'friends', 'response', body)).toEqual([
    { path: '/status', expected: '"OK"', found: '"fine"', requirement: 'OZ-COM-3' },
    { path: '/errormessage', expected: 'a string', found: '7', requirement: 'OZ-COM-3' },
    {
      path: '/friends/x',
      expected: expect.stringMatching(/^a member name that is 32 lower-case hex digits/),
      found: '"x"',
      requirement: 'OZ-COM-5',
    },
    {
      path: '/availabilities/0/availability',
      expected: 'a member "availability"',
      found: 'nothing',
      requirement: 'OZ-FRIEND-2',
    },
    {
      path: '/availabilities/0/friendid',
      expected: expect.stringMatching(/^32 lower-case hex digits/),
      found: '"x"',
      requirement: 'OZ-COM-5',
    },
  ]);
});

test('a value that fits no alternative is one violation that names them', () => {
  const body = { code: '0', desc: '', data: [{ ...message, quote: 'it' }] };
  expect(validateBody('relation', 'list', 'response', body)).toEqual([
    { path: '/data/0/quote', expected: 'null, or an object', found: '"it"', requirement: 'RE-LIST-1' },
  ]);
  const send = { type: 'TEXT', content: '', sendUuid: '' };
  expect(validateBody('relation', 'send', 'request', send)).toEqual([
    { path: '', expected: 'at least one of "channelUuid", "toRelationId"', found: 'none of them' },
  ]);
});

test('a body of another kind is named as what it is', () => {
  const found = [null, [], [1], {}, 'text', true, undefined].map(
    (body) => validateBody('genesys', 'complete', 'response', body)[0]?.found,
  );
  expect(found).toEqual(['null', 'an empty array', 'an array', 'nothing', '"text"', 'true', 'undefined']);
});

test('long values are shortened and credentials never shown', () => {
  const [long] = validateBody('genesys', 'complete', 'response', { statusCode: 'x'.repeat(5000) });
  expect(long?.found).toBe(`"${'x'.repeat(80)}"… (5000 characters)`);
  const violations = validateBody('ozeki', 'login', 'response', { rsakey: 'very secret' });
  expect(violations).toContainEqual(expect.objectContaining({ path: '/rsakey', found: 'a string of 11 characters' }));
  expect(JSON.stringify(violations)).not.toContain('very secret');
  const [number] = validateBody('ozeki', 'login', 'request', { action: 'login', apikey: 1234 });
  expect(number).toEqual({ path: '/apikey', expected: 'a string', found: 'another type: number' });
});

test('no more than 20 violations, none twice, however many there are', () => {
  const body = { code: '0', desc: '', data: Array.from({ length: 1_000_000 }, () => 0) };
  const violations = validateBody('relation', 'list', 'response', body);
  expect(violations).toHaveLength(20);
  expect(new Set(violations.map(({ path }) => path)).size).toBe(20);
});

test('many violations of one requirement hide none of another', () => {
  const data = Array.from({ length: 40 }, (_, i) => ({ ...message, quote: null, type: i }));
  const violations = validateBody('relation', 'list', 'response', { code: '1', desc: 2, data });
  expect(new Set(violations.map(({ requirement }) => requirement))).toEqual(
    new Set(['RE-COM-2', undefined, 'RE-LIST-1']),
  );
  const users = Array.from({ length: 40 }, () => 'x');
  const body = { status: 'OK', errormessage: '', friendavailabilitesof: users, conversationchangedof: 1 };
  const missed = validateBody('ozeki', 'notification', 'response', body).map(({ requirement }) => requirement);
  expect(new Set(missed)).toEqual(new Set(['OZ-COM-5', 'OZ-NOTIF-1']));
});

test('what is wrong far behind is found as well', () => {
  const data = Array.from({ length: 5000 }, (): object => ({ ...message, quote: null }));
  data[4321] = { ...message, quote: null, type: 7 };
  const violations = validateBody('relation', 'list', 'response', { code: '0', desc: '', data });
  expect(violations).toEqual([{ path: '/data/4321/type', expected: 'a string', found: '7', requirement: 'RE-LIST-1' }]);
});

test('names with a slash or a tilde are escaped in the path', () => {
  const body = { operationName: 'Complete', userId: '', secureKey: '', alias: '1', tenantName: '', 'a/b~c': 1 };
  expect(validateBody('genesys', 'complete', 'request', body)).toMatchObject([{ path: '/a~1b~0c' }]);
});

test('a quote nested 100,000 deep is a violation, not a crash', () => {
  for (const end of [null, 7]) {
    let quote: unknown = end;
    for (let depth = 0; depth < 100_000; depth++) quote = { ...message, quote };
    const violations = validateBody('relation', 'list', 'response', { code: '0', desc: '', data: [quote] });
    expect(violations).toEqual([
      { path: '', expected: 'JSON nested no deeper than can be followed', found: 'nesting too deep to check' },
    ]);
  }
});

test('hostile nesting elsewhere is neither followed nor shown', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
  expect(validateBody('genesys', 'complete', 'response', { statusCode: 0, deep })).toEqual([]);
  expect(validateBody('genesys', 'complete', 'response', { statusCode: deep })).toMatchObject([{ found: 'an array' }]);
  expect(validateBody('genesys', 'complete', 'response', deep)).toMatchObject([{ path: '', found: 'an array' }]);
});

test('a validator is compiled once', () => {
  expect(compiledValidator('ozeki', 'clear', 'response')).toBe(compiledValidator('ozeki', 'clear', 'response'));
  expect(schemaOf('ozeki', 'clear', 'response')).toBe(schemaOf('ozeki', 'clear', 'response'));
});

test('an unknown action is named with the mend', () => {
  expect(() => validateBody('ozeki', 'clean', 'request', {})).toThrow(
    /No schema for the request of ozeki clean\. Add clean\.request\.json to .*ozeki/,
  );
  expect(() => validateBody('ozeki', 'constructor', 'request', {})).toThrow(/No schema/);
});

test('what a string of JSON holds is looked into', () => {
  const upload = {
    ID: 'i',
    Type: 'Message',
    Created: '2024-03-08 14:12:48',
    ValidUntil: '2024-03-15T14:12:48Z',
    Data: '',
  };
  const body = (message: unknown) => ({
    action: 'add',
    conversationid: '8ca16186c36a4e0a1ef2096e6c60b613',
    instance: 'PqjfKSn7V8',
    message,
    clientversioncode: 3,
    timestamp: '2024-03-08 14:12:48',
  });
  const paths = (message: unknown) => validateBody('ozeki', 'add', 'request', body(message)).map(({ path }) => path);
  expect(paths(JSON.stringify(upload))).toEqual(['/message/ValidUntil']);
  expect(paths(JSON.stringify({ ...upload, ValidUntil: '2024-03-15 14:12:48' }))).toEqual([]);
  expect(paths('{"ID":')).toEqual(['/message']);
  expect(paths(upload)).toEqual(['/message']);
});
