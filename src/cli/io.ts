import type { Api } from '../api/api.js';
import { visible } from '../console.js';
import type { ResolvedTarget } from '../target/index.js';

/** What is asked of `faults run`. */
export interface MatrixCommandOptions {
  api?: string[];
  only?: string;
  jobs: number;
  /** Try only the cases of this shard. */
  shard?: { current: number; total: number };
  /** Try only the cases that hang on files which differ from this Git revision. */
  changed?: string;
  all?: boolean;
  /** Ask each server over HTTP rather than within the process. */
  http?: boolean;
  reports: string;
  /** Try what exploring finds, without any check. */
  explore?: boolean;
  /** How long each server is explored with each seed. */
  seconds: number;
  /** How many seeds. */
  seeds: number;
  /** Try lies about the members of answers instead of faults. */
  lies?: boolean;
  /** With `lies`: keep what came of them beside the schemas. */
  write?: boolean;
  /** Try the checks on the faults that are left to exploring. */
  combined?: boolean;
}

/** What an API's server was seen to do with its documented actions. */
export interface Discovered {
  api: string;
  /** Actions of which each legal call was refused. */
  refused: string[];
  /** Actions that could not be called at the level that the target allows. */
  untried: string[];
}

/** What needs the checks in this process: the faults and their matrix, and finding out what a server has. */
export interface MatrixCommands {
  /**
   * Asks the servers of a target for each documented action, by the checks that are about it. Puts back what it changes. Throws a
   * `UsageError` where a run has the journal of the target.
   */
  discover(target: ResolvedTarget, apis: readonly Api[]): Promise<Discovered[]>;
  /** Prints the seeded faults. */
  listFaults(options: { api?: readonly string[]; json?: boolean }, io: Io): Promise<void>;
  /** Loads the spec files of these APIs; throws a `UsageError` that names one that does not load. */
  loadSpecs(apis: readonly Api[]): Promise<void>;
  /** Runs the matrix, writes `faults.json`, prints the tables; gives the exit code. */
  runFaults(options: MatrixCommandOptions, io: Io): Promise<number>;
}

/** The process around a command line. */
export interface Outside {
  env: Record<string, string | undefined>;
  /** Where relative paths start. */
  cwd: string;
  /** Writes a line for people or machines to standard output. Within a command what a terminal would obey is escaped. */
  out(line: string): void;
  /** Writes a line to standard error, escaped likewise. */
  err(line: string): void;
  /** The names of the APIs that come along. */
  apiNames: readonly string[];
  /** The APIs that come along, loaded when a command is to be done. */
  apis(): Promise<readonly Api[]>;
  /** Where a thread of its own finds those that come along: the URL of a module that exports `apis`. */
  apisAt: string;
  /** The matrix, loaded when it is first asked for: it loads the stub and the whole suite. */
  matrix(): Promise<MatrixCommands>;
}

/** The same process, to which a command writes nothing of others as it is. */
export interface Escaped extends Outside {
  /** Writes to standard output what a renderer has escaped already: its colours stay, and its orders to a CI server. */
  rendered(text: string): void;
}

/** What a command may touch of the process around it, so that tests can run commands in process. */
export interface Io extends Omit<Escaped, 'apiNames' | 'apis'> {
  /** The APIs that are known: those that come along, and those of `--plugin`. */
  apis: readonly Api[];
  /** The modules named by `--plugin`, absolute or package names. */
  plugins: readonly string[];
}

/** All that is written is escaped, for it may quote a server, but for what a renderer made. */
export function escaped(outside: Outside): Escaped {
  return {
    ...outside,
    out: (line) => outside.out(visible(line)),
    err: (line) => outside.err(visible(line)),
    rendered: (text) => outside.out(text),
  };
}

/** The real process, with the APIs that come along. */
export function realProcess(apis: Pick<Outside, 'apiNames' | 'apis' | 'apisAt' | 'matrix'>): Outside {
  // Whoever reads may go away first (`| head`, a parent that dies): that is no error of the command.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    ...apis,
    env: process.env,
    cwd: process.cwd(),
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  };
}
