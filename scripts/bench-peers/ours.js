// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand, testsOf } from './tool.js';

const command = fileURLToPath(new URL('../../bin/chat-conformance.js', import.meta.url));

/** @type {import('./tool.js').Driver} */
export const ours = {
  name: 'chat-conformance',
  packages: {},
  madeFor: 'judging servers of these very APIs',
  given: 'the target file that the stub writes; `run --api NAME --no-html`',
  async prepare({ api, target, url, folder }) {
    const { pathname } = new URL(target[api].url);
    const section = { ...target[api], url: `${url}${pathname.replace(/\/$/, '')}` };
    const { name, allow } = target;
    writeFileSync(join(folder, 'target.json'), JSON.stringify({ name, allow, [api]: section }));
  },
  async run({ api, folder }) {
    const args = [command, 'run', '--target', 'target.json', '--api', api, '--no-html', '--reports', 'reports'];
    const { text } = await runCommand(process.execPath, args, folder);
    const { requirements } = JSON.parse(readFileSync(join(folder, 'reports', 'verdict.json'), 'utf8'));
    const judged = requirements.filter((/** @type {any} */ { status }) => status !== 'skip');
    return testsOf(
      'chat-conformance',
      judged.map((/** @type {any} */ { id, status }) => [id, status === 'pass']),
      text,
    );
  },
};
