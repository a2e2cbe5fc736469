import { setTimeout as sleep } from 'node:timers/promises';
import type { Opening } from '../../src/api/api.js';
import type { Wire } from '../../src/client/send.js';
import type { Environment } from '../../src/environment/environment.js';
import { openWire } from '../../src/environment/wire.js';
import type { Exchange } from '../../src/exchange/index.js';
import type { Provenance } from '../../src/exchange/provenance.js';
import { NotServed, type Session } from '../../src/judge/index.js';
import { objectOf } from '../../src/passive/json.js';
import type { Section } from '../../src/target/index.js';
import { TransportFailure } from '../../src/transport/index.js';
import {
  type CallOptions,
  type ChatCaller,
  callerOf,
  carryOn,
  credentialsIn,
  type SendChat,
  statusCodeOf,
} from './caller.js';
import type { Dialect } from './dialect.js';

/** A chat that the suite has opened, in the hands of its client. */
export interface OpenedChat<Options extends CallOptions = CallOptions> {
  /** The word of the check for the client: alice, bob. */
  actor: string;
  id: string;
  /** The nickname that it was opened with. */
  nickname: string;
  /** What opening it was answered, as every call on the chat must carry it. */
  caller: ChatCaller;
  /** The exchange that opened it. */
  opened: Exchange;
  /** Calls a documented action; gives the exchange, throws `NotServed` where it was not served. */
  served(action: string, members: object): Promise<Exchange>;
  /** Calls an action that may be refused, by any members; gives the exchange whatever the answer. */
  attempt(action: string, members: object, options?: Options): Promise<Exchange>;
  /** Ends the chat where the check has no more use for it, so that it counts for no limit of the server's. */
  leave(): Promise<void>;
}

/** How a chat is opened. */
export interface ChatOpening<Options extends CallOptions = CallOptions> {
  /** Default alice. */
  actor?: string;
  /** Request members in place of the usual ones; `undefined` leaves one out. */
  members?: Readonly<Record<string, unknown>>;
  options?: Options;
  /** Whether to wait for long where the server has no room for the moment; true where left out. */
  waits?: boolean;
}

/** A view of one server, on which each check opens its own chats. */
export interface ChatSession<Options extends CallOptions = CallOptions> {
  /** Opens a chat. It is ended behind the check, whatever comes of it. */
  open(opening?: ChatOpening<Options>): Promise<OpenedChat<Options>>;
  /** Sends a request for a chat that may be refused. A chat that it opens all the same is ended at once. */
  tryToOpen(actor: string, tamper: NonNullable<Options['tamper']>): Promise<Exchange>;
  /** Where what was answered in this session came from. */
  provenance: Provenance;
  target: { clockToleranceMs: number };
}

/** What a session must know beside the words of its API. */
export interface Means<Options extends CallOptions> {
  /** Makes what sends the calls of the API by a wire. */
  sender(wire: Wire): SendChat<Options>;
  /** What a chat is opened with; another nickname each time. */
  opening(): { nickname: string };
}

/** Opens a session without a chat: each check opens its own. */
export async function openChatSession<Options extends CallOptions>(
  dialect: Dialect,
  { api, environment }: Pick<Opening<Section>, 'api' | 'environment'>,
  { sender, opening }: Means<Options>,
): Promise<Session<ChatSession<Options>>> {
  const clockToleranceMs = environment.target.clockToleranceSeconds * 1000;
  const { open } = dialect.actions;
  const chats = createRegister(dialect);
  const persist = createPersist(dialect, environment);
  const underWay = new Set<Promise<unknown>>();
  const track: Track = async (work) => {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  };
  const groundTruth = { emails: [], clockToleranceMs, isOpenChat: chats.isOpen };
  const { wire, log, provenance } = openWire(environment, api.passive, groundTruth, (exchange) => {
    chats.record(exchange);
    return credentialsIn(exchange);
  });
  const client = sender(wire);
  const quietly = createEnding(dialect, client as SendChat, persist);
  const context: ChatSession<Options> = {
    async open({ actor = 'alice', members = {}, options, waits = true } = {}) {
      const asked = { ...opening(), ...members };
      const send = async () => {
        await chats.poll(client as SendChat);
        return client(open, { actor }, asked, options);
      };
      const exchange = await track(persist(open, send, waits));
      const caller = chats.openedBy(exchange);
      if (dialect.outcome(exchange) !== 'served' || caller === undefined) throw new NotServed(exchange);
      const leave = async () => void (await quietly(caller));
      const means = { beforeCall: () => chats.poll(client as SendChat), leave, persist, track };
      return createChat(dialect, client, { caller, opened: exchange, nickname: asked.nickname }, means);
    },
    async tryToOpen(actor, tamper) {
      const exchange = await client(open, { actor }, opening(), { tamper } as Options);
      const caller = dialect.outcome(exchange) === 'served' ? callerOf(dialect, exchange) : undefined;
      if (caller !== undefined) await quietly(caller);
      return exchange;
    },
    provenance,
    target: { clockToleranceMs },
  };
  return {
    context,
    log,
    async restore() {
      // Where one of several calls at the same time failed, the others go on: what they open must be known here.
      await Promise.allSettled(underWay);
      return environment.putBack(() => chats.end(quietly));
    },
  };
}

