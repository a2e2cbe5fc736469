// @ts-check
import { checksOf } from 'chat-api-conformance/checks';
import { ozekiPrivate } from '../ozeki-private.js';

const { requirement } = checksOf(ozekiPrivate);

requirement('OZX-WHO-1', async ({ alice, bob, expect }) => {
  for (const user of [alice, bob]) {
    const { response } = await user.attempt('whoami', {});
    expect(response.json).toHave({ userid: user.id }, `the id of ${user.actor}`);
  }
});

requirement('OZX-COM-4', async ({ alice }) => {
  await alice.attempt('friends', {});
  await alice.attempt('whoami', {});
});
