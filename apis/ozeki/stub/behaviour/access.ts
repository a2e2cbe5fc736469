import type { AccessBehaviour } from '../call.js';
import { Refusal } from '../model.js';
import { emptyQueue } from './people.js';

export const access: AccessBehaviour = {
  requireHeader(call, header) {
    const value = call.request.headers.get(header);
    if (value === null || value === '') throw new Refusal('credentials', `The header ${header} is missing`);
    return value;
  },

  userOf(call, userId) {
    for (const user of call.state.users.values()) {
      if (user.id === userId || call.behaviour.showUserId(call, user.id) === userId) return user;
    }
    throw new Refusal('credentials', 'Unknown user');
  },

  checkSignature(_call, user, signature) {
    if (signature !== user.signature) throw new Refusal('credentials', 'The signature is wrong');
  },

  checkStation(call, user, station) {
    if (station === user.station || call.state.sessions.get(station)?.userId === user.id) return;
    throw new Refusal('credentials', 'This station has not logged in');
  },

  userOfApikey(call) {
    const user = [...call.state.users.values()].find(({ apikey }) => apikey === call.body.apikey);
    if (user === undefined) throw new Refusal('credentials', 'The apikey is wrong');
    return user;
  },

  openSession(call, user, station) {
    const owner = [...call.state.users.values()].find((other) => other.station === station);
    if (owner !== undefined && owner !== user)
      throw new Refusal('credentials', 'This station belongs to somebody else');
    if (call.state.sessions.get(station)?.userId === user.id) return;
    call.state.sessions.set(station, { userId: user.id, queue: emptyQueue() });
  },

  userOfStation(call, station) {
    const user = call.state.users.get(call.state.sessions.get(station)?.userId ?? '');
    if (user === undefined) throw new Refusal('credentials', 'This station has not logged in');
    return user;
  },

  authorise(_call, conversation, user) {
    if (!conversation.participants.includes(user.id))
      throw new Refusal('outsider', 'You take no part in this conversation');
  },
};
