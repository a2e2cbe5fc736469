import type { Call, Chat, Event, Participant } from '../model.js';

/** Writing, numbering, choosing and showing the events of a chat. */
export interface TranscriptBehaviour {
  /** The index of the chat's next event. */
  nextIndex(call: Call, chat: Chat): number;
  /** The `utcTime` of an event that happens now. */
  stamp(call: Call, chat: Chat): number;
  /** Writes an event into the transcript. */
  append(call: Call, chat: Chat, from: Participant, type: string, text?: string): void;
  /** The events that a transcript shows, in its order. */
  eventsOf(call: Call, chat: Chat): Event[];
  /** Those of a transcript that Get Messages answers from a position on. */
  since(call: Call, events: readonly Event[], position: number): Event[];
  /** An event as an answer shows it. */
  showEvent(call: Call, chat: Chat, event: Event): Event;
  /** The `chatEnded` of Get Messages. */
  showEnded(call: Call, chat: Chat): unknown;
}

export const transcript: TranscriptBehaviour = {
  nextIndex: (_call, chat) => chat.events.length + 1,
  stamp: (call, chat) => Math.max(call.behaviour.now(call), chat.events.at(-1)?.utcTime ?? 0),
  append(call, chat, from, type, text) {
    const { behaviour } = call;
    const event = {
      index: behaviour.nextIndex(call, chat),
      type,
      utcTime: behaviour.stamp(call, chat),
      from: { ...from },
    };
    chat.events.push(text === undefined ? event : { ...event, text });
  },
  eventsOf: (_call, chat) => chat.events,
  since: (_call, events, position) => events.filter(({ index }) => index >= position),
  showEvent: (_call, _chat, { from, index, type, text, utcTime }) =>
    text === undefined ? { from, index, type, utcTime } : { from, index, type, text, utcTime },
  showEnded: (_call, chat) => chat.isEnded,
};
