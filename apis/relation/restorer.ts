import type { Wire } from '../../src/client/send.js';
import type { Exchange } from '../../src/exchange/index.js';
import { nothingRestored, type Restored, type Restorer } from '../../src/journal/restore.js';
import type { RelationActionName } from './actions.js';
import { createRelationClient, type RelationCaller } from './client.js';
import { type Before, type Caller, type Callers, disband, isBefore, setFlags, unfollow, wordsOf } from './groups.js';
import { type RelationTarget, relationOf } from './target.js';
import { tokensOf } from './tokens.js';

/** Disbands the groups that a run made, and takes back what it pinned, muted and followed. */
export const relationRestorer: Restorer = {
  problemOf: (before) => (isBefore(before) ? undefined : 'does not say what the suite made or changed'),
  words: (account, subject) => `what ${account} made or changed of ${subject}`,
  async restore({ target, account, changes, transport, journalFile }) {
    const said = nothingRestored();
    const section = relationOf(target);
    const forget = `or delete ${journalFile} to forget it`;
    const wire: Wire = { transport, record: () => {}, recordFailure: () => {}, guard: () => {} };
    const callers = section && callersOf(section, createRelationClient({ ...section, wire, tokens: tokensOf(target) }));
    for (const { subject, before } of changes) {
      if (!isBefore(before)) continue;
      const what = wordsOf(account, subject, before);
      if (callers?.has(account) !== true) {
        const why = `the target file does not name ${account} any more. Add it again, ${forget}`;
        said.untried.push(`Not undone: ${what}: ${why}.`);
      } else await undo(callers, { account, subject, before }, what, forget, said);
    }
    return said;
  },
};

async function undo(
  callers: Callers,
  { account, subject, before }: { account: string; subject: string; before: Before },
  what: string,
  forget: string,
  said: Restored,
): Promise<void> {
  try {
    if (await undone(callers, account, subject, before)) {
      said.restored.push(`Undone: ${what}.`);
      said.settled.push(subject);
    } else said.problems.push(`Not undone, for the server refuses it: ${what}. Undo it by hand, ${forget}.`);
  } catch (error) {
    said.problems.push(`Not undone: ${what}: ${(error as Error).message.replace(/\.$/, '')}.`);
  }
}

function undone(callers: Callers, account: string, subject: string, before: Before): Promise<boolean> {
  if (before.was === 'plain') return setFlags(callers.get(account), subject, before);
  if (before.was === 'unfollowed') return unfollow(callers.get(account), subject);
  const isName = subject.includes(' ');
  return disband(callers, { name: subject, creator: account, ...(isName ? {} : { channelUuid: subject }) });
}

function callersOf(
  { member, peer, outsider, former }: RelationTarget,
  client: ReturnType<typeof createRelationClient>,
): Callers {
  const accounts = Object.entries({ member, peer, outsider, former });
  return new Map(
    accounts.flatMap(([actor, account]): [string, Caller][] => {
      if (account === undefined) return [];
      const caller: RelationCaller = { actor, ...account };
      return [[account.relationId, (action, members) => call(client, caller, action, members)]];
    }),
  );
}

async function call(
  client: ReturnType<typeof createRelationClient>,
  caller: RelationCaller,
  action: RelationActionName,
  members: object,
): Promise<Exchange> {
  const send = client[action] as (
    caller: RelationCaller,
    members: object,
    options: { intent: 'probe' },
  ) => Promise<{ exchange: Exchange }>;
  return (await send(caller, members, { intent: 'probe' })).exchange;
}
