import { type Asked, ask, type Reading } from '../../src/doctor/ask.js';
import type { ApiDoctor, DoctorFinding } from '../../src/doctor/finding.js';
import type { Line } from '../../src/doctor/line.js';
import { unreached } from '../../src/doctor/reachable.js';
import type { Exchange } from '../../src/exchange/index.js';
import { journalPath, pendingEntries } from '../../src/journal/journal.js';
import { userIdOf } from '../../src/rules/index.js';
import type { OzekiAccount } from './accounts.js';
import { ozekiOutcome } from './actions.js';
import { createOzekiClient, type OzekiCaller, type OzekiClient } from './client.js';
import { signerFor } from './signing.js';
import { type OzekiTarget, ozekiOf } from './target.js';

const reading: Reading = { outcome: ozekiOutcome, reason: 'errormessage' };

/** What can be asked about the Ozeki section of a target. */
export const ozekiDoctor: ApiDoctor = {
  async accounts(line) {
    const section = sectionOf(line);
    const pairs = section.pairs.map(({ alice, bob }, index) => ({ path: `ozeki.pairs[${index}]`, alice, bob }));
    const [looked, outsider] = await Promise.all([
      Promise.all(
        pairs.map(async ({ path, alice, bob }) => ({
          path,
          members: await Promise.all([look(line, `${path}.alice`, alice), look(line, `${path}.bob`, bob)]),
        })),
      ),
      section.outsider && look(line, 'ozeki.outsider', section.outsider),
    ]);
    const shared = await Promise.all(looked.map(({ path, members }) => sharing(line, path, members)));
    const members = looked.flatMap((pair) => pair.members);
    return [
      ...looked.flatMap((pair, index) => [
        ...pair.members.flatMap(({ findings }) => findings),
        ...(shared[index] ?? []),
      ]),
      ...(outsider === undefined ? [] : [...outsider.findings, ...outsiderApart(outsider, members)]),
    ];
  },
  more: async (line) => [...slots(sectionOf(line)), ...outsiderLeftOut(sectionOf(line))],
};

function sectionOf({ target }: Line): OzekiTarget {
  const section = ozekiOf(target);
  if (section === undefined) throw new Error('the target has no ozeki section');
  return section;
}

/** One conversation of a List, as far as it matters here. */
interface Shown {
  id: string;
  participantids: string[];
}

/** What is known of an account after a look at it. */
interface Looked {
  account: OzekiAccount;
  caller: OzekiCaller;
  client: OzekiClient;
  /** What List showed; `undefined` where it was not served as documented. */
  shown?: Shown[];
  findings: DoctorFinding[];
}

/** Logs an account in, and proves its signature by a List. */
async function look(line: Line, path: string, account: OzekiAccount): Promise<Looked> {
  const caller: OzekiCaller = { actor: path, ...account, user: userIdOf(account.email) };
  const client = clientOf(line, account);
  const subject = `${path} (${account.email})`;
  const looked = (finding: Omit<DoctorFinding, 'subject'>, shown?: Shown[]): Looked => ({
    account,
    caller,
    client,
    shown,
    findings: [{ subject, ...finding }],
  });
  const unserved = (action: string, asked: Exclude<Asked, { outcome: 'served' }>, mend: string): Looked =>
    asked.outcome === 'failed'
      ? { account, caller, client, findings: unreached('ozeki', asked.failure, line.target) }
      : looked(failed(action, asked, mend));

  const login = await ask(() => client.login(caller, { apikey: account.apikey }), reading, line.redactor);
  if (login.outcome !== 'served') return unserved('Login', login, accountMend);
  const list = await listAs(line, client, caller, answeredId(login.exchange));
  if (list.outcome === 'refused') {
    // Another signed action tells a wrong signature from a List that fails.
    const friends = await ask(() => client.friends(caller, {}), reading, line.redactor);
    if (friends.outcome === 'served') {
      const message = `is served by Friends / List, but refused by Conversation / List (${list.words}), which a run will judge`;
      return looked({ level: 'miss', message });
    }
  }
  if (list.outcome !== 'served') return unserved('Conversation / List after Login', list, signatureMend(line));
  const shown = shownBy(list.exchange);
  if (shown === undefined) {
    const message = 'gets no list of the documented shape from Conversation / List, which a run will judge';
    return looked({ level: 'miss', message });
  }
  return looked({ level: 'ok', message: 'is accepted by Login, and with its signature by Conversation / List' }, shown);
}

const accountMend = 'write the right apikey and station of this account into the target file, and check ozeki.url';

function signatureMend(line: Line): string {
  const { signing } = sectionOf(line);
  return signing.scheme === 'module'
    ? `mend the signing module ${signing.path}, which makes the signature`
    : 'write the right signature of this account into the target file';
}

/** A call that was not served. A refusal is the target's fault; all else is for a run to judge. */
function failed(
  action: string,
  asked: Exclude<Asked, { outcome: 'served' | 'failed' }>,
  mend: string,
): Omit<DoctorFinding, 'subject'> {
  if (asked.outcome === 'refused')
    return { level: 'problem', message: `is refused by ${action} (${asked.words})`, mend };
  if (asked.outcome === 'unsendable')
    return { level: 'problem', message: `cannot call ${action} (${asked.words})`, mend };
  return { level: 'miss', message: `got no documented answer from ${action} (${asked.words}), which a run will judge` };
}

