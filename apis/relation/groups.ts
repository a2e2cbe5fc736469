import { randomBytes } from 'node:crypto';
import type { Exchange } from '../../src/exchange/index.js';
import type { Journal, JournalEntry } from '../../src/journal/journal.js';
import { Skip } from '../../src/judge/index.js';
import { objectOf, objectsOf } from '../../src/passive/json.js';
import { type RelationActionName, relationCodes, relationOutcome } from './actions.js';

/** Sends one call of somebody and gives the exchange, whatever the answer. */
export type Caller = (action: RelationActionName, members: object) => Promise<Exchange>;

/** Who may undo what was made: callers by relationId. */
export type Callers = ReadonlyMap<string, Caller>;

/** A group that the suite made. */
export interface Made {
  name: string;
  /** Who made it. */
  creator: string;
  /** As Create answered it; `undefined` where it answered none, and the list of chats must tell. */
  channelUuid?: string;
}

/** What something was before the suite changed it, as the journal keeps it. */
export type Before = { was: 'absent' } | { was: 'plain'; pin: boolean; mute: boolean } | { was: 'unfollowed' };

/** Whether a value that was read from a journal says what something was. */
export function isBefore(value: unknown): value is Before {
  const { was, pin, mute } = (value ?? {}) as Record<string, unknown>;
  return was === 'absent' || was === 'unfollowed' || (was === 'plain' && typeof pin === typeof mute);
}

/** Why no group is made where it would stay. */
export const noDisband = 'the server has no Disband, so a group that is made would stay: that needs "allow": "destroy"';

/** A name for a group that says what made it, and that no other group has. */
export function groupName(): string {
  return `conformance check ${randomBytes(5).toString('hex')}`;
}

/** Notes what calls make and change, and undoes it. What a run shares stays until the end. */
export interface Traces {
  /** Must be called before a call is sent. */
  before(relationId: string, action: RelationActionName, members: object): void;
  /** Must be called with its answer. */
  after(relationId: string, action: RelationActionName, members: object, exchange: Exchange): void;
  /** From now on the group of this id is undone at the end alone. */
  share(channelUuid: string): void;
  /** Undoes what is left; gives in words what could not be undone. */
  undo(callers: Callers, options: { shared: boolean }): Promise<string[]>;
}

/** What is left to be undone of a chat or a user, by the entry of the journal that says so. */
interface Left {
  entry: JournalEntry;
  undo(callers: Callers): Promise<boolean>;
  /** The group, where it is one. */
  made?: Made;
}

/** Makes the traces of a run. */
export function createTraces(journal: Journal): Traces {
  const left = new Map<string, Left>();
  const shared = new Set<string>();
  const keep = (key: string, one: Left): void => {
    if (left.has(key)) return;
    journal.note(one.entry);
    left.set(key, one);
  };
  const forget = (key: string): void => {
    const one = left.get(key);
    if (one !== undefined) journal.done(one.entry);
    left.delete(key);
  };
  const entryOf = (account: string, subject: string, before: Before): JournalEntry => {
    return { api: 'relation', account, subject, before };
  };
  const group = (made: Made): Left => {
    const subject = made.channelUuid ?? made.name;
    return {
      entry: entryOf(made.creator, subject, { was: 'absent' }),
      made,
      undo: (callers) => disband(callers, made),
    };
  };
  return {
    before(relationId, action, members) {
      const { name, channelUuid, address } = members as Record<string, unknown>;
      if (action === 'create' && typeof name === 'string') keep(`name ${name}`, group({ name, creator: relationId }));
      const isOwn = left.has(`group ${channelUuid}`);
      if ((action === 'pin' || action === 'mute') && isOwn) {
        const plain: Before = { was: 'plain', pin: false, mute: false };
        keep(`flags ${relationId} ${channelUuid}`, {
          entry: entryOf(relationId, String(channelUuid), plain),
          undo: (callers) => setFlags(callers.get(relationId), String(channelUuid), plain),
        });
      }
      if (action === 'follow' && typeof address === 'string')
        keep(`follows ${relationId} ${address}`, {
          entry: entryOf(relationId, address, { was: 'unfollowed' }),
          undo: (callers) => unfollow(callers.get(relationId), address),
        });
    },
    after(relationId, action, members, exchange) {
      const { name, type, channelUuid } = members as Record<string, unknown>;
      if (action === 'disband' && relationOutcome(exchange) === 'served') {
        // Somebody else may have been served who must not be.
        const one = left.get(`group ${channelUuid}`);
        if (one?.made?.creator === relationId) forget(`group ${channelUuid}`);
      }
      if (action !== 'create') return;
      const made = objectOf(objectOf(exchange.response.json)?.data)?.channelUuid;
      // Nothing undoes a conversation of two: it stays, as one that Send opens does.
      if (typeof made === 'string' && made !== '' && type !== 'P')
        keep(`group ${made}`, group({ name: String(name), creator: relationId, channelUuid: made }));
      if (typeof made === 'string' || relationOutcome(exchange) !== 'served') forget(`name ${name}`);
    },
    share: (channelUuid) => void shared.add(channelUuid),
    async undo(callers, { shared: isEnd }) {
      const problems: string[] = [];
      // Groups come last: whoever is in none may change nothing there.
      const all = [...left].sort(([, a], [, b]) => Number(a.made !== undefined) - Number(b.made !== undefined));
      for (const [key, { entry, made, undo }] of all) {
        if (!isEnd && shared.has(made?.channelUuid ?? '')) continue;
        if (await undo(callers).catch(() => false)) forget(key);
        else problems.push(`${wordsOf(entry.account, entry.subject, entry.before as Before)} could not be undone`);
      }
      return problems;
    },
  };
}

