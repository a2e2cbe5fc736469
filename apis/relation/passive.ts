import type { Exchange, Finding, ReceivedResponse } from '../../src/exchange/index.js';
import { contentTypeFindings } from '../../src/passive/content-type.js';
import { objectOf, objectsOf } from '../../src/passive/json.js';
import { serverErrorFindings, stackTraceFindings } from '../../src/passive/robustness.js';
import { besideSchema, findingOf, schemaObservations } from '../../src/passive/schema.js';
import type { Observation, PassiveCheck } from '../../src/passive/types.js';
import { equal, noRepeats, sorted } from '../../src/rules/index.js';
import { isOfMessages, type RelationActionName, relationOutcome, relationTexts, systemRelationId } from './actions.js';
import { relationSchemas } from './schemas.js';

type Body = Record<string, unknown>;

/** Judges one Relation exchange by every requirement that a single exchange can decide. */
export const relationPassive: PassiveCheck = (exchange) => [...rateLimit(exchange), ...answer(exchange)];

/** The rate limit is told by code 10110, whatever the HTTP status; a page that came before the answer tells it to nobody. */
function rateLimit({ busy = [] }: Exchange): Observation[] {
  const page = busy.find(({ status, json }) => status === 429 && json === undefined);
  if (page === undefined) return [];
  return [{ requirement: 'RE-COM-5', findings: [rateLimitFinding(page)] }];
}

/** A rate limit that is told by something else than the envelope. */
export function rateLimitFinding({ status, notJson }: ReceivedResponse): Finding {
  return {
    message: 'the rate limit is told by something else than code 10110',
    expected: 'code 10110 in the envelope',
    found: `HTTP ${status}, ${notJson}`,
  };
}

function answer(exchange: Exchange): Observation[] {
  const outcome = relationOutcome(exchange);
  const body = objectOf(exchange.response.json);
  if (outcome === 'refused' || (outcome === 'broken' && exchange.intent === 'probe')) return refusal(exchange, body);
  const common: Observation[] = [
    ...schemaObservations(exchange, { shape: 'RE-COM-1' }),
    { requirement: 'RE-COM-1-SHOULD', findings: contentTypeFindings(exchange) },
    ...described(exchange, body),
  ];
  if (outcome === 'broken' || body === undefined || exchange.intent === 'probe') return common;
  return besideSchema(common, checksOf[exchange.action as RelationActionName]?.(exchange, body) ?? []);
}

type ActionCheck = (exchange: Exchange, body: Body) => Observation[];

const checksOf: Partial<Record<RelationActionName, ActionCheck>> = {
  list: judgeList,
  send: judgeSend,
  auth: judgeAuth,
  info: judgeInfo,
  members: judgeMembers,
  chatslist: judgeChats,
};

function refusal(exchange: Exchange, body: Body | undefined): Observation[] {
  const broken = [...serverErrorFindings(exchange), ...stackTraceFindings(exchange)];
  // What is too large to be read may be refused by whatever stands in front.
  if (body?.code === undefined && exchange.response.status === 413) return [];
  if (body?.code === undefined) {
    const found = body === undefined ? (exchange.response.notJson ?? 'another JSON value') : 'JSON without a code';
    const envelope = 'the refusal is not in the envelope';
    const outside: Finding = { message: envelope, expected: 'a JSON object with code and desc', found };
    return [{ requirement: 'RE-COM-5', findings: [outside, ...broken] }];
  }
  return [
    { requirement: 'RE-COM-1', findings: relationSchemas.validateRefusal(body).map(findingOf) },
    { requirement: 'RE-COM-1-SHOULD', findings: contentTypeFindings(exchange) },
    { requirement: 'RE-COM-5', findings: broken },
    ...(broken.length === 0 ? described(exchange, body) : []),
  ];
}

/**
 * That `desc` says what is documented of the code; beside groups its words differ from page to page. A code or a desc of another type is
 * a miss of the envelope.
 */
