import { relationCodes } from '../../apis/relation/actions.js';
import type { Sent } from '../../fixtures/relation/message.js';
import { isOut } from '../../fixtures/relation/out.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-REMOVE-1', async (words) => {
  const { member, peer, thirds, expect } = words;
  const gone = [peer, ...(await thirds())];
  const group = await member.creates(gone);
  const kept: Sent[] = [];
  for (const user of gone) kept.push(await user.send(group));
  await member.removes(group, gone);
  expect(await member.membersOf(group), 'after Remove Members').toList(member);
  const tried: Sent[] = [];
  for (const user of gone) tried.push(await isOut(words, user, group, relationCodes.removed));
  kept.push(await member.send(group));
  const seen = await member.sees(kept, group);
  expect(seen, 'after Remove Members').toHold(kept);
  expect(seen, 'after a Send by who was removed').not.toHold(tried);
});

requirement('RG-REMOVE-2', async ({ member, peer, thirds, expect, scenario }) => {
  const third = await thirds();
  const group = await member.creates([peer, ...third]);
  const { channelUuid } = group;
  for (const { relationId } of [...third, member, peer]) {
    const exchange = await peer.probe('removemembers', { channelUuid, members: [relationId] });
    expect(exchange).toBeRefusedWith([relationCodes.notAdmin], 'Remove Members by a member');
  }
  await scenario('who is no member', async () => {
    const other = await member.creates([peer]);
    for (const who of third) {
      const asked = { channelUuid: other.channelUuid, members: [peer.relationId] };
      expect(await who.probe('removemembers', asked)).toTellNothing('Remove Members by who is no member');
    }
    expect(await member.membersOf(other), 'after Remove Members by who is no member').toList(member, [peer]);
  });
  for (const user of [member, peer])
    expect(await user.membersOf(group), 'after Remove Members by a member').toList(member, [peer, ...third]);
});

requirement('RG-REMOVE-3', async ({ member, peer, thirds, expect }) => {
  const third = await thirds();
  const group = await member.creates([peer, ...third]);
  const sent = [await member.send(group), await peer.send(group)];
  for (const user of third) sent.push(await user.send(group));
  await member.removes(group, [peer]);
  for (const user of [member, ...third]) {
    expect(await user.membersOf(group), 'after Remove Members').toList(member, third);
    const later = await user.send(group);
    expect(await user.sees([...sent, later], group), 'after Remove Members of another').toHold([...sent, later]);
  }
});
