import type { Environment } from '../environment/environment.js';
import type { Journal } from '../journal/journal.js';
import { Interrupted, NotServed, Skip } from '../judge/index.js';
import { lacks } from '../target/index.js';
import { TransportFailure } from '../transport/index.js';
import type { Find, Recipe, Replayed } from './find.js';
import { type Catch, type Hunt, hunt, replay, type Story, shortened, type Watchful } from './hunt.js';
import type { Call, Explorable, Model } from './model.js';
import { createPatience } from './patience.js';
import type { Lane, Sighting, Step } from './player.js';
import { sequences } from './sequences.js';

/** How long and how far to explore. */
export interface ExploreOptions {
  /** Milliseconds in which sequences are begun; 0 plays the recipes alone. */
  budgetMs: number;
  /** After so many calls no more sequences are begun; without it, no limit. */
  calls?: number;
  /** The same seed makes the same sequences. */
  seed: number;
  /** The most sequences at the same time; 4 where left out. */
  lanes?: number;
  /** Played first, whatever the budget. */
  recipes?: readonly Recipe[];
  journal: Journal;
  /** Told of each find as it is made. */
  onFind?(find: Find): void;
}

/** What exploring an API came to. */
export interface Explored {
  finds: Find[];
  replayed: Replayed[];
  sequences: number;
  calls: number;
  /** How often exchanges decided each requirement in passing. */
  tally: Map<string, number>;
  /** Missed once and never again when it was tried: told, not counted. */
  unconfirmed: Story[];
  /** Why it ended before its budget was spent. */
  stopped?: string;
  /** What could not be put back. */
  problems: string[];
}

/** Some sequences a hunt, so that its seed names few. */
const sequencesOfHunt = 20;
const mostLanes = 4;
/** Of the budget, what one miss may cost to be made shorter. */
const shareOfShrinking = 0.25;
const mostProblems = 10;
/** How often a cause is sought that was sighted and could not be shown again. */
const mostVain = 4;
/** How often a story is played until it shows what it showed before. Calls at the same time do not meet each time. */
const tries = { alone: 3, atOnce: 8 };

/** Tries sequences of documented calls against a server, and holds every answer against the model of the contract. */
export async function explore(api: Explorable, environment: Environment, options: ExploreOptions): Promise<Explored> {
  const explored: Explored = {
    finds: [],
    replayed: [],
    sequences: 0,
    calls: 0,
    tally: new Map(),
    unconfirmed: [],
    problems: [],
  };
  const model = await api.model?.();
  const lanes = Math.min(
    model?.lanes(environment.target) ?? 0,
    options.budgetMs === 0 ? 1 : (options.lanes ?? mostLanes),
  );
  if (model === undefined || lanes === 0) return { ...explored, stopped: `${api.name} has nothing to explore here` };
  const queue = [...(options.recipes ?? [])];
  const state = createState(api, options, explored);
  const places = Array.from({ length: lanes }, (_, at) => ({ model, environment, at, queue }));
  await Promise.all(places.map((place) => explorer(place, state, options)));
  return explored;
}

/** Where one lane of an exploration plays. */
interface Place {
  model: Model<unknown, unknown>;
  environment: Environment;
  at: number;
  /** The recipes that no lane has played yet. */
  queue: Recipe[];
}

/** What the lanes of an exploration share. */
interface Shared {
  api: Explorable;
  explored: Explored;
  isOver(): boolean;
  isStopped(): boolean;
  count(): void;
  stop(reason: unknown): void;
  /** The causes that were found, that a lane is at work on, or that were sought too often in vain. */
  known: Set<string>;
  /** How often each cause was sighted and could not be shown again. */
  vain: Map<string, number>;
  /** Epoch milliseconds; counted from the first time that it is asked for. */
  endsAt(): number;
}

function createState(api: Explorable, { budgetMs, calls }: ExploreOptions, explored: Explored): Shared {
  let endsAt: number | undefined;
  let stopped = false;
  const state: Shared = {
    api,
    explored,
    endsAt() {
      // Accounts that log in first take nothing of the budget.
      endsAt ??= Date.now() + budgetMs;
      return endsAt;
    },
    known: new Set(),
    vain: new Map(),
    isOver: () => stopped || Date.now() >= state.endsAt() || explored.calls >= (calls ?? Number.POSITIVE_INFINITY),
    isStopped: () => stopped,
    count() {
      explored.calls++;
    },
    stop(reason) {
      stopped = true;
      explored.stopped ??= reasonOf(reason);
    },
  };
  return state;
}

/** Why exploring cannot go on. */
function reasonOf(reason: unknown): string {
  if (reason instanceof Skip) return reason.reason;
  if (reason instanceof Interrupted || reason instanceof TransportFailure || reason instanceof NotServed)
    return reason.message;
  throw reason;
}

/** One find a cause: what is missed, and by which call. */
function causeOf({ miss, made }: Sighting): string {
  return `${miss.requirement} ${made.call.action}`;
}

