import type { Cursor } from '../behaviour/input.js';
import type { Call, Entry, Message } from '../model.js';
import type { OzekiFault } from '../mutation.js';

type Told = Pick<OzekiFault, 'id' | 'requirement' | 'sentence'>;

/** A fault in what Download gives of the messages, or of the reports, of which `usual` is the whole answer. */
function downloadFault(
  told: Told,
  give: <T extends Entry>(usual: T[], cursor: Cursor, ordered: readonly T[]) => T[],
  of: 'messages' | 'reports' = 'messages',
): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action: 'download',
    behave: (base) => ({
      since(call, ordered, cursor, kind) {
        const usual = base.since(call, ordered, cursor, kind);
        return kind === of ? give(usual, cursor, ordered) : usual;
      },
    }),
  };
}

/** Days since 1970 of Unix seconds. */
function dayOf(seconds: number): number {
  return Math.floor(seconds / 86_400);
}

/** A fault by which an action does not see all messages. */
export function sightFault(
  action: 'download' | 'downloadpartial',
  told: Told,
  sees: (message: Message, call: Call) => boolean,
): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action,
    behave: (base) => ({
      messagesOf(call, conversation) {
        const all = base.messagesOf(call, conversation);
        return call.action === action ? all.filter((message) => sees(message, call)) : all;
      },
    }),
  };
}

/** Faults of Download. */
export const downloadFaults: readonly OzekiFault[] = [
  downloadFault(
    {
      id: 'ozeki-download-one-before',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download starts one message before the one that the first cursor names.',
    },
    (usual, cursor, ordered) => {
      const start = ordered.length - usual.length;
      return cursor.id === '' ? usual : ordered.slice(Math.max(0, start - 1));
    },
  ),
  downloadFault(
    {
      id: 'ozeki-download-of-one-day',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download ends with the day in which it began.',
    },
    (usual) => usual.filter(({ created }) => dayOf(created) === dayOf(usual[0]?.created ?? 0)),
  ),
  downloadFault(
    {
      id: 'ozeki-download-first-hundred',
      requirement: 'OZ-DOWN-3',
      sentence: 'Download ends after a hundred messages.',
    },
    (usual) => usual.slice(0, 100),
  ),
  downloadFault(
    {
      id: 'ozeki-download-newest-doubled-when-many',
      requirement: 'OZ-DOWN-3',
      sentence: 'A Download of more than fifty messages gives the newest one twice.',
    },
    (usual) => (usual.length > 50 ? [...usual, ...usual.slice(-1)] : usual),
  ),
  {
    id: 'ozeki-download-viewed-missing',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-DOWN-1',
    sentence: 'Download leaves out the messages that the caller has reported as viewed.',
    behave: (base) => ({
      messagesOf(call, conversation) {
        const isViewed = (id: string) =>
          conversation.reports.some(
            ({ type, messageId, by }) => type === 'viewed' && messageId === id && by === call.caller?.id,
          );
        const all = base.messagesOf(call, conversation);
        return call.action === 'download' ? all.filter(({ id }) => !isViewed(id)) : all;
      },
    }),
  },
  downloadFault(
    {
      id: 'ozeki-download-reports-all',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download gives all reports, whatever the first cursor.',
    },
    (_usual, _cursor, ordered) => [...ordered],
    'reports',
  ),
  downloadFault(
    {
      id: 'ozeki-download-reports-exclusive',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download gives the reports behind the one that the first cursor names, and not that one.',
    },
    (usual, cursor) => (cursor.id === '' ? usual : usual.slice(1)),
    'reports',
  ),
  downloadFault(
    { id: 'ozeki-download-reports-none', requirement: 'OZ-DOWN-1', sentence: 'Download gives no reports.' },
    () => [],
    'reports',
  ),
  {
    id: 'ozeki-download-messages-by-report-cursor',
    api: 'ozeki',
    action: 'download',
    requirement: 'OZ-DOWN-1',
    sentence: 'Download gives no messages from before the first report that is asked for.',
    behave: (base) => ({
      since(call, ordered, cursor, kind) {
        const { date = 0 } = call.behaviour.readCursor(call, 'firstreport');
        return base.since(call, ordered, cursor, kind).filter(({ created }) => created >= date);
      },
    }),
  },
  downloadFault(
    {
      id: 'ozeki-download-newest-first',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download gives the messages newest first.',
    },
    (usual) => usual.reverse(),
  ),
  downloadFault(
    {
      id: 'ozeki-download-exclusive',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download starts behind the message that the cursor names.',
    },
    (usual, { id }) => usual.filter((message) => message.id !== id),
  ),
  downloadFault(
    {
      id: 'ozeki-download-first-doubled',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download gives the message of the cursor twice.',
    },
    (usual) => [...usual.slice(0, 1), ...usual],
  ),
  downloadFault(
    {
      id: 'ozeki-download-newest-missing',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download leaves the newest message out where there are several.',
    },
    (usual) => (usual.length > 1 ? usual.slice(0, -1) : usual),
  ),
  downloadFault(
    {
      id: 'ozeki-download-one-missing',
      requirement: 'OZ-DOWN-3',
      sentence: 'Download leaves out the second message of what it gives.',
    },
    (usual) => usual.filter((_, i) => i !== 1),
  ),
  downloadFault(
    {
      id: 'ozeki-download-cursor-ignored',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download gives the whole conversation, whatever the cursor.',
    },
    (_usual, _cursor, ordered) => [...ordered],
  ),
  downloadFault(
    {
      id: 'ozeki-download-date-exclusive',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download reads the date of the cursor alone and starts with the second after it.',
    },
    (usual, { date }) => usual.filter(({ created }) => date === undefined || created > date),
  ),
  downloadFault(
    {
      id: 'ozeki-download-ties-lost',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download gives the message of the cursor, but no other message of the same second.',
    },
    (usual, { id, date }) => usual.filter((message) => message.id === id || message.created !== date),
  ),
  downloadFault(
    {
      id: 'ozeki-download-order-by-id',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download gives the messages in the order of their IDs.',
    },
    (usual) => usual.sort((a, b) => (a.id < b.id ? -1 : 1)),
  ),
  downloadFault(
    {
      id: 'ozeki-download-first-twenty',
      requirement: 'OZ-DOWN-3',
      sentence: 'Download gives twenty messages from the cursor on, and none of the later ones.',
    },
    (usual) => usual.slice(0, 20),
  ),
  downloadFault(
    {
      id: 'ozeki-download-newest-twenty',
      requirement: 'OZ-DOWN-3',
      sentence: 'Download gives the newest twenty messages, even if the cursor lies before them.',
    },
    (usual) => usual.slice(-20),
  ),
  downloadFault(
    {
      id: 'ozeki-download-first-fifty',
      requirement: 'OZ-DOWN-3',
      sentence: 'Download gives fifty messages from the cursor on, and none of the later ones.',
    },
    (usual) => usual.slice(0, 50),
  ),
  sightFault(
    'download',
    {
      id: 'ozeki-download-others-missing',
      requirement: 'OZ-DOWN-3',
      sentence: 'Download gives the caller only what the caller has sent.',
    },
    ({ from }, { caller }) => from === caller?.id,
  ),
  sightFault(
    'download',
    {
      id: 'ozeki-download-expired-missing',
      requirement: 'OZ-DOWN-1',
      sentence: 'Download leaves out messages whose ValidUntil has passed.',
    },
    ({ validUntil }, call) => validUntil >= Math.floor(call.behaviour.now(call) / 1000),
  ),
];
