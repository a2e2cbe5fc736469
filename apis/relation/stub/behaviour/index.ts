import type { RelationBehaviour } from '../call.js';
import { access } from './access.js';
import { answers } from './answers.js';
import { chats } from './chats.js';
import { groups } from './groups.js';
import { input } from './input.js';
import { messages } from './messages.js';
import { setup } from './setup.js';
import { users } from './users.js';

/** A server that does all as documented. */
export const conforming: RelationBehaviour = {
  ...setup,
  ...access,
  ...input,
  ...messages,
  ...users,
  ...groups,
  ...chats,
  ...answers,
};
