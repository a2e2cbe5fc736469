import { wrongApikeys } from '../../fixtures/ozeki/bad-input.js';
import { isServed, letsIn, servesAt } from '../../fixtures/ozeki/drive.js';
import { requirement, test } from '../../fixtures/ozeki/test.js';

for (const id of ['OZ-LOGIN-1', 'OZ-LOGIN-2', 'OZ-LOGIN-2-SHOULD', 'OZ-LOGIN-3', 'OZ-LOGIN-4', 'OZ-LOGIN-5'])
  test(...requirement(id, ({ eachWay }) => eachWay((user) => user.login())));

test(
  ...requirement('OZ-LOGIN-6', async ({ alice, expect, step }) => {
    for (const [what, members] of wrongApikeys(alice.apikey)) {
      step(`alice logs in ${what}`);
      expect(await alice.probe('login', members)).toTellNothing(`Login ${what}`);
    }
  }),
);

test(
  ...requirement('OZ-LOGIN-7', async ({ alice, url, expect, skip }) => {
    const login = await alice.login();
    const [handedOut, tested] = [new URL(login.urls.conversation), new URL(url)];
    // Credentials go to no other host than the target file names.
    if (handedOut.hostname !== tested.hostname)
      skip(`the URL points to another host, ${handedOut.hostname}, and no credentials are sent there`);
    const served = await servesAt(alice, 'list', handedOut.href);
    // Where nobody answers it is not served; that the server itself does is asked afterwards.
    await alice.list();
    expect(served).toBe(true, 'the conversation URL handed out at Login does not serve Conversation / List');
  }),
);

test(
  ...requirement('OZ-LOGIN-8', async ({ alice, expect }) => {
    const { userid } = await alice.login();
    expect(await alice.login()).toHave({ userid }, 'that of the first login');
  }),
);

test(
  ...requirement('OZ-LOGIN-9', async (words) => {
    const { alice, url, allowed, expect, scenario, skip } = words;
    const { urls, listeners } = await alice.login();
    for (const name of ['ws', 'wss'] as const)
      await scenario(`the ${name} listener`, () => letsIn(words, name, listeners[name]));
    for (const [name, action] of [
      ['login', 'login'],
      ['availability', 'useravailable'],
      ['friends', 'friends'],
      ['notification', 'notification'],
      ['blocklist', 'blocklist'],
    ] as const) {
      if (!allowed().includes(action)) continue;
      await scenario(`the ${name} URL`, async () => {
        const { hostname, href } = new URL(urls[name]);
        // Credentials go to no other host than the target file names.
        if (hostname !== new URL(url).hostname)
          skip(`the ${name} URL points to another host, ${hostname}, and no credentials are sent there`);
        if (!(await isServed(alice, action))) skip(`${action} is served nowhere`);
        const served = await servesAt(alice, action, href);
        expect(served).toBe(true, `the ${name} URL handed out at Login does not serve ${action}`);
      });
    }
    await alice.list();
  }),
);

test(
  ...requirement('OZ-LOGIN-10', ({ eachWay, expect }) =>
    eachWay(async (user, other) => {
      const login = await user.login();
      expect(await other.friends()).toNameAsLogin(user, login);
      for (const viewer of [user, other]) expect(await viewer.list()).toShowUnderNameOf(user, login);
    }),
  ),
);
