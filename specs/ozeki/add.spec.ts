import { flagActions, ozekiOutcome } from '../../apis/ozeki/actions.js';
import { cipherText, delicateTexts, refusableTexts, textOfBytes, type Upload } from '../../fixtures/data.js';
import { overtakenBy } from '../../fixtures/ozeki/concurrent-users.js';
import {
  addMembers,
  clearAway,
  downloadFrom,
  fetchPage,
  firstCursor,
  newMessage,
  nextSecond,
  post,
  walkBack,
} from '../../fixtures/ozeki/history.js';
import { attemptLegal } from '../../fixtures/ozeki/probes.js';
import type { OzekiContext, OzekiUser } from '../../fixtures/ozeki/session.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import type { Finding } from '../../src/exchange/index.js';
import { containsAll, equal, unchanged } from '../../src/rules/index.js';

for (const id of ['OZ-ADD-1', 'OZ-ADD-2']) {
  requirement(id, async (context) => {
    await post(context, context.alice);
    await post(context, context.bob, { Type: 'Message' });
  });
}

/** A message of an earlier second than all that follow: within one second the order is the server's, and so is what a cursor leaves out. */
async function anchor(context: OzekiContext): Promise<Upload> {
  const first = await post(context, context.alice);
  await nextSecond();
  return first;
}

/** Finds what a reader's Download from an earlier message on lacks of these or shows changed. */
async function deliveryFindings(
  context: OzekiContext,
  reader: OzekiUser,
  from: Upload,
  sent: readonly Upload[],
  kinds: readonly string[] = [],
): Promise<Finding[]> {
  const { messages, exchange } = await downloadFrom(context, reader, from);
  const held = new Map(messages.map((message) => [message.ID, message]));
  const cited = { exchanges: [exchange] };
  return sent.flatMap((message, i) => {
    const found = held.get(message.ID);
    const what = kinds[i] === undefined ? 'a message' : `a message with ${kinds[i]}`;
    if (found === undefined)
      return [
        {
          message: `${reader.actor} cannot download ${what}`,
          expected: message.ID,
          found: `${messages.length} others`,
          ...cited,
        },
      ];
    const shown: Record<string, unknown> = { ...found };
    const others = (['Type', 'Created', 'ValidUntil'] as const).flatMap((member) =>
      equal(shown[member], message[member], `the ${member} of ${what} came back changed`, `/messages/${member}`),
    );
    return [...unchanged(found.Data, message.Data, `the Data of ${what}`), ...others].map((finding) => ({
      ...finding,
      ...cited,
    }));
  });
}

/** Whether a message that may be refused was added. */
async function isTaken(context: OzekiContext, message: Upload): Promise<boolean> {
  return ozekiOutcome(await context.alice.attempt.add(addMembers(context, message), { intent: 'probe' })) === 'served';
}

/** Finds what a page of the newest messages shows changed of these, where it shows Data at all. */
async function pageFindings(
  context: OzekiContext,
  reader: OzekiUser,
  sent: readonly Upload[],
  kinds: readonly string[],
): Promise<Finding[]> {
  const page = await fetchPage(context, reader, firstCursor(context), sent.length);
  const held = new Map(page.messages.map((message) => [message.ID, message as { Data?: unknown }]));
  return sent.flatMap(({ ID, Data }, i) => {
    const found = held.get(ID)?.Data;
    if (found === undefined) return [];
    return unchanged(found, Data, `the Data of a message with ${kinds[i]}, in Partial download,`).map((finding) => ({
      ...finding,
      exchanges: [page.exchange],
    }));
  });
}

