import { textGroups } from '../../fixtures/chatserver/texts.js';
import { chatText } from '../../fixtures/data.js';
import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-SEND-1', async ({ alice, comesBack, volumes }) => {
  const chat = await alice.opens();
  for (const [name, texts] of Object.entries(textGroups)) await comesBack(chat, name, () => chat.saysAll(texts()));
  await comesBack(chat, 'texts between other calls', chat.doesEverything);
  await comesBack(chat, 'texts at the same time', () => chat.says(volumes.atOnce, volumes.atOnce));
});

requirement('GMS-SEND-2', async ({ alice, expect }) => {
  const chat = await alice.opens();
  for (const messageType of ['text', 'conformance-kind', 'Ωμέγα & more']) {
    const text = chatText();
    await chat.saysAll([{ kind: 'a messageType', text }], { messageType });
    expect(await chat.transcript()).toCall(text, messageType);
  }
  const text = chatText();
  await chat.saysAll([{ kind: 'no messageType', text }]);
  expect(await chat.transcript()).toCallOtherwise(text, 'Ωμέγα & more');
});

requirement('GMS-SEND-3', async ({ alice, expect, volumes }) => {
  const chat = await alice.opens();
  await chat.says(volumes.few);
  await chat.transcript();
  for (const position of [1, 2, chat.known.last, chat.known.last + 1])
    expect(await chat.saysFrom(position)).toAnswerFrom(position);
});
