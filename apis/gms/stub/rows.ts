import type { Behave, FaultOf, VariantOf } from '../../../src/stub/mutation.js';
import { rowsOf } from '../../../src/stub/rows.js';
import { type GmsActionName, gmsActionNames } from '../actions.js';
import { gmsRequirements } from '../requirements.js';
import type { Call, GmsBehaviour } from './call.js';
import type { Chat, Event } from './model.js';

export type GmsFault = FaultOf<GmsBehaviour, Call>;
export type GmsVariant = VariantOf<GmsBehaviour, Call>;
export type GmsBehave = Behave<GmsBehaviour>;

export const { row, on, onAll, onEach, refused, warns, faultsOf, combinedOf, variantsOf, instead, skip, together } =
  rowsOf<GmsBehaviour, Call, GmsActionName>(gmsRequirements, gmsActionNames);

/** Has the client written anything? */
export function hasSpoken({ events }: Chat): boolean {
  return events.some(isOfClient);
}

/** Is the event a message of the client? */
export function isOfClient({ from, type }: Event): boolean {
  return from.type === 'Client' && type === 'Message';
}
