import type { TranscriptBehaviour } from '../call.js';

export const transcript: TranscriptBehaviour = {
  nextIndex: (_call, chat) => chat.events.length + 1,
  stamp: (call, chat) => Math.max(call.behaviour.now(call), chat.events.at(-1)?.utcTime ?? 0),
  append(call, chat, from, type, said = {}) {
    const { behaviour } = call;
    const index = behaviour.nextIndex(call, chat);
    const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    chat.events.push({ ...given, index, type, utcTime: behaviour.stamp(call, chat), from: { ...from } });
  },
  eventsOf: (_call, chat) => chat.events,
  since: (_call, events, position) => events.filter(({ index }) => index >= position),
  showEvent: (_call, _chat, { from, index, type, text, messageType, userData, utcTime }) => ({
    from,
    index,
    type,
    ...(text !== undefined && { text }),
    ...(messageType !== undefined && { messageType }),
    ...(userData !== undefined && { userData }),
    utcTime,
  }),
  nextPosition: (call, chat) => (call.behaviour.eventsOf(call, chat).at(-1)?.index ?? 0) + 1,
  showEnded: (_call, chat) => chat.isEnded,
};
