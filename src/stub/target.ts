import { genesysTarget } from '../../apis/genesys/stub/target.js';
import { ozekiTarget } from '../../apis/ozeki/stub/target.js';
import { relationTarget } from '../../apis/relation/stub/target.js';
import type { Target } from '../../types/target.js';

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
