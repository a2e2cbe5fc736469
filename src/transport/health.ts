/** The circuit breaker: what has hung or died is not tried over and over, so a run against it ends in bounded time. */
import { appendFileSync, closeSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Blame } from './failure.js';

/**
 * How a request ended. `complete`: an answer of the server. `hung`: no complete answer in (about) the whole time allowed.
 * `reset`: the connection broke. `refused`: no connection could be made. `busy`: 429, 502, 503 or 504 to the last retry.
 */
export type Outcome = 'complete' | 'hung' | 'reset' | 'refused' | 'busy';

export interface Health {
  /** Why this action of this host is not to be tried, or `undefined` where it may be. */
  stopped(host: string, action: string): { blame: Blame; reason: string } | undefined;
  /** Whether a 429 or gateway error of this action is still worth a retry. */
  worthRetrying(host: string, action: string): boolean;
  note(host: string, action: string, outcome: Outcome): void;
}

/** An action may hang this often, with no success of its own in between. */
const MAX_HANGS = 2;
/** A host may fail this often in a row. */
const MAX_FAILURES = 5;
/** An action may use up all its retries this often in a row; then each request is sent once. */
const MAX_BUSY = 2;

interface Entry {
  host: string;
  action: string;
  outcome: Outcome;
}

interface HostState {
  answered: boolean;
  /** It hung or broke a connection. */
  misbehaved: boolean;
  failures: number;
  /** The actions of the failures in a row. */
  actions: Set<string>;
}

/**
 * Keeps count of how requests end. With a `folder` (of this run) the counts are shared by all processes that name it, and
 * survive the restart of a worker; without, they are this object's own. `action` is any stable name; the sentence shows what
 * follows its last full stop, so `ozeki.clear` reads `clear`.
 *
 * One action that breaks again and again does not condemn its host: the failures in a row must be of two actions at least,
 * unless no connection could be made at all.
 */
export function createHealth({ folder }: { folder?: string } = {}): Health {
  const hosts = new Map<string, HostState>();
  const hangs = new Map<string, number>();
  const busy = new Map<string, number>();
  const hostOf = (host: string): HostState => {
    const known = hosts.get(host) ?? { answered: false, misbehaved: false, failures: 0, actions: new Set<string>() };
    hosts.set(host, known);
    return known;
  };

  const apply = ({ host, action, outcome }: Entry): void => {
    const state = hostOf(host);
    const key = `${host} ${action}`;
    if (outcome === 'complete' || outcome === 'busy') {
      state.failures = 0;
      state.actions.clear();
    } else {
      state.failures += 1;
      state.actions.add(action);
      // Where no connection can be made, no action can be meant.
      if (outcome === 'refused') state.actions.add('');
    }
    if (outcome === 'complete') {
      state.answered = true;
      hangs.delete(key);
      busy.delete(key);
    }
    if (outcome === 'busy') busy.set(key, (busy.get(key) ?? 0) + 1);
    if (outcome === 'hung') hangs.set(key, (hangs.get(key) ?? 0) + 1);
    if (outcome === 'hung' || outcome === 'reset') state.misbehaved = true;
  };
  const log = folder === undefined ? undefined : openLog(join(folder, 'health.jsonl'), apply);

  return {
    stopped(host, action) {
      log?.read();
      const count = hangs.get(`${host} ${action}`) ?? 0;
      if (count >= MAX_HANGS) {
        const name = action.slice(action.lastIndexOf('.') + 1);
        return { blame: 'server', reason: `not tried again: ${name} gave no complete answer ${count} times` };
      }
      const state = hostOf(host);
      if (state.failures < MAX_FAILURES || state.actions.size < 2) return undefined;
      const blame = state.answered || state.misbehaved ? 'server' : 'environment';
      return { blame, reason: `not tried: ${host} gave no complete answer ${state.failures} times in a row` };
    },
    worthRetrying(host, action) {
      log?.read();
      return (busy.get(`${host} ${action}`) ?? 0) < MAX_BUSY;
    },
    note(host, action, outcome) {
      log?.read();
      const state = hostOf(host);
      const key = `${host} ${action}`;
      // A success among successes changes nothing, so it costs no write.
      if (outcome === 'complete' && state.answered && state.failures === 0 && !hangs.has(key) && !busy.has(key)) return;
      const entry = { host, action, outcome };
      if (!log?.write(entry)) apply(entry);
    },
  };
}

/** A file to which all processes append lines; each reads what is new, its own lines too, so all count alike. */
function openLog(path: string, apply: (entry: Entry) => void): { read(): void; write(entry: Entry): boolean } {
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(path, '');
  let offset = 0;
  let rest = '';
  const read = (): void => {
    try {
      const file = openSync(path, 'r');
      try {
        const size = fstatSync(file).size;
        if (size <= offset) return;
        const buffer = Buffer.alloc(size - offset);
        offset += readSync(file, buffer, 0, buffer.length, offset);
        const lines = (rest + buffer.toString('utf8')).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) apply(JSON.parse(line) as Entry);
      } finally {
        closeSync(file);
      }
    } catch {
      // A folder that went away costs only the shared view: entries are then counted by this process alone.
    }
  };
  return {
    read,
    write(entry) {
      try {
        // One short append is one write, so lines of several processes do not mix.
        appendFileSync(path, `${JSON.stringify(entry)}\n`, { flag: 'a' });
      } catch {
        return false;
      }
      read();
      return true;
    },
  };
}
