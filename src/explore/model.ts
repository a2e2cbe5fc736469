import type { Arbitrary } from 'fast-check';
import type { Environment } from '../environment/environment.js';
import type { ApiName, Exchange, Finding, Level } from '../exchange/index.js';
import type { Journal } from '../journal/journal.js';
import type { GroundTruth, PassiveCheck } from '../passive/types.js';
import type { Requirement } from '../requirements/types.js';
import type { ResolvedTarget } from '../target/index.js';

/** One call, in the words of the model. It holds no credential, so it can be shown and stored. */
export interface Call {
  /** alice, bob, outsider: as in the exchange that comes of it. */
  actor: string;
  /** The documented action. */
  action: string;
  members: Readonly<Record<string, unknown>>;
  /** What it is about where the actor has several, such as a chat or a station. */
  at?: string;
  /** Whose credentials it bears where they are not those of `at`. */
  as?: string;
  /** A server may refuse it. */
  probe?: boolean;
}

/** What a model holds against an answer, with the requirement that is missed. */
export interface Miss extends Finding {
  requirement: string;
  /** A server may pass news on behind its answers: only what is still so a while later counts. */
  mayLag?: boolean;
}

/** What an answer means in a state. */
export interface Judged<State> {
  misses: readonly Miss[];
  /** The state afterwards; where something was missed, with what the server showed in place of what it should have shown. */
  state: State;
}

/** One kind of command. */
export interface Kind<Command> {
  /** How often it is made, in relation to the others. */
  weight: number;
  /** What a target must allow. */
  needs: Level;
  /** Without it a sequence has little to show: it is among the kinds of each. */
  isBasis?: true;
  /** Whether it goes along with others at the same time; such a command is one call. */
  atOnce: boolean;
  /** What such a command is among others, where that differs. */
  together?(command: Command): Command;
  /** Plain data, so that a sequence can be kept in a file. What it refers to is named by how recent it is. */
  commands: Arbitrary<Command>;
}

/** The ground that a lane of sequences is played on: its accounts, its way to the server. */
export interface Ground<State> {
  /** Begins a sequence: the state before its first call. */
  begin(): Promise<State>;
  /** Sends a call. Where the server asks for patience (a rate limit, a full house), it is sent again a bounded number of times. */
  send(call: Call): Promise<Exchange>;
  /** Whether the server has what a call needs beside its action, as the target says. Left out, it has. */
  has?(call: Call): boolean;
  /** Ends a sequence: puts back what must not stay. Gives in words what could not be put back. */
  end(): Promise<string[]>;
  /** Ends the lane: everything is as it was found. Gives in words what could not be put back. */
  close(): Promise<string[]>;
  groundTruth: GroundTruth;
  /** The part of the current sequence's ids that no other sequence has: a script that repeats it puts another in its place. */
  mark(): string | undefined;
}

/**
 * The contract of an API as something that can be run: what each call may answer in a state, and what it does to it. Pure but for
 * the ground. Where the documentation and the rulings leave something open, the model allows every answer.
 */
export interface Model<State, Command> {
  /** The requirements that it can find missed, by id. */
  requirements: readonly string[];
  /** The requirement that is missed where a call gets no complete answer. */
  answered: string;
  /** How many sequences can go on at the same time without meeting each other; 0 where the target has too few accounts. */
  lanes(target: ResolvedTarget): number;
  ground(environment: Environment, lane: number, journal: Journal): Promise<Ground<State>>;
  /** What a sequence is made of, by names of its own. */
  kinds: Readonly<Record<string, Kind<Command>>>;
  /** What every sequence begins with. */
  prelude(state: State): readonly Command[];
  /** Every view of every user: what they show must be what the sequence came to. */
  views(state: State): readonly Command[];
  /** What is tried behind the last view: it must change nothing, but leaves the model in doubt whether it did. Left out, nothing. */
  last?(state: State): readonly Command[];
  /**
   * The next call of a command, after those that it has made; `undefined` where it is done or has nothing to be about.
   * @param turn a number that no other call of the sequence has, for what must be the call's own
   */
  next(state: State, command: Command, made: readonly Exchange[], turn: number): Call | undefined;
  /** What a call is beside others at the same time, which may take what it is about. Left out, the same. */
  beside?(call: Call, others: readonly Call[]): Call;
  judge(state: State, exchange: Exchange): Judged<State>;
  /** What a command is when its answers are looked at once more: without what it writes. Left out, the same. */
  again?(command: Command): Command;
  /** What tells one state from another; left out, all that it holds. What only helps to name a requirement need not. */
  key?(state: State): string;
}

/** What exploring must know of an API. */
export interface Explorable {
  name: ApiName;
  actions: Readonly<Record<string, { level: Level }>>;
  requirements: readonly Requirement[];
  passive: PassiveCheck;
  /** Loaded when it is first needed. An API without one is not explored. */
  model?(): Promise<Model<unknown, unknown>>;
}
