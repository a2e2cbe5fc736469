import { dirname } from 'node:path';
import type { Target } from '../../types/target.js';
import type { Connection } from '../exchange/connection.js';
import type { ApiName } from '../exchange/index.js';
import { environmentProxy } from './environment-proxy.js';
import { memberOf, type Problem, type TargetApi } from './section.js';
import { joinPath } from './substitute.js';
import { checkTls, readTls } from './tls.js';

type Environment = Record<string, string | undefined>;

/** The members of a target file, at its top and in each section, that say how to get past what stands before a server. */
export type ConnectionMembers = Pick<
  Target,
  'headers' | 'basicAuth' | 'tls' | 'proxy' | 'cookies' | 'userAgent' | 'requestId'
>;

/**
 * The connection of a section: its own members hold before those at the top, of `headers` each header for itself. The files of
 * `tls` must be readable. `source` is the path of the target file.
 */
export function connectionOf(
  top: ConnectionMembers,
  section: ConnectionMembers,
  { api, url, source, env }: { api: ApiName; url: string; source: string; env: Environment },
): Connection {
  const near = <M extends keyof ConnectionMembers>(member: M): ConnectionMembers[M] => section[member] ?? top[member];
  const { basicAuth, tls } = { basicAuth: near('basicAuth'), tls: near('tls') };
  const proxy = near('proxy');
  const from = section.proxy === undefined ? 'proxy' : `${api}.proxy`;
  return {
    headers: {
      ...overridden(top.headers, section.headers),
      ...(basicAuth && { Authorization: `Basic ${base64(`${basicAuth.username}:${basicAuth.password}`)}` }),
    },
    userAgent: near('userAgent'),
    requestId: near('requestId'),
    cookies: near('cookies') === 'session',
    tls: tls && readTls(tls, dirname(source)),
    proxy: proxy === undefined ? environmentProxy(new URL(url), env) : { url: proxy, from },
  };
}

/** The headers of both, of one name those of the second. */
function overridden(
  far: ConnectionMembers['headers'] = {},
  near: ConnectionMembers['headers'] = {},
): Record<string, string> {
  const names = Object.keys(near).map((name) => name.toLowerCase());
  return {
    ...Object.fromEntries(Object.entries(far).filter(([name]) => !names.includes(name.toLowerCase()))),
    ...near,
  };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** Words such as `staging` are no credentials; masked wherever they stand, they would hide evidence. */
const plainWord = /^[a-z]{1,7}$/i;

/** What of a connection must never show, wherever it stands. */
export function secretsOfConnection({ headers, tls, proxy }: Connection): string[] {
  const values = Object.values(headers).filter((value) => !plainWord.test(value));
  return [
    ...values,
    // The scheme of an Authorization is no secret, what follows it is one alone too.
    ...values.flatMap((value) => /^[\w-]+ +(\S{4,})$/.exec(value)?.[1] ?? []),
    ...values.flatMap((value) => /^Basic (.+)$/i.exec(value)?.[1] ?? []).map(passwordOf),
    ...[tls?.passphrase ?? '', tls?.key ?? ''],
    ...(proxy === undefined ? [] : userinfoOf(proxy.url)),
  ];
}

function passwordOf(credentials: string): string {
  return Buffer.from(credentials, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
}

/** The password of a URL, as written, decoded, and as Basic authentication sends it. */
function userinfoOf(url: string): string[] {
  const { username, password } = new URL(url);
  if (password === '') return [];
  try {
    const [name, word] = [decodeURIComponent(username), decodeURIComponent(password)];
    return [password, word, base64(`${name}:${word}`)];
  } catch {
    return [password];
  }
}

/** What the members are checked by. */
interface Means {
  /** The absolute path of the target file. */
  source: string;
  apis: readonly TargetApi[];
  env: Environment;
}

/** What the schema cannot say of the connection members of a file, at its top and in each section. Reads unchecked data. */
export function checkConnections(file: unknown, { source, apis, env }: Means): Problem[] {
  const present = apis.filter(({ name }) => memberOf(file, name) !== undefined);
  return [
    ...checkSettings(file, { path: '', apis: present, source }),
    ...present.flatMap((api) => checkSettings(memberOf(file, api.name), { path: api.name, apis: [api], source })),
    ...present.flatMap(({ name }) => checkTogether(file, name)),
    ...present.flatMap(({ name }) => checkEnvironment(file, name, env)),
  ];
}

/** Where settings stand, and whose requests they are for. */
interface Place {
  path: string;
  apis: readonly TargetApi[];
  source: string;
}

function checkSettings(settings: unknown, place: Place): Problem[] {
  const at = (name: string) => joinPath(place.path, name);
  const text = (name: string) => {
    const value = memberOf(settings, name);
    return typeof value === 'string' ? value : undefined;
  };
  const [proxy, userAgent, requestId] = [text('proxy'), text('userAgent'), text('requestId')];
  const found = [
    ...headersOf(settings).flatMap(({ name, value }) => [
      [at(`headers.${name}`), ownProblem(name, place) ?? (isSendable(value) ? undefined : unsendable)],
    ]),
    [at('requestId'), requestId === undefined ? undefined : ownProblem(requestId, place)],
    [at('userAgent'), userAgent === undefined || isSendable(userAgent) ? undefined : unsendable],
    [at('proxy'), proxy === undefined ? undefined : proxyProblem(proxy)],
    [at('basicAuth'), memberOf(settings, 'basicAuth') === undefined ? undefined : basicAuthProblem(place)],
  ] as const;
  return [
    ...found.flatMap(([path = '', problem]) => (problem === undefined ? [] : [{ path, problem }])),
    ...checkTls(memberOf(settings, 'tls'), { path: at('tls'), folder: dirname(place.source) }),
  ];
}

function headersOf(settings: unknown): { name: string; value: string }[] {
  const headers = memberOf(settings, 'headers');
  if (typeof headers !== 'object' || headers === null) return [];
  return Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : []));
}

