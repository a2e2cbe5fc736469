import { createPublicKey } from 'node:crypto';
import type { Exchange, Finding } from '../../src/exchange/index.js';
import { contentTypeFindings, schemaFindings, statusFindings } from '../../src/passive/content-type.js';
import { arrayOf, objectOf, objectsOf, stringsOf } from '../../src/passive/json.js';
import { serverErrorFindings, stackTraceFindings } from '../../src/passive/robustness.js';
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
  timestampFindings,
  userIdFindings,
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

type Body = Record<string, unknown>;

/** Judges one Ozeki exchange by every requirement that a single exchange can decide. */
export const ozekiPassive: PassiveCheck = (exchange, groundTruth) => {
  const outcome = ozekiOutcome(exchange);
  const body = objectOf(exchange.response.json);
  if (outcome === 'refused' || (outcome === 'broken' && exchange.intent === 'probe')) return refusal(exchange);
  const common: Observation[] = [{ requirement: 'OZ-COM-1', findings: contentTypeFindings(exchange) }];
  // What becomes of bad input that is served, no page documents: its answer may hold it.
  if (exchange.intent === 'probe') return common;
  common.push({ requirement: 'OZ-COM-2', findings: schemaFindings(exchange) });
  if (outcome === 'broken' || body === undefined) return common;
  return [
    ...common,
    ...envelope(exchange, body),
    ...ids(exchange, body, groundTruth),
    ...times(exchange, body, groundTruth),
    ...(checksOf[exchange.action as OzekiActionName]?.(exchange, body, groundTruth) ?? []),
    ...conversations(exchange, body),
  ];
};

type ActionCheck = (exchange: Exchange, body: Body, groundTruth: GroundTruth) => Observation[];

const checksOf: Partial<Record<OzekiActionName, ActionCheck>> = {
  login: observeLogin,
  friends: observeFriends,
  notification: observeNotification,
  viewed: (exchange) => [{ requirement: 'OZ-REPORT-1', findings: schemaFindings(exchange) }],
  workspaceregister: (exchange) => [{ requirement: 'OZ-WORK-1', findings: schemaFindings(exchange) }],
  add: observeAdd,
  clear: observeClear,
  downloadpartial: observePage,
  download: observeDownload,
  ...Object.fromEntries(flagActions.map((action) => [action, observeFlag])),
};

function refusal(exchange: Exchange): Observation[] {
  const body = objectOf(exchange.response.json);
  const inOrder: Finding[] = [];
  if (body === undefined) {
    inOrder.push({
      message: 'the refusal is no JSON object',
      expected: 'a JSON object with status and errormessage',
      found: exchange.response.notJson ?? 'another JSON value',
    });
  } else {
    if (typeof body.status !== 'string' || body.status === 'OK') {
      inOrder.push({
        message: 'the refusal has no status of its own',
        path: '/status',
        expected: 'a status other than "OK"',
        found: JSON.stringify(body.status) ?? 'nothing',
      });
    }
    if (typeof body.errormessage !== 'string' || body.errormessage === '') {
      inOrder.push({
        message: 'the refusal does not say why',
        path: '/errormessage',
        expected: 'a text',
        found: JSON.stringify(body.errormessage) ?? 'nothing',
      });
    }
  }
  const findings = [...inOrder, ...serverErrorFindings(exchange), ...stackTraceFindings(exchange)];
  const judged: Observation[] = [{ requirement: 'OZ-COM-13', findings }];
  if (body !== undefined) judged.push({ requirement: 'OZ-COM-1', findings: contentTypeFindings(exchange) });
  return judged;
}

function envelope(exchange: Exchange, body: Body): Observation[] {
  const optional = exchange.action === 'download';
  const status =
    optional && body.status === undefined
      ? []
      : equal(body.status, 'OK', 'the status of a success is not exactly "OK"', '/status');
  const message: Finding[] =
    typeof body.errormessage === 'string' || (optional && body.errormessage === undefined)
      ? []
      : [
          {
            message: 'errormessage is no string',
            path: '/errormessage',
            expected: 'a string',
            found: JSON.stringify(body.errormessage) ?? 'nothing',
          },
        ];
  const judged: Observation[] = [
    { requirement: 'OZ-COM-3', findings: [...status, ...message] },
    { requirement: 'OZ-COM-9', findings: statusFindings(exchange) },
  ];
  if (typeof body.errormessage === 'string') {
    judged.push({
      requirement: 'OZ-COM-4',
      findings: equal(body.errormessage, '', 'errormessage is not empty beside status "OK"', '/errormessage'),
    });
  }
  return judged;
}

