import type { ApiOptions } from '../../../src/stub/api.js';
import { departed } from '../../../src/stub/mutation.js';
import { digestOf } from '../../../src/stub/random.js';
import { conforming } from './behaviour/index.js';
import type { GmsState } from './call.js';
import { faults } from './faults/index.js';
import { variants } from './variants.js';

/** A server as it is before its first call: it has no chats. */
export function createGmsState(options: ApiOptions): GmsState {
  return {
    seed: options.seed,
    now: options.now,
    ...departed(conforming, { variants, faults }, options),
    chats: [],
    counts: new Map(),
  };
}

/** A hash of all chats but for when their clients were last heard of: what a client who only reads must leave as it is. */
export function gmsDigest(state: GmsState): string {
  return digestOf(state.chats.map(({ heardAt: _heard, downloads: _downloads, ...chat }) => chat));
}

/** The ids of the chats that are open. */
export function openChats(state: GmsState): { open: string[] } {
  return { open: state.chats.filter(({ isEnded }) => !isEnded).map(({ id }) => id) };
}
