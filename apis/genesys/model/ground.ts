import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../../src/environment/environment.js';
import type { Exchange } from '../../../src/exchange/index.js';
import type { Call, Ground } from '../../../src/explore/model.js';
import { TransportFailure } from '../../../src/transport/index.js';
import { chatMembers, type GenesysActionName, genesysOutcome } from '../actions.js';
import {
  createGenesysClient,
  type GenesysAnswer,
  type GenesysCaller,
  type GenesysCallOptions,
  type GenesysChatCaller,
} from '../client.js';
import { genesysOf } from '../target.js';
import { nothing, type State } from './state.js';

/** A chat of the sequence, with what each call on it must bear. */
interface Opened {
  caller: GenesysChatCaller;
  isOpen: boolean;
}

/** After how long a call is sent again where the server asks for that, milliseconds; longer for a new chat, which needs room. */
const pauses = [20, 100, 300, 700, 1500];
const pausesForRoom = [...pauses, 2000, 2000, 2000];

/** The way to a Genesys server: opens chats of its own in each sequence, and completes them behind it. */
export function createGround(environment: Environment): Ground<State> {
  const section = genesysOf(environment.target);
  if (section === undefined) throw new Error('the target has no genesys section');
  let chats = new Map<string, Opened>();
  const client = createGenesysClient({
    url: section.url,
    wire: { transport: environment.transport, guard: environment.guard, record: () => {}, recordFailure: () => {} },
  });

  const once = async ({ actor, action, members, at, as, probe }: Call): Promise<Exchange> => {
    const chat = at === undefined ? undefined : chats.get(at)?.caller;
    const lent = as === undefined ? undefined : chats.get(as)?.caller;
    const options: GenesysCallOptions = {
      intent: probe ? 'probe' : 'call',
      ...(lent && { tamper: { members: { userId: lent.userId, secureKey: lent.secureKey, alias: lent.alias } } }),
    };
    const call = client[action as GenesysActionName] as (
      caller: GenesysCaller,
      members: object,
      options: GenesysCallOptions,
    ) => Promise<GenesysAnswer<GenesysActionName>>;
    const asked = action === 'requestchat' ? { ...opening(section.tenantName), ...members } : members;
    return (await call({ ...chat, actor }, asked, options)).exchange;
  };
  const note = (call: Call, exchange: Exchange): void => {
    const body = exchange.response.json as Record<string, unknown> | undefined;
    const known = chats.get(call.at ?? '');
    if (call.action === 'requestchat' && genesysOutcome(exchange) === 'served' && body !== undefined) {
      const [userId = '', secureKey = '', alias = '', tenantName = ''] = chatMembers.map((member) =>
        String(body[member]),
      );
      const caller = { actor: call.actor, chatId: String(body.chatId), userId, secureKey, alias, tenantName };
      chats.set(caller.chatId, { caller, isOpen: true });
      environment.redactor.add(userId, secureKey);
    } else if (known !== undefined) {
      // Behind a try with other credentials a server may have ended the session.
      if (call.action === 'complete' || call.as !== undefined) known.isOpen = false;
      if (call.as === undefined && typeof body?.alias === 'string' && body.alias !== '')
        known.caller.alias = body.alias;
    }
  };

  return {
    async begin() {
      chats = new Map();
      return nothing;
    },
    async send(call) {
      const exchange = await persist(() => once(call), call);
      note(call, exchange);
      return exchange;
    },
    async end() {
      const left = [...chats.values()].map(({ caller }) => caller);
      const complete = () => Promise.all(left.map((caller) => client.complete(caller, {}, { intent: 'probe' })));
      await environment.putBack(complete);
      return [];
    },
    close: async () => [],
    groundTruth: {
      emails: [],
      clockToleranceMs: environment.target.clockToleranceSeconds * 1000,
      isOpenChat: ({ request }) =>
        [...chats.values()].some(
          ({ caller, isOpen }) => isOpen && request.url.includes(`/${encodeURIComponent(caller.chatId)}/`),
        ),
    },
    mark: () => undefined,
  };
}

/** Sends again as long as the server asks for patience, a bounded number of times; what may be refused, only once more. */
async function persist(send: () => Promise<Exchange>, { action, probe }: Call): Promise<Exchange> {
  for (const pause of probe ? pauses.slice(0, 1) : action === 'requestchat' ? pausesForRoom : pauses) {
    const exchange = await send().catch((error) => {
      if (!(error instanceof TransportFailure) || error.kind !== 'rate-limit') throw error;
      return undefined;
    });
    if (exchange !== undefined && statusCodeOf(exchange) !== 1) return exchange;
    await sleep(pause);
  }
  return send();
}

function statusCodeOf({ response }: Exchange): unknown {
  return (response.json as { statusCode?: unknown } | null | undefined)?.statusCode;
}

function opening(tenantName: string) {
  return { nickname: 'Alice', firstName: 'Conformance', lastName: 'Check', tenantName, subject: 'conformance check' };
}
