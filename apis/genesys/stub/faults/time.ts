import { fault, type GenesysFault, onEvents } from '../mutation.js';

const TWO_HOURS = 2 * 60 * 60 * 1000;

export const timeFaults: readonly GenesysFault[] = [
  fault({
    id: 'genesys-time-seconds',
    action: 'getmessages',
    requirement: 'GE-MSG-5',
    sentence: 'utcTime is in seconds.',
    answer: onEvents((event) => ({ ...event, utcTime: Math.floor(event.utcTime / 1000) })),
  }),
  fault({
    id: 'genesys-time-local',
    action: '*',
    requirement: 'GE-MSG-5',
    sentence: 'utcTime is the local time of a server two hours east of Greenwich.',
    behave: (base) => ({
      showEvent: (call, chat, event) => ({ ...base.showEvent(call, chat, event), utcTime: event.utcTime + TWO_HOURS }),
    }),
  }),
  fault({
    id: 'genesys-time-back',
    action: 'getmessages',
    requirement: 'GE-MSG-5',
    sentence: 'The clock of those who answer is a second behind, so that utcTime goes back.',
    behave: (base) => ({
      showEvent: (call, chat, event) => ({
        ...base.showEvent(call, chat, event),
        utcTime: event.utcTime - (event.from.type === 'Client' ? 0 : 1000),
      }),
    }),
  }),
  fault({
    id: 'genesys-time-text',
    action: 'getmessages',
    requirement: 'GE-MSG-5',
    sentence: 'utcTime is a text.',
    answer: onEvents((event) => ({ ...event, utcTime: String(event.utcTime) })),
  }),
  fault({
    id: 'genesys-time-fraction',
    action: 'getmessages',
    requirement: 'GE-MSG-5',
    sentence: 'utcTime has a fraction.',
    answer: onEvents((event) => ({ ...event, utcTime: event.utcTime + 0.5 })),
  }),
  fault({
    id: 'genesys-time-of-first',
    action: 'getmessages',
    requirement: 'GE-MSG-5',
    sentence: 'Messages of the client carry the time of an hour ago, when the server was started.',
    behave: (base) => ({ stamp: (call, chat) => base.stamp(call, chat) - (chat.events.length > 0 ? 0 : 3_600_000) }),
  }),
  fault({
    id: 'genesys-time-of-opening',
    action: '*',
    requirement: 'GE-MSG-5',
    sentence: 'Every event of a chat carries the time when the chat was opened.',
    behave: (base) => ({ stamp: (call, chat) => chat.events[0]?.utcTime ?? base.stamp(call, chat) }),
  }),
  fault({
    id: 'genesys-time-of-read',
    action: 'getmessages',
    requirement: 'GE-MSG-4',
    sentence: 'utcTime is when the event was read.',
    behave: (base) => ({
      showEvent: (call, chat, event) => ({ ...base.showEvent(call, chat, event), utcTime: base.now(call) }),
    }),
  }),
];