requirement('OZ-ADD-3', async (context) => {
  const { alice, bob, step } = context;
  const texts = delicateTexts();
  const from = await anchor(context);
  step(`alice adds messages with ${texts.map(({ kind }) => kind).join(', ')}; both download them`);
  const delicate: Upload[] = [];
  const kinds: string[] = [];
  const keep = (message: Upload, kind: string) => {
    delicate.push(message);
    kinds.push(kind);
  };
  for (const { kind, text } of texts) {
    const message = newMessage({ Data: text });
    await alice.add(addMembers(context, message));
    keep(message, kind);
  }
  for (const { kind, text } of refusableTexts()) {
    const message = newMessage({ Data: text });
    if (await isTaken(context, message)) keep(message, kind);
  }
  for (let i = 0; i < 2; i++) {
    keep(await post(context, bob, { Data: 'c2FtZSBEYXRhIGFnYWlu' }), 'Data that another message has too');
  }
  const findings = [
    ...(await deliveryFindings(context, bob, from, delicate, kinds)),
    ...(await deliveryFindings(context, alice, from, delicate, kinds)),
    ...(await pageFindings(context, bob, delicate, kinds)),
  ];

  step('bob adds 64 KiB of letters, once narrow, once wide; both download them');
  const large = [
    await post(context, bob, { Data: textOfBytes(65_536, 'ascii') }),
    await post(context, bob, { Data: textOfBytes(65_536, 'wide') }),
  ];
  const sizes = ['64 KiB of ASCII', '64 KiB of three-byte letters'];
  findings.push(
    ...(await deliveryFindings(context, alice, from, large, sizes)),
    ...(await deliveryFindings(context, bob, from, large, sizes)),
    ...(await pageFindings(context, alice, large, sizes)),
  );
  await clearAway(context);

  const next = await anchor(context);
  step(
    'alice and bob mute the conversation and choose it as favorite, add a message each, bob changes all his flags, both download both',
  );
  const conversationid = context.conversation;
  for (const user of [alice, bob]) {
    await user.mute({ conversationid });
    await user.favorite({ conversationid });
  }
  const muted = [await post(context, alice), await post(context, bob)];
  // What flags change is a flag: no message goes with it.
  for (const action of flagActions) await attemptLegal(context, bob, action, { intent: 'call' });
  const flagged = muted.map(() => 'flags of sender and reader set before and changed afterwards');
  for (const reader of [alice, bob]) {
    const { messages } = await fetchPage(context, reader, firstCursor(context), 10);
    findings.push(
      ...(await deliveryFindings(context, reader, next, muted, flagged)),
      ...containsAll(
        messages.map(({ ID }) => ID),
        muted.map(({ ID }) => ID),
        `${reader.actor}, whose flags have changed, does not find a new message in Partial download`,
      ),
    );
  }

  step('alice and bob add ten messages at the same time; both download them');
  const together = Array.from({ length: 10 }, () => newMessage());
  await Promise.all(together.map((message, i) => (i % 2 === 0 ? alice : bob).add(addMembers(context, message))));
  findings.push(
    ...(await deliveryFindings(context, alice, next, together)),
    ...(await deliveryFindings(context, bob, next, together)),
  );
  const ids = new Set(together.map(({ ID }) => ID));
  const walked = await walkBack(context, bob, { limit: 50, until: ids });
  findings.push(...containsAll(walked.ids, ids, 'messages added at the same time are missing from Partial download'));
  return findings;
});

requirement('OZ-ADD-4', async (context) => {
  const { alice, bob, step } = context;
  const findings = [];
  for (const sender of [alice, bob]) {
    await nextSecond();
    // The second time the sender has muted the conversation: that is none of List's business.
    if (sender === bob) await bob.mute({ conversationid: context.conversation });
    step(`${sender.actor} adds a message, both look at their List`);
    const message = await post(context, sender);
    for (const reader of [alice, bob]) {
      const { conversations } = await reader.list();
      const shown = conversations.find(({ id }) => id === context.conversation);
      const strays = conversations.filter(
        ({ id, lastmessageid }) => id !== context.conversation && lastmessageid === message.ID,
      );
      findings.push(
        ...equal(
          strays.map(({ id }) => id),
          [],
          'after Add another conversation than that of the new message shows its ID as lastmessageid',
        ),
      );
      if (await overtakenBy(context, reader, shown?.lastmessageid, message)) continue;
      findings.push(
        ...equal(
          shown?.lastmessageid,
          message.ID,
          `after Add the List of ${reader.actor} does not show the new message's ID as lastmessageid`,
          '/conversations',
        ),
      );
    }
  }
  return findings;
});

requirement('OZ-ADD-5', async (context) => {
  const { alice, bob, step } = context;
  const again = (user: OzekiUser, one: Upload) => user.attempt.add(addMembers(context, one), { intent: 'probe' });
  const from = await anchor(context);
  const twice: [string, (one: Upload) => Promise<unknown>][] = [
    ['added twice', (one) => again(alice, one)],
    ['added again behind another message', async (one) => [await post(context, bob), await again(alice, one)]],
    ['added again with other Data', (one) => again(alice, { ...one, Data: cipherText() })],
    ['added again by another participant', (one) => again(bob, one)],
    ['added three times at once', (one) => Promise.all([again(alice, one), again(alice, one)])],
  ];
  const sent: [string, Upload][] = [];
  for (const [words, repeat] of twice) {
    step(`a message is ${words}`);
    const message = newMessage();
    const first = alice.add(addMembers(context, message));
    if (!words.endsWith('at once')) await first;
    await Promise.all([first, repeat(message)]);
    sent.push([words, message]);
  }
  const { messages } = await downloadFrom(context, bob, from);
  const page = await fetchPage(context, bob, firstCursor(context), 50);
  return sent.flatMap(([words, { ID, Data }]) => [
    ...[messages, page.messages].flatMap((held) =>
      equal(held.filter((message) => message.ID === ID).length, 1, `an ID ${words} is not one message`, '/messages'),
    ),
    ...(messages.filter((message) => message.Data === Data).length > 1
      ? [{ message: `an ID ${words} is several messages of the same Data`, path: '/messages' }]
      : []),
  ]);
});
