import type { Miss } from '../../../../src/explore/model.js';
import { objectOf } from '../../../../src/passive/json.js';
import { equal, firstFew, parseTimestamp, unchanged } from '../../../../src/rules/index.js';
import type { Seen } from '../seen.js';
import type { ShownEntry } from '../shown.js';
import { certain, certainReports, type Message, type Report } from '../state.js';
import { cursorOf } from '../walks.js';
import { miss, type Rule, served } from './rule.js';

const views = ['downloadpartial', 'download'];

/** A rule on messages that Partial download or Download shows, asked for with the instance of now. */
function shown(name: string, actions: readonly string[], judge: (seen: Seen) => Miss[]): Rule {
  // What a stale instance gets, no page says.
  return served(name, actions, (seen) => (isStale(seen) ? [] : judge(seen)));
}

function isStale({ asked, before }: Seen): boolean {
  return asked.instance !== before.instance;
}

/** A rule on each message of the sequence that a view shows. */
function each(name: string, judge: (message: Message, entry: ShownEntry, seen: Seen) => Miss[]): Rule {
  return served(name, views, (seen) =>
    seen.messages.flatMap((entry) => {
      const message = seen.before.messages.find(({ ID }) => ID === entry.ID);
      if (message === undefined) return [];
      // Under the ID of a message that was cleared, an older view shows that one.
      const mayLag = seen.before.gone.includes(entry.ID) || undefined;
      return judge(message, entry, seen).map((each) => ({ ...each, ...(mayLag && { mayLag }) }));
    }),
  );
}

