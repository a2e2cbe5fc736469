import { createPublicKey } from 'node:crypto';
import type { Exchange, Finding } from '../../src/exchange/index.js';
import { contentTypeFindings, statusFindings } from '../../src/passive/content-type.js';
import { arrayOf, objectOf, objectsOf, stringsOf } from '../../src/passive/json.js';
import { serverErrorFindings, stackTraceFindings } from '../../src/passive/robustness.js';
import { besideSchema, findingOf, schemaObservations } from '../../src/passive/schema.js';
import type { GroundTruth, Observation, PassiveCheck } from '../../src/passive/types.js';
import {
  accountIdFindings,
  closeToNow,
  conversationIdOf,
  directionOf,
  equal,
  noRepeats,
  parseTimestamp,
  sameSet,
  shortened,
  sorted,
  userIdOf,
} from '../../src/rules/index.js';
import {
  type FlagAction,
  flagActions,
  type OzekiActionName,
  ozekiActions,
  ozekiOutcome,
  uploadedMessage,
} from './actions.js';
import { likenessFindings, reportTypes } from './likeness.js';
import { ozekiSchemas } from './schemas.js';

type Body = Record<string, unknown>;

/** Judges one Ozeki exchange by every requirement that a single exchange can decide. */
export const ozekiPassive: PassiveCheck = (exchange, groundTruth) => {
  const outcome = ozekiOutcome(exchange);
  const body = objectOf(exchange.response.json);
  if (outcome === 'refused' || (outcome === 'broken' && exchange.intent === 'probe')) return refusal(exchange);
  const common: Observation[] = [{ requirement: 'OZ-COM-1', findings: contentTypeFindings(exchange) }];
  // What becomes of bad input that is served, no page documents: its answer may hold it.
  if (exchange.intent === 'probe') return common;
  const bySchema = [...common, ...schemaObservations(exchange, { shape: 'OZ-COM-2' })];
  if (outcome === 'broken' || body === undefined) return bySchema;
  return besideSchema(bySchema, [
    ...envelope(exchange, body),
    ...ids(exchange, body, groundTruth),
    ...times(exchange, body, groundTruth),
    ...(checksOf[exchange.action as OzekiActionName]?.(exchange, body, groundTruth) ?? []),
    ...conversations(exchange, body),
  ]);
};

type ActionCheck = (exchange: Exchange, body: Body, groundTruth: GroundTruth) => Observation[];

const checksOf: Partial<Record<OzekiActionName, ActionCheck>> = {
  login: checkLogin,
  friends: checkFriends,
  // A plain envelope is all that they answer: what it must be like, the schema says of every success.
  viewed: () => [{ requirement: 'OZ-REPORT-1', findings: [] }],
  workspaceregister: () => [{ requirement: 'OZ-WORK-1', findings: [] }],
  add: checkAdd,
  downloadpartial: checkPage,
  download: checkDownload,
  ...Object.fromEntries(flagActions.map((action) => [action, checkFlag])),
};

function refusal(exchange: Exchange): Observation[] {
  const { json, notJson } = exchange.response;
  const body = objectOf(json);
  const misshapen =
    body === undefined
      ? [
          {
            message: 'the refusal is no JSON object',
            expected: 'a JSON object with status and errormessage',
            found: notJson ?? 'another JSON value',
          },
        ]
      : ozekiSchemas.validateRefusal(body).map(findingOf);
  const findings = [...misshapen, ...serverErrorFindings(exchange), ...stackTraceFindings(exchange)];
  const judged: Observation[] = [{ requirement: 'OZ-COM-13', findings }];
  if (body !== undefined) judged.push({ requirement: 'OZ-COM-1', findings: contentTypeFindings(exchange) });
  return judged;
}

function envelope(exchange: Exchange, body: Body): Observation[] {
  const judged: Observation[] = [{ requirement: 'OZ-COM-9', findings: statusFindings(exchange) }];
  if (typeof body.errormessage === 'string') {
    judged.push({
      requirement: 'OZ-COM-4',
      findings: equal(body.errormessage, '', 'errormessage is not empty beside status "OK"', '/errormessage'),
    });
  }
  return judged;
}

