import type { Behave, FaultOf, VariantOf } from '../../../src/stub/mutation.js';
import { rowsOf } from '../../../src/stub/rows.js';
import { relationActionNames } from '../actions.js';
import { relationRequirements } from '../requirements.js';
import type { Call, RelationBehaviour } from './call.js';
import type { Channel, RelationAction } from './model.js';

export type RelationFault = FaultOf<RelationBehaviour, Call>;
export type RelationVariant = VariantOf<RelationBehaviour, Call>;
export type RelationBehave = Behave<RelationBehaviour>;

export const { row, on, onAll, onEach, refused, warns, faultsOf, combinedOf, variantsOf, instead, skip, together } =
  rowsOf<RelationBehaviour, Call, RelationAction>(relationRequirements, relationActionNames);

/** The channel of a uuid, without asking who may see it. */
export function channelAt(call: Call, uuid: unknown): Channel | undefined {
  return call.state.channels.get(String(uuid));
}

/** The first channel of which the user is a member. */
export function firstChannelOf(call: Call, relationId: string | undefined): Channel | undefined {
  return [...call.state.channels.values()].find(({ members }) => members.has(relationId ?? ''));
}

/** Whether a call names a receiver and no channel. */
export function isDirect({ members }: Call): boolean {
  return (members.channelUuid ?? '') === '' && typeof members.toRelationId === 'string';
}
