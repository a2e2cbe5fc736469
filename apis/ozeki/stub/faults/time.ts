import { everywhere } from '../../../../src/stub/mutation.js';
import { change, respell, shift, where } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import { faultsOf, inConversation, instead, on, onAll, row } from '../rows.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Where timestamps stand. */
const CREATED = ['/message/Created', '/messages/*/Created', '/reports/*/Created'];
const VALID_UNTIL = ['/message/ValidUntil', '/messages/*/ValidUntil'];
const TIMES = [...CREATED, ...VALID_UNTIL];
const OF_REPORTS = '/reports/*/Created';
const LAST_ACCESS = inConversation('/lastaccess');

export const timeFaults = faultsOf({
  'OZ-COM-8': {
    'time-local': row('Timestamps are written in the local time of a server two hours east of Greenwich.').by(
      shift(TIMES, 2 * HOUR),
    ),
    'time-half-an-hour': row(
      'Timestamps are written in the local time of a server five and a half hours east of Greenwich.',
    ).by(shift(TIMES, 5.5 * HOUR)),
    'add-echo-local': on
      .add('Add answers local time, five hours behind UTC, and the downloads answer UTC.')
      .by(shift(TIMES, -5 * HOUR)),
    'download-local': on
      .download('Download answers local time, one hour ahead of UTC, and the other actions answer UTC.')
      .by(shift(TIMES, HOUR)),
    'downloadpartial-local': on
      .downloadpartial('Partial download answers local time, one hour behind UTC, and the other actions answer UTC.')
      .by(shift(TIMES, -HOUR)),
    'reports-local': on
      .downloadpartial('Reports are dated in local time, two hours ahead of UTC, and messages in UTC.')
      .by(everywhere(shift(OF_REPORTS, 2 * HOUR))),
    'download-reports-local': on
      .download('The reports of Download are dated in local time, an hour ahead of UTC.')
      .by(shift(OF_REPORTS, HOUR)),
    'clock-fast': row("The server's clock is ten minutes fast.").by(instead('now', (usual) => usual() + 600_000)),
  },
  'OZ-ADD-1': {
    'time-twelve-hours': onAll('Timestamps are written with a 12-hour clock, as the documented pattern spells it.').by(
      respell(TIMES, twelveHours),
    ),
  },
  'OZ-COM-7': {
    'download-twelve-hours': on
      .download('Download alone writes timestamps with a 12-hour clock.')
      .by(respell(TIMES, twelveHours)),
    'downloadpartial-twelve-hours': on
      .downloadpartial('Partial download alone writes timestamps with a 12-hour clock.')
      .by(respell(TIMES, twelveHours)),
    'valid-until-twelve-hours': row('ValidUntil, and not Created, is written with a 12-hour clock.').by(
      respell(VALID_UNTIL, twelveHours),
    ),
    'download-noon-midnight': on
      .download('Download writes the hour of noon as 00.')
      .by(respell(TIMES, (time) => time.replace(' 12:', ' 00:'))),
    'valid-until-month-and-day': on
      .download('Download writes the month of a ValidUntil in the place of the day where that makes a date.')
      .by(respell(VALID_UNTIL, (time) => time.replace(/-(\d\d)-(0\d|1[0-2]) /, '-$2-$1 '))),
    'valid-until-summer-time': on
      .download('Download writes a ValidUntil of the other half of the year an hour off, for its zone has summer time.')
      .by(where(VALID_UNTIL, isFarAhead, shift('', HOUR))),
    'time-iso': row('Timestamps have a T between date and time.').by(respell(TIMES, (time) => time.replace(' ', 'T'))),
    'reports-iso': on
      .downloadpartial('Reports are dated in ISO 8601, and messages as documented.')
      .by(everywhere(respell(OF_REPORTS, (time) => `${time.replace(' ', 'T')}.000Z`))),
    'download-milliseconds': on
      .download('Download writes timestamps with milliseconds.')
      .by(respell(TIMES, (time) => `${time}.000`)),
    'time-unpadded-hour': row('Hours before ten are written with one digit.').by(
      respell(TIMES, (time) => time.replace(' 0', ' ')),
    ),
    'add-unpadded-seconds': on
      .add('Add answers the seconds before ten with one digit.')
      .by(respell(TIMES, (time) => time.replace(/:0(\d)$/, ':$1'))),
    'time-midnight-24': row('The hour after midnight is written 24.').by(
      respell(TIMES, (time) => time.replace(' 00:', ' 24:')),
    ),
    'download-month-thirteen': on
      .download('Download counts the months of a ValidUntil on from 13.')
      .by(respell(VALID_UNTIL, (time) => time.replace(/-(\d\d)-/, (_, month) => `-${Number(month) + 12}-`))),
    'downloadpartial-day-thirty-two': on
      .downloadpartial('Partial download counts the days of a ValidUntil on from 32.')
      .by(respell(VALID_UNTIL, (time) => time.replace(/(\d\d) /, (_, day) => `${Number(day) + 31} `))),
    'reports-hour-ninety-nine': on
      .downloadpartial('The hour of a report is 99.')
      .by(everywhere(respell(OF_REPORTS, (time) => time.replace(/ \d\d:/, ' 99:')))),
    'download-minute-sixty': on
      .download('Download rounds the minute of a ValidUntil up to 60.')
      .by(respell(VALID_UNTIL, (time) => time.replace(/:\d\d:/, ':60:'))),
    'downloadpartial-second-sixty': on
      .downloadpartial('Partial download rounds the second of a ValidUntil up to 60.')
      .by(respell(VALID_UNTIL, (time) => time.replace(/:\d\d$/, ':60'))),
    'download-february-thirty': on
      .download('Download gives 30 February as ValidUntil of every message.')
      .by(respell(VALID_UNTIL, (time) => time.replace(/-\d\d-\d\d /, '-02-30 '))),
    'downloadpartial-zone': on
      .downloadpartial('Partial download writes UTC behind its timestamps.')
      .by(respell(TIMES, (time) => `${time} UTC`)),
  },
  'OZ-CONV-7': {
    'lastaccess-milliseconds': row('lastaccess is in milliseconds.').by(
      everywhere(change(LAST_ACCESS, (seconds: number) => seconds * 1000)),
    ),
    'lastaccess-local': row('lastaccess is local time, two hours ahead of UTC, taken for Unix seconds.').by(
      everywhere(shift(LAST_ACCESS, 2 * HOUR)),
    ),
    'lastaccess-stale': on.add('lastaccess stays at the newest message but one.').by(
      instead('store', (usual, _call, conversation) => {
        const before = conversation.lastAccess;
        const message = usual();
        const older = conversation.messages.filter(({ id }) => id !== message.id).map(({ created }) => created);
        conversation.lastAccess = older.length > 0 ? Math.max(...older) : before;
        return message;
      }),
    ),
  },
});

function twelveHours(time: string): string {
  const hour = ((Number(time.slice(11, 13)) + 11) % 12) + 1;
  return `${time.slice(0, 11)}${String(hour).padStart(2, '0')}${time.slice(13)}`;
}

function isFarAhead(time: string, call: Call): boolean {
  return Date.parse(`${time.replace(' ', 'T')}Z`) - call.behaviour.now(call) > 120 * DAY;
}
