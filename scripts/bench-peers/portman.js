// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiOf } from './contract.js';
import { runCommand, testsOf } from './tool.js';

const every = { openApiOperation: '*::/*' };
const enabled = { enabled: true };

/** @type {import('./tool.js').Driver} */
export const portman = {
  name: 'Portman with Newman',
  // Portman needs tslib and does not say so.
  packages: { '@apideck/portman': '1.33.0', tslib: '2.8.1', newman: '6.2.2' },
  madeFor: 'contract tests made of an OpenAPI document, run as a Postman collection',
  given:
    'an OpenAPI document with one path an action; its tests of status, content type, JSON and schema; variables assigned from answers hand ids and keys on',
  async prepare({ api, steps, url, schemas, folder, bin }) {
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(openApiOf(schemas, api, steps, url)));
    const taking = steps.filter(({ captures }) => Object.keys(captures).length > 0);
    const config = {
      version: 1,
      tests: {
        contractTests: [
          { ...every, statusSuccess: enabled, contentType: enabled, jsonBody: enabled, schemaValidation: enabled },
        ],
      },
      assignVariables: taking.map(({ action, captures }) => ({
        openApiOperationId: action,
        collectionVariables: Object.entries(captures).map(([name, keys]) => ({
          responseBodyProp: keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : i ? `.${key}` : key)).join(''),
          name,
        })),
      })),
      overwrites: steps.map(({ action, headers }) => ({
        openApiOperationId: action,
        overwriteRequestHeaders: Object.entries(headers).map(([key, value]) => ({
          ...{ key, value, overwrite: true, insert: true },
        })),
      })),
    };
    writeFileSync(join(folder, 'portman.json'), JSON.stringify(config));
    const args = ['-l', 'openapi.json', '-o', 'collection.json', '-c', 'portman.json'];
    await runCommand(bin('portman'), args, folder);
  },
  async run({ folder, bin }) {
    const args = ['run', 'collection.json', '--reporters', 'json', '--reporter-json-export', 'tests.json'];
    const { text } = await runCommand(bin('newman'), [...args, '--timeout-request', '10000'], folder);
    const { run } = JSON.parse(readFileSync(join(folder, 'tests.json'), 'utf8'));
    const tests = run.executions.flatMap((/** @type {any} */ { item, assertions = [] }) =>
      assertions.map((/** @type {any} */ { assertion, error }) => [
        `${item.name}: ${assertion.replace(/^.* - /, '')}`,
        error === undefined,
      ]),
    );
    return testsOf('Newman', tests, text);
  },
};
