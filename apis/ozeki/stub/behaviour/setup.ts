import { md5, uuidFrom } from '../../../../src/stub/random.js';
import type { Call } from '../model.js';

/** What the server knows before the first call, and its clock. */
export interface SetupBehaviour {
  /** Messages at the start in each conversation of a pair, and in each with the common friend. */
  history(): { pair: number; friend: number };
  /** Does each pair also share a group conversation with the common friend? */
  hasGroups(): boolean;
  /** The `availability` of a user who is not available. */
  away(): string;
  /** The id of a report; `unique` is a text that no other report has. */
  reportId(unique: string): string;
  /** The id of the conversation of these users (ids ascending). */
  conversationId(participants: readonly string[]): string;
  /** The server's clock, epoch milliseconds. */
  now(call: Call): number;
  /** Writes a timestamp; `member` is the one it stands in. */
  formatTime(call: Call, seconds: number, member: 'Created' | 'ValidUntil'): string;
  /** Runs before each call is looked at. */
  before(call: Call): void;
}

export const setup: SetupBehaviour = {
  history: () => ({ pair: 20, friend: 6 }),
  hasGroups: () => false,
  away: () => 'offline',
  reportId: (unique) => uuidFrom(unique),
  conversationId: (participants) => md5(participants.join(';')),
  now: (call) => call.state.now(),
  formatTime: (_call, seconds) => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' '),
  before: () => {},
};
