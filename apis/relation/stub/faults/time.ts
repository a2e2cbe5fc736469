import { respell, retype } from '../../../../src/stub/operators.js';
import { faultsOf, instead, row } from '../rows.js';

const EIGHT_HOURS = 8 * 3_600_000;
/** The quotes of entries are entries too. */
const TIMES = ['/data/*/createAt', '/data/*/quote/createAt'];

export const timeFaults = faultsOf({
  'RE-LIST-1': {
    'createat-number': row('createAt is a number.').by(retype(TIMES, 'number')),
    'createat-microseconds': row('createAt is written in microseconds.').by(respell(TIMES, (time) => `${time}000`)),
    'createat-iso': row('createAt is an ISO date.').by(respell(TIMES, (time) => new Date(Number(time)).toISOString())),
  },
  'RE-LIST-10': {
    'createat-seconds': row('createAt is written in seconds, ten digits.').by(
      respell(TIMES, (time) => String(Number(time) / 1000)),
    ),
    'createat-local': row('createAt is the local time of a server eight hours east of Greenwich.').by(
      instead('createAt', (usual, state, arrivedAt) => usual(state, arrivedAt + EIGHT_HOURS)),
    ),
    'createat-of-channel': row(
      'createAt of a new message is when the newest message before it was sent, but a millisecond.',
    ).by(
      instead('createAt', (usual, { notes, now }, arrivedAt) => {
        const key = 'relation-createat-of-channel';
        const known = Number(notes.get(key) ?? 0);
        const createAt = arrivedAt > now() - 60_000 ? known + 1 : usual();
        notes.set(key, Math.max(known, createAt));
        return createAt;
      }),
    ),
  },
});
