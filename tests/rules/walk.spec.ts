import fc from 'fast-check';
import { type PageSource, walk, walkFindings } from '../../src/rules/index.js';
import { expect, test } from '../test.js';

interface Item {
  id: string;
  time: number;
}

interface Cursor {
  before: string | undefined;
  limit: number;
}

/** A pager over a history, newest page first. Each kind differs from the correct one in one way. */
interface Pager {
  inclusive?: boolean;
  descending?: boolean;
  page(history: readonly Item[], end: number, limit: number): Item[];
}

const correct: Pager = { page: (history, end, limit) => history.slice(Math.max(0, end - limit), end) };

/** A source as a client of this pager sees it: the cursor is the item farthest back in the server's own order. */
function sourceOf(history: readonly Item[], limit: number, pager: Pager): PageSource<Item, Cursor> {
  return {
    first: { before: undefined, limit },
    async fetch(cursor) {
      const at =
        cursor.before === undefined
          ? history.length
          : history.findIndex(({ id }) => id === cursor.before) + (pager.inclusive ? 1 : 0);
      const page = pager.page(history, at, cursor.limit);
      return pager.descending ? [...page].reverse() : page;
    },
    idOf: ({ id }) => id,
    next: (items, cursor) => ({ ...cursor, before: (pager.descending ? items.at(-1) : items[0])?.id }),
    mayRepeat: ({ id }, cursor) => id === cursor.before,
    show: ({ before }) => before ?? 'now',
  };
}

const histories = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 0, maxLength: 60 }).map((steps) => {
  let time = 0;
  return steps.map((step, i): Item => ({ id: `m${i}`, time: (time += step) }));
});

async function findingsOf(history: readonly Item[], limit: number, pager: Pager) {
  const done = await walk(sourceOf(history, limit, pager), { maxPages: 200 });
  return walkFindings(done, new Set(history.map(({ id }) => id)), 'the walk');
}

test('a correct pager passes for any history and any limit, inclusive or not, in either direction', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.integer({ min: 1, max: 70 }), fc.boolean(), async (history, limit, descending) => {
      expect(await findingsOf(history, limit, { ...correct, descending })).toEqual([]);
      // An inclusive cursor needs room for one item beside the boundary.
      if (limit > 1) expect(await findingsOf(history, limit, { ...correct, descending, inclusive: true })).toEqual([]);
    }),
  );
});

test('an inclusive cursor at limit 1 never moves, and is found', async () => {
  const history = [1, 2, 3].map((time) => ({ id: `m${time}`, time }));
  expect((await findingsOf(history, 1, { ...correct, inclusive: true }))[0]?.message).toContain('lost 2 of 3');
});

const endOfTies = (history: readonly Item[], end: number) => {
  const edge = history[end - 1];
  const next = history[end];
  if (edge === undefined || next === undefined || edge.time !== next.time) return end;
  return history.findIndex(({ time }) => time === edge.time);
};

const broken: Record<string, Pager & { shows(history: readonly Item[], limit: number): boolean }> = {
  'leaves out one item at each page edge': {
    page: (history, end, limit) => correct.page(history, end === history.length ? end : Math.max(0, end - 1), limit),
    shows: (history, limit) => history.length > limit,
  },
  'gives one item of the page before again': {
    page: (history, end, limit) =>
      correct.page(history, end === history.length ? end : Math.min(history.length, end + 2), limit),
    shows: (history, limit) => history.length > limit && limit > 1,
  },
  'gives the first page again and again': {
    page: (history, _end, limit) => correct.page(history, history.length, limit),
    shows: (history, limit) => history.length > limit,
  },
  'loses the rest of a second that a page break cuts': {
    page: (history, end, limit) => correct.page(history, endOfTies(history, end), limit),
    shows: (history, limit) => {
      for (let end = history.length - limit; end > 0; end = Math.min(end, endOfTies(history, end)) - limit)
        if (endOfTies(history, end) !== end) return true;
      return false;
    },
  },
  'stops when a page is full': {
    page: (history, end, limit) => (end === history.length ? correct.page(history, end, limit) : []),
    shows: (history, limit) => history.length > limit,
  },
  'works for every limit but seven': {
    page: (history, end, limit) => correct.page(history, end, limit === 7 && end !== history.length ? 0 : limit),
    shows: (history, limit) => limit === 7 && history.length > 7,
  },
  'gives an item twice on one page': {
    page: (history, end, limit) =>
      correct.page(history, end, limit).flatMap((item, i) => (i === 0 ? [item, item] : [item])),
    shows: (history) => history.length > 0,
  },
  'hides the oldest item': {
    page: (history, end, limit) => correct.page(history, end, limit).filter((item) => item !== history[0]),
    shows: (history) => history.length > 0,
  },
};

for (const [what, pager] of Object.entries(broken)) {
  test(`a pager that ${what} is found`, async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(7)), async (history, limit) => {
        fc.pre(pager.shows(history, limit));
        expect((await findingsOf(history, limit, pager)).length).toBeGreaterThan(0);
      }),
      { numRuns: 40, maxSkipsPerRun: 1000 },
    );
  });
}

test('a pager that never ends is found, and the walk ends all the same', async () => {
  let made = 0;
  const done = await walk<Item, number>(
    {
      first: 0,
      fetch: async () => [{ id: `made${made++}`, time: 0 }],
      idOf: ({ id }) => id,
      next: (_, cursor) => cursor + 1,
      mayRepeat: () => false,
      show: String,
    },
    { maxPages: 30 },
  );
  expect(done.ended).toBe('endless');
  expect(walkFindings(done, new Set(), 'the walk')[0]?.message).toContain('does not end');
});

test('a short page before the end is remembered, one at the end is not', async () => {
  const pages = [['a', 'b'], ['c'], ['d', 'e'], ['f'], []];
  const done = await walk<{ id: string }, number>(
    {
      first: 0,
      fetch: async (at) => (pages[at] ?? []).map((id) => ({ id })),
      idOf: ({ id }) => id,
      next: (_, at) => at + 1,
      mayRepeat: () => false,
      show: String,
      isShort: (items) => items.length < 2,
    },
    { maxPages: 10 },
  );
  expect(done.shortPages).toEqual([2]);
});

test('a walk widens its cursor where a page brought only what may repeat', async () => {
  const items = Array.from({ length: 9 }, (_, i) => ({ id: `m${i}`, time: 5 }));
  const done = await walk<Item, { limit: number }>(
    {
      first: { limit: 3 },
      fetch: async ({ limit }) => items.slice(0, limit),
      idOf: ({ id }) => id,
      next: (_, cursor) => cursor,
      mayRepeat: () => true,
      show: String,
      widen: (_, { limit }) => (limit > 20 ? undefined : { limit: limit * 2 }),
    },
    { maxPages: 20 },
  );
  expect([...done.ids]).toHaveLength(9);
  expect(done.ended).toBe('start');
});

test('a walk remembers ids, not pages', async () => {
  const history = Array.from({ length: 5000 }, (_, i) => ({ id: `m${i}`, time: i }));
  const done = await walk(sourceOf(history, 5, correct), { maxPages: 2000 });
  expect(done.ids.size).toBe(5000);
  expect(done.rows.length).toBeLessThan(20);
});

test('the table of a lost item ends with what never came, marked', async () => {
  const history = [1, 2, 3, 4].map((time) => ({ id: `m${time}`, time }));
  const [finding] = await findingsOf(history, 2, broken['leaves out one item at each page edge'] as Pager);
  expect(finding?.pages?.at(-1)).toMatchObject({ cursor: 'never came', marks: { m2: 'lost' } });
});
