import { expect, test } from '@playwright/test';
import { HttpResponse, http } from 'msw';
import { apis } from '../../apis/index.js';
import { createStub, stubTarget } from '../../apis/stub.js';
import { createKeeper } from '../../fixtures/suite.js';
import { checksOf } from '../../matrix/checks.js';
import { type Api, named } from '../../src/api/api.js';
import { jsonOf } from '../../src/client/send.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { memoryJournal } from '../../src/journal/journal.js';
import { judge } from '../../src/judge/index.js';
import { recognise } from '../../src/recording/recognise.js';
import { serveHandlers } from '../../src/stub/serve.js';
import { resolveTarget } from '../../src/target/index.js';
import { buildVerdict, type Judgement, type Verdict } from '../../src/verdict/index.js';

/** How a server of each API answers a call of an action that it does not have. */
const refusals: Record<string, object> = {
  ozeki: { status: 'ERROR', errormessage: 'There is no such action' },
  genesys: { statusCode: 1, referenceId: null, errors: [{ code: 221, advice: 'There is no such operation' }] },
  relation: { code: '10112', desc: 'There is no such operation', data: null },
};

/** A stub that refuses every call of one action; `undefined`: of none. */
async function serveWithout(api: Api, action: string | undefined) {
  const refuse = http.all('*', async ({ request }) => {
    const text = await request.clone().text();
    const asked = recognise([api], {
      method: request.method,
      url: request.url,
      headers: [...request.headers],
      json: jsonOf(text),
    });
    return asked?.action === action && action !== undefined ? HttpResponse.json(refusals[api.name]) : undefined;
  });
  return serveHandlers([refuse, ...createStub().handlers]);
}

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
    row.action === action || (row.action === '*' && row.status !== 'skip' && row.reason?.includes(action) === true);
  return [told(rows.filter(isOwn)), told(rows.filter((row) => !isOwn(row)))];
}

/** Every action in the thorough tests; else those that most others need, and one that few need. */
const few = ['mute', 'requestchat', 'sendurl', 'unreadcount'];

for (const api of apis) {
  for (const action of Object.keys(api.actions)) {
    if (process.env.CHAT_CONFORMANCE_TEST_ALL === undefined && !few.includes(action)) continue;

    test(`${api.name} without ${action}: its own rows are missed, and what needs it says so`, async () => {
      test.setTimeout(600_000);
      const server = await serveWithout(named(apis, api.name), action);
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
