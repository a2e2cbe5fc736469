import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RG-CREATE-2', async ({ member, peer, thirds, eachWay, expect }) => {
  const third = await thirds();
  // The caller may name itself.
  for (const [named, others] of [
    [
      [peer, ...third],
      [peer, ...third],
    ],
    [[member, peer], [peer]],
    [[member], []],
  ] as const) {
    const group = await member.creates(named);
    for (const user of [member, ...others]) expect(await user.membersOf(group), 'after Create').toList(member, others);
  }
  await eachWay(async (user, other) =>
    expect(await other.membersOf(await user.creates([other])), 'after Create').toList(user, [other]),
  );
});
