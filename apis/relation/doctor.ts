import { setTimeout as sleep } from 'node:timers/promises';
import { type Asked, ask, type Reading } from '../../src/doctor/ask.js';
import type { ApiDoctor, DoctorFinding } from '../../src/doctor/finding.js';
import type { Line } from '../../src/doctor/line.js';
import { unreached } from '../../src/doctor/reachable.js';
import type { Exchange } from '../../src/exchange/index.js';
import { relationCodes, relationOutcome } from './actions.js';
import { createRelationClient, type RelationCaller, type RelationClient } from './client.js';
import { type RelationAccount, type RelationTarget, relationOf } from './target.js';
import { tokensOf } from './tokens.js';

type Role = 'member' | 'peer' | 'outsider' | 'former';

const reading: Reading = {
  // Who asks for patience refuses nobody.
  outcome: (exchange) => (codeOf(exchange) === relationCodes.rateLimit ? 'broken' : relationOutcome(exchange)),
  reason: 'desc',
};

/** The codes with which a server says that the caller is no member of the channel. */
const noMemberCodes: ReadonlySet<unknown> = new Set([relationCodes.denied, relationCodes.notMember]);

/** What can be asked about the Relation section of a target. */
export const relationDoctor: ApiDoctor = {
  async accounts(line) {
    const section = sectionOf(line);
    const client = clientOf(line);
    const { member, peer, outsider, former } = section;
    const looked = await Promise.all([
      look(line, client, 'member', member),
      look(line, client, 'peer', peer),
      outsider === undefined ? [] : look(line, client, 'outsider', outsider),
      former === undefined ? [] : look(line, client, 'former', former),
    ]);
    return looked.flat();
  },
  async more(line) {
    if (sectionOf(line).outsider !== undefined) return [];
    const message = 'is not named, so requirements on outsiders are skipped';
    return [
      {
        level: 'note',
        subject: 'relation.outsider',
        message,
        mend: 'name a relation that is no member of the channel',
      },
    ];
  },
};

function sectionOf({ target }: Line): RelationTarget {
  const section = relationOf(target);
  if (section === undefined) throw new Error('the target has no relation section');
  return section;
}

function clientOf(line: Line): RelationClient {
  const { url, apiKey } = sectionOf(line);
  return createRelationClient({ url, apiKey, wire: line.wire(), tokens: tokensOf(line.target) });
}

/** Asks with an account's token for its unread messages, and for the newest of the channel. */
async function look(
  line: Line,
  client: RelationClient,
  role: Role,
  account: RelationAccount,
): Promise<DoctorFinding[]> {
  const { channelUuid } = sectionOf(line);
  const caller: RelationCaller = { actor: role, ...account };
  const subject = `relation.${role} (${account.relationId})`;
  const latest = { channelUuid, maxCreateAt: String(Date.now()), limit: '1' };
  const [unread, list] = await Promise.all([
    ask(() => patiently(() => client.unreadcount(caller, {})), reading, line.redactor),
    ask(() => patiently(() => client.list(caller, latest)), reading, line.redactor),
  ]);
  for (const asked of [unread, list])
    if (asked.outcome === 'failed') return unreached('relation', asked.failure, line.target);
  if (asksForPatience(unread) || asksForPatience(list)) {
    const message = 'is told to slow down, again and again';
    const mend = 'raise the rate limit for this relation, or set maxRequestsPerSecond in the target file';
    return [{ level: 'problem', subject, message, mend }];
  }
  // Who gets into the channel, or is turned away as no member of it, is known: then Unread count alone fails.
  const known = list.outcome === 'served' || (list.outcome === 'refused' && noMemberCodes.has(codeOf(list.exchange)));
  if (unread.outcome === 'unsendable' || (unread.outcome === 'refused' && !known)) {
    const write = `write the right token into relation.${role}.token`;
    const right = account.token === undefined ? 'have the tokens module give the right token' : write;
    const mend = `${right}, and check relation.apiKey and relation.url`;
    return [{ level: 'problem', subject, message: `is refused by Unread count (${unread.words})`, mend }];
  }
  if (unread.outcome === 'refused' || unread.outcome === 'broken') {
    const message = `got no documented answer from Unread count (${unread.words}), which a run will judge`;
    return [{ level: 'miss', subject, message }, ...channelFindings(role, subject, list)];
  }
  return [{ level: 'ok', subject, message: 'is accepted by Unread count' }, ...channelFindings(role, subject, list)];
}

/** Member and peer must get into the channel, the outsider and the former member must not. */
function channelFindings(role: Role, subject: string, list: Asked): DoctorFinding[] {
  const turnedAway = list.outcome === 'refused' && noMemberCodes.has(codeOf(list.exchange));
  if (role === 'outsider' || role === 'former') {
    if (list.outcome !== 'served') return [];
    const mend =
      'if it is a member of the channel, name a relation that is not; if it is none, a run will judge the server by this';
    return [{ level: 'note', subject, message: 'can read the channel', mend }];
  }
  if (list.outcome === 'served') return [{ level: 'ok', subject, message: 'can read the channel' }];
  if (turnedAway) {
    const mend = 'write the right relation.channelUuid into the target file, or make this relation a member';
    return [{ level: 'problem', subject, message: `is no member of the channel (${list.words})`, mend }];
  }
  if (list.outcome === 'failed') return [];
  const mend = 'check relation.channelUuid';
  return [{ level: 'miss', subject, message: `cannot read the channel (${list.words}), which a run will judge`, mend }];
}

const pausesMs = [300, 1000, 3000];

/** Sends again while the server asks for patience, as a run does. */
async function patiently<A extends { exchange: Exchange }>(send: () => Promise<A>): Promise<A> {
  for (const pause of pausesMs) {
    const answer = await send();
    if (codeOf(answer.exchange) !== relationCodes.rateLimit) return answer;
    await sleep(pause);
  }
  return send();
}

function asksForPatience(asked: Asked): boolean {
  return (
    asked.outcome === 'broken' && asked.exchange !== undefined && codeOf(asked.exchange) === relationCodes.rateLimit
  );
}

function codeOf({ response }: Exchange): unknown {
  const code = (response.json as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'number' ? String(code) : code;
}
