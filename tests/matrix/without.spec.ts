import { expect, test } from '@playwright/test';
import { apis } from '../../apis/index.js';
import { stubTarget } from '../../apis/stub.js';
import { nothingSecret } from '../../matrix/redactor.js';
import type { Api } from '../../src/api/api.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { fetchFrom, withinProcess } from '../../src/stub/serve.js';
import { resolveTarget } from '../../src/target/index.js';
import type { Verdict } from '../../src/verdict/index.js';
import { verdictOn } from './checks.js';
import type { Fetch } from './front.js';
import { handlersWithout } from './lacking.js';

/** The verdict on the server that `fetch` asks, of which the target says what it is without. */
function verdictWithout(api: Api, fetch: Fetch, without?: readonly string[]): Promise<Verdict> {
  const file = { ...structuredClone(stubTarget({ url: withinProcess })) } as Record<string, unknown>;
  const section = file[api.name] as Record<string, unknown>;
  const target = resolveTarget({ ...file, [api.name]: { ...section, without } } as never, 'stub', [api]);
  return verdictOn(api, createEnvironment(target, { apis: [api], fetch, redactor: nothingSecret }));
}

/** The rows that are not met, of an action and of the others, each as a sentence. */
function notMet({ requirements }: Verdict, action: string): [own: string[], others: string[]] {
  const rows = requirements.filter(({ status }) => status !== 'pass');
  const told = (those: typeof rows) => those.map(({ id, status, reason }) => `${id} ${status}: ${reason}`);
  // A requirement on all actions names the one that missed it.
  const isOwn = (row: (typeof rows)[number]) =>
    row.action === action ||
    (row.action === '*' && row.evidence?.some((evidence) => evidence.action === action) === true);
  return [told(rows.filter(isOwn)), told(rows.filter((row) => !isOwn(row)))];
}

/** Every action in the thorough tests; else those that most others need, and one that few need. */
const few = ['mute', 'requestchat', 'sendurl', 'unreadcount'];

for (const api of apis) {
  for (const action of Object.keys(api.actions)) {
    if (process.env.CHAT_CONFORMANCE_TEST_ALL === undefined && !few.includes(action)) continue;

    test(`${api.name} without ${action}: its own rows are missed, and what needs it says so`, async () => {
      test.setTimeout(600_000);
      const server = fetchFrom(handlersWithout(api, action));
      const [own, others] = notMet(await verdictWithout(api, server), action);
      expect(own.filter((row) => !row.includes(' skip: '))).not.toEqual([]);
      expect(others.filter((row) => !row.endsWith(` skip: needs ${action}, which was refused`))).toEqual([]);

      const declared = await verdictWithout(api, server, [action]);
      const absent = `${action}: the target says that this server does not have it ("without")`;
      const rows = notMet(declared, action).flat();
      expect(rows.filter((row) => !row.includes(' skip: ') || !row.endsWith(absent))).toEqual([]);
      expect(declared.verdict).not.toBe('non-conformant');
    });
  }
}
