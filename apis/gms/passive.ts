import type { Exchange, Finding } from '../../src/exchange/index.js';
import { contentTypeFindings, statusFindings } from '../../src/passive/content-type.js';
import { objectOf, objectsOf } from '../../src/passive/json.js';
import { serverErrorFindings, stackTraceFindings } from '../../src/passive/robustness.js';
import { besideSchema, findingOf, schemaObservations } from '../../src/passive/schema.js';
import type { GroundTruth, Observation, PassiveCheck } from '../../src/passive/types.js';
import { closeToNow, consecutive, equal, isEpochMs, neverDecreasing } from '../../src/rules/index.js';
import { positionOf } from '../chatserver/dialect.js';
import { fromFindings, isNumbered } from '../chatserver/events.js';
import { byIndex, indexesOf, joinedFindings, positionFindings } from '../chatserver/transcript.js';
import { type GmsAction, type GmsActionName, gmsActions, gmsOutcome } from './actions.js';
import { limitFindings } from './limits.js';
import { gmsChatIdOf } from './recognise.js';
import { gmsSchemas } from './schemas.js';

type Body = Record<string, unknown>;

const participantTypes = ['Client', 'Agent', 'Supervisor', 'External'];

/** Judges one GMS exchange by every requirement that a single exchange can decide. */
export const gmsPassive: PassiveCheck = (exchange, groundTruth) => {
  const outcome = gmsOutcome(exchange);
  const body = objectOf(exchange.response.json);
  if (outcome === 'refused' || (outcome === 'broken' && exchange.intent === 'probe')) return refusal(exchange, body);
  if (exchange.action === 'filedownload') return file(exchange);
  // What is not asked as documented has no documented answer.
  const isDocumented =
    exchange.intent === 'call' || (exchange.request.json !== undefined && exchange.violations.request.length === 0);
  const bySchema = isDocumented ? schemaObservations(exchange, { shape: 'GMS-COM-1' }) : [];
  if (outcome === 'broken' || body === undefined) return [...bySchema, typeOf(exchange)];
  return besideSchema(bySchema, [
    { requirement: 'GMS-COM-1', findings: statusFindings(exchange) },
    typeOf(exchange),
    ...chatIds(exchange, body),
    ...transcript(exchange, body),
    ...ends(exchange, body, groundTruth),
    ...(exchange.intent === 'call'
      ? (checksOf[exchange.action as GmsActionName]?.(exchange, body, groundTruth) ?? [])
      : []),
  ]);
};

type ActionCheck = (exchange: Exchange, body: Body, groundTruth: GroundTruth) => Observation[];

const checksOf: Partial<Record<GmsActionName, ActionCheck>> = {
  requestchat: checkRequest,
  filelimits: (_exchange, body) => [{ requirement: 'GMS-FILE-1', findings: limitFindings(body) }],
  updatedata: () => [{ requirement: 'GMS-DATA-1', findings: [] }],
  readreceipt: () => [{ requirement: 'GMS-READ-1', findings: [] }],
};

/** The rows that a refusal of a documented call of these actions misses: what it is to do has no other. */
const answered: Partial<Record<GmsActionName, string>> = {
  updatedata: 'GMS-DATA-1',
  readreceipt: 'GMS-READ-1',
  filelimits: 'GMS-FILE-1',
};

function typeOf(exchange: Exchange): Observation {
  return { requirement: 'GMS-COM-1-SHOULD', findings: contentTypeFindings(exchange) };
}

/** A file is its bytes and nothing else. */
function file(exchange: Exchange): Observation[] {
  return [{ requirement: 'GMS-COM-1', findings: statusFindings(exchange) }];
}

function refusal(exchange: Exchange, body: Body | undefined): Observation[] {
  const { action, intent, response } = exchange;
  const { isNeeded }: GmsAction = gmsActions[action as GmsActionName];
  const isCode = body?.statusCode === 1 || body?.statusCode === 2;
  const namesCodes = Object.keys(body ?? {}).some((name) => name !== 'statusCode' && /error|code/i.test(name));
  const untold: Finding = {
    message: 'an answer that is no success has neither a statusCode of 1 or 2 nor error codes',
    expected: 'statusCode 1 or 2, or error codes',
    found: response.notJson ?? JSON.stringify(body?.statusCode) ?? 'no statusCode',
  };
  const isJudgedByCode = response.status === 200 && body !== undefined;
  const judged: Observation[] = [];
  // What is wrong about the code of an answer of HTTP 200 is one miss, and not two.
  if (!isJudgedByCode) judged.push({ requirement: 'GMS-COM-7', findings: isCode || namesCodes ? [] : [untold] });
  else if (isCode) judged.push({ requirement: 'GMS-COM-7', findings: [] });
  if (body !== undefined) judged.push(typeOf(exchange));
  // What an odd position meets has a requirement of its own.
  if (intent === 'probe' && !(action === 'refresh' && 'transcriptPosition' in (objectOf(exchange.request.json) ?? {})))
    judged.push({
      requirement: 'GMS-COM-6',
      findings: [...serverErrorFindings(exchange), ...stackTraceFindings(exchange)],
    });
  const findings = isJudgedByCode ? gmsSchemas.validateRefusal(body).map(findingOf) : [];
  // 1 asks for another try, and so may come at any time.
  const isFinal = intent === 'call' && body?.statusCode !== 1;
  const refused: Finding = {
    message: `${action}, called as documented, is refused`,
    expected: 'statusCode 0',
    found: `HTTP ${response.status}, statusCode ${JSON.stringify(body?.statusCode) ?? 'left out'}`,
  };
  if (isFinal && isNeeded && findings.length === 0) findings.push(refused);
  if (isJudgedByCode || findings.length > 0) judged.push({ requirement: 'GMS-COM-2', findings });
  const own = answered[action as GmsActionName];
  if (isFinal && own !== undefined) judged.push({ requirement: own, findings: [refused] });
  return judged;
}

