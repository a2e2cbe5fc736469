/** Small recordings that recorders, gateways and other products give, each with what is right. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/root.js';
import { exitCode } from '../../src/verdict/index.js';
import { expect, test } from '../test.js';
import { checked } from './files.js';

const check = async (name: string) =>
  checked(name, readFileSync(join(packageRoot, 'tests', 'recording', 'cases', name)));

test('a call that a gateway answered is not judged, and the gateway is named', async () => {
  const { verdict, traffic } = await check('gateway-401.jsonl');
  expect(verdict.verdict).toBe('unjudged');
  expect(exitCode(verdict)).toBe(2);
  expect(verdict.requirements.every(({ api }) => api === 'genesys')).toBe(true);
  expect(traffic).toMatchObject({ entries: 1, judged: 0, foreign: 0 });
  const gateway =
    'something else than the API answered: HTTP 401 with a page titled "Sign in" [WWW-Authenticate: Basic realm="staging", Server: edge]';
  expect(traffic.skipped).toEqual({ [gateway]: 1 });
  expect(verdict.reason).toContain(gateway);
});

test('a transcript given to a request without any credential is a miss', async () => {
  const { verdict, missed, of } = await check('no-credential.jsonl');
  expect(missed).toContain('GE-COM-5');
  expect(of('GE-COM-5').findings?.[0]?.message).toBe('getmessages is served to a request without userId and secureKey');
  expect(of('GE-COM-5').evidence).toHaveLength(1);
  expect(exitCode(verdict)).toBe(1);
});

for (const [name, api] of Object.entries({
  'other-product-chats.jsonl': 'genesys (https://app.case.test)',
  'other-product-messages.jsonl': 'relation (https://shop.case.test)',
})) {
  test(`${name}: another product with the same paths is counted as foreign`, async () => {
    const { verdict, missed, traffic } = await check(name);
    expect(missed).toEqual([]);
    expect(traffic).toMatchObject({ entries: 1, judged: 0, foreign: 1, unknown: 0, skipped: {} });
    expect(traffic.notes).toContain(`another product's, at addresses of ${api} but with no other sign of it: 1 entry`);
    expect(exitCode(verdict)).toBe(2);
  });
}

for (const name of ['lower-case.har', 'query-apart.har']) {
  test(`${name} is read and judged`, async () => {
    const { verdict, missed, traffic } = await check(name);
    expect(traffic).toMatchObject({ entries: 1, judged: 1, foreign: 0, unknown: 0 });
    expect(missed).toEqual([]);
    expect(exitCode(verdict)).toBe(0);
  });
}
