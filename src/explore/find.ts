import type { ApiName } from '../exchange/index.js';
import type { Story } from './hunt.js';
import type { Step } from './player.js';

/** Something missed, with the shortest story that shows it. */
export interface Find {
  story: Story;
  /** It did not show each time that its story was played. */
  intermittent: boolean;
  seed: number;
  /** The way of fast-check to the shortest story; '' where a recipe was played. */
  path: string;
  /** The name of the recipe that shows it. */
  recipe?: string;
}

/** What became of a recipe. */
export interface Replayed {
  recipe: Recipe;
  /** What it shows now, where it shows something missed. */
  find?: Find;
  /** Why it was not played. */
  skipped?: string;
}

/** A sequence that was kept in a file, to be played again. */
export interface Recipe {
  /** Of its file, for people. */
  name: string;
  api: ApiName;
  /** What was missed when it was written. */
  requirement: string;
  steps: readonly Step[];
}
