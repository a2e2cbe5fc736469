import type { Answer } from './answer.js';
import type { ApiOptions, Fault, Variant } from './api.js';
import { choose } from './choose.js';
import type { Operator } from './operators.js';
import { LEFT_OUT } from './pointer.js';

/** What is known of a call of any API. */
export interface AnyCall {
  action: string;
  /** This call's number among all calls, from 1. */
  total: number;
  /** Set when the call is refused. */
  refusal?: unknown;
}

/** Changes one answer just before it is sent. */
export type AnswerHook<Call> = (answer: Answer, call: Call) => Answer;

/** How answers are changed just before they are sent. */
export interface Mutation<Call> {
  answer: AnswerHook<Call>;
  /** The actions whose answers are changed (`*`: all); without it, the one that the fault is of. */
  on?: readonly string[];
}

/** What a server decides otherwise; `base` is how it would decide without it. */
export type Behave<Behaviour> = (base: Behaviour) => Partial<Behaviour>;

/** How a server departs from the ordinary one. */
export interface Departure<Behaviour, Call> {
  behave?: Behave<Behaviour>;
  mutation?: Mutation<Call>;
}

/** A fault with what the stub does for it. */
export type FaultOf<Behaviour, Call> = Fault & Departure<Behaviour, Call>;

/** A variant with what the stub does for it. */
export type VariantOf<Behaviour, Call> = Variant & Departure<Behaviour, Call>;

/** Changes all answers, those of refused calls too. */
export function onAnswer<Call>(change: Operator<Call> | AnswerHook<Call>): Mutation<Call> {
  return { answer: hookOf(change) };
}

/** Changes the answers of calls that were served. */
export function onSuccess<Call extends AnyCall>(change: Operator<Call> | AnswerHook<Call>): Mutation<Call> {
  const hook = hookOf(change);
  return { answer: (answer, call) => (call.refusal === undefined ? hook(answer, call) : answer) };
}

/** Changes the answers of calls that were refused. */
export function onRefusal<Call extends AnyCall>(change: Operator<Call> | AnswerHook<Call>): Mutation<Call> {
  const hook = hookOf(change);
  return { answer: (answer, call) => (call.refusal === undefined ? answer : hook(answer, call)) };
}

/** Changes each `n`th answer. */
export function everyNth<Call extends AnyCall>(n: number, change: (answer: Answer) => Answer): Mutation<Call> {
  return onAnswer((answer, { total }) => (total % n === 0 ? change(answer) : answer));
}

/** Changes the answers of these actions (`*`: all), rather than those of the action that the fault is of. */
export function inAnswersOf<Call extends AnyCall>(
  actions: string | readonly string[],
  change: Operator<Call> | Mutation<Call>,
): Mutation<Call> {
  return {
    ...('transform' in change ? onSuccess(change) : change),
    on: typeof actions === 'string' ? [actions] : actions,
  };
}

/** Changes the answers of all actions, not only those of the action that the fault is of. */
export function everywhere<Call extends AnyCall>(change: Operator<Call> | Mutation<Call>): Mutation<Call> {
  return inAnswersOf('*', change);
}

function hookOf<Call>(change: Operator<Call> | AnswerHook<Call>): AnswerHook<Call> {
  if (typeof change === 'function') return change;
  return (answer, call) => {
    const body = change.transform(answer.body, call);
    return body === LEFT_OUT ? answer : { ...answer, body };
  };
}

/**
 * What a variant changes: the decisions that it replaces, and the actions whose answers it changes. Two that share nothing go together,
 * and neither hides the other: what changes all answers does not mind another change of some.
 */
export function touched<Behaviour, Call>(
  conforming: Behaviour,
  { action, behave, mutation }: VariantOf<Behaviour, Call>,
): string[] {
  const answers = mutation && (mutation.on ?? [action]);
  return [...Object.keys(behave?.(conforming) ?? {}), ...(answers ?? []).map((name) => `answer of ${name}`)];
}

/** The server that the chosen variants and faults make of the ordinary one, and what they change in its answers. */
export function departed<Behaviour, Call extends AnyCall>(
  conforming: Behaviour,
  all: { variants: readonly VariantOf<Behaviour, Call>[]; faults: readonly FaultOf<Behaviour, Call>[] },
  options: ApiOptions,
): { behaviour: Behaviour; answerHooks: AnswerHook<Call>[] } {
  // Variants first: a fault then spoils the server that the variant describes.
  const chosen = [...choose('variant', all.variants, options.variants), ...choose('fault', all.faults, options.faults)];
  let behaviour = conforming;
  for (const { behave } of chosen) behaviour = { ...behaviour, ...behave?.(behaviour) };
  const answerHooks = chosen.flatMap(({ mutation, action }): AnswerHook<Call>[] => {
    if (mutation === undefined) return [];
    const actions = mutation.on ?? [action];
    return [
      (answer, call) =>
        actions.includes('*') || actions.includes(call.action) ? mutation.answer(answer, call) : answer,
    ];
  });
  return { behaviour, answerHooks };
}
