import { jsonOf, sendCall, type Wire } from '../../src/client/send.js';
import type { Exchange } from '../../src/exchange/index.js';
import type { GenesysBodies } from '../../types/genesys.js';
import type { CallOptions, ChatCaller, SendChat } from '../chatserver/caller.js';
import {
  type ChatMember,
  chatMembers,
  type GenesysAction,
  type GenesysActionName,
  type GenesysChatAction,
  genesysActionNames,
  genesysActions,
  genesysPath,
} from './actions.js';
import { genesysSchemas } from './schemas.js';

/** Who opens a chat. */
export interface GenesysCaller {
  /** The word of the check for this client: alice, bob. */
  actor: string;
}

/** The request members of an action beside those that the client fills in: the operation, and those of the chat. */
export type GenesysMembers<A extends GenesysActionName> = A extends GenesysChatAction
  ? Omit<GenesysBodies[A]['request'], ChatMember | 'operationName'>
  : GenesysBodies[A]['request'];

/** An exchange with its body under the documented type. Whether the body keeps that type is in `exchange.violations`. */
export interface GenesysAnswer<A extends GenesysActionName> {
  exchange: Exchange;
  body: GenesysBodies[A]['response'];
}

/** One function an action: sends, records, validates; expects nothing. */
export type GenesysClient = {
  [A in GenesysActionName]: (
    caller: A extends GenesysChatAction ? ChatCaller : GenesysCaller,
    members: GenesysMembers<A>,
    options?: CallOptions,
  ) => Promise<GenesysAnswer<A>>;
};

/** Makes the typed functions of the nine actions for the server at `url` (its root, without a slash at the end). */
export function createGenesysClient(options: { url: string; wire: Wire }): GenesysClient {
  const entries = genesysActionNames.map((name) => [
    name,
    async (caller: GenesysCaller | ChatCaller, members: object, call: CallOptions = {}) => {
      const { tamper = {} } = call;
      const legal = JSON.stringify({ ...documented(name, caller), ...members, ...tamper.members });
      const body = tamper.text?.(legal) ?? legal;
      const chatId = tamper.chatId ?? ('chatId' in caller ? caller.chatId : '');
      const exchange = await sendCall(options.wire, {
        api: 'genesys',
        schemas: genesysSchemas,
        action: name,
        level: genesysActions[name].level,
        intent: call.tamper === undefined ? (call.intent ?? 'call') : 'probe',
        actor: caller.actor,
        isForeign: tamper.chatId !== undefined || chatMembers.some((member) => member in (tamper.members ?? {})),
        request: {
          method: 'POST',
          url: `${options.url}${genesysPath(name, chatId)}`,
          headers: { 'Content-Type': 'application/json' },
          body,
        },
        described: jsonOf(body),
      });
      return { exchange, body: exchange.response.json };
    },
  ]);
  return Object.fromEntries(entries) as GenesysClient;
}

/** Sends a call of any action by its name. */
export function genesysSender(options: { url: string; wire: Wire }): SendChat {
  const client = createGenesysClient(options);
  return async (action, caller, members, call) => {
    const send = client[action as GenesysActionName] as (
      caller: GenesysCaller,
      members: object,
      options?: CallOptions,
    ) => Promise<GenesysAnswer<GenesysActionName>>;
    return (await send(caller, members, call)).exchange;
  };
}

function documented(name: GenesysActionName, caller: GenesysCaller | ChatCaller): Record<string, unknown> {
  if (!('chatId' in caller)) return {};
  const { operationName }: GenesysAction = genesysActions[name];
  const { userId, secureKey, alias, tenantName } = caller;
  return { ...(operationName === undefined ? {} : { operationName }), alias, secureKey, userId, tenantName };
}
