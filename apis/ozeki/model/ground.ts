import { randomBytes } from 'node:crypto';
import type { Environment } from '../../../src/environment/environment.js';
import type { Exchange } from '../../../src/exchange/index.js';
import type { Call, Ground } from '../../../src/explore/model.js';
import { altered } from '../../../src/explore/values.js';
import type { Journal } from '../../../src/journal/journal.js';
import { allows, NotServed, Skip } from '../../../src/judge/index.js';
import { objectOf } from '../../../src/passive/json.js';
import { userIdOf } from '../../../src/rules/index.js';
import { lacks } from '../../../src/target/index.js';
import type { OzekiAccount } from '../accounts.js';
import { flagActions, type OzekiActionName, ozekiOutcome, undoneBy } from '../actions.js';
import { createOzekiClient, type OzekiCaller, type OzekiCallOptions, type OzekiClient } from '../client.js';
import { withFreshSessions } from '../fresh-sessions.js';
import { createFlagGuard } from '../guard.js';
import { signerFor } from '../signing.js';
import { type OzekiTarget, ozekiOf } from '../target.js';
import { conversationsIn } from './shown.js';
import { impostor, isBackDated, isOwn, nothingOwed, participants, type State, secondOf } from './state.js';

/** The way to an Ozeki server: a pair of accounts that nobody else of the run uses, in a conversation that they share. */
export async function createGround(environment: Environment, lane: number, journal: Journal): Promise<Ground<State>> {
  const section = ozekiOf(environment.target);
  const pair = section?.pairs[lane];
  if (section === undefined || pair === undefined) throw new Error(`the target has no pair ${lane}`);
  const accounts: Record<string, OzekiAccount> = { ...pair, ...(section.outsider && { outsider: section.outsider }) };
  const { redactor } = environment;
  const client = createClient(environment, section, { ...accounts, [impostor]: pair.alice }, (exchange) => {
    const body = exchange.response.json as { rsakey?: unknown } | undefined | null;
    if (exchange.action === 'login' && typeof body?.rsakey === 'string') redactor.add(body.rsakey);
    if (holdsForeign(exchange, startedAt)) others = true;
    instance = instanceIn(exchange, conversation) ?? instance;
  });
  let nonce = '';
  let conversation = '';
  let instance: string | undefined;
  let startedAt = Number.POSITIVE_INFINITY;
  let others = false;
  const callers = new Map<string, OzekiCaller>();
  for (const [actor, account] of Object.entries(accounts)) {
    const caller = { actor, ...account, user: userIdOf(account.email) };
    callers.set(actor, { ...caller, user: await logIn(client, caller) });
  }
  ({ id: conversation, instance } = await sharedConversation(client, callers));
  const hasFriends = !lacks(environment.target, 'ozeki', 'friends');
  const friends = Object.fromEntries(
    await Promise.all(
      participants.map(async (actor) => [actor, hasFriends ? await friendsOf(client, callers.get(actor)) : []]),
    ),
  );
  const newSecondStations = () => {
    for (const actor of participants) {
      const caller = callers.get(actor);
      if (caller) callers.set(secondOf(actor), { ...caller, station: randomBytes(16).toString('hex') });
    }
    for (const station of ['alice', secondOf('alice')]) {
      const caller = callers.get(station);
      if (caller) callers.set(station.replace('alice', impostor), { ...caller, actor: impostor });
    }
  };
  /** Whether a second station has logged in. */
  let isSecondKnown = true;
  const guard = createFlagGuard(journal, client);
  for (const actor of participants) guard.watch(callers.get(actor) as OzekiCaller);
  const clockToleranceMs = environment.target.clockToleranceSeconds * 1000;
  const users = Object.fromEntries(Object.keys(accounts).map((actor) => [actor, callers.get(actor)?.user ?? '']));

  return {
    async begin() {
      startedAt = Date.now();
      nonce = randomBytes(9).toString('hex');
      // What the first login of a station does shows only where it is the first.
      if (isSecondKnown) newSecondStations();
      isSecondKnown = false;
      return {
        conversation,
        instance,
        users,
        stationIds: Object.fromEntries([...callers].map(([name, { station }]) => [name, station])),
        stations: Object.fromEntries(participants.map((actor) => [actor, nothingOwed])),
        flags: {},
        writes: [],
        messages: [],
        gone: [],
        tried: {},
        oldLast: [],
        reports: [],
        reportsOwed: 0,
        viewed: [],
        walks: {},
        elsewhere: {},
        friends,
        available: [],
        startedAt,
        alone: allows(environment.target.allow, 'destroy') && !others,
        clockToleranceMs,
        firstPageCursor: section.firstPageCursor,
        nonce,
      };
    },
    async send({ actor, action, members, at, probe }: Call) {
      const caller = callers.get(at ?? actor);
      if (caller === undefined) throw new Error(`there is no station ${at ?? actor}`);
      isSecondKnown ||= action === 'login' && participants.some((each) => at === secondOf(each));
      if ((flagActions as readonly string[]).includes(action)) await guard.before(String(members.conversationid));
      const call = client[action as OzekiActionName] as (
        caller: OzekiCaller,
        members: object,
        options: OzekiCallOptions,
      ) => Promise<{ exchange: Exchange }>;
      const own = action === 'login' ? { apikey: caller.apikey } : members;
      const tamper = actor === impostor ? { tamper: { headers: {} } } : {};
      return (await call(caller, own, { intent: probe ? 'probe' : 'call', ...tamper })).exchange;
    },
    // What cannot be put back is not done.
    has: ({ action }) => !lacks(environment.target, 'ozeki', undoneBy[action] ?? action),
    end: () => environment.putBack(() => guard.restore()),
    close: async () => [],
    groundTruth: {
      emails: Object.values(accounts).map(({ email }) => email),
      clockToleranceMs,
      isBackDated,
    },
    mark: () => nonce.slice(6),
  };
}

