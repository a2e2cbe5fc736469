import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apis } from '../../apis/index.js';
import { createStub, stubTarget } from '../../apis/stub.js';
import { nothingSecret } from '../../matrix/redactor.js';
import { createKeeper } from '../../runner/suite.js';
import { named } from '../../src/api/api.js';
import { createEnvironment } from '../../src/environment/environment.js';
import { cleanUp } from '../../src/journal/clean-up.js';
import { createJournal, pendingEntries } from '../../src/journal/journal.js';
import { judge } from '../../src/judge/index.js';
import { withinProcess } from '../../src/stub/index.js';
import { resolveTarget } from '../../src/target/index.js';
import type { Target } from '../../types/target.js';
import { notMet, outcomesOf, someChecks } from '../matrix/checks.js';
import type { Fetch } from '../matrix/front.js';
import { expect, test } from '../test.js';

/** A stub, what runs checks on it with a journal in a file, and what its groups are. */
async function onStub(ids: RegExp, change: (section: NonNullable<Target['relation']>) => void = () => {}) {
  const stub = createStub();
  const file = structuredClone(stubTarget({ url: withinProcess }));
  if (file.relation) change(file.relation);
  const target = resolveTarget({ ...file }, 'stub', apis);
  const environment = createEnvironment(target, { apis, fetch: stub.fetch, redactor: nothingSecret });
  const journalFile = join(mkdtempSync(join(tmpdir(), 'groups-')), 'journal.jsonl');
  const checks = await someChecks('relation', ids);
  const place = { api: named(apis, 'relation'), environment, slot: 0, journal: createJournal(journalFile) };
  const keeper = createKeeper(checks[0]?.suite as never, place);
  const before = JSON.stringify(stub.flags());
  const run = async () => {
    for (const { definition } of checks) {
      const { outcome, reason } = await judge(definition, keeper as never);
      expect([definition.requirement.id, outcome, reason]).toEqual([definition.requirement.id, 'met', undefined]);
    }
  };
  const isAsFound = () => JSON.stringify(stub.flags()) === before;
  return { target, environment, journalFile, keeper, run, isAsFound };
}

test('what the checks share is undone once no check follows, and nothing is left in the journal', async () => {
  const { journalFile, keeper, run, isAsFound } = await onStub(/^RG-(INFO|OWNER|CHATS-5)/);
  await run();
  expect(isAsFound(), 'the group of the run is there').toBe(false);
  expect(pendingEntries(journalFile)).toHaveLength(1);
  expect(await keeper.close()).toEqual([]);
  expect(isAsFound()).toBe(true);
  expect(pendingEntries(journalFile)).toEqual([]);
});

test('what a run that was killed has left is undone by its journal', async () => {
  const { target, environment, journalFile, run, isAsFound } = await onStub(/^RG-INFO-1/);
  await run();
  // The group was noted by its name before Create was answered.
  createJournal(journalFile).note({
    ...{ api: 'relation', account: target.sections.relation ? memberOf(target.sections.relation) : '' },
    ...{ subject: 'conformance check of a Create that came to nothing', before: { was: 'absent' } },
  });
  const { transport } = environment;
  const cleaned = await cleanUp(target, { apis, journalFile, transport, patienceMs: 0 });
  expect(cleaned.problems.concat(cleaned.untried)).toEqual([]);
  expect(cleaned.restored).toHaveLength(2);
  expect(isAsFound()).toBe(true);
  expect(pendingEntries(journalFile)).toEqual([]);
});

test('without a channel all is judged in a group of the run', async () => {
  const ids = /^(RE-LIST-(4|9)|RE-SEND-(1|3)|RE-UNREAD-1|RG-DIRECT-1)$/;
  const { keeper, run, isAsFound } = await onStub(ids, (section) => {
    delete section.channelUuid;
    delete section.former;
  });
  await run();
  await keeper.close();
  expect(isAsFound()).toBe(true);
});

test('a server with messages alone is judged on messages, and on groups where the target says that it has some', async () => {
  const { fetch } = createStub({ variants: ['relation-groups-absent'] });
  const checks = await someChecks('relation', /^(RG-CREATE-1|RE-LIST-9|RG-INFO-1)$/);
  const of = async (groups?: boolean) =>
    notMet(
      await outcomesOf('relation', fetch as Fetch, checks, ({ relation }) => {
        if (relation && groups !== undefined) relation.groups = groups;
      }),
    );
  const skipped = (why: RegExp) => [expect.stringMatching(/^RG-CREATE-1 skipped/), expect.stringMatching(why)];
  expect(await of()).toEqual(skipped(/^RG-INFO-1 skipped: the server answers as if it had messages alone/));
  expect(await of(false)).toEqual(skipped(/^RG-INFO-1 skipped: the target says that this server has no groups/));
  expect((await of(true)).map((line) => line.split(':')[0])).toEqual(['RG-CREATE-1 missed', 'RG-INFO-1 error']);
});

function memberOf(section: object): string {
  return (section as { member: { relationId: string } }).member.relationId;
}
