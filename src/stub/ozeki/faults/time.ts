import type { OzekiFault } from '../mischief.js';

const TWO_HOURS = 2 * 60 * 60;

export const timeFaults: readonly OzekiFault[] = [
  {
    id: 'ozeki-time-local',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-8',
    sentence: 'Timestamps are written in the local time of a server two hours east of Greenwich.',
    behave: (base) => ({ formatTime: (call, seconds, member) => base.formatTime(call, seconds + TWO_HOURS, member) }),
  },
  {
    id: 'ozeki-time-twelve-hours',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-ADD-1',
    sentence: 'Timestamps are written with a 12-hour clock, as the documented pattern spells it.',
    behave: (base) => ({
      formatTime(call, seconds, member) {
        const text = base.formatTime(call, seconds, member);
        const hour = ((Number(text.slice(11, 13)) + 11) % 12) + 1;
        return `${text.slice(0, 11)}${String(hour).padStart(2, '0')}${text.slice(13)}`;
      },
    }),
  },
];
