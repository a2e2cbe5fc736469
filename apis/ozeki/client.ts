import type { ActionRow } from '../../src/api/api.js';
import { jsonOf, sendCall, type Wire } from '../../src/client/send.js';
import type { Exchange, Intent, SentRequest } from '../../src/exchange/index.js';
import { formatTimestamp } from '../../src/rules/index.js';
import type { Schemas } from '../../src/schemas/index.js';
import type { OzekiBodies } from '../../types/ozeki.js';
import { type OzekiAction, type OzekiActionName, type OzekiHeader, ozekiActions } from './actions.js';
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

/** What a client of the Ozeki API is made with. */
export interface OzekiClientOptions {
  /** The address without srv and api. */
  url: string;
  wire: Wire;
  sign: OzekiSigner;
  /** The actions and their schemas, where a team has added some to the nineteen. */
  api?: { actions: Readonly<Record<string, ActionRow>>; schemas: Schemas };
}

/** Makes the typed functions of the actions; those that a team has added are there by their names too. */
export function createOzekiClient({ api, ...options }: OzekiClientOptions): OzekiClient {
  const actions = (api?.actions ?? ozekiActions) as Readonly<Record<string, OzekiAction>>;
  const entries = Object.entries(actions).map(([name, row]) => [
    name,
    async (caller: OzekiCaller, members: object, call: OzekiCallOptions = {}) => {
      const described = { action: row.action, ...members, ...(hasNoCommon(name) ? {} : common()) };
      const body = call.tamper?.text ?? JSON.stringify(described);
      const request = await wireRequest(options, row, caller, body, call.tamper ?? {});
      const exchange = await sendCall(options.wire, {
        api: 'ozeki',
        schemas: api?.schemas ?? ozekiSchemas,
        action: name,
        level: row.level,
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
  return urlOf(base, ozekiActions[name]);
}

function urlOf(base: string, { srv, api }: OzekiAction): string {
  const url = new URL(base);
  url.searchParams.set('srv', srv);
  url.searchParams.set('api', api);
  return url.href;
}

function hasNoCommon(name: string): boolean {
  return name === 'login' || name === 'workspaceregister';
}

function common(): { clientversioncode: 3; timestamp: string } {
  return { clientversioncode: 3, timestamp: formatTimestamp(Date.now()) };
}

async function wireRequest(
  options: { url: string; sign: OzekiSigner },
  row: OzekiAction,
  caller: OzekiCaller,
  body: string,
  tamper: Tampering,
): Promise<SentRequest> {
  const method = tamper.method ?? 'POST';
  const url = tamper.url ?? urlOf(options.url, row);
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  // What somebody without a right may add counts as well: a server must not believe a header that its page does not name.
  for (const header of new Set([...row.headers, ...(Object.keys(tamper.headers ?? {}) as OzekiHeader[])])) {
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
