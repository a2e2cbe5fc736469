import { apis } from '../../apis/index.js';
import { stubTarget } from '../../apis/stub.js';
import { nothingSecret } from '../../matrix/redactor.js';
import type { Api } from '../../src/api/api.js';
import { createEnvironment } from '../../src/environment/environment.js';
import type { Requirement } from '../../src/requirements/types.js';
import { fetchFrom, withinProcess } from '../../src/stub/serve.js';
import { resolveTarget } from '../../src/target/index.js';
import type { Verdict } from '../../src/verdict/index.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { thorough } from '../thorough.js';
import { verdictOn } from './checks.js';
import type { Fetch } from './front.js';
import { handlersWithout } from './lacking.js';

/** A server without an action, and which requirements it is judged by. */
interface Lacking {
  api: Api;
  fetch: Fetch;
  isMeant(requirement: Requirement): boolean;
}

/** The verdict on a server of which the target says what it is without. */
function verdictWithout({ api, fetch, isMeant }: Lacking, without?: readonly string[]): Promise<Verdict> {
  const file = { ...structuredClone(stubTarget({ url: withinProcess })) } as Record<string, unknown>;
  const section = file[api.name] as Record<string, unknown>;
  const target = resolveTarget({ ...file, [api.name]: { ...section, without } } as never, 'stub', [api]);
  return verdictOn(api, createEnvironment(target, { apis: [api], fetch, redactor: nothingSecret }), isMeant);
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

/** Every action and check in the thorough tests; else actions that most others need, and one that few need. */
const few = ['mute', 'requestchat', 'sendurl', 'unreadcount'];

/** Topics whose checks send many actions, for all of them are asked the same; the others, only where they are about the action. */
const broad = ['shape', 'ids', 'access', 'robustness'];

for (const api of apis) {
  for (const action of Object.keys(api.actions)) {
    if (!thorough && !few.includes(action)) continue;

    test(`${api.name} without ${action}: its own rows are missed, and what needs it says so`, long, async () => {
      test.setTimeout(600_000);
      const server: Lacking = {
        api,
        fetch: fetchFrom(handlersWithout(api, action)),
        isMeant: (requirement) => thorough || broad.includes(requirement.topic) || requirement.action.endsWith(action),
      };
      const [own, others] = notMet(await verdictWithout(server), action);
      expect(own.filter((row) => !row.includes(' skip: '))).not.toEqual([]);
      expect(others.filter((row) => !row.endsWith(` skip: needs ${action}, which was refused`))).toEqual([]);

      const declared = await verdictWithout(server, [action]);
      const absent = `${action}: the target says that this server does not have it ("without")`;
      const rows = notMet(declared, action).flat();
      expect(rows.filter((row) => !row.includes(' skip: ') || !row.endsWith(absent))).toEqual([]);
      expect(declared.verdict).not.toBe('non-conformant');
    });
  }
}