function described({ action }: Exchange, { code, desc }: Body = {}): Observation[] {
  if (!isOfMessages(action)) return [];
  const text = typeof code === 'string' ? relationTexts[code] : undefined;
  if (text === undefined || typeof desc !== 'string') return [];
  return [
    { requirement: 'RE-COM-7', findings: equal(desc, text, `desc is not the text of the code ${code}`, '/desc') },
  ];
}

function judgeList(exchange: Exchange, body: Body): Observation[] {
  const asked = objectOf(exchange.request.json) ?? {};
  const entries = objectsOf(body.data);
  const judged: Observation[] = [];
  if (entries.length === 0) return judged;
  judged.push(
    { requirement: 'RE-LIST-5', findings: limitFindings(entries, asked.limit) },
    { requirement: 'RE-LIST-6', findings: newerFindings(entries, asked.maxCreateAt) },
    { requirement: 'RE-LIST-7', findings: identityFindings(entries, asked.channelUuid) },
  );
  const times = entries.map(({ createAt }) => timeOf(createAt));
  if (times.length > 1 && !times.includes(Number.NaN)) {
    judged.push({ requirement: 'RE-LIST-2', findings: sorted(times, 'descending', 'the messages of List', '/data') });
  }
  judged.push(...quotes(entries));
  const system = entries.flatMap((entry, i) => (entry.type === 'SYS' ? [{ entry, i }] : []));
  if (system.length > 0) {
    const findings = system.flatMap(({ entry, i }) =>
      equal(entry.from, systemRelationId, 'a SYS message does not come from thirty-two zeros', `/data/${i}/from`),
    );
    judged.push({ requirement: 'RE-LIST-13', findings });
  }
  return judged;
}

/** What a message shows of itself wherever it stands; its sender may change the name and the picture. */
const lastingMembers = ['content', 'from', 'sendUuid', 'type', 'createAt', 'channelUuid'];

/** Quotes of messages that the same answer shows: they show the same. */
function quotes(entries: readonly Body[]): Observation[] {
  const findings = entries.flatMap((entry, i) => {
    const quote = objectOf(entry.quote);
    const original = quote && entries.find(({ id }) => id === quote.id);
    if (quote === undefined || original === undefined) return [];
    const path = `/data/${i}/quote`;
    const nested = objectOf(quote.quote)?.id;
    const members = lastingMembers.flatMap((member) => {
      const message = `a quote shows another ${member} than the quoted message`;
      return equal(quote[member], original[member], message, `${path}/${member}`);
    });
    if (nested === undefined || nested === objectOf(original.quote)?.id) return members;
    return [...members, ...equal(nested, null, 'a quote quotes what the quoted message does not', `${path}/quote`)];
  });
  const isJudged = entries.some(({ quote }) => entries.some(({ id }) => id === objectOf(quote)?.id));
  return isJudged ? [{ requirement: 'RE-LIST-11', findings }] : [];
}

/** A `createAt` as a number to compare by, whether the server writes it as a string, as documented, or not. */
function timeOf(createAt: unknown): number {
  return typeof createAt === 'number' || (typeof createAt === 'string' && /^\d+$/.test(createAt))
    ? Number(createAt)
    : Number.NaN;
}

function limitFindings(entries: readonly Body[], limit: unknown): Finding[] {
  // What a server makes of a limit of nothing is another matter.
  const most = Number(limit);
  if (typeof limit !== 'string' || !(most > 0) || entries.length <= most) return [];
  const message = 'List holds more entries than its limit';
  return [{ message, path: '/data', expected: `at most ${limit}`, found: `${entries.length}` }];
}

function newerFindings(entries: readonly Body[], maxCreateAt: unknown): Finding[] {
  const bound = timeOf(maxCreateAt);
  const newer = entries.filter(({ createAt }) => timeOf(createAt) > bound);
  if (newer.length === 0) return [];
  return [
    {
      message: `${newer.length} of ${entries.length} entries of List are newer than maxCreateAt`,
      path: '/data',
      expected: `createAt not after ${maxCreateAt}`,
      found: `${newer[0]?.id} of ${newer[0]?.createAt}`,
    },
  ];
}

