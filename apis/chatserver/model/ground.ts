import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../../src/environment/environment.js';
import type { Exchange } from '../../../src/exchange/index.js';
import type { Call, Ground } from '../../../src/explore/model.js';
import { lacks } from '../../../src/target/index.js';
import { TransportFailure } from '../../../src/transport/index.js';
import { type CallOptions, type ChatCaller, callerOf, carryOn, statusCodeOf, type Way } from '../caller.js';
import type { Dialect } from '../dialect.js';
import { sentMembers } from './files.js';
import type { State } from './state.js';

/** A chat of the sequence, with what each call on it must bear. */
interface Opened {
  caller: ChatCaller;
  isOpen: boolean;
}

/** After how long a call is sent again where the server asks for that, milliseconds; longer for a new chat, which needs room. */
const pauses = [20, 100, 300, 700, 1500];
const pausesForRoom = [...pauses, 2000, 2000, 2000];

/** The way to a chat server: opens chats of its own in each sequence, and ends them behind it. */
export function createGround(dialect: Dialect, environment: Environment, { sender, opening }: Way): Ground<State> {
  let chats = new Map<string, Opened>();
  const clockToleranceMs = environment.target.clockToleranceSeconds * 1000;
  const { open, end } = dialect.actions;
  const send = sender({
    transport: environment.transport,
    guard: environment.guard,
    record: () => {},
    recordFailure: () => {},
  });

  const once = (call: Call): Promise<Exchange> => {
    const { actor, action, at, as, probe } = call;
    const members = sentMembers(dialect.files, call);
    const chat = at === undefined ? undefined : chats.get(at)?.caller;
    const lent = as === undefined ? undefined : chats.get(as)?.caller;
    const options: CallOptions = {
      intent: probe ? 'probe' : 'call',
      ...(lent && { tamper: { members: { userId: lent.userId, secureKey: lent.secureKey, alias: lent.alias } } }),
    };
    return send(action, chat ?? { actor }, action === open ? { ...opening, ...members } : members, options);
  };
  const note = (call: Call, exchange: Exchange): void => {
    const known = chats.get(call.at ?? '');
    if (call.action === open) {
      const caller = dialect.outcome(exchange) === 'served' ? callerOf(dialect, exchange) : undefined;
      if (caller === undefined) return;
      chats.set(caller.chatId, { caller, isOpen: true });
      environment.redactor.add(caller.userId, caller.secureKey);
    } else if (known !== undefined) {
      // Behind a try with other credentials a server may have ended the session.
      if (call.action === end || call.as !== undefined) known.isOpen = false;
      if (call.as === undefined) carryOn(dialect, known.caller, exchange);
    }
  };

  return {
    async begin() {
      chats = new Map();
      return { chats: {}, past: [], clockToleranceMs };
    },
    async send(call) {
      const exchange = await persist(() => once(call), call, open);
      note(call, exchange);
      return exchange;
    },
    async end() {
      if (lacks(environment.target, dialect.api, end)) return [];
      const left = [...chats.values()].map(({ caller }) => caller);
      await environment.putBack(() => Promise.all(left.map((caller) => send(end, caller, {}, { intent: 'probe' }))));
      return [];
    },
    close: async () => [],
    groundTruth: {
      emails: [],
      clockToleranceMs,
      isOpenChat: ({ request }) => chats.get(dialect.chatIdOf(request.url) ?? '')?.isOpen === true,
    },
    mark: () => undefined,
  };
}

/** Sends again as long as the server asks for patience, a bounded number of times; what may be refused, only once more. */
async function persist(send: () => Promise<Exchange>, { action, probe }: Call, open: string): Promise<Exchange> {
  for (const pause of probe ? pauses.slice(0, 1) : action === open ? pausesForRoom : pauses) {
    const exchange = await send().catch((error) => {
      if (!(error instanceof TransportFailure) || error.kind !== 'rate-limit') throw error;
      return undefined;
    });
    if (exchange !== undefined && statusCodeOf(exchange) !== 1) return exchange;
    await sleep(pause);
  }
  return send();
}
