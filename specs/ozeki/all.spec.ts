import { flagActions, ozekiActions } from '../../apis/ozeki/actions.js';
import { atOnce } from '../../fixtures/at-once.js';
import {
  accessDenied,
  knownInside,
  knownMessages,
  onConversation,
  outsiderDenied,
  signedActions,
} from '../../fixtures/ozeki/access.js';
import { badMembers, badRequests, unknownStations, wrongSignatures } from '../../fixtures/ozeki/bad-input.js';
import {
  aliceRefused,
  answersAsListed,
  badMessagesRefused,
  everyAction,
  isToldOf,
  oneOfEachService,
} from '../../fixtures/ozeki/drive.js';
import { changeAll, shownFlags } from '../../fixtures/ozeki/flags.js';
import { nextSecond, yesterdayAt } from '../../fixtures/ozeki/message.js';
import type { User } from '../../fixtures/ozeki/user.js';
import { type OzekiVocabulary, requirement, together } from '../../fixtures/ozeki/vocabulary.js';
import { shared } from '../../fixtures/vocabulary.js';

/** Other flags change, and the colour goes, while the conversation is hidden. */
const whileHidden = [
  'hide',
  'favorite',
  'unfavorite',
  'setlistitembackgroundcolor',
  'clear',
  'unmute',
  'mute',
  'hide',
  'unhide',
] as const;

together(() => {
  for (const id of ['OZ-COM-1', 'OZ-COM-2', 'OZ-COM-3', 'OZ-COM-4', 'OZ-COM-5', 'OZ-COM-9'])
    requirement(id, shared(everyAction));
});

requirement('OZ-COM-6', async ({ alice, bob, chat, expect, scenario }) => {
  expect(await chat.shownTo(alice)).toNameById([alice, bob]);
  expect(await alice.login()).toLogIn(alice);
  const listed = await alice.friends();
  // A friend is known by the id alone; one that bears bob's name under another id is not looked for.
  const isListed = Object.keys(listed.friends).some((id) => id.toLowerCase() === bob.id);
  await scenario('friends', async () => {
    if (isListed || (await isToldOf(alice, bob))) expect(listed).toListById(bob);
  });
});

requirement('OZ-COM-7', async ({ alice, bob, chat, expect, scenario }) => {
  await alice.page();
  // Half a year on, a zone with summer time is another hour away from UTC.
  for (const message of [yesterdayAt('13:46:59'), yesterdayAt('00:04:07', 182), yesterdayAt('12:05:09')])
    await scenario(`a message of ${message.Created}`, async () => {
      expect(await alice.echo(chat, message)).toKeepTimesOf(message);
      expect(await bob.download(message)).toKeepTimesOf(message);
      expect(await bob.page({ date: message.Created })).toKeepTimesOf(message);
    });
});

requirement('OZ-COM-8', async ({ alice, bob, chat, expect }) => {
  const before = await alice.page({ reach: 'future' });
  const message = await alice.add(chat);
  await bob.viewed(chat, message);
  // Shorter than the page before, so that no older report moves up onto it.
  const page = await alice.page({ reach: 'future', limit: 20 });
  const reports = page.reports.filter(({ ID }) => !before.reports.some((known) => known.ID === ID));
  for (const view of [page, await alice.download(message), await bob.download(message), await bob.page()])
    expect(view).toDateNow([message, ...reports]);
});

requirement('OZ-COM-10', async (words) => {
  const { alice, bob, allowed } = words;
  const wrong = wrongSignatures(await alice.signature(), await bob.signature());
  await accessDenied(words, allowed(signedActions), (action, members) =>
    wrong.map(([what, Signature]) => [`with ${what}`, () => alice.probe(action, members, { headers: { Signature } })]),
  );
});

requirement('OZ-COM-11', async (words) => {
  const { alice, allowed } = words;
  await accessDenied(words, allowed(), (action, members) =>
    ozekiActions[action].headers.map((header) => [
      `without the Ozeki-${header} header`,
      () => alice.probe(action, members, { headers: { [header]: null } }),
    ]),
  );
});