/** Whatever stands where an answer has a user id. */
function userIds(action: string, body: Body): unknown[] {
  if (action === 'login') return [body.userid];
  if (action === 'notification') return [...arrayOf(body.friendavailabilitesof)];
  if (action === 'friends')
    return [
      ...Object.keys(objectOf(body.friends) ?? {}),
      ...objectsOf(body.availabilities).map(({ friendid }) => friendid),
    ];
  return shown(body).flatMap(({ conversation }) => [
    ...['participantids', 'mutedby', 'favoriteby', 'hiddenby'].flatMap((member) => arrayOf(conversation[member])),
    ...['participants', 'properties'].flatMap((member) => objectsOf(conversation[member]).map(({ userid }) => userid)),
  ]);
}

/** An account's id where it is the documented one; what else stands for an account, a single exchange cannot tell. */
function ids(exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const known = new Set<unknown>(groundTruth.emails.map(userIdOf));
  const isSeen = userIds(exchange.action, body).some((id) => known.has(id));
  return isSeen ? [{ requirement: 'OZ-COM-6', findings: [] }] : [];
}

function times(exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const uploaded =
    exchange.action === 'add' ? parseTimestamp(uploadedMessage(exchange.request.json)?.Created) : undefined;
  const echoed = parseTimestamp(objectOf(body.message)?.Created);
  if (uploaded === undefined || echoed === undefined) return [];
  if (Math.abs(uploaded - exchange.startedAt) > groundTruth.clockToleranceMs) return [];
  const now = exchange.startedAt + exchange.durationMs;
  const tolerance = groundTruth.clockToleranceMs + exchange.durationMs;
  const findings = closeToNow(echoed, now, tolerance, 'the Created of a message just added', '/message/Created');
  return [{ requirement: 'OZ-COM-8', findings }];
}

function checkLogin(exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const judged: Observation[] = [];
  if (typeof body.rsakey === 'string')
    judged.push({ requirement: 'OZ-LOGIN-2-SHOULD', findings: encryptedPemFindings(body.rsakey) });
  const urls = objectOf(body.urls);
  if (urls !== undefined)
    judged.push({ requirement: 'OZ-LOGIN-4', findings: handedOut.flatMap((name) => urlFindings(name, urls[name])) });
  const email = groundTruth.emails.find((known) => known === exchange.account);
  if (email !== undefined)
    judged.push({ requirement: 'OZ-LOGIN-5', findings: accountIdFindings(body.userid, email, '/userid') });
  return judged;
}

const handedOut = [
  'login',
  'availability',
  'conversation',
  'conversationgroup',
  'blocklist',
  'fileserver',
  'friends',
  'notification',
];

function encryptedPemFindings(key: string): Finding[] {
  const missing = [/^Proc-Type: 4,ENCRYPTED\r?$/m, /^DEK-Info: \S+/m].filter((line) => !line.test(key));
  if (missing.length === 0) return [];
  return [
    {
      message: 'rsakey is not encrypted',
      path: '/rsakey',
      expected: 'the lines Proc-Type: 4,ENCRYPTED and DEK-Info',
      found: `${missing.length} of the two lines missing`,
    },
  ];
}

/** That a URL picks its own service: the order and the spelling of a query are free, which no pattern can say. */
function urlFindings(name: string, value: unknown): Finding[] {
  if (typeof value !== 'string' || !URL.canParse(value)) return [];
  const { searchParams } = new URL(value);
  const part = (key: string) => (searchParams.has(key) ? `${key}=${searchParams.get(key)}` : `no ${key}`);
  return equal(
    `${part('srv')}&${part('api')}`,
    `srv=chatserver&api=chat${name}`,
    `the query of the ${name} URL picks something else`,
    `/urls/${name}`,
  );
}

function checkFriends(exchange: Exchange, body: Body): Observation[] {
  const friends = objectOf(body.friends) ?? {};
  const entries = objectsOf(body.availabilities);
  const listed = entries.map((entry) => entry.friendid).filter((id) => typeof id === 'string');
  const names = entries.flatMap((entry, i) =>
    typeof entry.friendid === 'string' && entry.friendid in friends
      ? equal(
          entry.friendname,
          friends[entry.friendid],
          'a friend has another name in friends than in availabilities',
          `/availabilities/${i}/friendname`,
        )
      : [],
  );
  const caller = callerOf(exchange);
  const self = caller !== undefined && (caller in friends || listed.includes(caller));
  return [
    {
      requirement: 'OZ-FRIEND-1',
      findings: [...sameSet(Object.keys(friends), listed, { left: 'friends', right: 'availabilities' }), ...names],
    },
    ...(entries.length === 0
      ? []
      : [
          {
            requirement: 'OZ-FRIEND-2-SHOULD',
            findings: entries.flatMap((entry, i) =>
              publicKeyFindings(entry.publickey, `/availabilities/${i}/publickey`),
            ),
          },
        ]),
    {
      requirement: 'OZ-FRIEND-3',
      findings: [
        ...(self
          ? [{ message: 'the caller is listed as a friend of their own', expected: 'others only', found: caller }]
          : []),
        ...noRepeats(listed, 'availabilities', '/availabilities'),
      ],
    },
  ];
}

