/** What stands before a server, or in its place: run and doctor must say the same of it, and name it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiNamed } from '../../apis/index.js';
import { createEnvironment } from '../../src/environment/environment.js';
import type { ServedStub } from '../../src/stub/index.js';
import { exitCode, type Verdict } from '../../src/verdict/index.js';
import type { Target } from '../../types/target.js';
import { loadTarget, preflight } from '../apis.js';
import { command, folder } from '../cli/command.js';
import { before, healthyStub, says } from '../doctor/front.js';
import { long } from '../long.js';
import { verdictOn } from '../matrix/checks.js';
import { expect, test } from '../test.js';
import { createIssuer, type Issuer, selfSigned } from '../transport/certificates.js';
import { type Listening, serveHttp2, serveProxy, serveTls, type TestProxy } from '../transport/gateways.js';
import {
  answers,
  answersHtml,
  type Behaviour,
  type HostileServer,
  neverAnswers,
  refusesConnections,
  serve,
} from '../transport/hostile-servers.js';
import { start, verdictIn, writeTarget } from './runs.js';

/** Rows that name no API take turns with these. */
const apis = ['ozeki', 'genesys', 'relation'];

/** What a row needs: the place of its target file, and servers that end with the test. */
interface Means {
  stub: ServedStub;
  issuer: Issuer;
  use<S extends HostileServer | Listening | TestProxy>(server: Promise<S>): Promise<S>;
  /** Writes a file beside the target file and gives its name. */
  file(name: string, text: string): string;
}

interface Environment {
  what: string;
  /** Sets the environment up; gives the address of the server and what else the target file says. */
  set(means: Means): Promise<{ url: string; change?(target: Target): void }>;
  /** The exit code of both. */
  code: 0 | 1 | 2;
  /** What both must name. */
  names?: RegExp;
  /** Asked about these; one of all in turn where left out. */
  apis?: string[];
  /** Judged by the check of this requirement, where any is judged. */
  only?: string;
  /** By a run of the command rather than in the process. */
  byRun?: boolean;
  /** Waited for many seconds. */
  isSlow?: boolean;
}

/** Everybody is answered in this way. */
const page =
  (behaviour: Behaviour): Environment['set'] =>
  async ({ use }) => ({ url: (await use(serve(behaviour))).url });

const html = (title: string) => `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`;
const htmlPage = (title: string, status = 200, headers: Record<string, string> = {}): Environment['set'] =>
  page(answers(html(title), status, { 'content-type': 'text/html', ...headers }));

const redirect = (status: number, to: (path: string) => string): Environment['set'] =>
  page((request, response) => response.writeHead(status, { location: to(request.url ?? '') }).end());

const demandsCertificate =
  (version: 'TLSv1.2' | 'TLSv1.3', given?: 'foreign'): Environment['set'] =>
  async ({ use, issuer, file }) => {
    const server = await issuer.issue('localhost');
    const tls = { ...server, ca: issuer.cert, requestCert: true, rejectUnauthorized: true };
    const { port } = await use(
      serveTls({ ...tls, minVersion: version, maxVersion: version }, (_, answer) => answer.end()),
    );
    const ca = file('ca.pem', issuer.cert);
    const client = await selfSigned('somebody');
    const own = { cert: file('client.pem', client.cert), key: file('client.key', client.key) };
    return {
      url: `https://127.0.0.1:${port}`,
      change: (target) => {
        target.tls = given === undefined ? { ca } : { ca, ...own };
      },
    };
  };

/** An HTTPS server with a certificate of the issuer that the target trusts, or of nobody. */
const certified =
  (host: string, { days, trusted = true }: { days?: number; trusted?: boolean } = {}): Environment['set'] =>
  async ({ use, issuer, file }) => {
    const { port } = await use(serveTls(await issuer.issue(host, { days }), (_, answer) => answer.end()));
    const ca = file('ca.pem', issuer.cert);
    return {
      url: `https://127.0.0.1:${port}`,
      change: (target) => {
        if (trusted) target.tls = { ca };
      },
    };
  };

