import fc from 'fast-check';
import { restRequest } from '../../src/client/rest.js';
import { expect, test } from '../test.js';

const base = 'http://api.test';

test('members fill the path first, then the query of a GET', () => {
  const request = restRequest(
    { method: 'GET', path: '/rooms/{room}/notes' },
    base,
    { room: 'a/b', limit: 3, from: undefined },
    { Key: 'k' },
  );
  expect(request).toEqual({ method: 'GET', url: 'http://api.test/rooms/a%2Fb/notes?limit=3', headers: { Key: 'k' } });
});

test('other members are the JSON body of what is no GET', () => {
  const request = restRequest({ method: 'POST', path: '/rooms/{room}' }, base, { room: 'r', text: 'ä' }, {});
  expect(request).toMatchObject({
    url: 'http://api.test/rooms/r',
    body: '{"text":"ä"}',
    headers: { 'Content-Type': 'application/json' },
  });
});

test('a probe leaves headers out, changes them, or sends a text of its own', () => {
  const row = { method: 'POST', path: '/' } as const;
  const request = restRequest(
    row,
    base,
    {},
    { Key: 'k', Token: 't' },
    { headers: { Key: null, Token: 'x' }, text: '{' },
  );
  expect(request).toMatchObject({ headers: { Token: 'x', 'Content-Type': 'application/json' }, body: '{' });
  expect(request.headers).not.toHaveProperty('Key');
});

test('whatever a member is, the server reads it back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (room, word) => {
      const { url } = restRequest({ method: 'GET', path: '/{room}' }, base, { room, word }, {});
      const read = new URL(url);
      expect(read.searchParams.get('word')).toBe(word);
      if (room !== '.' && room !== '..') expect(decodeURIComponent(read.pathname.slice(1))).toBe(room);
    }),
  );
});
