import { relationCodes } from '../../apis/relation/actions.js';
import { isOut } from '../../fixtures/relation/out.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-LEAVE-1', async (words) => {
  const { member, peer, thirds, expect } = words;
  const third = await thirds();
  const group = await member.creates([peer, ...third]);
  for (const [i, gone] of [peer, ...third].entries()) {
    await gone.leaves(group);
    await isOut(words, gone, group, relationCodes.left);
    expect(await member.membersOf(group), 'after Leave').toList(member, third.slice(i));
  }
});

requirement('RG-LEAVE-1-SHOULD', async ({ member, peer, expect }) => {
  const { channelUuid } = await member.creates([peer], { type: 'P' });
  const exchange = await peer.probe('leave', { channelUuid });
  expect(exchange).toBeRefusedWith([relationCodes.unsupportedType], 'Leave of a conversation of two');
});
