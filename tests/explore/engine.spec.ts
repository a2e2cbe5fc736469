import { execFileSync } from 'node:child_process';
import { shortened } from '../../src/explore/hunt.js';
import {
  type Explored,
  type ExploreOptions,
  explore,
  judgementOf,
  pageOf,
  recipeOf,
  replayOf,
  scriptOf,
} from '../../src/explore/index.js';
import { createPatience } from '../../src/explore/patience.js';
import { afterAtOnce, canFollow, ordersOf } from '../../src/explore/possible.js';
import { memoryJournal } from '../../src/journal/journal.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { type Broken, createToy } from './toy.js';

test.describe.configure({ timeout: 180_000 });

const plenty = { budgetMs: 60_000, seed: 1, journal: memoryJournal };

/** Explores until something is found, or so many calls were made. */
async function explored(broken: Broken, more: Partial<ExploreOptions> = {}): Promise<Explored> {
  const { api, environment } = createToy(broken);
  return explore(api, environment, { ...plenty, calls: 1500, onFind: () => environment.stop(), ...more });
}

test('finds the shortest sequence', async () => {
  const { finds } = await explored({ lostBehindClear: true });
  expect(finds).toHaveLength(1);
  const [{ story, intermittent } = { story: undefined, intermittent: true }] = finds;
  expect(story?.sighting.miss.requirement).toBe('TOY-ADD-1');
  expect(intermittent).toBe(false);
  // Clear, add, and a look that is a view or a step.
  expect(story?.steps.map(([command]) => (command as { do: string }).do).slice(0, 2)).toEqual(['clear', 'add']);
  expect(story?.steps.length).toBeLessThanOrEqual(3);
});

test('holds nothing against a server that keeps its contract, also at once and behind its answers', async () => {
  for (const broken of [{}, { lagsBy: 2 }]) {
    const { finds, unconfirmed, sequences } = await explored(broken, { calls: 400 });
    expect(sequences).toBeGreaterThan(5);
    expect(finds).toEqual([]);
    expect(unconfirmed).toEqual([]);
  }
});

test('finds what only calls at the same time show, and shows them so', async () => {
  const { finds } = await explored({ lostAtOnce: true });
  const atOnce = finds[0]?.story.steps.filter((step) => step.length > 1);
  expect(atOnce?.length).toBeGreaterThan(0);
});

test('writes nothing more where it looks again', async () => {
  const { api, told, environment } = createToy({ lostBehindClear: true });
  const steps = [[{ do: 'clear', by: 'bob' }], [{ do: 'addAndList', by: 'bob', note: 'a' }]];
  const recipe = { name: 'one', api: 'toy', requirement: 'TOY-ADD-1', steps };
  const { finds } = await explore(api, environment, { ...plenty, budgetMs: 0, recipes: [recipe] });
  expect(finds).toHaveLength(1);
  expect(told.added).toBe(told.begun);
});

test('makes a story shorter that came of two sequences, and knows what was played before it', async () => {
  const { api, environment } = createToy({ lostBehindClear: true });
  const model = await api.model?.();
  if (model === undefined) throw new Error('the board has a model');
  const ground = await model.ground(environment, 0, memoryJournal);
  const lane = {
    api,
    model,
    ground,
    patience: createPatience(),
    has: () => true,
    count: () => {},
    tally: new Map(),
    last: [],
  };
  lane.patience.hurry(true);
  const about = {
    shortenUntil: () => Date.now() + 60_000,
    claim: () => {},
    goesOn: () => false,
    onPlayed: () => {},
    onBreak: (reason: unknown) => {
      throw reason;
    },
  };
  const step = (name: string, note?: string) => [{ do: name, by: 'bob', ...(note && { note }) }];
  const steps = [step('list'), step('add', 'a'), step('clear'), step('list'), step('add', 'b'), step('add', 'b')];
  const story = await shortened(lane, about, steps, () => true);
  expect(story?.steps).toEqual([step('clear'), step('add', 'b')]);
  expect(story?.before.length).toBeGreaterThan(0);
  expect(await shortened(lane, about, [step('list'), step('add', 'a')], () => true)).toBeUndefined();
});

test('tells one cause once', async () => {
  const { finds } = await explored({ lostBehindClear: true }, { onFind: undefined, calls: 600 });
  expect(finds.length).toBe(1);
});

test('seeks again what it could not show again, and tells once what it never could', long, async () => {
  const later = await explored({ lostIn: (sequence) => sequence === 3 || sequence > 60 });
  expect(later.finds).toHaveLength(1);
  expect(later.unconfirmed).toEqual([]);
  const never = await explored({ lostIn: (sequence) => sequence % 100 === 3 });
  expect(never.finds).toEqual([]);
  expect(never.unconfirmed).toHaveLength(1);
});

test('the same seed finds the same', long, async () => {
  const [one, other] = [await explored({ lostBehindClear: true }), await explored({ lostBehindClear: true })];
  expect(one.finds[0]?.seed).toBe(other.finds[0]?.seed);
  expect(one.finds[0]?.story.steps).toEqual(other.finds[0]?.story.steps);
});