export const messageRules: readonly Rule[] = [
  served('no message that was cleared shows', views, ({ messages, before }) => {
    const cleared = messages.filter(
      ({ ID }) => before.gone.includes(ID) && !before.messages.some((message) => message.ID === ID),
    );
    if (cleared.length === 0) return [];
    const finding = { message: `${cleared.length} messages show that were cleared`, path: '/messages' };
    return [
      miss('OZ-CLEAR-1', { ...finding, expected: 'none of them', found: firstFew(cleared.map(({ ID }) => ID)) }, true),
    ];
  }),
  served('what somebody without the right to it tried to add does not show', views, ({ messages, before }) => {
    const found = messages.flatMap(({ ID }) => {
      const requirement = before.tried[ID];
      return requirement === undefined ? [] : [{ ID, requirement }];
    });
    return found.slice(0, 1).map(({ ID, requirement }) =>
      miss(requirement, {
        message: 'a message shows that somebody without the right to it tried to add',
        path: '/messages',
        expected: 'no such message',
        found: ID,
      }),
    );
  }),
  served('Add echoes what was uploaded', ['add'], (seen) => {
    const { upload, body, before } = seen;
    const echo = objectOf(body.message);
    if (upload === undefined || echo === undefined || isStale(seen)) return [];
    // Under an ID that is there, or was cleared away, a server may mean the message of then.
    if (before.gone.includes(upload.ID) || before.messages.some(({ ID }) => ID === upload.ID)) return [];
    return (['ID', 'Type', 'Created', 'ValidUntil'] as const).flatMap((name) =>
      equal(echo[name], upload[name], `Add echoes another ${name} than was uploaded`, `/message/${name}`).map(
        (finding) => miss('OZ-ADD-1', finding),
      ),
    );
  }),
  each('the Data of a message is what was uploaded', (message, { Data, ID }, { action }) =>
    // Partial download may leave it out, as its example does.
    Data === undefined && action === 'downloadpartial'
      ? []
      : unchanged(Data, message.Data, `the Data of ${ID}`, '/messages').map((finding) => miss('OZ-ADD-3', finding)),
  ),
  each('the other members of a message are what was uploaded', (message, entry) =>
    (['Type', 'Created', 'ValidUntil'] as const).flatMap((name) =>
      entry[name] === undefined
        ? []
        : equal(entry[name], message[name], `the ${name} of ${entry.ID} is not what was uploaded`, '/messages').map(
            (finding) => miss('OZ-DOWN-2', finding),
          ),
    ),
  ),
  shown('no message shows twice', views, ({ messages, before, action }) => {
    const ids = messages.map(({ ID }) => ID);
    const twice = before.messages.find(({ ID }) => ids.indexOf(ID) !== ids.lastIndexOf(ID));
    if (twice === undefined) return [];
    const whole = action === 'download' ? 'OZ-DOWN-1' : 'OZ-PAGE-5';
    const finding = { message: 'a message shows twice', path: '/messages', expected: 'each message once' };
    return [miss(twice.again ? 'OZ-ADD-5' : whole, { ...finding, found: `${twice.ID} twice` })];
  }),
  shown('a page holds the messages next to its cursor', ['downloadpartial'], (seen) => {
    const { before, messages, asked } = seen;
    const cursor = cursorOf(asked);
    const isFirst = !cursor.lastmessageid;
    const lost = skipped(certain(before), messages, [cursor.lastmessagedate, cursor.lastmessageid], seen);
    if (lost.length === 0) return [];
    const finding = {
      message: `a page leaves out ${lost.length} messages next to its cursor`,
      path: '/messages',
      expected: firstFew(lost.map(nameOf)),
      found: messages.length === 0 ? 'no message' : firstFew(messages.map(nameOf)),
    };
    return [miss(isFirst ? 'OZ-PAGE-2' : 'OZ-PAGE-5', finding, true)];
  }),
  shown('a page holds the reports next to its cursor', ['downloadpartial'], (seen) => {
    const { lastreportdate, lastreportid } = cursorOf(seen.asked);
    const lost = skipped(certainReports(seen.before), seen.reports, [lastreportdate, lastreportid], seen);
    if (lost.length === 0) return [];
    const finding = {
      message: `a page leaves out ${lost.length} reports next to its cursor`,
      path: '/reports',
      expected: firstFew(lost.map(nameOf)),
      found: seen.reports.length === 0 ? 'no report' : firstFew(seen.reports.map(nameOf)),
    };
    return [miss('OZ-PAGE-10', finding, true)];
  }),
  shown('a walk back meets every message once', ['downloadpartial'], ({ ended, before }) => {
    if (ended === undefined || ended.guessed) return [];
    const must = new Set(certain(before).map(({ ID }) => ID));
    const lost = ended.wanted.filter((id) => must.has(id) && !ended.ids.includes(id));
    const repeats = ended.repeats.filter((id) => must.has(id));
    const words = `a walk back with limit ${ended.limit}`;
    return [
      ...(lost.length === 0
        ? []
        : [
            miss(
              'OZ-PAGE-5',
              {
                message: `${words} lost ${lost.length} messages`,
                path: '/messages',
                expected: `each of the ${ended.wanted.length} messages`,
                found: `never came: ${firstFew(lost)}`,
              },
              true,
            ),
          ]),
      ...(repeats.length === 0
        ? []
        : [
            miss('OZ-PAGE-5', {
              message: `${words} gave messages twice`,
              path: '/messages',
              expected: 'each message once, but for the one that the cursor names',
              found: firstFew(repeats),
            }),
          ]),
    ];
  }),
  shown('a walk back meets every report', ['downloadpartial'], ({ ended, before }) => {
    if (ended === undefined || ended.guessed) return [];
    const known = new Set(before.reports.map(({ ID }) => ID));
    const lost = ended.wantedReports.filter((id) => known.has(id) && !ended.reports.includes(id));
    if (lost.length === 0) return [];
    const finding = {
      message: `a walk back with limit ${ended.limit} lost ${lost.length} reports`,
      path: '/reports',
      expected: `each of the ${ended.wantedReports.length} reports that were shown before`,
      found: `never came: ${firstFew(lost)}`,
    };
    return [miss('OZ-PAGE-10', finding, true)];
  }),
  shown('a message that was viewed makes a report', ['downloadpartial'], ({ ended, after, before }) => {
    if (ended === undefined || ended.guessed || !before.alone || after.reportsOwed === 0) return [];
    const finding = {
      message: `${after.reportsOwed} of the messages reported as viewed have no report`,
      path: '/reports',
      expected: 'a new entry for each',
      found: `${ended.reports.length} reports, all of them known before`,
    };
    return [miss('OZ-REPORT-2', finding, true)];
  }),
  served('a report stays as it was first seen', ['downloadpartial'], ({ reports, before }) =>
    reports.flatMap((entry): Miss[] => {
      const known = before.reports.find(({ ID }) => ID === entry.ID);
      if (known === undefined || known.Created === undefined || known.Type === undefined) return [];
      const { Type, Created } = entry;
      const was = { Type: known.Type, Created: known.Created };
      const message = `report ${entry.ID} is not what it was`;
      return equal({ Type, Created }, was, message, '/reports').map((finding) => miss('OZ-PAGE-10', finding));
    }),
  ),
  shown('Download holds every report from its cursor on', ['download'], (seen) => {
    const lost = lostReports(seen);
    if (lost.length === 0) return [];
    const finding = {
      message: `Download leaves out ${lost.length} reports from its cursor on`,
      path: '/reports',
      expected: firstFew(lost.map(nameOf)),
      found: seen.reports.length === 0 ? 'no report' : firstFew(seen.reports.map(nameOf)),
    };
    return [miss('OZ-DOWN-1', finding, true)];
  }),
  shown('Download holds every message from the cursor on, and none before it', ['download'], (seen) => {
    const { before, asked, messages } = seen;
    const from = before.messages.find(({ ID }) => ID === asked.firstmessageid);
    const start = parseTimestamp(asked.firstmessagedate);
    // Which of the two holds where the date is not that of the message, no page says.
    const isMixed = from !== undefined && from.Created !== asked.firstmessagedate;
    if (start === undefined || isMixed || before.gone.includes(String(asked.firstmessageid))) return [];
    const shownIds = new Set(messages.map(({ ID }) => ID));
    const timeOf = ({ Created }: Message) => parseTimestamp(Created) ?? 0;
    // In one second, which messages come behind the one of the cursor is the server's own order.
    const must = certain(before).filter((message) => message === from || timeOf(message) > start);
    const lost = must.filter(({ ID }) => !shownIds.has(ID));
    const early = before.messages.filter((message) => shownIds.has(message.ID) && timeOf(message) < start);
    return [
      ...(lost.length === 0
        ? []
        : [
            miss(
              lost.some(({ seen: wasSeen }) => wasSeen) ? 'OZ-DOWN-1' : 'OZ-ADD-3',
              {
                message: `Download leaves out ${lost.length} messages from its cursor on`,
                path: '/messages',
                expected: firstFew(lost.map(nameOf)),
                found: messages.length === 0 ? 'no message' : firstFew(messages.map(nameOf)),
              },
              true,
            ),
          ]),
      ...(early.length === 0
        ? []
        : [
            miss('OZ-DOWN-1', {
              message: `Download holds ${early.length} messages from before its cursor`,
              path: '/messages',
              expected: `messages from ${asked.firstmessagedate} on`,
              found: firstFew(early.map(nameOf)),
            }),
          ]),
    ];
  }),
];

