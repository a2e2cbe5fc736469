import type { Finding, PageRow } from '../exchange/index.js';
import { firstFew } from './text.js';

/** Where a walk gets its pages from. The rule knows nothing of the API behind it. */
export interface PageSource<Item, Cursor> {
  first: Cursor;
  /** The items of the page that the cursor asks for, in the server's own order. */
  fetch(cursor: Cursor): Promise<readonly Item[]>;
  idOf(item: Item): string;
  /** The cursor of the page behind a non-empty one. */
  next(items: readonly Item[], cursor: Cursor): Cursor;
  /** Whether the page of this cursor may hold an item that an earlier page held (the boundary). */
  mayRepeat(item: Item, cursor: Cursor): boolean;
  /** A wider cursor where a page brought nothing but what may repeat; `undefined`: the walk is over. */
  widen?(items: readonly Item[], cursor: Cursor): Cursor | undefined;
  /** How a cursor reads in a table. */
  show(cursor: Cursor): string;
  /** Whether the page has fewer items than it asked for; where it says so, more must not follow. */
  isShort?(items: readonly Item[], cursor: Cursor): boolean;
}

export interface WalkOptions {
  /** The walk stops as soon as it has met all of these. */
  until?: ReadonlySet<string>;
  /** The most pages to ask for. A walk that still finds something then does not end. */
  maxPages: number;
}

/** What a walk met. Beside the ids it remembers the pages that show something wrong, and the last few. */
export interface Walk {
  ids: Set<string>;
  pages: number;
  /** `start`: nothing further came. `until`: all wanted items met. `endless`: maxPages reached. */
  ended: 'start' | 'until' | 'endless';
  /** Items that came again though they are no boundary. */
  repeats: { id: string; page: number }[];
  /** The pages that were short though more followed. */
  shortPages: number[];
  rows: PageRow[];
}

const keptRows = 8;
const keptRepeats = 20;

/** Walks page by page until nothing new comes. Time is linear in the items; memory is the ids. */
export async function walk<Item, Cursor>(source: PageSource<Item, Cursor>, options: WalkOptions): Promise<Walk> {
  const result: Walk = { ids: new Set(), pages: 0, ended: 'endless', repeats: [], shortPages: [], rows: [] };
  const wanted = new Set(options.until);
  let cursor = source.first;
  let lastShort: number | undefined;
  while (result.pages < options.maxPages) {
    const items = await source.fetch(cursor);
    result.pages++;
    const fresh = takePage(result, source, items, cursor, wanted);
    if (fresh > 0 && lastShort !== undefined) result.shortPages.push(lastShort);
    lastShort = source.isShort?.(items, cursor) ? result.pages : undefined;
    if (options.until !== undefined && wanted.size === 0) {
      result.ended = 'until';
      return result;
    }
    const following = fresh > 0 ? source.next(items, cursor) : source.widen?.(items, cursor);
    if (following === undefined) {
      result.ended = 'start';
      return result;
    }
    cursor = following;
  }
  return result;
}

function takePage<Item, Cursor>(
  result: Walk,
  source: PageSource<Item, Cursor>,
  items: readonly Item[],
  cursor: Cursor,
  wanted: Set<string>,
): number {
  const onPage = new Set<string>();
  const marks: Record<string, string> = {};
  let fresh = 0;
  for (const item of items) {
    const id = source.idOf(item);
    const twiceHere = onPage.has(id);
    if (twiceHere || (result.ids.has(id) && !source.mayRepeat(item, cursor))) {
      marks[id] = twiceHere ? 'twice on this page' : 'again';
      if (result.repeats.length < keptRepeats) result.repeats.push({ id, page: result.pages });
    } else if (!result.ids.has(id)) {
      fresh++;
    }
    onPage.add(id);
    wanted.delete(id);
  }
  for (const id of onPage) result.ids.add(id);
  keepRow(result, { page: result.pages, cursor: source.show(cursor), items: [...onPage].slice(0, 60), marks });
  return fresh;
}

/** Keeps rows that show something wrong and the last few; forgets the others, so that memory stays bounded. */
function keepRow(result: Walk, row: PageRow): void {
  result.rows.push(row);
  if (result.rows.length <= 2 * keptRows) return;
  const dull = result.rows.findIndex((kept) => Object.keys(kept.marks ?? {}).length === 0);
  result.rows.splice(dull === -1 ? keptRows : dull, 1);
}

/**
 * Finds what a walk lost, doubled, or never ended over.
 * @param expected the ids that it must have met
 * @param isSample it was to go no farther back, so that it need not end
 */
export function walkFindings(done: Walk, expected: ReadonlySet<string>, what: string, isSample = false): Finding[] {
  const end = isSample ? [] : endFindings(done, what);
  return [...lostFindings(done, expected, what), ...doubledFindings(done, what), ...end];
}

/** Finds the expected items that a walk never met. */
export function lostFindings(done: Walk, expected: ReadonlySet<string>, what: string): Finding[] {
  const lost = [...expected].filter((id) => !done.ids.has(id));
  if (lost.length === 0) return [];
  return [
    {
      message: `${what} lost ${lost.length} of ${expected.size} items`,
      expected: `each of the ${expected.size} items on one page`,
      found: `never came: ${firstFew(lost)}`,
      pages: rowsWithLost(done.rows, lost),
    },
  ];
}

/** Finds the items that came twice though they are no boundary between two pages. */
export function doubledFindings(done: Walk, what: string): Finding[] {
  if (done.repeats.length === 0) return [];
  const doubled = done.repeats.map(({ id, page }) => `${id} again on page ${page}`);
  return [
    {
      message: `${what} gave items twice`,
      expected: 'each item once (the one that the cursor names may come again)',
      found: firstFew(doubled),
      pages: done.rows,
    },
  ];
}

function endFindings(done: Walk, what: string): Finding[] {
  if (done.ended !== 'endless') return [];
  return [
    {
      message: `${what} does not end`,
      expected: 'a page that brings nothing new',
      found: `still something new after ${done.pages} pages`,
      pages: done.rows,
    },
  ];
}

function rowsWithLost(rows: readonly PageRow[], lost: readonly string[]): PageRow[] {
  const last = rows.at(-1);
  return last === undefined
    ? []
    : [
        ...rows,
        {
          page: last.page + 1,
          cursor: 'never came',
          items: lost.slice(0, 60),
          marks: Object.fromEntries(lost.slice(0, 60).map((id) => [id, 'lost'])),
        },
      ];
}
