import { delicateTexts, textOfBytes, type Upload } from '../../fixtures/data.js';
import type { OzekiContext, OzekiUser } from '../../fixtures/ozeki.js';
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
} from '../../fixtures/ozeki-history.js';
import { overtakenBy } from '../../fixtures/ozeki-others.js';
import { requirement } from '../../fixtures/ozeki-suite.js';
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
    return unchanged(found.Data, message.Data, `the Data of ${what}`).map((finding) => ({ ...finding, ...cited }));
  });
}

requirement('OZ-ADD-3', async (context) => {
  const { alice, bob, step } = context;
  const texts = delicateTexts();
  const from = await anchor(context);
  step(`alice adds messages with ${texts.map(({ kind }) => kind).join(', ')}; both download them`);
  const delicate: Upload[] = [];
  for (const { text } of texts) delicate.push(await post(context, alice, { Data: text }));
  for (let i = 0; i < 2; i++) delicate.push(await post(context, bob, { Data: 'c2FtZSBEYXRhIGFnYWlu' }));
  const kinds = [
    ...texts.map(({ kind }) => kind),
    'Data that another message has too',
    'Data that another message has too',
  ];
  const findings = [
    ...(await deliveryFindings(context, bob, from, delicate, kinds)),
    ...(await deliveryFindings(context, alice, from, delicate, kinds)),
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
  );
  await clearAway(context);

  step('alice and bob add ten messages at the same time; both download them');
  const next = await anchor(context);
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
    step(`${sender.actor} adds a message, both look at their List`);
    const message = await post(context, sender);
    for (const reader of [alice, bob]) {
      const { conversations } = await reader.list();
      const shown = conversations.find(({ id }) => id === context.conversation);
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
  const message = newMessage();
  step('alice adds the same message twice, bob downloads');
  await alice.add(addMembers(context, message));
  await alice.attempt.add(addMembers(context, message), { intent: 'probe' });
  const { messages } = await downloadFrom(context, bob, message);
  const page = await fetchPage(context, bob, firstCursor(context), 20);
  return [messages, page.messages].flatMap((held) =>
    equal(
      held.filter(({ ID }) => ID === message.ID).length,
      1,
      'the same ID added twice is not one message',
      '/messages',
    ),
  );
});