/** Every place of an answer where a user id stands, with its JSON pointer. */
function userIds(action: string, body: Body): { path: string; value: unknown }[] {
  const list = (path: string, value: unknown) =>
    arrayOf(value).map((item, i) => ({ path: `${path}/${i}`, value: item }));
  if (action === 'login') return [{ path: '/userid', value: body.userid }];
  if (action === 'notification') return list('/friendavailabilitesof', body.friendavailabilitesof);
  if (action === 'friends') {
    return [
      ...Object.keys(objectOf(body.friends) ?? {}).map((key) => ({ path: `/friends/${key}`, value: key })),
      ...objectsOf(body.availabilities).map((entry, i) => ({
        path: `/availabilities/${i}/friendid`,
        value: entry.friendid,
      })),
    ];
  }
  return shown(body).flatMap(({ path, conversation }) => [
    ...['participantids', 'mutedby', 'favoriteby', 'hiddenby'].flatMap((member) =>
      list(`${path}/${member}`, conversation[member]),
    ),
    ...['participants', 'properties'].flatMap((member) =>
      objectsOf(conversation[member]).map((entry, i) => ({
        path: `${path}/${member}/${i}/userid`,
        value: entry.userid,
      })),
    ),
  ]);
}

function ids(exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const places = userIds(exchange.action, body);
  if (places.length === 0) return [];
  const judged: Observation[] = [
    { requirement: 'OZ-COM-5', findings: places.flatMap(({ path, value }) => userIdFindings(value, path)) },
  ];
  const known = new Map(groundTruth.emails.map((email) => [userIdOf(email), email]));
  const own = places.filter(({ value }) => typeof value === 'string' && known.has(value.toLowerCase()));
  if (own.length > 0) {
    const findings = own.flatMap(({ path, value }) =>
      accountIdFindings(value, known.get((value as string).toLowerCase()) as string, path),
    );
    judged.push({ requirement: 'OZ-COM-6', findings });
  }
  return judged;
}

function times(exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const entries = [
    ...objectsOf(body.messages).map((entry, i) => ({ path: `/messages/${i}`, entry })),
    ...objectsOf(body.reports).map((entry, i) => ({ path: `/reports/${i}`, entry })),
    ...[objectOf(body.message)].filter((entry) => entry !== undefined).map((entry) => ({ path: '/message', entry })),
  ];
  const stamps = entries.flatMap(({ path, entry }) =>
    ['Created', 'ValidUntil']
      .filter((member) => entry[member] !== undefined)
      .map((member) => ({ path: `${path}/${member}`, value: entry[member] })),
  );
  if (stamps.length === 0) return [];
  const judged: Observation[] = [
    { requirement: 'OZ-COM-7', findings: stamps.flatMap(({ path, value }) => timestampFindings(value, path)) },
  ];
  const uploaded =
    exchange.action === 'add' ? parseTimestamp(uploadedMessage(exchange.request.json)?.Created) : undefined;
  const echoed = parseTimestamp(objectOf(body.message)?.Created);
  if (
    uploaded !== undefined &&
    echoed !== undefined &&
    Math.abs(uploaded - exchange.startedAt) <= groundTruth.clockToleranceMs
  ) {
    const now = exchange.startedAt + exchange.durationMs;
    judged.push({
      requirement: 'OZ-COM-8',
      findings: closeToNow(
        echoed,
        now,
        groundTruth.clockToleranceMs + exchange.durationMs,
        'the Created of a message just added',
        '/message/Created',
      ),
    });
  }
  return judged;
}

