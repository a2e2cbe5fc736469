import { delicateName, type OwnGroup } from '../../fixtures/relation/group.js';
import type { User } from '../../fixtures/relation/user.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-INFO-1', async ({ member, peer, thirds, group, eachWay, expect }) => {
  const third = await thirds();
  const isOf = (made: OwnGroup, others: readonly User[]) =>
    eachWay(async (user) => {
      const { channelUuid: uuid, name, type } = made;
      const info = await user.infoOf(made);
      expect(info).toHave({ uuid, name, type, openAccess: true }, 'as of the group that was made');
      const roll = await user.membersOf(made);
      expect(info).toHave({ members: roll.members }, 'that of Members');
      expect(roll).toList(member, others);
    });
  await isOf(await group(), [peer]);
  const changing = await member.creates(third, { name: delicateName() });
  await peer.joins(changing);
  await isOf(changing, [...third, peer]);
  if (third.length === 0) return;
  await member.removes(changing, third);
  await isOf(changing, [peer]);
});

requirement('RG-STRANGER-1', async ({ group, outsider, expect }) => {
  const [{ channelUuid }, third] = [await group(), await outsider()];
  for (const action of ['info', 'members', 'getannouncement'] as const)
    expect(await third.probe(action, { channelUuid })).toTellNothing(`${action} by who never was a member`);
});
