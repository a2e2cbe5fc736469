import { createHash } from 'node:crypto';
import { accessSync, appendFileSync, constants, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileProblem, UsageError } from '../errors.js';
import type { ApiName } from '../exchange/index.js';
import { isSame, type ProcessIdentity, self, standingOf } from '../processes/identity.js';
import { describeTarget, findJsonError, type ResolvedTarget } from '../target/index.js';

/** What something of one account was before a check changed it. Holds no credential. */
export interface JournalEntry {
  api: ApiName;
  /** The name of the account; the target file knows its credentials. */
  account: string;
  /** What was changed, such as the id of a conversation. */
  subject: string;
  /** Its state, in the form that its API gave it and puts back. */
  before: unknown;
  /** The URL of the server, without credentials; absent in journals of older versions. */
  server?: string;
}

/** An entry that was noted and not put back. */
export interface PendingEntry extends JournalEntry {
  writer: ProcessIdentity;
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

/** The journal for changes on the servers of a target: in its file, or in memory for a stub. */
export function journalOf(target: ResolvedTarget): Journal {
  return target.source === 'stub'
    ? memoryJournal
    : createJournal(journalPath(target.source), describeTarget(target).urls);
}

interface Line {
  event: 'note' | 'done';
  entry: JournalEntry;
  writer: ProcessIdentity;
  at: number;
}

/**
 * A journal in a file, one line an event, which several processes may write at once.
 * @param servers the URL of each API's server, for what is noted here must not be put back on another
 */
export function createJournal(path: string, servers: Readonly<Partial<Record<ApiName, string>>> = {}): Journal {
  const append = (event: Line['event'], entry: JournalEntry): void => {
    const server = entry.server ?? servers[entry.api];
    appendLine(path, {
      event,
      entry: server === undefined ? entry : { ...entry, server },
      writer: self,
      at: Date.now(),
    });
  };
  return { note: (entry) => append('note', entry), done: (entry) => append('done', entry) };
}

/** Takes note that these have been put back, whoever noted them. */
export function settle(path: string, entries: readonly PendingEntry[]): void {
  for (const { writer, notedAt: _then, ...entry } of entries)
    appendLine(path, { event: 'done', entry, writer, at: Date.now() });
}

function appendLine(path: string, { event, entry, writer, at }: Line): void {
  const { api, account, subject, before, server } = entry;
  const line: Line = {
    event,
    entry: { api, account, subject, before, ...(server !== undefined && { server }) },
    writer,
    at,
  };
  // One short append is one write, so lines of several processes do not mix. The first break ends what a crash cut off.
  appendFileSync(path, `\n${JSON.stringify(line)}\n`, { mode: 0o600 });
}

/** What a journal says, as far as it can be read. */
export interface JournalContent {
  /** What was noted and not put back, oldest note first. */
  pending: PendingEntry[];
  /** What cannot be believed, each in a sentence with its line. Where there is any, nothing may be taken away from the file. */
  problems: string[];
}

/** Clocks of machines that share a journal may differ by so much. */
const CLOCKS_APART_MS = 10 * 60 * 1000;

/**
 * Reads a journal; one that is not there says nothing. A line that a crash cut off is passed over: its change was not sent. That an
 * entry is done settles only the note of the same state by the same process: what another process could not put back stays pending.
 * @throws UsageError where the file cannot be read
 */
export function readJournal(path: string, now = Date.now()): JournalContent {
  const pending = new Map<string, PendingEntry>();
  const problems: string[] = [];
  for (const [index, text] of textOf(path).split('\n').entries()) {
    if (text.trim() === '' || isCutOff(text)) continue;
    const line = lineIn(text);
    const doubt = line === undefined ? 'is no note of a run' : doubtOf(line, now);
    if (line === undefined || doubt !== undefined) {
      problems.push(
        `Line ${index + 1} of the journal ${path} ${doubt}. Mend the line or take it out, or delete the file to forget what it says.`,
      );
      continue;
    }
    const entry = { ...line.entry, writer: line.writer, notedAt: line.at };
    const key = keyOf(entry);
    if (line.event === 'done') pending.delete(key);
    else if (!pending.has(key)) pending.set(key, entry);
  }
  return { pending: [...pending.values()], problems };
}

/** The entries that were noted and not put back, of what can be read. */
export function pendingEntries(path: string): PendingEntry[] {
  return readJournal(path).pending;
}

/**
 * Makes sure that a journal can be read, and written where something is to be noted.
 * @throws UsageError that names the file and the mend
 */
export function checkJournal(path: string): void {
  const { problems } = readJournal(path);
  if (problems.length > 0) throw new UsageError(problems);
  const isThere = existsSync(path);
  try {
    appendFileSync(path, '', { mode: 0o600 });
    if (!isThere) rmSync(path);
  } catch (error) {
    throw new UsageError(
      `The journal ${path} cannot be written: ${fileProblem(error)}. Without it nothing may be changed on the server: make it writable, or set "allow": "read".`,
    );
  }
}

/** What tells one pending entry from another. */
export function keyOf({ api, account, subject, before, writer }: Pick<PendingEntry, 'writer'> & JournalEntry): string {
  const { machine, pid, since, start = '' } = writer;
  return JSON.stringify([api, account, subject, before, machine, pid, since, start]);
}

/** Removes the journal where nothing is pending and all can be read. What another process notes at the same moment is kept. */
export function tidyJournal(path: string): void {
  if (!existsSync(path) || hasContent(path)) return;
  const aside = `${path}.${self.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    // Another process was quicker.
    return;
  }
  if (hasContent(aside)) appendFileSync(path, `\n${textOf(aside)}`, { mode: 0o600 });
  rmSync(aside);
}

function hasContent(path: string): boolean {
  const { pending, problems } = readJournal(path);
  return pending.length + problems.length > 0;
}

/** No check takes so long: an older note was left by a process that is gone, whoever bears its number now. */
const LONGEST_CHECK_MS = 60 * 60 * 1000;
/** The same for a process of another machine or container, of which nothing else can be known. */
const LONGEST_CHECK_ELSEWHERE_MS = 10 * 60 * 1000;

/** Whether the process that noted an entry may still be at work, and so will put it back itself. */
export function isLive({ writer, notedAt }: PendingEntry): boolean {
  const standing = standingOf(writer);
  if (standing !== 'unknown') return standing === 'alive';
  const isHere = writer.machine === self.machine && writer.start === undefined;
  return Date.now() - notedAt < (isHere ? LONGEST_CHECK_MS : LONGEST_CHECK_ELSEWHERE_MS);
}

/** Whether this process noted an entry. */
export function isMine({ writer }: PendingEntry): boolean {
  return isSame(writer, self);
}

function textOf(path: string): string {
  try {
    if (!statSync(path).isFile()) throw Object.assign(new Error('no file'), { code: 'EISDIR' });
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new UsageError(
      `The journal ${path} cannot be read: ${fileProblem(error)}. Move it out of the way, or mend it.`,
    );
  }
}

const opening = '{"event":"';

/** Whether a line is the beginning of a note, and no more: what is broken in its midst was cut off by nobody. */
function isCutOff(text: string): boolean {
  if (!text.startsWith(opening.slice(0, text.length))) return false;
  const error = findJsonError(text);
  if (error === undefined) return false;
  const rest = text.slice(error.column - 1);
  // The end itself, or what begins there: a string without its end, half a word.
  return rest === '' || /^(?:"(?:[^"\\]|\\.)*\\?|[a-z]{1,4}|-|\d[\d.eE+-]*)$/.test(rest);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The line of a journal, of this version or an older one; `undefined` where the text is none. */
function lineIn(text: string): Line | undefined {
  const { event, entry, writer, at } = recordOf(jsonOf(text));
  if (event !== 'note' && event !== 'done') return undefined;
  const { api, account, subject, conversation, before, server } = recordOf(entry);
  const { machine, pid, since, start } = recordOf(writer);
  const about = subject ?? conversation;
  if (typeof api !== 'string' || typeof account !== 'string' || typeof about !== 'string') return undefined;
  if (before === undefined || before === null || typeof at !== 'number') return undefined;
  if (typeof machine !== 'string' || typeof pid !== 'number' || typeof since !== 'number') return undefined;
  return {
    event,
    entry: { api, account, subject: about, before, ...(typeof server === 'string' && { server }) },
    writer: { machine, pid, since, ...(typeof start === 'string' && { start }) },
    at,
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function doubtOf({ at }: Line, now: number): string | undefined {
  if (at <= now + CLOCKS_APART_MS) return undefined;
  const when = new Date(at);
  return `is of a time that has not come, ${Number.isNaN(when.getTime()) ? at : when.toISOString()}`;
}
