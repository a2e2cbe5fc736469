import { expect, test } from '@playwright/test';
import { createStub } from '../../apis/stub.js';
import type { Stub } from '../../src/stub/index.js';
import { notMet, outcomesOf, someChecks } from './checks.js';

/** Faults that many checks wait for in vain, lose messages to, or are refused by: what they teach a session must stay in it. */
const faulty = {
  ozeki: ['ozeki-page-order-newest-first', 'ozeki-available-told-to-nobody', 'ozeki-viewed-ignored'],
  genesys: ['genesys-transcript-last-fifty', 'genesys-poll-last-lost'],
  gms: ['gms-transcript-last-fifty', 'gms-poll-last-lost'],
  relation: ['relation-peer-misses-fourth', 'relation-unread-never-falls'],
};

for (const [api, faults] of Object.entries(faulty)) {
  test(`${api}: checks come out the same in either order, and beside a session on a faulty server`, async () => {
    test.setTimeout(600_000);
    const checks = await someChecks(api);
    const inOneSession = (stub: Stub, some: typeof checks) =>
      outcomesOf(api, stub.fetch, some, undefined, { slots: 1 });
    const [forwards, backwards, beside] = await Promise.all([
      inOneSession(createStub(), checks),
      inOneSession(createStub(), [...checks].reverse()),
      inOneSession(createStub({ faults }), checks),
    ]);
    expect(notMet(forwards)).toEqual([]);
    expect(notMet(backwards)).toEqual([]);
    expect(notMet(beside)).not.toEqual([]);
  });
}