function observeLogin(exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const judged: Observation[] = [{ requirement: 'OZ-LOGIN-1', findings: schemaFindings(exchange) }];
  if (typeof body.rsakey === 'string') {
    judged.push({ requirement: 'OZ-LOGIN-2', findings: pemFindings(body.rsakey) });
    judged.push({ requirement: 'OZ-LOGIN-2-SHOULD', findings: encryptedPemFindings(body.rsakey) });
  }
  const listeners = objectOf(body.listeners);
  if (listeners !== undefined) {
    judged.push({
      requirement: 'OZ-LOGIN-3',
      findings: ['udp', 'ws', 'wss'].flatMap((scheme) => listenerFindings(scheme, listeners[scheme])),
    });
  }
  const urls = objectOf(body.urls);
  if (urls !== undefined) {
    judged.push({ requirement: 'OZ-LOGIN-4', findings: handedOut.flatMap((name) => urlFindings(name, urls[name])) });
  }
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

function pemFindings(key: string): Finding[] {
  const block = /^\s*-----BEGIN RSA PRIVATE KEY-----\r?\n([\s\S]*)\r?\n-----END RSA PRIVATE KEY-----\s*$/.exec(
    key,
  )?.[1];
  // Beside headers, "Name: value", a block holds base64; the documented one is elided with dots.
  const body = block?.replace(/^[A-Za-z-]+:.*$/gm, '').replace(/\s/g, '');
  if (block?.trim() && /^[A-Za-z0-9+/.]*=*$/.test(body as string)) return [];
  return [
    {
      message: 'rsakey is no PEM block of an RSA private key',
      path: '/rsakey',
      expected: 'a block between BEGIN and END lines of the type RSA PRIVATE KEY',
      found: `${key.length} characters of another form`,
    },
  ];
}

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

function listenerFindings(scheme: string, value: unknown): Finding[] {
  const port =
    typeof value === 'string'
      ? new RegExp(`^${scheme}://(?:\\[[0-9a-fA-F:.]+\\]|[^/:?#\\s]+):(\\d{1,5})(?:[/?#]\\S*)?$`).exec(value)?.[1]
      : undefined;
  if (port !== undefined && Number(port) > 0 && Number(port) < 65_536) return [];
  return [
    {
      message: `the ${scheme} listener is no ${scheme} URL with a port`,
      path: `/listeners/${scheme}`,
      expected: `${scheme}://host:port`,
      found: JSON.stringify(value) ?? 'nothing',
    },
  ];
}

function urlFindings(name: string, value: unknown): Finding[] {
  const path = `/urls/${name}`;
  if (value === undefined)
    return [{ message: `the ${name} URL is missing`, path, expected: 'http(s)://…', found: 'nothing' }];
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return [
      {
        message: `the ${name} URL is not absolute http or https`,
        path,
        expected: 'http(s)://…',
        found: JSON.stringify(value) ?? 'nothing',
      },
    ];
  }
  const part = (name: string) => (url.searchParams.has(name) ? `${name}=${url.searchParams.get(name)}` : `no ${name}`);
  const picked = `${part('srv')}&${part('api')}`;
  return equal(picked, `srv=chatserver&api=chat${name}`, `the query of the ${name} URL picks something else`, path);
}

