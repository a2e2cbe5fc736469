import type { SetupBehaviour } from '../call.js';

/** Of the snowflakes in the documented examples. */
const EPOCH = 1_288_834_974_657;
const MACHINE = 7n;

export const setup: SetupBehaviour = {
  history: () => 64,
  types: () => ['TEXT', 'TEXT', 'TEXT', 'CARD'],
  now: (call) => call.state.now(),
  createAt: (_state, arrivedAt) => Math.floor(arrivedAt / 1000) * 1000,
  newId: (arrivedAt, arrival) =>
    ((BigInt(Math.floor(arrivedAt) - EPOCH) << 22n) | (MACHINE << 12n) | BigInt(arrival % 4096)).toString(),
  systemId: () => '0'.repeat(32),
  onArrival: () => undefined,
  before: () => {},
};
