import { casesOf } from '../../matrix/cases.js';
import { grouped, halvesOf, membersOf } from '../../matrix/groups.js';
import type { CaseResult } from '../../matrix/types.js';
import { stubs } from '../apis.js';
import { expect, test } from '../test.js';

const variants = casesOf(stubs).filter(({ kind }) => kind === 'variant');
const groups = grouped(variants, stubs);

test('every variant is tried once, with others that touch nothing of what it touches', () => {
  const members = groups.flatMap((group) => group.members ?? [group]);
  expect(members.map(({ id }) => id).sort()).toEqual(variants.map(({ id }) => id).sort());
  expect(groups.length).toBeLessThan(variants.length / 2);
  for (const { api, members: together = [] } of groups) {
    const part = stubs.find((candidate) => candidate.api === api);
    const touched = together.flatMap(({ id }) => part?.touchedBy(id) ?? []);
    expect(new Set(touched).size).toBe(touched.length);
    expect(together.map((member) => member.api)).toEqual(together.map(() => api));
  }
});

test('variants that miss something go together with few others, which miss something else', () => {
  const missing = groups.filter(({ members = [] }) => members.some(({ warns }) => warns !== undefined));
  expect(missing).not.toEqual([]);
  for (const { warns = [], members = [] } of missing) {
    expect(members.length).toBeLessThanOrEqual(4);
    expect(members.flatMap((member) => member.warns ?? ['none'])).toEqual(warns);
    expect(new Set(warns).size).toBe(warns.length);
  }
});

test('where a group is not clean, its halves are tried', () => {
  const [group] = groups.filter(({ members = [] }) => members.length > 2);
  if (group === undefined) throw new Error('no variants go together');
  const halves = halvesOf(group);
  expect(halves).toHaveLength(2);
  expect(halves.flatMap((half) => half.members ?? [half])).toEqual(group.members);
  expect(halves.map(({ id }) => id).join(' ')).toBe(group.id);
});

test('a clean group is said of each of its variants, with the others', () => {
  const group = groups.find(({ members = [] }) => members.length > 1);
  if (group === undefined) throw new Error('no variants go together');
  const result: CaseResult = {
    ...group,
    misses: [],
    localised: false,
    outcome: 'clean',
    checks: 3,
    requests: 9,
    durationMs: 1,
  };
  const ids = group.members?.map(({ id }) => id) ?? [];
  const said = membersOf(result);
  expect(said.map(({ id }) => id)).toEqual(ids);
  for (const { id, outcome, triedWith } of said) {
    expect(outcome).toBe('clean');
    expect(triedWith).toEqual(ids.filter((other) => other !== id));
  }
});
