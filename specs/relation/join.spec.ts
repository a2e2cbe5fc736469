import { relationCodes } from '../../apis/relation/actions.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-JOIN-1', async ({ member, peer, outsider, expect, scenario }) => {
  const group = await member.creates([member]);
  const getsIn = async (user: typeof peer, others: readonly (typeof peer)[]) => {
    // Who was refused before is let in all the same.
    for (const action of ['list', 'members'] as const) await user.probe(action, { channelUuid: group.channelUuid });
    await user.joins(group);
    const list = await user.call('list', { channelUuid: group.channelUuid });
    expect(list).must.toBeServed('List by who has joined');
    for (const reader of [user, member])
      expect(await reader.membersOf(group), 'after Join').toList(member, [...others, user]);
    const sent = [await user.send(group), await member.send(group)];
    for (const reader of [user, member]) expect(await reader.sees(sent, group), 'after Join').toHold(sent);
  };
  await getsIn(peer, []);
  await scenario('an outsider', async () => getsIn(await outsider(), [peer]));
});

requirement('RG-JOIN-2', async ({ member, peer, eachWay, expect }) => {
  const group = await member.creates([peer]);
  await eachWay(async (user) => {
    const exchange = await user.probe('join', { channelUuid: group.channelUuid });
    expect(exchange).toBeRefusedWith([relationCodes.alreadyJoined], 'Join of who is a member already');
    expect(await user.membersOf(group), 'after a second Join').toList(member, [peer]);
  });
});

requirement('RG-JOIN-3', async ({ member, peer, outsider, expect }) => {
  const pair = await member.creates([peer], { type: 'P' });
  const third = await outsider();
  const exchange = await third.probe('join', { channelUuid: pair.channelUuid });
  expect(exchange).toTellNothing('Join of a conversation of two by a third user');
  for (const user of [member, peer]) expect(await user.membersOf(pair), 'after it').not.toList([third]);
});

requirement('RG-JOIN-3-SHOULD', async ({ member, peer, outsider, expect }) => {
  const { channelUuid } = await member.creates([peer], { type: 'P' });
  const exchange = await (await outsider()).probe('join', { channelUuid });
  expect(exchange).toBeRefusedWith([relationCodes.unsupportedType], 'Join of a conversation of two by a third user');
});
