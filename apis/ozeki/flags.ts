import { ozekiOutcome } from './actions.js';
import type { OzekiCaller, OzekiClient } from './client.js';

/** One user's own flags on one conversation. */
export interface OzekiFlags {
  ismuted: boolean;
  isfavorite: boolean;
  hideid: string;
  listitembackgroundcolor: string;
}

/** Whether a value that was read from somewhere says what each flag is. */
export function isFlags(value: unknown): value is OzekiFlags {
  const { ismuted, isfavorite, hideid, listitembackgroundcolor } = (value ?? {}) as Record<string, unknown>;
  const isSwitched = typeof ismuted === 'boolean' && typeof isfavorite === 'boolean';
  return isSwitched && typeof hideid === 'string' && typeof listitembackgroundcolor === 'string';
}

/** A user's own flags by conversation id. */
export type FlagsByConversation = Map<string, OzekiFlags>;

interface ShownConversation {
  id?: unknown;
  properties?: Partial<OzekiFlags & { userid: string }>[];
}

/** The caller's own flags on all conversations that List shows; `undefined` where List was not served. Reads unchecked data. */
export async function listFlags(client: OzekiClient, caller: OzekiCaller): Promise<FlagsByConversation | undefined> {
  const { exchange } = await client.list(caller, {});
  if (ozekiOutcome(exchange) !== 'served') return undefined;
  const shown = (exchange.response.json as { conversations?: ShownConversation[] }).conversations;
  const flags: FlagsByConversation = new Map();
  for (const conversation of Array.isArray(shown) ? shown : []) {
    const own = Array.isArray(conversation?.properties)
      ? (conversation.properties.find((entry) => entry?.userid === caller.user) ?? conversation.properties[0])
      : undefined;
    if (own !== undefined && own !== null && typeof conversation.id === 'string')
      flags.set(conversation.id, flagsOf(own));
  }
  return flags;
}

function flagsOf(own: Partial<OzekiFlags>): OzekiFlags {
  return {
    ismuted: own.ismuted === true,
    isfavorite: own.isfavorite === true,
    hideid: typeof own.hideid === 'string' ? own.hideid : '',
    listitembackgroundcolor: typeof own.listitembackgroundcolor === 'string' ? own.listitembackgroundcolor : '#ffffff',
  };
}

/** What two states of a user's flags do not share, in words; flags of conversations that are not listed now count as hidden. */
function differences(before: OzekiFlags, now: OzekiFlags | undefined): (keyof OzekiFlags)[] {
  const flags = Object.keys(before) as (keyof OzekiFlags)[];
  return flags.filter((flag) => now?.[flag] !== before[flag]);
}

/** On a server whose actions change more than they should, putting one flag back may change another. */
const ROUNDS = 3;

/** What came of putting flags back. */
export interface FlagsPutBack {
  /** In words, what could not be put back. */
  problems: string[];
  /** What List showed in the end; `undefined` where it was not served. */
  now: FlagsByConversation | undefined;
}

/** Puts a user's own flags back where they differ from what they were. Asks List what differs, and again whether it worked. */
export async function putFlagsBack(
  client: OzekiClient,
  caller: OzekiCaller,
  before: FlagsByConversation,
): Promise<FlagsPutBack> {
  for (let round = 1; ; round += 1) {
    const now = await listFlags(client, caller);
    if (now === undefined)
      return { problems: [`the flags of ${caller.email} could not be compared: List was not served`], now };
    const changed = [...before].filter(
      ([id, flags]) => !stillHidden(flags, now.get(id)) && differences(flags, now.get(id)).length > 0,
    );
    if (changed.length === 0) return { problems: [], now };
    if (round > ROUNDS) {
      const problems = changed.flatMap(([id, flags]) =>
        differences(flags, now.get(id)).map(
          (flag) =>
            `${flag} of ${caller.email} on conversation ${id} was ${JSON.stringify(flags[flag])} and is now ${JSON.stringify(now.get(id)?.[flag]) ?? 'not shown'}`,
        ),
      );
      return { problems, now };
    }
    for (const [id, flags] of changed) await sendBack(client, caller, id, flags, now.get(id));
  }
}

/** A server may leave hidden conversations out of List: one that was hidden before and is not listed is as it was. */
function stillHidden(before: OzekiFlags, now: OzekiFlags | undefined): boolean {
  return now === undefined && before.hideid !== '';
}

async function sendBack(
  client: OzekiClient,
  caller: OzekiCaller,
  conversationid: string,
  before: OzekiFlags,
  now: OzekiFlags | undefined,
): Promise<void> {
  // Unhide comes first and Hide last, since a hidden conversation may not be shown for the others. These may go at the same time.
  if (now?.hideid !== before.hideid && before.hideid === '') await client.unhide(caller, { conversationid });
  await Promise.all([
    now?.ismuted !== before.ismuted && client[before.ismuted ? 'mute' : 'unmute'](caller, { conversationid }),
    now?.isfavorite !== before.isfavorite &&
      client[before.isfavorite ? 'favorite' : 'unfavorite'](caller, { conversationid }),
    now?.listitembackgroundcolor !== before.listitembackgroundcolor &&
      client.setlistitembackgroundcolor(caller, { conversationid, color: before.listitembackgroundcolor }),
  ]);
  if (now?.hideid !== before.hideid && before.hideid !== '')
    await client.hide(caller, { conversationid, hideid: before.hideid });
}
