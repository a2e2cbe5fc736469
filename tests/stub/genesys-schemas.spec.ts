import { validateBody } from '../../apis/bodies.js';
import { genesysChatActions } from '../../apis/genesys/actions.js';
import { variants } from '../../apis/stub.js';
import { expect, test } from '../test.js';
import { chatWith } from './genesys-caller.js';

const ordinary = 'the ordinary server';

for (const id of [ordinary, ...variants.filter(({ api }) => api === 'genesys').map((variant) => variant.id)]) {
  test(`${id}: all nine actions answer by their schemas`, async () => {
    const { request, call } = chatWith({ variants: id === ordinary ? [] : [id] });
    const opened = await request();
    expect(validateBody('genesys', 'requestchat', 'response', opened.body), opened.text).toEqual([]);
    for (const action of genesysChatActions) {
      const first = await call(opened.body, action);
      // One variant asks for another try now and then.
      const { body, text } = first.body?.statusCode === 1 ? await call(opened.body, action) : first;
      if (id === 'genesys-complete-envelope' && action === 'complete') continue;
      expect(validateBody('genesys', action, 'response', body), `${action}: ${text}`).toEqual([]);
    }
  });
}
