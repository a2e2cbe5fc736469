import { join } from 'node:path';
import type { Api } from '../../src/api/api.js';
import { withRulings } from '../../src/requirements/rulings.js';
import { compiledRoot } from '../../src/root.js';
import { relationActions, relationOutcome } from './actions.js';
import { relationDoctor } from './doctor.js';
import { relationFront } from './front.js';
import { relationOpenApi } from './openapi.js';
import { relationPassive } from './passive.js';
import { relationRecording } from './recording.js';
import { relationRequirements } from './requirements.js';
import { relationRestorer } from './restorer.js';
import { relationRulings } from './rulings.js';
import { relationSchemas } from './schemas.js';
import { openRelationSession } from './session.js';
import { type RelationTarget, relationSection } from './target.js';
import { checkTokens } from './tokens.js';

/** The Relation ONE API: messages, and the users, groups and chats that they need. */
export const relation: Api<RelationTarget> = {
  name: 'relation',
  label: 'Relation',
  title: 'Relation ONE API',
  actions: relationActions,
  schemas: relationSchemas,
  requirements: withRulings(relationRequirements, relationRulings),
  rulings: relationRulings,
  target: { ...relationSection, prepare: checkTokens },
  outcome: relationOutcome,
  passive: relationPassive,
  front: relationFront,
  recording: relationRecording,
  doctor: relationDoctor,
  restorer: relationRestorer,
  openapi: relationOpenApi,
  stub: async () => (await import('./stub/index.js')).relationStub,
  model: async () => (await import('./model/index.js')).relationModel,
  specs: [join(compiledRoot, 'specs', 'relation')],
  // The target has one channel at most, and unread counts are one user's.
  slots: () => 1,
  open: openRelationSession,
};
