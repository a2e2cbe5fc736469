import type { Fault, Variant } from '../api.js';
import type { GenesysBehaviour } from './behaviour/index.js';
import type { AnswerHook, Event, GenesysActionName, Json } from './model.js';

/** How a server departs from the ordinary one. */
export interface Mischief {
  id: string;
  action: string;
  /** Replaces decisions of the server; `base` is what it would do otherwise. */
  behave?: (base: GenesysBehaviour) => Partial<GenesysBehaviour>;
  /** Changes an answer just before it is sent. */
  answer?: AnswerHook;
  /** The actions whose answers are changed; without it, the one of `action`. */
  on?: readonly (GenesysActionName | 'unknown' | '*')[];
}

/** A fault of the Genesys stub. */
export type GenesysFault = Fault & Mischief;

/** A variant of the Genesys stub. */
export type GenesysVariant = Variant & Mischief;

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