function identityFindings(entries: readonly Body[], channelUuid: unknown): Finding[] {
  const repeated = noRepeats(
    entries.map(({ id }) => String(id)),
    'a page of List',
    '/data',
  );
  if (typeof channelUuid !== 'string') return repeated;
  const foreign = entries.findIndex((entry) => entry.channelUuid !== channelUuid);
  if (foreign === -1) return repeated;
  const message = 'List holds a message of another channel than was asked for';
  return [...repeated, ...equal(entries[foreign]?.channelUuid, channelUuid, message, `/data/${foreign}/channelUuid`)];
}

function judgeSend(exchange: Exchange, body: Body): Observation[] {
  const asked = objectOf(exchange.request.json)?.channelUuid;
  const answered = objectOf(body.data)?.channelUuid;
  if (typeof asked !== 'string' || typeof answered !== 'string') return [];
  const message = 'Send answers another channelUuid than the message was sent to';
  return [{ requirement: 'RE-SEND-1', findings: equal(answered, asked, message, '/data/channelUuid') }];
}

/** How long a token of Auth is good, seconds: seven days. */
const tokenLife = 604_800;

function judgeAuth(_exchange: Exchange, body: Body): Observation[] {
  const token = objectOf(body.data)?.token;
  if (typeof token !== 'string' || token === '') return [];
  const claims = claimsOf(token);
  const path = '/data/token';
  const form = { path, expected: 'three parts of base64url, JSON with sub, iat and exp in the second', found: 'none' };
  if (claims === undefined)
    return [{ requirement: 'RG-AUTH-3', findings: [{ message: 'the token of Auth is no JWT', ...form }] }];
  const life = Number(claims.exp) - Number(claims.iat);
  const findings = [
    ...equal(life, tokenLife, 'the exp of the token is not seven days after its iat', path),
    ...equal(typeof claims.sub, 'string', 'the token has no sub', path),
  ];
  return [{ requirement: 'RG-AUTH-3', findings }];
}

/** What a JWT claims; `undefined` where a text is none. Who has signed it is not looked at. */
export function claimsOf(token: string): Body | undefined {
  const [, claims, signature] = token.split('.');
  if (claims === undefined || signature === undefined) return undefined;
  try {
    return objectOf(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

function judgeInfo({ request }: Exchange, body: Body): Observation[] {
  const asked = objectOf(request.json)?.channelUuid;
  const group = objectOf(body.data);
  if (typeof asked !== 'string' || group === undefined) return [];
  const ids = objectsOf(group.members).map(({ relationId }) => String(relationId));
  const findings = [
    ...equal(group.uuid, asked, 'Info answers another uuid than was asked for', '/data/uuid'),
    ...noRepeats(ids, 'the members of Info', '/data/members'),
  ];
  return [{ requirement: 'RG-INFO-1', findings }];
}

function judgeMembers(_exchange: Exchange, body: Body): Observation[] {
  const ids = objectsOf(body.data).map(({ relationId }) => String(relationId));
  return [{ requirement: 'RG-CREATE-2', findings: noRepeats(ids, 'Members', '/data') }];
}

function judgeChats({ request }: Exchange, body: Body): Observation[] {
  const limit = objectOf(request.json)?.limit;
  const list = objectsOf(objectOf(body.data)?.list);
  if (list.length === 0) return [];
  const most = Number(limit);
  const message = 'Chats / List holds more chats than its limit';
  const rest = { path: '/data/list', expected: `at most ${limit}`, found: `${list.length}` };
  const tooMany: Finding[] = typeof limit === 'string' && most > 0 && list.length > most ? [{ message, ...rest }] : [];
  const ids = list.map(({ channelUuid }) => String(channelUuid));
  return [
    { requirement: 'RG-CHATS-1', findings: [...tooMany, ...noRepeats(ids, 'a page of Chats / List', '/data/list')] },
  ];
}
