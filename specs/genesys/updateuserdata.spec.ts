import { requirement } from '../../fixtures/genesys/vocabulary.js';

requirement('GE-DATA-1', async ({ alice }) => {
  const chat = await alice.opens();
  await chat.updateuserdata({ key1: 'value1', key2: 'value2' });
  await chat.updateuserdata({ 'clé 鍵': 'valeur 値 "<&>" 👋🏽', long: 'x'.repeat(1024) });
  await chat.updateuserdata({ key1: 'value3' }, 'more of me');
  await chat.says(1);
  await chat.transcript();
});
