import type { Call } from '../call.js';
import type { Event } from '../model.js';
import { faultsOf, type GenesysBehave, instead, row } from '../rows.js';

/** By what a careless server may tell events apart: "events ...". */
const ATTRIBUTES: Record<string, { words: string; isOf(event: Event): boolean }> = {
  client: { words: 'of the client', isOf: ({ from }) => from.type === 'Client' },
  others: { words: 'of others', isOf: ({ from }) => from.type !== 'Client' },
  typing: { words: 'of typing', isOf: ({ type }) => type.startsWith('Typing') },
  notices: { words: 'of type Notice', isOf: ({ type }) => type === 'Notice' },
  long: { words: 'of more than 1000 characters', isOf: ({ text = '' }) => text.length > 1000 },
};

const isPoll = ({ body }: Call) => body.transcriptPosition !== undefined;
const isWhole = (call: Call) => !isPoll(call);

/** Events that are left out or look otherwise in one kind of read: each attribute times each kind. */
export const viewFaults = Object.entries(ATTRIBUTES).flatMap(([name, { words, isOf }]) => {
  const leavingOut = (isMeant: (call: Call) => boolean) =>
    since(isMeant, (events) => events.filter((event) => !isOf(event)));
  const cutting = (isMeant: (call: Call) => boolean) =>
    since(isMeant, (events) => events.map((event) => (isOf(event) ? cut(event) : event)));
  return faultsOf({
    'GE-MSG-2': {
      [`transcript-without-${name}`]: row(`Without a transcriptPosition, events ${words} are left out.`).by(
        leavingOut(isWhole),
      ),
    },
    // A poll without what the client has sent stands among the rows of polls.
    'GE-MSG-7':
      name === 'client'
        ? {}
        : {
            [`poll-without-${name}`]: row(`With a transcriptPosition, events ${words} are left out.`).by(
              leavingOut(isPoll),
            ),
          },
    'GE-MSG-4': {
      [`transcript-cuts-${name}`]: row(`Without a transcriptPosition, the text of events ${words} is cut.`).by(
        cutting(isWhole),
      ),
      [`poll-cuts-${name}`]: row(`With a transcriptPosition, the text of events ${words} is cut.`).by(cutting(isPoll)),
    },
  });
});

/** Another choice of events for some reads. */
function since(isMeant: (call: Call) => boolean, give: (events: Event[]) => Event[]): GenesysBehave {
  return instead('since', (usual, call) => (isMeant(call) ? give(usual()) : usual()));
}

/** The event with half of its text. */
function cut(event: Event): Event {
  return event.text === undefined ? event : { ...event, text: event.text.slice(0, event.text.length / 2) };
}
