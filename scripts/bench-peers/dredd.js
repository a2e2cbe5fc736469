// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blueprintOf } from './contract.js';
import { runCommand, testsOf } from './tool.js';

/** Hands values of answers on, and writes down how each transaction went. */
const hooksFile = (/** @type {unknown} */ captures) => `
const hooks = require('hooks');
const { writeFileSync } = require('node:fs');
const captures = ${JSON.stringify(captures)};
const values = {};
const filled = (text) => text.replace(/--(\\w+)--|\\{\\{(\\w+)\\}\\}/g, (whole, one, other) => values[one || other] ?? whole);
hooks.beforeEach((transaction) => {
  transaction.fullPath = filled(transaction.fullPath);
  transaction.request.uri = filled(transaction.request.uri);
  transaction.request.body = filled(transaction.request.body || '');
});
hooks.afterEach(({ name, real }) => {
  let answer;
  try { answer = JSON.parse(real.body); } catch { return; }
  for (const [value, keys] of Object.entries(captures[name.split(' ')[0]] || {})) {
    const found = keys.reduce((at, key) => at?.[key], answer);
    if (found !== undefined) values[value] = String(found);
  }
});
hooks.afterAll((transactions) => {
  const tests = transactions.map(({ name, test }) => [name.split(' ')[0], test?.status === 'pass']);
  writeFileSync('tests.json', JSON.stringify(tests));
});
`;

/** @type {import('./tool.js').Driver} */
export const dredd = {
  name: 'Dredd',
  packages: { dredd: '14.1.0' },
  madeFor: 'holding a server to its API description, one transaction after another',
  given: 'an API Blueprint with one transaction an action, its answer by JSON Schema; hooks hand ids and keys on',
  async prepare({ api, steps, schemas, folder }) {
    writeFileSync(join(folder, 'api.apib'), blueprintOf(schemas, api, steps));
    const captures = Object.fromEntries(steps.map((step) => [step.action, step.captures]));
    writeFileSync(join(folder, 'hooks.cjs'), hooksFile(captures));
  },
  async run({ url, folder, bin }) {
    const { text } = await runCommand(bin('dredd'), ['api.apib', url, '--hookfiles=./hooks.cjs'], folder);
    return testsOf('Dredd', readTests(join(folder, 'tests.json')), text);
  },
};

/** @param {string} file @returns {[string, boolean][]} */
function readTests(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}
