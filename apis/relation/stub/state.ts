import type { ApiOptions } from '../../../src/stub/api.js';
import { departed } from '../../../src/stub/mutation.js';
import { bytesFrom, digestOf, md5, uuidFrom } from '../../../src/stub/random.js';
import { ISSUER, type People, relationPeople } from './accounts.js';
import { conforming } from './behaviour/index.js';
import { privateUuid } from './behaviour/input.js';
import type { RelationState } from './call.js';
import { faults } from './faults/index.js';
import { type Channel, type ChannelType, type Message, newChannel } from './model.js';
import { variants } from './variants.js';

/** A server as it is before its first call: accounts, channels and histories of the seed. */
export function createRelationState(options: ApiOptions): RelationState {
  const people = relationPeople(options.seed);
  let number = 0;
  const state: RelationState = {
    seed: options.seed,
    now: options.now,
    ...departed(conforming, { variants, faults }, options),
    apiKey: people.apiKey,
    users: new Map(everybody(people).map((user) => [user.relationId, user])),
    expired: new Set([`${ISSUER}.expired.${md5(people.member.token)}`]),
    channels: new Map(),
    follows: new Map(),
    issued: new Map(),
    counts: new Map(),
    next: () => ++number,
    notes: new Map(),
  };
  populate(state, people, options.size?.messages);
  return state;
}

/** A hash of messages, of who has hidden them, of what was read, and of groups: what a client who only reads must leave as it is. */
export function relationDigest(state: RelationState): string {
  return digestOf(
    [...state.channels.values()].map(({ messages, readTo, ...channel }) => ({
      ...plain(channel),
      messages: messages.map(({ hiddenBy, ...message }) => ({ ...message, hiddenBy: [...hiddenBy] })),
      readTo: [...readTo],
    })),
  );
}

/** The groups that live, what users have pinned, muted and hidden, and whom they follow: what a run must leave as it found it. */
export function relationFlags({ channels, follows }: RelationState): object {
  const groups = [...channels.values()].filter(({ type, dismissed }) => type === 'G' && !dismissed);
  const all = [...channels.values()].map(({ uuid, pinnedBy, mutedBy }) => [uuid, [...pinnedBy], [...mutedBy]]);
  return {
    groups: groups.map(({ uuid, name, members }) => ({ uuid, name, members: [...members] })),
    flagged: all.filter(([, pinned, muted]) => (pinned?.length ?? 0) + (muted?.length ?? 0) > 0),
    follows: [...follows].filter(([, those]) => those.size > 0).map(([user, those]) => [user, [...those]]),
  };
}

/** Sets and maps as arrays. */
function plain(channel: object): object {
  const members = Object.entries(channel).map(([name, value]) => {
    return [name, value instanceof Set || value instanceof Map ? [...value] : value];
  });
  return Object.fromEntries(members);
}

function everybody({ member, peer, outsider, former, others }: People) {
  return [member, peer, outsider, former, ...others];
}

/** The channel; one of the member and a friend; one of the outsider, so that nobody is without. */
function populate(state: RelationState, people: People, messages = state.behaviour.history()): void {
  const { channelUuid, member, peer, outsider, former, others } = people;
  const of = (...users: readonly { relationId: string }[]) => users.map(({ relationId }) => relationId);
  const channel = addChannel(state, channelUuid, of(member, peer, ...others), messages);
  for (const message of channel.messages.slice(1, 20))
    if (message.from === others[1].relationId) message.from = former.relationId;
  channel.left.set(former.relationId, 'left');
  addChannel(state, privateUuid(member.relationId, others[0].relationId), of(member, others[0]), 8, 'P');
  addChannel(state, md5(`channel of strangers ${state.seed}`), of(outsider, others[1]), 8);
}

function addChannel(
  state: RelationState,
  uuid: string,
  members: readonly string[],
  count: number,
  type: ChannelType = 'G',
): Channel {
  const name = type === 'P' ? '' : `group ${uuid.slice(0, 4)}`;
  const channel = newChannel({ uuid, name, type, admin: members.at(-1) ?? '' }, members);
  state.channels.set(uuid, channel);
  fillHistory(state, channel, [...members], count);
  return channel;
}

/** Messages up to two hours ago, some of them several to a second, with a system message to begin with and some quotes. */
function fillHistory(state: RelationState, channel: Channel, members: readonly string[], count: number): void {
  const { behaviour } = state;
  const key = `${state.seed} ${channel.uuid}`;
  const newest = Math.floor(state.now() / 1000) * 1000 - 2 * 60 * 60 * 1000;
  const random = bytesFrom(`gaps ${key}`, 2 * count);
  // Of each dozen, five come within the second of the one before.
  const gaps = Array.from({ length: count }, (_, i) =>
    i % 12 > 4 && i % 12 < 10 ? 20 : 60_000 + 1000 * (random.readUInt16BE(2 * i) % 9000),
  );
  const types = behaviour.types();
  let arrivedAt = newest - gaps.reduce((sum, gap) => sum + gap, 0);
  for (const [i, gap] of gaps.entries()) {
    arrivedAt += gap;
    const arrival = state.next();
    const system = i % 30 === 0;
    const quoted = channel.messages[i - 3];
    const message: Message = {
      id: behaviour.newId(arrivedAt, arrival),
      sendUuid: uuidFrom(`message ${key} ${i}`),
      channelUuid: channel.uuid,
      createAt: behaviour.createAt(state, arrivedAt),
      arrivedAt,
      arrival,
      type: system ? 'SYS' : (types[i % types.length] ?? 'TEXT'),
      from: system ? behaviour.systemId(channel.uuid) : (members[i % members.length] ?? ''),
      content: system ? `0x1e56 created Group ${i}` : `message ${i} of this channel`,
      ...(i % 9 === 4 && quoted !== undefined ? { quoteId: quoted.id } : {}),
      mentioned: [],
      hiddenBy: new Set(),
    };
    channel.messages.push(message);
  }
}
