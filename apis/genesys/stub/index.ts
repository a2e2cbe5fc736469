import type { StubApi } from '../../../src/stub/api.js';
import { choose } from '../../../src/stub/choose.js';
import { touched } from '../../../src/stub/mutation.js';
import { conforming } from './behaviour/index.js';
import { faults } from './faults/index.js';
import { genesysHandlers } from './handlers.js';
import { createGenesysState, genesysDigest, openChats } from './state.js';
import { variants } from './variants.js';

/** The Genesys eServices chat API as the stub serves it. */
export const genesysStub: StubApi = {
  api: 'genesys',
  faults,
  variants,
  touchedBy: (id) => choose('variant', variants, [id]).flatMap((variant) => touched(conforming, variant)),
  create(options) {
    const state = createGenesysState(options);
    return {
      handlers: genesysHandlers(state),
      digest: () => genesysDigest(state),
      flags: () => openChats(state),
      sent: () => Object.fromEntries(state.counts),
    };
  },
};