/** Takes note of work until it is done, whoever waits for it. */
type Track = <T>(work: Promise<T>) => Promise<T>;

/** A chat that was opened, and what is known of its end. */
interface Registered {
  /** The exchange that opened it. */
  opened: Exchange;
  /** As every call on the chat carries it: with what was answered last. */
  caller: ChatCaller;
  /** Its end was asked for, whatever came of it, or somebody may have ended it who must not. */
  ending: boolean;
  ended: boolean;
  /** Somebody called with other credentials, over which a server may end it. */
  isDoubtful: boolean;
  /** When the server last saw the client poll, epoch milliseconds. */
  polledAt: number;
}

/** Servers close a chat whose client does not poll, after 45 s where nothing else is set. */
const pollAfterMs = 10_000;

/** Remembers every chat that is opened, so that each is polled while it is open and ended at last. */
function createRegister(dialect: Dialect) {
  const { open, read, end } = dialect.actions;
  let all: Registered[] = [];
  const at = ({ request }: Exchange) => {
    const chatId = dialect.chatIdOf(request.url);
    return all.filter(({ caller }) => chatId !== undefined && caller.chatId === chatId);
  };
  /** Whether a request bears what its client was given. What may be renewed may be another by now. */
  const isOwn = ({ request }: Exchange, { caller }: Registered): boolean => {
    const asked = objectOf(request.json);
    return dialect.credentials.every(
      (name) => dialect.renewed.some((other) => other === name) || asked?.[name] === caller[name],
    );
  };
  const bearsKeyOf = ({ request }: Exchange, { caller }: Registered): boolean => {
    const asked = objectOf(request.json);
    return asked?.userId === caller.userId && asked.secureKey === caller.secureKey;
  };
  return {
    record(exchange: Exchange): void {
      const now = Date.now();
      const served = dialect.outcome(exchange) === 'served';
      if (exchange.action === open) {
        const caller = served ? callerOf(dialect, exchange) : undefined;
        if (caller !== undefined)
          all.push({ opened: exchange, caller, ending: false, ended: false, isDoubtful: false, polledAt: now });
        return;
      }
      for (const chat of at(exchange)) {
        chat.isDoubtful ||= exchange.intent === 'probe' && !bearsKeyOf(exchange, chat);
        if (served && exchange.action === read) chat.polledAt = now;
        if (served && exchange.intent === 'call') carryOn(dialect, chat.caller, exchange);
        if (exchange.action !== end) continue;
        chat.ending ||= served || isOwn(exchange, chat);
        // Served to somebody else, it may have ended a chat of theirs.
        chat.ended ||= served && isOwn(exchange, chat);
      }
    },
    /** The client of the chat that an exchange opened. */
    openedBy: (exchange: Exchange) => all.find(({ opened }) => opened === exchange)?.caller,
    isOpen(exchange: Exchange): boolean {
      const chats = at(exchange);
      return chats.length > 0 && chats.every(({ ending, isDoubtful }) => !ending && !isDoubtful);
    },
    /** Polls those chats whose client has been silent for long. */
    async poll(client: SendChat): Promise<void> {
      const silent = all.filter(({ ending, polledAt }) => !ending && Date.now() - polledAt > pollAfterMs);
      for (const { caller } of silent) await client(read, caller, {}, { intent: 'probe' });
    },
    /** Ends each chat that is not over; gives in words what could not be. */
    async end(quietly: (caller: ChatCaller) => Promise<string | undefined>): Promise<string[]> {
      const left = all.filter(({ ended }) => !ended);
      all = [];
      const problems = await Promise.all(left.map(({ caller }) => quietly(caller)));
      return problems.filter((problem) => problem !== undefined);
    },
  };
}