/**
 * Those of some entries that a page should hold and does not: it goes back behind them, or holds nothing.
 * @param cursor the date and the id that the page was asked for
 */
function skipped<Known extends { ID: string; Created?: unknown }>(
  known: readonly Known[],
  page: readonly ShownEntry[],
  [date, id]: readonly [unknown, unknown],
  { before, exchange }: Seen,
): Known[] {
  const held = new Set(page.map(({ ID }) => ID));
  const bound = parseTimestamp(date) ?? exchange.startedAt + before.clockToleranceMs;
  const times = page.filter(({ ID }) => ID !== id).map(({ Created }) => parseTimestamp(Created) ?? Infinity);
  const oldest = times.length === 0 ? -Infinity : Math.min(...times);
  return known.filter(({ ID, Created }) => {
    if (held.has(ID)) return false;
    const time = parseTimestamp(Created);
    // Of entries of the cursor's own second, the server's order says which stand before it.
    return time !== undefined && time < bound && time > oldest;
  });
}

/** Reports seen before that Download leaves out from its own cursor on. */
function lostReports({ reports, asked, before }: Seen): Report[] {
  const from = before.reports.find(({ ID }) => ID === asked.firstreportid);
  const start = parseTimestamp(from?.Created);
  if (from === undefined || start === undefined) return [];
  const isBehind = ({ Created }: Report) => (parseTimestamp(Created) ?? 0) > start;
  return certainReports(before)
    .filter((report) => report === from || isBehind(report))
    .filter(({ ID }) => !reports.some((entry) => entry.ID === ID));
}

function nameOf({ ID, Created }: { ID: string; Created?: unknown }): string {
  return `${ID} of ${String(Created)}`;
}
