import type { Exchange } from '../../../src/exchange/index.js';
import type { OzekiActionName, ozekiOutcome } from '../actions.js';
import type { ShownConversation, ShownEntry } from './shown.js';
import type { State, Upload, Walk } from './state.js';

/** One answer in the state that it came to, read once for every rule. */
export interface Seen {
  exchange: Exchange;
  actor: string;
  /** The name of the station that called. */
  station: string;
  action: OzekiActionName;
  outcome: ReturnType<typeof ozekiOutcome>;
  asked: Record<string, unknown>;
  body: Record<string, unknown>;
  before: State;
  after: State;
  /** Whether the caller takes part in the conversation. */
  isParticipant: boolean;
  conversations: readonly ShownConversation[];
  /** The conversation of the sequence, where the answer shows it. */
  shown?: ShownConversation;
  messages: readonly ShownEntry[];
  reports: readonly ShownEntry[];
  /** What Add uploads. */
  upload?: Upload;
  /** The walk that ends with this page. */
  ended?: Walk;
}
