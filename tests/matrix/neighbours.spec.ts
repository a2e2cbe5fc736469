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
    const servers = [await serveStub(), await serveStub(), await serveStub({ faults })] as const;
    const [healthy, other, broken] = servers.map(({ url }) => url) as [string, string, string];
    const inOneSession = (url: string, some: typeof checks) => outcomesOf(api, url, some, undefined, { slots: 1 });
    try {
      const [forwards, backwards, beside] = await Promise.all([
        inOneSession(healthy, checks),
        inOneSession(other, [...checks].reverse()),
        inOneSession(broken, checks),
      ]);
      expect(notMet(forwards)).toEqual([]);
      expect(notMet(backwards)).toEqual([]);
      expect(notMet(beside)).not.toEqual([]);
    } finally {
      for (const server of servers) await server.close();
    }
  });
}
