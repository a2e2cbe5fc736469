import { genesysRequirements } from '../../apis/genesys/requirements.js';
import { variants } from '../../apis/stub.js';
import { expect, test } from '../test.js';
import { chatWith } from './genesys-caller.js';

type Talk = ReturnType<typeof chatWith>;

/** What shows that a server is the variant; false on the ordinary one. */
const SIGNS: Record<string, (talk: Talk) => Promise<boolean>> = {
  'genesys-agent-joins': async ({ open, read }) => (await read(await open())).some(({ from }) => from.type === 'Agent'),
  'genesys-others-at-any-time': async ({ open, read }) => {
    const chat = await open();
    const [early, late] = [await read(chat), await read(chat)];
    return early.length < late.length;
  },
  'genesys-nobody-else': async ({ open, read }) => (await read(await open())).length === 1,
  'genesys-request-answers-all': async ({ request }) => (await request()).body.messages.length === 3,
  'genesys-identity-fresh': async ({ open, call }) => {
    const chat = await open();
    return (await call(chat, 'sendmessage')).body.secureKey !== chat.secureKey;
  },
  'genesys-refusals-by-status': async (talk) => (await wrongKey(talk)).status === 401,
  'genesys-refusals-recoverable': async (talk) => (await wrongKey(talk)).body.statusCode === 1,
  'genesys-refusals-html': async (talk) => (await wrongKey(talk)).text.startsWith('<!DOCTYPE html>'),
  'genesys-try-again': async ({ open, call }) => {
    const chat = await open();
    const codes: unknown[] = [];
    for (let i = 2; i <= 9; i++) codes.push((await call(chat, 'getmessages')).body.statusCode);
    return codes.join('') === '00000001';
  },
  'genesys-beyond-null': async ({ open, read }) => (await read(await open(), 9)) === null,
  'genesys-beyond-refused': async ({ open, call }) =>
    (await call(await open(), 'getmessages', { transcriptPosition: 9 })).body.statusCode === 2,
  'genesys-positions-clamped': async ({ open, read }) => (await read(await open(), -5))?.length === 3,
  'genesys-typing-hidden': async ({ open, call, read }) => {
    const chat = await open();
    await call(chat, 'starttyping');
    return (await read(chat)).length === 3;
  },
  'genesys-over-refused': async ({ open, call }) => {
    const chat = await open();
    await call(chat, 'complete');
    return (await call(chat, 'getmessages')).body.statusCode === 2;
  },
  'genesys-complete-twice': async ({ open, call }) => {
    const chat = await open();
    await call(chat, 'complete');
    return (await call(chat, 'complete')).body.statusCode === 0;
  },
  'genesys-chatid-odd': async ({ open, call }) => {
    const chat = await open();
    return /[^\w]/.test(chat.chatId) && (await call(chat, 'sendmessage')).body.statusCode === 0;
  },
  'genesys-events-late': async ({ open, read }) => {
    const chat = await open();
    const early = (await read(chat)).length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    return early === 1 && (await read(chat)).length === 3;
  },
  'genesys-large-text-served': async ({ open, call }) =>
    (await call(await open(), 'sendmessage', { text: 'x'.repeat(1024 * 1024) })).body.statusCode === 0,
};

async function wrongKey({ open, call }: Talk) {
  return call(await open(), 'sendmessage', { secureKey: 'wrong' });
}

for (const [id, isThere] of Object.entries(SIGNS)) {
  test(`${id} shows, and only where asked for`, async () => {
    expect(await isThere(chatWith())).toBe(false);
    expect(await isThere(chatWith({ variants: [id] }))).toBe(true);
  });
}

test('variants miss no MUST, and name requirements that there are', () => {
  const levels = new Map(genesysRequirements.map(({ id, level }) => [id, level]));
  for (const { id, requirement, warns = [] } of variants.filter(({ api }) => api === 'genesys')) {
    expect(levels.has(requirement), id).toBe(true);
    for (const warned of warns) expect(levels.get(warned), `${id} ${warned}`).toBe('SHOULD');
  }
});
