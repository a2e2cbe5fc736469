import { relationCodes } from '../../apis/relation/actions.js';
import { nothingStored } from '../../fixtures/relation/access.js';
import { nobody } from '../../fixtures/relation/bad-input.js';
import { isServed, newDraft, quoteOf, type Sent } from '../../fixtures/relation/message.js';
import { requirement } from '../../fixtures/relation/vocabulary.js';

requirement('RE-SEND-1', async ({ member, peer, channel, eachLooks, expect, volumes }) => {
  const sent = [await member.send({ channelUuid: channel.channelUuid }), await peer.send(channel)];
  sent.push(await peer.send(channel, newDraft({ content: sent[1]?.content })));
  sent.push(...(await channel.holdsAtOnce(volumes.atOnce)));
  await eachLooks(async (reader) => expect(await reader.sees(sent)).toShowUnderTheirIds(sent));
});

requirement('RE-SEND-2', async (words) => {
  const { member, expect } = words;
  const refused: Sent[] = [];
  for (const [what, place] of nobody) {
    const sent = await member.trySend(place);
    expect(sent.exchange).toBeRefusedWith([relationCodes.parameter], `Send with ${what}`);
    refused.push(sent);
  }
  await nothingStored(words, refused, 'after a Send to nobody');
});

requirement('RE-SEND-3', async (words) => {
  const { member, outsider, channel, expect } = words;
  const [third, quoted] = [await outsider(), await member.send(channel)];
  const refused: Sent[] = [];
  for (const draft of [newDraft(), newDraft(), quoteOf(quoted.id)]) {
    const sent = await third.trySend(channel, draft);
    expect(sent.exchange).toBeRefusedWith([relationCodes.notMember], 'Send by who is no member of the channel');
    refused.push(sent);
  }
  // Which of the two receivers counts is the server's choice; the channel must not get it.
  refused.push(await third.trySend({ ...channel, toRelationId: member.relationId }));
  await nothingStored(words, refused, 'after Send by who is no member of the channel');
});

requirement('RE-SEND-4', ({ channel, eachWay, expect }) =>
  eachWay(async (sender, other) => {
    const one = await sender.send(channel);
    await sender.trySend(channel, one);
    const between = await sender.send(channel);
    await sender.trySend(channel, one);
    const twin = newDraft({}, 'a message sent twice at the same time');
    const twins = await Promise.all([sender.trySend(channel, twin), sender.trySend(channel, twin)]);
    const last = await sender.send(channel);
    for (const reader of [sender, other]) {
      const seen = await reader.sees([one, between, last]);
      expect(seen, 'after the same sendUuid was sent again').toShowOnce(one);
      if (twins.some(isServed)) expect(seen).toShowOnce(twin);
    }
  }),
);

requirement('RE-SEND-5', ({ direct, eachWay, expect }) =>
  eachWay(async (sender, receiver) => {
    const sent = await direct.send(sender, receiver);
    if (sent === undefined || !expect(sent.exchange).toBeServed('Send with toRelationId alone')) return;
    const { channelUuid } = sent;
    for (const reader of [sender, receiver]) {
      // What is refused then is refused for this channel.
      await reader.page();
      const list = await reader.call('list', { channelUuid });
      if (expect(list).toBeServed(`List of ${reader.actor} by the channel that Send answered`))
        expect(await reader.sees([sent], { channelUuid })).toHold([sent]);
    }
  }),
);

requirement('RG-DIRECT-1', ({ direct, eachWay, expect }) =>
  eachWay(async (sender, receiver) => {
    const sent = await direct.sendToFriend(sender, receiver);
    const { channelUuid } = sent;
    for (const reader of [sender, receiver])
      expect(await reader.sees([sent], { channelUuid }), 'of a direct conversation').toShowAsSent([sent]);
  }),
);

requirement('RG-DIRECT-2', async ({ member, peer, direct, eachWay, expect }) => {
  const sent = [await direct.sendToFriend(member, peer)];
  for (const [from, to] of [
    [member, peer],
    [peer, member],
    [peer, member],
  ] as const)
    sent.push(await direct.sendToFriend(from, to));
  const [first] = sent.map(({ channelUuid }) => channelUuid);
  for (const { exchange } of sent) expect(exchange).toAnswerChannel(first);
  await eachWay(async (reader, other) => {
    for (const place of [direct.with(other), { channelUuid: first }])
      expect(await reader.sees(sent, place)).toHold(sent);
  });
});
