import type { ApiName, Exchange, Intent, Level, SentRequest } from '../exchange/index.js';
import type { Schemas } from '../schemas/index.js';
import { jsonOf, sendCall, type Wire } from './send.js';

/** How an action with a method and a path of its own goes over the wire; `{name}` in the path is a member of that name. */
export interface RestRow {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
}

/** How a request differs from the documented one. All are for probes. */
export interface RestTampering {
  /** Headers by name: another value, or `null` to leave the header out. */
  headers?: Readonly<Record<string, string | null>>;
  /** The exact body text in place of the documented JSON. */
  text?: string;
}

/**
 * The request of an action: members that the path names go there, the others into the query of a GET, else into a JSON body.
 * Members that are undefined are left out.
 * @param base the server without a slash at its end
 * @param headers those of the API, beside Content-Type
 */
export function restRequest(
  { method, path }: RestRow,
  base: string,
  members: object,
  headers: Readonly<Record<string, string>>,
  tamper: RestTampering = {},
): SentRequest {
  const left = new Map<string, unknown>(Object.entries(members).filter(([, value]) => value !== undefined));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = left.get(name);
    left.delete(name);
    return encodeURIComponent(String(value));
  });
  const sent: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...headers, ...tamper.headers })) if (value !== null) sent[name] = value;
  const url = `${base}${filled}`;
  if (method !== 'GET') {
    const body = tamper.text ?? JSON.stringify(Object.fromEntries(left));
    return { method, url, headers: { ...sent, 'Content-Type': 'application/json' }, body };
  }
  const query = new URLSearchParams(
    [...left].map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return { method, url: query === '' ? url : `${url}?${query}`, headers: sent };
}

/** Who calls, as a check names them, with the headers that are theirs. */
export interface RestCaller {
  /** The word of the check for this person: alice, outsider. */
  actor: string;
  account?: string;
  headers?: Readonly<Record<string, string>>;
}

/** An API whose actions have a method and a path each. */
export interface RestApi {
  name: ApiName;
  actions: Readonly<Record<string, RestRow & { level: Level }>>;
  schemas: Schemas;
}

/** Sends one call of an action: a probe where it is tampered with, or where told to. Gives the exchange whatever the answer. */
export type RestSend = (
  caller: RestCaller,
  action: string,
  members?: object,
  options?: { intent?: Intent; tamper?: RestTampering },
) => Promise<Exchange>;

/** Makes the one function that sends any action of an API to the server at `base`. Throws for an action that it does not have. */
export function restSender({ name, actions, schemas }: RestApi, base: string, wire: Wire): RestSend {
  return (caller, action, members = {}, { intent = 'call', tamper } = {}) => {
    const row = actions[action];
    if (row === undefined)
      throw new Error(`${name} has no action ${action}. Its actions: ${Object.keys(actions).join(', ')}.`);
    const request = restRequest(row, base, members, caller.headers ?? {}, tamper);
    const { actor, account } = caller;
    return sendCall(wire, {
      api: name,
      schemas,
      action,
      level: row.level,
      intent: tamper === undefined ? intent : 'probe',
      actor,
      account,
      request,
      described: tamper?.text === undefined ? members : jsonOf(tamper.text),
    });
  };
}