/** A proxy, for a host that only it knows. */
const throughProxy =
  (scheme: 'http' | 'https', options: { refuse?: number; auth?: string; dead?: boolean }): Environment['set'] =>
  async ({ use, stub }) => {
    const { port } = await use(serveProxy({ to: Number(new URL(stub.url).port), ...options }));
    const proxy = options.dead ? await refusesConnections() : `http://127.0.0.1:${port}`;
    return {
      url: `${scheme}://staging.example.test`,
      change: (target) => {
        target.proxy = proxy;
      },
    };
  };

const changed =
  (change: (target: Target) => void): Environment['set'] =>
  async ({ stub }) => ({ url: stub.url, change });

const environments: Environment[] = [
  { what: 'a healthy server', set: changed(() => {}), code: 0, apis: ['relation'], only: 'RE-LIST-2', byRun: true },
  ...[301, 302, 307, 308].map((status) => ({
    what: `${status} to another host`,
    set: redirect(status, (path) => `https://moved.example.test${path}`),
    code: 2 as const,
    names: new RegExp(
      `HTTP ${status}, a redirect to https://moved\\.example\\.test/.*: write https://moved\\.example\\.test\\S* as \\w+\\.url`,
    ),
  })),
  {
    what: '302 to a sign-in page',
    set: redirect(302, (path) => `https://sso.example.test/login?ticket=canary&next=${encodeURIComponent(path)}`),
    code: 2,
    names: /a redirect to https:\/\/sso\.example\.test\/login: .*sign-in.*headers, basicAuth, tls or cookies/,
  },
  {
    what: 'a sign-in page with status 200',
    set: htmlPage('Sign in'),
    code: 2,
    names: /HTTP 200 with a page titled "Sign in"/,
  },
  {
    what: '401 Basic',
    set: htmlPage('No', 401, { 'www-authenticate': 'Basic realm="staging"' }),
    code: 2,
    names: /HTTP 401 .*WWW-Authenticate: Basic realm="staging".*: write basicAuth into the target file/,
    apis: ['ozeki', 'genesys'],
  },
  {
    what: '401 Basic before an API that needs Authorization itself',
    set: htmlPage('No', 401, { 'www-authenticate': 'Basic realm="staging"' }),
    code: 2,
    names:
      /WWW-Authenticate: Basic realm="staging".*: let the gateway ask for something else, for the API needs Authorization itself/,
    apis: ['relation'],
  },
  {
    what: '401 Negotiate',
    set: htmlPage('No', 401, { 'www-authenticate': 'Negotiate' }),
    code: 2,
    names: /WWW-Authenticate: Negotiate.*headers/,
  },
  {
    what: '403 with a page',
    set: htmlPage('Blocked', 403, { server: 'shield', via: '1.1 edge' }),
    code: 2,
    names: /HTTP 403 with a page titled "Blocked" \[Server: shield, Via: 1\.1 edge\]/,
  },
  {
    what: '407 of a server',
    set: htmlPage('No', 407, { 'proxy-authenticate': 'Basic realm="corp"' }),
    code: 2,
    names: /HTTP 407 .*Proxy-Authenticate: Basic realm="corp".*: write the proxy/,
  },
  { what: '500 with a page', set: htmlPage('Oops', 500), code: 2, names: /HTTP 500 with a page titled "Oops"/ },
  ...[502, 503, 504].map((status) => ({
    what: `${status} with a page`,
    set: htmlPage('Down', status, { 'retry-after': '0', server: 'front' }),
    code: 2 as const,
    names: new RegExp(`a gateway error: ${status}.*Server: front`),
  })),
  {
    what: 'a captive portal, 511',
    set: htmlPage('Login to WiFi', 511),
    code: 2,
    names: /HTTP 511.*sign in to this network/,
  },
  {
    what: 'a captive portal, 302',
    set: redirect(302, () => 'http://portal.example.test/'),
    code: 2,
    names: /a redirect to http:\/\/portal\.example\.test\//,
  },
  {
    what: 'a client certificate is demanded, TLS 1.2',
    set: demandsCertificate('TLSv1.2'),
    code: 2,
    names: /demands a client certificate.*tls\.cert/,
  },
  {
    what: 'a client certificate is demanded, TLS 1.3',
    set: demandsCertificate('TLSv1.3'),
    code: 2,
    names: /demands a client certificate.*tls\.cert/,
  },
  {
    what: 'a foreign client certificate, TLS 1.2',
    set: demandsCertificate('TLSv1.2', 'foreign'),
    code: 2,
    names: /client certificate/,
  },
  {
    what: 'a foreign client certificate, TLS 1.3',
    set: demandsCertificate('TLSv1.3', 'foreign'),
    code: 2,
    names: /client certificate/,
  },
  {
    what: 'a client certificate is demanded by HTTP',
    set: htmlPage('400 No required SSL certificate was sent', 400, { server: 'nginx' }),
    code: 2,
    names: /No required SSL certificate was sent.*tls\.cert/,
  },
  {
    what: 'HTTP/2 only',
    set: async ({ use, issuer, file }) => {
      const { port } = await use(serveHttp2(await issuer.issue('localhost')));
      const ca = file('ca.pem', issuer.cert);
      return {
        url: `https://127.0.0.1:${port}`,
        change: (target) => {
          target.tls = { ca };
        },
      };
    },
    code: 2,
    names: /no protocol in common with HTTP\/1\.1.*\(h2\)/,
  },
  {
    what: 'a self-signed certificate',
    set: async ({ use }) => {
      const { port } = await use(serveTls(await selfSigned(), (_, answer) => answer.end()));
      return { url: `https://127.0.0.1:${port}` };
    },
    code: 2,
    names: /a self-signed TLS certificate.*tls\.ca/,
  },
  {
    what: 'an unknown issuer',
    set: certified('localhost', { trusted: false }),
    code: 2,
    names: /unknown issuer \(unknown CA\).*tls\.ca/,
  },
  {
    what: 'a certificate for another host',
    set: certified('other.example.test'),
    code: 2,
    names: /certificate for another host \(.*other\.example\.test\).*tls\.serverName/,
  },
  {
    what: 'an expired certificate',
    set: certified('localhost', { days: -1 }),
    code: 2,
    names: /an expired TLS certificate/,
  },
  {
    what: 'HTTP on a port for which https is written',
    set: async ({ stub }) => ({ url: stub.url.replace('http:', 'https:') }),
    code: 2,
    names: /answers no TLS.*write http:\/\/ instead of https:\/\//,
  },
  {
    what: 'TLS on a port for which http is written',
    set: async ({ use, issuer }) => {
      const { port } = await use(serveTls(await issuer.issue('localhost'), (_, answer) => answer.end()));
      return { url: `http://127.0.0.1:${port}` };
    },
    code: 2,
    names: /speaks TLS on this port.*write https:\/\/ instead of http:\/\//,
  },
  {
    what: 'TLS on a port for which http is written, told by HTTP',
    set: htmlPage('400 The plain HTTP request was sent to HTTPS port', 400),
    code: 2,
    names: /plain HTTP request was sent to HTTPS port.*write https:\/\//,
  },
  {
    what: 'nobody listens',
    set: async () => ({ url: await refusesConnections() }),
    code: 2,
    names: /refuses connections \(ECONNREFUSED\)/,
  },
  {
    what: 'an unknown host',
    set: async () => ({ url: 'http://no-such-host.invalid' }),
    code: 2,
    names: /is not known to DNS/,
  },
  {
    what: 'wrong credentials: Ozeki',
    set: changed(({ ozeki }) => {
      for (const { alice } of ozeki?.pairs ?? []) alice.apikey = 'canary-apikey';
    }),
    code: 2,
    names: /ozeki\.pairs\[0\]\.alice .* is refused by Login/,
    apis: ['ozeki'],
  },
  {
    what: 'wrong credentials: Relation',
    set: changed(({ relation }) => {
      if (relation !== undefined) relation.member.token = 'canary-token';
    }),
    code: 2,
    names: /relation\.member .* is refused by Unread count/,
    apis: ['relation'],
  },
  {
    what: 'an unknown tenant: Genesys',
    set: async ({ use, stub }) => {
      const refusing = await use(
        before(stub, ({ path }) => (path.endsWith('/chats') ? says({ statusCode: 2 }) : undefined)),
      );
      return { url: refusing.url };
    },
    code: 2,
    names: /genesys\.tenantName is refused by Request Chat/,
    apis: ['genesys'],
  },
  {
    what: 'no permission to judge anything: Genesys',
    set: changed((target) => {
      target.allow = 'read';
    }),
    code: 2,
    names: /needs? "allow": "write"|leaves no MUST of genesys|no MUST/,
    apis: ['genesys'],
    isSlow: true,
  },
  ...(['http', 'https'] as const).flatMap((scheme): Environment[] => [
    {
      what: `a proxy that is not there, ${scheme}`,
      set: throughProxy(scheme, { dead: true }),
      code: 2,
      names: /[Tt]he proxy 127\.0\.0\.1:\d+ \(proxy\) refuses connections.*start the proxy, or mend proxy/,
    },
    {
      what: `a proxy that refuses, ${scheme}`,
      set: throughProxy(scheme, { refuse: 403 }),
      code: 2,
      names: /proxy .* does not connect to staging\.example\.test \(403\)|HTTP 403 .*through the proxy/,
    },
    {
      what: `a proxy that wants a password, ${scheme}`,
      set: throughProxy(scheme, { auth: 'user:pass' }),
      code: 2,
      names: /proxy .* asks for a user name and a password \(407\).*name:password@host:port/,
    },
  ]),
  {
    what: 'a first byte that comes late, in time',
    set: async ({ use, stub }) => {
      let asked = 0;
      const slow = await use(
        serve((_request, response, seen) => {
          asked += 1;
          setTimeout(() => forward(stub, seen, response), asked < 5 ? 700 : 0);
        }),
      );
      return {
        url: slow.url,
        change: (target) => {
          target.timeoutMs = 5000;
        },
      };
    },
    isSlow: true,
    code: 0,
    apis: ['relation'],
    only: 'RE-LIST-2',
  },
  {
    what: 'a first byte that comes too late',
    set: async ({ use }) => ({
      url: (await use(serve(neverAnswers))).url,
      change: (target) => {
        target.timeoutMs = 300;
      },
    }),
    code: 1,
    names: /no complete answer/,
    apis: ['relation'],
    only: 'RE-LIST-2',
  },
  { what: 'an empty body with status 200', set: page(answers('', 200)), code: 2, names: /HTTP 200 with no body/ },
  {
    what: 'text with status 200',
    set: page(answers('It works!', 200)),
    code: 2,
    names: /HTTP 200 with the text "It works!"/,
  },
  {
    what: '404 with a page',
    set: htmlPage('404 Not Found', 404, { server: 'front' }),
    code: 2,
    names: /HTTP 404 with a page titled "404 Not Found" \[Server: front\]: check the path of \w+\.url/,
  },
  {
    what: '404 with the JSON of a gateway',
    set: page(answers('{"message":"no Route matched with those values"}', 404)),
    code: 2,
    names: /HTTP 404 with JSON that is none of the API's .*no Route matched/,
  },
  {
    what: '401 with the JSON of a gateway',
    set: page(answers('{"statusCode":401,"message":"Access denied due to missing subscription key."}', 401)),
    code: 2,
    names: /HTTP 401 with JSON that is none of the API's/,
  },
  {
    what: 'one action that answers a page',
    set: async ({ use, stub }) => {
      const broken = await use(before(stub, ({ path }) => (path.includes('unreadCount') ? answersHtml : undefined)));
      return { url: broken.url };
    },
    code: 1,
    names: /HTML/,
    apis: ['relation'],
    only: 'RE-UNREAD-1',
    byRun: true,
  },
  {
    what: 'one action that redirects',
    set: async ({ use, stub }) => {
      const away: Behaviour = (_request, response) => response.writeHead(302, { location: '/login' }).end();
      const broken = await use(before(stub, ({ path }) => (path.includes('unreadCount') ? away : undefined)));
      return { url: broken.url };
    },
    code: 1,
    names: /HTTP 302/,
    apis: ['relation'],
    only: 'RE-UNREAD-1',
  },
  {
    what: 'JSON of nobody with status 200',
    set: page(answers('{"ok":true}')),
    code: 1,
    apis: ['relation'],
    only: 'RE-LIST-2',
  },
];

