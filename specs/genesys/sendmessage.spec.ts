import { textGroups } from '../../fixtures/chatserver/texts.js';
import { chatText } from '../../fixtures/data.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-MSG-6', async ({ alice, expect, scenario, volumes }) => {
  const chat = await alice.opens();
  const comesBack = (name: string, send: () => Promise<unknown>) =>
    scenario(name, async () => {
      const before = chat.known.last;
      await send();
      expect(await chat.transcript()).toShowEach('Message');
      expect(await chat.read(before)).toKeepWhatWasSeen();
    });
  for (const [name, texts] of Object.entries(textGroups)) await comesBack(name, () => chat.saysAll(texts()));
  await comesBack('a messageType', () =>
    chat.saysAll([{ kind: 'a messageType', text: chatText() }], { messageType: 'text' }),
  );
  await comesBack('texts at the same time', () => chat.says(volumes.atOnce, volumes.atOnce));
});
