import { relationRequirements } from '../../apis/relation/requirements.js';
import { faults, variants } from '../../apis/stub.js';
import { expect, test } from '../test.js';
import { talk } from './relation-caller.js';
import { relationConversation } from './relation-conversation.js';
import { showing } from './shown.js';

const ofRelation = <T extends { api: string }>(all: readonly T[]) => all.filter(({ api }) => api === 'relation');
const shows = showing(relationConversation);

// A pause does not show in what is said.
for (const { id } of ofRelation(variants).filter((variant) => variant.id !== 'relation-slow')) {
  test(`the variant ${id} shows`, async () => {
    expect(await shows({ variants: [id] })).toBe(true);
  });
}

test('the variant relation-slow takes its time', async () => {
  const { member, call } = talk({ variants: ['relation-slow'] });
  const started = performance.now();
  for (let i = 0; i < 5; i++) await call(member, 'unreadcount');
  expect(performance.now() - started).toBeGreaterThan(45);
});

test('every requirement has a fault, and every fault a requirement of its action', () => {
  const broken = new Set(ofRelation(faults).map(({ requirement }) => requirement));
  expect(relationRequirements.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  const known = new Map(relationRequirements.map(({ id, action }) => [id, action]));
  for (const { id, requirement, action, found } of ofRelation(faults)) {
    expect(known.has(requirement), id).toBe(true);
    if (found === 'explore') continue;
    const related = [known.get(requirement), action].includes('*') || known.get(requirement) === action;
    // What Send or Read does wrong is seen in List and Unread count, and what happens to a group in every look at it.
    expect(related || ['send', 'read'].includes(action) || requirement.startsWith('RG-'), id).toBe(true);
  }
  for (const variant of ofRelation(variants)) {
    for (const id of [variant.requirement, ...(variant.warns ?? [])]) expect(known.has(id), variant.id).toBe(true);
  }
});

test('a fault and a variant go together', async () => {
  const { list } = talk({ faults: ['relation-list-oldest-first'], variants: ['relation-createat-milliseconds'] });
  const times = (await list()).body.data.map(({ createAt }) => createAt);
  expect(times).toEqual(times.toSorted());
  expect(times.some((time) => !time.endsWith('000'))).toBe(true);
});
