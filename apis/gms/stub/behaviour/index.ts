import type { GmsBehaviour } from '../call.js';
import { access } from './access.js';
import { answers } from './answers.js';
import { commands } from './commands.js';
import { files } from './files.js';
import { input } from './input.js';
import { setup } from './setup.js';
import { transcript } from './transcript.js';

/** A server that does all as documented. */
export const conforming: GmsBehaviour = {
  ...setup,
  ...access,
  ...input,
  ...transcript,
  ...commands,
  ...files,
  ...answers,
};
