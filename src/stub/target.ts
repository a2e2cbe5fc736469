import type { Target } from '../../types/target.js';
import { genesysTarget } from './genesys/target.js';
import { ozekiTarget } from './ozeki/target.js';
import { relationTarget } from './relation/target.js';

/**
 * The target for a stub of this seed at `url`, with its credentials. It follows from the two alone, so any process can name it.
 * It stands apart from the stub itself, so that to name it nobody need load what serves it.
 */
export function stubTarget({ seed = 1, url }: { seed?: number; url: string }): Target {
  return {
    name: 'stub',
    allow: 'destroy',
    ozeki: ozekiTarget(seed, url),
    genesys: genesysTarget(seed, url),
    relation: relationTarget(seed, url),
  };
}
