import { join } from 'node:path';
import type { Api } from '../../src/api/api.js';
import { withRulings } from '../../src/requirements/rulings.js';
import { compiledRoot } from '../../src/root.js';
import { gmsActions, gmsOutcome } from './actions.js';
import { gmsDoctor } from './doctor.js';
import { gmsFront } from './front.js';
import { gmsOpenApi } from './openapi.js';
import { gmsPassive } from './passive.js';
import { gmsRecording } from './recording.js';
import { gmsRequirements } from './requirements.js';
import { gmsRulings } from './rulings.js';
import { gmsSchemas } from './schemas.js';
import { openGmsSession } from './session.js';
import { type GmsTarget, gmsSection } from './target.js';

/** The Chat API Version 2 of Genesys Mobile Services. */
export const gms: Api<GmsTarget> = {
  name: 'gms',
  label: 'GMS',
  title: 'GMS Chat API Version 2',
  actions: gmsActions,
  schemas: gmsSchemas,
  requirements: withRulings(gmsRequirements, gmsRulings),
  rulings: gmsRulings,
  target: gmsSection,
  outcome: gmsOutcome,
  passive: gmsPassive,
  front: gmsFront,
  recording: gmsRecording,
  doctor: gmsDoctor,
  openapi: gmsOpenApi,
  stub: async () => (await import('./stub/index.js')).gmsStub,
  model: async () => (await import('./model/index.js')).gmsModel,
  specs: [join(compiledRoot, 'specs', 'gms')],
  // Each check opens chats of its own, so a slot stands for nothing on the server.
  slots: () => 8,
  open: openGmsSession,
};
