import type { OzekiBehaviour } from '../call.js';
import { access } from './access.js';
import { answers } from './answers.js';
import { conversations } from './conversations.js';
import { input } from './input.js';
import { messages } from './messages.js';
import { people } from './people.js';
import { setup } from './setup.js';

/** A server that does all as documented. */
export const conforming: OzekiBehaviour = {
  ...setup,
  ...access,
  ...input,
  ...messages,
  ...conversations,
  ...people,
  ...answers,
};
