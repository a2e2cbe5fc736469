import { setTimeout as sleep } from 'node:timers/promises';
import { processInWords } from '../processes/identity.js';
import { createRedactor } from '../secrets/index.js';
import { describeTarget, type ResolvedTarget } from '../target/index.js';
import type { Transport } from '../transport/index.js';
import { isHeld } from './hold.js';
import {
  createJournal,
  isLive,
  isMine,
  keyOf,
  type PendingEntry,
  readJournal,
  settle,
  tidyJournal,
} from './journal.js';
import { nothingRestored, type Restorable, type Restored, type Restorer } from './restore.js';

/** What a clean-up came to, in sentences without credentials. */
export interface CleanedUp extends Omit<Restored, 'settled'> {
  /** Of what was not touched, for a run that is still going will put it back. */
  leftAlone: string[];
  /** How many entries the processes that noted them have put back themselves while they were waited for. */
  byOthers: number;
}

/** What one subject of one account was at first, with every entry that says something of it. */
interface Subject {
  first: PendingEntry;
  entries: PendingEntry[];
}

export interface CleanUpOptions {
  apis: readonly Restorable[];
  journalFile: string;
  /** Brings the limits and the rate. */
  transport: Transport;
  /**
   * How long processes at work are waited for, milliseconds. Where left out, five seconds where their run goes on, and half a minute
   * where its command is gone, for then they are about to end.
   */
  patienceMs?: number;
}

/**
 * Puts back what runs that are gone left changed, by their journal, with the credentials of the target. What a process that is
 * still at work has noted is waited for, then left alone. Several processes may clean up at once. Where a line of the journal cannot
 * be believed nothing is sent, for what it says may come before the rest.
 * @throws UsageError where the journal cannot be read
 */
export async function cleanUp(target: ResolvedTarget, options: CleanUpOptions): Promise<CleanedUp> {
  const { apis, journalFile, transport, patienceMs = isHeld(options.journalFile) ? 5000 : 30_000 } = options;
  const { pending, problems } = readJournal(journalFile);
  const none = { restored: [], unseen: [], problems: [], untried: [], leftAlone: [], byOthers: 0 };
  if (problems.length > 0) return { ...none, untried: problems };
  if (pending.length === 0) {
    tidyJournal(journalFile);
    return none;
  }
  const seen = new Set(pending.map(keyOf));
  await othersDone(journalFile, seen, patienceMs);
  const byOthers = seen.size - readJournal(journalFile).pending.filter((entry) => seen.has(keyOf(entry))).length;
  const { mine, leftAlone } = adopt(journalFile, seen, apis);
  const done = await Promise.all(
    groupsOf(mine).map(async (subjects) => {
      const restored = await restore(subjects, { target, apis, transport, journalFile });
      const settled = new Set(restored.settled);
      for (const subject of subjects)
        settle(journalFile, settled.has(subject.first.subject) ? subject.entries : adopted(subject));
      return restored;
    }),
  );
  tidyJournal(journalFile);
  const redactor = createRedactor(target.secrets, target.variables);
  const said = (of: (part: Restored) => string[]) => done.flatMap(of).map(redactor.sentence);
  return {
    restored: said((part) => part.restored),
    unseen: said((part) => part.unseen),
    problems: said((part) => part.problems),
    untried: said((part) => part.untried),
    leftAlone: leftAlone.map(redactor.sentence),
    byOthers,
  };
}

/** Waits until processes at work have done what was `seen`: one that is stopping puts its own things back. */
async function othersDone(journalFile: string, seen: ReadonlySet<string>, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  const atWork = () =>
    readJournal(journalFile).pending.some((entry) => seen.has(keyOf(entry)) && isLive(entry) && !isMine(entry));
  while (Date.now() < deadline && atWork()) await sleep(100);
}

/**
 * Makes changes of processes that are gone this process's own, by noting them itself. Where two processes do so at once, the order
 * of the lines decides, which is the same for both.
 */
