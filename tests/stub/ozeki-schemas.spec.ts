import { validateBody } from '../../apis/bodies.js';
import { variants } from '../../apis/stub.js';
import { expect, test } from '../test.js';
import { talk, upload } from './ozeki-caller.js';

const ordinary = 'the ordinary server';

for (const id of [ordinary, ...variants.filter(({ api }) => api === 'ozeki').map((variant) => variant.id)]) {
  test(`${id}: all nineteen actions answer by their schemas`, async () => {
    const { alice, call, conversation, conversationid } = talk({ variants: id === ordinary ? [] : [id] });
    // A server may refuse those who have not logged in, and an instance that is not the present one.
    await call(alice, 'login', { apikey: alice.apikey });
    const { instance } = await conversation();
    const message = upload();
    const members = {
      conversationid,
      apikey: alice.apikey,
      instance,
      message: JSON.stringify(message),
      messageids: [message.ID],
      firstmessagedate: message.Created,
      lastmessagedate: message.Created,
      limit: 5,
      color: '#bae1ff',
      hideid: 'PqjfKSn7V8;',
      workspacename: 'alice.example.test',
    };
    const actions = ['login', 'useravailable', 'friends', 'add', 'viewed', 'notification', 'list', 'downloadpartial'];
    const flags = ['favorite', 'unfavorite', 'setlistitembackgroundcolor', 'mute', 'unmute', 'hide', 'unhide'];
    for (const action of [...actions, 'download', ...flags, 'blocklist', 'clear', 'workspaceregister']) {
      const { body, text } = await call(alice, action, members);
      expect(body.errormessage ?? '', action).not.toMatch(/wrong|missing|no /);
      expect(validateBody('ozeki', action, 'response', body), `${action}: ${text}`).toEqual([]);
    }
  });
}
