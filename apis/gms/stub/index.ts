import type { StubApi } from '../../../src/stub/api.js';
import { choose } from '../../../src/stub/choose.js';
import { touched } from '../../../src/stub/mutation.js';
import { conforming } from './behaviour/index.js';
import { faults } from './faults/index.js';
import { gmsHandlers } from './handlers.js';
import { createGmsState, gmsDigest, openChats } from './state.js';
import { variants } from './variants.js';

/** The GMS Chat API as the stub serves it. */
export const gmsStub: StubApi = {
  api: 'gms',
  faults,
  variants,
  touchedBy: (id) => choose('variant', variants, [id]).flatMap((variant) => touched(conforming, variant)),
  create(options) {
    const state = createGmsState(options);
    return {
      handlers: gmsHandlers(state),
      digest: () => gmsDigest(state),
      flags: () => openChats(state),
      sent: () => Object.fromEntries(state.counts),
    };
  },
};
