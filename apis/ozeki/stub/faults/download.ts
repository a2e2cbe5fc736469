import { respell } from '../../../../src/stub/operators.js';
import type { Cursor, Kind } from '../call.js';
import type { Entry } from '../model.js';
import { faultsOf, instead, type OzekiBehave, on, row, seen } from '../rows.js';

/** Faults of Download. */
export const downloadFaults = faultsOf({
  'OZ-DOWN-1': {
    'download-one-before': row('Download starts one message before the one that the first cursor names.').by(
      downloaded((usual, cursor, ordered) =>
        cursor.id === '' ? usual : ordered.slice(Math.max(0, ordered.length - usual.length - 1)),
      ),
    ),
    'download-of-one-day': row('Download ends with the day in which it began.').by(
      downloaded((usual) => usual.filter(({ created }) => dayOf(created) === dayOf(usual[0]?.created ?? 0))),
    ),
    'download-viewed-missing': row('Download leaves out the messages that the caller has reported as viewed.').by(
      seen('download', ({ id }, { caller, conversation }) => {
        const reports = conversation?.reports ?? [];
        return !reports.some(({ type, messageId, by }) => type === 'viewed' && messageId === id && by === caller?.id);
      }),
    ),
    'download-reports-all': row('Download gives all reports, whatever the first cursor.').by(
      downloaded((_usual, _cursor, ordered) => [...ordered], 'reports'),
    ),
    'download-reports-exclusive': row(
      'Download gives the reports behind the one that the first cursor names, and not that one.',
    ).by(downloaded((usual, cursor) => (cursor.id === '' ? usual : usual.slice(1)), 'reports')),
    'download-reports-none': row('Download gives no reports.').by(downloaded(() => [], 'reports')),
    'download-messages-by-report-cursor': row(
      'Download gives no messages from before the first report that is asked for.',
    ).by(
      instead('since', (usual, call) => {
        const { date = 0 } = call.behaviour.readCursor(call, 'firstreport');
        return usual().filter(({ created }) => created >= date);
      }),
    ),
    'download-newest-first': row('Download gives the messages newest first.').by(
      downloaded((usual) => usual.reverse()),
    ),
    'download-exclusive': row('Download starts behind the message that the cursor names.').by(
      downloaded((usual, cursor) => usual.filter(({ id }) => id !== cursor.id)),
    ),
    'download-first-doubled': row('Download gives the message of the cursor twice.').by(
      downloaded((usual) => [...usual.slice(0, 1), ...usual]),
    ),
    'download-newest-missing': row('Download leaves the newest message out where there are several.').by(
      downloaded((usual) => (usual.length > 1 ? usual.slice(0, -1) : usual)),
    ),
    'download-cursor-ignored': row('Download gives the whole conversation, whatever the cursor.').by(
      downloaded((_usual, _cursor, ordered) => [...ordered]),
    ),
    'download-date-exclusive': row(
      'Download reads the date of the cursor alone and starts with the second after it.',
    ).by(downloaded((usual, { date }) => usual.filter(({ created }) => date === undefined || created > date))),
    'download-ties-lost': row('Download gives the message of the cursor, but no other message of the same second.').by(
      downloaded((usual, cursor) => usual.filter(({ id, created }) => id === cursor.id || created !== cursor.date)),
    ),
    'download-order-by-id': row('Download gives the messages in the order of their IDs.').by(
      downloaded((usual) => usual.sort((a, b) => (a.id < b.id ? -1 : 1))),
    ),
    'download-expired-missing': row('Download leaves out messages whose ValidUntil has passed.').by(
      seen('download', ({ validUntil }, call) => validUntil >= Math.floor(call.behaviour.now(call) / 1000)),
    ),
  },
  'OZ-DOWN-3': {
    'downloadpartial-data-previewed': on
      .downloadpartial('Partial download gives the first 20 characters of Data.')
      .by(respell('/messages/*/Data', (data) => data.slice(0, 20))),
    'download-first-hundred': row('Download ends after a hundred messages.').by(
      downloaded((usual) => usual.slice(0, 100)),
    ),
    'download-newest-doubled-when-many': row('A Download of more than fifty messages gives the newest one twice.').by(
      downloaded((usual) => (usual.length > 50 ? [...usual, ...usual.slice(-1)] : usual)),
    ),
    'download-one-missing': row('Download leaves out the second message of what it gives.').by(
      downloaded((usual) => usual.filter((_, i) => i !== 1)),
    ),
    'download-first-twenty': row('Download gives twenty messages from the cursor on, and none of the later ones.').by(
      downloaded((usual) => usual.slice(0, 20)),
    ),
    'download-newest-twenty': row('Download gives the newest twenty messages, even if the cursor lies before them.').by(
      downloaded((usual) => usual.slice(-20)),
    ),
    'download-first-fifty': row('Download gives fifty messages from the cursor on, and none of the later ones.').by(
      downloaded((usual) => usual.slice(0, 50)),
    ),
    'download-others-missing': row('Download gives the caller only what the caller has sent.').by(
      seen('download', ({ from }, { caller }) => from === caller?.id),
    ),
  },
});

/** What Download gives of the messages, or of the reports, of which `usual` is the whole answer. */
function downloaded(
  give: (usual: Entry[], cursor: Cursor, ordered: readonly Entry[]) => Entry[],
  of: Kind = 'messages',
): OzekiBehave {
  return instead('since', (usual, _call, ordered, cursor, kind) =>
    kind === of ? give(usual(), cursor, ordered) : usual(),
  );
}

/** Days since 1970 of Unix seconds. */
function dayOf(seconds: number): number {
  return Math.floor(seconds / 86_400);
}