/** Headers that HTTP itself or every API here needs. */
const common = [
  'Host',
  'Content-Type',
  'Content-Length',
  'Transfer-Encoding',
  'Connection',
  'Keep-Alive',
  'TE',
  'Trailer',
  'Upgrade',
  'Expect',
];

function ownProblem(name: string, { path, apis: those }: Place): string | undefined {
  const lower = name.toLowerCase();
  if (lower === 'proxy-authorization') {
    return 'this goes to a proxy: write the user name and the password into the URL of proxy, as http://user:password@host:port';
  }
  if (common.some((own) => own.toLowerCase() === lower)) {
    return `each request has a ${name} of its own, which cannot be set: leave it out`;
  }
  const api = ownerOf(name, those);
  if (api === undefined) return undefined;
  const elsewhere = path === '' && those.length > 1 ? 'write it into the sections of the other APIs' : 'leave it out';
  return `${name} is a header of the ${api} API itself, which cannot be set: ${elsewhere}`;
}

/** The name of the API among these that has a header of this name. */
function ownerOf(name: string, those: readonly TargetApi[]): ApiName | undefined {
  const isOwn = (own: string) =>
    own.endsWith('*') ? name.toLowerCase().startsWith(own.slice(0, -1)) : name.toLowerCase() === own;
  return those.find(({ target }) => target.ownHeaders?.some((own) => isOwn(own.toLowerCase())))?.name;
}

/** Whether an API bears its own credentials in Authorization, so that a gateway before it cannot have that header. */
export function needsAuthorization(api: TargetApi): boolean {
  return ownerOf('Authorization', [api]) !== undefined;
}

function basicAuthProblem({ path, apis: those }: Place): string | undefined {
  const api = ownerOf('Authorization', those);
  if (api === undefined) return undefined;
  const others = path === '' && those.length > 1 ? ' For the other APIs, write basicAuth into their sections.' : '';
  return `it is sent as Authorization, which is a header of the ${api} API itself: let the gateway ask for something else, such as a header or a client certificate.${others}`;
}

const unsendable = 'it holds a character that no HTTP header can carry: take out line breaks and the like';

function isSendable(value: string): boolean {
  return !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}

/** The text is never quoted: it may hold a password. */
export function proxyProblem(text: string): string | undefined {
  const mend = 'write one such as http://proxy.example:3128';
  if (!URL.canParse(text) || !text.includes('://')) return `this is no URL: ${mend}`;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:') return `a proxy of the kind ${protocol}// cannot be used: ${mend}`;
  if (pathname.length > 1 || search !== '' || hash !== '') return `it goes on behind host and port: ${mend}`;
  if ((username === '') !== (password === '')) {
    return 'a user name stands in it without a password, or the other way round: write both, as http://user:password@host:port';
  }
  return undefined;
}

/** What two members that meet in one section cannot both say. */
function checkTogether(file: unknown, api: ApiName): Problem[] {
  const section = memberOf(file, api);
  const path = (name: string) => (memberOf(section, name) === undefined ? name : joinPath(api, name));
  const near = (name: string) => memberOf(section, name) ?? memberOf(file, name);
  const names = [...headersOf(file), ...headersOf(section)].map(({ name }) => name.toLowerCase());
  const clash = (member: string, header: unknown) =>
    typeof header === 'string' && names.includes(header.toLowerCase())
      ? [{ path: path(member), problem: `${header} stands in headers too: leave one of them out` }]
      : [];
  return [
    ...(near('basicAuth') === undefined ? [] : clash('basicAuth', 'Authorization')),
    ...(near('userAgent') === undefined ? [] : clash('userAgent', 'User-Agent')),
    ...clash('requestId', near('requestId')),
  ];
}

/** A proxy that only the environment names. */
function checkEnvironment(file: unknown, api: ApiName, env: Environment): Problem[] {
  const url = memberOf(memberOf(file, api), 'url');
  const isNamed = [memberOf(file, api), file].some((place) => memberOf(place, 'proxy') !== undefined);
  if (isNamed || typeof url !== 'string' || !URL.canParse(url)) return [];
  const proxy = environmentProxy(new URL(url), env);
  const problem = proxy && proxyProblem(proxy.url);
  return problem === undefined ? [] : [{ path: `the environment variable ${proxy?.from}`, problem }];
}
