/** One place for one constraint: what a schema decides is missed once, under the requirement that the schema names. */

import { validateExchange } from '../../apis/exchange.js';
import { faults as genesysFaults } from '../../apis/genesys/stub/faults/index.js';
import { faults as gmsFaults } from '../../apis/gms/stub/faults/index.js';
import { apiNamed } from '../../apis/index.js';
import { faults as ozekiFaults } from '../../apis/ozeki/stub/faults/index.js';
import { faults as relationFaults } from '../../apis/relation/stub/faults/index.js';
import { type Double, doublesIn } from '../../matrix/doubles.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { drives } from './drive.js';

const faultsOf: Record<string, readonly { id: string; requirement: string; mutation?: unknown }[]> = {
  ozeki: ozekiFaults,
  genesys: genesysFaults,
  relation: relationFaults,
  gms: gmsFaults,
};

/** What passive checks say of every documented call: the requirements missed, and those missed at one place. */
async function sayingsOf(api: string, fault?: string): Promise<{ missed: string[]; doubles: Double[] }> {
  const { exchanges, emails } = (await drives[api]?.(fault === undefined ? [] : [fault])) ?? {
    exchanges: [],
    emails: [],
  };
  const judged = exchanges.flatMap((exchange) => {
    const said = validateExchange(exchange, { emails });
    return said.kind === 'judged' ? [said] : [];
  });
  return {
    missed: [...new Set(judged.flatMap(({ missed }) => missed.map(({ requirement }) => requirement)))],
    doubles: judged.flatMap(({ observations }) => doublesIn(observations)),
  };
}

/** Every requirement that a schema of the API names. */
const namedBy = (api: string) => [
  ...new Set(
    apiNamed(api)
      .schemas.requirements()
      .map(({ requirement }) => requirement),
  ),
];

for (const [api, faults] of Object.entries(faultsOf)) {
  test(`${api}: a schema names rows of its API, and that of a success refuses nothing but what a MUST forbids`, () => {
    const { requirements, schemas } = apiNamed(api);
    expect(schemas.requirements().length).toBeGreaterThan(5);
    for (const { requirement, file } of schemas.requirements()) {
      const row = requirements.find(({ id }) => id === requirement);
      expect(row, `${requirement} in ${file}`).toBeDefined();
      if (!file.endsWith('refusal.response.json')) expect(row?.level, `${requirement} in ${file}`).toBe('MUST');
    }
  });

  test(`${api}: nothing is missed on the healthy stub`, async () => {
    expect(await sayingsOf(api)).toEqual({ missed: [], doubles: [] });
  });

  test(`${api}: a fault is missed once, and one breaks just what a schema decides`, long, async () => {
    test.setTimeout(900_000);
    const { doubles: explained = {} } = await apiNamed(api).stub();
    const told = new Set<string>();
    const unbroken = new Set(namedBy(api));
    const isTold = () => Object.keys(explained).every((together) => told.has(together));
    // The matrix looks for doubles in every fault; here it is enough that some fault shows each of what is explained.
    const decided = ({ requirement }: { requirement: string }) => Number(!unbroken.has(requirement));
    for (const { id, requirement, mutation } of faults.toSorted((a, b) => decided(a) - decided(b))) {
      // What a server decides otherwise shows in several answers; what it writes otherwise, in the one that it writes.
      if (!unbroken.has(requirement) && (mutation === undefined || isTold())) continue;
      const { missed, doubles } = await sayingsOf(api, id);
      const [only, ...others] = missed;
      if (only !== undefined && others.length === 0) unbroken.delete(only);
      for (const { path, requirements } of mutation === undefined ? [] : doubles) {
        const together = requirements.join(' ');
        told.add(together);
        expect(Object.keys(explained), `${id} at ${path}`).toContain(together);
      }
    }
    expect([...unbroken], 'decided by a schema, and broken alone by no fault').toEqual([]);
    expect(Object.keys(explained).toSorted(), 'a reason for what no fault shows').toEqual([...told].toSorted());
  });
}
