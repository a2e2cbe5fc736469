import type { Call } from '../model.js';
import type { OzekiFault } from '../mutation.js';

const HOUR = 60 * 60;

export const timeFaults: readonly OzekiFault[] = [
  {
    id: 'ozeki-time-local',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-8',
    sentence: 'Timestamps are written in the local time of a server two hours east of Greenwich.',
    behave: shifted(2 * HOUR, () => true),
  },
  {
    id: 'ozeki-time-half-an-hour',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-8',
    sentence: 'Timestamps are written in the local time of a server five and a half hours east of Greenwich.',
    behave: shifted(5.5 * HOUR, () => true),
  },
  {
    id: 'ozeki-add-echo-local',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-COM-8',
    sentence: 'Add answers local time, five hours behind UTC, and the downloads answer UTC.',
    behave: shifted(-5 * HOUR, ({ action }) => action === 'add'),
  },
  {
    id: 'ozeki-download-local',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-8',
    sentence: 'Download answers local time, one hour ahead of UTC, and the other actions answer UTC.',
    behave: shifted(HOUR, ({ action }) => action === 'download'),
  },
  {
    id: 'ozeki-downloadpartial-local',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-COM-8',
    sentence: 'Partial download answers local time, one hour behind UTC, and the other actions answer UTC.',
    behave: shifted(-HOUR, ({ action }) => action === 'downloadpartial'),
  },
  {
    id: 'ozeki-reports-local',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-COM-8',
    sentence: 'Reports are dated in local time, two hours ahead of UTC, and messages in UTC.',
    behave: (base) => ({
      showReport: (call, report) => base.showReport(call, { ...report, created: report.created + 2 * HOUR }),
    }),
  },
  {
    id: 'ozeki-clock-fast',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-8',
    sentence: "The server's clock is ten minutes fast.",
    behave: (base) => ({ now: (call) => base.now(call) + 600_000 }),
  },
  {
    id: 'ozeki-time-twelve-hours',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-ADD-1',
    sentence: 'Timestamps are written with a 12-hour clock, as the documented pattern spells it.',
    behave: written(twelveHours, () => true),
  },
  {
    id: 'ozeki-download-twelve-hours',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-7',
    sentence: 'Download alone writes timestamps with a 12-hour clock.',
    behave: written(twelveHours, ({ action }) => action === 'download'),
  },
  {
    id: 'ozeki-downloadpartial-twelve-hours',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-COM-7',
    sentence: 'Partial download alone writes timestamps with a 12-hour clock.',
    behave: written(twelveHours, ({ action }) => action === 'downloadpartial'),
  },
  {
    id: 'ozeki-valid-until-twelve-hours',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-7',
    sentence: 'ValidUntil, and not Created, is written with a 12-hour clock.',
    behave: written(twelveHours, (_call, member) => member === 'ValidUntil'),
  },
  {
    id: 'ozeki-download-noon-midnight',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-7',
    sentence: 'Download writes the hour of noon as 00.',
    behave: written(
      (text) => text.replace(' 12:', ' 00:'),
      ({ action }) => action === 'download',
    ),
  },
  {
    id: 'ozeki-valid-until-month-and-day',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-7',
    sentence: 'Download writes the month of a ValidUntil in the place of the day where that makes a date.',
    behave: written(
      (text) => text.replace(/-(\d\d)-(0\d|1[0-2]) /, '-$2-$1 '),
      ({ action }, member) => action === 'download' && member === 'ValidUntil',
    ),
  },
  {
    id: 'ozeki-valid-until-summer-time',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-7',
    sentence: 'Download writes a ValidUntil of the other half of the year an hour off, for its zone has summer time.',
    behave: (base) => ({
      formatTime(call, at, member) {
        const isFar = at * 1000 - call.behaviour.now(call) > 120 * 24 * HOUR * 1000;
        const isOff = call.action === 'download' && member === 'ValidUntil' && isFar;
        return base.formatTime(call, isOff ? at + HOUR : at, member);
      },
    }),
  },
  {
    id: 'ozeki-download-reports-local',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-8',
    sentence: 'The reports of Download are dated in local time, an hour ahead of UTC.',
    behave: (base) => ({
      showReport: (call, report) =>
        base.showReport(call, call.action === 'download' ? { ...report, created: report.created + HOUR } : report),
    }),
  },
  {
    id: 'ozeki-time-iso',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-7',
    sentence: 'Timestamps have a T between date and time.',
    behave: written(
      (text) => text.replace(' ', 'T'),
      () => true,
    ),
  },
  {
    id: 'ozeki-reports-iso',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-COM-7',
    sentence: 'Reports are dated in ISO 8601, and messages as documented.',
    behave: (base) => ({
      showReport: (call, report) => ({
        ...base.showReport(call, report),
        Created: new Date(report.created * 1000).toISOString(),
      }),
    }),
  },
  {
    id: 'ozeki-download-milliseconds',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-COM-7',
    sentence: 'Download writes timestamps with milliseconds.',
    behave: written(
      (text) => `${text}.000`,
      ({ action }) => action === 'download',
    ),
  },
  {
    id: 'ozeki-time-unpadded-hour',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-7',
    sentence: 'Hours before ten are written with one digit.',
    behave: written(
      (text) => text.replace(' 0', ' '),
      () => true,
    ),
  },
  {
    id: 'ozeki-add-unpadded-seconds',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-COM-7',
    sentence: 'Add answers the seconds before ten with one digit.',
    behave: written(
      (text) => text.replace(/:0(\d)$/, ':$1'),
      ({ action }) => action === 'add',
    ),
  },
  {
    id: 'ozeki-time-midnight-24',
    api: 'ozeki',
    action: '*',
    requirement: 'OZ-COM-7',
    sentence: 'The hour after midnight is written 24.',
    behave: written(
      (text) => text.replace(' 00:', ' 24:'),
      () => true,
    ),
  },
  {
    id: 'ozeki-downloadpartial-zone',
    api: 'ozeki',
    action: 'downloadpartial',
    requirement: 'OZ-COM-7',
    sentence: 'Partial download writes UTC behind its timestamps.',
    behave: written(
      (text) => `${text} UTC`,
      ({ action }) => action === 'downloadpartial',
    ),
  },
  {
    id: 'ozeki-lastaccess-milliseconds',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-7',
    sentence: 'lastaccess is in milliseconds.',
    behave: lastAccess((seconds) => seconds * 1000),
  },
  {
    id: 'ozeki-lastaccess-local',
    api: 'ozeki',
    action: 'list',
    requirement: 'OZ-CONV-7',
    sentence: 'lastaccess is local time, two hours ahead of UTC, taken for Unix seconds.',
    behave: lastAccess((seconds) => seconds + 2 * HOUR),
  },
  {
    id: 'ozeki-lastaccess-stale',
    api: 'ozeki',
    action: 'add',
    requirement: 'OZ-CONV-7',
    sentence: 'lastaccess stays at the newest message but one.',
    behave: (base) => ({
      store(call, conversation, sender, upload) {
        const before = conversation.lastAccess;
        const message = base.store(call, conversation, sender, upload);
        const older = conversation.messages.filter(({ id }) => id !== message.id).map(({ created }) => created);
        conversation.lastAccess = older.length > 0 ? Math.max(...older) : before;
        return message;
      },
    }),
  },
];

type Where = (call: Call, member: 'Created' | 'ValidUntil') => boolean;

function shifted(seconds: number, where: Where): OzekiFault['behave'] {
  return (base) => ({
    formatTime: (call, at, member) => base.formatTime(call, where(call, member) ? at + seconds : at, member),
  });
}

function written(change: (text: string) => string, where: Where): OzekiFault['behave'] {
  return (base) => ({
    formatTime(call, at, member) {
      const text = base.formatTime(call, at, member);
      return where(call, member) ? change(text) : text;
    },
  });
}

function twelveHours(text: string): string {
  const hour = ((Number(text.slice(11, 13)) + 11) % 12) + 1;
  return `${text.slice(0, 11)}${String(hour).padStart(2, '0')}${text.slice(13)}`;
}

function lastAccess(change: (seconds: number) => number): OzekiFault['behave'] {
  return (base) => ({
    showConversation: (call, conversation, user) => ({
      ...base.showConversation(call, conversation, user),
      lastaccess: change(conversation.lastAccess),
    }),
  });
}
