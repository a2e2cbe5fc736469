import { newWorkspaceName } from '../../fixtures/ozeki/members.js';
import { requirement } from '../../fixtures/ozeki/vocabulary.js';

requirement('OZ-WORK-1', async ({ alice, expect }) => {
  expect(await alice.call('workspaceregister')).toBeServed('registering a workspace');
});

requirement('OZ-WORK-2', async ({ alice, bob, expect, step }) => {
  const taken = newWorkspaceName();
  await alice.call('workspaceregister', { workspacename: taken });
  for (const [user, workspacename, words] of [
    [alice, taken, 'a workspace name that is taken by oneself'],
    [bob, taken, 'a workspace name that is taken by another'],
    [alice, '', 'an empty workspace name'],
    [alice, 'no host name!', 'a workspace name with a blank and an exclamation mark'],
    [alice, '-conformance..example.test', 'a workspace name with an empty label'],
    [alice, `${newWorkspaceName()}/path`, 'a workspace name with a path behind it'],
  ] as const) {
    step(`${user.actor} registers ${words}`);
    expect(await user.probe('workspaceregister', { workspacename })).toBeRefused(words);
  }
});