function clientOf(line: Line, account: OzekiAccount): OzekiClient {
  const sign = signerFor(line.target);
  return createOzekiClient({
    url: sectionOf(line).url,
    sign: (caller, request) => sign({ ...request, user: caller.user, station: caller.station, account }),
    wire: line.wire(({ response }) => [(response.json as { rsakey?: unknown } | null | undefined)?.rsakey]),
  });
}

/** Lists as the documented user, and where that is refused, as the user that Login named; the caller keeps the id that works. */
async function listAs(
  line: Line,
  client: OzekiClient,
  caller: OzekiCaller,
  answered: string | undefined,
): Promise<Asked> {
  const listed = await ask(() => client.list(caller, {}), reading, line.redactor);
  if (listed.outcome !== 'refused' || answered === undefined || answered === caller.user) return listed;
  const other = await ask(() => client.list({ ...caller, user: answered }, {}), reading, line.redactor);
  if (other.outcome !== 'served') return listed;
  caller.user = answered;
  return other;
}

function answeredId(login: Exchange): string | undefined {
  const userid = (login.response.json as { userid?: unknown } | null | undefined)?.userid;
  return typeof userid === 'string' && userid !== '' ? userid : undefined;
}

/** The conversations of a List; `undefined` where they do not have what is needed here. Reads unchecked data. */
function shownBy({ response }: Exchange): Shown[] | undefined {
  const list = (response.json as { conversations?: unknown } | null | undefined)?.conversations;
  if (!Array.isArray(list) || !list.every(isShown)) return undefined;
  return list.map(({ id, participantids }) => ({ id, participantids: participantids.map((it) => it.toLowerCase()) }));
}

function isShown(value: unknown): value is Shown {
  if (typeof value !== 'object' || value === null) return false;
  const { id, participantids } = value as Record<string, unknown>;
  return (
    typeof id === 'string' && Array.isArray(participantids) && participantids.every((it) => typeof it === 'string')
  );
}

/** Whether the two of a pair share a conversation; says nothing where a List is missing. */
async function sharing(line: Line, path: string, pair: readonly [Looked, Looked]): Promise<DoctorFinding[]> {
  const [alice, bob] = pair;
  const subject = `${path} (${alice.account.email}, ${bob.account.email})`;
  if (alice.shown === undefined || bob.shown === undefined) return [];
  const count = common(alice.shown, bob.shown) || (await countAgain(line, pair));
  if (count === undefined) return [];
  if (count > 0) {
    return [{ level: 'ok', subject, message: `share ${count === 1 ? 'a conversation' : `${count} conversations`}` }];
  }
  const message = 'share no conversation that Conversation / List shows to both';
  // An interrupted run may have left it hidden; the next one shows it again before it starts.
  const emails = pair.map(({ account }) => account.email);
  if (pendingEntries(journalPath(line.target.source)).some(({ account }) => emails.includes(account))) {
    const mend = `an interrupted run may have left it hidden, so try: chat-conformance cleanup --target ${line.target.source}`;
    return [{ level: 'note', subject, message, mend }];
  }
  return [{ level: 'problem', subject, message, mend: 'start one between them on the server, or unhide it' }];
}

/** Counts once more, for a server may leave something out now and then; `undefined` where a List is not served this time. */
async function countAgain(line: Line, pair: readonly [Looked, Looked]): Promise<number | undefined> {
  const [hers, his] = await Promise.all(
    pair.map(async ({ client, caller }) => {
      const list = await ask(() => client.list(caller, {}), reading, line.redactor);
      return list.outcome === 'served' ? shownBy(list.exchange) : undefined;
    }),
  );
  return hers === undefined || his === undefined ? undefined : common(hers, his);
}

function common(hers: readonly Shown[], his: readonly Shown[]): number {
  const ids = new Set(his.map(({ id }) => id));
  return hers.filter(({ id }) => ids.has(id)).length;
}

/** Whether the outsider takes part in a conversation with somebody of the pairs, by the participants that List names. */
function outsiderApart({ account, caller, shown = [] }: Looked, members: readonly Looked[]): DoctorFinding[] {
  const partners = members.filter((member) =>
    shown.some(({ participantids }) =>
      [caller.user, member.caller.user].every((id) => participantids.includes(id.toLowerCase())),
    ),
  );
  if (partners.length === 0) return [];
  return [
    {
      level: 'problem',
      subject: `ozeki.outsider (${account.email})`,
      message: `takes part in a conversation with ${partners.map((partner) => partner.account.email).join(', ')}`,
      mend: 'name an account that is partner of nobody in ozeki.pairs, or leave the outsider out',
    },
  ];
}

function slots({ pairs }: OzekiTarget): DoctorFinding[] {
  const subject = 'ozeki.pairs';
  if (pairs.length > 1)
    return [{ level: 'ok', subject, message: `let up to ${pairs.length} workers judge Ozeki at a time` }];
  const message = 'hold one pair, so one worker judges Ozeki and the others wait';
  return [{ level: 'note', subject, message, mend: 'add pairs to make a run faster' }];
}

function outsiderLeftOut({ outsider }: OzekiTarget): DoctorFinding[] {
  if (outsider !== undefined) return [];
  const message = 'is not named, so requirements on outsiders are skipped';
  return [
    {
      level: 'note',
      subject: 'ozeki.outsider',
      message,
      mend: 'name an account that is partner of nobody in ozeki.pairs',
    },
  ];
}
