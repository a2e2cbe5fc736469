import type { Exchange, Finding } from '../../src/exchange/index.js';
import { contentTypeFindings, statusFindings } from '../../src/passive/content-type.js';
import { objectOf, objectsOf } from '../../src/passive/json.js';
import { serverErrorFindings, stackTraceFindings } from '../../src/passive/robustness.js';
import { besideSchema, findingOf, schemaObservations } from '../../src/passive/schema.js';
import type { GroundTruth, Observation, PassiveCheck } from '../../src/passive/types.js';
import { closeToNow, consecutive, equal, isEpochMs, neverDecreasing } from '../../src/rules/index.js';
import { fromFindings, participantFindings, typeFindings } from '../chatserver/events.js';
import { byIndex, indexesOf, joinedFindings, positionFindings } from '../chatserver/transcript.js';
import { type GenesysActionName, genesysOutcome } from './actions.js';
import { genesysSchemas } from './schemas.js';

type Body = Record<string, unknown>;

const participantTypes = ['Client', 'External', 'Agent'];

/** The types of event that the page of Get Messages shows, and those that the vendor's own clients know beside them. */
const eventTypes = [
  ...['ParticipantJoined', 'Message', 'TypingStarted', 'TypingStopped', 'Notice'],
  ...['ParticipantLeft', 'ParticipantRejoined', 'TranscriptSaveDone'],
];

/** Judges one Genesys exchange by every requirement that a single exchange can decide. */
export const genesysPassive: PassiveCheck = (exchange, groundTruth) => {
  const outcome = genesysOutcome(exchange);
  const body = objectOf(exchange.response.json);
  if (outcome === 'refused' || (outcome === 'broken' && exchange.intent === 'probe')) return refusal(exchange, body);
  // What is not asked as documented has no documented answer.
  const isDocumented =
    exchange.intent === 'call' || (exchange.request.json !== undefined && exchange.violations.request.length === 0);
  const common: Observation[] = [
    ...(isDocumented ? fit(exchange) : []),
    { requirement: 'GE-COM-1-SHOULD', findings: [...contentTypeFindings(exchange), ...statusFindings(exchange)] },
  ];
  if (outcome === 'broken' || body === undefined) return common;
  return besideSchema(common, [
    ...impossibleStatus(body),
    ...transcript(exchange, body),
    ...(exchange.action === 'getmessages' ? positions(exchange, body, groundTruth) : []),
    ...(exchange.intent === 'call'
      ? [
          ...echoes(exchange, body),
          ...(checksOf[exchange.action as GenesysActionName]?.(exchange, body, groundTruth) ?? []),
        ]
      : []),
  ]);
};

type ActionCheck = (exchange: Exchange, body: Body, groundTruth: GroundTruth) => Observation[];

const checksOf: Partial<Record<GenesysActionName, ActionCheck>> = { requestchat: checkRequest };

function refusal(exchange: Exchange, body: Body | undefined): Observation[] {
  const judged: Observation[] = [];
  // That an odd transcriptPosition makes the server fail is a miss of a requirement of its own.
  const oddPosition = exchange.action === 'getmessages' && positionOf(exchange) === undefined;
  const failed = oddPosition ? [] : serverErrorFindings(exchange);
  if (exchange.intent === 'probe')
    judged.push({ requirement: 'GE-COM-7', findings: [...failed, ...stackTraceFindings(exchange)] });
  if (body === undefined) return judged;
  judged.push({ requirement: 'GE-COM-1-SHOULD', findings: contentTypeFindings(exchange) });
  const findings = genesysSchemas.validateRefusal(body).map(findingOf);
  // 1 asks for another try, and so may come at any time.
  if (exchange.intent === 'call' && body.statusCode === 2)
    findings.push({
      message: `${exchange.action}, called as documented, is refused`,
      path: '/statusCode',
      expected: '0',
      found: '2',
    });
  judged.push({ requirement: 'GE-COM-2', findings }, ...impossibleStatus(body));
  return judged;
}

/** Where an answer says that the chat is over, or asks for another try, it must not say both. */
function impossibleStatus({ statusCode, chatEnded }: Body): Observation[] {
  if (statusCode !== 1 && chatEnded !== true) return [];
  const message = 'statusCode 1 asks for another try in a chat that is over';
  const both = statusCode === 1 && chatEnded === true;
  const finding = { message, path: '/chatEnded', expected: 'statusCode 0 or 2 beside true', found: 'statusCode 1' };
  return [{ requirement: 'GE-COM-8', findings: both ? [finding] : [] }];
}

/**
 * What the schema says of a success. No array of messages behind the last event is another requirement's miss; that an answer to a
 * later position should hold an event, one exchange cannot tell.
 */
function fit(exchange: Exchange): Observation[] {
  const mayBeBeyond = exchange.action === 'getmessages' && positionOf(exchange) !== 1;
  return schemaObservations(exchange, {
    shape: 'GE-COM-1',
    isMeant: ({ path }) => !mayBeBeyond || path !== '/messages',
  });
}

/** No transcript is so long: who asks for a later event wants to see what comes of it. */
const hugePosition = 1_000_000;

/** The index that Get Messages was asked to start from: 1 where left out, `undefined` where it is no such number, or huge. */
function positionOf(exchange: Exchange): number | undefined {
  const position = objectOf(exchange.request.json)?.transcriptPosition;
  if (position === undefined) return 1;
  const isIndex = typeof position === 'number' && Number.isInteger(position) && position > 0 && position < hugePosition;
  return isIndex ? position : undefined;
}

