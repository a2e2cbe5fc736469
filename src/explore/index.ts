/** Generated sequences against a model of the contract. */
export { type Explored, type ExploreOptions, explore } from './explore.js';
export type { Find, Recipe, Replayed } from './find.js';
export type { Story } from './hunt.js';
export type { Call, Explorable, Ground, Judged, Kind, Miss, Model } from './model.js';
export { createPatience } from './patience.js';
export { type Lane, type Made, type Player, play, type Sighting, type Step } from './player.js';
export { recipeOf, replayOf } from './recipe.js';
export { scriptOf } from './script.js';
export { judgementOf, pageOf } from './story.js';
