import { createStub } from '../../apis/stub.js';
import type { Stub } from '../../src/stub/index.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { thorough } from '../thorough.js';
import { notMet, outcomesOf, someChecks } from './checks.js';

/** Faults that many checks wait for in vain, lose messages to, or are refused by: what they teach a session must stay in it. */
const faulty = {
  ozeki: ['ozeki-page-order-newest-first', 'ozeki-available-told-to-nobody', 'ozeki-viewed-ignored'],
  genesys: ['genesys-transcript-last-fifty', 'genesys-poll-last-lost'],
  gms: ['gms-transcript-last-fifty', 'gms-poll-last-lost'],
  relation: ['relation-peer-misses-fourth', 'relation-unread-never-falls'],
};

/** The checks of an API that a session remembers most for; all of them in the thorough tests. */
const some: Record<string, RegExp> = thorough
  ? {}
  : { ozeki: /PAGE-[1-6]|NOTIF|VIEW|FLAG-1|CONV-[1-9]\b|FRIEND|AVAIL/ };

for (const [api, faults] of Object.entries(faulty)) {
  test(`${api}: checks come out the same in either order, and beside a session on a faulty server`, long, async () => {
    test.setTimeout(600_000);
    const checks = await someChecks(api, some[api]);
    const inOneSession = (stub: Stub, inOrder: typeof checks) =>
      outcomesOf(api, stub.fetch, inOrder, undefined, { slots: 1 });
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
