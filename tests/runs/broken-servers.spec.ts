import { expect, test } from '@playwright/test';
import type { Api } from '../../src/exchange/index.js';
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
  apis?: Api[];
}

const every: Api[] = ['ozeki', 'genesys', 'relation'];
const small: Api[] = ['relation'];

const servers: Broken[] = [
  { what: 'never answers', behaviour: hostile.neverAnswers, blame: 'server', says: /no complete answer/, apis: every },
  { what: 'answers a byte a second', behaviour: hostile.dripsBytes(), blame: 'server', says: /no complete answer/ },
  { what: 'closes in mid-body', behaviour: hostile.closesInMidBody, blame: 'server', says: /was closed before/ },
  { what: 'closes without an answer', behaviour: hostile.closesWithoutAnswer, blame: 'server', says: /closed|reset/ },
  { what: 'resets', behaviour: hostile.resets, blame: 'server', says: /was reset/, apis: every },
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
  { what: 'redirects in a loop', behaviour: hostile.redirectsInALoop, blame: 'server', says: /HTTP 307/ },
  { what: 'answers HTML', behaviour: hostile.answersHtml, blame: 'server', says: /HTML/, apis: every },
  { what: 'answers invalid UTF-8', behaviour: hostile.answersInvalidUtf8, blame: 'server', says: /not UTF-8/ },
  {
    what: 'answers deeply nested JSON',
    behaviour: hostile.answersDeepJson(),
    blame: 'server',
    says: /nested deeper than 512/,
    apis: every,
  },
  { what: 'answers other JSON', behaviour: hostile.answers(), blame: 'server', says: /./, apis: every },
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
  { what: '429', behaviour: hostile.tooManyRequests(), blame: 'environment', says: /429/, apis: every },
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

for (const { what, behaviour, blame, says, apis = small } of servers) {
  test(`a server that misbehaves is reported: ${what}`, async () => {
    await using server = await hostile.serve(behaviour);
    const place = makePlace();
    writeTarget(place, server.url, (target) => {
      target.timeoutMs = 400;
    });
    const ended = await start(place, runArgs(apis)).ended;
    const verdict = checkEnded(ended, place, apis);
    rows.push({ misbehaviour: what, apis, verdict, ended, seen: server.requests.length });

    expect(verdict.verdict).toBe(blame === 'server' ? 'non-conformant' : 'unjudged');
    expect(of(verdict, 'pass').filter(({ id }) => id !== vacuous)).toEqual([]);
    for (const { cause } of of(verdict, 'error')) expect(cause).toBe(blame);
    expect(verdict.requirements.filter(({ reason = '' }) => says.test(reason)).length).toBeGreaterThan(0);
  });
}

test('a redirect to another host is not followed', async () => {
  await using other = await hostile.serve(hostile.answers());
  await using server = await hostile.serve(hostile.redirectsTo(other.url));
  const place = makePlace();
  writeTarget(place, server.url);
  const ended = await start(place, runArgs(every)).ended;
  const verdict = checkEnded(ended, place, every);
  rows.push({ misbehaviour: 'redirects to another host', apis: every, verdict, ended, seen: server.requests.length });
  expect(verdict.verdict).toBe('non-conformant');
  expect(of(verdict, 'pass').filter(({ id }) => id !== vacuous)).toEqual([]);
  expect(verdict.requirements.map(({ reason }) => reason).join()).toMatch(/HTTP 307/);
  expect(other.requests).toEqual([]);
});

test.afterAll(() => console.log(tableOf(rows)));
