import { relationCodes } from '../../apis/relation/actions.js';
import { groupName } from '../../apis/relation/groups.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-CREATE-1', async ({ member, peer, expect }) => {
  const made = [await member.creates([peer]), await peer.creates([member]), await member.creates([peer])];
  expect(made.map(({ channelUuid }) => channelUuid)).toBeWithoutRepeats('what Create answered as channelUuid');
});

requirement('RG-CREATE-1-SHOULD', ({ eachWay, expect }) =>
  eachWay(async (user, other) => expect(await user.creates([other])).toBeHex()),
);

requirement('RG-CREATE-3', async ({ member, peer, expect }) => {
  for (const type of ['X', 'g', 'GP']) {
    const name = groupName();
    const exchange = await member.probe('create', { name, type, members: [peer.relationId] });
    expect(exchange).toBeRefusedWith([relationCodes.groupType], `Create of the type ${JSON.stringify(type)}`);
    expect(await member.chats(), 'after a Create that was refused').not.toShow([{ name }]);
  }
});

requirement('RG-CREATE-4', async ({ member, peer, thirds, eachWay, expect }) => {
  const pair = await member.creates([peer, ...(await thirds())], { type: 'P' });
  await eachWay(async (user) => {
    const { members } = await user.membersOf(pair);
    expect(members.map(({ relationId }) => String(relationId)).toSorted()).toBe(
      [member, peer].map(({ relationId }) => relationId).toSorted(),
      'a conversation of two has other members',
    );
    expect(await user.infoOf(pair)).toHave({ type: 'P' }, 'the type of Create');
    // Chats / List may show groups alone.
    const { chat } = await user.chatOf(pair);
    if (chat !== undefined) expect(chat, 'in Chats / List').toHave({ channelType: 'P' }, 'the type of Create');
  });
});

requirement('RG-CREATE-5', async ({ member, peer, eachWay, expect }) => {
  const place = await member.creates([peer]);
  await eachWay((user) => expect.soon(() => user.page({ place }), 'after Create').toHoldType('SYS'));
});