function observeFriends(exchange: Exchange, body: Body): Observation[] {
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
    {
      requirement: 'OZ-FRIEND-2',
      findings: entries.flatMap((entry, i) =>
        ['publickey', 'availability'].flatMap((member) =>
          typeof entry[member] === 'string' && entry[member] !== ''
            ? []
            : [
                {
                  message: `a friend has no ${member}`,
                  path: `/availabilities/${i}/${member}`,
                  expected: 'a text',
                  found: JSON.stringify(entry[member]) ?? 'nothing',
                },
              ],
        ),
      ),
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

function observeNotification(_exchange: Exchange, body: Body): Observation[] {
  const findings = ['friendavailabilitesof', 'conversationchangedof', 'conversationlistchangedof'].flatMap(
    (member): Finding[] => {
      if (!Array.isArray(body[member]))
        return [
          {
            message: `${member} is no array`,
            path: `/${member}`,
            expected: 'an array of ids',
            found: JSON.stringify(body[member]) ?? 'nothing',
          },
        ];
      const odd = arrayOf(body[member]).findIndex((id) => typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id));
      return odd === -1
        ? []
        : [
            {
              message: `${member} holds something that is no id of 32 lower-case hex digits`,
              path: `/${member}/${odd}`,
              expected: '32 characters of 0-9a-f',
              found: JSON.stringify(arrayOf(body[member])[odd]) ?? 'nothing',
            },
          ];
    },
  );
  return [{ requirement: 'OZ-NOTIF-1', findings }];
}

function observeAdd(exchange: Exchange, body: Body): Observation[] {
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

function observeClear(_exchange: Exchange, body: Body): Observation[] {
  const conversation = objectOf(body.conversation);
  if (conversation === undefined) return [];
  const findings = ['lastmessageid', 'lastreportid'].flatMap((member) =>
    equal(conversation[member], '', `${member} is not empty after Clear`, `/conversation/${member}`),
  );
  return [{ requirement: 'OZ-CLEAR-2', findings }];
}

function observePage(exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
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
  ];
  const cursor = parseTimestamp(request.lastmessagedate);
  if (cursor !== undefined) {
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

function observeDownload(_exchange: Exchange, body: Body, groundTruth: GroundTruth): Observation[] {
  const messages = objectsOf(body.messages);
  if (messages.length === 0) return [];
  const times = ordered(messages, groundTruth).map((message) => parseTimestamp(message.Created) ?? Number.NaN);
  const judged: Observation[] = [
    {
      requirement: 'OZ-DOWN-2',
      findings: messages.flatMap((message, i) => messageFindings(message, `/messages/${i}`)),
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

function messageFindings(message: Body, path: string): Finding[] {
  const missing = ['ID', 'Type', 'Created', 'ValidUntil', 'Data']
    .filter((member) => typeof message[member] !== 'string')
    .map((member) => ({
      message: `a downloaded message has no ${member}`,
      path: `${path}/${member}`,
      expected: 'a string',
      found: JSON.stringify(message[member]) ?? 'nothing',
    }));
  const [created, validUntil] = [parseTimestamp(message.Created), parseTimestamp(message.ValidUntil)];
  const early = created !== undefined && validUntil !== undefined && validUntil < created;
  return early
    ? [
        ...missing,
        {
          message: 'a message is valid until before it was created',
          path: `${path}/ValidUntil`,
          expected: `not before ${message.Created}`,
          found: `${message.ValidUntil}`,
        },
      ]
    : missing;
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
          ...noRepeats(stringsOf(conversation.participantids), 'participantids', `${path}/participantids`),
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
    { requirement: 'OZ-CONV-6', findings: each(colourFindings) },
    { requirement: 'OZ-CONV-8', findings: each(formFindings) },
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
  return (['ismuted', 'isfavorite'] as const).flatMap((member) => {
    const listName = member === 'ismuted' ? 'mutedby' : 'favoriteby';
    const names = stringsOf(conversation[listName]);
    const agrees = own === undefined || own[member] === names.includes(caller);
    return [
      ...(agrees
        ? []
        : [
            {
              message: `${member} and ${listName} contradict each other`,
              path,
              expected: `${member} true exactly when the caller is in ${listName}`,
              found: `${member} ${JSON.stringify(own?.[member])}, ${listName} ${names.includes(caller) ? 'with' : 'without'} the caller`,
            },
          ]),
      ...noRepeats(names, listName, `${path}/${listName}`),
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

function colourFindings(conversation: Body, path: string): Finding[] {
  const odd = objectsOf(conversation.properties).flatMap((entry, i): Finding[] =>
    typeof entry.listitembackgroundcolor === 'string' && /^#[0-9a-fA-F]{6}$/.test(entry.listitembackgroundcolor)
      ? []
      : [
          {
            message: 'listitembackgroundcolor is not "#" and six hex digits',
            path: `${path}/properties/${i}/listitembackgroundcolor`,
            expected: '#rrggbb',
            found: JSON.stringify(entry.listitembackgroundcolor) ?? 'nothing',
          },
        ],
  );
  if (Number.isInteger(conversation.lastaccess)) return odd;
  return [
    ...odd,
    {
      message: 'lastaccess is no integer',
      path: `${path}/lastaccess`,
      expected: 'Unix seconds',
      found: JSON.stringify(conversation.lastaccess) ?? 'nothing',
    },
  ];
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

function observeFlag(exchange: Exchange, body: Body): Observation[] {
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
