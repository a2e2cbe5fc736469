import type { RelationBehaviour } from '../call.js';
import { access } from './access.js';
import { answers } from './answers.js';
import { input } from './input.js';
import { messages } from './messages.js';
import { setup } from './setup.js';

/** A server that does all as documented. */
export const conforming: RelationBehaviour = { ...setup, ...access, ...input, ...messages, ...answers };
