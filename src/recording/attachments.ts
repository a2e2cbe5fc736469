import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MAX_BODY_BYTES, tooLong } from './body.js';
import type { Kept } from './types.js';

/** Gives the body that lies in a file beside a recording, by the name that the recording gives it. */
export type Attachments = (name: string) => Kept;

/** The bodies beside the recordings of a folder. A name that leads elsewhere, or to no file, is told so. */
export function attachmentsIn(folder: string): Attachments {
  return (name) => {
    const missing: Kept = { lost: 'a body lies in another file, which is not there: keep what was unpacked together' };
    if (name !== basename(name) || !/^\w[\w.-]*$/.test(name)) return missing;
    try {
      const path = join(folder, name);
      return statSync(path).size > MAX_BODY_BYTES ? { lost: tooLong } : { bytes: readFileSync(path) };
    } catch {
      return missing;
    }
  };
}
