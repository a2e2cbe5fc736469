/** Generated sequences against a model of the contract. */
export { type Explored, type ExploreOptions, explore, type Find } from './explore.js';
export type { Story } from './hunt.js';
export type { Call, Explorable, Ground, Judged, Kind, Miss, Model } from './model.js';
export type { Made, Sighting, Step } from './player.js';
