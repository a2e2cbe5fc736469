import { setTimeout as sleep } from 'node:timers/promises';
import { type Asked, ask, askOnce, type Reading } from '../../src/doctor/ask.js';
import type { ApiDoctor, DoctorFinding } from '../../src/doctor/finding.js';
import type { Line } from '../../src/doctor/line.js';
import { unreached } from '../../src/doctor/reachable.js';
import type { Exchange } from '../../src/exchange/index.js';
import { allows } from '../../src/judge/index.js';
import { objectOf } from '../../src/passive/json.js';
import { relationCodes, relationOutcome } from './actions.js';
import { createRelationClient, type RelationCaller, type RelationClient } from './client.js';
import { whyNoGroups } from './has-groups.js';
import { type RelationAccount, type RelationTarget, relationOf } from './target.js';
import { tokensOf } from './tokens.js';

type Role = 'member' | 'peer' | 'outsider' | 'former';

const reading: Reading = {
  // Who asks for patience refuses nobody.
  outcome: (exchange) => (codeOf(exchange) === relationCodes.rateLimit ? 'broken' : relationOutcome(exchange)),
  reason: 'desc',
};

/** Whether the channel is not for somebody: that a server turns them away is right. */
const isOutsideRole = (role: Role) => role === 'outsider' || role === 'former';

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
    const section = sectionOf(line);
    return [
      ...(section.outsider === undefined ? [noOutsider] : []),
      ...(await groupFindings(line, section)),
      ...authFindings(section),
    ];
  },
};

const noOutsider: DoctorFinding = {
  level: 'note',
  subject: 'relation.outsider',
  message: 'is not named, so requirements on outsiders are skipped',
  mend: 'name a relation that is no member of the channel',
};

/** What a run makes of groups: its own one where no channel is named, and whether they are judged at all. */
async function groupFindings(line: Line, section: RelationTarget): Promise<DoctorFinding[]> {
  const subject = 'relation.groups';
  // Who cannot be asked is told of where the accounts are asked.
  const noGroups = await whyNoGroups(section, line.wire(), tokensOf(line.target)).catch(() => null);
  if (noGroups === null) return [];
  if (noGroups !== undefined) return [{ level: 'note', subject, message: `are not judged: ${noGroups}` }];
  if (section.channelUuid !== undefined)
    return [{ level: 'ok', subject, message: 'are judged beside messages, on groups that a run makes and disbands' }];
  const needed = { subject: 'relation.channelUuid', message: 'is not named, so a run makes a group and disbands it' };
  if (allows(line.target.allow, 'write')) return [{ level: 'ok', ...needed }];
  const mend = 'allow "write", or name a channel of member and peer';
  return [{ level: 'note', ...needed, message: `${needed.message}, which "allow": "read" does not let it`, mend }];
}

function authFindings({ member, peer }: RelationTarget): DoctorFinding[] {
  if (member.addressAuthToken !== undefined || peer.addressAuthToken !== undefined) return [];
  const message = 'is given of neither member nor peer, so requirements on Auth are skipped';
  return [{ level: 'note', subject: 'relation.member.addressAuthToken', message }];
}

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
  // Without a channel there is nothing to be let into yet: whom the server takes the caller for is asked instead.
  const place = channelUuid === undefined ? () => client.userinfo(caller, {}) : () => client.list(caller, latest);
  const askPlace = isOutsideRole(role) && channelUuid !== undefined ? askOnce : ask;
  const [unread, list] = await Promise.all([
    ask(() => patiently(() => client.unreadcount(caller, {})), reading, line.redactor),
    askPlace(() => patiently<{ exchange: Exchange }>(place), reading, line.redactor),
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
  const placeFindings =
    channelUuid === undefined ? userFindings(role, account, subject, list) : channelFindings(role, subject, list);
  if (unread.outcome === 'refused' || unread.outcome === 'broken') {
    const message = `got no documented answer from Unread count (${unread.words}), which a run will judge`;
    return [{ level: 'miss', subject, message }, ...placeFindings];
  }
  return [{ level: 'ok', subject, message: 'is accepted by Unread count' }, ...placeFindings];
}

/** A token must be that of the relation beside which it stands. What User Info does not tell, a run judges. */
function userFindings(role: Role, { relationId }: RelationAccount, subject: string, user: Asked): DoctorFinding[] {
  if (user.outcome !== 'served') return [];
  const told = objectOf(objectOf(user.exchange.response.json)?.data)?.relationId;
  if (told === relationId) return [{ level: 'ok', subject, message: 'is known to User Info' }];
  if (typeof told !== 'string') return [];
  const mend = `write that into relation.${role}.relationId, or the token of ${relationId} into relation.${role}.token`;
  return [{ level: 'problem', subject, message: `has the token of ${told}, as User Info says`, mend }];
}

/** Member and peer must get into the channel, the outsider and the former member must not. */
function channelFindings(role: Role, subject: string, list: Asked): DoctorFinding[] {
  const turnedAway = list.outcome === 'refused' && noMemberCodes.has(codeOf(list.exchange));
  if (isOutsideRole(role)) {
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
