import type { Upload } from '../../fixtures/data.js';
import { eventually } from '../../fixtures/eventually.js';
import { farCursor, fetchPage, post } from '../../fixtures/ozeki/history.js';
import type { OzekiContext, OzekiUser } from '../../fixtures/ozeki/session.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
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
  const { alice, bob, step } = context;
  for (const [sender, reader] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    const message = await post(context, sender);
    step(`${reader.actor} reports a message of ${sender.actor} as viewed`);
    await view(context, reader, message);
  }
});

requirement('OZ-REPORT-2', async (context) => {
  const { alice, bob, step } = context;
  const reports = async (user: OzekiUser) =>
    new Set((await fetchPage(context, user, farCursor(context), 50)).reports.map(({ ID }) => ID));
  const findings = [];
  for (const [count, sender, reader] of [
    [1, alice, bob],
    [1, alice, bob],
    [1, bob, alice],
    [2, alice, bob],
  ] as const) {
    const messages = [];
    for (let i = 0; i < count; i++) messages.push(await post(context, sender));
    const before = await reports(sender);
    step(`${reader.actor} reports ${count} messages as viewed at once, ${sender.actor} looks for a new report`);
    await view(context, reader, ...messages);
    const found = await eventually(async () => [...(await reports(sender))].some((id) => !before.has(id)));
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
