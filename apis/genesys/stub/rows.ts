import type { Behave, FaultOf, VariantOf } from '../../../src/stub/mutation.js';
import { rowsOf } from '../../../src/stub/rows.js';
import { type GenesysActionName, genesysActionNames } from '../actions.js';
import { genesysRequirements } from '../requirements.js';
import type { Call, GenesysBehaviour } from './call.js';
import type { Chat, Event } from './model.js';

export type GenesysFault = FaultOf<GenesysBehaviour, Call>;
export type GenesysVariant = VariantOf<GenesysBehaviour, Call>;
export type GenesysBehave = Behave<GenesysBehaviour>;

export const { row, on, onAll, onEach, refused, warns, faultsOf, combinedOf, variantsOf, instead, skip, together } =
  rowsOf<GenesysBehaviour, Call, GenesysActionName>(genesysRequirements, genesysActionNames);

/** Has the client written anything? */
export function hasSpoken({ events }: Chat): boolean {
  return events.some(isOfClient);
}

/** Is the event a message of the client? */
export function isOfClient({ from, type }: Event): boolean {
  return from.type === 'Client' && type === 'Message';
}
