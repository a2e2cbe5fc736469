import { newWorkspaceName, refusedInOrder } from '../../fixtures/ozeki/probes.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import type { Finding } from '../../src/exchange/index.js';

requirement('OZ-WORK-1', async ({ alice }) => {
  await alice.workspaceregister({ workspacename: newWorkspaceName() });
});

requirement('OZ-WORK-2', async ({ alice, bob, step }) => {
  const taken = newWorkspaceName();
  await alice.workspaceregister({ workspacename: taken });
  const findings: Finding[] = [];
  for (const [user, workspacename, words] of [
    [alice, taken, 'a workspace name that is taken by oneself'],
    [bob, taken, 'a workspace name that is taken by another'],
    [alice, '', 'an empty workspace name'],
    [alice, 'no host name!', 'a workspace name with a blank and an exclamation mark'],
    [alice, '-conformance..example.test', 'a workspace name with an empty label'],
    [alice, `${newWorkspaceName()}/path`, 'a workspace name with a path behind it'],
  ] as const) {
    step(`${user.actor} registers ${words}`);
    findings.push(
      ...refusedInOrder(await user.attempt.workspaceregister({ workspacename }, { intent: 'probe' }), words),
    );
  }
  return findings;
});
