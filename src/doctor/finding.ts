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

/** What is asked about one API. */
export interface ApiDoctor {
  /** What every run needs: accounts, and what they share. Leaves the server as it was; a problem rules a run out. */
  accounts(line: Line): Promise<DoctorFinding[]>;
  /** What else can be said, for who asks the doctor. */
  more?(line: Line): Promise<DoctorFinding[]>;
}

/** The finding as one sentence with the mend. */
export function sentenceOf({ subject, message, mend }: DoctorFinding): string {
  return `${subject} ${message}${mend === undefined ? '' : `: ${mend}`}.`;
}
