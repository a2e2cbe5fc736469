import type { Wire } from '../../src/client/send.js';
import { nothingRestored, type Restored, type RestoreJob, type Restorer } from '../../src/journal/restore.js';
import { shortened, userIdOf } from '../../src/rules/index.js';
import type { ResolvedTarget } from '../../src/target/index.js';
import type { Transport } from '../../src/transport/index.js';
import type { OzekiAccount } from './accounts.js';
import { createOzekiClient, type OzekiCaller, type OzekiClient } from './client.js';
import { type FlagsByConversation, isFlags, listFlags, type OzekiFlags, putFlagsBack } from './flags.js';
import { signerFor } from './signing.js';
import { accountsOf, ozekiOf } from './target.js';

/** Puts back a user's own flags on conversations. */
export const ozekiRestorer: Restorer = {
  problemOf: (before) => (isFlags(before) ? undefined : 'does not say what each of the four flags was'),
  words: (account, conversation) => `the flags of ${account} on conversation ${conversation}`,
  async restore(job) {
    const { target, account: email, changes, journalFile } = job;
    const what = `The flags of ${email} on ${changes.length === 1 ? 'a conversation' : `${changes.length} conversations`}`;
    const could = (why: string): string => `${what} could not be put back: ${why}.`;
    const section = ozekiOf(target);
    const account = section && accountsOf(section).find((candidate) => candidate.email === email);
    if (account === undefined) {
      const why = `the target file does not name this account any more. Add it again, or delete ${journalFile} to forget them`;
      return { ...nothingRestored(), untried: [could(why)] };
    }
    try {
      const client = clientOf(target, account, job.transport);
      const found = await logIn(client, account);
      if (found !== undefined) return await restore(client, found.caller, found.flags, job);
      const mend = `Ask: chat-conformance doctor --target ${target.source}`;
      return { ...nothingRestored(), problems: [could(`Conversation / List does not serve it. ${mend}`)] };
    } catch (error) {
      return { ...nothingRestored(), problems: [could((error as Error).message.replace(/\.$/, ''))] };
    }
  },
};

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
  found: FlagsByConversation,
  { changes, journalFile }: RestoreJob,
): Promise<Restored> {
  const before: FlagsByConversation = new Map();
  for (const change of changes) if (isFlags(change.before)) before.set(change.subject, change.before);
  const { problems, now } = await putFlagsBack(client, caller, before);
  const said = nothingRestored();
  for (const [conversation, flags] of before) {
    const shown = now?.get(conversation);
    const what = `The flags of ${caller.email} on conversation ${conversation}`;
    if (shown === undefined && now !== undefined && flags.hideid !== '') {
      said.unseen.push(`${what}: it was hidden, and List does not show it.`);
    } else if (isAsBefore(flags, shown)) {
      const as = isAsBefore(flags, found.get(conversation)) ? 'are as they were' : `are put back: ${inWords(flags)}`;
      said.restored.push(`${what} ${as}.`);
    } else continue;
    said.settled.push(conversation);
  }
  said.problems = problems.map(
    (problem) =>
      `Not put back: ${shortened(problem, 400)}. Set it back by hand and clean up again, or delete ${journalFile} to forget it.`,
  );
  return said;
}

function isAsBefore(before: OzekiFlags, now: OzekiFlags | undefined): boolean {
  return (Object.keys(before) as (keyof OzekiFlags)[]).every((flag) => now?.[flag] === before[flag]);
}

function inWords({ ismuted, isfavorite, hideid, listitembackgroundcolor }: OzekiFlags): string {
  const words = [
    ismuted ? 'muted' : 'not muted',
    isfavorite ? 'favourite' : 'no favourite',
    hideid === '' ? 'shown' : 'hidden',
  ];
  return `${words.join(', ')}, colour ${listitembackgroundcolor}`;
}
