// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draft7, schemaOf } from './contract.js';
import { addressOf, filled } from './plan.js';
import { runCommand, testsOf } from './tool.js';

/** @type {import('./tool.js').Driver} */
export const stepci = {
  name: 'Step CI',
  packages: { stepci: '2.8.2' },
  madeFor: 'tests of APIs written down as steps, with captures between them',
  given:
    'a workflow with one step an action, which checks status, content type and JSON Schema; captures hand ids and keys on',
  async prepare({ api, steps: plan, url, schemas, folder }) {
    const steps = plan.map((step) => {
      const names = plan.flatMap(({ captures }) => Object.keys(captures));
      const { action, method, headers, body, captures, ...rest } = filled(
        step,
        Object.fromEntries(names.map((name) => [name, `\${{captures.${name}}}`])),
      );
      const taken = Object.entries(captures).map(([name, keys]) => [name, { jsonpath: pathOf(keys) }]);
      return {
        name: action,
        http: {
          url: url + addressOf({ ...step, ...rest }),
          method,
          headers,
          ...(body && { json: body }),
          ...(taken.length > 0 && { captures: Object.fromEntries(taken) }),
          check: {
            status: 200,
            headers: { 'Content-Type': [{ match: '^application/json' }] },
            schema: draft7(schemaOf(schemas, api, action, 'response')),
          },
        },
      };
    });
    // JSON is YAML too.
    const workflow = { version: '1.1', name: api, config: { continueOnFail: true }, tests: { [api]: { steps } } };
    writeFileSync(join(folder, 'workflow.yml'), JSON.stringify(workflow, null, 1));
  },
  async run({ folder, bin }) {
    const { text } = await runCommand(bin('stepci'), ['run', 'workflow.yml', '--verbose'], folder);
    const [, summary = ''] = text.split(/^Summary$/m);
    const lines = [...summary.matchAll(/^ {2}(\S+) (\S+) (passed|failed|skipped) after/gm)];
    return testsOf(
      'Step CI',
      lines.map(([, , name = '', how]) => /** @type {const} */ ([name, how === 'passed'])),
      text,
    );
  },
};

/** @param {(string | number)[]} keys */
function pathOf(keys) {
  return `$${keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')}`;
}
