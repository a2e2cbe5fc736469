import { expect, test } from '@playwright/test';
import type { ApiName } from '../../src/exchange/index.js';
import type { Verdict } from '../../src/verdict/index.js';
import * as hostile from '../transport/hostile-servers.js';
import { checkEnded, makePlace, of, runArgs, start, writeTarget } from './runs.js';
import { type Row, tableOf } from './table.js';

/** A server that never behaves. */
interface Broken {
  what: string;
  behaviour: hostile.Behaviour;
  /** Who is blamed. `server`: non-conformant, exit 1. `environment`: unjudged, exit 2. */
  blame: 'server' | 'environment';
  /** What the reasons say, one way or another. */
  says: RegExp;
  /** Left out: one of the small ones. */
  apis?: ApiName[];
}

const every: ApiName[] = ['ozeki', 'genesys', 'relation'];
/** Those with the fewest checks. */
const small: ApiName[] = ['genesys', 'relation'];

const servers: Broken[] = [
  { what: 'never answers', behaviour: hostile.neverAnswers, blame: 'server', says: /no complete answer/, apis: every },
  { what: 'answers a byte a second', behaviour: hostile.dripsBytes(), blame: 'server', says: /no complete answer/ },
  { what: 'closes in mid-body', behaviour: hostile.closesInMidBody, blame: 'server', says: /was closed before/ },
  { what: 'closes without an answer', behaviour: hostile.closesWithoutAnswer, blame: 'server', says: /closed|reset/ },
  { what: 'resets', behaviour: hostile.resets, blame: 'server', says: /was reset/ },
  { what: 'resets in mid-body', behaviour: hostile.resetsInMidBody, blame: 'server', says: /was (reset|closed)/ },
  {
    what: 'Content-Length too long',
    behaviour: hostile.contentLengthTooLong,
    blame: 'server',
    says: /was closed before/,
  },
  { what: 'Content-Length too short', behaviour: hostile.contentLengthTooShort, blame: 'server', says: /JSON|HTTP/ },
  { what: 'sends 200 MB', behaviour: hostile.sendsZeros(), blame: 'server', says: /larger than 8 MiB/ },
  { what: 'sends a gzip bomb', behaviour: hostile.gzipBomb(), blame: 'server', says: /larger than 8 MiB/ },
  { what: 'says gzip, sends none', behaviour: hostile.corruptGzip, blame: 'server', says: /cannot be decompressed/ },
  { what: 'redirects in a loop', behaviour: hostile.redirectsInALoop, blame: 'environment', says: /HTTP 307/ },
  { what: 'answers HTML', behaviour: hostile.answersHtml, blame: 'environment', says: /HTML/, apis: every },
  { what: 'answers invalid UTF-8', behaviour: hostile.answersInvalidUtf8, blame: 'server', says: /not UTF-8/ },
  {
    what: 'answers deeply nested JSON',
    behaviour: hostile.answersDeepJson(),
    blame: 'server',
    says: /nested deeper than 512/,
  },
  { what: 'answers other JSON', behaviour: hostile.answers(), blame: 'server', says: /./ },
  { what: 'talks no HTTP', behaviour: hostile.talksNoHttp, blame: 'server', says: /no valid HTTP/ },
  { what: 'sends headers for ever', behaviour: hostile.sendsHeadersForever, blame: 'server', says: /headers|complete/ },
  {
    what: 'sends interim answers for ever',
    behaviour: hostile.sendsInterimAnswersForever(),
    blame: 'server',
    says: /no complete answer/,
  },
  { what: 'sends one interim answer', behaviour: hostile.sendsOneInterimAnswer, blame: 'server', says: /./ },
  { what: 'switches protocols', behaviour: hostile.switchesProtocols, blame: 'server', says: /101/ },
  { what: 'sends 100 Continue unasked', behaviour: hostile.sendsContinue, blame: 'environment', says: /100 Continue/ },
  { what: '429', behaviour: hostile.tooManyRequests(), blame: 'environment', says: /429/ },
  { what: '429, Retry-After: 0', behaviour: hostile.tooManyRequests('0'), blame: 'environment', says: /429/ },
  { what: '429, Retry-After: 1', behaviour: hostile.tooManyRequests('1'), blame: 'environment', says: /429/ },
  {
    what: '429, Retry-After: 3600',
    behaviour: hostile.tooManyRequests('3600'),
    blame: 'environment',
    says: /asks to wait 3600 s/,
  },
  { what: '503', behaviour: hostile.unavailable(), blame: 'environment', says: /503/ },
];

