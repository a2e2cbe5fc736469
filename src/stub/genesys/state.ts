import type { ApiOptions } from '../api.js';
import { choose } from '../choose.js';
import { digestOf } from '../random.js';
import { conforming, type GenesysBehaviour } from './behaviour/index.js';
import { faults } from './faults/index.js';
import type { Mischief } from './mischief.js';
import type { GenesysState } from './model.js';
import { variants } from './variants.js';

/** A server as it is before its first call: it has no chats. */
export function createGenesysState(options: ApiOptions): GenesysState {
  // Variants first: a fault then spoils the server that the variant describes.
  const chosen: Mischief[] = [
    ...choose('variant', variants, options.variants),
    ...choose('fault', faults, options.faults),
  ];
  return {
    seed: options.seed,
    now: options.now,
    behaviour: composed(chosen),
    answerHooks: chosen.flatMap(({ answer, on, action }) => {
      if (answer === undefined) return [];
      const actions: readonly string[] = on ?? [action];
      return [(given, call) => (actions.includes('*') || actions.includes(call.action) ? answer(given, call) : given)];
    }),
    chats: [],
    counts: new Map(),
    notes: new Map(),
  };
}

/** A hash of all chats but for when they were last polled: what a client who only reads must leave as it is. */
export function genesysDigest(state: GenesysState): string {
  return digestOf(state.chats.map(({ polledAt: _, ...chat }) => chat));
}

/** The ids of the chats that are open. */
export function openChats(state: GenesysState): { open: string[] } {
  return { open: state.chats.filter(({ isEnded }) => !isEnded).map(({ id }) => id) };
}

function composed(chosen: readonly Mischief[]): GenesysBehaviour {
  let behaviour = conforming;
  for (const { behave } of chosen) behaviour = { ...behaviour, ...behave?.(behaviour) };
  return behaviour;
}
