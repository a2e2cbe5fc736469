import { requirement } from '../../fixtures/gms/vocabulary.js';

requirement('GMS-DATA-1', async ({ alice }) => {
  const chat = await alice.opens();
  await chat.updatedata({ key1: 'value1', key2: 'value2' });
  await chat.updatedata({ 'clé 鍵': 'valeur 値 "<&>" 👋🏽', long: 'x'.repeat(1024) });
  await chat.updatedata({ key1: 'value3' });
});
