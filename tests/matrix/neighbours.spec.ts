import { expect, test } from '@playwright/test';
import { serveStub } from '../../apis/stub.js';
import { notMet, outcomesOf, someChecks } from './checks.js';

/** Faults that many checks wait for in vain, lose messages to, or are refused by: what they teach a session must stay in it. */
const faulty = {
  ozeki: ['ozeki-page-order-newest-first', 'ozeki-available-told-to-nobody', 'ozeki-viewed-ignored'],
  genesys: ['genesys-transcript-last-fifty', 'genesys-poll-last-lost'],
  relation: ['relation-peer-misses-fourth', 'relation-unread-never-falls'],
};

for (const [api, faults] of Object.entries(faulty)) {
  test(`${api}: checks come out the same in either order, and beside a session on a faulty server`, async () => {
    test.setTimeout(600_000);
    const checks = await someChecks(api);
    const [healthy, broken] = [await serveStub(), await serveStub({ faults })];
    try {
      const alone = await outcomesOf(api, healthy.url, checks);
      const [backwards, beside] = await Promise.all([
        outcomesOf(api, healthy.url, [...checks].reverse()),
        outcomesOf(api, broken.url, checks),
      ]);
      expect(notMet(alone)).toEqual([]);
      expect(notMet(backwards)).toEqual([]);
      expect(notMet(beside)).not.toEqual([]);
    } finally {
      await healthy.close();
      await broken.close();
    }
  });
}
