import { type AccessBehaviour, access } from './access.js';
import { type AnswerBehaviour, answers } from './answers.js';
import { type CommandBehaviour, commands } from './commands.js';
import { type InputBehaviour, input } from './input.js';
import { type SetupBehaviour, setup } from './setup.js';
import { type TranscriptBehaviour, transcript } from './transcript.js';

/**
 * Every decision that a server could take wrongly, each a small function.
 * The functions call each other through `call.behaviour`, so that a change of one is felt by all who use it.
 */
export interface GenesysBehaviour
  extends SetupBehaviour,
    AccessBehaviour,
    InputBehaviour,
    TranscriptBehaviour,
    CommandBehaviour,
    AnswerBehaviour {}

/** A server that does all as documented. */
export const conforming: GenesysBehaviour = { ...setup, ...access, ...input, ...transcript, ...commands, ...answers };
