import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-INFO-1', async ({ member, peer, group, eachWay, expect }) => {
  const groups = [await group(), await member.creates([peer])];
  await eachWay(async (user) => {
    for (const made of groups) {
      const { channelUuid: uuid, name, type } = made;
      const info = await user.infoOf(made);
      expect(info).toHave({ uuid, name, type, openAccess: true }, 'as of the group that was made');
      const roll = await user.membersOf(made);
      expect(info).toHave({ members: roll.members }, 'that of Members');
      expect(roll).toList(member, [peer]);
    }
  });
});

requirement('RG-STRANGER-1', async ({ group, outsider, expect }) => {
  const [{ channelUuid }, third] = [await group(), await outsider()];
  for (const action of ['info', 'members', 'getannouncement'] as const)
    expect(await third.probe(action, { channelUuid })).toTellNothing(`${action} by who never was a member`);
});
