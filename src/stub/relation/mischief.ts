import type { Fault, Variant } from '../api.js';
import type { RelationBehaviour } from './behaviour/index.js';
import type { AnswerHook, Json } from './model.js';

/** How a server departs from the ordinary one. */
export interface Mischief {
  id: string;
  action: string;
  /** Replaces decisions of the server; `base` is what it would do otherwise. */
  behave?: (base: RelationBehaviour) => Partial<RelationBehaviour>;
  /** Changes an answer of the action (`*`: of all) just before it is sent. */
  answer?: AnswerHook;
}

/** A fault of the Relation stub. */
export type RelationFault = Fault & Mischief;

/** A variant of the Relation stub. */
export type RelationVariant = Variant & Mischief;

/** Changes the JSON object of a success; refusals stay. */
export function onSuccess(change: (body: Json) => Json): AnswerHook {
  return (answer, call) => (call.refusal === undefined ? { ...answer, body: change(answer.body as Json) } : answer);
}

/** Changes each entry of the List of a success. */
export function onEntries(change: (entry: Json, index: number) => Json): AnswerHook {
  return onSuccess((body) => ({ ...body, data: (body.data as Json[]).map(change) }));
}