function chatIds(exchange: Exchange, { chatId }: Body): Observation[] {
  const own = gmsChatIdOf(exchange.request.url);
  if (own === undefined || chatId === undefined) return [];
  const message = 'the chatId of the answer is not that of the chat';
  return [{ requirement: 'GMS-COM-3', findings: equal(chatId, own, message, '/chatId') }];
}

/** Whether an answer shows a transcript from a position on, rather than what goes with its action. */
function showsTranscript({ action, request }: Exchange): boolean {
  return action === 'requestchat' || action === 'refresh' || positionOf(objectOf(request.json) ?? {}) !== undefined;
}

function transcript(exchange: Exchange, body: Body): Observation[] {
  const events = objectsOf(body.messages);
  // Where each must have an index, one without is a miss of the shape, and tells nothing of the order.
  const indexes = indexesOf(showsTranscript(exchange) ? events : events.filter(isNumbered)) ?? [];
  const asked = objectOf(exchange.request.json) ?? {};
  const judged: Observation[] = [];
  if (typeof body.nextPosition === 'number')
    judged.push({ requirement: 'GMS-REF-3', findings: nextFindings(body.nextPosition, indexes) });
  const isRead = exchange.action === 'refresh';
  const position = positionOf(asked);
  // A recording may lack what makes a form of a body: then nothing is known of the position.
  const isKnown = exchange.request.json !== undefined;
  const isWhole = isRead && isKnown && (asked.transcriptPosition === undefined || position === 1);
  if (isWhole) judged.push({ requirement: 'GMS-REF-2', findings: wholeFindings(indexes) });
  if (isRead && position === 0)
    judged.push({
      requirement: 'GMS-REF-2',
      findings: equal(events.length, 0, 'the transcriptPosition 0 is answered with events', '/messages'),
    });
  if (events.length === 0) return judged;
  const times = byIndex(events).flatMap(({ utcTime }) => (isEpochMs(utcTime) ? utcTime : []));
  judged.push(
    { requirement: 'GMS-REF-5', findings: neverDecreasing(times, 'utcTime', '/messages') },
    { requirement: 'GMS-COM-1-FROM-SHOULD', findings: fromFindings(events, participantTypes).slice(0, 3) },
  );
  if (!showsTranscript(exchange) || indexes.length === 0) return judged;
  judged.push({ requirement: 'GMS-REF-1', findings: consecutive(indexes, 'the indexes of events', '/messages') });
  if (isRead && position !== undefined && position > 1)
    judged.push({ requirement: 'GMS-REF-1', findings: positionFindings(indexes, position) });
  return judged;
}

function nextFindings(nextPosition: number, indexes: readonly number[]): Finding[] {
  const last = Math.max(0, ...indexes);
  if (nextPosition > last) return [];
  const message = 'the nextPosition does not lie above every index shown';
  return [{ message, path: '/nextPosition', expected: `more than ${last}`, found: String(nextPosition) }];
}

function wholeFindings(indexes: readonly number[]): Finding[] {
  if (indexes.includes(1)) return [];
  const message = 'a transcript that was asked for whole does not start at index 1';
  const found = indexes.length === 0 ? 'no event' : `index ${Math.min(...indexes)}`;
  return [{ message, path: '/messages', expected: 'all events from index 1 on', found }];
}

/** Whether the chat is over, as far as an answer says so and it is known. */
function ends({ action, ...exchange }: Exchange, { chatEnded }: Body, groundTruth: GroundTruth): Observation[] {
  if (typeof chatEnded !== 'boolean') return [];
  if (action === 'disconnect') {
    const message = 'Disconnect answers that the chat is not over';
    return [{ requirement: 'GMS-DONE-1', findings: equal(chatEnded, true, message, '/chatEnded') }];
  }
  const isAlive = action === 'requestchat' || groundTruth.isOpenChat?.({ action, ...exchange }) === true;
  if (!isAlive) return [];
  const message = 'chatEnded is not false though the chat lives';
  return [{ requirement: 'GMS-REF-6', findings: equal(chatEnded, false, message, '/chatEnded') }];
}

function checkRequest(exchange: Exchange, body: Body, { clockToleranceMs }: GroundTruth): Observation[] {
  const { nickname, firstName, lastName } = objectOf(exchange.request.json) ?? {};
  const [first] = objectsOf(body.messages);
  // An empty field may count as one that was left out.
  const isNamed = nickname !== undefined && String(nickname).trim() !== '';
  // Without a nickname, how it is made of the other names is for another requirement to say.
  const shown = isNamed ? nickname : objectOf(first?.from)?.nickname;
  const judged: Observation[] = [{ requirement: 'GMS-REQ-2', findings: joinedFindings(first, shown) }];
  if (nickname === undefined && first !== undefined) {
    const message = 'the client is not shown under first and last name with a space between';
    const path = '/messages/0/from/nickname';
    const findings = equal(shown, `${firstName} ${lastName}`, message, path);
    judged.push({ requirement: 'GMS-REQ-3', findings: [] }, { requirement: 'GMS-REQ-3-SHOULD', findings });
  }
  if (first !== undefined && isEpochMs(first.utcTime)) {
    const tolerance = clockToleranceMs + exchange.durationMs;
    const now = exchange.startedAt + exchange.durationMs;
    const what = 'the utcTime of the joining of a chat just opened';
    const findings = closeToNow(first.utcTime, now, tolerance, what, '/messages/0/utcTime');
    judged.push({ requirement: 'GMS-REF-5', findings });
  }
  return judged;
}
