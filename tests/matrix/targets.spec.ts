import { expect, test } from '@playwright/test';
import { serveStub } from '../../apis/stub.js';
import { asksFor, before, says } from '../doctor/front.js';
import { notMet, outcomesOf, someChecks } from './checks.js';

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

for (const kind of ['now', 'empty', 'omit'] as const) {
  test(`ozeki: a server that wants the first cursor "${kind}" and no other is met as such, with every legal difference`, async () => {
    const stub = await serveStub({ variants: legalWays });
    const server = await before(stub, (seen) => {
      const [service, action] = asksFor(seen).split(' ');
      if (service !== 'chatconversation' || !seen.body.startsWith('{')) return undefined;
      const asked = JSON.parse(seen.body.replace(/}?$/, '}')) as Asked;
      const isRefused =
        (action === 'downloadpartial' && refusedBy[kind](asked)) ||
        (action === 'download' && refusesDownload(kind, asked));
      return isRefused ? says({ status: 'ERROR', errormessage: 'no such cursor' }) : undefined;
    });
    try {
      const outcomes = await outcomesOf('ozeki', server.url, await someChecks('ozeki'), ({ ozeki }) => {
        Object.assign(ozeki ?? {}, { firstPageCursor: kind });
      });
      expect(notMet(outcomes)).toEqual([]);
      const paging = await someChecks('ozeki', /PAGE-2/);
      const otherwise = await outcomesOf('ozeki', server.url, paging, ({ ozeki }) => {
        Object.assign(ozeki ?? {}, { firstPageCursor: kind === 'now' ? 'empty' : 'now' });
      });
      expect(notMet(otherwise), 'asked for otherwise').toHaveLength(1);
    } finally {
      await server.close();
      await stub.close();
    }
  });
}

for (const api of ['ozeki', 'genesys', 'relation']) {
  test(`${api}: a healthy server that nobody else uses is met, with other volumes too`, async () => {
    const stub = await serveStub();
    process.env.CHAT_CONFORMANCE_VOLUMES = '20261129';
    try {
      const outcomes = await outcomesOf(api, stub.url, await someChecks(api), (target) => {
        target.exclusive = true;
      });
      expect(notMet(outcomes)).toEqual([]);
    } finally {
      delete process.env.CHAT_CONFORMANCE_VOLUMES;
      await stub.close();
    }
  });
}

test('ozeki: other people on the server are excused, unless nobody else uses it', async () => {
  const stub = await serveStub({ variants: ['ozeki-others-in-conversation'] });
  try {
    const checks = await someChecks('ozeki', /CLEAR-2|CONV-7|ADD-4/);
    expect(notMet(await outcomesOf('ozeki', stub.url, checks))).toEqual([]);
    const alone = await outcomesOf('ozeki', stub.url, checks, (target) => {
      target.exclusive = true;
    });
    expect(notMet(alone).length).toBeGreaterThan(0);
  } finally {
    await stub.close();
  }
});
