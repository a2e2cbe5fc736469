import type { Behave, FaultOf, VariantOf } from '../../../src/stub/mutation.js';
import { rowsOf } from '../../../src/stub/rows.js';
import { ozekiActionNames } from '../actions.js';
import { ozekiRequirements } from '../requirements.js';
import type { Call, OzekiBehaviour } from './call.js';
import type { Conversation, OzekiAction, User } from './model.js';

export type OzekiFault = FaultOf<OzekiBehaviour, Call>;
export type OzekiVariant = VariantOf<OzekiBehaviour, Call>;
export type OzekiBehave = Behave<OzekiBehaviour>;

export const { row, on, onAll, onEach, refused, warns, faultsOf, variantsOf, instead, skip, together } = rowsOf<
  OzekiBehaviour,
  Call,
  OzekiAction
>(ozekiRequirements, ozekiActionNames);

/** Unix seconds of the server's clock. */
export function secondsNow(call: Call): number {
  return Math.floor(call.behaviour.now(call) / 1000);
}

/** The other conversations of a user. */
export function othersOf(call: Call, conversation: Conversation, user: User): Conversation[] {
  return call.behaviour.conversationsOf(call, user).filter((other) => other !== conversation);
}

/** The sites of something that conversation objects hold, in List and in the actions that answer one. */
export function inConversation(pointer: string): string[] {
  return [`/conversation${pointer}`, `/conversations/*${pointer}`];
}
