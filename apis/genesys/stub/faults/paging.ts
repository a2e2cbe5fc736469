import { Refusal } from '../model.js';
import { fault, type GenesysFault } from '../mutation.js';

export const pagingFaults: readonly GenesysFault[] = [
  fault({
    id: 'genesys-position-exclusive',
    action: 'getmessages',
    requirement: 'GE-MSG-1',
    sentence: 'The event of the transcriptPosition itself is left out.',
    behave: () => ({
      since: (call, events, position) =>
        call.body.transcriptPosition === undefined ? [...events] : events.filter(({ index }) => index > position),
    }),
  }),
  fault({
    id: 'genesys-position-one-early',
    action: 'getmessages',
    requirement: 'GE-MSG-1',
    sentence: 'transcriptPosition counts from 0, so that one event too many is answered.',
    behave: () => ({ since: (_call, events, position) => events.slice(Math.max(0, position - 2)) }),
  }),
  fault({
    id: 'genesys-position-ignored',
    action: 'getmessages',
    requirement: 'GE-MSG-1',
    sentence: 'transcriptPosition is ignored, as the documented example has it.',
    behave: () => ({ since: (_call, events) => [...events] }),
  }),
  fault({
    id: 'genesys-position-as-text',
    action: 'getmessages',
    requirement: 'GE-MSG-1',
    sentence: 'Indexes are compared with the transcriptPosition as texts.',
    behave: () => ({
      since: (_call, events, position) => events.filter(({ index }) => String(index) >= String(position)),
    }),
  }),
  fault({
    id: 'genesys-position-beyond-whole',
    action: 'getmessages',
    requirement: 'GE-MSG-1',
    sentence: 'From beyond the last event, the whole transcript is answered.',
    behave: (base) => ({
      since(call, events, position) {
        const found = base.since(call, events, position);
        return found.length > 0 ? found : [...events];
      },
    }),
  }),
  fault({
    id: 'genesys-position-of-messages',
    action: 'getmessages',
    requirement: 'GE-MSG-1',
    sentence: 'With a transcriptPosition, only events of type Message are answered.',
    behave: (base) => ({
      since(call, events, position) {
        const found = base.since(call, events, position);
        return call.body.transcriptPosition === undefined ? found : found.filter(({ type }) => type === 'Message');
      },
    }),
  }),
  fault({
    id: 'genesys-transcript-last-fifty',
    action: 'getmessages',
    requirement: 'GE-MSG-2',
    sentence: 'Without a transcriptPosition, the last fifty events are answered.',
    behave: (base) => ({
      since: (call, events, position) =>
        call.body.transcriptPosition === undefined ? events.slice(-50) : base.since(call, events, position),
    }),
  }),
  fault({
    id: 'genesys-transcript-first-hundred',
    action: 'getmessages',
    requirement: 'GE-MSG-2',
    sentence: 'No more than a hundred events are answered at once.',
    behave: (base) => ({ since: (call, events, position) => base.since(call, events, position).slice(0, 100) }),
  }),
  fault({
    id: 'genesys-transcript-first-two-hundred',
    action: 'getmessages',
    requirement: 'GE-MSG-2',
    sentence: 'Without a transcriptPosition, no more than two hundred events are answered.',
    behave: (base) => ({
      since(call, events, position) {
        const found = base.since(call, events, position);
        return call.body.transcriptPosition === undefined ? found.slice(0, 200) : found;
      },
    }),
  }),
  fault({
    id: 'genesys-position-first-hundred',
    action: 'getmessages',
    requirement: 'GE-MSG-1',
    sentence: 'With a transcriptPosition, no more than a hundred events are answered.',
    behave: (base) => ({
      since(call, events, position) {
        const found = base.since(call, events, position);
        return call.body.transcriptPosition === undefined ? found : found.slice(0, 100);
      },
    }),
  }),
  fault({
    id: 'genesys-position-as-two-digits',
    action: 'getmessages',
    requirement: 'GE-MSG-1',
    sentence: 'Positions are compared as texts of two digits, which goes wrong from a hundred on.',
    behave: () => ({
      since(_call, events, position) {
        const text = (index: number) => String(index).padStart(2, '0');
        return events.filter(({ index }) => text(index) >= text(position));
      },
    }),
  }),
  fault({
    id: 'genesys-transcript-of-messages',
    action: 'getmessages',
    requirement: 'GE-MSG-2',
    sentence: 'Without a transcriptPosition, only messages and those who joined are answered.',
    behave: (base) => ({
      since(call, events, position) {
        const found = base.since(call, events, position);
        if (call.body.transcriptPosition !== undefined) return found;
        return found.filter(({ type }) => type === 'Message' || type === 'ParticipantJoined');
      },
    }),
  }),
  fault({
    id: 'genesys-transcript-only-new',
    action: 'getmessages',
    requirement: 'GE-MSG-2',
    sentence: 'Without a transcriptPosition, only what has come since the last read is answered.',
    behave: (base) => ({
      since(call, events, position) {
        const seen = `genesys-transcript-only-new ${call.chatId}`;
        const from =
          call.body.transcriptPosition === undefined
            ? ((call.state.notes.get(seen) as number | undefined) ?? 1)
            : position;
        call.state.notes.set(seen, events.length + 1);
        return base.since(call, events, from);
      },
    }),
  }),
  fault({
    id: 'genesys-transcript-without-join',
    action: 'getmessages',
    requirement: 'GE-MSG-2',
    sentence: 'The transcript leaves out the joining of its own client.',
    behave: (base) => ({
      eventsOf: (call, chat) =>
        call.action === 'getmessages' ? base.eventsOf(call, chat).slice(1) : base.eventsOf(call, chat),
    }),
  }),
  fault({
    id: 'genesys-indexes-of-answer',
    action: 'getmessages',
    requirement: 'GE-MSG-4',
    sentence: 'Each answer numbers its events from 1.',
    behave: (base) => ({
      since: (call, events, position) =>
        base.since(call, events, position).map((event, i) => ({ ...event, index: i + 1 })),
    }),
  }),
  fault({
    id: 'genesys-index-gap-after-rename',
    action: 'updatenickname',
    requirement: 'GE-MSG-3',
    sentence: 'An index is left out when the nickname changes.',
    behave: (base) => ({
      nextIndex: (_call, chat) =>
        (chat.events.at(-1)?.index ?? 0) + 1 + (chat.events.at(-1)?.type === 'Notice' ? 1 : 0),
      rename: base.rename,
    }),
  }),
  fault({
    id: 'genesys-index-restarts',
    action: 'getmessages',
    requirement: 'GE-MSG-3',
    sentence: 'Each participant has a numbering of its own.',
    behave: () => ({
      append(call, chat, from, type, text) {
        const index = chat.events.filter((event) => event.from.participantId === from.participantId).length + 1;
        chat.events.push({
          index,
          type,
          ...(text === undefined ? {} : { text }),
          utcTime: call.behaviour.stamp(call, chat),
          from: { ...from },
        });
      },
    }),
  }),
  fault({
    id: 'genesys-newest-first',
    action: 'getmessages',
    requirement: 'GE-MSG-3',
    sentence: 'Events are answered newest first.',
    behave: (base) => ({ since: (call, events, position) => base.since(call, events, position).reverse() }),
  }),
  fault({
    id: 'genesys-poll-repeats-last',
    action: 'getmessages',
    requirement: 'GE-MSG-7',
    sentence: 'A poll that finds nothing new answers the last event again.',
    behave: (base) => ({
      since(call, events, position) {
        const found = base.since(call, events, position);
        return found.length > 0 ? found : events.slice(-1);
      },
    }),
  }),
  fault({
    id: 'genesys-poll-one-event',
    action: 'getmessages',
    requirement: 'GE-MSG-7',
    sentence: 'A poll answers the newest event alone, so that those between are lost.',
    behave: (base) => ({
      since(call, events, position) {
        const found = base.since(call, events, position);
        return call.body.transcriptPosition === undefined ? found : found.slice(-1);
      },
    }),
  }),
  fault({
    id: 'genesys-poll-without-own',
    action: 'getmessages',
    requirement: 'GE-MSG-7',
    sentence: 'A poll leaves out what the client itself has sent.',
    behave: (base) => ({
      since(call, events, position) {
        const found = base.since(call, events, position);
        return call.body.transcriptPosition === undefined ? found : found.filter(({ from }) => from.type !== 'Client');
      },
    }),
  }),
  fault({
    id: 'genesys-poll-last-lost',
    action: 'getmessages',
    requirement: 'GE-MSG-7',
    sentence: 'A poll that would bring more than two events loses the last of them, and never brings it.',
    behave: (base) => ({
      since(call, events, position) {
        const lost =
          (call.state.notes.get(`genesys-poll-last-lost ${call.chatId}`) as Set<number> | undefined) ?? new Set();
        const found = base.since(call, events, position).filter(({ index }) => !lost.has(index));
        if (call.body.transcriptPosition === undefined || found.length <= 2) return found;
        call.state.notes.set(`genesys-poll-last-lost ${call.chatId}`, lost.add(found.at(-1)?.index ?? 0));
        return found.slice(0, -1);
      },
    }),
  }),
  fault({
    id: 'genesys-beyond-error',
    action: 'getmessages',
    requirement: 'GE-MSG-7-SHOULD',
    sentence: 'A read from beyond the last event is refused with statusCode 2.',
    behave: (base) => ({
      since(call, events, position) {
        if (position > events.length) throw new Refusal('input', 'There is no such event');
        return base.since(call, events, position);
      },
    }),
  }),
  fault({
    id: 'genesys-beyond-empty-text',
    action: 'getmessages',
    requirement: 'GE-MSG-7-SHOULD',
    sentence: 'From beyond the last event, messages is an empty text.',
    answer: (answer) => {
      const body = answer.body as { messages?: unknown };
      return Array.isArray(body.messages) && body.messages.length === 0
        ? { ...answer, body: { ...body, messages: '' } }
        : answer;
    },
  }),
];
