// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiOf } from './contract.js';
import { capture, filled, walk } from './plan.js';
import { runCommand, testsOf } from './tool.js';

/** Longer ones let it run without an end. */
const longestPattern = 120;

/** @type {import('./tool.js').Driver & { whyNot: () => string | undefined }} */
export const specmatic = {
  name: 'Specmatic',
  packages: { specmatic: '2.55.1' },
  madeFor: 'contract tests and stubs made of an OpenAPI document with examples',
  given:
    'an OpenAPI document with one path an action, and an example an action; it hands no member of a body on, so the bench makes the calls that give ids and keys before each run and writes them into the examples (those calls are not counted); what it cannot read of the schemas is left out: patterns of more than 120 characters, numbers in an `enum`, `anyOf` in requests',
  whyNot: () => (spawnSync('java', ['-version']).status === 0 ? undefined : 'it needs Java, and there is none here'),
  async prepare({ api, steps, url, schemas, folder, answers }) {
    /** @type {Record<string, string>} */
    const values = {};
    const giving = steps.filter(({ captures }) => Object.keys(captures).length > 0);
    for (const { step, text } of await walk(giving, url)) {
      try {
        capture(step, JSON.parse(text ?? ''), values);
      } catch {
        // What is no JSON hands nothing on.
      }
    }
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(readable(openApiOf(schemas, api, steps, url))));
    mkdirSync(join(folder, 'examples'));
    for (const [i, step] of filled(steps, values).entries()) {
      const { action, method, path, query, headers, body } = step;
      const example = {
        'http-request': { method, path, query, headers, ...(body && { body }) },
        'http-response': { status: 200, headers: { 'Content-Type': 'application/json' }, body: answers[i] },
      };
      writeFileSync(join(folder, 'examples', `${action}.json`), JSON.stringify(example));
    }
  },
  async run({ url, folder, bin }) {
    const args = [
      'test',
      'openapi.json',
      `--testBaseURL=${url}`,
      '--examples=examples',
      '--strict',
      '--junitReportDir=junit',
    ];
    const { text } = await runCommand(bin('specmatic'), args, folder);
    return testsOf('Specmatic', readJunit(join(folder, 'junit')), text);
  },
};

/** What Specmatic can read of a document. @param {any} document */
function readable(document) {
  /** @param {any} node */
  const mend = (node) => {
    if (typeof node !== 'object' || node === null) return;
    if (node.pattern?.length > longestPattern) delete node.pattern;
    // A slash at the beginning passes for a delimiter.
    else if (typeof node.pattern === 'string') node.pattern = node.pattern.replace(/^\^\//, '^[/]');
    if (Array.isArray(node.enum) && node.enum.some((/** @type {unknown} */ each) => typeof each === 'number'))
      delete node.enum;
    if (node.type === 'array') node.items ??= {};
    // It refuses what a schema does not name, unless told; in JSON Schema that is legal.
    if (node.type === 'object') node.additionalProperties ??= true;
    for (const each of Object.values(node)) mend(each);
  };
  mend(document);
  for (const operations of Object.values(document.paths)) {
    for (const { requestBody } of Object.values(operations)) {
      const { schema } = requestBody?.content['application/json'] ?? {};
      delete schema?.anyOf;
      delete schema?.dependentRequired;
    }
  }
  return document;
}

/** @param {string} folder @returns {[string, boolean][]} */
function readJunit(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.xml'));
  const cases = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('<testcase').slice(1));
  return cases.flatMap((text) => {
    const example = /from the example &apos;(\w+)&apos;|from the example '(\w+)'/.exec(text);
    const name = example?.[1] ?? example?.[2];
    return name === undefined ? [] : [[name, !/<(failure|error)\b/.test(text)]];
  });
}
