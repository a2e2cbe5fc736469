import { expect, test } from '@playwright/test';
import { serveStub } from '../../apis/stub.js';
import { asksFor, before, says } from '../doctor/front.js';
import { notMet, outcomesOf, someChecks } from './checks.js';

test.describe.configure({ timeout: 300_000 });

/** What a server that wants its first page asked for in one way refuses. */
const refusedBy: Record<'empty' | 'omit', (body: Record<string, unknown>) => boolean> = {
  empty: ({ lastmessagedate, lastmessageid }) => (lastmessagedate === '') !== (lastmessageid === ''),
  omit: ({ lastmessagedate, lastmessageid }) => lastmessagedate === '' || lastmessageid === '',
};

for (const kind of ['empty', 'omit'] as const) {
  test(`ozeki: a server that wants the first cursor "${kind}" and no other is met as such`, async () => {
    const stub = await serveStub();
    const server = await before(stub, (seen) => {
      if (asksFor(seen) !== 'chatconversation downloadpartial' || !seen.body.startsWith('{')) return undefined;
      const isRefused = refusedBy[kind](JSON.parse(seen.body.replace(/}?$/, '}')) as Record<string, unknown>);
      return isRefused ? says({ status: 'ERROR', errormessage: 'no such cursor' }) : undefined;
    });
    try {
      const outcomes = await outcomesOf('ozeki', server.url, await someChecks('ozeki'), ({ ozeki }) => {
        Object.assign(ozeki ?? {}, { firstPageCursor: kind });
      });
      expect(notMet(outcomes)).toEqual([]);
      const paging = await someChecks('ozeki', /PAGE-2/);
      expect(notMet(await outcomesOf('ozeki', server.url, paging)), 'asked for otherwise').toHaveLength(1);
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
