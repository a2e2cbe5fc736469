import { randomUUID } from 'node:crypto';
import type { Opening } from '../../src/api/api.js';
import type { Session } from '../../src/judge/index.js';
import { type ChatSession, openChatSession } from '../chatserver/session.js';
import { type GmsCallOptions, gmsSender } from './client.js';
import { gmsDialect } from './dialect.js';
import { openingOf } from './opening.js';
import type { GmsTarget } from './target.js';

/** Opens a session without a chat: each check opens its own. */
export function openGmsSession(opening: Opening<GmsTarget>): Promise<Session<ChatSession<GmsCallOptions>>> {
  const { url, serviceName } = opening.section;
  return openChatSession<GmsCallOptions>(gmsDialect, opening, {
    sender: (wire) => gmsSender({ url, serviceName, wire }),
    opening: () =>
      openingOf(opening.section, {
        nickname: `Conformance ${randomUUID().slice(0, 8)}`,
        firstName: 'Conformance',
        lastName: 'Check',
        subject: 'conformance check',
      }),
  });
}
