import fc from 'fast-check';
import type { Call } from './model.js';
import { Ended, type Lane, type Made, play, type Sighting, type Step } from './player.js';
import { type Course, run, type StepCommand, shortest as shortestSequence } from './sequences.js';

/** A sequence that shows something missed. */
export interface Story {
  sighting: Sighting;
  steps: readonly Step[];
  made: readonly Made[];
  /** The steps of the sequence before. */
  before: readonly Step[];
  /** What makes the ids of this sequence its own. */
  mark?: string;
}

/** What came of a hunt. */
export interface Catch {
  /** As it was first seen. */
  first: Story;
  /** As short as fast-check could make it. */
  shortest: Story;
  seed: number;
  /** The path of fast-check to the shortest one. */
  path: string;
}

/** What a hunt asks and tells. */
export interface Hunt {
  arbitrary: fc.Arbitrary<Iterable<StepCommand>>;
  seed: number;
  /** How many sequences to try. */
  sequences: number;
  /** Whether something missed is nothing that is known. */
  isNew(sighting: Sighting): boolean;
  /** What is new is this hunt's from now on. */
  claim(sighting: Sighting): void;
  /** Whether the model goes on after something missed that is not new. */
  goesOn(sighting: Sighting): boolean;
  /** Until when something found now may be made shorter, epoch milliseconds. */
  shortenUntil(): number;
  isOver(): boolean;
  /** Takes note of what ended a sequence from outside: a stop, a spent budget, a broken network. */
  onBreak(reason: unknown): void;
  /** Told of each sequence that was played, with what could not be put back after it. */
  onPlayed(problems: readonly string[]): void;
}

/** What every sequence tells. */
export type Watchful = Pick<Hunt, 'claim' | 'goesOn' | 'onBreak' | 'onPlayed'>;

class Found extends Error {}

/** Lets fast-check try sequences on a lane until one shows something new, and make that one as short as it can. */
export async function hunt(lane: Lane, about: Hunt): Promise<Catch | undefined> {
  let first: Story | undefined;
  let shortest: Story | undefined;
  let until = Number.POSITIVE_INFINITY;
  const isSought = (sighting: Sighting) =>
    first === undefined ? about.isNew(sighting) : sighting.miss.requirement === first.sighting.miss.requirement;
  const property = fc.asyncProperty(about.arbitrary, async (commands) => {
    // What is not tried counts as no failure: so fast-check ends with the shortest sequence so far.
    if (about.isOver() || Date.now() > until) return;
    if (first === undefined && [...commands].length < shortestSequence) return;
    const inView = first === undefined || first.sighting.made.step === 'view';
    const isWanted = viewFilter(first);
    const story = await attempt(lane, about, isSought, async (course) => {
      await run(commands, { ...course, look: () => course.look(isWanted) }, inView);
    });
    if (story === undefined) return;
    if (first === undefined) {
      first = story;
      until = about.shortenUntil();
      lane.patience.hurry(true);
    }
    shortest = story;
    throw new Found();
  });
  try {
    const details = await fc.check(property, { seed: about.seed, numRuns: about.sequences, endOnFailure: false });
    if (first === undefined || shortest === undefined) return undefined;
    return { first, shortest, seed: details.seed, path: details.counterexamplePath ?? '' };
  } finally {
    lane.patience.hurry(false);
  }
}

/** While a miss is made shorter, only the view that showed it is asked for. */
function viewFilter(first: Story | undefined): ((call: Call) => boolean) | undefined {
  if (first === undefined) return undefined;
  const { actor, action, at } = first.sighting.made.call;
  return (call) => call.actor === actor && call.action === action && call.at === at;
}

/** Plays steps once more; gives the story where it shows something missed that is sought. */
export function replay(
  lane: Lane,
  about: Watchful,
  steps: readonly Step[],
  isSought: (sighting: Sighting) => boolean,
): Promise<Story | undefined> {
  return attempt(lane, about, isSought, async ({ player, ran, look }) => {
    for (const step of steps) {
      if (!player.has(step)) continue;
      ran.push(step);
      await player.step(step);
    }
    await look();
  });
}

/**
 * Leaves out of steps what a story does not need, as far as fast-check and the time go.
 * @returns the shortest story; `undefined` where the steps do not show what is sought
 */
export async function shortened(
  lane: Lane,
  about: Pick<Hunt, 'shortenUntil'> & Watchful,
  steps: readonly Step[],
  isSought: (sighting: Sighting) => boolean,
): Promise<Story | undefined> {
  let shortest: Story | undefined;
  const until = about.shortenUntil();
  const kept = fc.array(fc.boolean(), { minLength: steps.length, maxLength: steps.length });
  const property = fc.asyncProperty(kept, async (keeps) => {
    if (shortest !== undefined && Date.now() > until) return;
    const story = await replay(
      lane,
      about,
      steps.filter((_, i) => keeps[i]),
      isSought,
    );
    if (story === undefined) return;
    shortest = story;
    throw new Found();
  });
  await fc.check(property, { numRuns: 1, examples: [[steps.map(() => true)]] });
  return shortest;
}

/** Plays one sequence, and puts back what it changed. */
async function attempt(
  lane: Lane,
  { claim, goesOn, onBreak, onPlayed }: Watchful,
  isSought: (sighting: Sighting) => boolean,
  work: (course: Course) => Promise<void>,
): Promise<Story | undefined> {
  let sighting: Sighting | undefined;
  const ran: Step[] = [];
  const views: Step[] = [];
  const made: Made[] = [];
  const before = lane.last;
  let mark: string | undefined;
  try {
    const player = await play(lane, made, {
      isSought,
      onSighting(seen) {
        if (isSought(seen)) {
          sighting = seen;
          claim(seen);
        } else if (goesOn(seen)) return;
        throw new Ended();
      },
    });
    const look: Course['look'] = (isWanted) => player.look(isWanted, (step) => views.push(step));
    await work({ player, ran, looks: false, look });
  } catch (error) {
    if (!(error instanceof Ended)) onBreak(error);
  } finally {
    mark = lane.ground.mark();
    lane.last = [...ran, ...views];
    onPlayed(await lane.ground.end().catch((error: Error) => [error.message]));
  }
  return sighting === undefined ? undefined : { sighting, steps: ran, made, before, mark };
}
