import { groupName } from '../../apis/relation/groups.js';
import { chatText } from '../../fixtures/data.js';
import { delicateName } from '../../fixtures/relation/group.js';
import { newDraft } from '../../fixtures/relation/message.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-CHATS-1', async ({ member, peer, group, eachWay, expect }) => {
  const groups = [await group(), await member.creates([peer], { name: delicateName() }), await peer.creates([member])];
  await eachWay(async (user) => {
    expect(await user.chats()).toShow(groups);
    for (const limit of [1, 2, 3]) await user.chats({ limit, due: groups.map(({ channelUuid }) => channelUuid) });
  });
});

requirement('RG-CHATS-2', async ({ member, peer, group, others, expect }) => {
  const groups = [await group(), await member.creates([peer]), await peer.creates([member])];
  const whole = await member.chats();
  // Whatever others send moves their chats, and what is asked for behind one of them with it.
  const quietly = async (limit: number) => {
    let walked = await member.chats({ limit });
    for (let i = 1; i < others.rounds && walked.repeats.length > 0; i++) walked = await member.chats({ limit });
    return walked;
  };
  expect(whole).toGiveGroups(groups);
  for (const limit of [Math.ceil(whole.chats.length / 3), Math.ceil(whole.chats.length / 7)])
    expect(await quietly(limit)).toGiveGroups(groups);
});

requirement('RG-CHATS-2-SHOULD', async ({ member, peer, group, eachWay, expect }) => {
  const start = groupName();
  const [one, other] = [await group(), await member.creates([peer], { name: `${start} ${groupName()}` })];
  await eachWay(async (user) => {
    // As on the page: "test" finds "test-group".
    for (const [keyword, wanted, unwanted] of [
      [one.name, one, other],
      [start, other, one],
    ] as const) {
      const found = await user.chats({ keyword });
      expect(found, 'with its name or the words that it begins with as keyword').toShow([wanted]);
      expect(found, 'with the name of another as keyword').not.toShow([unwanted]);
    }
  });
});

requirement('RG-CHATS-3', async ({ member, peer, expect }) => {
  const [removed, left] = [await member.creates([peer]), await member.creates([peer])];
  expect(await peer.chatOf(removed), 'after Create').toHaveStatus(0);
  await member.removes(removed, [peer]);
  await expect.soon(() => peer.chatOf(removed), 'after Remove Members').toHaveStatus(2);
  await peer.leaves(left);
  await expect.soon(() => peer.chatOf(left), 'after Leave').toHaveStatus(1);
  expect(await member.chatOf(left), 'after Leave of another').toHaveStatus(0);
  await member.disbands(left);
  await expect.soon(() => member.chatOf(left), 'after Disband').toHaveStatus(3);
});

requirement('RG-CHATS-4', async ({ group, eachWay, expect }) => {
  const shared = await group();
  await eachWay(async (reader, sender) => {
    const sent = await sender.send(shared, newDraft({ content: `${chatText()} <b>Tom & 'Jerry'</b> “群” 🙂` }));
    await expect.soon(() => reader.chatOf(shared), 'after Send of another member').toEndWith(sent);
    await expect.soon(() => sender.chatOf(shared), 'after Send').toEndWith(sent);
  });
});

requirement('RG-CHATS-4-SHOULD', async ({ member, peer, group, eachWay, expect }) => {
  const [shared, beside] = [await group(), await member.creates([peer])];
  await eachWay(async (reader, sender) => {
    const before = await reader.chatOf(shared);
    const quiet = await reader.chatOf(beside);
    await sender.send(beside);
    await sender.send(shared);
    if (!(await expect.soon(() => reader.chatOf(shared), 'after Send').toHaveMoreUnread(before))) return;
    const unread = await reader.chatOf(shared);
    const { shown } = await reader.walk({ place: shared, limit: 50 });
    await reader.call('read', { channelUuid: shared.channelUuid, total: shown.length });
    await expect.soon(() => reader.chatOf(shared), 'after Read').toHaveLessUnread(unread);
    await expect.soon(() => reader.chatOf(beside), 'after Send, and Read of another chat').toHaveMoreUnread(quiet);
  });
});
