import type { Fault, Variant } from '../../../src/stub/api.js';
import type { MutationOf } from '../../../src/stub/mutation.js';
import type { GenesysBehaviour } from './behaviour/index.js';
import type { AnswerHook, Call, Event, GenesysActionName, Json } from './model.js';

/** How a Genesys server departs from the ordinary one. */
export type Mutation = MutationOf<GenesysBehaviour, Call, GenesysActionName>;

/** A fault of the Genesys stub. */
export type GenesysFault = Fault & Mutation;

/** A variant of the Genesys stub. */
export type GenesysVariant = Variant & Mutation;

/** A fault without what all faults of this API have in common. */
export function fault(given: Omit<GenesysFault, 'api'>): GenesysFault {
  return { ...given, api: 'genesys' };
}

/** A variant without what all variants of this API have in common. */
export function variant(given: Omit<GenesysVariant, 'api'>): GenesysVariant {
  return { ...given, api: 'genesys' };
}

/** The answer with its JSON object changed; refusals stay. */
export function onSuccess(change: (body: Json) => Json): AnswerHook {
  return (answer, call) => (call.refusal === undefined ? { ...answer, body: change(answer.body as Json) } : answer);
}

/** The answer with each of its events changed, where it holds any. */
export function onEvents(change: (event: Event, i: number) => unknown): AnswerHook {
  return onSuccess((body) => (Array.isArray(body.messages) ? { ...body, messages: body.messages.map(change) } : body));
}
