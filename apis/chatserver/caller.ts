import type { Wire } from '../../src/client/send.js';
import type { Exchange, Intent } from '../../src/exchange/index.js';
import { objectOf } from '../../src/passive/json.js';
import type { Dialect } from './dialect.js';

/** The client of a chat that is open, with what opening it was answered. */
export interface ChatCaller {
  /** The word of the check for this client: alice, bob. */
  actor: string;
  chatId: string;
  userId: string;
  secureKey: string;
  alias: string;
  /** Of an API that has tenants. */
  tenantName: string;
}

/** How a call on a chat differs from the documented one. All are for probes. */
export interface ChatTampering {
  /** Members of the body by their name: another value, or `undefined` to leave the member out. */
  members?: Record<string, unknown>;
  /** Makes the exact body text of that of the documented call. */
  text?(documented: string): string;
  /** The chat named in the address in place of the caller's. */
  chatId?: string;
}

export interface CallOptions {
  /** Default `call`; always `probe` where the call is tampered with. */
  intent?: Intent;
  tamper?: ChatTampering;
}

/** Sends a call of any action, by whoever opens a chat or has one. Gives the exchange, whatever the answer. */
export type SendChat<Options extends CallOptions = CallOptions> = (
  action: string,
  caller: { actor: string } | ChatCaller,
  members: object,
  options?: Options,
) => Promise<Exchange>;

/** The way to one server. */
export interface Way {
  /** Makes what sends the calls of the API by a wire. */
  sender(wire: Wire): SendChat;
  /** What a chat is opened with. */
  opening: object;
}

/** What the answer that opened a chat lets its client call with, as it came; `undefined` where it names no chat. */
export function callerOf({ credentials }: Dialect, { actor, response }: Exchange): ChatCaller | undefined {
  const body = objectOf(response.json);
  const chatId = body?.chatId;
  if ((typeof chatId !== 'string' && typeof chatId !== 'number') || chatId === '') return undefined;
  // Documented calls carry texts, also where the server answered a number.
  const text = (value: unknown) => (typeof value === 'number' ? String(value) : value);
  const given = Object.fromEntries(credentials.map((name) => [name, text(body?.[name])])) as unknown as ChatCaller;
  return { ...given, actor, chatId: String(chatId) };
}

/** Has the next call bear the newest of what an answer gave anew. */
export function carryOn({ renewed }: Dialect, caller: ChatCaller, exchange: Exchange): void {
  const body = objectOf(exchange.response.json) ?? {};
  for (const name of renewed) {
    const value = body[name];
    if (typeof value === 'string' && value !== '') caller[name] = value;
  }
}

/** The `statusCode` of an answer, whatever it is. */
export function statusCodeOf({ response }: Exchange): unknown {
  return objectOf(response.json)?.statusCode;
}

/** The credentials in an answer, for the redactor to know. */
export function credentialsIn({ response }: Exchange): unknown[] {
  const body = objectOf(response.json);
  return [body?.userId, body?.secureKey];
}
