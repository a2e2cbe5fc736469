// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what these tests are about
import { writeFileSync } from 'node:fs';
import { checkSigning, signerFor } from '../../apis/ozeki/signing.js';
import type { ResolvedTarget } from '../../src/target/index.js';
import { targetFromText } from '../apis.js';
import { expect, test } from '../test.js';
import { ozeki, secretEnv } from './samples.js';

const request = {
  method: 'POST',
  url: 'https://staging.example/ozeki/index.php?srv=chatserver&api=chatfriends',
  body: '{"action":"list"}',
  user: 'aa68d2204cb2bb85f2de3b9aad0d86d7',
  station: 's',
  account: { email: 'alice@example.test', apikey: 'key-of-alice', station: 's', signature: 'static-signature' },
};

test.beforeAll(() => {
  process.env.TEST_SIGNING_KEY = 'the key that signs';
});

test.afterAll(() => {
  delete process.env.TEST_SIGNING_KEY;
});

/** A target whose signing module has this text. */
function targetSignedBy(text: string): ResolvedTarget {
  writeFileSync(test.info().outputPath('sign.mjs'), text);
  const file = { name: 'staging', ozeki: { ...ozeki(), signing: { scheme: 'module', path: 'sign.mjs' } } };
  return targetFromText(JSON.stringify(file), test.info().outputPath('staging.json'), secretEnv);
}

test('static signing sends the signature of the account', async () => {
  const target = targetFromText(JSON.stringify({ name: 'staging', ozeki: ozeki() }), 'staging.json', secretEnv);
  await checkSigning(target);
  expect(await signerFor(target)(request)).toBe('static-signature');
});

test('a signing module gets the whole request', async () => {
  const target = targetSignedBy('export default (request) => JSON.stringify(request);');
  expect(JSON.parse(await signerFor(target)(request))).toEqual(request);
});

test('a signing module may answer later', async () => {
  const target = targetSignedBy('export default async ({ user, body }) => `${user}.${body.length}`;');
  await checkSigning(target);
  expect(await signerFor(target)(request)).toBe('aa68d2204cb2bb85f2de3b9aad0d86d7.17');
});

for (const [what, text, sentence] of [
  ['has no default export', 'export const sign = () => "";', 'has no default export that is a function'],
  ['exports no function', 'export default "signature";', 'has no default export that is a function'],
  [
    'throws as it loads',
    `throw new Error('no key: ${secretEnv.ALICE_APIKEY}');`,
    'cannot be loaded: Error: no key: ***.',
  ],
  ['is no JavaScript', 'export default ((', 'cannot be loaded: SyntaxError:'],
  ['imports what is not there', "import './none.mjs';", 'cannot be loaded: Error: Cannot find module'],
] as const) {
  test(`told before a run: a module that ${what}`, async () => {
    const checked = checkSigning(targetSignedBy(text));
    await expect(checked).rejects.toThrow(sentence);
    await expect(checked).rejects.toThrow(/^The signing module .*sign\.mjs \(ozeki\.signing\.path\) [^\n]*$/);
  });
}

for (const [what, text, sentence] of [
  ['throws', `export default () => { throw new Error('with ${secretEnv.BOB_APIKEY}'); };`, 'failed: Error: with ***.'],
  ['throws no error', 'export default () => { throw "x"; };', 'failed: it threw string: x.'],
  ['rejects', 'export default async () => { throw new Error("y"); };', 'failed: Error: y.'],
  [
    'throws another kind',
    'export default () => { throw new RangeError("z\\nsecond line"); };',
    'failed: RangeError: z.',
  ],
  [
    'tells what it was given',
    'export default ({ account, station }) => { throw new Error(`${account.email} ${account.apikey} ${station}`); };',
    `failed: Error: alice@example.test *** ${request.station}.`,
  ],
  [
    'tells all that it was given, encoded',
    'export default (request) => { throw new Error(encodeURIComponent(JSON.stringify(request.account))); };',
    '%22apikey%22%3A%22***%22%2C%22station%22',
  ],
  [
    'tells a key of the environment',
    'export default () => { throw new Error(process.env.TEST_SIGNING_KEY); };',
    'failed: Error: ***.',
  ],
  ['throws what cannot be read', 'export default () => { throw Object.create(null); };', 'failed: it threw object.'],
  ['returns nothing', 'export default () => {};', 'returned undefined: its default export must return a string'],
  ['returns null', 'export default () => null;', 'returned null'],
  ['resolves to a number', 'export default async () => 1;', 'returned number'],
  ['returns a line break', 'export default () => "a\\nb";', 'returned a text with line breaks'],
] as const) {
  test(`told at the first signature: a module that ${what}`, async () => {
    await expect(signerFor(targetSignedBy(text))(request)).rejects.toThrow(sentence);
  });
}
