import { expect, test } from '@playwright/test';
import { apis } from '../../apis/index.js';
import { stubTarget } from '../../apis/stub.js';
import { checksOf } from '../../matrix/checks.js';
import { createKeeper } from '../../runner/suite.js';
import type { Api } from '../../src/api/api.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { memoryJournal } from '../../src/journal/journal.js';
import { judge } from '../../src/judge/index.js';
import { resolveTarget } from '../../src/target/index.js';
import { buildVerdict, type Judgement, type Verdict } from '../../src/verdict/index.js';
import { serveWithout } from './lacking.js';

/** The verdict on one API, all of whose checks run one after the other. */
async function verdictOn(api: Api, url: string, without?: readonly string[]): Promise<Verdict> {
  const file = { ...structuredClone(stubTarget({ url })) } as Record<string, unknown>;
  const section = file[api.name] as Record<string, unknown>;
  const target = resolveTarget({ ...file, [api.name]: { ...section, without } } as never, 'stub', [api]);
  const environment = createEnvironment(target, { apis: [api] });
  const checks = await checksOf(api);
  const keeper = createKeeper(checks[0]?.suite as never, { api, environment, slot: 0, journal: memoryJournal });
  const judgements: Judgement[] = [];
  for (const { definition } of checks) judgements.push(await judge(definition, keeper as never));
  return buildVerdict({
    target: { name: 'without', allow: 'destroy', urls: {} },
    apis: [api.name],
    strict: false,
    catalogue: api.requirements,
    judgements,
    startedAt: Date.now(),
    durationMs: 1,
    requests: 1,
  });
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
      const server = await serveWithout(api, action);
      try {
        const [own, others] = notMet(await verdictOn(api, server.url), action);
        expect(own.filter((row) => !row.includes(' skip: '))).not.toEqual([]);
        expect(others.filter((row) => !row.endsWith(` skip: needs ${action}, which was refused`))).toEqual([]);

        const declared = await verdictOn(api, server.url, [action]);
        const absent = `${action}: the target says that this server does not have it ("without")`;
        const rows = notMet(declared, action).flat();
        expect(rows.filter((row) => !row.includes(' skip: ') || !row.endsWith(absent))).toEqual([]);
        expect(declared.verdict).not.toBe('non-conformant');
      } finally {
        await server.close();
      }
    });
  }
}
