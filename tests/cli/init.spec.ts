import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packageRoot } from '../../src/root.js';
import { loadTarget, secretsOf } from '../apis.js';
import { expect, test } from '../test.js';

import { command, folder } from './command.js';

for (const apis of ['ozeki', 'genesys', 'relation', 'gms', 'ozeki,genesys,relation,gms']) {
  test(`the starter file for ${apis} is complete once its variables are set`, async () => {
    const ran = await command(['init', '--api', apis]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const file = join(folder(), 'target.json');
    const names = [...ran.out.matchAll(/^ {2}([A-Z_]+)$/gm)].map((match) => match[1] ?? '');
    const target = loadTarget(file, Object.fromEntries(names.map((name) => [name, `value of ${name}`])));
    expect(Object.keys(target.sections)).toEqual(apis.split(','));
    expect(target.allow).toBe('read');
    for (const secret of secretsOf(target)) expect(readFileSync(file, 'utf8')).not.toContain(secret);
    expect(ran.out).toContain('chat-conformance run --target target.json');
  });
}

test('the starter file names the schema that editors read', async () => {
  await command(['init', '--api', 'genesys', '--out', 'staging.json']);
  const file = join(folder(), 'staging.json');
  const { $schema, name } = JSON.parse(readFileSync(file, 'utf8')) as { $schema: string; name: string };
  expect(resolve(dirname(file), $schema)).toBe(join(packageRoot, 'schemas', 'target.json'));
  expect(name).toBe('staging');
});

test('an existing file is overwritten only by force', async () => {
  const file = join(folder(), 'target.json');
  writeFileSync(file, 'mine');
  expect((await command(['init', '--api', 'genesys'])).code).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect((await command(['init', '--api', 'genesys', '--force'])).code).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('genesys');
});
