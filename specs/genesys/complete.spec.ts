import { genesysOutcome } from '../../apis/genesys/actions.js';
import { chatText } from '../../fixtures/data.js';
import { eventually } from '../../fixtures/eventually.js';
import { refusedFindings } from '../../fixtures/genesys/probes.js';
import { requirement } from '../../fixtures/genesys/suite.js';
import { cite, eventsIn, freshNickname, sayMany } from '../../fixtures/genesys/transcript.js';

requirement('GE-DONE-1', async ({ open, step }) => {
  step('alice completes a chat just opened; bob completes one that was used');
  await (await open()).complete();
  const used = await open({ actor: 'bob' });
  await sayMany(used, 2);
  await used.updatenickname({ nickname: freshNickname() });
  await used.complete();
});

requirement('GE-DONE-1-SHOULD', async ({ open, step }) => {
  const chat = await open();
  await sayMany(chat, 2);
  await chat.complete();
  step('alice sends a text into the chat that she has completed');
  let text = chatText();
  // No documented call any more, so it is sent but once, also where the refusal asks for another try.
  const send = () => chat.attempt.sendmessage({ text }, { tamper: {} });
  let exchange = await send();
  await eventually(async () => {
    if (genesysOutcome(exchange) !== 'served') return true;
    text = chatText();
    exchange = await send();
    return genesysOutcome(exchange) !== 'served';
  });
  const findings = refusedFindings(exchange, 'Send Message after Complete');
  if (findings.length > 0) return findings;
  const read = await chat.attempt.getmessages({}, { intent: 'probe' });
  const shown = genesysOutcome(read) === 'served' && eventsIn(read).some((event) => event.text === text);
  return shown
    ? cite(
        [
          {
            message: 'a text refused after Complete is in the transcript all the same',
            path: '/messages',
            expected: 'no such event',
            found: text,
          },
        ],
        read,
      )
    : [];
});
