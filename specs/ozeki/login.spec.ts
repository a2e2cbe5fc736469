import { wrongApikeys } from '../../fixtures/ozeki/bad-input.js';
import { letsIn, servedAt } from '../../fixtures/ozeki/drive.js';
import { requirement } from '../../fixtures/ozeki/vocabulary.js';

for (const id of ['OZ-LOGIN-1', 'OZ-LOGIN-2', 'OZ-LOGIN-2-SHOULD', 'OZ-LOGIN-3', 'OZ-LOGIN-4', 'OZ-LOGIN-5'])
  requirement(id, ({ eachWay }) => eachWay((user) => user.login()));

requirement('OZ-LOGIN-6', async ({ alice, expect, step }) => {
  for (const [what, members] of wrongApikeys(alice.apikey)) {
    step(`alice logs in ${what}`);
    expect(await alice.probe('login', members)).toTellNothing(`Login ${what}`);
  }
});

requirement('OZ-LOGIN-7', async (words) => {
  const { urls } = await words.alice.login();
  await words.alice.list();
  await servedAt(words, 'conversation', urls.conversation, 'list');
});

requirement('OZ-LOGIN-8', async ({ alice, expect }) => {
  const { userid } = await alice.login();
  expect(await alice.login()).toHave({ userid }, 'that of the first login');
});

requirement('OZ-LOGIN-9', async (words) => {
  const { alice, allowed, scenario } = words;
  const { urls, listeners } = await alice.login();
  for (const name of ['ws', 'wss'] as const)
    await scenario(`the ${name} listener`, () => letsIn(words, name, listeners[name]));
  for (const [name, action] of [
    ['login', 'login'],
    ['availability', 'useravailable'],
    ['friends', 'friends'],
    ['notification', 'notification'],
    ['blocklist', 'blocklist'],
  ] as const)
    if (allowed().includes(action)) await scenario(`the ${name} URL`, () => servedAt(words, name, urls[name], action));
  await alice.list();
});

requirement('OZ-LOGIN-10', ({ eachWay, expect }) =>
  eachWay(async (user, other) => {
    const login = await user.login();
    expect(await other.friends()).toNameAsLogin(user, login);
    for (const viewer of [user, other]) expect(await viewer.list()).toShowUnderNameOf(user, login);
  }),
);
