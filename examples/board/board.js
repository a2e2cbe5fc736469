// @ts-check
/** A small API as a plugin: notes on a board. Three actions, paging by offset, a simulated server with faults. */
import { defineApi, openWire, restSender, withoutTrailingSlashes } from 'chat-api-conformance/plugin';

/** @param {string} folder */
const at = (folder) => new URL(folder, import.meta.url).pathname;
const keyOfStub = 'board-key-5f3a9c1e';

/** @type {Record<string, import('chat-api-conformance/plugin').RestRow & import('chat-api-conformance/plugin').ActionRow>} */
const actions = {
  post: { page: 'Post', method: 'POST', path: '/board/notes', level: 'write' },
  list: { page: 'List', method: 'GET', path: '/board/notes', level: 'read' },
  remove: { page: 'Remove', method: 'DELETE', path: '/board/notes/{id}', level: 'write' },
};

/** @type {import('chat-api-conformance/plugin').Api} */
export const board = defineApi({
  name: 'board',
  title: 'Board API',
  actions,
  schemas: at('./schemas'),
  specs: at('./specs'),
  requirements: [
    ['All pages', { 'BD-COM-1 * MUST access read stated': 'A request with a wrong key is refused and gets no note' }],
    ['Post', { 'BD-POST-1 post MUST state write stated': 'Post answers the note with its text unchanged' }],
    [
      'List',
      {
        'BD-LIST-1 list MUST paging read stated': 'List answers at most as many notes as its limit',
        'BD-LIST-2 list MUST paging write inferred': 'A walk by offset finds every note exactly once',
      },
    ],
    ['Remove', { 'BD-REMOVE-1 remove MUST state write stated': 'A note that was removed is on no page of List' }],
  ],
  target: {
    schema: () => ({
      $id: 'https://board.example/target.json',
      title: 'Board',
      description: 'A board.',
      type: 'object',
      required: ['url', 'key'],
      properties: { url: { type: 'string', minLength: 1 }, key: { type: 'string', minLength: 1 } },
      additionalProperties: false,
    }),
    resolve: (given) => {
      const { url, key } = /** @type {{ url: string, key: string }} */ (given);
      return { url: withoutTrailingSlashes(url), key };
    },
    secrets: ({ key }) => [key],
    identities: () => [],
    starter: { url: 'https://board.example.test', key: `\${BOARD_KEY}` },
    ofStub: (_seed, url) => ({ url, key: keyOfStub }),
    standIn: (ofStub) => ofStub,
  },
  outcome: ({ response }) => (response.status < 300 ? 'served' : response.status < 500 ? 'refused' : 'broken'),
  /** What every single List shows. */
  passive: ({ action, request, response }) => {
    const { limit = 20 } = /** @type {{ limit?: number }} */ (request.json ?? {});
    const notes = /** @type {{ notes?: unknown[] } | undefined} */ (response.json)?.notes;
    if (action !== 'list' || !Array.isArray(notes)) return [];
    const tooMany = {
      message: 'List holds more notes than its limit',
      expected: `at most ${limit}`,
      found: `${notes.length}`,
    };
    return [{ requirement: 'BD-LIST-1', findings: notes.length > limit ? [{ ...tooMany, path: '/notes' }] : [] }];
  },
  slots: () => 1,
  async open({ api, section, environment }) {
    const clockToleranceMs = environment.target.clockToleranceSeconds * 1000;
    const { wire, log, provenance } = openWire(environment, api.passive, { emails: [], clockToleranceMs });
    const send = restSender({ name: api.name, actions, schemas: api.schemas }, section.url, wire);
    const caller = { actor: 'alice', headers: { 'Board-Key': section.key } };
    /** @type {string[]} what this session has posted and not removed */
    const posted = [];
    const context = {
      provenance,
      /** @param {string} action @param {object} [members] @param {{ tamper?: object }} [options] */
      call: (action, members, options) => send(caller, action, members, options),
      /** @param {string} text */
      async post(text) {
        const { response } = await send(caller, 'post', { text });
        const note = /** @type {{ id: string, text: string }} */ (response.json);
        posted.push(note.id);
        return note;
      },
    };
    const restore = async () => {
      for (const id of posted.splice(0))
        await environment.putBack(() => send(caller, 'remove', { id }, { intent: 'probe' }));
      return [];
    };
    return { context, log, restore };
  },
  stub: async () => (await import('./stub.js')).stubOf(keyOfStub),
});

export const apis = [board];
