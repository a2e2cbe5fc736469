import type { Fault, Variant } from '../../../src/stub/api.js';
import type { MutationOf } from '../../../src/stub/mutation.js';
import type { RelationBehaviour } from './behaviour/index.js';
import type { AnswerHook, Call, Json, RelationAction } from './model.js';

/** How a Relation server departs from the ordinary one. */
export type Mutation = MutationOf<RelationBehaviour, Call, RelationAction>;

/** A fault of the Relation stub. */
export type RelationFault = Fault & Mutation;

/** A variant of the Relation stub. */
export type RelationVariant = Variant & Mutation;

/** Changes the JSON object of a success; refusals stay. */
export function onSuccess(change: (body: Json) => Json): AnswerHook {
  return (answer, call) => (call.refusal === undefined ? { ...answer, body: change(answer.body as Json) } : answer);
}

/** Changes each entry of the List of a success. */
export function onEntries(change: (entry: Json, index: number) => Json): AnswerHook {
  return onSuccess((body) => ({ ...body, data: (body.data as Json[]).map(change) }));
}
