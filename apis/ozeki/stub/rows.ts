import type { Behave, FaultOf, VariantOf } from '../../../src/stub/mutation.js';
import { rowsOf } from '../../../src/stub/rows.js';
import { ozekiActionNames, ozekiActions } from '../actions.js';
import { ozekiRequirements } from '../requirements.js';
import type { Call, OzekiBehaviour } from './call.js';
import type { Conversation, Message, OzekiAction, User } from './model.js';

export type OzekiFault = FaultOf<OzekiBehaviour, Call>;
export type OzekiVariant = VariantOf<OzekiBehaviour, Call>;
export type OzekiBehave = Behave<OzekiBehaviour>;

export const { row, on, onAll, onEach, refused, warns, faultsOf, combinedOf, variantsOf, instead, skip, together } =
  rowsOf<OzekiBehaviour, Call, OzekiAction>(ozekiRequirements, ozekiActionNames);

/** The name that sentences give to an action. */
export function nameOf(action: OzekiAction): string {
  const { page } = ozekiActions[action];
  return action === 'list' ? page : page.replace('Conversation / ', '');
}

/** Unix seconds of the server's clock. */
export function secondsNow(call: Call): number {
  return Math.floor(call.behaviour.now(call) / 1000);
}

/** The other conversations of a user. */
export function othersOf(call: Call, conversation: Conversation, user: User): Conversation[] {
  return call.behaviour.conversationsOf(call, user).filter((other) => other !== conversation);
}

/** An action sees these messages alone. */
export function seen(action: OzekiAction, isSeen: (message: Message, call: Call) => boolean): OzekiBehave {
  return instead('messagesOf', (usual, call) =>
    call.action === action ? usual().filter((message) => isSeen(message, call)) : usual(),
  );
}

/** The sites of something that conversation objects hold, in List and in the actions that answer one. */
export function inConversation(pointer: string): string[] {
  return [`/conversation${pointer}`, `/conversations/*${pointer}`];
}
