import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { chosenApis, requirementsOf } from '../../api/api.js';
import { loadSubject } from '../../api/subject.js';
import { UsageError } from '../../errors.js';
import { type Connection, plainConnection } from '../../exchange/connection.js';
import { type RunningProxy, startJudging, startProxy } from '../../proxy/index.js';
import type { Miss, Recorded, VerdictFacts } from '../../recording/index.js';
import { environmentProxy } from '../../target/index.js';
import { normalise } from '../../verdict/fingerprint.js';
import type { Io } from '../io.js';
import { apiOption, parseWhole } from '../options.js';
import { withReports } from '../reports.js';
import { parseAccounts, reportTraffic } from '../traffic.js';

interface ProxyCommandOptions {
  target: URL;
  port: number;
  bind: string;
  keepHost?: boolean;
  connection?: string;
  api?: string[];
  strict?: boolean;
  reports: string;
  targetName?: string;
  accounts?: string[];
  quiet?: boolean;
}

export function registerProxy(program: Command, io: Io): void {
  program
    .command('proxy')
    .description('Passes traffic between a client and a server through as it is, and judges a copy of it.')
    .requiredOption('--target <url>', 'scheme, host and port of the server', parseTarget)
    .option('--port <n>', 'the port to listen at; 0 takes a free one', parseWhole(0, 65535), 8081)
    .option('--bind <address>', 'the address to listen at', '127.0.0.1')
    .option('--keep-host', 'leave the Host header as the client wrote it')
    .option('--connection <file>', 'a target file whose headers, basicAuth, tls and the like get past a gateway')
    .option(...apiOption)
    .option('--strict', 'count a missed SHOULD as a failure')
    .option('--reports <dir>', 'where the reports go', 'reports')
    .option('--target-name <name>', 'the name that the reports give the server; its host where left out')
    .option('--accounts <addresses>', 'e-mail addresses of accounts, to check user ids by, with commas', parseAccounts)
    .option('--quiet', 'print no misses as they come')
    .addHelpText(
      'after',
      `
Runs until Ctrl-C, then writes the reports. Headers and bodies pass as they are, but for Host, which names the
server, and few exceptions, which docs/client-developers.md lists. What cannot pass is answered 4xx or 502.
A server that hands out addresses of its own leads its client past the proxy: with --keep-host it may hand out
that of the proxy.
With --connection the proxy adds what the target file says of the server: headers, basicAuth, tls, proxy, userAgent,
requestId. HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured. Cookies are the client's own to keep.

Exit codes:
  0  no MUST missed (with --strict: no SHOULD either)
  1  at least one missed
  2  nothing passed that could be judged, or the proxy could not start

Examples:
  chat-conformance proxy --target https://staging.example --port 8081
  chat-conformance proxy --target http://127.0.0.1:8080 --port 0 --quiet --reports reports-proxy`,
    )
    .action(async (options: ProxyCommandOptions) => {
      const path = resolve(io.cwd, options.reports);
      const work = () => proxy(options, io);
      io.exitCode = await withReports({ option: '--reports', shown: options.reports, path }, work);
    });
}

function parseTarget(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('It must be an http or https URL, such as https://staging.example.');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw new InvalidArgumentError(`It must end behind host and port, for the path is the client's: ${url.origin}.`);
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('It must hold no credentials: those of the client pass as they are.');
  return url;
}

async function proxy(options: ProxyCommandOptions, io: Io): Promise<number> {
  const { target, port, bind, keepHost, quiet } = options;
  const connection = await connectionFor(options, io);
  const startedAt = Date.now();
  const unjudged = new Map<string, number>();
  const leaveOut = (what: string): void => void unjudged.set(what, (unjudged.get(what) ?? 0) + 1);
  const facts = (): VerdictFacts => ({
    name: options.targetName ?? target.host,
    strict: options.strict === true,
    startedAt,
    durationMs: Date.now() - startedAt,
  });
  let served: RunningProxy;
  try {
    const take = (passed: Recorded): void => {
      if (!judging.take(passed)) leaveOut('came faster than it could be judged');
    };
    served = await startProxy({ target, port, bind, keepHost, connection, take, unjudged: leaveOut });
  } catch (error) {
    throw new UsageError(`--port ${port}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const judging = startJudging({
    apisAt: io.apisAt,
    plugins: io.plugins,
    folder: io.cwd,
    only: options.api && chosenApis(io.apis, options.api).map(({ name }) => name),
    emails: options.accounts,
    ...(quiet !== true && { onMiss: createTeller(io) }),
  });
  io.out(`The proxy listens at ${served.url} and passes on to ${target.origin}. Stop it with Ctrl-C for the reports.`);
  await untilStopped();
  await served.close();
  const notes = [...unjudged].map(([what, count]) => `not judged, ${count} times: what ${what}`);
  return await reportTraffic(await judging.verdict(facts(), notes), options.reports, io, options.api);
}

/** How the server is reached: as the target file says of it, or as the environment does. */
async function connectionFor({ target, connection: file, api }: ProxyCommandOptions, io: Io): Promise<Connection> {
  const byEnvironment = environmentProxy(target, io.env);
  const plain = { ...plainConnection, ...(byEnvironment && { proxy: byEnvironment }) };
  if (file === undefined) return plain;
  const { target: own } = await loadSubject(resolve(io.cwd, file), io.apis, io.env);
  const names = Object.keys(own.sections).filter((name) => api?.includes(name) ?? true);
  const isHere = (name: string) => new URL(own.sections[name]?.url ?? '').origin === target.origin;
  const meant = names.some(isHere) ? names.filter(isHere) : names;
  const ways = new Map(meant.map((name) => [JSON.stringify(own.connections[name]), own.connections[name]]));
  if (ways.size > 1)
    throw new UsageError(
      `--connection ${file}: ${meant.join(', ')} are reached in different ways. Name one with --api.`,
    );
  return [...ways.values()][0] ?? plain;
}

const shownOfAKind = 3;
const longestLine = 300;

/** Prints misses, one line each; of one kind the first few. */
function createTeller(io: Io): (miss: Miss) => void {
  const levels = new Map(requirementsOf(io.apis).map(({ id, level }) => [id, level]));
  const kinds = new Map<string, number>();
  return ({ requirement, finding, api, action, place }) => {
    const kind = `${requirement}\n${normalise(finding.message)}`;
    const count = (kinds.get(kind) ?? 0) + 1;
    kinds.set(kind, count);
    if (count > shownOfAKind) return;
    const found = finding.found === undefined ? '' : ` (found ${finding.found})`;
    const more = count === shownOfAKind ? '; further ones like it are only counted' : '';
    const what = `${finding.message}${found}`.replace(/\s+/g, ' ');
    const line = `${levels.get(requirement)} ${requirement}  ${api} ${action}, ${place}: ${what}`;
    io.out(`${line.slice(0, longestLine)}${more}`);
  };
}

async function untilStopped(): Promise<void> {
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop());
  });
}
