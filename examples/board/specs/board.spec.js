// @ts-check
import { checksOf } from 'chat-api-conformance/checks';
import { board } from '../board.js';

const { requirement } = checksOf(board);

/** All notes, by pages of this size. @param {(action: string, members: object) => Promise<any>} call @param {number} limit */
async function walk(call, limit) {
  const ids = [];
  for (let offset = 0; ; offset += limit) {
    const { response } = await call('list', { offset, limit });
    ids.push(...response.json.notes.map((/** @type {{ id: string }} */ { id }) => id));
    if (offset + limit >= response.json.total) return ids;
  }
}

requirement('BD-COM-1', async ({ call, expect, step }) => {
  step('alice lists notes with a key that nobody has');
  const refused = await call('list', {}, { tamper: { headers: { 'Board-Key': 'no-such-key' } } });
  expect({ status: refused.response.status, notes: refused.response.json?.notes }).toHave({
    status: 401,
    notes: undefined,
  });
});

requirement('BD-POST-1', async ({ post, expect }) => {
  const text = '  two before,\ttwo after, äöü 😀  ';
  expect(await post(text)).toHave({ text }, 'as posted');
});

requirement('BD-LIST-1', async ({ post, call }) => {
  for (const text of ['one', 'two', 'three']) await post(text);
  for (const limit of [1, 2]) await call('list', { limit });
});

requirement('BD-LIST-2', async ({ post, call, expect }) => {
  const ids = [];
  for (const text of ['one', 'two', 'three', 'four', 'five']) ids.push((await post(text)).id);
  for (const limit of [1, 2, 4]) {
    const walked = await walk(call, limit);
    expect(walked).toContain(ids, `a walk with limit ${limit} loses notes`);
    expect(walked).toBeWithoutRepeats(`a walk with limit ${limit}`);
  }
});

requirement('BD-REMOVE-1', async ({ post, call, expect }) => {
  const { id } = await post('soon gone');
  await call('remove', { id });
  expect(await walk(call, 20)).not.toContain([id], 'a removed note is still there');
});
