import { relationCodes } from '../../apis/relation/actions.js';
import { isOut } from '../../fixtures/relation/out.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-DISBAND-1', async (words) => {
  const { member, peer, thirds, expect } = words;
  const group = await member.creates([peer]);
  const { channelUuid } = group;
  const refused = await peer.probe('disband', { channelUuid });
  expect(refused).toBeRefusedWith([relationCodes.notAdmin], 'Disband by a member');
  for (const third of await thirds())
    expect(await third.probe('disband', { channelUuid })).toTellNothing('Disband by who is no member');
  const later = await peer.send(group);
  expect(await member.membersOf(group), 'after a Disband that was refused').toList(member, [peer]);
  expect(await member.sees([later], group), 'after a Disband that was refused').toHold([later]);
  await member.disbands(group);
  for (const user of [member, peer]) await isOut(words, user, group, relationCodes.dismissed);
});
