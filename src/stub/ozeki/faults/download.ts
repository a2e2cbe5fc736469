import type { Cursor } from '../behaviour/input.js';
import type { OzekiFault } from '../mischief.js';
import type { Call, Entry, Message } from '../model.js';

type Told = Pick<OzekiFault, 'id' | 'requirement' | 'sentence'>;

/** A fault in what Download gives of the messages, of which `usual` is the whole answer. */
function downloadFault(
  told: Told,
  give: <T extends Entry>(usual: T[], cursor: Cursor, ordered: readonly T[]) => T[],
): OzekiFault {
  return {
    ...told,
    api: 'ozeki',
    action: 'download',
    behave: (base) => ({
      since(call, ordered, cursor, kind) {
        const usual = base.since(call, ordered, cursor, kind);
        return kind === 'messages' ? give(usual, cursor, ordered) : usual;
      },
    }),
  };
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