/** What was made or changed, for a sentence. */
export function wordsOf(account: string, subject: string, before: Before): string {
  if (before.was === 'absent') return `the group ${subject} that ${account} made`;
  if (before.was === 'unfollowed') return `that ${account} follows ${subject}`;
  return `that ${account} has pinned or muted the chat ${subject}`;
}

/**
 * Disbands a group: by who made it, else by whoever is its admin now. Whether it is gone by then, be it by somebody else, its answers
 * tell.
 */
export async function disband(callers: Callers, made: Made): Promise<boolean> {
  const creator = callers.get(made.creator);
  const channelUuid = made.channelUuid ?? (creator && (await findByName(creator, made.name)));
  // Where the list of chats does not show it, Create has made nothing.
  if (channelUuid === undefined) return creator !== undefined;
  const others = [...callers].filter(([relationId]) => relationId !== made.creator).map(([, call]) => call);
  for (const call of [...(creator ? [creator] : []), ...others]) {
    const exchange = await call('disband', { channelUuid });
    if (relationOutcome(exchange) === 'served' || codeOf(exchange) === relationCodes.dismissed) return true;
  }
  return false;
}

/** How many pages of the list of chats are looked through. */
export const mostPages = 100;

/** The id of the group of this name in the list of chats; `undefined` where none is there that lives. */
export async function findByName(call: Caller, name: string): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const exchange = await call('chatslist', { keyword: name, limit: '50', ...(cursor && { cursor }) });
    const data = objectOf(objectOf(exchange.response.json)?.data) ?? {};
    const list = objectsOf(data.list);
    const found = list.find(({ displayName, status }) => displayName === name && String(status) === '0');
    if (found !== undefined) return String(found.channelUuid);
    if (list.length === 0 || typeof data.cursor !== 'string' || data.cursor === '') return undefined;
    cursor = data.cursor;
  }
  return undefined;
}

/** The codes for who is in a group no more: nothing is pinned or muted there then. */
const outCodes: ReadonlySet<unknown> = new Set([
  relationCodes.removed,
  relationCodes.left,
  relationCodes.dismissed,
  relationCodes.notMember,
]);

/** Sets both flags of a chat; `true` where they are so now. What the server does not have cannot have set one. */
export async function setFlags(
  call: Caller | undefined,
  channelUuid: string,
  { pin, mute }: { pin: boolean; mute: boolean },
): Promise<boolean> {
  if (call === undefined) return false;
  const isSet = async (action: 'pin' | 'mute', flag: object) => {
    const exchange = await call(action, { channelUuid, ...flag }).catch((error) => {
      if (error instanceof Skip) return undefined;
      throw error;
    });
    return exchange === undefined || relationOutcome(exchange) === 'served' || outCodes.has(codeOf(exchange));
  };
  const pinned = await isSet('pin', { pin });
  return (await isSet('mute', { mute })) && pinned;
}

/** Ends following somebody. */
export async function unfollow(call: Caller | undefined, address: string): Promise<boolean> {
  const exchange = await call?.('unfollow', { address });
  return exchange !== undefined && relationOutcome(exchange) === 'served';
}

function codeOf({ response }: Exchange): unknown {
  return objectOf(response.json)?.code;
}