async function explorer(
  { model, environment, at, queue }: Place,
  shared: Shared,
  options: ExploreOptions,
): Promise<void> {
  const { api, explored, known, vain } = shared;
  const ground = await model.ground(environment, at, options.journal).catch((error) => shared.stop(error));
  if (ground === undefined) return;
  const levels = new Map(api.requirements.map(({ id, level }) => [id, level]));
  const { count } = shared;
  const has = (call: Call) => !lacks(environment.target, api.name, call.action) && ground.has?.(call) !== false;
  const lane: Lane = { api, model, ground, patience: createPatience(), has, count, tally: explored.tally, last: [] };
  const about = {
    isOver: shared.isOver,
    onBreak: shared.stop,
    onPlayed(problems: readonly string[]) {
      explored.sequences++;
      explored.problems.push(...problems.slice(0, mostProblems - explored.problems.length));
    },
    isNew: (sighting: Sighting) => levels.has(sighting.miss.requirement) && !known.has(causeOf(sighting)),
    claim: (sighting: Sighting) => known.add(causeOf(sighting)),
    // Behind a MUST that is missed, the model does not know what the server holds; what a single answer shows it can tell.
    goesOn: ({ miss, passive }: Sighting) => passive || levels.get(miss.requirement) !== 'MUST',
    shortenUntil: () => Math.min(shared.endsAt(), Date.now() + shareOfShrinking * options.budgetMs),
  };
  const tell = (find: Find) => {
    const cause = causeOf(find.story.sighting);
    // Made shorter, what another call showed may come to what is told already.
    if (explored.finds.some(({ story }) => causeOf(story.sighting) === cause)) return;
    explored.finds.push(find);
    explored.unconfirmed = explored.unconfirmed.filter(({ sighting }) => causeOf(sighting) !== cause);
    options.onFind?.(find);
  };
  /** What could not be shown again is sought again: a race may be lost for once, and a lag be taken for a loss. */
  const release = (story: Story) => {
    const cause = causeOf(story.sighting);
    const times = (vain.get(cause) ?? 0) + 1;
    vain.set(cause, times);
    if (times < mostVain) known.delete(cause);
    if (times === 1) explored.unconfirmed.push(story);
  };
  try {
    for (let recipe = queue.shift(); recipe !== undefined && !shared.isStopped(); recipe = queue.shift()) {
      const replayed = await playRecipe(lane, about, recipe, options.seed);
      explored.replayed.push(replayed);
      if (replayed.find !== undefined) tell(replayed.find);
    }
    const arbitrary = sequences(model.kinds, environment.target.allow);
    for (let round = 0; !shared.isOver(); round++) {
      const before = explored.calls;
      const caught = await hunt(lane, {
        ...about,
        arbitrary,
        seed: seedOf(options.seed, at, round),
        sequences: sequencesOfHunt,
      });
      if (explored.calls === before) shared.stop(new Skip('the server has no call that a sequence can begin with'));
      if (caught === undefined) continue;
      const find = await confirmed(lane, about, caught);
      if (find === undefined) release(caught.first);
      else tell(find);
    }
  } finally {
    explored.problems.push(...(await ground.close()));
  }
}

/** Plays the shortest story again, where that shows nothing the first one, and then what came before that with it. */
async function confirmed(
  lane: Lane,
  about: Watchful & Pick<Hunt, 'shortenUntil' | 'isNew'>,
  { first, shortest, seed, path }: Catch,
): Promise<Find | undefined> {
  // Calls at the same time come in another order when they are played again: then the same state may be held against another of them.
  const isSought = (sighting: Sighting) =>
    sighting.miss.requirement === first.sighting.miss.requirement || about.isNew(sighting);
  for (const { steps } of [shortest, first]) {
    const again = await replayed(lane, about, steps, isSought);
    if (again !== undefined) return { ...again, seed, path };
  }
  const longer = await shortened(lane, about, [...first.before, ...first.steps], isSought);
  const again = longer && (await replayed(lane, about, longer.steps, isSought));
  if (again !== undefined) return { ...again, seed, path: '' };
  // What one answer shows needs no second one.
  return shortest.sighting.passive ? { story: shortest, intermittent: true, seed, path } : undefined;
}

/** Plays a recipe. What it shows counts, whether it is what it showed when it was written or not. */
async function playRecipe(
  lane: Lane,
  about: Watchful & { isNew(sighting: Sighting): boolean },
  recipe: Recipe,
  seed: number,
): Promise<Replayed> {
  let skipped: string | undefined;
  const onBreak = (reason: unknown) => {
    if (!(reason instanceof Skip)) return about.onBreak(reason);
    skipped = reason.reason;
  };
  const found = await replayed(lane, { ...about, onBreak }, recipe.steps, about.isNew, () => skipped !== undefined);
  if (found !== undefined) return { recipe, find: { ...found, seed, path: '', recipe: recipe.name } };
  return skipped === undefined ? { recipe } : { recipe, skipped };
}

async function replayed(
  lane: Lane,
  about: Watchful,
  steps: readonly Step[],
  isSought: (sighting: Sighting) => boolean,
  isVain: () => boolean = () => false,
): Promise<{ story: Story; intermittent: boolean } | undefined> {
  const most = steps.some((step) => step.length > 1) ? tries.atOnce : tries.alone;
  for (let i = 0; i < most && !isVain(); i++) {
    const story = await replay(lane, about, steps, isSought);
    if (story !== undefined) return { story, intermittent: i > 0 };
  }
  return undefined;
}

/** A seed of its own for each lane and round. */
function seedOf(seed: number, lane: number, round: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(lane + 1, 0x85ebca6b) ^ Math.imul(round + 1, 0xc2b2ae35)) | 0;
}
