import { type AccessBehaviour, access } from './access.js';
import { type AnswerBehaviour, answers } from './answers.js';
import { type ConversationBehaviour, conversations } from './conversations.js';
import { type InputBehaviour, input } from './input.js';
import { type MessageBehaviour, messages } from './messages.js';
import { type PeopleBehaviour, people } from './people.js';
import { type SetupBehaviour, setup } from './setup.js';

/**
 * Every decision that a server could take wrongly, each a small function.
 * The functions call each other through `call.behaviour`, so that a change of one is felt by all who use it.
 */
export interface OzekiBehaviour
  extends SetupBehaviour,
    AccessBehaviour,
    InputBehaviour,
    MessageBehaviour,
    ConversationBehaviour,
    PeopleBehaviour,
    AnswerBehaviour {}

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
