import { change, set, where } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import { type Event, Refusal } from '../model.js';
import { faultsOf, type GenesysBehave, instead, on, row } from '../rows.js';

/** What Get Messages gives for a position, of all events; `usual` is the ordinary answer. */
type Give = (usual: Event[], events: readonly Event[], position: number, call: Call) => Event[];

export const pagingFaults = faultsOf({
  'GE-MSG-1': {
    'position-exclusive': row('The event of the transcriptPosition itself is left out.').by(
      polled((_usual, events, position) => events.filter(({ index }) => index > position)),
    ),
    'position-one-early': row('transcriptPosition counts from 0, so that one event too many is answered.').by(
      given((_usual, events, position) => events.slice(Math.max(0, position - 2))),
    ),
    'position-ignored': row('transcriptPosition is ignored, as the documented example has it.').by(
      given((_usual, events) => [...events]),
    ),
    'position-as-text': row('Indexes are compared with the transcriptPosition as texts.').by(
      given((_usual, events, position) => events.filter(({ index }) => String(index) >= String(position))),
    ),
    'position-beyond-whole': row('From beyond the last event, the whole transcript is answered.').by(
      given((usual, events) => (usual.length > 0 ? usual : [...events])),
    ),
    'position-of-messages': row('With a transcriptPosition, only events of type Message are answered.').by(
      polled((usual) => usual.filter(({ type }) => type === 'Message')),
    ),
    'position-first-hundred': row('With a transcriptPosition, no more than a hundred events are answered.').by(
      polled((usual) => usual.slice(0, 100)),
    ),
    'position-as-two-digits': row(
      'Positions are compared as texts of two digits, which goes wrong from a hundred on.',
    ).by(given((_usual, events, position) => events.filter(({ index }) => twoDigits(index) >= twoDigits(position)))),
  },
  'GE-MSG-2': {
    'transcript-last-fifty': row('Without a transcriptPosition, the last fifty events are answered.').by(
      whole((usual) => usual.slice(-50)),
    ),
    'transcript-first-hundred': row('No more than a hundred events are answered at once.').by(
      given((usual) => usual.slice(0, 100)),
    ),
    'transcript-first-two-hundred': row(
      'Without a transcriptPosition, no more than two hundred events are answered.',
    ).by(whole((usual) => usual.slice(0, 200))),
    'transcript-of-messages': row('Without a transcriptPosition, only messages and those who joined are answered.').by(
      whole((usual) => usual.filter(({ type }) => type === 'Message' || type === 'ParticipantJoined')),
    ),
    'transcript-only-new': row('Without a transcriptPosition, only what has come since the last read is answered.').by(
      (base) => {
        const seen = new Map<string, number>();
        return instead('since', (usual, call, events, position) => {
          const next = seen.get(call.chatId) ?? 1;
          seen.set(call.chatId, events.length + 1);
          return usual(call, events, isPoll(call) ? position : next);
        })(base);
      },
    ),
    'transcript-without-join': row('The transcript leaves out the joining of its own client.').by(
      instead('eventsOf', (usual, { action }) => (action === 'getmessages' ? usual().slice(1) : usual())),
    ),
  },
  'GE-MSG-3': {
    'index-from-zero-when-whole': on
      .getmessages('Without a transcriptPosition the indexes are counted from 0.')
      .by(
        change('/messages/*/index', (index: number, { body }: Call) =>
          body.transcriptPosition === undefined ? index - 1 : index,
        ),
      ),
    'index-gap-after-rename': on.updatenickname('An index is left out when the nickname changes.').by(
      instead('nextIndex', (_usual, _call, { events }) => {
        const last = events.at(-1);
        return (last?.index ?? 0) + (last?.type === 'Notice' ? 2 : 1);
      }),
    ),
    'index-restarts': row('Each participant has a numbering of its own.').by(
      instead('append', (usual, _call, chat, from) => {
        usual();
        const own = chat.events.filter((event) => event.from.participantId === from.participantId);
        Object.assign(chat.events.at(-1) ?? {}, { index: own.length });
      }),
    ),
    'newest-first': row('Events are answered newest first.').by(given((usual) => usual.reverse())),
  },
  'GE-MSG-4': {
    'indexes-of-answer': row('Each answer numbers its events from 1.').by(
      given((usual) => usual.map((event, i) => ({ ...event, index: i + 1 }))),
    ),
  },
  'GE-MSG-7': {
    'poll-repeats-last': row('A poll that finds nothing new answers the last event again.').by(
      given((usual, events) => (usual.length > 0 ? usual : events.slice(-1))),
    ),
    'poll-one-event': row('A poll answers the newest event alone, so that those between are lost.').by(
      polled((usual) => usual.slice(-1)),
    ),
    'poll-without-own': row('A poll leaves out what the client itself has sent.').by(
      polled((usual) => usual.filter(({ from }) => from.type !== 'Client')),
    ),
    'poll-last-lost': row(
      'A poll that would bring more than two events loses the last of them, and never brings it.',
    ).by((base) => {
      const lost = new Set<string>();
      const keyOf = ({ chatId }: Call, { index }: Event) => `${chatId} ${index}`;
      return given((usual, _events, _position, call) => {
        const found = usual.filter((event) => !lost.has(keyOf(call, event)));
        if (!isPoll(call) || found.length <= 2) return found;
        for (const last of found.slice(-1)) lost.add(keyOf(call, last));
        return found.slice(0, -1);
      })(base);
    }),
  },
  'GE-MSG-7-SHOULD': {
    'beyond-error': row('A read from beyond the last event is refused with statusCode 2.').by(
      given((usual, events, position) => {
        if (position > events.length) throw new Refusal('input', 'There is no such event');
        return usual;
      }),
    ),
    'beyond-empty-text': row('From beyond the last event, messages is an empty text.').by(
      where('/messages', (events: Event[]) => events.length === 0, set('', '')),
    ),
  },
});

/** Another choice of events. */
function given(give: Give): GenesysBehave {
  return instead('since', (usual, call, events, position) => give(usual(), events, position, call));
}

/** Another choice of events for calls that name a transcriptPosition. */
function polled(give: Give): GenesysBehave {
  return given((usual, events, position, call) => (isPoll(call) ? give(usual, events, position, call) : usual));
}

/** Another choice of events for calls that name none. */
function whole(give: Give): GenesysBehave {
  return given((usual, events, position, call) => (isPoll(call) ? usual : give(usual, events, position, call)));
}

function isPoll({ body }: Call): boolean {
  return body.transcriptPosition !== undefined;
}

function twoDigits(index: number): string {
  return String(index).padStart(2, '0');
}
