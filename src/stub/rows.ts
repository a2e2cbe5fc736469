import type { ApiName } from '../exchange/index.js';
import {
  type AnswerHook,
  type AnyCall,
  type Behave,
  type Departure,
  type FaultOf,
  type Mutation,
  onRefusal,
  onSuccess,
  type VariantOf,
} from './mutation.js';
import type { Operator } from './operators.js';

/** What a row does: an operator on the successes of its action, another change of answers, other decisions, or both of these. */
export type Change<Behaviour, Call> = Operator<Call> | Mutation<Call> | Behave<Behaviour> | Departure<Behaviour, Call>;

/** One fault or variant. What it does not say comes from the requirement that it stands under. */
export interface Row<Behaviour, Call> extends Departure<Behaviour, Call> {
  sentence: string;
  action?: string;
  warns?: readonly string[];
}

/** Rows by the id of the requirement that they break, then by their own id without the name of the API. */
export type Table<Behaviour, Call> = Readonly<Record<string, Readonly<Record<string, Row<Behaviour, Call>>>>>;

/** What a table needs to know of a requirement. */
interface Broken {
  id: string;
  api: ApiName;
  action: string;
}

type AnyFunction = (...args: never[]) => unknown;
type ArgumentsOf<F> = F extends AnyFunction ? Parameters<F> : never;
type ResultOf<F> = F extends AnyFunction ? ReturnType<F> : never;

/** The decisions that do something or refuse, and give nothing. */
type Checks<B> = { [N in keyof B]: ResultOf<B[N]> extends void ? N : never }[keyof B];

/** A decision as it would be taken otherwise: on what it was asked, or on something else. */
export interface Usual<F> {
  (): ResultOf<F>;
  (...args: ArgumentsOf<F>): ResultOf<F>;
}

/** The means to write the faults and variants of one API as rows, under the requirements of its catalogue. */
export function rowsOf<Behaviour extends object, Call extends AnyCall, Action extends string>(
  requirements: readonly Broken[],
  actions: readonly Action[],
) {
  type Name = keyof Behaviour;
  type Start = { by(change: Change<Behaviour, Call>): Row<Behaviour, Call> };

  /** Begins a row of the action of its requirement: `row('Report makes no report.').by(skip('markViewed', () => true))`. */
  function row(sentence: string): Start {
    return { by: (change) => ({ sentence, ...departureOf(change) }) };
  }

  function rowOf(action: Action | '*', sentence: string): Start {
    return { by: (change) => ({ ...row(sentence).by(change), action }) };
  }

  /** Begins a row of another action than that of its requirement: `on.mute('Mute answers ...').by(...)`. */
  const on = Object.fromEntries(
    actions.map((action) => [action, (sentence: string) => rowOf(action, sentence)]),
  ) as Readonly<Record<Action, (sentence: string) => Start>>;

  /** Begins a row of all actions, whatever its requirement is about. */
  function onAll(sentence: string): Start {
    return rowOf('*', sentence);
  }

  /** The same row of several actions, by their names and the rest of the id: `mute-stranger-served`, `hide-stranger-served`. */
  function onEach<A extends Action>(
    some: readonly A[],
    id: string,
    sentence: (action: A) => string,
    change: (action: A) => Change<Behaviour, Call>,
  ): Record<string, Row<Behaviour, Call>> {
    return Object.fromEntries(some.map((each) => [`${each}-${id}`, on[each](sentence(each)).by(change(each))]));
  }

  /** A variant that misses these SHOULD requirements all the same. */
  function warns(ids: readonly string[], variant: Row<Behaviour, Call>): Row<Behaviour, Call> {
    return { ...variant, warns: ids };
  }

  /** The faults of a table. A requirement that the catalogue does not hold is an error. */
  function faultsOf(table: Table<Behaviour, Call>): FaultOf<Behaviour, Call>[] {
    return listed(table, requirements);
  }

  /** The faults of a table that only combinations of calls show: exploring must find them, and no check need. */
  function combinedOf(table: Table<Behaviour, Call>): FaultOf<Behaviour, Call>[] {
    return faultsOf(table).map((fault) => ({ ...fault, found: 'explore' }));
  }

  /** The variants of a table. A requirement that the catalogue does not hold is an error. */
  function variantsOf(table: Table<Behaviour, Call>): VariantOf<Behaviour, Call>[] {
    return listed(table, requirements);
  }

  /** Takes one decision otherwise. `usual()` is how it would be taken; with arguments, how it would be taken on those. */
  function instead<N extends Name>(
    name: N,
    decide: (usual: Usual<Behaviour[N]>, ...args: ArgumentsOf<Behaviour[N]>) => ResultOf<Behaviour[N]>,
  ): Behave<Behaviour> {
    return (base) => {
      const usual = base[name] as (...args: unknown[]) => unknown;
      const decided = (...args: ArgumentsOf<Behaviour[N]>) =>
        decide(
          ((...others: unknown[]) => usual(...(others.length > 0 ? others : args))) as Usual<Behaviour[N]>,
          ...args,
        );
      return { [name]: decided } as Partial<Behaviour>;
    };
  }

  /** Leaves out a check, or something that the server does, where a condition holds. */
  function skip<N extends Checks<Behaviour>>(
    name: N,
    isSkipped: (...args: ArgumentsOf<Behaviour[N]>) => boolean,
  ): Behave<Behaviour> {
    return instead(name, (usual, ...args) => (isSkipped(...args) ? undefined : usual()) as ResultOf<Behaviour[N]>);
  }

  /** Several decisions at once. */
  function together(...parts: readonly Behave<Behaviour>[]): Behave<Behaviour> {
    return (base) => Object.assign({}, ...parts.map((part) => part(base)));
  }

  /** Changes the answers of refusals that fulfil a condition. */
  function refused(
    isMeant: (refusal: NonNullable<Call['refusal']>, call: Call) => boolean,
    change: AnswerHook<Call>,
  ): Mutation<Call> {
    return onRefusal((answer, call) =>
      isMeant(call.refusal as NonNullable<Call['refusal']>, call) ? change(answer, call) : answer,
    );
  }

  return { row, on, onAll, onEach, refused, warns, faultsOf, combinedOf, variantsOf, instead, skip, together };
}

function departureOf<Behaviour, Call extends AnyCall>(change: Change<Behaviour, Call>): Departure<Behaviour, Call> {
  if (typeof change === 'function') return { behave: change };
  if ('transform' in change) return { mutation: onSuccess(change) };
  return 'answer' in change ? { mutation: change } : change;
}

function listed<Behaviour, Call>(
  table: Table<Behaviour, Call>,
  requirements: readonly Broken[],
): (FaultOf<Behaviour, Call> & VariantOf<Behaviour, Call>)[] {
  return Object.entries(table).flatMap(([requirement, rows]) => {
    const broken = requirements.find(({ id }) => id === requirement);
    if (broken === undefined)
      throw new Error(`Rows of the stub name the requirement ${requirement}, which is in no catalogue.`);
    const { api, action } = broken;
    return Object.entries(rows).map(([id, row]) => ({ action, ...row, id: `${api}-${id}`, api, requirement }));
  });
}
