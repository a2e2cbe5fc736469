import type { StubApi } from '../api.js';
import { faults } from './faults/index.js';
import { relationHandlers } from './handlers.js';
import { createRelationState, relationDigest } from './state.js';
import { relationTarget } from './target.js';
import { variants } from './variants.js';

/** The Relation ONE message API as the stub serves it. */
export const relationApi: StubApi = {
  api: 'relation',
  faults,
  variants,
  create(options) {
    const state = createRelationState(options);
    return {
      handlers: relationHandlers(state),
      digest: () => relationDigest(state),
      flags: () => ({}),
      sent: () => Object.fromEntries(state.counts),
    };
  },
  target: relationTarget,
};
