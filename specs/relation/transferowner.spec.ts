import { relationCodes } from '../../apis/relation/actions.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-OWNER-1', async ({ member, peer, thirds, expect }) => {
  const third = await thirds();
  const group = await member.creates([peer, ...third]);
  const transfer = { channelUuid: group.channelUuid, relationId: peer.relationId };
  const notAdmin = [relationCodes.notAdmin];
  expect(await peer.probe('transferowner', transfer)).toBeRefusedWith(notAdmin, 'Transfer Owner by a member');
  expect(await peer.membersOf(group), 'after a Transfer Owner that was refused').toList(member, [peer, ...third]);
  await member.transfers(group, peer);
  for (const user of [member, peer]) {
    expect(await user.membersOf(group), 'after Transfer Owner').toList(peer, [member, ...third]);
    const isAdmin = await user.isAdminOf(group);
    expect(isAdmin).toHave({ data: user === peer }, 'whether the user is the new admin');
  }
  const members = [peer.relationId];
  const removal = await member.probe('removemembers', { channelUuid: group.channelUuid, members });
  expect(removal).toBeRefusedWith(notAdmin, 'Remove Members by who was the admin');
  await peer.removes(group, [member]);
  expect(await peer.membersOf(group), 'after Remove Members by the new admin').toList(peer, third);
});
