import type { StubApi } from '../../../src/stub/api.js';
import { choose } from '../../../src/stub/choose.js';
import { touched } from '../../../src/stub/mutation.js';
import { conforming } from './behaviour/index.js';
import { faults } from './faults/index.js';
import { ozekiHandlers } from './handlers.js';
import { createOzekiState, ozekiDigest, ozekiFlags } from './state.js';
import { variants } from './variants.js';

/** The Ozeki Chat API as the stub serves it. */
export const ozekiStub: StubApi = {
  api: 'ozeki',
  faults,
  variants,
  doubles: {
    'OZ-ADD-1 OZ-COM-8':
      'An echo that is hours off is neither what was uploaded nor the current time; each is promised by itself.',
  },
  touchedBy: (id) => choose('variant', variants, [id]).flatMap((variant) => touched(conforming, variant)),
  create(options) {
    const state = createOzekiState(options);
    return {
      handlers: ozekiHandlers(state),
      digest: () => ozekiDigest(state),
      flags: () => ozekiFlags(state),
      sent: () => Object.fromEntries(state.counts),
    };
  },
};

export { ozekiHandlers } from './handlers.js';
export { createOzekiState } from './state.js';
