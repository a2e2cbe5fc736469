import { apis } from '../../apis/index.js';
import { stubTarget } from '../../apis/stub.js';
import { nothingSecret } from '../../matrix/redactor.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { explore } from '../../src/explore/index.js';
import { memoryJournal } from '../../src/journal/journal.js';
import { fetchFrom, withinProcess } from '../../src/stub/serve.js';
import { resolveTarget } from '../../src/target/index.js';
import { long } from '../long.js';
import { handlersWithout } from '../matrix/lacking.js';
import { expect, test } from '../test.js';

/** What exploring cannot begin without, and what it says then. */
const basis: Record<string, string> = {
  'ozeki login': 'needs login: the target says that this server does not have it ("without")',
  'ozeki list': 'needs list: the target says that this server does not have it ("without")',
  'genesys requestchat': 'the server has no call that a sequence can begin with',
  'gms requestchat': 'the server has no call that a sequence can begin with',
};

for (const api of apis) {
  test(`${api.name} is explored without any action that the target says is not there`, long, async () => {
    test.setTimeout(120_000);
    for (const action of Object.keys(api.actions)) {
      const file = { ...structuredClone(stubTarget({ url: withinProcess })) } as unknown as Record<string, object>;
      const lacking = { ...file, [api.name]: { ...file[api.name], without: [action] } };
      const target = resolveTarget(lacking as never, 'stub', [api]);
      const fetch = fetchFrom(handlersWithout(api, action));
      const environment = createEnvironment(target, { apis: [api], fetch, redactor: nothingSecret });
      const explored = await explore(api, environment, {
        ...{ budgetMs: 5000, calls: 120, seed: 1, journal: memoryJournal },
      });
      expect([action, explored.stopped, explored.finds, explored.problems]).toEqual([
        action,
        basis[`${api.name} ${action}`],
        [],
        [],
      ]);
    }
  });
}
