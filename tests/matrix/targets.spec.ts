import { createStub } from '../../apis/stub.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { thorough } from '../thorough.js';
import { notMet, outcomesOf, someChecks } from './checks.js';
import { before } from './front.js';

test.describe.configure({ timeout: 300_000 });

type Asked = Record<string, unknown>;

const isDateAlone = (date: unknown, id: unknown) => typeof date === 'string' && date !== '' && id === '';

/** What a server that wants its first page asked for in one way refuses. */
const refusedBy: Record<'now' | 'empty' | 'omit', (body: Asked) => boolean> = {
  now: ({ lastmessagedate }) => lastmessagedate === undefined || lastmessagedate === '',
  empty: ({ lastmessagedate, lastmessageid }) => (lastmessagedate === '') !== (lastmessageid === ''),
  omit: ({ lastmessagedate, lastmessageid }) => lastmessagedate === '' || lastmessageid === '',
};

/** A server that takes no date for a first page takes none without an id for a Download either. */
const refusesDownload = (kind: string, { firstmessagedate, firstmessageid, firstreportdate, firstreportid }: Asked) =>
  kind !== 'now' && (isDateAlone(firstmessagedate, firstmessageid) || isDateAlone(firstreportdate, firstreportid));

/** Legal ways in which answers differ from time to time, and in which a server shows less than it could, or later. */
const legalWays = [
  ...['json-members-turned', 'sets-turned', 'conversations-reordered'],
  ...['limit-varies', 'cursor-inclusive', 'history-long', 'reports-late', 'notifications-late', 'availability-late'],
].map((name) => `ozeki-${name}`);

/** The checks that ask for most pages; all of them in the thorough tests. */
const paged = thorough ? /./ : /PAGE|ADD|CLEAR|DOWN|REPORT|FLAG-4/;

for (const kind of ['now', 'empty', 'omit'] as const) {
  test(
    `ozeki: a server that wants the first cursor "${kind}" and no other is met as such, with every legal difference`,
    long,
    async () => {
      const server = before(createStub({ variants: legalWays }).fetch, ({ url, body }) => {
        if (url.searchParams.get('api') !== 'chatconversation' || !body.startsWith('{')) return undefined;
        const asked = JSON.parse(body.replace(/}?$/, '}')) as Asked;
        const isRefused =
          (asked.action === 'downloadpartial' && refusedBy[kind](asked)) ||
          (asked.action === 'download' && refusesDownload(kind, asked));
        return isRefused ? Response.json({ status: 'ERROR', errormessage: 'no such cursor' }) : undefined;
      });
      const outcomes = await outcomesOf('ozeki', server, await someChecks('ozeki', paged), ({ ozeki }) => {
        Object.assign(ozeki ?? {}, { firstPageCursor: kind });
      });
      expect(notMet(outcomes)).toEqual([]);
      const paging = await someChecks('ozeki', /PAGE-2/);
      const otherwise = await outcomesOf('ozeki', server, paging, ({ ozeki }) => {
        Object.assign(ozeki ?? {}, { firstPageCursor: kind === 'now' ? 'empty' : 'now' });
      });
      expect(notMet(otherwise), 'asked for otherwise').toHaveLength(1);
    },
  );
}

for (const api of ['ozeki', 'genesys', 'relation', 'gms']) {
  test(`${api}: a healthy server that nobody else uses is met, with other volumes too`, long, async () => {
    process.env.CHAT_CONFORMANCE_VOLUMES = '20261129';
    try {
      const outcomes = await outcomesOf(api, createStub().fetch, await someChecks(api), (target) => {
        target.exclusive = true;
      });
      expect(notMet(outcomes)).toEqual([]);
    } finally {
      delete process.env.CHAT_CONFORMANCE_VOLUMES;
    }
  });
}

test('ozeki: other people on the server are excused, unless nobody else uses it', long, async () => {
  const { fetch } = createStub({ variants: ['ozeki-others-in-conversation'] });
  const checks = await someChecks('ozeki', /CLEAR-2|CONV-7|ADD-4/);
  expect(notMet(await outcomesOf('ozeki', fetch, checks))).toEqual([]);
  const alone = await outcomesOf('ozeki', fetch, checks, (target) => {
    target.exclusive = true;
  });
  expect(notMet(alone).length).toBeGreaterThan(0);
});
