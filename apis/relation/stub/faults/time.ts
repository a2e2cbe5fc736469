import type { RelationFault } from '../mutation.js';

const EIGHT_HOURS = 8 * 60 * 60 * 1000;

export const timeFaults: readonly RelationFault[] = [
  {
    id: 'relation-createat-number',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'createAt is a number.',
    behave: () => ({ showCreateAt: (_call, { createAt }) => createAt }),
  },
  {
    id: 'relation-createat-microseconds',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'createAt is written in microseconds.',
    behave: () => ({ showCreateAt: (_call, { createAt }) => `${createAt}000` }),
  },
  {
    id: 'relation-createat-iso',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-1',
    sentence: 'createAt is an ISO date.',
    behave: () => ({ showCreateAt: (_call, { createAt }) => new Date(createAt).toISOString() }),
  },
  {
    id: 'relation-createat-seconds',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-10',
    sentence: 'createAt is written in seconds, ten digits.',
    behave: () => ({ showCreateAt: (_call, { createAt }) => String(createAt / 1000) }),
  },
  {
    id: 'relation-createat-local',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-10',
    sentence: 'createAt is the local time of a server eight hours east of Greenwich.',
    behave: (base) => ({ createAt: (state, arrivedAt) => base.createAt(state, arrivedAt + EIGHT_HOURS) }),
  },
  {
    id: 'relation-createat-of-channel',
    api: 'relation',
    action: 'list',
    requirement: 'RE-LIST-10',
    sentence: 'createAt of a new message is when the newest message before it was sent, but a millisecond.',
    behave: (base) => ({
      createAt(state, arrivedAt) {
        const known = Number(state.notes.get('relation-createat-of-channel') ?? 0);
        const isNew = arrivedAt > state.now() - 60_000;
        const createAt = isNew ? known + 1 : base.createAt(state, arrivedAt);
        state.notes.set('relation-createat-of-channel', Math.max(known, createAt));
        return createAt;
      },
    }),
  },
];
