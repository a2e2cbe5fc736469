import type { Exchange } from '../exchange/index.js';
import { TransportFailure } from '../transport/index.js';
import type { Call, Explorable, Ground, Miss, Model } from './model.js';
import { type Patience, settle } from './patience.js';
import { after, afterAtOnce, canFollow, type Known, type Possible } from './possible.js';

/** One step of a sequence: a command, or a few at the same time. Plain data. */
export type Step = readonly unknown[];

/** A call with what came of it; no exchange where no complete answer came. */
export interface Made {
  /** The step that it belongs to, from 0; `prelude` and `view` are those that every sequence has. */
  step: number | 'prelude' | 'view';
  call: Call;
  exchange?: Exchange;
}

/** Something that is missed, with the call that showed it. */
export interface Sighting {
  miss: Miss;
  made: Made;
  /** One exchange proves it by itself. */
  passive: boolean;
}

/** What the sequences of a lane are played with. */
export interface Lane {
  api: Explorable;
  model: Model<unknown, unknown>;
  ground: Ground<unknown>;
  patience: Patience;
  /** Whether the server has what a call needs, as the target says: other calls are left out. */
  has(call: Call): boolean;
  /** Told of each call. */
  count(): void;
  /** How often exchanges decided each requirement in passing. */
  tally: Map<string, number>;
  /** The steps of the sequence played last, its views included: what it left behind on the server may show in the next one. */
  last: readonly Step[];
}

/** A sequence under way. */
export interface Player {
  /** Whether a step would send anything now. */
  has(step: Step): boolean;
  step(step: Step): Promise<void>;
  /** One of the views of now as a step, by a number of any size. */
  view(number: number): Step;
  /**
   * Every view of every user and what is tried behind them, or those that begin with such a call.
   * @param onStep told of each view as a step before it is made
   */
  look(isWanted?: (call: Call) => boolean, onStep?: (step: Step) => void): Promise<void>;
}

/** Ends a sequence before its last step. */
export class Ended extends Error {}

type Answered = Made & { exchange: Exchange };

/** Who watches a sequence. */
export interface Watch {
  /** Whether something missed is what is sought: then it is waited for, where it may come right. */
  isSought(sighting: Sighting): boolean;
  /** Told of everything that is missed. Throws `Ended` to end the sequence. */
  onSighting(sighting: Sighting): void;
}

/**
 * Begins a sequence.
 * @param made takes the calls, in the order of their answers
 */
export async function play(lane: Lane, made: Made[], { isSought, onSighting }: Watch): Promise<Player> {
  const { model, ground, api } = lane;
  let states: readonly unknown[] = [await ground.begin()];
  const judge = (state: unknown, exchange: Exchange) => model.judge(state, exchange);
  const known: Known<unknown> = {
    key: (state) => model.key?.(state) ?? JSON.stringify(state),
    isMust: (requirement) => api.requirements.some(({ id, level }) => id === requirement && level === 'MUST'),
  };
  let turn = 0;
  /** The next call of a command. What is not the same call in every state that is possible may be wrong, so it may be refused. */
  const bind = (command: unknown, exchanges: readonly Exchange[] = []): Call | undefined => {
    const now = turn++;
    const [call, ...others] = states.map((state) => model.next(state, command, exchanges, now));
    if (call === undefined || !lane.has(call)) return undefined;
    const isOpen = others.some((other) => JSON.stringify(other) !== JSON.stringify(call));
    return isOpen ? { ...call, probe: true } : call;
  };

  const send = async (call: Call, step: Made['step']): Promise<Answered> => {
    lane.count();
    try {
      const done = { step, call, exchange: await ground.send(call) };
      made.push(done);
      return done;
    } catch (error) {
      if (!(error instanceof TransportFailure) || error.blame !== 'server' || error.kind === 'stopped') throw error;
      const unanswered = { step, call };
      made.push(unanswered);
      const miss = { requirement: model.answered, message: `${call.action} gets no answer: ${error.message}` };
      onSighting({ miss: { ...miss, expected: 'an answer' }, made: unanswered, passive: true });
      throw new Ended();
    }
  };
  const observe = (done: Answered) => {
    for (const { requirement, findings } of api.passive(done.exchange, ground.groundTruth)) {
      lane.tally.set(requirement, (lane.tally.get(requirement) ?? 0) + 1);
      for (const finding of findings) onSighting({ miss: { requirement, ...finding }, made: done, passive: true });
    }
  };
  const tell = (misses: readonly Miss[], done: Made) => {
    for (const miss of misses) onSighting({ miss, made: done, passive: false });
  };

  /** Makes the calls of one command, one after the other, up to the first that may have come too early. */
  const once = async (command: unknown, step: Made['step']): Promise<{ early: readonly Miss[]; done?: Answered }> => {
    const exchanges: Exchange[] = [];
    for (;;) {
      const call = bind(command, exchanges);
      if (call === undefined) return { early: [] };
      const done = await send(call, step);
      exchanges.push(done.exchange);
      observe(done);
      const { states: now, misses }: Possible<unknown> = after(judge, states, done.exchange, known);
      states = now;
      const isRead = api.actions[call.action]?.level === 'read';
      const isEarly = (miss: Miss) => miss.mayLag === true && isRead && isSought({ miss, made: done, passive: false });
      tell(
        misses.filter((miss) => !isEarly(miss)),
        done,
      );
      const early = misses.filter(isEarly);
      if (early.length > 0) return { early, done };
    }
  };
  const alone = async (command: unknown, step: Made['step']): Promise<void> => {
    let last: Awaited<ReturnType<typeof once>> = { early: [] };
    let look = command;
    await settle(lane.patience, async () => {
      last = await once(look, step);
      look = model.again?.(command) ?? command;
      return last.early.map(({ requirement, message }) => `${requirement} ${message}`).join('\n');
    });
    if (last.done !== undefined) tell(last.early, last.done);
  };
  const atOnce = async (commands: Step, step: number): Promise<void> => {
    const bound = commands.map((command) => bind(command)).filter((call) => call !== undefined);
    const calls = bound.map((call, i) => model.beside?.(call, bound.toSpliced(i, 1)) ?? call);
    const settled = await Promise.allSettled(calls.map((call) => send(call, step)));
    for (const one of settled) if (one.status === 'rejected') throw one.reason;
    const answered = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    for (const one of answered) observe(one);
    const possible = afterAtOnce(
      judge,
      states,
      answered.map(({ exchange }) => exchange),
      known,
    );
    states = possible.states;
    const last = answered.at(-1);
    if (last !== undefined) tell(possible.misses, last);
  };

  let steps = 0;
  for (const command of model.prelude(states[0])) await alone(command, 'prelude');
  return {
    has: (step) => step.some((command) => bind(command) !== undefined),
    async step(step) {
      const at = steps++;
      const bound = step.filter((command) => bind(command) !== undefined);
      if (bound.length > 1 && canFollow(states, bound.length)) await atOnce(bound, at);
      else for (const command of bound) await alone(command, at);
    },
    view(number) {
      const commands = model.views(states[0]);
      const command = commands[number % commands.length];
      return command === undefined ? [] : [command];
    },
    async look(isWanted = () => true, onStep = () => {}) {
      for (const command of [...model.views(states[0]), ...(model.last?.(states[0]) ?? [])]) {
        const call = bind(command);
        if (call === undefined || !isWanted(call)) continue;
        onStep([command]);
        await alone(command, 'view');
      }
    },
  };
}
