import { createHash } from 'node:crypto';
import { accessSync, appendFileSync, constants, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { OzekiFlags } from './flags.js';

/** What one account's flags on one conversation were before a check changed them. Holds no credential. */
export interface JournalEntry {
  api: 'ozeki';
  /** The account's e-mail address; the target file knows its credentials. */
  account: string;
  conversation: string;
  before: OzekiFlags;
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

/** A journal in a file, one line an event, which several processes may write at once. */
export function createJournal(path: string): Journal {
  const write = (event: 'note' | 'done', entry: JournalEntry) => appendFileSync(path, `${JSON.stringify({ event, entry })}\n`);
  return { note: (entry) => write('note', entry), done: (entry) => write('done', entry) };
}

/** The entries that were noted and not put back, oldest note first. A line cut off by a crash is passed over. */
export function pendingEntries(path: string): JournalEntry[] {
  if (!existsSync(path)) return [];
  const pending = new Map<string, JournalEntry>();
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const read = parseLine(line);
    if (read === undefined) continue;
    const key = `${read.entry.account} ${read.entry.conversation}`;
    if (read.event === 'done') pending.delete(key);
    else if (!pending.has(key)) pending.set(key, read.entry);
  }
  return [...pending.values()];
}

/** Removes the journal where nothing is pending. */
export function tidyJournal(path: string): void {
  if (existsSync(path) && pendingEntries(path).length === 0) rmSync(path);
}

function parseLine(line: string): { event: 'note' | 'done'; entry: JournalEntry } | undefined {
  try {
    const read = JSON.parse(line) as { event: 'note' | 'done'; entry: JournalEntry };
    return typeof read?.entry?.account === 'string' ? read : undefined;
  } catch {
    return undefined;
  }
}
