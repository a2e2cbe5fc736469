// @ts-check
/** The simulated server of the board: MSW handlers over notes in memory, with faults and a variant. */
import { delay, HttpResponse, http } from 'msw';

/** @param {string} id @param {string} action @param {string} requirement @param {string} sentence */
const row = (id, action, requirement, sentence) => ({ id: `board-${id}`, api: 'board', action, requirement, sentence });

const faults = [
  row('any-key', '*', 'BD-COM-1', 'Any key is accepted.'),
  row('post-trims', 'post', 'BD-POST-1', 'White space at the ends of a text is lost.'),
  row('list-one-more', 'list', 'BD-LIST-1', 'List gives one note more than its limit.'),
  row('list-skips', 'list', 'BD-LIST-2', 'Every page but the first begins one note too late.'),
  row('remove-keeps', 'remove', 'BD-REMOVE-1', 'Remove answers as if it had removed the note, and keeps it.'),
];
const variants = [row('slow', '*', 'BD-COM-1', 'Every answer takes a tenth of a second.')];

/** @param {string} key @returns {import('chat-api-conformance/plugin').StubApi} */
export const stubOf = (key) => ({
  api: 'board',
  faults,
  variants,
  touchedBy: () => ['answer'],
  create({ faults: chosen, variants: differing }) {
    /** @type {{ id: string, text: string }[]} */
    const notes = [{ id: 'n0', text: 'welcome' }];
    /** @type {Record<string, number>} */
    const sent = {};
    let next = 1;
    const is = (/** @type {string} */ id) => chosen.includes(`board-${id}`);
    /** @param {string} action @param {(request: Request, id: string) => unknown} answer */
    const handler =
      (action, answer) =>
      async (/** @type {{ request: Request, params: Record<string, unknown> }} */ { request, params }) => {
        sent[action] = (sent[action] ?? 0) + 1;
        if (differing.includes('board-slow')) await delay(100);
        if (request.headers.get('Board-Key') !== key && !is('any-key'))
          return HttpResponse.json({ error: 'this key is not known' }, { status: 401 });
        return HttpResponse.json(/** @type {object} */ (await answer(request, String(params.id))));
      };
    return {
      handlers: [
        http.post(
          '*/board/notes',
          handler('post', async (request) => {
            const { text } = /** @type {{ text: string }} */ (await request.json());
            const note = { id: `n${next++}`, text: is('post-trims') ? text.trim() : text };
            notes.push(note);
            return note;
          }),
        ),
        http.get(
          '*/board/notes',
          handler('list', ({ url }) => {
            const { searchParams: query } = new URL(url);
            const offset = Number(query.get('offset') ?? 0);
            const from = offset > 0 && is('list-skips') ? offset + 1 : offset;
            const limit = Number(query.get('limit') ?? 20) + (is('list-one-more') ? 1 : 0);
            return { total: notes.length, notes: notes.slice(from, from + limit) };
          }),
        ),
        http.delete(
          '*/board/notes/:id',
          handler('remove', (_request, id) => {
            const at = notes.findIndex((note) => note.id === id);
            if (at !== -1 && !is('remove-keeps')) notes.splice(at, 1);
            return {};
          }),
        ),
      ],
      digest: () => JSON.stringify(notes),
      flags: () => ({}),
      sent: () => sent,
    };
  },
});
