import { requirement } from '../../fixtures/ozeki/suite.js';

for (const id of ['OZ-FRIEND-1', 'OZ-FRIEND-2', 'OZ-FRIEND-2-SHOULD', 'OZ-FRIEND-3']) {
  requirement(id, async ({ alice, bob }) => {
    await alice.friends();
    await bob.friends();
  });
}
