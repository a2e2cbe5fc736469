import type { StubApi } from '../api.js';
import { faults } from './faults/index.js';
import { genesysHandlers } from './handlers.js';
import { createGenesysState, genesysDigest, openChats } from './state.js';
import { genesysTarget } from './target.js';
import { variants } from './variants.js';

/** The Genesys eServices chat API as the stub serves it. */
export const genesysApi: StubApi = {
  api: 'genesys',
  faults,
  variants,
  create(options) {
    const state = createGenesysState(options);
    return {
      handlers: genesysHandlers(state),
      digest: () => genesysDigest(state),
      flags: () => openChats(state),
      sent: () => Object.fromEntries(state.counts),
    };
  },
  target: genesysTarget,
};
