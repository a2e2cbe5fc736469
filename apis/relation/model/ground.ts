import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../../../src/environment/environment.js';
import type { Exchange } from '../../../src/exchange/index.js';
import type { Call, Ground } from '../../../src/explore/model.js';
import { altered } from '../../../src/explore/values.js';
import type { Journal } from '../../../src/journal/journal.js';
import { allows, NotServed, Skip } from '../../../src/judge/index.js';
import { objectOf, objectsOf } from '../../../src/passive/json.js';
import { lacks } from '../../../src/target/index.js';
import { TransportFailure } from '../../../src/transport/index.js';
import { type RelationActionName, relationCodes } from '../actions.js';
import { createRelationClient, type RelationCaller, type RelationCallOptions } from '../client.js';
import { type Callers, createTraces, groupName, noDisband } from '../groups.js';
import { whyNoGroups } from '../has-groups.js';
import { relationOf } from '../target.js';
import { tokensOf } from '../tokens.js';
import { impostor, type State } from './state.js';

const roles = ['member', 'peer', 'outsider'] as const;

/** After how long a call is sent again where the rate limit was reached, milliseconds. */
const pauses = [100, 300, 1000, 3000];

/**
 * The most messages in one second to one place, until the server shows a `createAt` with milliseconds. Where it is cut to seconds, more than fit
 * on a page of fifty could not be walked past, whatever the server does.
 */
const mostInOneSecond = 36;

