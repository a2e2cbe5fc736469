import { join } from 'node:path';
import type { Api } from '../../src/api/api.js';
import { withRulings } from '../../src/requirements/rulings.js';
import { compiledRoot } from '../../src/root.js';
import { ozekiActions, ozekiOutcome } from './actions.js';
import { ozekiDoctor } from './doctor.js';
import { ozekiFront } from './front.js';
import { ozekiOpenApi } from './openapi.js';
import { ozekiPassive } from './passive.js';
import { ozekiRecording } from './recording.js';
import { ozekiRequirements } from './requirements.js';
import { ozekiRestorer } from './restorer.js';
import { ozekiRulings } from './rulings.js';
import { ozekiSchemas } from './schemas.js';
import { openOzekiSession } from './session.js';
import { checkSigning } from './signing.js';
import { type OzekiTarget, ozekiSection } from './target.js';

/** The Ozeki Chat Client API. */
export const ozeki: Api<OzekiTarget> = {
  name: 'ozeki',
  label: 'Ozeki',
  title: 'Ozeki Chat Client API',
  actions: ozekiActions,
  schemas: ozekiSchemas,
  requirements: withRulings(ozekiRequirements, ozekiRulings),
  rulings: ozekiRulings,
  target: { ...ozekiSection, prepare: checkSigning },
  outcome: ozekiOutcome,
  passive: ozekiPassive,
  front: ozekiFront,
  recording: ozekiRecording,
  doctor: ozekiDoctor,
  restorer: ozekiRestorer,
  openapi: ozekiOpenApi,
  stub: async () => (await import('./stub/index.js')).ozekiStub,
  model: async () => (await import('./model/index.js')).ozekiModel,
  specs: [join(compiledRoot, 'specs', 'ozeki')],
  slots: ({ pairs }) => pairs.length,
  open: openOzekiSession,
};
