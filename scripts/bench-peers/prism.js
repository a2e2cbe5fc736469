// @ts-check
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openApiOf } from './contract.js';
import { openFreePort } from './front.js';
import { walk } from './plan.js';
import { begin, end } from './tool.js';

/** @type {import('./tool.js').Driver} */
export const prism = {
  name: 'Prism as a proxy',
  packages: { '@stoplight/prism-cli': '5.16.0' },
  madeFor:
    'mocking an API, and as a proxy marking what passes and does not fit the OpenAPI document; it sends nothing itself',
  given:
    'an OpenAPI document with one path an action; a plain client sends one request an action through it and hands ids and keys on; its packages name Node.js 24.18 as the least, which is not heeded here',
  async prepare({ api, steps, url, schemas, folder }) {
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(openApiOf(schemas, api, steps, url)));
  },
  async run({ steps, url, folder, bin }) {
    const port = await openFreePort();
    const { child, output } = begin(bin('prism'), ['proxy', 'openapi.json', url, '--port', String(port)], folder);
    try {
      for (let left = 600; !output().includes('is listening'); left--) {
        if (left === 0 || child.exitCode !== null) throw new Error(`Prism did not start:\n${output().slice(-800)}`);
        await wait(50);
      }
      const answers = await walk(steps, `http://127.0.0.1:${port}`);
      const violations = answers.map(({ action, headers }) => [action, headers?.get('sl-violations')]);
      writeFileSync(join(folder, 'output.log'), JSON.stringify(violations, null, 1));
      return Object.fromEntries(
        answers.map(({ action, headers }) => [action, headers !== undefined && !headers.has('sl-violations')]),
      );
    } finally {
      end(child);
    }
  },
};