function createClient(
  environment: Environment,
  section: OzekiTarget,
  accounts: Readonly<Record<string, OzekiAccount>>,
  record: (exchange: Exchange) => void,
): OzekiClient {
  const sign = signerFor(environment.target);
  const client = createOzekiClient({
    url: section.url,
    sign: async (caller, request) => {
      const account = accounts[caller.actor];
      if (account === undefined) throw new Error(`no account for ${caller.actor}`);
      const signature = await sign({ ...request, user: caller.user, station: caller.station, account });
      return caller.actor === impostor ? altered(signature) : signature;
    },
    wire: { transport: environment.transport, guard: environment.guard, record, recordFailure: () => {} },
  });
  return withFreshSessions(client);
}

/** The `instance` of a conversation, where an answer shows it. */
function instanceIn({ response }: Exchange, id: string): string | undefined {
  const shown = conversationsIn(objectOf(response.json) ?? {}, '').find((conversation) => conversation.id === id);
  return typeof shown?.instance === 'string' ? shown.instance : undefined;
}

/** Whether a page shows a message that came since and that the suite did not add: somebody else is at work there. */
function holdsForeign({ action, response }: Exchange, sinceMs: number): boolean {
  if (action !== 'downloadpartial' && action !== 'download') return false;
  const messages = (response.json as { messages?: unknown } | null | undefined)?.messages;
  return (Array.isArray(messages) ? messages : []).some(
    (entry) => typeof entry?.ID === 'string' && !isOwn(entry.ID) && Date.parse(`${entry.Created}Z`) >= sinceMs - 1000,
  );
}

/** Logs in, and gives the user id to call with: the documented one, unless the server only knows the one it answered. */
async function logIn(client: OzekiClient, caller: OzekiCaller): Promise<string> {
  const { exchange, body } = await client.login(caller, { apikey: caller.apikey });
  const answered = body?.userid;
  if (ozekiOutcome(exchange) !== 'served' || typeof answered !== 'string' || answered === caller.user)
    return caller.user;
  const { exchange: list } = await client.list({ ...caller, user: answered }, {}, { intent: 'probe' });
  return ozekiOutcome(list) === 'served' ? answered : caller.user;
}

/** The conversation of the two, the smallest where they share several. */
async function sharedConversation(
  client: OzekiClient,
  callers: ReadonlyMap<string, OzekiCaller>,
): Promise<{ id: string; instance: string | undefined }> {
  const lists = await Promise.all(
    participants.map(async (actor) => {
      const caller = callers.get(actor) as OzekiCaller;
      const { exchange } = await client.list(caller, {});
      if (ozekiOutcome(exchange) !== 'served') throw new NotServed(exchange);
      return conversationsIn(objectOf(exchange.response.json) ?? {}, caller.user);
    }),
  );
  const [hers = [], his = []] = lists;
  const shared = hers
    .filter(({ id }) => his.some((other) => other.id === id))
    .sort((a, b) => a.participantids.length - b.participantids.length);
  const [best] = shared;
  if (best === undefined) throw new Skip('alice and bob share no conversation that Conversation / List shows to both');
  return { id: best.id, instance: typeof best.instance === 'string' ? best.instance : undefined };
}

/** The user ids of somebody's friends. */
async function friendsOf(client: OzekiClient, caller: OzekiCaller | undefined): Promise<string[]> {
  if (caller === undefined) return [];
  const { exchange } = await client.friends(caller, {});
  const friends = (exchange.response.json as { friends?: unknown } | null | undefined)?.friends;
  return typeof friends === 'object' && friends !== null ? Object.keys(friends) : [];
}
