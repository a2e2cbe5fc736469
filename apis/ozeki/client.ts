import { jsonOf, sendCall, type Wire } from '../../src/client/send.js';
import type { Exchange, Intent, SentRequest } from '../../src/exchange/index.js';
import { formatTimestamp } from '../../src/rules/index.js';
import type { OzekiBodies } from '../../types/ozeki.js';
import { type OzekiActionName, type OzekiHeader, ozekiActionNames, ozekiActions } from './actions.js';
import { ozekiSchemas } from './schemas.js';

/** Who calls, with what the headers of the call need. */
export interface OzekiCaller {
  /** The word of the check for this person: alice, bob, outsider. */
  actor: string;
  email: string;
  apikey: string;
  station: string;
  /** The user id that goes into `Ozeki-User`. */
  user: string;
}

/** Computes `Ozeki-Signature` for a request; the documentation leaves the way open, so the target says how. */
export type OzekiSigner = (
  caller: OzekiCaller,
  request: { method: string; url: string; body: string },
) => Promise<string>;

/** How a call differs from the documented one. All are for probes. */
export interface Tampering {
  /** Headers by their name without `Ozeki-`: another value, or `null` to leave the header out. */
  headers?: Partial<Record<OzekiHeader, string | null>>;
  /** The exact body text in place of the documented JSON. */
  text?: string;
  method?: string;
  /** The address in place of the documented one. */
  url?: string;
}

export interface OzekiCallOptions {
  /** Default `call`; always `probe` where the call is tampered with. */
  intent?: Intent;
  tamper?: Tampering;
}

type CommonMembers = 'action' | 'clientversioncode' | 'timestamp';

/** The request members of an action beside the common ones, which the client fills in. */
export type OzekiMembers<A extends OzekiActionName> = Omit<OzekiBodies[A]['request'], CommonMembers>;

/** An exchange with its body under the documented type. Whether the body keeps that type is in `exchange.violations`. */
export interface OzekiAnswer<A extends OzekiActionName> {
  exchange: Exchange;
  body: OzekiBodies[A]['response'];
}

/** One function an action: sends, records, validates; expects nothing. */
export type OzekiClient = {
  [A in OzekiActionName]: (
    caller: OzekiCaller,
    members: OzekiMembers<A>,
    options?: OzekiCallOptions,
  ) => Promise<OzekiAnswer<A>>;
};

/** Makes the typed functions of the nineteen actions for the server at `url` (the address without srv and api). */
export function createOzekiClient(options: { url: string; wire: Wire; sign: OzekiSigner }): OzekiClient {
  const entries = ozekiActionNames.map((name) => [
    name,
    async (caller: OzekiCaller, members: object, call: OzekiCallOptions = {}) => {
      const described = { action: ozekiActions[name].action, ...members, ...(hasNoCommon(name) ? {} : common()) };
      const body = call.tamper?.text ?? JSON.stringify(described);
      const request = await wireRequest(options, name, caller, body, call.tamper ?? {});
      const exchange = await sendCall(options.wire, {
        api: 'ozeki',
        schemas: ozekiSchemas,
        action: name,
        level: ozekiActions[name].level,
        intent: call.tamper === undefined ? (call.intent ?? 'call') : 'probe',
        actor: caller.actor,
        account: caller.email,
        isForeign: call.tamper?.headers !== undefined,
        request,
        described: jsonOf(request.body),
      });
      return { exchange, body: exchange.response.json };
    },
  ]);
  return Object.fromEntries(entries) as OzekiClient;
}

/** The address of an action: the server's script with the query that picks the service. */
export function ozekiUrl(base: string, name: OzekiActionName): string {
  const url = new URL(base);
  url.searchParams.set('srv', ozekiActions[name].srv);
  url.searchParams.set('api', ozekiActions[name].api);
  return url.href;
}

function hasNoCommon(name: OzekiActionName): boolean {
  return name === 'login' || name === 'workspaceregister';
}

function common(): { clientversioncode: 3; timestamp: string } {
  return { clientversioncode: 3, timestamp: formatTimestamp(Date.now()) };
}

async function wireRequest(
  options: { url: string; sign: OzekiSigner },
  name: OzekiActionName,
  caller: OzekiCaller,
  body: string,
  tamper: Tampering,
): Promise<SentRequest> {
  const method = tamper.method ?? 'POST';
  const url = tamper.url ?? ozekiUrl(options.url, name);
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  for (const header of ozekiActions[name].headers) {
    const replaced = tamper.headers?.[header];
    if (replaced === null) continue;
    headers[`Ozeki-${header}`] = replaced ?? (await documentedHeader(options, header, caller, { method, url, body }));
  }
  return method === 'GET' ? { method, url, headers } : { method, url, headers, body };
}

async function documentedHeader(
  options: { sign: OzekiSigner },
  header: OzekiHeader,
  caller: OzekiCaller,
  request: { method: string; url: string; body: string },
): Promise<string> {
  if (header === 'Signature') return options.sign(caller, request);
  return header === 'Station' ? caller.station : caller.user;
}