test('plays a replay file first, and again on a mended server', async () => {
  const { api } = createToy();
  const find = (await explored({ lostBehindClear: true })).finds[0];
  if (find === undefined) throw new Error('nothing was found');
  const file = replayOf('toy', find, 'a note is lost');
  const recipe = await recipeOf(JSON.parse(JSON.stringify(file)), 'lost.json', [api]);
  const alone = { budgetMs: 0, recipes: [recipe] };
  const shown = await explored({ lostBehindClear: true }, alone);
  expect(shown.replayed).toMatchObject([{ recipe: { name: 'lost.json' }, find: { recipe: 'lost.json' } }]);
  const mended = await explored({}, alone);
  expect(mended.replayed).toMatchObject([{ recipe: { name: 'lost.json' } }]);
  expect(mended.finds).toEqual([]);
});

test('begins no sequence once its budget of calls is spent, and none where there is none', async () => {
  const { calls, sequences } = await explored({}, { calls: 20 });
  expect(sequences).toBeLessThan(5);
  expect(calls).toBeGreaterThanOrEqual(20);
  expect(calls).toBeLessThan(120);
  expect((await explored({}, { budgetMs: 0 })).sequences).toBe(0);
});

test('ends at once when it is stopped, and ends each sequence that it began', async () => {
  const { api, environment, told } = createToy();
  const running = explore(api, environment, plenty);
  await expect.poll(() => told.sent).toBeGreaterThan(10);
  environment.stop();
  const { stopped } = await running;
  expect(stopped).toBe('the run was interrupted');
  expect(told.ended).toBe(told.begun);
});

test('every order of calls at the same time is tried on every state', () => {
  expect(ordersOf([1, 2, 3])).toHaveLength(6);
  expect(canFollow(['state'], 4)).toBe(true);
  expect(canFollow(['one', 'two', 'three'], 4)).toBe(false);
  const judge = (state: string, exchange: unknown) => ({ state: `${state}${exchange}`, misses: [] });
  const { states } = afterAtOnce(judge, ['', 'x'], ['a', 'b'] as never[]);
  expect([...states].sort()).toEqual(['ab', 'ba', 'xab', 'xba']);
});

test('an order that explains more than another is the one that was', () => {
  const judge = (state: string, exchange: unknown) => {
    const misses = exchange === 'read' && !state.includes('a') ? [{ requirement: 'R', message: 'no a' }] : [];
    return { state: `${state}${exchange}`, misses };
  };
  expect(afterAtOnce(judge, [''], ['read', 'a'] as never[])).toEqual({ states: ['aread'], misses: [] });
});

test('of orders that explain as much the mildest is told: a MUST is missed where every order misses one', () => {
  const judge = (state: string, exchange: unknown) => {
    const requirement = state === '' ? 'MUST-1' : 'SHOULD-1';
    return { state: `${state}${exchange}`, misses: exchange === 'a' ? [{ requirement, message: 'no' }] : [] };
  };
  const isMust = (requirement: string) => requirement.startsWith('MUST');
  const told = (calls: string[]) => afterAtOnce(judge, [''], calls as never[], { isMust }).misses;
  expect(told(['a', 'b'])).toMatchObject([{ requirement: 'SHOULD-1' }]);
  expect(told(['a'])).toMatchObject([{ requirement: 'MUST-1' }]);
});

test('a find is told without credentials, and as a script that a shell can read', async () => {
  const find = (await explored({ lostBehindClear: true })).finds[0];
  if (find === undefined) throw new Error('nothing was found');
  const { redactor } = createToy().environment;
  const script = scriptOf(find, redactor);
  const page = pageOf(find, 'A note stays', { replay: 'a.replay.json', script: 'a.sh' }, redactor);
  const judgement = judgementOf(find, 0, redactor);
  expect(judgement).toMatchObject({ requirement: 'TOY-ADD-1', outcome: 'missed', basis: 'generated' });
  expect(judgement.steps.length).toBeGreaterThan(1);
  for (const text of [script, page, JSON.stringify(judgement)]) expect(text).not.toContain('secret-of-alice');
  expect(page).toContain('expected: ');
  expect(script).toContain('ALICE_AUTHORIZATION');
  execFileSync('sh', ['-n', '-c', script]);
});

const whole = { version: 1, api: 'toy', requirement: 'TOY-ADD-1', steps: [[{ do: 'add', by: 'alice', note: 'a' }]] };
const mistakes: [what: string, json: unknown, sentence: RegExp][] = [
  ['another version', { ...whole, version: 2 }, /\/version: expected 1/],
  ['no steps', { ...whole, steps: undefined }, /\/steps: expected/],
  ['an unknown API', { ...whole, api: 'toi' }, /there is no API toi\. Did you mean toy\?/],
  [
    'an unknown requirement',
    { ...whole, requirement: 'TOY-ADD-2' },
    /no requirement TOY-ADD-2\. Did you mean TOY-ADD-1\?/,
  ],
  [
    'an unknown command',
    { ...whole, steps: [[{ do: 'sing', by: 'alice' }]] },
    /\/steps\/0\/0\/do: expected .*found "sing"/,
  ],
  ['a missing member', { ...whole, steps: [[{ do: 'clear' }]] }, /\/steps\/0\/0\/by: this member is missing/],
  [
    'a member of another type',
    { ...whole, steps: [[{ do: 'clear', by: 1 }]] },
    /\/steps\/0\/0\/by: expected alice, bob/,
  ],
];

for (const [what, json, sentence] of mistakes) {
  test(`a replay file with ${what} is refused with the mend`, async () => {
    const { api } = createToy();
    await expect(recipeOf(JSON.parse(JSON.stringify(json)), 'x.json', [api])).rejects.toThrow(sentence);
    await expect(recipeOf(JSON.parse(JSON.stringify(json)), 'x.json', [api])).rejects.toThrow(/x\.json cannot be used/);
  });
}
