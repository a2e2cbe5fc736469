import type { TranscriptBehaviour } from '../call.js';

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