function adopt(
  journalFile: string,
  seen: ReadonlySet<string>,
  apis: readonly Restorable[],
): { mine: Subject[]; leftAlone: string[] } {
  const journal = createJournal(journalFile);
  for (const { first, entries } of subjectsIn(journalFile)) {
    if (!entries.some(isLive)) journal.note(first);
  }
  const mine: Subject[] = [];
  const leftAlone: string[] = [];
  for (const subject of subjectsIn(journalFile)) {
    const owner = subject.entries.find(isLive) ?? (subject.entries.at(-1) as PendingEntry);
    if (isMine(owner)) mine.push(subject);
    else {
      settle(journalFile, adopted(subject));
      // What a run at work has noted since is no concern of this clean-up.
      if (!seen.has(keyOf(owner))) continue;
      leftAlone.push(
        `${capital(wordsOf(subject.first, apis))} are left alone, for a run that is still going noted them (${processInWords(owner.writer)}): clean up again after its end.`,
      );
    }
  }
  return { mine, leftAlone };
}

/** The entries by which this process took over those of others. */
function adopted({ entries }: Subject): PendingEntry[] {
  return entries.every(isMine) ? [] : entries.filter(isMine);
}

function subjectsIn(journalFile: string): Subject[] {
  const subjects = new Map<string, Subject>();
  for (const entry of readJournal(journalFile).pending) {
    const key = JSON.stringify([entry.api, entry.account, entry.subject]);
    const subject = subjects.get(key) ?? { first: entry, entries: [] };
    subjects.set(key, subject);
    subject.entries.push(entry);
  }
  return [...subjects.values()];
}

/** What is to be put back of one account by one API. */
function groupsOf(subjects: readonly Subject[]): Subject[][] {
  const groups = new Map<string, Subject[]>();
  for (const subject of subjects) {
    const key = JSON.stringify([subject.first.api, subject.first.account]);
    groups.set(key, [...(groups.get(key) ?? []), subject]);
  }
  return [...groups.values()];
}

async function restore(
  subjects: readonly Subject[],
  {
    target,
    apis,
    transport,
    journalFile,
  }: Pick<CleanUpOptions, 'apis' | 'transport' | 'journalFile'> & { target: ResolvedTarget },
): Promise<Restored> {
  const [{ first } = { first: undefined }] = subjects;
  if (first === undefined) return nothingRestored();
  const restorer = apis.find(({ name }) => name === first.api)?.restorer;
  const doubts = subjects.flatMap((subject) => doubtsOf(subject, target, restorer));
  if (restorer === undefined || doubts.length > 0) {
    const untried = [...new Set(doubts)].map(
      (why) => `${capital(wordsOf(first, apis))} could not be put back: ${why}, or delete ${journalFile} to forget it.`,
    );
    return { ...nothingRestored(), untried };
  }
  const changes = subjects.map((subject) => ({ subject: subject.first.subject, before: subject.first.before }));
  return restorer.restore({ target, account: first.account, changes, transport, journalFile });
}

/** Why nothing of this may be sent, with the first part of the mend. */
function doubtsOf({ entries }: Subject, target: ResolvedTarget, restorer: Restorer | undefined): string[] {
  const { urls } = describeTarget(target);
  return entries.flatMap(({ api, server, before }) => {
    if (restorer === undefined) return [`nothing is known of an API ${api}. Name its plugin in the target file`];
    const url = urls[api];
    if (url === undefined) return [`the target file has no section ${api} any more. Add it again`];
    if (server !== undefined && server !== url)
      return [
        `it was noted of the server ${server}, and the target file names ${url}. Clean up with the target of that server`,
      ];
    const problem = restorer.problemOf(before);
    return problem === undefined ? [] : [`the journal ${problem}. Mend it`];
  });
}

function wordsOf({ api, account, subject }: PendingEntry, apis: readonly Restorable[]): string {
  return (
    apis.find(({ name }) => name === api)?.restorer?.words(account, subject) ?? `changes of ${account} at ${subject}`
  );
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
