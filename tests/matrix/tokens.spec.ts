import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStub, stubTarget } from '../../apis/stub.js';
import { folder } from '../cli/command.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { notMet, outcomesOf, someChecks } from './checks.js';
import { before } from './front.js';

test('tokens that last for twenty-five calls are asked for again, and the API is judged whole', long, async () => {
  test.setTimeout(300_000);
  const { relation } = stubTarget({ url: 'http://127.0.0.1:1' });
  const accounts = [relation?.member, relation?.peer, relation?.outsider, relation?.former].map((account) => ({
    relationId: account?.relationId ?? '',
    token: account?.token ?? '',
  }));
  // The module and the server before the stub share what was given.
  const given: { relationId: string; token: string; left: number }[] = [];
  Object.assign(globalThis, { givenTokens: given });
  const path = join(folder(), 'tokens.mjs');
  writeFileSync(
    path,
    `export default async ({ relationId }) => {
  const token = 'ro.' + relationId.slice(0, 8) + '.' + String(globalThis.givenTokens.length).padStart(24, 'x');
  globalThis.givenTokens.push({ relationId, token, left: 25 });
  return token;
};`,
  );
  const expired = `ro.expired.${createHash('md5')
    .update(accounts[0]?.token ?? '')
    .digest('hex')}`;
  const server = before(createStub().fetch, ({ headers }) => {
    const [scheme = '', sent] = headers.get('authorization')?.split(' ') ?? [];
    const known = given.find(({ token }) => sent === token);
    if (known === undefined) return undefined;
    const real = accounts.find(({ relationId }) => relationId === known.relationId)?.token ?? '';
    const isOver = known.left-- <= 0;
    headers.set('authorization', `${scheme} ${isOver ? expired : real}`);
    return undefined;
  });
  const outcomes = await outcomesOf('relation', server, await someChecks('relation'), ({ relation: section }) => {
    for (const account of [section?.member, section?.peer, section?.outsider, section?.former]) delete account?.token;
    Object.assign(section ?? {}, { tokens: { scheme: 'module', path } });
  });
  expect(notMet(outcomes)).toEqual([]);
  expect(given.length).toBeGreaterThan(10);
});
