import type { Call, RelationState } from '../model.js';

/** What the server knows before the first call, its clock and its ids. */
export interface SetupBehaviour {
  /** Messages in the channel at the start. */
  history(): number;
  /** The types of the messages at the start, in turn; SYS messages come from the system. */
  types(): readonly string[];
  /** The server's clock, epoch milliseconds. */
  now(call: Call): number;
  /** What becomes `createAt` of a message that arrived then, both in epoch milliseconds. */
  createAt(state: RelationState, arrivedAt: number): number;
  /** The id of a message that arrived then; `arrival` is a number that no other message has. */
  newId(arrivedAt: number, arrival: number): string;
  /** Who sends system messages. */
  systemId(channelUuid: string): string;
  /** Runs before each call is looked at. */
  before(call: Call): void;
}

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
  before: () => {},
};
