/** One place for one constraint: what a schema decides is missed once, under the requirement that the schema names. */
import { expect, test } from '@playwright/test';
import { validateExchange } from '../../apis/exchange.js';
import { faults as genesysFaults } from '../../apis/genesys/stub/faults/index.js';
import { apiNamed } from '../../apis/index.js';
import { faults as ozekiFaults } from '../../apis/ozeki/stub/faults/index.js';
import { faults as relationFaults } from '../../apis/relation/stub/faults/index.js';
import { type Double, doublesIn } from '../../matrix/doubles.js';
import { drives } from './drive.js';

const faultsOf: Record<string, readonly { id: string; requirement: string; mutation?: unknown }[]> = {
  ozeki: ozekiFaults,
  genesys: genesysFaults,
  relation: relationFaults,
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

  test(`${api}: every requirement that a schema decides has a fault that breaks just it`, async () => {
    test.setTimeout(600_000);
    const unbroken = new Set(namedBy(api));
    for (const { id, requirement } of faults) {
      if (!unbroken.has(requirement)) continue;
      const { missed } = await sayingsOf(api, id);
      if (missed.length === 1) unbroken.delete(missed[0] as string);
    }
    expect([...unbroken]).toEqual([]);
  });

  test(`${api}: no changed answer is missed under two requirements at one place without a reason`, async () => {
    test.setTimeout(600_000);
    const { doubles: explained = {} } = await apiNamed(api).stub();
    const told = new Set<string>();
    for (const { id, mutation } of faults) {
      if (mutation === undefined) continue;
      for (const { path, requirements } of (await sayingsOf(api, id)).doubles) {
        const pair = requirements.join(' ');
        told.add(pair);
        expect(Object.keys(explained), `${id} at ${path}`).toContain(pair);
      }
    }
    expect(Object.keys(explained), 'a reason for what no fault shows').toEqual([...told]);
  });
}
