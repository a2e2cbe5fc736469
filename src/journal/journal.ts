import { createHash } from 'node:crypto';
import { accessSync, appendFileSync, constants, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { OzekiFlags } from '../../apis/ozeki/flags.js';

/** What one account's flags on one conversation were before a check changed them. Holds no credential. */
export interface JournalEntry {
  api: 'ozeki';
  /** The account's e-mail address; the target file knows its credentials. */
  account: string;
  conversation: string;
  before: OzekiFlags;
}

/** The process that noted an entry. */
export interface Writer {
  machine: string;
  pid: number;
  /** When it started, epoch milliseconds: a later process may bear the same number. */
  since: number;
}

/** An entry that was noted and not put back. */
export interface PendingEntry extends JournalEntry {
  writer: Writer;
  /** Epoch milliseconds. */
  notedAt: number;
}

/** Remembers what must be put back, in a file where a run may be killed. */
export interface Journal {
  /** Must return before the change is sent. */
  note(entry: JournalEntry): void;
  /** What the entry describes has been put back. */
  done(entry: JournalEntry): void;
}

/** A journal that nothing outlives, for servers that end with the process. */
export const memoryJournal: Journal = { note: () => {}, done: () => {} };

/**
 * The journal of a target file: beside it, or in the folder for temporary files where its own folder cannot be written.
 * @param targetFile absolute path of the target file
 */
export function journalPath(targetFile: string): string {
  try {
    accessSync(dirname(targetFile), constants.W_OK);
    return `${targetFile}.journal.jsonl`;
  } catch {
    const name = createHash('sha256').update(targetFile).digest('hex').slice(0, 16);
    return join(tmpdir(), `chat-conformance-${basename(targetFile)}-${name}.journal.jsonl`);
  }
}

/** This process, as it signs its lines. */
export const self: Writer = { machine: hostname(), pid: process.pid, since: Math.round(performance.timeOrigin) };

interface Line {
  event: 'note' | 'done';
  entry: JournalEntry;
  writer: Writer;
  at: number;
}

/** A journal in a file, one line an event, which several processes may write at once. */
export function createJournal(path: string): Journal {
  return {
    note: (entry) => append(path, 'note', entry, self),
    done: (entry) => append(path, 'done', entry, self),
  };
}

/** Takes note that these have been put back, whoever noted them. */
export function settle(path: string, entries: readonly PendingEntry[]): void {
  for (const entry of entries) append(path, 'done', entry, entry.writer);
}

function append(path: string, event: 'note' | 'done', entry: JournalEntry, writer: Writer): void {
  const { api, account, conversation, before } = entry;
  const line: Line = { event, entry: { api, account, conversation, before }, writer, at: Date.now() };
  // One short append is one write, so lines of several processes do not mix.
  appendFileSync(path, `${JSON.stringify(line)}\n`);
}

/**
 * The entries that were noted and not put back, oldest note first. A line cut off by a crash is passed over. That an entry is done
 * settles only the note of the same state by the same process: what another process could not put back stays pending.
 */
export function pendingEntries(path: string): PendingEntry[] {
  const pending = new Map<string, PendingEntry>();
  for (const text of readJournal(path).split('\n')) {
    const line = parseLine(text);
    if (line === undefined) continue;
    const { entry, writer, at } = line;
    const key = keyOf({ ...entry, writer });
    if (line.event === 'done') pending.delete(key);
    else if (!pending.has(key)) pending.set(key, { ...entry, writer, notedAt: at });
  }
  return [...pending.values()];
}

/** What tells one pending entry from another. */
export function keyOf({ account, conversation, before, writer }: Pick<PendingEntry, 'writer'> & JournalEntry): string {
  return JSON.stringify([account, conversation, before, writer.machine, writer.pid, writer.since]);
}

/** Removes the journal where nothing is pending. What another process notes at the same moment is kept. */
export function tidyJournal(path: string): void {
  if (!existsSync(path) || pendingEntries(path).length > 0) return;
  const aside = `${path}.${self.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    // Another process was quicker.
    return;
  }
  for (const entry of pendingEntries(aside)) append(path, 'note', entry, entry.writer);
  rmSync(aside);
}

function readJournal(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function parseLine(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Line;
    return typeof line?.entry?.account === 'string' && typeof line.writer?.pid === 'number' ? line : undefined;
  } catch {
    return undefined;
  }
}
