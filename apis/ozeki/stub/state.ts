import type { ApiOptions, StubSize } from '../../../src/stub/api.js';
import { departed } from '../../../src/stub/mutation.js';
import { bytesFrom, digestOf, uuidFrom } from '../../../src/stub/random.js';
import { ozekiOthers, ozekiPeople, type Person } from './accounts.js';
import { noFlags } from './behaviour/conversations.js';
import { conforming } from './behaviour/index.js';
import { instanceOf } from './behaviour/messages.js';
import type { OzekiState } from './call.js';
import { faults } from './faults/index.js';
import { PUBLIC_KEYS } from './keys.js';
import type { Conversation, User } from './model.js';
import { variants } from './variants.js';

const DAY = 24 * 60 * 60;

/** A server as it is before its first call: accounts, friends and histories of the seed. */
export function createOzekiState(options: ApiOptions): OzekiState {
  let number = 0;
  const state: OzekiState = {
    seed: options.seed,
    now: options.now,
    ...departed(conforming, { variants, faults }, options),
    users: new Map(),
    conversations: new Map(),
    sessions: new Map(),
    workspaces: new Map(),
    counts: new Map(),
    next: () => ++number,
    notes: new Map(),
  };
  populate(state, options.size);
  return state;
}

/** A hash of messages, reports, flags, workspaces and availability: what a client who only reads must leave as it is. */
export function ozekiDigest(state: OzekiState): string {
  return digestOf({
    conversations: [...state.conversations.values()].map(({ flags: _, ...conversation }) => conversation),
    flags: ozekiFlags(state),
    workspaces: [...state.workspaces],
    availability: [...state.users.values()].map(({ id, availability }) => [id, availability]),
  });
}

/** All flags that differ from those of a user who has set nothing: by conversation id, then by user id. */
export function ozekiFlags(state: OzekiState): Record<string, Record<string, unknown>> {
  const all = [...state.conversations.values()].map(({ id, flags }) => {
    const set = [...flags].filter(([, own]) => JSON.stringify(own) !== JSON.stringify(noFlags));
    return [id, Object.fromEntries(set.map(([userId, own]) => [userId, { ...own }]))] as const;
  });
  return Object.fromEntries(all.filter(([, flags]) => Object.keys(flags).length > 0));
}

function populate(state: OzekiState, size: StubSize = {}): void {
  const { behaviour } = state;
  const { pairs, friend, outsider } = ozekiPeople(state.seed, size);
  const history = behaviour.history();
  const others = ozekiOthers(state.seed, size.conversations);
  addUser(
    state,
    friend,
    'available',
    pairs.flatMap(({ alice, bob }) => [alice, bob]),
  );
  addUser(state, outsider, behaviour.away(), []);
  for (const other of others) addUser(state, other, behaviour.away(), []);
  for (const { alice, bob } of pairs) {
    addUser(state, alice, behaviour.away(), [bob, friend]);
    addUser(state, bob, behaviour.away(), [alice, friend]);
    addConversation(state, [alice, bob], size.messages ?? history.pair);
    const withFriend = [alice, bob].map((person) => addConversation(state, [person, friend], history.friend));
    // Something is set before anybody calls, so that a flag which strays is seen to overwrite it.
    withFriend[0]?.flags.set(alice.id, { ...noFlags, isfavorite: true, listitembackgroundcolor: '#bae1ff' });
    if (behaviour.hasGroups()) addConversation(state, [alice, bob, friend], history.friend);
    for (const person of [alice, bob]) for (const other of others) addConversation(state, [person, other], 1);
  }
}

function addUser(state: OzekiState, person: Person, availability: string, friends: readonly Person[]): void {
  const publicKey = PUBLIC_KEYS[state.users.size % PUBLIC_KEYS.length] ?? PUBLIC_KEYS[0];
  const user: User = { ...person, publicKey, availability, friends: new Set(friends.map(({ id }) => id)) };
  state.users.set(user.id, user);
}

function addConversation(state: OzekiState, people: readonly Person[], count: number): Conversation {
  const participants = people.map(({ id }) => id).sort();
  const isgroup = participants.length > 2;
  const id = state.behaviour[isgroup ? 'groupId' : 'conversationId'](participants);
  const conversation: Conversation = {
    id,
    isgroup,
    participants,
    messages: [],
    reports: [],
    lastAccess: 0,
    instance: instanceOf(state.seed, { id, clears: 0 }),
    clears: 0,
    flags: new Map(),
  };
  fillHistory(state, conversation, count);
  state.conversations.set(id, conversation);
  return conversation;
}

/** Messages up to two hours ago, some three to a second, each with the report of its delivery. */
function fillHistory(state: OzekiState, conversation: Conversation, count: number): void {
  const key = `${state.seed} ${conversation.id}`;
  const newest = Math.floor(state.now() / 1000) - 2 * 60 * 60;
  const random = bytesFrom(`gaps ${key}`, 2 * count);
  const gaps = Array.from({ length: count }, (_, i) =>
    i % 5 === 2 || i % 5 === 3 ? 0 : 60 + (random.readUInt16BE(2 * i) % 18_000),
  );
  let created = newest - gaps.reduce((sum, gap) => sum + gap, 0);
  conversation.lastAccess = newest;
  for (const [i, gap] of gaps.entries()) {
    created += gap;
    const from = conversation.participants[i % conversation.participants.length] ?? '';
    const message = {
      id: uuidFrom(`message ${key} ${i}`),
      type: 'Message',
      created,
      // The first is past its validity, and served all the same.
      validUntil: created + (i === 0 ? 60 : 7 * DAY),
      data: bytesFrom(`data ${key} ${i}`, 48).toString('base64'),
      from,
      arrival: state.next(),
    };
    conversation.messages.push(message);
    conversation.reports.push({
      id: state.behaviour.reportId(`report ${key} ${i}`),
      type: 'delivered',
      created,
      arrival: state.next(),
      messageId: message.id,
      by: from,
    });
  }
}
