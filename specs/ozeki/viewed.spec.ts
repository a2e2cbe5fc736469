import type { Upload } from '../../fixtures/data.js';
import { eventually } from '../../fixtures/eventually.js';
import type { OzekiContext, OzekiUser } from '../../fixtures/ozeki.js';
import { farCursor, fetchPage, post } from '../../fixtures/ozeki-history.js';
import { requirement } from '../../fixtures/ozeki-suite.js';
import { equal } from '../../src/rules/index.js';

function view(context: OzekiContext, reader: OzekiUser, ...messages: Upload[]) {
  return reader.viewed({
    conversationid: context.conversation,
    instance: context.instance(),
    firstmessagedate: messages[0]?.Created ?? '',
    lastmessagedate: messages.at(-1)?.Created ?? '',
    messageids: messages.map(({ ID }) => ID),
  });
}

requirement('OZ-REPORT-1', async (context) => {
  const message = await post(context, context.alice);
  context.step('bob reports the message as viewed');
  await view(context, context.bob, message);
});

requirement('OZ-REPORT-2', async (context) => {
  const { alice, bob, step } = context;
  const reports = async () =>
    new Set((await fetchPage(context, alice, farCursor(context), 50)).reports.map(({ ID }) => ID));
  const findings = [];
  for (const count of [1, 1, 2]) {
    const messages = [];
    for (let i = 0; i < count; i++) messages.push(await post(context, alice));
    const before = await reports();
    step(`bob reports ${count} messages as viewed at once, alice looks for a new report`);
    await view(context, bob, ...messages);
    const found = await eventually(async () => [...(await reports())].some((id) => !before.has(id)));
    findings.push(
      ...equal(
        found,
        true,
        'after a message was reported as viewed its sender finds no new entry in reports',
        '/reports',
      ),
    );
  }
  return findings;
});
