// @ts-check
/** An extension of the Ozeki API: an action of one's own, and a requirement that is stricter than the documentation. */
import { extend, ozeki } from 'chat-api-conformance/plugin';
import { HttpResponse, http } from 'msw';

/** @param {string} folder */
const at = (folder) => new URL(folder, import.meta.url).pathname;

/** Where the action is served and what it carries, as the rows of Ozeki say it. */
const whoami = {
  page: 'Who am I',
  srv: 'chatserver',
  api: 'chatfriends',
  action: 'whoami',
  headers: ['Signature', 'Station', 'User'],
  level: /** @type {const} */ ('read'),
  answersConversation: false,
};

export const ozekiPrivate = extend(ozeki, {
  actions: { whoami },
  schemas: at('./schemas'),
  specs: at('./specs'),
  requirements: [
    ['Who am I', { 'OZX-WHO-1 whoami MUST ids read stated': 'Who am I answers the id of the user who asks' }],
    [
      'House rules',
      { 'OZX-COM-4 * MUST shape read stated': 'The errormessage beside status "OK" is empty on our servers' },
    ],
  ],
  // Stricter than OZ-COM-4, which is a SHOULD: the same look, with a level of our own.
  passive: ({ response }) => {
    const { status, errormessage } = /** @type {Record<string, unknown>} */ (response.json ?? {});
    if (status !== 'OK') return [];
    const findings =
      errormessage === ''
        ? []
        : [{ message: 'errormessage is not empty', path: '/errormessage', found: String(errormessage) }];
    return [{ requirement: 'OZX-COM-4', findings }];
  },
  stub: (base) => ({
    ...base,
    faults: [
      ...base.faults,
      {
        id: 'ozeki-whoami-nobody',
        api: 'ozeki',
        action: 'whoami',
        requirement: 'OZX-WHO-1',
        sentence: 'Who am I answers thirty-two zeros.',
      },
      {
        id: 'ozeki-whoami-talks',
        api: 'ozeki',
        action: 'whoami',
        requirement: 'OZX-COM-4',
        sentence: 'Who am I greets the caller in errormessage.',
      },
    ],
    create(options) {
      const own = options.faults.filter((id) => id.startsWith('ozeki-whoami-'));
      const part = base.create({ ...options, faults: options.faults.filter((id) => !own.includes(id)) });
      return { ...part, handlers: [handler(own), ...part.handlers] };
    },
  }),
});

/** @param {readonly string[]} faults */
function handler(faults) {
  return http.post('*/ozeki/index.php', async ({ request }) => {
    const body = await request
      .clone()
      .json()
      .catch(() => undefined);
    if (body?.action !== 'whoami') return undefined;
    const userid = faults.includes('ozeki-whoami-nobody') ? '0'.repeat(32) : request.headers.get('Ozeki-User');
    const errormessage = faults.includes('ozeki-whoami-talks') ? 'Hello!' : '';
    return HttpResponse.json({ status: 'OK', errormessage, userid });
  });
}

export const apis = [ozekiPrivate];
