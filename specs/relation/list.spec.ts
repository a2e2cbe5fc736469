import { relationCodes } from '../../apis/relation/actions.js';
import { atOnce } from '../../fixtures/at-once.js';
import { refused } from '../../fixtures/bad-input.js';
import { delicateTexts, textsOfBytes } from '../../fixtures/data.js';
import { badPages } from '../../fixtures/relation/bad-input.js';
import type { Place } from '../../fixtures/relation/entries.js';
import { draftsOf, isServed, quoteOf, type Sent, typedDrafts } from '../../fixtures/relation/message.js';
import type { User } from '../../fixtures/relation/user.js';
import { requirement, together } from '../../fixtures/relation/vocabulary.js';
import { everyBound, everyWalk, walkWhileSent } from '../../fixtures/relation/walks.js';
import { driven } from '../../fixtures/vocabulary.js';

const { denied: denial, parameter } = relationCodes;

requirement('RE-LIST-3', ({ eachWay, expect }) =>
  eachWay(async (user) => {
    for (const limit of ['1', '50']) {
      const exchange = await user.probe('list', { channelUuid: undefined, limit });
      expect(exchange).toBeRefusedWith([parameter], 'List with neither channelUuid nor toRelationId');
    }
  }),
);

requirement('RE-LIST-4', async ({ member, peer, outsider, former, channel, expect, scenario }) => {
  const isShutOut = async (third: User, place: Place) => {
    await scenario('a message', () => member.send(place));
    const { entries } = await member.walk({ limit: 50, maxPages: 5, place });
    const { channelUuid } = place;
    const denied = async (members: object, what: string) =>
      expect(await third.probe('list', { channelUuid, ...members })).toBeRefusedWith(
        [denial],
        `List ${what} by who is no member`,
      );
    for (const limit of ['1', '10', '50']) await denied({ limit }, 'of the newest messages');
    for (const { createAt } of entries.slice(-1)) await denied({ maxCreateAt: createAt }, 'of older messages');
    await scenario(`a message that the ${third.actor} tries to send`, async () => {
      await third.trySend(place);
      await denied({}, 'after a Send');
    });
    for (const { actor, relationId } of [member, peer, third]) {
      const beside = await third.page({ place: { channelUuid, toRelationId: relationId }, mayRefuse: true });
      expect(beside, `with ${actor} as receiver beside the channel`).not.toHold(entries.map(({ id }) => ({ id })));
    }
  };
  await scenario('one who never was a member', async () => isShutOut(await outsider(), channel));
  await scenario('one who was a member', async () => {
    const { third, place } = await former();
    await isShutOut(third, place);
  });
});

requirement('RE-LIST-9', async ({ member, peer, channel, eachLooks, expect }) => {
  // What is refused below is refused for what it holds.
  await member.send(channel);
  const arrives = (sent: readonly Sent[]) =>
    eachLooks(async (reader) => expect(await reader.sees(sent)).toShowAsSent(sent));
  for (const [sender, texts] of [
    [member, delicateTexts()],
    [peer, textsOfBytes(8192)],
  ] as const) {
    const sent = await sender.tryAll(channel, draftsOf(texts));
    await arrives(sent.filter(({ exchange, kind }) => expect(exchange).toBeServed(`Send of ${kind}`)));
  }
  // A server that knows only some types, or only cards of a certain form, may refuse others.
  const typed = await member.tryAll(channel, typedDrafts(), 'probe');
  await arrives(typed.filter(isServed));
});

requirement('RE-LIST-10', ({ channel, eachWay, expect }) =>
  eachWay(async (sender, other) => {
    const sent = [await sender.send(channel)];
    for (const reader of [sender, other]) expect(await reader.sees(sent)).toDateNow(sent);
  }),
);

requirement('RE-LIST-11', async ({ member, peer, channel, eachLooks, expect }) => {
  for (const [author, quoter] of [
    [member, member],
    [peer, member],
    [member, peer],
  ] as const) {
    const quoted = await author.send(channel);
    const { id } = await quoter.shown(quoted);
    await quoter.send(channel);
    const quoting = await quoter.trySend(channel, quoteOf(id), 'call');
    expect(quoting.exchange).must.toBeServed('Send with quoteId');
    await eachLooks(async (reader) => expect(await reader.sees([quoting, quoted])).toShowQuote(quoting, quoted));
  }
});

requirement('RE-LIST-12', async (words) => {
  await atOnce(badPages, (bad) => refused(words, words.member, 'list', bad, { mayServe: true }));
  await words.member.page({ limit: 1 });
});

requirement('RE-LIST-14', async ({ member, peer, outsider, direct, eachWay, expect, scenario, volumes }) => {
  const sent = await direct.talk(volumes.several);
  await eachWay(async (reader, other) => {
    const place = direct.with(other);
    if (!expect(await reader.call('list', place)).toBeServed('List with toRelationId alone')) return;
    const seen = await reader.sees(sent, place);
    expect(seen, 'with toRelationId alone').toShowAsSent(sent);
    const { messages: due } = seen;
    expect(await reader.walk({ place, limit: 2, due }), 'with toRelationId alone').toGive(due);
  });
  await scenario('an outsider', async () => {
    const third = await outsider();
    for (const [reader, other] of [
      [member, third],
      [third, member],
      [third, peer],
    ] as const)
      expect(await reader.page({ place: direct.with(other), mayRefuse: true })).not.toHold(sent);
  });
});

requirement('RG-DIRECT-3', async ({ member, peer, outsider, direct, expect }) => {
  const third = await outsider();
  const sent = await direct.sendToFriend(member, peer);
  const place = { channelUuid: sent.channelUuid };
  const list = await third.probe('list', place);
  expect(list).toTellNothing('List of the conversation of two others');
  const tried = await third.trySend(place);
  expect(tried.exchange).toTellNothing('Send to the conversation of two others');
  const beside = await third.trySend({ ...place, toRelationId: member.relationId });
  const later = await direct.sendToFriend(peer, member);
  expect(await member.sees([sent, later], place), 'after Send by a third user').not.toHold([tried, beside]);
});

// What was sent for the checks before is part of the history. A group begins with a system message, so walks go far back.
together(() => {
  for (const id of ['RE-LIST-1', 'RE-LIST-2', 'RE-LIST-5', 'RE-LIST-13']) requirement(id, driven(everyWalk));

  requirement('RE-LIST-7', async (words) => {
    for (const { whole, walks } of await everyWalk(words))
      for (const { walked } of walks) words.expect(walked).toKeepIdsApart(whole);
  });

  requirement('RE-LIST-8', async (words) => {
    const { expect } = words;
    for (const { whole, walks } of await everyWalk(words))
      for (const { walked, due } of walks) {
        expect(walked).toGive(due);
        expect(walked).toGiveNothingBeyond(whole);
      }
    const { walked, due } = await walkWhileSent(words);
    expect(walked, 'while messages are sent').toGive(due);
  });

  requirement('RE-LIST-6', driven(everyBound));

  requirement('RE-LIST-6-SHOULD', async (words) => {
    for (const { page, exactly } of await everyBound(words))
      words.expect(page, 'with their createAt as maxCreateAt').toHold(exactly);
  });
});
