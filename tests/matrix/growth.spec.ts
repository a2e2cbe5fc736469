import { apiNamed } from '../../apis/index.js';
import { createStub, stubTarget } from '../../apis/stub.js';
import { nothingSecret } from '../../matrix/redactor.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { type StubSize, withinProcess } from '../../src/stub/index.js';
import { resolveTarget } from '../../src/target/index.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { thorough } from '../thorough.js';
import { notMet, outcomesOf, someChecks, verdictOn } from './checks.js';
import { behind } from './front.js';

/** What is not met on a server of this size, and how many requests it took to judge it. */
async function judged(name: string, size?: StubSize): Promise<{ missed: string[]; requests: number }> {
  const api = apiNamed(name);
  const { fetch, sent } = createStub({ size });
  const target = resolveTarget({ ...stubTarget({ url: withinProcess }), timeoutMs: 30_000 }, 'stub', [api]);
  const environment = createEnvironment(target, { apis: [api], fetch, redactor: nothingSecret });
  const { requirements } = await verdictOn(api, environment);
  return {
    missed: requirements.filter(({ status }) => status !== 'pass').map(({ id, reason }) => `${id}: ${reason}`),
    requests: Object.values(sent()).reduce((sum, count) => sum + count, 0),
  };
}

const large: Record<string, StubSize> = thorough
  ? { ozeki: { messages: 20_000, conversations: 1000 }, relation: { messages: 20_000 } }
  : { relation: { messages: 3000 } };

for (const [name, size] of Object.entries(large)) {
  test(`${name}: a server that holds much is met, and takes hardly more requests`, long, async () => {
    test.setTimeout(900_000);
    const usual = await judged(name);
    const grown = await judged(name, size);
    expect(grown.missed).toEqual([]);
    expect(grown.requests).toBeLessThan(1.2 * usual.requests);
  });
}

test('relation: where a Read has to name more messages than are counted, it is not judged', async () => {
  const { fetch } = createStub({ variants: ['relation-history-long'] });
  const server = behind<{ data?: unknown }>(fetch, ({ url, body }, answer) => {
    const isRead = url.pathname.endsWith('/message/read');
    if (isRead && (JSON.parse(body) as { total: number }).total < 2600) answer.data = 0;
  });
  const [outcome, ...others] = notMet(
    await outcomesOf('relation', server, await someChecks('relation', /^RE-READ-1$/)),
  );
  expect(outcome).toMatch(/^RE-READ-1 skipped: the channel holds more than the \d+ messages that were counted$/);
  expect(others).toEqual([]);
});
