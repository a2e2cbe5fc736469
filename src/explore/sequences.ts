import fc from 'fast-check';
import type { Level } from '../exchange/index.js';
import { allows } from '../judge/index.js';
import type { Call, Kind } from './model.js';
import type { Player, Step } from './player.js';

/** What the commands of a sequence act on. */
export interface Course {
  player: Player;
  /** Set before the last command of a sequence whose end is the views: it stands for them. */
  looks: boolean;
  look(isWanted?: (call: Call) => boolean): Promise<void>;
  /** The steps that were made. */
  ran: Step[];
}

/** A step as fast-check runs it. */
export type StepCommand = fc.AsyncCommand<Course, undefined>;

/** So long that also three things meet that undo each other only in their order. */
const longest = 60;
const mostAtOnce = 4;
/** More than these leave too few steps to each. */
const mostKinds = 12;
/** What a shorter one shows, a longer one shows as well, for the same calls before and behind it. */
export const shortest = 10;

/**
 * Sequences of steps. Each is made of some kinds alone, chosen anew: what two kinds do to each other seldom shows where all are
 * mixed. What a target does not allow is left out.
 */
export function sequences(
  kinds: Readonly<Record<string, Kind<unknown>>>,
  allow: Level,
): fc.Arbitrary<Iterable<StepCommand>> {
  const allowed = Object.values(kinds).filter(({ needs }) => allows(allow, needs));
  const basis = allowed.filter(({ isBasis }) => isBasis === true);
  const others = allowed.filter(({ isBasis }) => isBasis !== true);
  const few = fc
    .subarray(others, { minLength: Math.min(1, others.length), maxLength: Math.min(mostKinds, others.length) })
    .chain((chosen) => fc.boolean().map((much) => [...(much ? basis : basis.map(scarce)), ...chosen]));
  const some = fc.oneof({ weight: 3, arbitrary: few }, { weight: 1, arbitrary: fc.constant(allowed) });
  return fc
    .noShrink(some)
    .chain((chosen) => fc.commands([commandsOf(stepsOf(chosen))], { maxCommands: longest, size: 'max' }));
}

/** What is made anew, such as a message, undoes some of what went wrong before: so half of the sequences make little. */
const scarce = (kind: Kind<unknown>): Kind<unknown> => ({ ...kind, weight: 2 });

function stepsOf(kinds: readonly Kind<unknown>[]): fc.Arbitrary<Step> {
  const oneOf = (some: readonly Kind<unknown>[]) =>
    fc.oneof(...some.map(({ weight, commands }) => ({ weight, arbitrary: commands })));
  const single = oneOf(kinds).map((command): Step => [command]);
  const together = kinds
    .filter(({ atOnce }) => atOnce)
    .map((kind) => (kind.together === undefined ? kind : { ...kind, commands: kind.commands.map(kind.together) }));
  if (together.length === 0) return single;
  const several = (commands: fc.Arbitrary<unknown>) =>
    fc.array(commands, { minLength: 2, maxLength: mostAtOnce, size: 'max' });
  return fc.oneof(
    { weight: 14, arbitrary: single },
    { weight: 2, arbitrary: several(oneOf(together)) },
    // What reads, changes and writes back loses what another call of its kind has written meanwhile.
    {
      weight: 1,
      arbitrary: fc.oneof(...together.map(({ weight, commands }) => ({ weight, arbitrary: several(commands) }))),
    },
  );
}

/** Of so many steps one is a view: what is wrong right behind a write may be right again at the end. */
const stepsOfView = 11;

function commandsOf(steps: fc.Arbitrary<Step>): fc.Arbitrary<StepCommand> {
  return fc.oneof(
    { weight: stepsOfView - 1, arbitrary: steps.map((step) => commandOf(() => step, JSON.stringify(step))) },
    {
      weight: 1,
      arbitrary: fc.nat(999).map((number) => commandOf(({ player }) => player.view(number), `view ${number}`)),
    },
  );
}

/** @param stepOf the step, once it is its turn */
function commandOf(stepOf: (course: Readonly<Course>) => Step, words: string): StepCommand {
  return {
    check: (course) => course.looks || course.player.has(stepOf(course)),
    async run(course) {
      if (course.looks) return course.look();
      const step = stepOf(course);
      course.ran.push(step);
      await course.player.step(step);
    },
    toString: () => words,
  };
}

/** Runs the commands of a sequence in their order, the views in place of the last one where `endsInViews`. */
export async function run(commands: Iterable<StepCommand>, course: Course, endsInViews: boolean): Promise<void> {
  const all = [...commands];
  const setup = () => ({ model: course, real: undefined });
  await fc.asyncModelRun(setup, endsInViews ? all.slice(0, -1) : all);
  if (!endsInViews) return;
  course.looks = true;
  // fast-check keeps the last command when it shrinks a sequence, since that is where it fails: so it must be what shows the miss.
  await fc.asyncModelRun(setup, all.slice(-1));
}
