import { resolve } from 'node:path';
import { chosenApis, requirementsOf } from '../../api/api.js';
import { loadSubject } from '../../api/subject.js';
import { UsageError } from '../../errors.js';
import { type Connection, plainConnection } from '../../exchange/connection.js';
import { type RunningProxy, startJudging, startProxy } from '../../proxy/index.js';
import type { Miss, Recorded, VerdictFacts } from '../../recording/index.js';
import { environmentProxy } from '../../target/index.js';
import { normalise } from '../../verdict/fingerprint.js';
import type { Io } from '../io.js';
import { withReports } from '../reports.js';
import { reportTraffic } from '../traffic.js';

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

/** Passes traffic through and judges it until it is stopped. Gives the exit code. */
export function proxy(options: ProxyCommandOptions, io: Io): Promise<number> {
  const output = { option: '--reports', shown: options.reports, path: resolve(io.cwd, options.reports) };
  return withReports(output, () => passOn(options, io));
}

async function passOn(options: ProxyCommandOptions, io: Io): Promise<number> {
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
