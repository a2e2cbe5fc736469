import type { ApiName } from '../exchange/index.js';
import type { ResolvedTarget } from '../target/index.js';
import type { Transport } from '../transport/index.js';

/** What something of an account was before. */
export interface Change {
  subject: string;
  before: unknown;
}

/** What is to be put back of one account. */
export interface RestoreJob {
  target: ResolvedTarget;
  account: string;
  changes: readonly Change[];
  /** Brings the limits and the rate. */
  transport: Transport;
  /** The file where the changes are noted, for what people may do with it. */
  journalFile: string;
}

/** What became of it, in sentences. */
export interface Restored {
  /** Of what the server has shown to be as it was. */
  restored: string[];
  /** Of what is as it was as far as the server shows it, which does not show all. */
  unseen: string[];
  /** Of what is not as it was, with the reason and the mend. */
  problems: string[];
  /** Of what could not be tried, with the reason and the mend. */
  untried: string[];
  /** The subjects that need not be put back any more. */
  settled: string[];
}

/** How an API puts back what its checks change, from what its sessions note in the journal. */
export interface Restorer {
  /** What keeps a state that was read from a journal from being put back, in words; `undefined` where nothing does. */
  problemOf(before: unknown): string | undefined;
  /** What is changed of an account, for a sentence, such as `the flags of alice@example.test on conversation 7`. */
  words(account: string, subject: string): string;
  /** Puts back what is not as it was, and asks the server whether it is. Throws nothing for what a server may do. */
  restore(job: RestoreJob): Promise<Restored>;
}

/** An API as the journal knows it. */
export interface Restorable {
  name: ApiName;
  /** Left out by an API whose checks change nothing that must be put back. */
  restorer?: Restorer;
}

/** What a restoration of nothing comes to. */
export function nothingRestored(): Restored {
  return { restored: [], unseen: [], problems: [], untried: [], settled: [] };
}
