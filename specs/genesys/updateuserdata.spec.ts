import { requirement } from '../../fixtures/genesys/suite.js';
import { say, settled } from '../../fixtures/genesys/transcript.js';

requirement('GE-DATA-1', async ({ open, step }) => {
  const chat = await open();
  step('alice attaches data to her chat: documented pairs, one in another script, the same key again, with a text');
  await chat.updateuserdata({ userData: { key1: 'value1', key2: 'value2' } });
  await chat.updateuserdata({ userData: { 'clé 鍵': 'valeur 値 "<&>" 👋🏽', long: 'x'.repeat(1024) } });
  await chat.updateuserdata({ userData: { key1: 'value3' }, text: 'more of me' });
  await say(chat);
  await settled(chat);
});