function publicKeyFindings(value: unknown, path: string): Finding[] {
  const found = {
    message: 'a publickey is not the base64 of a DER RSA public key',
    path,
    expected: 'base64 of DER',
    found: typeof value === 'string' ? `${value.length} characters` : (JSON.stringify(value) ?? 'nothing'),
  };
  if (typeof value !== 'string' || !isBase64(value)) return [found];
  const key = Buffer.from(value, 'base64');
  for (const type of ['spki', 'pkcs1'] as const) {
    try {
      return createPublicKey({ key, format: 'der', type }).asymmetricKeyType === 'rsa'
        ? []
        : [{ ...found, found: 'a key of another kind' }];
    } catch {
      // Not this form of DER: the other one may fit.
    }
  }
  return [found];
}

function checkAdd(exchange: Exchange, body: Body): Observation[] {
  const uploaded = uploadedMessage(exchange.request.json);
  const answered = objectOf(body.message);
  if (uploaded === undefined || answered === undefined) return [];
  return [
    {
      requirement: 'OZ-ADD-1',
      findings: ['ID', 'Type', 'Created', 'ValidUntil'].flatMap((member) =>
        equal(
          answered[member],
          uploaded[member],
          `Add answers another ${member} than was uploaded`,
          `/message/${member}`,
        ),
      ),
    },
    {
      requirement: 'OZ-ADD-2',
      findings:
        answered.Data === undefined
          ? []
          : [{ message: 'Add sends the Data back', path: '/message/Data', expected: 'no Data', found: 'Data' }],
    },
  ];
}

function checkPage(exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const request = objectOf(exchange.request.json) ?? {};
  const [messages, reports] = [objectsOf(body.messages), objectsOf(body.reports)];
  const limit = typeof request.limit === 'number' ? request.limit : Number.POSITIVE_INFINITY;
  const atMost = (items: readonly unknown[], what: string): Finding[] =>
    items.length <= limit
      ? []
      : [
          {
            message: `a page holds more ${what} than its limit`,
            path: `/${what}`,
            expected: `at most ${limit}`,
            found: `${items.length}`,
          },
        ];
  const times = ordered(messages, groundTruth).map((message) => parseTimestamp(message.Created) ?? Number.NaN);
  const judged: Observation[] = [
    { requirement: 'OZ-PAGE-1', findings: atMost(messages, 'messages') },
    { requirement: 'OZ-PAGE-1-SHOULD', findings: atMost(reports, 'reports') },
    ...reportTypes(body),
  ];
  const cursor = parseTimestamp(request.lastmessagedate);
  // Where messages stand in the order of their arrival, those before one of an earlier Created may be newer than it.
  const saysOrder = groundTruth.isBackDated?.(String(request.lastmessageid)) !== true;
  if (cursor !== undefined && saysOrder) {
    const newer = messages.filter((message) => (parseTimestamp(message.Created) ?? cursor) > cursor);
    judged.push({
      requirement: 'OZ-PAGE-3',
      findings:
        newer.length === 0
          ? []
          : [
              {
                message: `${newer.length} of ${messages.length} messages on a page are newer than the cursor`,
                path: '/messages',
                expected: `Created not after ${request.lastmessagedate}`,
                found: `${newer[0]?.ID} of ${newer[0]?.Created}`,
              },
            ],
    });
  }
  if (times.length > 1 && !times.includes(Number.NaN)) {
    const direction = directionOf(times);
    judged.push({
      requirement: 'OZ-PAGE-4',
      findings: direction === 'unsorted' ? sorted(times, 'ascending', 'the messages of a page', '/messages') : [],
    });
    if (direction === 'ascending' || direction === 'descending') {
      judged.push({
        requirement: 'OZ-PAGE-4-SHOULD',
        findings: sorted(times, 'ascending', 'the messages of a page', '/messages'),
      });
    }
  }
  return judged;
}

/** The messages whose order says something: those not uploaded with a `Created` of the past. */
function ordered(messages: readonly Body[], groundTruth: GroundTruth): readonly Body[] {
  return messages.filter((message) => typeof message.ID !== 'string' || groundTruth.isBackDated?.(message.ID) !== true);
}

