/** Walks through pages as they show in a recording: the page that a client asked for with the cursor of the page before. */
import type { Finding, PageRow } from '../exchange/index.js';
import { doubledFindings, lostFindings, type Walk } from '../rules/index.js';
import { createBounded } from './bounded.js';
import { type Moment, momentOf } from './members.js';
import { truncate } from './truncate.js';
import type { RecordedExchange } from './types.js';

/** One page of a stream of messages or reports. */
export interface Page {
  /** Names whose walk it is: server, conversation, caller. */
  walker: string;
  /** The entry that the cursor names; '' for a first page. */
  cursor: string;
  /** How the cursor reads. */
  shown: string;
  /** The time that the cursor names, epoch ms; infinite where it names no entry. */
  top: number;
  ids: readonly string[];
  /** The entry that names the cursor of the page behind; `undefined` where the page does not show which it is. */
  end: string | undefined;
  /** Whether entries may come again that an earlier page had. */
  mayOverlap?: boolean;
  /** Whether an entry may come again wherever it likes. */
  mayRepeat?(id: string): boolean;
  exchange: RecordedExchange;
}

/** What has been seen of one walk. */
export interface SeenWalk extends Walk {
  /** When its first page was asked for, and the time its cursor named. */
  first: Moment;
  top: number;
  /** The last ones, as evidence. */
  exchanges: RecordedExchange[];
}

/** A page in its walk. */
export interface Placed {
  walk: SeenWalk;
  /** Whether the page continues a walk. */
  continues: boolean;
  findings: Finding[];
  /** The entries that came again though and because they may. */
  repeated: string[];
  /** Whether the page brought nothing that the walk had not, as the one behind the last does. */
  isEnd: boolean;
}

const keptWalks = 32;
const keptIds = 5000;
const keptRows = 8;
const keptPages = 2;

/** Puts pages into their walks. Remembers so many walks, and so many entries of each. */
export function createWalks(): { place(page: Page, what: string): Placed } {
  const open = createBounded<string, SeenWalk>(keptWalks);
  return {
    place(page, what) {
      const key = `${page.walker}\n${page.cursor}`;
      const before = page.cursor === '' ? undefined : open.get(key);
      const walk = before !== undefined && before.ids.size < keptIds ? before : started(page);
      if (before !== undefined) open.delete(key);
      const isEnd = page.ids.every((id) => id === page.cursor || walk.ids.has(id));
      const all = take(walk, page);
      const repeats = all.filter(({ id }) => page.mayRepeat?.(id) !== true);
      const repeated = all.filter((repeat) => !repeats.includes(repeat)).map(({ id }) => id);
      if (page.end !== undefined && page.end !== '') open.set(`${page.walker}\n${page.end}`, walk);
      const findings = repeats.length === 0 ? [] : doubledFindings({ ...walk, repeats }, what);
      return { walk, continues: before === walk, findings: cite(findings, walk), repeated, isEnd };
    },
  };
}

function started({ exchange, top }: Page): SeenWalk {
  return {
    ids: new Set(),
    pages: 0,
    ended: 'start',
    repeats: [],
    shortPages: [],
    rows: [],
    first: momentOf(exchange),
    top,
    exchanges: [],
  };
}

/** Adds a page to a walk; gives what came again. */
function take(walk: SeenWalk, page: Page): Walk['repeats'] {
  walk.pages += 1;
  const marks: Record<string, string> = {};
  const onPage = new Set<string>();
  const repeats: Walk['repeats'] = [];
  for (const id of page.ids) {
    const isTwice = onPage.has(id);
    if (isTwice || (!page.mayOverlap && walk.ids.has(id) && id !== page.cursor)) {
      marks[id] = isTwice ? 'twice on this page' : 'again';
      repeats.push({ id, page: walk.pages });
    }
    onPage.add(id);
  }
  for (const id of onPage) walk.ids.add(id);
  const row: PageRow = { page: walk.pages, cursor: page.shown, items: [...onPage].slice(0, 60), marks };
  walk.rows = [...walk.rows, row].slice(-keptRows);
  walk.exchanges = [...walk.exchanges, truncate(page.exchange)].slice(-keptPages);
  return repeats;
}

/** Finds the entries that a page should have brought, and that neither it nor the walk before it did. */
export function lostOn({ walk }: Placed, expected: ReadonlySet<string>, what: string): Finding[] {
  return expected.size === 0 ? [] : cite(lostFindings(walk, expected, what), walk);
}

function cite(findings: readonly Finding[], walk: SeenWalk): Finding[] {
  return findings.map((finding) => ({ ...finding, exchanges: [...walk.exchanges] }));
}
