/** What a server in order answers is never held against it, whatever part of it is recorded and however. */

import fc from 'fast-check';
import { variants } from '../../apis/stub.js';
import { grouped } from '../../matrix/groups.js';
import type { Kept, Recorded } from '../../src/recording/index.js';
import { stubs } from '../apis.js';
import { expect, test } from '../test.js';
import { recordSession } from './session.js';
import { judged } from './traffic.js';

for (const { api } of stubs) {
  test(`no legal ${api} server misses more in a recorded session than is known of it`, async () => {
    const own = grouped(variants.filter((variant) => variant.api === api).map(asCase), stubs);
    for (const { id, warns = [], members } of own) {
      const ids = members?.map((member) => member.id) ?? [id];
      const { missed } = judged(await recordSession(ids, [api]), { reorder: true });
      expect(
        missed.filter((one) => !warns.includes(one)),
        id,
      ).toEqual([]);
    }
  });
}

/** Ways in which a recording shows less than the whole, or shows it otherwise; `picked`: the places that chance picks. */
const views: Record<string, (whole: readonly Recorded[], picked: ReadonlySet<number>) => readonly Recorded[]> = {
  'any part': (whole, picked) => whole.filter((_, at) => picked.has(at)),
  'its end': (whole, picked) => whole.slice(Math.min(...picked)),
  'what one user did': (whole, picked) => {
    const one = whole[Math.min(...picked)]?.actor;
    return whole.filter(({ actor }) => actor === one);
  },
  'all but a few answers': changing((entry) => ({ ...entry, response: undefined })),
  'all but a few bodies': changing((entry) => ({ ...entry, requestBody: { lost: 'a body was not recorded' } })),
  'all, with pages of a gateway in between': changing((entry) => ({
    ...entry,
    response: { status: 403, headers: [], body: { text: '<html>no</html>' } },
  })),
  'all, without times': (whole) => whole.map((entry) => ({ ...entry, startedAt: undefined })),
  'all, without headers': (whole) =>
    whole.map((entry) => ({
      ...entry,
      requestHeaders: [],
      response: entry.response && { ...entry.response, headers: [] },
    })),
  ...Object.fromEntries(
    ['***', '*', '[FILTERED]', '<hidden>', '$KEY', 'x'.repeat(400)].map((mask) => [
      `all, credentials masked by ${mask.slice(0, 10)}`,
      (whole: readonly Recorded[]) => whole.map((entry) => masked(entry, mask)),
    ]),
  ),
  'all, some of it twice': (whole, picked) => [...whole, ...whole.filter((_, at) => picked.has(at))],
  'all, some of it late': (whole, picked) => [
    ...whole.filter((_, at) => !picked.has(at)),
    ...whole.filter((_, at) => picked.has(at)).reverse(),
  ],
};

function changing(change: (entry: Recorded) => Recorded) {
  return (whole: readonly Recorded[], picked: ReadonlySet<number>) =>
    whole.map((entry, at) => (picked.has(at) && at % 7 === 0 ? change(entry) : entry));
}

for (const [view, of] of Object.entries(views)) {
  test(`of a sound session nothing is missed by ${view}`, async () => {
    const whole = await recordSession();
    const places = whole.map((_, at) => at);
    fc.assert(
      fc.property(fc.subarray(places, { minLength: 1 }), (picked) => {
        const part = of(whole, new Set(picked));
        const { missed, traffic } = judged(part, { reorder: true });
        expect(missed).toEqual([]);
        const { entries, judged: count, foreign, unknown, skipped } = traffic;
        expect(entries).toBe(part.length);
        expect(Object.values(skipped).reduce((sum, one) => sum + one, count + foreign + unknown)).toBe(entries);
      }),
      { numRuns: 12 },
    );
  });
}

function asCase(variant: (typeof variants)[number]) {
  return { ...variant, kind: 'variant' as const };
}

/** As redactors leave an entry: what is a credential by its name covered, and nothing else. */
function masked(entry: Recorded, mask: string): Recorded {
  const secret = /("(?:apikey|secureKey|rsakey|publickey|secret|userId)":")[^"]*"/g;
  const cover = (body: Kept): Kept =>
    'text' in body ? { text: body.text.replace(secret, (_, name: string) => `${name}${mask}"`) } : body;
  const headers = entry.requestHeaders.map(([name, value]): [string, string] => [
    name,
    /signature|authorization|apikey/i.test(name) ? mask : value,
  ]);
  return {
    ...entry,
    requestHeaders: headers,
    requestBody: cover(entry.requestBody),
    response: entry.response && { ...entry.response, body: cover(entry.response.body) },
  };
}
