/** Plays what public clients send, from data: in order, and with what each keeps of the answers before. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recorded } from '../../src/recording/index.js';
import { packageRoot } from '../../src/root.js';

/** One request of a client. `${name}` stands for a value that is known or was kept; a member of a value that is not is left out. */
interface Step {
  step: string;
  method: string;
  path: string;
  /** In the order in which they go out. */
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  /** Whose request it is, where the client runs on several phones. */
  by?: string;
  /** Values to keep, by the JSON pointers where they stand in the answer. */
  keeps?: Record<string, string>;
  /** The same, of numbers at a pointer in which `*` is every item: the highest and one. */
  keepsNext?: Record<string, string>;
  /** The client looks at no answer. */
  ignored?: boolean;
}

/** A client: where it runs, and what it sends. */
export interface Client {
  about: string;
  runs: 'browser' | 'react-native';
  origin?: string;
  withCredentials?: boolean;
  indent?: number;
  headers: Record<string, string>;
  /** What it takes for a success, by JSON pointer. */
  success: Record<string, unknown>;
  steps: readonly Step[];
}

/** What a step was answered. */
export interface Answered {
  step: string;
  status: number;
  body: unknown;
}

/** The client of this name. */
export function clientOf(name: string): Client {
  return JSON.parse(readFileSync(join(packageRoot, 'tests', 'stub', 'clients', `${name}.json`), 'utf8')) as Client;
}

type Values = Record<string, unknown>;

/**
 * Lets a client talk to the server at `url`, and gives what it was answered, and the same as a recording.
 * @param known values that the client has from elsewhere; those of one person by the name in `by`
 * Throws an Error that names the step where a browser would not let the page read the answer, or the client would give up.
 */
export async function play(client: Client, url: string, known: Values, people: Record<string, Values> = {}) {
  const kept: Values = { ...known };
  const answers: Answered[] = [];
  const recorded: Recorded[] = [];
  for (const { step, method, path, query, body, by, keeps = {}, keepsNext = {}, ignored } of client.steps) {
    const values = {
      ...kept,
      ...(by !== undefined && people[by]),
      now: Date.now(),
      random: `${Math.random()}`.slice(2),
    };
    const filled = new URL(String(fill(path, values)), url);
    for (const [name, value] of Object.entries((fill(query ?? {}, values) ?? {}) as Values))
      filled.searchParams.append(name, String(value));
    const headers = fill(client.headers, values) as Record<string, string>;
    const text = body === undefined ? undefined : JSON.stringify(fill(body, values), undefined, client.indent);
    const startedAt = Date.now();
    const response = await (client.runs === 'browser' ? asPage(client) : fetch)(filled, {
      method,
      headers,
      body: text,
    });
    const answer = await response.text();
    recorded.push({
      place: step,
      source: 0,
      method,
      url: filled.href,
      requestHeaders: Object.entries(headers),
      requestBody: { text: text ?? '' },
      response: { status: response.status, headers: [...response.headers], body: { text: answer } },
      startedAt,
      durationMs: Date.now() - startedAt || 1,
      ...(by !== undefined && { actor: by }),
    });
    if (ignored) continue;
    const json = JSON.parse(answer) as unknown;
    for (const [pointer, wanted] of Object.entries(client.success))
      if (at(json, pointer)[0] !== wanted) throw new Error(`${step}: the client gives up at ${answer}`);
    for (const [name, pointer] of Object.entries(keeps)) kept[name] = at(json, pointer)[0];
    for (const [name, pointer] of Object.entries(keepsNext))
      kept[name] = Math.max(Number(kept[name] ?? 1), ...at(json, pointer).map((number) => Number(number) + 1));
    answers.push({ step, status: response.status, body: json });
  }
  return { answers, recorded, kept };
}

/** Puts values in their places. A text that is nothing but a place takes the value as it is; `undefined` where there is none. */
function fill(part: unknown, values: Values): unknown {
  if (typeof part === 'string') {
    const whole = /^\$\{(\w+)\}$/.exec(part)?.[1];
    return whole === undefined ? part.replace(/\$\{(\w+)\}/g, (_, name) => String(values[name])) : values[whole];
  }
  if (typeof part !== 'object' || part === null) return part;
  const members = Object.entries(part).map(([name, value]) => [name, fill(value, values)] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** The values at a JSON pointer in which `*` is every item. */
function at(json: unknown, pointer: string): unknown[] {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown[]>(
      (found, part) =>
        found.flatMap((value) => (part === '*' ? (value as unknown[]) : [(value as Values | undefined)?.[part]])),
      [json],
    );
}

/** Headers that a page may send to another origin without asking. */
const safelisted = new Set(['accept', 'accept-language', 'content-language']);
const simpleTypes = /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

/** Fetches as a browser does for a page of another origin: it asks ahead where it must, and keeps from the page what it may not read. */
function asPage({ origin = '', withCredentials = false }: Client) {
  const mustAllow = (response: Response, what: string): void => {
    const allowed = response.headers.get('access-control-allow-origin');
    if (allowed !== origin && (withCredentials || allowed !== '*'))
      throw new Error(`${what}: blocked, Access-Control-Allow-Origin is ${allowed}`);
    if (withCredentials && response.headers.get('access-control-allow-credentials') !== 'true')
      throw new Error(`${what}: blocked, credentials are not allowed`);
  };
  return async (url: URL, init: { method: string; headers: Record<string, string>; body?: string }) => {
    const own = Object.entries(init.headers).filter(([name, value]) =>
      name.toLowerCase() === 'content-type' ? !simpleTypes.test(value) : !safelisted.has(name.toLowerCase()),
    );
    const names = own.map(([name]) => name.toLowerCase()).sort();
    if (names.length > 0 || !['GET', 'HEAD', 'POST'].includes(init.method)) {
      const asked = {
        Origin: origin,
        'Access-Control-Request-Method': init.method,
        'Access-Control-Request-Headers': names.join(','),
      };
      const ahead = await fetch(url, { method: 'OPTIONS', headers: asked });
      if (!ahead.ok) throw new Error(`${url.pathname}: the question ahead is answered HTTP ${ahead.status}`);
      mustAllow(ahead, url.pathname);
      const may = (ahead.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(/\s*,\s*/);
      const refused = names.find((name) => !may.includes(name));
      if (refused !== undefined) throw new Error(`${url.pathname}: blocked, the header ${refused} is not allowed`);
    }
    const response = await fetch(url, { ...init, headers: { ...init.headers, Origin: origin } });
    mustAllow(response, url.pathname);
    return response;
  };
}
