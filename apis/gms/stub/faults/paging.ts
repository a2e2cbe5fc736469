import { change, set } from '../../../../src/stub/operators.js';
import type { Call } from '../call.js';
import { type Event, Refusal } from '../model.js';
import { faultsOf, type GmsBehave, instead, on, row } from '../rows.js';

/** What Refresh gives for a position, of all events; `usual` is the ordinary answer. */
type Give = (usual: Event[], events: readonly Event[], position: number, call: Call) => Event[];

export const pagingFaults = faultsOf({
  'GMS-REF-1': {
    'position-exclusive': row('The event of the transcriptPosition itself is left out.').by(
      polled((_usual, events, position) => events.filter(({ index }) => index > position)),
    ),
    'position-one-early': row('transcriptPosition counts from 0, so that one event too many is answered.').by(
      polled((_usual, events, position) => (position === Infinity ? [] : events.slice(Math.max(0, position - 2)))),
    ),
    'position-ignored': row('transcriptPosition is ignored, and all events are answered.').by(
      polled((_usual, events, position) => (position === Infinity ? [] : [...events])),
    ),
    'position-as-text': row('Indexes are compared with the transcriptPosition as texts.').by(
      polled((_usual, events, position) => events.filter(({ index }) => String(index) >= String(position))),
    ),
    'position-first-hundred': row('With a transcriptPosition, no more than a hundred events are answered.').by(
      polled((usual) => usual.slice(0, 100)),
    ),
    'newest-first': row('Events are answered newest first.').by(given((usual) => usual.reverse())),
    'index-gap-after-rename': on.updatenickname('An index is left out when the nickname changes.').by(
      instead('nextIndex', (_usual, _call, { events }) => {
        const last = events.at(-1);
        return (last?.index ?? 0) + (last?.type === 'NicknameUpdated' ? 2 : 1);
      }),
    ),
    'index-restarts': row('Each participant has a numbering of its own.').by(
      instead('append', (usual, _call, chat, from) => {
        usual();
        const own = chat.events.filter((event) => event.from.participantId === from.participantId);
        Object.assign(chat.events.at(-1) ?? {}, { index: own.length });
      }),
    ),
  },
  'GMS-REF-2': {
    'transcript-last-fifty': row('Without a transcriptPosition, the last fifty events are answered.').by(
      whole((usual) => usual.slice(-50)),
    ),
    'transcript-first-two-hundred': row('Without a transcriptPosition, two hundred events are answered at most.').by(
      whole((usual) => usual.slice(0, 200)),
    ),
    'transcript-none': row('Without a transcriptPosition, no event is answered.').by(whole(() => [])),
    'transcript-of-messages': row('Without a transcriptPosition, messages and those who joined are answered.').by(
      whole((usual) => usual.filter(({ type }) => type === 'Message' || type === 'ParticipantJoined')),
    ),
    'position-zero-all': row('The transcriptPosition 0 is answered with all events.').by(
      given((usual, events, position) => (position === Infinity ? [...events] : usual)),
    ),
  },
  'GMS-REF-3': {
    'next-is-last': row('The nextPosition is the index of the last event, which so comes twice.').by(
      instead('nextPosition', (usual) => usual() - 1),
    ),
    'next-one-too-far': row('The nextPosition leaves an event out where something has come.').by(
      instead('nextPosition', (usual, _call, _chat, shown) => usual() + (shown.length > 0 ? 1 : 0)),
    ),
    'next-one-too-far-behind-url': row('The nextPosition leaves an event out where a pushed URL is the last one.').by(
      instead('nextPosition', (usual, _call, { events }) => usual() + (events.at(-1)?.type === 'PushUrl' ? 1 : 0)),
    ),
    'next-counts-shown': row('The nextPosition counts the events of the answer, and not those of the chat.').by(
      instead('nextPosition', (_usual, _call, _chat, shown) => shown.length + 1),
    ),
    'next-text': row('The nextPosition is a text.').by(change('/nextPosition', String)),
    'next-missing-when-nothing-new': row('The nextPosition is left out where there is nothing new.').by(
      change('', (body: { messages?: unknown[]; nextPosition?: unknown }) =>
        body.messages?.length === 0 ? { ...body, nextPosition: undefined } : body,
      ),
    ),
    'poll-one-event': row('A poll answers the first new event alone, and goes on behind the last.').by(
      polled((usual) => usual.slice(0, 1)),
    ),
    'poll-without-own': row('A poll leaves out what the client itself has sent.').by(
      polled((usual) => usual.filter(({ from }) => from.type !== 'Client')),
    ),
    'poll-last-lost': row('A poll that would bring more than two events loses the last of them.').by((base) => {
      const lost = new Set<string>();
      const keyOf = ({ chatId }: Call, { index }: Event) => `${chatId} ${index}`;
      return given((usual, _events, _position, call) => {
        const found = usual.filter((event) => !lost.has(keyOf(call, event)));
        if (!isPoll(call) || found.length <= 2) return found;
        for (const last of found.slice(-1)) lost.add(keyOf(call, last));
        return found.slice(0, -1);
      })(base);
    }),
    'request-next-zero': on
      .requestchat('Request Chat answers a nextPosition of 0.')
      .by(change('', (body: object) => ({ ...body, nextPosition: 0 }))),
  },
  'GMS-REF-7': {
    'behind-refused': row('A read from behind the last event is refused.').by(
      given((usual, events, position) => {
        if (position !== Infinity && position > events.length) throw new Refusal('input', 'There is no such event');
        return usual;
      }),
    ),
    'behind-next-of-request': row('A read from behind the last event answers the position asked for as the next.').by(
      instead('nextPosition', (usual, { body, action }, _chat, shown) =>
        action === 'refresh' && shown.length === 0 && Number(body.transcriptPosition) > 0
          ? Number(body.transcriptPosition)
          : usual(),
      ),
    ),
    'position-negative-crash': row('A negative transcriptPosition makes the server fail.').by(
      instead('refuse', (usual, { body }) =>
        String(body.transcriptPosition).startsWith('-') ? { ...usual(), status: 500 } : usual(),
      ),
    ),
    'position-overflow': row('A huge transcriptPosition overflows, and the whole transcript is answered.').by(
      instead('readPosition', (usual, { body }) => (Number(body.transcriptPosition) > 2 ** 31 - 1 ? 1 : usual())),
    ),
    'position-word-none': row('A word for a transcriptPosition is answered with no event.').by(
      instead('readPosition', (usual, { body, chat }) =>
        /^[a-z]+$/.test(String(body.transcriptPosition ?? '')) ? (chat?.events.length ?? 0) + 1 : usual(),
      ),
    ),
  },
  'GMS-SEND-3': {
    'send-without-events': row('Send Message answers no event, whatever the transcriptPosition.').by(
      set('/messages', []),
    ),
    'send-whole': row('Send Message answers the whole transcript, whatever the transcriptPosition.').by(
      instead('since', (usual, { action }, events) => (action === 'sendmessage' ? [...events] : usual())),
    ),
    'send-before-itself': row('Send Message answers the events before the message itself.').by(
      instead('since', (usual, { action }) =>
        action === 'sendmessage'
          ? usual().filter(({ from, type }) => !(from.type === 'Client' && type === 'Message'))
          : usual(),
      ),
    ),
  },
});

/** Another choice of events of Refresh. */
function given(give: Give): GmsBehave {
  return instead('since', (usual, call, events, position) =>
    call.action === 'refresh' ? give(usual(), events, position, call) : usual(),
  );
}

/** Another choice of events for calls that name a transcriptPosition. */
function polled(give: Give): GmsBehave {
  return given((usual, events, position, call) => (isPoll(call) ? give(usual, events, position, call) : usual));
}

/** Another choice of events for calls that name none. */
function whole(give: Give): GmsBehave {
  return given((usual, events, position, call) => (isPoll(call) ? usual : give(usual, events, position, call)));
}

function isPoll({ body }: Call): boolean {
  return body.transcriptPosition !== undefined;
}