/** Who serves nobody serves nobody with a wrong apikey either. */
const vacuous = 'OZ-LOGIN-6';

const rows: Row[] = [];

test.describe.configure({ mode: 'default', timeout: 240_000 });

/** The part of a verdict that one API has. */
function partOf(verdict: Verdict, apis: readonly ApiName[]): Verdict {
  const requirements = verdict.requirements.filter(({ api }) => apis.includes(api));
  const count = (status: string) => requirements.filter((requirement) => requirement.status === status).length;
  const counts = Object.fromEntries(Object.keys(verdict.counts).map((status) => [status, count(status)]));
  return { ...verdict, requirements, counts: counts as Verdict['counts'] };
}

/** Servers for one run: one for all APIs, or two of a kind, each for an API of its own. */
function runsOf(all: readonly Broken[]): Broken[][] {
  const alone = all.filter(({ apis }) => apis !== undefined).map((server) => [server]);
  const pairs = (['server', 'environment'] as const).flatMap((blame) => {
    const some = all.filter((server) => server.apis === undefined && server.blame === blame);
    return Array.from({ length: Math.ceil(some.length / 2) }, (_, i) => some.slice(2 * i, 2 * i + 2));
  });
  return [...alone, ...pairs];
}

for (const together of runsOf(servers)) {
  test(`a server that misbehaves is reported: ${together.map(({ what }) => what).join('; ')}`, async () => {
    const place = makePlace();
    const served = await Promise.all(together.map(({ behaviour }) => hostile.serve(behaviour)));
    try {
      const parts = together.map((broken, i) => ({ ...broken, apis: broken.apis ?? small.slice(i, i + 1) }));
      const root = served[0]?.url ?? '';
      writeTarget(place, root, (target) => {
        target.timeoutMs = 400;
        for (const [i, { apis }] of parts.entries())
          for (const api of apis) {
            const section = target[api as keyof typeof target] as { url: string } | undefined;
            if (section !== undefined) section.url = section.url.replace(root, served[i]?.url ?? '');
          }
      });
      const all = parts.flatMap(({ apis }) => apis);
      const ended = await start(place, runArgs(all, { workers: 1 })).ended;
      const whole = checkEnded(ended, place, all);
      for (const [i, { what, apis, blame, says }] of parts.entries()) {
        const verdict = partOf(whole, apis);
        rows.push({ misbehaviour: what, apis, verdict, ended, seen: served[i]?.requests.length ?? 0 });
        expect(verdict.verdict, what).toBe(blame === 'server' ? 'non-conformant' : 'unjudged');
        expect(of(verdict, 'pass').filter(({ id }) => id !== vacuous)).toEqual([]);
        for (const { cause } of of(verdict, 'error')) expect(cause, what).toBe(blame);
        expect(verdict.requirements.filter(({ reason = '' }) => says.test(reason)).length, what).toBeGreaterThan(0);
      }
    } finally {
      await Promise.all(served.map((server) => server.close()));
    }
  });
}

test('a redirect to another host is not followed', async () => {
  await using other = await hostile.serve(hostile.answers());
  await using server = await hostile.serve(hostile.redirectsTo(other.url));
  const place = makePlace();
  writeTarget(place, server.url);
  const ended = await start(place, runArgs(every, { workers: 1 })).ended;
  const verdict = checkEnded(ended, place, every);
  rows.push({ misbehaviour: 'redirects to another host', apis: every, verdict, ended, seen: server.requests.length });
  expect(verdict.verdict).toBe('unjudged');
  expect(of(verdict, 'pass').filter(({ id }) => id !== vacuous)).toEqual([]);
  expect(verdict.requirements.map(({ reason }) => reason).join()).toMatch(/HTTP 307/);
  expect(other.requests).toEqual([]);
});

test.afterAll(() => console.log(tableOf(rows)));
