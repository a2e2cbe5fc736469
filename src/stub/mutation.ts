import type { Answer } from './answer.js';
import type { ApiOptions, Fault, Variant } from './api.js';
import { choose } from './choose.js';

/** How a server departs from the ordinary one. */
export interface MutationOf<Behaviour, Call, Action extends string> {
  id: string;
  action: string;
  /** Replaces decisions of the server; `base` is what it would do otherwise. */
  behave?: (base: Behaviour) => Partial<Behaviour>;
  /** Changes an answer just before it is sent. */
  answer?: (answer: Answer, call: Call) => Answer;
  /** The actions whose answers are changed (`*`: all); without it, the one of `action`. */
  on?: readonly (Action | 'unknown' | '*')[];
}

/**
 * What a departure changes: the decisions that it replaces, and whether it changes answers. Two that share nothing go together, and
 * neither hides the other.
 */
export function touched<Behaviour, Call, Action extends string>(
  conforming: Behaviour,
  { behave, answer }: MutationOf<Behaviour, Call, Action>,
): string[] {
  return [...Object.keys(behave?.(conforming) ?? {}), ...(answer === undefined ? [] : ['answer'])];
}

/** The server that the chosen variants and faults make of the ordinary one, and what they change in its answers. */
export function departed<Behaviour, Call extends { action: string }, Action extends string>(
  conforming: Behaviour,
  all: {
    variants: readonly (MutationOf<Behaviour, Call, Action> & Variant)[];
    faults: readonly (MutationOf<Behaviour, Call, Action> & Fault)[];
  },
  options: ApiOptions,
): { behaviour: Behaviour; answerHooks: ((answer: Answer, call: Call) => Answer)[] } {
  // Variants first: a fault then spoils the server that the variant describes.
  const chosen: MutationOf<Behaviour, Call, Action>[] = [
    ...choose('variant', all.variants, options.variants),
    ...choose('fault', all.faults, options.faults),
  ];
  let behaviour = conforming;
  for (const { behave } of chosen) behaviour = { ...behaviour, ...behave?.(behaviour) };
  const answerHooks = chosen.flatMap(({ answer, on, action }) => {
    if (answer === undefined) return [];
    const actions: readonly string[] = on ?? [action];
    return [
      (given: Answer, call: Call) =>
        actions.includes('*') || actions.includes(call.action) ? answer(given, call) : given,
    ];
  });
  return { behaviour, answerHooks };
}