function checkDownload(_exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const messages = objectsOf(body.messages);
  if (messages.length === 0) return reportTypes(body);
  const times = ordered(messages, groundTruth).map((message) => parseTimestamp(message.Created) ?? Number.NaN);
  const judged: Observation[] = [
    ...reportTypes(body),
    {
      requirement: 'OZ-DOWN-2',
      findings: messages.flatMap((message, i) => validityFindings(message, `/messages/${i}`)),
    },
  ];
  if (times.length > 1 && !times.includes(Number.NaN)) {
    judged.push({
      requirement: 'OZ-DOWN-1',
      findings: sorted(times, 'ascending', 'the messages of a Download', '/messages'),
    });
  }
  return judged;
}

function validityFindings({ Created, ValidUntil }: Body, path: string): Finding[] {
  const [created, validUntil] = [parseTimestamp(Created), parseTimestamp(ValidUntil)];
  if (created === undefined || validUntil === undefined || validUntil >= created) return [];
  return [
    {
      message: 'a message is valid until before it was created',
      path: `${path}/ValidUntil`,
      expected: `not before ${Created}`,
      found: `${ValidUntil}`,
    },
  ];
}

/** The conversation objects of an answer: one in `conversation`, many in the `conversations` of List. */
function shown(body: Body): { path: string; conversation: Body }[] {
  const one = objectOf(body.conversation);
  return [
    ...(one === undefined ? [] : [{ path: '/conversation', conversation: one }]),
    ...objectsOf(body.conversations).map((conversation, i) => ({ path: `/conversations/${i}`, conversation })),
  ];
}

function conversations(exchange: Exchange, body: Body): Observation[] {
  const all = shown(body);
  if (all.length === 0) return [];
  const caller = callerOf(exchange);
  const each = (judge: (conversation: Body, path: string) => Finding[]) =>
    all.flatMap(({ path, conversation }) => judge(conversation, path));
  const judged: Observation[] = [
    {
      requirement: 'OZ-CONV-2',
      findings: [
        ...each((conversation, path) => [
          ...sameSet(
            objectsOf(conversation.participants).map((entry) => String(entry.userid)),
            stringsOf(conversation.participantids),
            { left: 'participants', right: 'participantids' },
            path,
          ),
          ...noRepeats(
            objectsOf(conversation.participants).map((entry) => String(entry.userid)),
            'participants',
            `${path}/participants`,
          ),
        ]),
        ...noRepeats(
          all.map(({ conversation }) => String(conversation.id)),
          'the List',
          '/conversations',
        ),
      ],
    },
    { requirement: 'OZ-CONV-4', findings: each(conversationIdFindings) },
    { requirement: 'OZ-CONV-8', findings: each(formFindings) },
    { requirement: 'OZ-CONV-11', findings: each((conversation, path) => likenessFindings(conversation, caller, path)) },
  ];
  if (caller !== undefined) {
    judged.push(
      { requirement: 'OZ-CONV-1', findings: each((conversation, path) => memberFindings(conversation, caller, path)) },
      { requirement: 'OZ-CONV-3', findings: each((conversation, path) => flagFindings(conversation, caller, path)) },
      {
        requirement: 'OZ-CONV-5',
        findings: each((conversation, path) => ownPropertiesFindings(conversation, caller, path)),
      },
    );
  }
  const asked = objectOf(exchange.request.json)?.conversationid;
  if (objectOf(body.conversation) !== undefined && typeof asked === 'string') {
    judged.push({
      requirement: 'OZ-CONV-9',
      findings: equal(
        objectOf(body.conversation)?.id,
        asked,
        'the answer carries another conversation than was asked for',
        '/conversation/id',
      ),
    });
  }
  return judged;
}

function memberFindings(conversation: Body, caller: string, path: string): Finding[] {
  if (stringsOf(conversation.participantids).includes(caller)) return [];
  return [
    {
      message: 'a conversation is shown to a caller who takes no part in it',
      path: `${path}/participantids`,
      expected: `${caller} among them`,
      found: stringsOf(conversation.participantids).join(', ') || 'nobody',
    },
  ];
}

