import fc from 'fast-check';
import type { Call, Lane, Step } from '../../src/explore/index.js';
import { createPatience } from '../../src/explore/patience.js';
import { type Made, type Player, play } from '../../src/explore/player.js';
import { run, sequences } from '../../src/explore/sequences.js';
import { memoryJournal } from '../../src/journal/journal.js';
import { expect, test } from '../test.js';
import { createToy } from './toy.js';

/** A player of the board, with one more command: to name the last note. */
async function playerOf(
  beside?: (call: Call, others: readonly Call[]) => Call,
  lacking?: string,
): Promise<[Player, Made[]]> {
  const { api, environment } = createToy();
  const toy = await api.model?.();
  if (toy === undefined) throw new Error('the board has a model');
  const next: typeof toy.next = (state, command, made, turn) => {
    if ((command as { do: string }).do !== 'name') return toy.next(state, command, made, turn);
    const note = (state as { notes: readonly string[] }).notes.at(-1);
    return note === undefined || made.length > 0 ? undefined : { actor: 'alice', action: 'add', members: { note } };
  };
  const model = { ...toy, next, beside };
  const ground = await model.ground(environment, 0, memoryJournal);
  const has = ({ action }: Call) => action !== lacking;
  const lane: Lane = {
    ...{ api, model, ground, has, patience: createPatience(), count: () => {}, tally: new Map(), last: [] },
  };
  const made: Made[] = [];
  return [await play(lane, made, { isSought: () => false, onSighting: () => {} }), made];
}

const clear = { do: 'clear', by: 'bob' };
const add = { do: 'add', by: 'alice', note: 'a' };

test('what a call names may be wrong where that is not there in every state that is possible', async () => {
  const [player, made] = await playerOf();
  await player.step([add]);
  await player.step([{ do: 'name' }]);
  expect(made.at(-1)?.call.probe).toBeUndefined();
  await player.step([clear, add]);
  await player.step([{ do: 'name' }]);
  expect(made.at(-1)?.call).toMatchObject({ members: { note: 'a' }, probe: true });
});

test('a call that the server does not have is left out', async () => {
  const [player, made] = await playerOf(undefined, 'add');
  await player.step([add, clear]);
  expect([player.has([add]), player.has([clear]), made.map(({ call }) => call.action)]).toEqual([
    false,
    true,
    expect.not.arrayContaining(['add']),
  ]);
});

test('a model says what a call is beside others at the same time', async () => {
  const [player, made] = await playerOf((call, others) => ({ ...call, at: others.map(({ action }) => action).join() }));
  await player.step([clear, add, { do: 'list', by: 'bob' }]);
  expect(made.map(({ call }) => call.at).sort()).toEqual(['add,list', 'clear,add', 'clear,list']);
});

test('views stand also in the middle of a sequence, as steps of it', async () => {
  const kind = { weight: 1, needs: 'write', atOnce: false, commands: fc.constant({ do: 'write' }) } as const;
  const views: Step[] = [];
  const player = {
    has: () => true,
    step: async () => {},
    look: async () => {},
    view(number: number) {
      views.push([{ do: 'view', number }]);
      return views.at(-1) ?? [];
    },
  };
  const ran: Step[] = [];
  for (const commands of fc.sample(sequences({ kind }, 'write'), { numRuns: 20, seed: 1 }))
    await run(commands, { player, ran, looks: false, look: player.look }, true);
  const seen = ran.filter(([command]) => (command as { do: string }).do === 'view');
  expect(seen.length).toBeGreaterThan(5);
  expect(views).toEqual(expect.arrayContaining(seen));
});
