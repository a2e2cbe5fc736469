import { command } from '../cli/command.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';

test('faults run --lies tries the lies of a glob and says what nothing judges', long, async () => {
  test.setTimeout(600_000);
  const lies = ['faults', 'run', '--lies', '--api', 'relation', '--only', 'relation hide *'];
  const { code, out } = await command(lies);
  expect(out).toBe('3 lies tried, 0 of them neither caught nor excused');
  expect(code).toBe(0);
});

test('a glob that no lie fits is a mistake', async () => {
  const { code, err } = await command(['faults', 'run', '--lies', '--api', 'genesys', '--only', 'nothing']);
  expect(code).toBe(2);
  expect(err).toContain(
    "--only nothing: no lie has such an id, made of API, action, member and lie, as in 'genesys * other'",
  );
});

test('ledger lists one API where one is named', async () => {
  const { out } = await command(['ledger', '--api', 'genesys']);
  expect(out).toContain('complete /statusCode  one value alone fits the schema');
  expect(out).toMatch(/getmessages \/chatEnded {2}stale, inverted: GE-MSG-8/);
  expect(out).not.toContain('relation');
});
