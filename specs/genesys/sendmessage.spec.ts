import { textGroups } from '../../fixtures/chatserver/texts.js';
import { chatText } from '../../fixtures/data.js';
import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-MSG-6', async ({ alice, comesBack, volumes }) => {
  const chat = await alice.opens();
  for (const [name, texts] of Object.entries(textGroups)) await comesBack(chat, name, () => chat.saysAll(texts()));
  const typed = [{ kind: 'a messageType', text: chatText() }];
  await comesBack(chat, 'a messageType', () => chat.saysAll(typed, { messageType: 'text' }));
  await comesBack(chat, 'texts between other calls', chat.doesEverything);
  await comesBack(chat, 'texts at the same time', () => chat.says(volumes.atOnce, volumes.atOnce));
});