/** Passes a request on to the stub. */
function forward(stub: ServedStub, seen: Parameters<Behaviour>[2], response: Parameters<Behaviour>[1]): void {
  const { method, path, body } = seen;
  const headers = Object.entries(seen.headers).filter(([name]) =>
    /^(ozeki-|content-type|apikey|authorization)/.test(name),
  );
  fetch(`${stub.url}${path}`, { method, headers: headers as [string, string][], ...(body === '' ? {} : { body }) })
    .then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    })
    .catch(() => response.destroy());
}

let made: Promise<Issuer> | undefined;

/** Keys take a while to make. */
function issuer(): Promise<Issuer> {
  made ??= createIssuer();
  return made;
}

interface Judging extends Pick<Environment, 'only' | 'byRun' | 'code'> {
  place: string;
  chosen: readonly string[];
  args: readonly string[];
}

/** The verdict of a run, with its exit code and all that it said. */
async function judged({ place, chosen, args, code, only = '', byRun = false }: Judging) {
  // What cannot be judged ends before Playwright starts, so a process of its own would show nothing more.
  if (code !== 2 && !byRun) {
    const verdict = await verdictOnOne(join(place, 'target.json'), chosen[0] ?? '', only);
    return { verdict, code: exitCode(verdict), said: wordsOf(verdict) };
  }
  const run = ['run', ...args, '--no-html'];
  const ended = await (byRun ? start(place, [...run, '--workers', '1', '--only', only]).ended : command(run));
  const verdict = verdictIn(place, chosen);
  return { verdict, code: ended.code, said: [ended.out, ended.err, wordsOf(verdict)].join('\n') };
}

