import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledSchema, openApiDocument } from '../../apis/bodies.js';
import { command, folder } from '../cli/command.js';
import { expect, test } from '../test.js';

const json = (file: string): unknown => JSON.parse(readFileSync(join(folder(), file), 'utf8'));

test('export openapi writes a document an API', async () => {
  const ran = await command(['export', 'openapi', '--out', 'made/openapi']);
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out).toContain('Wrote made/openapi/ozeki.openapi.json.');
  expect(readdirSync(join(folder(), 'made/openapi')).sort()).toEqual([
    'genesys.openapi.json',
    'gms.openapi.json',
    'ozeki.openapi.json',
    'relation.openapi.json',
  ]);
  expect(json('made/openapi/relation.openapi.json')).toEqual(openApiDocument('relation'));
});

test('export schemas writes a folder an API, of the APIs named alone', async () => {
  const ran = await command(['export', 'schemas', '--api', 'genesys', '--out', 'contract']);
  expect(ran).toMatchObject({ code: 0, out: 'Wrote 19 schemas into contract/genesys.', err: '' });
  expect(json('contract/genesys/complete.response.json')).toEqual(bundledSchema('genesys', 'complete', 'response'));
  expect(existsSync(join(folder(), 'contract/ozeki'))).toBe(false);
});

test('mistakes are told in a sentence', async () => {
  writeFileSync(join(folder(), 'taken'), 'a file');
  const taken = await command(['export', 'schemas', '--out', 'taken']);
  expect(taken.code).toBe(2);
  expect(taken.err).toMatch(/^chat-conformance: --out taken\/.*: a file stands in its place\. Name a folder/);
  const unknown = await command(['export', 'openapi', '--api', 'ozek']);
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('Did you mean ozeki?');
  expect((await command(['export'])).code).toBe(2);
});