requirement('OZ-COM-12', async (words) => {
  const { chat, outsider, allowed, expect, scenario } = words;
  const inside = await knownInside(words);
  await outsiderDenied(words, allowed(onConversation), inside);
  await scenario('reading from a message on that is known', async () => {
    await atOnce(await knownMessages(words), async ([where, action, members]) => {
      const what = `${action} from a message on by a user who takes no part in ${where}`;
      expect(await outsider().probe(action, members)).toHoldNoData(what);
    });
  });
  await atOnce(['list', 'friends', 'blocklist', 'notification'] as const, async (action) =>
    expect(await outsider().call(action)).toKeepSecret([chat.id, ...inside]),
  );
});

requirement('OZ-COM-13', async (words) => {
  const { alice, bob, chat, outsider, allowed, expect, scenario } = words;
  const inside = await knownInside(words);
  const signed = allowed().filter((name) => name !== 'notification');
  await atOnce(signed, async (action) => {
    const wrong = action === 'login' ? { apikey: 'ffffffffffffffff' } : {};
    expect(await alice.probe(action, wrong, { headers: { Signature: 'bm8gc2lnbmF0dXJl' } })).toKeepSecret(inside);
  });
  await scenario('an outsider', async () => {
    await atOnce(allowed(onConversation), async (action) => {
      const exchange = await outsider().probe(action);
      expect(exchange).toBeRefused(`${action} by a user who takes no part in the conversation`);
      expect(exchange).toKeepSecret(inside);
    });
  });
  await scenario('a Notification for a station that nobody has logged in from, while there is news', async () => {
    await alice.login();
    await bob.add(chat);
    for (const [what, Station] of unknownStations(alice.station))
      for (const headers of [{ Station }, { Station, User: alice.id }])
        expect(await alice.probe('notification', {}, { headers })).toHoldNoData(`Notification for ${what}`);
  });
});

requirement('OZ-COM-14', async (words) => {
  const { alice, chat, allowed, expect, scenario } = words;
  const isStillServed = async () => expect(await alice.call('list')).toBeServed('List after bad input');
  for (const action of oneOfEachService(allowed())) {
    await atOnce(badRequests(ozekiActions[action].action), (bad) => aliceRefused(words, action, bad));
    await isStillServed();
  }
  const calls = allowed().flatMap((action) =>
    badMembers(action, alice.legal(action)).map((bad) => [action, bad] as const),
  );
  // A member that the server does not read may have any value.
  await atOnce(calls, ([action, bad]) => aliceRefused(words, action, bad, !('conversationid' in bad[1])));
  await scenario('messages that are none', () => badMessagesRefused(words));
  await chat.clearAway();
  await isStillServed();
});

requirement('OZ-CONV-9', async ({ alice, chat, allowed }) => {
  for (const action of allowed().filter((name) => ozekiActions[name].answersConversation)) await alice.call(action);
  // One after the other on two conversations: an answer must not stick to the first.
  const { conversations } = await alice.list();
  const other = conversations.find(({ id }) => id !== chat.id);
  if (other !== undefined) for (const each of [chat, other, chat]) await alice.favorite(each);
});

/** Makes a message that was viewed, and sets flags of the other one's, so that a conversation has something to show. */
async function somethingToShow({ chat }: OzekiVocabulary, user: User, other: User) {
  await other.viewed(chat, await user.add(chat));
  await changeAll(other, chat, shownFlags, true);
  await nextSecond();
}

requirement('OZ-CONV-13', async (words) => {
  const { chat, eachWay, scenario } = words;
  await scenario('on two conversations', () =>
    eachWay(async (user, other) => {
      await somethingToShow(words, user, other);
      const { another } = (await chat.anotherOf(user)) ?? {};
      await atOnce(another === undefined ? [chat] : [chat, another], (each) =>
        answersAsListed(words, user, each, each === chat ? [...flagActions, 'clear'] : flagActions),
      );
    }),
  );
  // With another message and report in between: an answer that was kept shows.
  await scenario('once more, and while it is hidden', () =>
    eachWay(async (user, other) => {
      await somethingToShow(words, user, other);
      await answersAsListed(words, user, chat, [...flagActions, 'clear']);
      await answersAsListed(words, user, chat, whileHidden, false);
    }),
  );
});
