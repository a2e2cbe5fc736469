import { apis as known } from '../../apis/index.js';
import { stubTarget } from '../../apis/stub.js';
import { named } from '../../src/api/api.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { preflight } from '../../src/preflight/index.js';
import { resolveTarget } from '../../src/target/index.js';
import type { Verdict } from '../../src/verdict/index.js';
import { command, folder } from '../cli/command.js';
import { long } from '../long.js';
import { verdictOn } from '../matrix/checks.js';
import { expect, test } from '../test.js';
import * as hostile from '../transport/hostile-servers.js';
import { checkEnded, of, runArgs, start, writeTarget } from './runs.js';

/** A server that never behaves. */
interface Broken {
  what: string;
  behaviour: hostile.Behaviour;
  /** Who is blamed. `server`: non-conformant, exit 1. `environment`: unjudged, exit 2. */
  blame: 'server' | 'environment';
  /** What the reasons say, one way or another. */
  says: RegExp;
  /** Tried by a run of the command too. */
  byRun?: boolean;
  /** It sends much, or is waited for. */
  isSlow?: boolean;
}

const every = ['ozeki', 'genesys', 'relation'];

const servers: Broken[] = [
  {
    what: 'never answers',
    behaviour: hostile.neverAnswers,
    blame: 'server',
    says: /no complete answer/,
    byRun: true,
    isSlow: true,
  },
  { what: 'answers a byte a second', behaviour: hostile.dripsBytes(), blame: 'server', says: /no complete answer/ },
  { what: 'closes in mid-body', behaviour: hostile.closesInMidBody, blame: 'server', says: /was closed before/ },
  { what: 'closes without an answer', behaviour: hostile.closesWithoutAnswer, blame: 'server', says: /closed|reset/ },
  { what: 'resets', behaviour: hostile.resets, blame: 'server', says: /was reset/ },
  {
    what: 'resets in mid-body',
    behaviour: hostile.resetsInMidBody,
    blame: 'server',
    says: /was (reset|closed)/,
  },
  {
    what: 'Content-Length too long',
    behaviour: hostile.contentLengthTooLong,
    blame: 'server',
    says: /was closed before/,
  },
  { what: 'Content-Length too short', behaviour: hostile.contentLengthTooShort, blame: 'server', says: /JSON|HTTP/ },
  { what: 'sends 200 MB', behaviour: hostile.sendsZeros(), blame: 'server', says: /larger than 8 MiB/, isSlow: true },
  {
    what: 'sends a gzip bomb',
    behaviour: hostile.gzipBomb(),
    blame: 'server',
    says: /larger than 8 MiB/,
    isSlow: true,
  },
  { what: 'says gzip, sends none', behaviour: hostile.corruptGzip, blame: 'server', says: /cannot be decompressed/ },
  { what: 'redirects in a loop', behaviour: hostile.redirectsInALoop, blame: 'environment', says: /HTTP 307/ },
  { what: 'answers HTML', behaviour: hostile.answersHtml, blame: 'environment', says: /HTML/, byRun: true },
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
    isSlow: true,
  },
  { what: 'sends one interim answer', behaviour: hostile.sendsOneInterimAnswer, blame: 'server', says: /./ },
  { what: 'switches protocols', behaviour: hostile.switchesProtocols, blame: 'server', says: /101/ },
  { what: 'sends 100 Continue unasked', behaviour: hostile.sendsContinue, blame: 'environment', says: /100 Continue/ },
  { what: '429', behaviour: hostile.tooManyRequests(), blame: 'environment', says: /429/, byRun: true },
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

/** Only where one waits in vain the wait is short: what is large may take its time on a busy machine. */
const timeoutOf = ({ says }: Broken) => (says.test('no complete answer') ? 400 : 5000);

test.describe.configure({ timeout: 240_000 });

/** What is so of the verdict on a server that never behaves. */
function expectBlamed(verdict: Verdict, { blame, says }: Broken): void {
  expect(verdict.verdict).toBe(blame === 'server' ? 'non-conformant' : 'unjudged');
  expect(of(verdict, 'pass').filter(({ id }) => id !== vacuous)).toEqual([]);
  expect(of(verdict, 'error').filter(({ cause }) => cause !== blame)).toEqual([]);
  expect(verdict.requirements.filter(({ reason = '' }) => says.test(reason)).length).toBeGreaterThan(0);
}

for (const broken of servers) {
  const { what, behaviour, blame, says, byRun, isSlow } = broken;
  const details = isSlow ? long : {};
  // Each API is the one for some of them.
  const name = every[servers.indexOf(broken) % every.length] ?? '';

  test(`${name}: a server that misbehaves is reported: ${what}`, details, async () => {
    await using server = await hostile.serve(behaviour);
    const target = resolveTarget({ ...stubTarget({ url: server.url }), timeoutMs: timeoutOf(broken) }, 'stub', known);
    const api = named(known, name);
    const preflighted = await preflight(target, [api]);
    expect(preflighted.ok).toBe(blame === 'server');
    if (preflighted.ok) expectBlamed(await verdictOn(api, createEnvironment(target, { apis: [api] })), broken);
    else expect(preflighted.reason).toMatch(says);
  });

  if (byRun)
    test(`a run reports a server that misbehaves: ${what}`, details, async () => {
      await using server = await hostile.serve(behaviour);
      writeTarget(folder(), server.url, (target) => {
        target.timeoutMs = timeoutOf(broken);
      });
      // What cannot be judged ends before Playwright starts, so a process of its own would show nothing more.
      const apis = blame === 'server' ? ['relation'] : every;
      const ended = await (blame === 'server' ? start(folder(), runArgs(apis)).ended : command(runArgs(apis)));
      expectBlamed(checkEnded(ended, folder(), apis), broken);
    });
}

test('a redirect to another host is not followed', async () => {
  await using other = await hostile.serve(hostile.answers());
  await using server = await hostile.serve(hostile.redirectsTo(other.url));
  writeTarget(folder(), server.url);
  const verdict = checkEnded(await command(runArgs(every)), folder(), every);
  expect(verdict.verdict).toBe('unjudged');
  expect(of(verdict, 'pass').filter(({ id }) => id !== vacuous)).toEqual([]);
  expect(verdict.requirements.map(({ reason }) => reason).join()).toMatch(/HTTP 307/);
  expect(other.requests).toEqual([]);
});
