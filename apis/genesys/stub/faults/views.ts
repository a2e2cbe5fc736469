import type { Call } from '../call.js';
import type { Event } from '../model.js';
import { faultsOf, type GenesysBehave, instead, on } from '../rows.js';

/** By what a careless server may tell events apart: "events ...". */
const ATTRIBUTES: Record<string, { words: string; isOf(event: Event): boolean }> = {
  client: { words: 'of the client', isOf: ({ from }) => from.type === 'Client' },
  others: { words: 'of others', isOf: ({ from }) => from.type !== 'Client' },
  typing: { words: 'of typing', isOf: ({ type }) => type.startsWith('Typing') },
  notices: { words: 'of type Notice', isOf: ({ type }) => type === 'Notice' },
  long: { words: 'of more than 1000 characters', isOf: ({ text = '' }) => text.length > 1000 },
};

const onReads = ['GE-MSG-2', 'GE-MSG-7', 'GE-MSG-4'] as const;
const onTexts = ['GE-MSG-6', 'GE-MSG-6', 'GE-MSG-6'] as const;

const isPoll = ({ body }: Call) => body.transcriptPosition !== undefined;
const isWhole = (call: Call) => !isPoll(call);

/** What other rows have already: a poll without what the client has sent. */
const KNOWN = ['genesys-poll-without-client'];

/** Events that are left out or look otherwise in one kind of read: each attribute times each kind. */
export const viewFaults = Object.entries(ATTRIBUTES).flatMap(([name, { words, isOf }]) => {
  const leavingOut = (isMeant: (call: Call) => boolean) =>
    since(isMeant, (events) => events.filter((event) => !isOf(event)));
  const cutting = (isMeant: (call: Call) => boolean) =>
    since(isMeant, (events) => events.map((event) => (isOf(event) ? cut(event) : event)));
  // Only the requirement on texts sends long ones.
  const [whole, poll, same] = name === 'long' ? onTexts : onReads;
  const faults = [
    [
      whole,
      `transcript-without-${name}`,
      `Without a transcriptPosition, events ${words} are left out.`,
      leavingOut(isWhole),
    ],
    [poll, `poll-without-${name}`, `With a transcriptPosition, events ${words} are left out.`, leavingOut(isPoll)],
    [
      same,
      `transcript-cuts-${name}`,
      `Without a transcriptPosition, the text of events ${words} is cut.`,
      cutting(isWhole),
    ],
    [same, `poll-cuts-${name}`, `With a transcriptPosition, the text of events ${words} is cut.`, cutting(isPoll)],
  ] as const;
  return faults
    .flatMap(([requirement, id, sentence, behave]) =>
      faultsOf({ [requirement]: { [id]: on.getmessages(sentence).by(behave) } }),
    )
    .filter(({ id }) => !KNOWN.includes(id));
});

/** Another choice of events for some reads. */
function since(isMeant: (call: Call) => boolean, give: (events: Event[]) => Event[]): GenesysBehave {
  return instead('since', (usual, call) => (isMeant(call) ? give(usual()) : usual()));
}

/** The event with half of its text. */
function cut(event: Event): Event {
  return event.text === undefined ? event : { ...event, text: event.text.slice(0, event.text.length / 2) };
}
