import type { StubApi } from '../../../src/stub/api.js';
import { choose } from '../../../src/stub/choose.js';
import { touched } from '../../../src/stub/mutation.js';
import { conforming } from './behaviour/index.js';
import { faults } from './faults/index.js';
import { relationHandlers } from './handlers.js';
import { createRelationState, relationDigest, relationFlags } from './state.js';
import { variants } from './variants.js';

/** The Relation ONE API as the stub serves it. */
export const relationStub: StubApi = {
  api: 'relation',
  faults,
  variants,
  touchedBy: (id) => choose('variant', variants, [id]).flatMap((variant) => touched(conforming, variant)),
  create(options) {
    const state = createRelationState(options);
    return {
      handlers: relationHandlers(state),
      digest: () => relationDigest(state),
      flags: () => relationFlags(state),
      sent: () => Object.fromEntries(state.counts),
    };
  },
};
