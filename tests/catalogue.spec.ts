import { actionsOf } from '../apis/bodies.js';
import { catalogue, apis as known, requirementsOf } from '../apis/index.js';
import { faults } from '../apis/stub.js';
import { checksOf } from '../matrix/checks.js';
import type { ApiName } from '../src/exchange/index.js';
import { expect, test } from './test.js';

const apis = Object.keys(catalogue) as ApiName[];
const all = requirementsOf(apis);

test('every requirement has one check, and every check a requirement', async () => {
  const checked = (await Promise.all(known.map(checksOf))).flat().map(({ definition }) => definition.requirement.id);
  expect(checked.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
});

test('ids are unique, name their ref, and belong to their API', () => {
  const prefixes: Record<ApiName, string[]> = {
    ozeki: ['OZ-'],
    genesys: ['GE-'],
    relation: ['RE-', 'RG-'],
    gms: ['GMS-'],
  };
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { id, ref, api } of all)
    expect(
      prefixes[api]?.some((prefix) => id.startsWith(`${prefix}${ref}`)),
      id,
    ).toBe(true);
});

test('every requirement is about an action of its API, or about all', () => {
  for (const { id, api, action } of all) expect([...actionsOf(api), '*'], id).toContain(action);
});

/** Mute is judged with Pin; who follows whom is told by nothing but what a Send to a stranger gets. */
const withoutOwn = ['relation mute', 'relation follow', 'relation unfollow'];

test('every action has a requirement of its own', () => {
  for (const api of apis) {
    for (const action of actionsOf(api).filter((name) => !withoutOwn.includes(`${api} ${name}`)))
      expect(
        all.some((requirement) => requirement.api === api && requirement.action === action),
        `${api} ${action}`,
      ).toBe(true);
  }
});

test('a requirement is one sentence without a full stop', () => {
  for (const { id, title } of all) {
    expect(title, id).toMatch(/^\S.{15,}[^.\s]$/);
    expect(title.length, id).toBeLessThan(200);
  }
});

test('every requirement has a fault that breaks it, and every fault a requirement', () => {
  const broken = new Set(faults.map(({ requirement }) => requirement));
  expect(all.filter(({ id }) => !broken.has(id)).map(({ id }) => id)).toEqual([]);
  const known = new Set(all.map(({ id }) => id));
  expect(faults.filter(({ requirement }) => !known.has(requirement)).map(({ id }) => id)).toEqual([]);
  expect(faults.length).toBeGreaterThanOrEqual(200);
});

test('every ruling is about requirements that are there, which name it with what is held', () => {
  const rulings = known.flatMap(({ name, rulings = [] }) => rulings.map((ruling) => ({ name, ...ruling })));
  expect(new Set(rulings.map(({ id }) => id)).size).toBe(rulings.length);
  for (const { name, id, pages, held, since, requirements } of rulings) {
    expect(id, 'an anchor of the docs').toMatch(new RegExp(`^${name}(-[a-z]+)+$`));
    for (const words of [pages, held]) expect(words, id).toMatch(/^\S.{15,}\.$/s);
    expect(since, id).toMatch(/^\d+\.\d+\.\d+$/);
    expect(requirements.length, id).toBeGreaterThan(0);
    for (const each of requirements) {
      const row = known.flatMap((api) => api.requirements).find((requirement) => requirement.id === each);
      expect(row?.source.rulings, `${id} and ${each}`).toContainEqual({ id, held });
    }
  }
});