function flagFindings(conversation: Body, caller: string, path: string): Finding[] {
  const own = objectsOf(conversation.properties).find((entry) => entry.userid === caller);
  return (['ismuted', 'isfavorite'] as const).flatMap((member): Finding[] => {
    const listName = member === 'ismuted' ? 'mutedby' : 'favoriteby';
    const names = stringsOf(conversation[listName]);
    if (own === undefined || own[member] === names.includes(caller)) return [];
    return [
      {
        message: `${member} and ${listName} contradict each other`,
        path,
        expected: `${member} true exactly when the caller is in ${listName}`,
        found: `${member} ${JSON.stringify(own[member])}, ${listName} ${names.includes(caller) ? 'with' : 'without'} the caller`,
      },
    ];
  });
}

function conversationIdFindings(conversation: Body, path: string): Finding[] {
  const participants = stringsOf(conversation.participantids);
  if (conversation.isgroup !== false || participants.length !== 2) return [];
  return equal(
    conversation.id,
    conversationIdOf(participants),
    'the id of a two-person conversation is not the md5 of its sorted participant ids joined by ";"',
    `${path}/id`,
  );
}

function ownPropertiesFindings(conversation: Body, caller: string, path: string): Finding[] {
  const owners = objectsOf(conversation.properties).map((entry) => String(entry.userid));
  return equal(owners, [caller], "properties hold something else than the caller's entry alone", `${path}/properties`);
}

function formFindings(conversation: Body, path: string): Finding[] {
  const instance: Finding[] =
    typeof conversation.instance === 'string' && /^[0-9A-Za-z]{10}$/.test(conversation.instance)
      ? []
      : [
          {
            message: 'instance is not ten letters or digits',
            path: `${path}/instance`,
            expected: 'ten letters or digits',
            found: JSON.stringify(conversation.instance) ?? 'nothing',
          },
        ];
  const odd = ['displayname', 'secret'].filter(
    (member) => typeof conversation[member] !== 'string' || !isBase64(conversation[member]),
  );
  return [
    ...instance,
    ...odd.map((member) => ({
      message: `${member} is no base64`,
      path: `${path}/${member}`,
      expected: 'base64',
      found: shortened(JSON.stringify(conversation[member]) ?? 'nothing', 60),
    })),
  ];
}

function isBase64(text: unknown): boolean {
  return typeof text === 'string' && text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function checkFlag(exchange: Exchange, body: Body): Observation[] {
  const action = exchange.action as FlagAction;
  const conversation = objectOf(body.conversation);
  const caller = callerOf(exchange);
  if (conversation === undefined || caller === undefined) return [];
  const suffix = action === 'setlistitembackgroundcolor' ? 'COLOR' : action.toUpperCase();
  const asked = objectOf(exchange.request.json) ?? {};
  return [
    {
      requirement: `OZ-FLAG-1-${suffix}`,
      findings: flagStateFindings(action, conversation, caller, asked, '/conversation'),
    },
  ];
}

/**
 * Finds where a conversation object does not show what a flag action asked for.
 * @param asked the request body: `color` of Change Color, `hideid` of Hide.
 */
export function flagStateFindings(
  action: FlagAction,
  conversation: Body,
  caller: string,
  asked: Body,
  path = '',
): Finding[] {
  const own = objectsOf(conversation.properties).find((entry) => entry.userid === caller) ?? {};
  const page = ozekiActions[action].page;
  const lists = (listName: 'mutedby' | 'favoriteby', member: string, wanted: boolean): Finding[] => [
    ...equal(own[member], wanted, `after ${page} ${member} is not ${wanted}`, `${path}/properties`),
    ...equal(
      stringsOf(conversation[listName]).includes(caller),
      wanted,
      `after ${page} the caller is ${wanted ? 'not ' : ''}in ${listName}`,
      `${path}/${listName}`,
    ),
  ];
  switch (action) {
    case 'mute':
    case 'unmute':
      return lists('mutedby', 'ismuted', action === 'mute');
    case 'favorite':
    case 'unfavorite':
      return lists('favoriteby', 'isfavorite', action === 'favorite');
    case 'hide':
    case 'unhide':
      return equal(
        own.hideid,
        action === 'hide' ? asked.hideid : '',
        `after ${page} hideid is not what was asked for`,
        `${path}/properties`,
      );
    case 'setlistitembackgroundcolor':
      return equal(
        String(own.listitembackgroundcolor).toLowerCase(),
        String(asked.color).toLowerCase(),
        `after ${page} listitembackgroundcolor is not the colour asked for`,
        `${path}/properties`,
      );
  }
}

function callerOf(exchange: Exchange): string | undefined {
  const header = Object.entries(exchange.request.headers).find(([name]) => name.toLowerCase() === 'ozeki-user');
  return header?.[1];
}
