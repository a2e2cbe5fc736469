import type { Exchange } from '../../src/exchange/index.js';
import { createCheckLog } from '../../src/judge/index.js';
import { expect, test } from '../test.js';

/** An exchange whose answer gives out an id, and how often somebody has looked into it. */
function answering(id: string): { exchange: Exchange; read: () => number } {
  let reads = 0;
  const response = {
    ...{ status: 200, headers: {}, text: `{"id":"${id}"}`, bytes: 1 },
    get json() {
      reads += 1;
      return { id };
    },
  };
  const exchange: Exchange = {
    ...{ api: 'some', action: 'list', intent: 'call', actor: 'alice', startedAt: 1, durationMs: 1 },
    request: { method: 'GET', url: 'http://a.example/', headers: {} },
    response,
    violations: { request: [], response: [] },
  };
  return { exchange, read: () => reads };
}

const ids = [
  '1f0e3dad99908345f7439f8ffabdffc4',
  '98f13708210194c475687be6106a3b84',
  '3c59dc048e8850243be8079a5c74d079',
];
const groundTruth = { emails: [], clockToleranceMs: 0 };

test('a script knows what was given out before its attempt and when the session was opened, and nothing later', () => {
  const log = createCheckLog(() => [], groundTruth, { given: ['of the target'] });
  const [opening, first, second] = ids.map((id) => answering(id).exchange) as [Exchange, Exchange, Exchange];
  log.record(opening);
  log.opened('X-1');
  log.record(first);
  const { scene: firstScene } = log.take();
  log.record(second);
  const { scene: secondScene } = log.take();
  // In the other order than they were made: a later one must not teach an earlier one.
  expect([...(secondScene.given ?? [])].sort()).toEqual([ids[0], ids[1], 'of the target'].sort());
  expect([...(firstScene.given ?? [])].sort()).toEqual([ids[0], 'of the target'].sort());
  expect([firstScene.calls, secondScene.calls]).toEqual([[first], [second]]);
  expect(firstScene.opening).toEqual([opening]);
});

test('nobody looks for ids in answers of which no script is made', () => {
  const log = createCheckLog(() => [], groundTruth);
  const answers = ids.map(answering);
  for (const { exchange } of answers) {
    log.record(exchange);
    log.take();
  }
  expect(answers.map(({ read }) => read())).toEqual([0, 0, 0]);
  expect([...(log.take().scene.given ?? [])].sort()).toEqual([...ids].sort());
});

test.describe('what is done once for several checks', () => {
  const [exchange, other] = ids.map((id) => answering(id).exchange) as [Exchange, Exchange];
  const wrong = { message: 'it is wrong' };
  const judgedFor = (log: ReturnType<typeof createCheckLog>) => {
    const { seen, requests } = log.take();
    return { requests, seen: [...seen].map(([id, { judged, missed }]) => [id, judged, missed]) };
  };

  test('is sent for the first, and judged anew for the requirement of each other', async () => {
    const passive = () => ['X-1', 'X-2'].map((requirement) => ({ requirement, findings: [wrong] }));
    const log = createCheckLog(passive, groundTruth);
    const key = {};
    const drive = () =>
      log.once(key, async () => {
        log.record(exchange);
        return 'what was seen';
      });
    log.opened('X-1');
    expect([await drive(), await drive()]).toEqual(['what was seen', 'what was seen']);
    expect(judgedFor(log)).toEqual({
      requests: 1,
      seen: [
        ['X-1', 1, 1],
        ['X-2', 1, 1],
      ],
    });
    log.opened('X-2');
    expect(await drive()).toBe('what was seen');
    log.record(other);
    expect(judgedFor(log)).toEqual({
      requests: 1,
      seen: [
        ['X-2', 2, 2],
        ['X-1', 1, 1],
      ],
    });
  });

  test('is in the script of each check that judges it', async () => {
    const log = createCheckLog(() => [], groundTruth);
    const key = {};
    const drive = () => log.once(key, async () => log.record(exchange));
    for (const id of ['X-1', 'X-2']) {
      log.opened(id);
      await drive();
      expect(log.take().scene.calls).toEqual([exchange]);
    }
  });

  test('is told to each check with the same steps', async () => {
    const log = createCheckLog(() => [], groundTruth);
    const key = {};
    const part = async () => {
      log.step('within');
      log.record(exchange);
    };
    const drive = () =>
      log.once(key, async () => {
        log.step('first');
        await log.within('a part', part);
        log.step('last');
      });
    for (const id of ['X-1', 'X-2']) {
      log.opened(id);
      await drive();
      expect(log.take().steps).toEqual(['first', 'a part', 'within', 'last']);
    }
  });

  test('is done again where it failed', async () => {
    const log = createCheckLog(() => [], groundTruth);
    const key = {};
    await expect(log.once(key, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await log.once(key, async () => 'done')).toBe('done');
  });
});
