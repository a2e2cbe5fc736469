import { join } from 'node:path';
import type { Api } from '../../src/api/api.js';
import { withRulings } from '../../src/requirements/rulings.js';
import { compiledRoot } from '../../src/root.js';
import { genesysActions, genesysOutcome } from './actions.js';
import { genesysDoctor } from './doctor.js';
import { genesysFront } from './front.js';
import { genesysOpenApi } from './openapi.js';
import { genesysPassive } from './passive.js';
import { genesysRecording } from './recording.js';
import { genesysRequirements } from './requirements.js';
import { genesysRulings } from './rulings.js';
import { genesysSchemas } from './schemas.js';
import { openGenesysSession } from './session.js';
import { type GenesysTarget, genesysSection } from './target.js';

/** The Genesys eServices chat API. */
export const genesys: Api<GenesysTarget> = {
  name: 'genesys',
  label: 'Genesys',
  title: 'Genesys eServices chat API',
  actions: genesysActions,
  schemas: genesysSchemas,
  requirements: withRulings(genesysRequirements, genesysRulings),
  rulings: genesysRulings,
  target: genesysSection,
  outcome: genesysOutcome,
  passive: genesysPassive,
  front: genesysFront,
  recording: genesysRecording,
  doctor: genesysDoctor,
  openapi: genesysOpenApi,
  stub: async () => (await import('./stub/index.js')).genesysStub,
  model: async () => (await import('./model/index.js')).genesysModel,
  specs: [join(compiledRoot, 'specs', 'genesys')],
  // Each check opens chats of its own, so a slot stands for nothing on the server.
  slots: () => 8,
  open: openGenesysSession,
};
