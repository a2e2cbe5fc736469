import fc from 'fast-check';
import { formFields, formIn, formMembers } from '../../src/exchange/form.js';
import { expect, test } from '../test.js';

const urlEncoded = 'application/x-www-form-urlencoded';

test('objects become fields with the key in brackets, and what is undefined is left out', () => {
  const fields = formFields({ message: 'a', transcriptPosition: 8, alias: undefined, userData: { TimeZone: '-480' } });
  expect(fields).toEqual([
    ['message', 'a'],
    ['transcriptPosition', '8'],
    ['userData[TimeZone]', '-480'],
  ]);
});

test('members of one object come together wherever their fields stand', () => {
  const text = 'userData[a]=1&nickname=A%2BB+C&userData%5Bb%5D=2&nickname=D';
  expect(formIn(text, `${urlEncoded}; charset=UTF-8`)).toEqual({ userData: { a: '1', b: '2' }, nickname: 'D' });
});

test('a member that is called as those of every object is one like others', () => {
  expect(Object.keys(formMembers([['__proto__', 'a']]))).toEqual(['__proto__']);
  expect(Object.keys(formMembers([['x[__proto__]', 'a']]).x as object)).toEqual(['__proto__']);
});

test('nothing but a form is read as one', () => {
  expect(formIn('{"a":1}', 'application/json')).toBeUndefined();
  expect(formIn('a=1')).toBeUndefined();
  expect(formIn('', urlEncoded)).toEqual({});
  expect(formIn('a=1', 'multipart/form-data')).toBeUndefined();
});

const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const member = fc.stringMatching(/^[a-zA-Z]\w{0,8}$/);
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const members = fc.dictionary(member, fc.oneof(text, fc.dictionary(key, text, { minKeys: 1, maxKeys: 3 })), {
  noNullPrototype: true,
});

test('what a form is made of is read from it', async () => {
  await fc.assert(
    fc.asyncProperty(members, async (given) => {
      const fields = formFields(given);
      expect(formIn(new URLSearchParams(fields).toString(), urlEncoded)).toEqual(given);
      const form = new FormData();
      for (const [name, value] of fields) form.append(name, value);
      const parts = new Response(form);
      const type = parts.headers.get('content-type') ?? '';
      // Parts have their line breaks made alike, as HTML wants it.
      const alike = JSON.parse(JSON.stringify(given).replace(/\\r\\n|\\r|\\n/g, '\\r\\n'));
      const isAsciiName = fields.every(([name]) => !/[\r\n"%]/.test(name));
      if (isAsciiName) expect(formIn(await parts.text(), type)).toEqual(fields.length === 0 ? {} : alike);
    }),
  );
});

test('a file in a form has its name for a value, whatever its bytes hold', async () => {
  const form = new FormData();
  form.append('secureKey', 'a');
  form.append('file', new Blob([new Uint8Array([0xff, 13, 10, 13, 10, 45, 45])]), 'a "quoted".png');
  form.append('userData[file-description]', 'text');
  const sent = new Response(form);
  const type = sent.headers.get('content-type') ?? '';
  expect(formIn(await sent.text(), type)).toEqual({
    secureKey: 'a',
    file: 'a "quoted".png',
    userData: { 'file-description': 'text' },
  });
});
