import { setTimeout as sleep } from 'node:timers/promises';
import type { Wire } from '../../src/client/send.js';
import {
  createJournal,
  keyOf,
  type PendingEntry,
  pendingEntries,
  self,
  settle,
  tidyJournal,
} from '../../src/journal/journal.js';
import { isLive } from '../../src/journal/writer.js';
import { shortened, userIdOf } from '../../src/rules/index.js';
import { createRedactor } from '../../src/secrets/index.js';
import type { ResolvedTarget } from '../../src/target/index.js';
import type { Transport } from '../../src/transport/index.js';
import type { OzekiAccount } from './accounts.js';
import { createOzekiClient, type OzekiCaller, type OzekiClient } from './client.js';
import { type FlagsByConversation, listFlags, type OzekiFlags, putFlagsBack } from './flags.js';
import { signerFor } from './signing.js';
import { accountsOf, ozekiOf } from './target.js';

/** What a clean-up came to, in sentences without credentials. */
export interface CleanedUp {
  /** What is as it was again. */
  restored: string[];
  /** What is not as it was, with the reason and the mend. */
  problems: string[];
  /** What was not touched, for a run that is still going will put it back. */
  leftAlone: string[];
}

/** What one account's flags on one conversation were at first, with every entry that says something of them. */
interface Change {
  account: string;
  conversation: string;
  before: OzekiFlags;
  entries: PendingEntry[];
}

/** What was done about some changes. */
interface Done extends Omit<CleanedUp, 'leftAlone'> {
  settled: Change[];
}

/**
 * Puts back what runs that are gone left changed, by their journal, with the credentials of the target. What a process that is
 * still at work has noted is waited for `patienceMs`, then left alone. Several processes may clean up at once.
 * @param transport brings the limits and the rate
 */
export async function cleanUp(
  target: ResolvedTarget,
  journalFile: string,
  transport: Transport,
  { patienceMs = 5000 }: { patienceMs?: number } = {},
): Promise<CleanedUp> {
  const seen = new Set(pendingEntries(journalFile).map(keyOf));
  if (seen.size === 0) {
    tidyJournal(journalFile);
    return { restored: [], problems: [], leftAlone: [] };
  }
  await othersDone(journalFile, seen, patienceMs);
  const { mine, leftAlone } = adopt(journalFile, seen);
  const accounts = [...new Set(mine.map(({ account }) => account))];
  const done = await Promise.all(
    accounts.map((email) =>
      restoreAccount(
        target,
        journalFile,
        transport,
        email,
        mine.filter(({ account }) => account === email),
      ),
    ),
  );
  const settled = new Set(done.flatMap((part) => part.settled));
  for (const change of mine) settle(journalFile, settled.has(change) ? change.entries : adopted(change));
  tidyJournal(journalFile);
  const redactor = createRedactor(target.secrets);
  return {
    restored: done.flatMap((part) => part.restored).map(redactor.text),
    problems: done.flatMap((part) => part.problems).map(redactor.text),
    leftAlone: leftAlone.map(redactor.text),
  };
}

/** Waits until processes at work have done what was `seen`: one that is stopping puts its own things back. */
async function othersDone(journalFile: string, seen: ReadonlySet<string>, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  const atWork = () =>
    pendingEntries(journalFile).some((entry) => seen.has(keyOf(entry)) && isLive(entry) && !isMine(entry));
  while (Date.now() < deadline && atWork()) await sleep(100);
}

/**
 * Makes changes of processes that are gone this process's own, by noting them itself. Where two processes do so at once, the order
 * of the lines decides, which is the same for both.
 */
function adopt(journalFile: string, seen: ReadonlySet<string>): { mine: Change[]; leftAlone: string[] } {
  const journal = createJournal(journalFile);
  for (const change of changesIn(journalFile)) {
    if (!change.entries.some(isLive)) journal.note({ ...(change.entries[0] as PendingEntry), before: change.before });
  }
  const mine: Change[] = [];
  const leftAlone: string[] = [];
  for (const change of changesIn(journalFile)) {
    const owner = change.entries.find(isLive) ?? (change.entries.at(-1) as PendingEntry);
    if (isMine(owner)) mine.push(change);
    else {
      settle(journalFile, adopted(change));
      // What a run at work has noted since is no concern of this clean-up.
      if (!seen.has(keyOf(owner))) continue;
      const { machine, pid } = owner.writer;
      leftAlone.push(
        `The flags of ${change.account} on conversation ${change.conversation} are left alone, for a run that is still going noted them (process ${pid} on ${machine}): clean up again after its end.`,
      );
    }
  }
  return { mine, leftAlone };
}

/** The entries by which this process took over those of others. */
function adopted({ entries }: Change): PendingEntry[] {
  return entries.every(isMine) ? [] : entries.filter(isMine);
}

