import { everywhere } from '../../../../src/stub/mutation.js';
import { change, retype, shift, where } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import type { Event } from '../model.js';
import { faultsOf, instead, onAll, row } from '../rows.js';

const HOUR = 3_600_000;
const TIMES = '/messages/*/utcTime';

export const timeFaults = faultsOf({
  'GMS-REF-4': {
    'time-of-read': row('utcTime is when the event was read.').by(
      everywhere(change(TIMES, (_time, call: Call) => call.behaviour.now(call))),
    ),
  },
  'GMS-REF-5': {
    'time-seconds': row('utcTime is in seconds.').by(change(TIMES, (time: number) => Math.floor(time / 1000))),
    'time-local': onAll('utcTime is the local time of a server two hours east of Greenwich.').by(
      shift(TIMES, 2 * HOUR),
    ),
    'time-back': row('The clock of those who answer is a second behind, so that utcTime goes back.').by(
      everywhere(where('/messages/*', ({ from }: Event) => from.type !== 'Client', shift('/utcTime', -1000))),
    ),
    'time-text': row('utcTime is a text.').by(retype(TIMES, 'string')),
    'time-of-opening': onAll('Every event of a chat carries the time when the chat was opened.').by(
      instead('stamp', (usual, _call, { events }) => events[0]?.utcTime ?? usual()),
    ),
    'time-stands': row('The clock of a chat stands still behind its sixth event.').by(
      instead('stamp', (usual, _call, { events }) => events[5]?.utcTime ?? usual()),
    ),
  },
});
