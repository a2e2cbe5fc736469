import { md5, uuidFrom } from '../../../../src/stub/random.js';
import type { SetupBehaviour } from '../call.js';

export const setup: SetupBehaviour = {
  history: () => ({ pair: 20, friend: 6 }),
  hasGroups: () => false,
  away: () => 'offline',
  reportId: (unique) => uuidFrom(unique),
  conversationId: (participants) => md5(participants.join(';')),
  groupId: (participants) => md5(`group ${participants.join()}`),
  now: (call) => call.state.now(),
  formatTime: (_call, seconds) => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' '),
  onArrival: () => undefined,
  before: () => {},
};