/** What a run of one requirement says, judged in this process. */
async function verdictOnOne(file: string, name: string, only: string): Promise<Verdict> {
  const target = loadTarget(file);
  expect(await preflight(target, [name])).toEqual({ ok: true });
  const api = apiNamed(name);
  return verdictOn(api, createEnvironment(target, { apis: [api] }), ({ id }) => id === only);
}

function wordsOf({ reason, requirements }: Verdict): string {
  return [reason, ...requirements.map((requirement) => requirement.reason)].join('\n');
}

test.describe.configure({ timeout: 240_000 });

for (const [index, { what, set, code, names, isSlow, ...row }] of environments.entries()) {
  const chosen = row.apis ?? apis.slice(index % apis.length).slice(0, 1);
  test(`run and doctor agree: ${what}`, isSlow || row.byRun ? long : {}, async () => {
    const place = folder();
    const servers: AsyncDisposable[] = [];
    await using stub = await healthyStub();
    try {
      const { url, change } = await set({
        stub,
        issuer: await issuer(),
        async use(server) {
          servers.push(await server);
          return server;
        },
        file(name, text) {
          writeFileSync(join(place, name), text);
          return name;
        },
      });
      writeTarget(place, url, (target) => {
        target.allow = 'write';
        target.timeoutMs = 2000;
        target.ozeki?.pairs.splice(1);
        change?.(target);
      });
      const args = ['--target', 'target.json', '--api', chosen.join()];
      const asked = await command(['doctor', ...args]);
      const { verdict, code: ended, said } = await judged({ place, chosen, args, code, ...row });
      expect({ run: ended, doctor: asked.code }, `${said}\n${asked.out}`).toEqual({ run: code, doctor: code });
      expect(verdict.verdict).toBe(code === 0 ? verdict.verdict : code === 1 ? 'non-conformant' : 'unjudged');
      if (names !== undefined) {
        expect(asked.out).toMatch(names);
        expect(said).toMatch(names);
      }
      expect(said + asked.out + JSON.stringify(verdict)).not.toMatch(/canary/);
    } finally {
      for (const server of servers) await server[Symbol.asyncDispose]();
    }
  });
}
