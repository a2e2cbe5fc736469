import type { Fault, Variant } from '../api.js';
import type { OzekiBehaviour } from './behaviour/index.js';
import type { AnswerHook, OzekiAction } from './model.js';

/** How a server departs from the ordinary one. */
export interface Mischief {
  id: string;
  action: string;
  /** Replaces decisions of the server; `base` is what it would do otherwise. */
  behave?: (base: OzekiBehaviour) => Partial<OzekiBehaviour>;
  /** Changes an answer just before it is sent. */
  answer?: AnswerHook;
  /** The actions whose answers are changed; without it, the one of `action`. */
  on?: readonly (OzekiAction | 'unknown' | '*')[];
}

/** A fault of the Ozeki stub. */
export type OzekiFault = Fault & Mischief;

/** A variant of the Ozeki stub. */
export type OzekiVariant = Variant & Mischief;

/** The answer with its JSON object changed; answers of another kind, and refusals, stay. */
export function onSuccess(change: (body: Record<string, unknown>) => Record<string, unknown>): AnswerHook {
  return (answer, call) =>
    call.refusal === undefined ? { ...answer, body: change(answer.body as Record<string, unknown>) } : answer;
}