function isMine({ writer }: PendingEntry): boolean {
  return writer.machine === self.machine && writer.pid === self.pid && writer.since === self.since;
}

function changesIn(journalFile: string): Change[] {
  const changes = new Map<string, Change>();
  for (const entry of pendingEntries(journalFile)) {
    const { account, conversation, before } = entry;
    const key = `${account} ${conversation}`;
    const change = changes.get(key) ?? { account, conversation, before, entries: [] };
    changes.set(key, change);
    change.entries.push(entry);
  }
  return [...changes.values()];
}

async function restoreAccount(
  target: ResolvedTarget,
  journalFile: string,
  transport: Transport,
  email: string,
  changes: readonly Change[],
): Promise<Done> {
  const failed = (why: string): Done => ({
    restored: [],
    problems: [
      `The flags of ${email} on ${changes.length === 1 ? 'a conversation' : `${changes.length} conversations`} could not be put back: ${why}.`,
    ],
    settled: [],
  });
  const section = ozekiOf(target);
  const account = section && accountsOf(section).find((candidate) => candidate.email === email);
  if (account === undefined) {
    return failed(
      `the target file does not name this account any more. Add it again, or delete ${journalFile} to forget them`,
    );
  }
  try {
    const client = clientOf(target, account, transport);
    const found = await logIn(client, account);
    if (found === undefined) {
      return failed(`Conversation / List does not serve it. Ask: chat-conformance doctor --target ${target.source}`);
    }
    return await restore(client, found.caller, { now: found.flags, changes, journalFile });
  } catch (error) {
    return failed((error as Error).message.replace(/\.$/, ''));
  }
}

function clientOf(target: ResolvedTarget, account: OzekiAccount, transport: Transport): OzekiClient {
  const sign = signerFor(target);
  const wire: Wire = { transport, record: () => {}, recordFailure: () => {}, guard: () => {} };
  return createOzekiClient({
    url: ozekiOf(target)?.url ?? '',
    sign: (caller, request) => sign({ ...request, user: caller.user, station: caller.station, account }),
    wire,
  });
}

/** Logs in and gives the caller that List serves, the documented one or the one that Login named, with its flags. */
async function logIn(
  client: OzekiClient,
  account: OzekiAccount,
): Promise<{ caller: OzekiCaller; flags: FlagsByConversation } | undefined> {
  const documented: OzekiCaller = { actor: 'owner', ...account, user: userIdOf(account.email) };
  const { body } = await client.login(documented, { apikey: account.apikey });
  const named: unknown = (body as { userid?: unknown } | null | undefined)?.userid;
  const callers = [
    documented,
    ...(typeof named === 'string' && named !== documented.user ? [{ ...documented, user: named }] : []),
  ];
  for (const caller of callers) {
    const flags = await listFlags(client, caller);
    if (flags !== undefined) return { caller, flags };
  }
  return undefined;
}

async function restore(
  client: OzekiClient,
  caller: OzekiCaller,
  { now, changes, journalFile }: { now: FlagsByConversation; changes: readonly Change[]; journalFile: string },
): Promise<Done> {
  const before: FlagsByConversation = new Map(changes.map((change) => [change.conversation, change.before]));
  const problems = await putFlagsBack(client, caller, before);
  const after = problems.length === 0 ? before : ((await listFlags(client, caller)) ?? new Map());
  const settled = changes.filter((change) => isAsBefore(change.before, after.get(change.conversation)));
  return {
    restored: settled.map((change) => {
      const { account, conversation } = change;
      const as = isAsBefore(change.before, now.get(conversation))
        ? 'are as they were'
        : `are put back: ${flagsInWords(change.before)}`;
      return `The flags of ${account} on conversation ${conversation} ${as}.`;
    }),
    problems: problems.map(
      (problem) =>
        `Not put back: ${shortened(problem, 400)}. Set it back by hand and clean up again, or delete ${journalFile} to forget it.`,
    ),
    settled,
  };
}

/** A server may leave hidden conversations out of List. */
function isAsBefore(before: OzekiFlags, now: OzekiFlags | undefined): boolean {
  if (now === undefined) return before.hideid !== '';
  return (Object.keys(before) as (keyof OzekiFlags)[]).every((flag) => now[flag] === before[flag]);
}

function flagsInWords({ ismuted, isfavorite, hideid, listitembackgroundcolor }: OzekiFlags): string {
  const words = [
    ismuted ? 'muted' : 'not muted',
    isfavorite ? 'favourite' : 'no favourite',
    hideid === '' ? 'shown' : 'hidden',
  ];
  return `${words.join(', ')}, colour ${listitembackgroundcolor}`;
}
