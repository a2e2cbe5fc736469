import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-INFO-1', async ({ member, peer, group, eachWay, expect }) => {
  const shared = await group();
  const { channelUuid: uuid, name, type } = shared;
  await eachWay(async (user) => {
    const info = await user.infoOf(shared);
    expect(info).toHave({ uuid, name, type, openAccess: true }, 'as of the group that was made');
    const { members } = await user.membersOf(shared);
    expect(info).toHave({ members }, 'that of Members');
    expect(await user.membersOf(shared)).toList(member, [peer]);
  });
});

requirement('RG-STRANGER-1', async ({ group, outsider, expect }) => {
  const [{ channelUuid }, third] = [await group(), await outsider()];
  for (const action of ['info', 'members', 'getannouncement'] as const)
    expect(await third.probe(action, { channelUuid })).toTellNothing(`${action} by who never was a member`);
});
