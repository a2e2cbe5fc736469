import type { Fault, Variant } from '../../../src/stub/api.js';
import type { MutationOf } from '../../../src/stub/mutation.js';
import type { OzekiBehaviour } from './behaviour/index.js';
import type { AnswerHook, Call, OzekiAction } from './model.js';

/** How an Ozeki server departs from the ordinary one. */
export type Mutation = MutationOf<OzekiBehaviour, Call, OzekiAction>;

/** A fault of the Ozeki stub. */
export type OzekiFault = Fault & Mutation;

/** A variant of the Ozeki stub. */
export type OzekiVariant = Variant & Mutation;

/** The answer with its JSON object changed; answers of another kind, and refusals, stay. */
export function onSuccess(change: (body: Record<string, unknown>) => Record<string, unknown>): AnswerHook {
  return (answer, call) =>
    call.refusal === undefined ? { ...answer, body: change(answer.body as Record<string, unknown>) } : answer;
}