/** The way to a Relation server. Its channel is shared: what a sequence sends stays, and is known by its sendUuid. */
export async function createGround(environment: Environment, _lane: number, journal: Journal): Promise<Ground<State>> {
  const { clockToleranceSeconds } = environment.target;
  const section = relationOf(environment.target);
  if (section === undefined) throw new Error('the target has no relation section');
  const tokens = tokensOf(environment.target);
  const client = createRelationClient({
    url: section.url,
    apiKey: section.apiKey,
    tokens,
    wire: { transport: environment.transport, guard: environment.guard, record: () => {}, recordFailure: () => {} },
  });
  const callers = new Map<string, RelationCaller>();
  for (const actor of roles) {
    const account = section[actor];
    if (account !== undefined) callers.set(actor, { actor, ...account });
  }
  const lately = new Map<unknown, number[]>();
  let tellsMilliseconds = false;
  let mark = '';

  const once = async ({ actor, action, members, probe }: Call): Promise<Exchange> => {
    const call = client[action as RelationActionName] as (
      caller: RelationCaller,
      members: object,
      options: RelationCallOptions,
    ) => Promise<{ exchange: Exchange }>;
    const caller = callers.get(actor);
    if (caller === undefined) throw new Error(`the target names no ${actor}`);
    const tamper = actor === impostor ? { tamper: { authorization: `Bearer ${caller.token}` } } : {};
    return (await call(caller, members, { intent: probe ? 'probe' : 'call', ...tamper })).exchange;
  };
  const traces = createTraces(journal);
  const send = async (call: Call): Promise<Exchange> => {
    const [relationId, action] = [callers.get(call.actor)?.relationId ?? '', call.action as RelationActionName];
    traces.before(relationId, action, call.members);
    const exchange = await persist(call);
    traces.after(relationId, action, call.members, exchange);
    return exchange;
  };
  const persist = async (call: Call): Promise<Exchange> => {
    for (const pause of pauses) {
      const exchange = await once(call);
      if (codeOf(exchange) !== relationCodes.rateLimit) return exchange;
      await sleep(pause);
    }
    const exchange = await once(call);
    if (codeOf(exchange) === relationCodes.rateLimit) throw rateLimited(exchange);
    return exchange;
  };

  const isThere = (action: RelationActionName) => !lacks(environment.target, 'relation', action);
  // An outsider whose very token is refused would show nothing of who may enter the channel.
  if (callers.has('outsider') && isThere('unreadcount')) {
    const known = codeOf(await persist({ actor: 'outsider', action: 'unreadcount', members: {}, probe: true }));
    const { tokenExpired, tokenError, tokenIssuer } = relationCodes;
    if (known === tokenExpired || known === tokenError || known === tokenIssuer) callers.delete('outsider');
  }

  const ids = Object.fromEntries([...callers].map(([actor, { relationId }]) => [actor, relationId]));
  const undoers: Callers = new Map(
    Object.entries(ids).map(([actor, relationId]) => [
      relationId,
      (action, members) => send({ actor, action, members: { ...members }, probe: true }),
    ]),
  );
  const undo = (shared: boolean) => environment.putBack(() => traces.undo(undoers, { shared }));
  const wire = { transport: environment.transport, guard: () => {}, record: () => {}, recordFailure: () => {} };
  const hasGroups = (await whyNoGroups(section, wire, tokens)) === undefined;
  if (section.channelUuid === undefined && !isThere('disband') && !allows(environment.target.allow, 'destroy'))
    throw new Skip(noDisband);
  const channelUuid = section.channelUuid ?? (await makeChannel(send, section.peer.relationId));
  traces.share(channelUuid);
  const { member } = section;
  callers.set(impostor, { actor: impostor, ...member, token: altered(await tokens.of(member)) });

  return {
    async begin() {
      mark = randomBytes(6).toString('hex');
      return {
        channelUuid,
        ids,
        nonce: `c0nf0-rmanc-esuit-echat-cai-${mark}`,
        startedAt: Date.now(),
        clockToleranceMs: clockToleranceSeconds * 1000,
        sent: [],
        refused: {},
        walks: {},
        unread: {},
        restless: [],
        hasGroups,
        elsewhere: [],
        searches: {},
        groups: [],
      };
    },
    async send(call) {
      if (call.action === 'send' && !tellsMilliseconds) {
        const place = call.members.channelUuid ?? 'direct';
        const sent = lately.get(place) ?? [];
        lately.set(place, sent);
        await paced(sent);
      }
      const exchange = await send(call);
      tellsMilliseconds ||= objectsOf((exchange.response.json as { data?: unknown } | null | undefined)?.data).some(
        ({ createAt }) => Number(createAt) % 1000 > 0,
      );
      return exchange;
    },
    has({ action, members }) {
      if (action === 'chatshide') return section.chatsHide === true;
      // A group that cannot be disbanded stays.
      if (action === 'create') return isThere('disband');
      return section.directMessages !== false || typeof members.toRelationId !== 'string';
    },
    end: () => undo(false),
    close: () => undo(true),
    groundTruth: { emails: [], clockToleranceMs: clockToleranceSeconds * 1000 },
    mark: () => mark,
  };
}

/** The group in which sequences play where the target names no channel. */
async function makeChannel(send: (call: Call) => Promise<Exchange>, peer: string): Promise<string> {
  const members = { name: groupName(), type: 'G', members: [peer] };
  const exchange = await send({ actor: 'member', action: 'create', members });
  const made = objectOf(objectOf(exchange.response.json)?.data)?.channelUuid;
  if (typeof made !== 'string') throw new NotServed(exchange);
  return made;
}

async function paced(lately: number[]): Promise<void> {
  for (;;) {
    const now = Date.now();
    while (lately[0] !== undefined && lately[0] <= now - 1000) lately.shift();
    const oldest = lately[0];
    if (lately.length < mostInOneSecond || oldest === undefined) {
      lately.push(now);
      return;
    }
    await sleep(oldest + 1001 - now);
  }
}

function codeOf({ response }: Exchange): unknown {
  return (response.json as { code?: unknown } | null | undefined)?.code;
}

function rateLimited({ request, response, startedAt, durationMs }: Exchange): TransportFailure {
  const attempts = pauses.length + 1;
  const message = `the rate limit was reached: code 10110 ${attempts} times`;
  return new TransportFailure(
    { kind: 'rate-limit', blame: 'environment', message },
    { request, response, startedAt, durationMs, attempts },
  );
}
