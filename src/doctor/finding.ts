import type { Wire } from '../client/send.js';
import type { Api } from '../exchange/index.js';
import type { Sample } from '../gateway/watch.js';
import type { ResolvedTarget } from '../target/index.js';
import type { Line } from './line.js';

/** One thing that was found out about a target. Subject and message together are a sentence without its full stop. */
export interface DoctorFinding {
  /**
   * `problem`: a run could not be judged. `miss`: the server was seen to do what a run will judge as a miss. `note`: worth knowing;
   * a run can be judged all the same.
   */
  level: 'ok' | 'problem' | 'miss' | 'note';
  subject: string;
  message: string;
  /** What to do about it. */
  mend?: string;
}

/** What is asked about one API. An API joins by a line in `apis.ts`. */
export interface ApiDoctor {
  api: Api;
  /** Whether JSON is of the kind that this API answers, be it a success or a refusal: gateways answer JSON of their own. */
  isOwn(body: unknown): boolean;
  /** Harmless requests of two actions at least, to tell what one action answers from what stands before the server. */
  samples(target: ResolvedTarget, wire: Wire): Sample[];
  /** What every run needs: accounts, and what they share. Leaves the server as it is; a problem rules a run out. */
  accounts(line: Line): Promise<DoctorFinding[]>;
  /** What else can be said, for who asks the doctor. */
  more?(line: Line): Promise<DoctorFinding[]>;
}

/** The finding as one sentence with the mend. */
export function sentenceOf({ subject, message, mend }: DoctorFinding): string {
  return `${subject} ${message}${mend === undefined ? '' : `: ${mend}`}.`;
}
