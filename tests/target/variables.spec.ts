import { apis } from '../../apis/index.js';
import { stubTarget } from '../../apis/stub.js';
import { resolveTarget, targetFromText } from '../../src/target/index.js';
import { variablesOf } from '../../src/target/variables.js';
import { expect, test } from '../test.js';

test('a credential is named by the variable that stands in the target file', () => {
  const file = stubTarget({ url: 'http://127.0.0.1:9' });
  const [pair] = file.ozeki?.pairs ?? [];
  if (pair !== undefined) pair.alice.apikey = `\${KEY_OF_ALICE}`;
  const { variables } = targetFromText(JSON.stringify(file), 'target.json', apis, { KEY_OF_ALICE: 'hush-hush-0123' });
  expect(variables.get('hush-hush-0123')).toBe('KEY_OF_ALICE');
  expect(variables.get(pair?.bob.apikey ?? '')).toBe('BOB_APIKEY');
});

test('each credential of the stub has a name of its own, made of its place', () => {
  const { secrets, variables } = resolveTarget({ ...stubTarget({ url: 'http://127.0.0.1:9' }) }, 'stub', apis);
  expect([...variables.keys()].sort()).toEqual([...secrets].sort());
  const names = [...variables.values()];
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(
    expect.arrayContaining(['ALICE_APIKEY', 'ALICE_2_SIGNATURE', 'OUTSIDER_APIKEY', 'RELATION_APIKEY', 'MEMBER_TOKEN']),
  );
});

test('a header of which evidence shows the name alone is named too', () => {
  const file = { headers: { 'X-Gateway-Key': `\${GATEWAY_KEY}`, 'X-Other': 'plain' } };
  const value = { headers: { 'X-Gateway-Key': 'hush-hush-0123', 'X-Other': 'plain' } };
  expect(Object.fromEntries(variablesOf({ file, value }, ['hush-hush-0123']))).toEqual({
    'hush-hush-0123': 'GATEWAY_KEY',
    'x-gateway-key: ***': 'GATEWAY_KEY',
    'x-other: ***': 'X_OTHER',
  });
});