function echoes(exchange: Exchange, body: Body): Observation[] {
  if (exchange.action === 'complete') return [];
  const asked = objectOf(exchange.request.json) ?? {};
  const echoed = (requirement: string, member: 'tenantName' | 'alias'): Observation[] => {
    if (asked[member] === undefined) return [];
    const message = `the ${member} of the answer is not the one of the request`;
    return [{ requirement, findings: equal(body[member], asked[member], message, `/${member}`) }];
  };
  const judged = [...echoed('GE-COM-3', 'tenantName'), ...echoed('GE-COM-3-SHOULD', 'alias')];
  const credentials = (['userId', 'secureKey'] as const).filter((member) => asked[member] !== undefined);
  if (credentials.length > 0)
    judged.push({
      requirement: 'GE-COM-4',
      findings: credentials.flatMap((member) => echoFindings(member, body[member], asked[member])),
    });
  return judged;
}

/** Says of a credential only whether it is the same. */
function echoFindings(member: string, answered: unknown, asked: unknown): Finding[] {
  if (answered === asked) return [];
  return [
    {
      message: `the ${member} of the answer is not the one of the request`,
      path: `/${member}`,
      expected: 'the same',
      found: answered === undefined ? 'nothing' : 'another value',
    },
  ];
}

/** What holds for the events of an answer, whichever action it answers. */
function transcript(exchange: Exchange, body: Body): Observation[] {
  const events = objectsOf(body.messages);
  if (events.length === 0) return [];
  // In the order of their indexes: that of the array has a requirement of its own.
  const times = byIndex(events).flatMap(({ utcTime }) => (isEpochMs(utcTime) ? utcTime : []));
  const judged: Observation[] = [
    { requirement: 'GE-MSG-5', findings: neverDecreasing(times, 'utcTime', '/messages') },
    { requirement: 'GE-COM-1-FROM-SHOULD', findings: fromFindings(events, participantTypes).slice(0, 3) },
    { requirement: 'GE-MSG-11', findings: participantFindings(events).slice(0, 3) },
    { requirement: 'GE-MSG-12', findings: typeFindings(events, eventTypes).slice(0, 3) },
  ];
  const indexes = indexesOf(events);
  if (indexes === undefined) return judged;
  // That a Request Chat starts at 1, its own requirement says.
  const position = exchange.action === 'getmessages' ? positionOf(exchange) : undefined;
  const late =
    position === 1
      ? equal(indexes[0], 1, 'the first event of a whole transcript does not have index 1', '/messages/0/index')
      : [];
  judged.push({
    requirement: 'GE-MSG-3',
    findings: [...late, ...consecutive(indexes, 'the indexes of events', '/messages')],
  });
  return judged;
}

/** What holds for an answer of Get Messages, also where the suite asks from beyond the last event and so may be refused. */
function positions(exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const judged: Observation[] = [];
  if (groundTruth.isOpenChat?.(exchange)) {
    judged.push({
      requirement: 'GE-MSG-8',
      findings: equal(body.chatEnded, false, 'chatEnded is not false though the chat is open', '/chatEnded'),
    });
  }
  const asked = objectOf(exchange.request.json)?.transcriptPosition;
  const position = positionOf(exchange);
  const indexes = indexesOf(objectsOf(body.messages));
  if (position === undefined || indexes === undefined) return judged;
  if (asked === undefined) {
    const found = indexes.length === 0 ? 'no event' : `index ${Math.min(...indexes)}`;
    const whole = indexes.includes(1)
      ? []
      : [
          {
            message: 'without a transcriptPosition the transcript does not start at index 1',
            path: '/messages',
            expected: 'all events from index 1 on',
            found,
          },
        ];
    return [...judged, { requirement: 'GE-MSG-2', findings: whole }];
  }
  return [...judged, { requirement: 'GE-MSG-1', findings: positionFindings(indexes, position) }];
}

function checkRequest(exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const judged: Observation[] = [{ requirement: 'GE-REQ-1', findings: pathFindings(body) }];
  const first = objectsOf(body.messages)[0];
  judged.push({ requirement: 'GE-REQ-2', findings: joinedFindings(first, objectOf(exchange.request.json)?.nickname) });
  if (first !== undefined && isEpochMs(first.utcTime)) {
    const now = exchange.startedAt + exchange.durationMs;
    judged.push({
      requirement: 'GE-MSG-5',
      findings: closeToNow(
        first.utcTime,
        now,
        groundTruth.clockToleranceMs + exchange.durationMs,
        'the utcTime of the joining of a chat just opened',
        '/messages/0/utcTime',
      ),
    });
  }
  if (typeof body.secureKey === 'string')
    judged.push({ requirement: 'GE-REQ-3-SHOULD', findings: keyFindings(body.secureKey) });
  return judged;
}

/** A path may spell the chatId with percent signs. */
function pathFindings({ chatId, path }: Body): Finding[] {
  if (typeof chatId !== 'string' || typeof path !== 'string') return [];
  const own = `/api/v2/chats/${chatId}`;
  if (path === own || decoded(path) === own) return [];
  return [{ message: 'path is not /api/v2/chats/ and the chatId', path: '/path', expected: own, found: path }];
}

/** Says of a key no more than its length. */
function keyFindings(secureKey: string): Finding[] {
  if (/^[0-9a-fA-F]{16}$/.test(secureKey)) return [];
  return [
    {
      message: 'the secureKey is not 16 hex digits',
      path: '/secureKey',
      expected: '16 hex digits',
      found: `${secureKey.length} characters${secureKey.length === 16 ? ', not all hex digits' : ''}`,
    },
  ];
}

/** A part of an address without its percent signs, where they mean something. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