/** What ends a chat, whatever its state; gives in words what could not be done. */
function createEnding(dialect: Dialect, client: SendChat, persist: Persist) {
  const { read, end } = dialect.actions;
  return async (caller: ChatCaller): Promise<string | undefined> => {
    const failed = `the chat ${caller.chatId} could not be ended`;
    try {
      const exchange = await persist(end, () => client(end, caller, {}, { intent: 'probe' }));
      if (dialect.outcome(exchange) === 'served') return undefined;
      const shown = await client(read, caller, {}, { intent: 'probe' });
      const isOver = objectOf(shown.response.json)?.chatEnded === true;
      return isOver || dialect.outcome(shown) === 'refused' ? undefined : failed;
    } catch (error) {
      return `${failed}: ${(error as Error).message}`;
    }
  };
}

function createChat<Options extends CallOptions>(
  dialect: Dialect,
  client: SendChat<Options>,
  { caller, opened, nickname }: { caller: ChatCaller; opened: Exchange; nickname: string },
  {
    beforeCall,
    leave,
    persist,
    track,
  }: { beforeCall(): Promise<void>; leave(): Promise<void>; persist: Persist; track: Track },
): OpenedChat<Options> {
  const attempt = async (name: string, members: object, options?: Options): Promise<Exchange> => {
    await beforeCall();
    const isLegal = options?.tamper === undefined;
    const send = () => client(name, caller, members, options);
    // What may be refused for good is not worth a long wait.
    return track(isLegal ? persist(name, send, options?.intent !== 'probe') : send());
  };
  return {
    actor: caller.actor,
    id: caller.chatId,
    nickname,
    caller,
    opened,
    async served(name, members) {
      const exchange = await attempt(name, members);
      if (dialect.outcome(exchange) !== 'served') throw new NotServed(exchange);
      return exchange;
    },
    attempt,
    leave,
  };
}

/** Sends a documented call of an action, and again where the server asks for that; where not to wait, only within half a second. */
type Persist = (name: string, send: () => Promise<Exchange>, waits?: boolean) => Promise<Exchange>;

/** After how long a call is sent again, milliseconds: there may be a limit a second, or other checks must end their chats. */
const waitsForQuiet = [100, 300, 700, 1500];
const waitsForRoom = [100, 300, 600, 1000, ...Array.from({ length: 14 }, () => 2000)];

function createPersist(dialect: Dialect, environment: Environment): Persist {
  // The actions for which waiting was in vain; nobody waits for them again, until one is served.
  const vain = environment.recall(`${dialect.api} waits in vain`, () => new Set<string>());
  return async (name, send, waits = true) => {
    const all = name === dialect.actions.open ? waitsForRoom : waitsForQuiet;
    const isPatient = waits && !vain.has(name);
    let first: Exchange | undefined;
    for (const wait of isPatient ? all : all.slice(0, 2)) {
      const exchange = await send().catch((error) => {
        if (!isFull(error)) throw error;
        return undefined;
      });
      first ??= exchange;
      if (exchange !== undefined && statusCodeOf(exchange) !== 1) return settle(exchange);
      await sleep(wait);
    }
    if (isPatient) vain.add(name);
    return settle(await send());

    // Asked for again and then refused for good, it may have been carried out before: the first answer says what went wrong.
    function settle(last: Exchange): Exchange {
      if (dialect.outcome(last) === 'refused') return first ?? last;
      vain.delete(name);
      return last;
    }
  };
}

/** Whether a call was not served because the server has no room or time for the moment. */
export function isFull(reason: unknown): boolean {
  if (reason instanceof NotServed) return statusCodeOf(reason.exchange) === 1;
  return (
    reason instanceof TransportFailure &&
    reason.kind === 'rate-limit' &&
    reason.response?.headers['retry-after'] === undefined
  );
}
