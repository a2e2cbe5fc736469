import { setTimeout as sleep } from 'node:timers/promises';
import { genesysOutcome } from '../../apis/genesys/actions.js';
import type { GenesysChat } from '../../apis/genesys/session.js';
import { chatText } from '../../fixtures/data.js';
import { lastIndex } from '../../fixtures/genesys/probes.js';
import { requirement } from '../../fixtures/genesys/suite.js';
import {
  bearsMark,
  cite,
  type Event,
  eventsIn,
  freshNickname,
  freshUrl,
  isOwn,
  keptFindings,
  ownEvents,
  poll,
  type Reading,
  read,
  say,
  sayInFours,
  sayMany,
  settled,
} from '../../fixtures/genesys/transcript.js';
import type { Exchange, Finding } from '../../src/exchange/index.js';
import { closeToNow, doubledFindings, isEpochMs, lostFindings, shortened, walk } from '../../src/rules/index.js';

/** Causes events of every kind, so that whatever numbers them is seen at work. */
async function doEverything(chat: GenesysChat): Promise<void> {
  await say(chat);
  await chat.starttyping({ text: chatText() });
  await chat.stoptyping({ text: chatText() });
  await say(chat);
  chat.nickname = freshNickname();
  await chat.updatenickname({ nickname: chat.nickname });
  await say(chat);
  await chat.sendurl({ pushUrl: freshUrl() });
  await chat.updateuserdata({ userData: { key1: 'value1' } });
  await say(chat);
}

requirement('GE-MSG-1', async ({ open, step }) => {
  const chat = await open();
  await doEverything(chat);
  await sayInFours(chat, 125);
  const whole = await settled(chat);
  const last = lastIndex(whole.events);
  const positions = [...upTo(12), 50, 99, 100, 101, 128, last - 1, last, last + 1, last + 3];
  step(`alice reads from ${positions.join(', ')}: the transcript has ${last} events`);
  const findings: Finding[] = [];
  for (const position of positions) {
    const part = position <= last ? await read(chat, position) : await poll(chat, position);
    // What has come about since the whole was read may be there too.
    const below = part.events.filter(({ index }) => index < position);
    findings.push(...keptFindings(whole.events, part, `from transcriptPosition ${position} of ${last}`, position));
    if (below.length > 0) {
      const message =
        position > last
          ? 'a transcriptPosition beyond the last event is answered with events of lower indexes'
          : 'events of an index below the transcriptPosition are answered';
      findings.push(
        ...cite(
          [
            {
              message,
              path: '/messages',
              expected: `index ${position} and above`,
              found: `index ${below.map(({ index }) => index).join(', ')}`,
            },
          ],
          part.exchange,
        ),
      );
    }
  }
  return findings;
});

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

requirement('GE-MSG-2', async ({ open, step }) => {
  const chat = await open();
  step(
    'alice causes events of every kind, sends 205 texts and reads the whole transcript, before, in between and behind',
  );
  await doEverything(chat);
  const findings: Finding[] = [];
  for (const count of [0, 5, 200]) {
    const texts = await sayInFours(chat, count);
    const { events, exchange } = await settled(chat);
    const shown = new Set(events.map(({ text }) => text));
    const lost = texts.filter((text) => !shown.has(text));
    const last = lastIndex(events);
    if (lost.length > 0)
      findings.push(
        ...cite(
          [
            {
              message: `the whole transcript lacks ${lost.length} of the last ${count} texts`,
              path: '/messages',
              expected: 'all events',
              found: `${events.length} events, up to index ${last}`,
            },
          ],
          exchange,
        ),
      );
    if (events.length < last)
      findings.push(
        ...cite(
          [
            {
              message: 'the whole transcript lacks events',
              path: '/messages',
              expected: `index 1 to ${last}`,
              found: `${events.length} events`,
            },
          ],
          exchange,
        ),
      );
  }
  return findings;
});

requirement('GE-MSG-3', async ({ open, step }) => {
  const chat = await open();
  step('alice causes events of every kind and reads after each; then ten texts at the same time');
  await doEverything(chat);
  await settled(chat);
  await Promise.all(Array.from({ length: 10 }, () => say(chat)));
  const { events } = await settled(chat);
  for (const position of [2, lastIndex(events) - 1]) await read(chat, Math.max(1, position));
});

requirement('GE-MSG-4', async ({ open, step }) => {
  const chat = await open();
  step(
    'alice reads time and again while she causes events of every kind; each event is compared with how it was first seen',
  );
  let known: Event[] = [];
  const findings: Finding[] = [];
  const compare = (reading: Reading, words: string, from = 1) => {
    findings.push(...keptFindings(known, reading, words, from));
    if (from === 1 && known.length < reading.events.length) known = reading.events;
  };
  compare({ events: eventsIn(chat.opened), exchange: chat.opened }, 'when the chat was opened');
  const acts: [string, () => Promise<unknown>][] = [
    ['when nothing was done', async () => undefined],
    ['after a text was sent', () => say(chat)],
    ['after typing', async () => [await chat.starttyping({ text: chatText() }), await chat.stoptyping({})]],
    ['after the nickname was changed', () => chat.updatenickname({ nickname: freshNickname() })],
    ['after a URL was pushed', () => chat.sendurl({ pushUrl: freshUrl() })],
    ['after user data was updated', () => chat.updateuserdata({ userData: { key1: 'value1' } })],
    ['after more texts were sent', () => sayMany(chat, 5)],
    ['after a moment', () => sleep(1100)],
  ];
  for (const [words, act] of acts) {
    await act();
    for (let again = 0; again < 4; again++) compare(await read(chat), words);
    const middle = Math.max(1, Math.floor(known.length / 2));
    compare(await read(chat, middle), `${words}, from position ${middle}`, middle);
  }
  step('alice completes the chat and reads once more');
  await chat.complete();
  const exchange = await chat.attempt.getmessages({}, { intent: 'probe' });
  if (genesysOutcome(exchange) === 'served')
    compare({ events: eventsIn(exchange), exchange }, 'after the chat was completed');
  return findings;
});

requirement('GE-MSG-5', async ({ open, step, target }) => {
  const before = Date.now();
  const chat = await open();
  await doEverything(chat);
  await sleep(1100);
  const last = await say(chat);
  const { events, exchange } = await settled(chat);
  step('the utcTime of every event is compared with the clock: the chat was opened a moment ago');
  const now = Date.now();
  const tolerance = target.clockToleranceMs + (now - before);
  const [joined, said] = [eventsIn(chat.opened)[0], events.find(({ text }) => text === last)];
  const far = cite(
    events
      .filter(({ utcTime }) => isEpochMs(utcTime))
      .flatMap(({ index, utcTime }) =>
        closeToNow(utcTime as number, now, tolerance, 'the utcTime of a fresh event', `/messages/${index - 1}/utcTime`),
      )
      .slice(0, 3),
    exchange,
  );
  return [...far, ...cite(stillFindings(joined, said), chat.opened, exchange)];
});

/** Finds where time stands still in a chat. `later` was caused over a second after `earlier` was answered. */
function stillFindings(earlier: Event | undefined, later: Event | undefined): Finding[] {
  if (earlier === undefined || later === undefined) return [];
  if (!isEpochMs(earlier.utcTime) || !isEpochMs(later.utcTime)) return [];
  if ((later.utcTime as number) > (earlier.utcTime as number)) return [];
  return [
    {
      message: 'the utcTime of a text sent over a second after the chat was opened is not later than the opening',
      path: `/messages/${later.index - 1}/utcTime`,
      expected: `more than ${earlier.utcTime}`,
      found: `${later.utcTime}`,
    },
  ];
}

requirement('GE-MSG-7', async ({ open, step }) => {
  const chat = await open();
  step('alice polls from the highest index seen plus one, while she causes events');
  const polled: Exchange[] = [];
  const acts: (() => Promise<unknown>)[] = [
    () => say(chat),
    async () => undefined,
    () => sayMany(chat, 3),
    () => doEverything(chat),
    async () => undefined,
    () => Promise.all([say(chat), say(chat), say(chat)]),
    ...Array.from({ length: 12 }, () => () => say(chat)),
    () => settled(chat),
  ];
  let todo = acts.length;
  const done = await walk<Event, number>(
    {
      first: 1,
      async fetch(position) {
        await acts[acts.length - todo]?.();
        if (todo > 0) todo--;
        const { events, exchange } = await poll(chat, position);
        polled.push(exchange);
        return events;
      },
      idOf: ({ index }) => `#${index}`,
      next: (events, position) => Math.max(position, lastIndex(events) + 1),
      mayRepeat: () => false,
      widen: (_events, position) => (todo > 0 ? position : undefined),
      show: (position) => `from ${position}`,
    },
    // Others may never be silent: the walk ends where nothing more is done.
    { maxPages: acts.length + 2 },
  );
  const whole = await settled(chat);
  const seen = Math.max(0, ...[...done.ids].map((id) => Number(id.slice(1))));
  const expected = new Set(Array.from({ length: seen }, (_, i) => `#${i + 1}`));
  const missed = ownEvents(whole.events, 'Message').filter(({ index }) => index > seen);
  const words = 'polling from the highest index seen plus one';
  const late: Finding[] =
    missed.length === 0
      ? []
      : [
          {
            message: `polling stopped yielding events: ${missed.length} texts never came`,
            expected: `all up to index ${lastIndex(whole.events)}`,
            found: `up to index ${seen}`,
          },
        ];
  return cite([...lostFindings(done, expected, words), ...doubledFindings(done, words), ...late], ...polled.slice(-3));
});

requirement('GE-MSG-7-SHOULD', async ({ open, step }) => {
  const chat = await open();
  await sayMany(chat, 2);
  const findings: Finding[] = [];
  for (const beyond of [1, 2, 10]) {
    const position = lastIndex((await settled(chat)).events) + beyond;
    step(`alice reads from ${beyond} beyond the last event`);
    const { exchange } = await poll(chat, position);
    const body = exchange.response.json as { statusCode?: unknown; messages?: unknown } | null | undefined;
    if (body?.statusCode === 0 && Array.isArray(body.messages)) continue;
    const found =
      body === undefined
        ? (exchange.response.notJson ?? 'no JSON')
        : JSON.stringify({ statusCode: body?.statusCode, messages: body?.messages });
    findings.push(
      ...cite(
        [
          {
            message: 'from beyond the last event, the answer is no empty array with statusCode 0',
            path: '/messages',
            expected: 'statusCode 0 and []',
            found: shortened(found, 200),
          },
        ],
        exchange,
      ),
    );
  }
  return findings;
});

requirement('GE-MSG-8', async ({ open, step }) => {
  const [chat, other] = [await open(), await open({ actor: 'bob' })];
  await read(chat);
  await doEverything(chat);
  const { events } = await settled(chat);
  await read(chat, lastIndex(events));
  await poll(chat, lastIndex(events) + 1);
  step('alice completes her chat; bob does not complete his; carol completes hers at once');
  await chat.complete();
  const findings: Finding[] = [];
  for (const [words, members] of [
    ['', {}],
    [', asked again', {}],
    [', asked from a position', { transcriptPosition: 2 }],
  ] as const) {
    findings.push(...(await overFindings(chat, words, members, isOver)));
  }
  // From there, servers may refuse in any way.
  const beyond = { transcriptPosition: lastIndex(events) + 10 };
  const isOverBeyond = (exchange: Exchange) => isOver(exchange) || genesysOutcome(exchange) === 'refused';
  findings.push(...(await overFindings(chat, ', asked from beyond the last event', beyond, isOverBeyond)));
  if (findings.length > 0) return findings;
  const third = await open({ actor: 'carol' });
  await third.complete();
  findings.push(...(await overFindings(third, ' of a chat just opened', {}, isOver)));
  await read(other);
  await say(other);
  await settled(other);
  return findings;
});

/** Finds where a completed chat is not shown to be over, for about two seconds: it may take the server a moment. */
async function overFindings(
  chat: GenesysChat,
  words: string,
  members: { transcriptPosition?: number },
  says: (exchange: Exchange) => boolean,
): Promise<Finding[]> {
  let exchange = await chat.attempt.getmessages(members, { intent: 'probe' });
  for (const wait of chat.lags ? [] : [50, 150, 300, 500, 1000]) {
    if (says(exchange)) return [];
    await sleep(wait);
    exchange = await chat.attempt.getmessages(members, { intent: 'probe' });
  }
  if (says(exchange)) return [];
  chat.lags = true;
  const { statusCode, chatEnded } = (exchange.response.json ?? {}) as { statusCode?: unknown; chatEnded?: unknown };
  return cite(
    [
      {
        message: `after Complete${words}, Get Messages does not say that the chat is over`,
        path: '/chatEnded',
        expected: 'chatEnded true, or statusCode 2',
        found: JSON.stringify({ statusCode, chatEnded }),
      },
    ],
    exchange,
  );
}

function isOver(exchange: Exchange): boolean {
  const body = exchange.response.json as { statusCode?: unknown; chatEnded?: unknown } | null | undefined;
  if (typeof body !== 'object' || body === null) return genesysOutcome(exchange) === 'refused';
  return body.statusCode === 2 || (body.statusCode === 0 && body.chatEnded === true);
}

requirement('GE-MSG-9', async ({ open, step }) => {
  const members = { nickname: 'Conformance', emailAddress: 'conformance@example.test', subject: 'conformance check' };
  step('alice and bob, who bear the same name, cause events in turn, each in a chat of their own');
  const [first, second] = [await open({ members }), await open({ actor: 'bob', members })];
  const caused = new Map([
    [first, new Set<unknown>([members.nickname])],
    [second, new Set<unknown>([members.nickname])],
  ]);
  const cause = async ([chat, marks]: [GenesysChat, Set<unknown>]) => {
    for (const mark of await causeMarked(chat)) marks.add(mark);
  };
  for (let round = 0; round < 2; round++) for (const one of caused) await cause(one);
  step('then at the same time');
  for (let round = 0; round < 2; round++) await Promise.all([...caused].map(cause));
  const readings: [GenesysChat, Exchange][] = [
    [second, (await settled(second)).exchange],
    [second, (await read(second, 3)).exchange],
    [first, (await settled(first)).exchange],
  ];
  await first.complete();
  step('carol opens a chat after that of alice was completed');
  const third = await open({ actor: 'carol', members });
  caused.set(third, new Set([members.nickname]));
  readings.push([third, third.opened], [third, (await read(third)).exchange], [second, (await read(second)).exchange]);
  return readings.flatMap(([chat, exchange]) => {
    const own = caused.get(chat) ?? new Set();
    const foreign = [...caused.values()].flatMap((marks) => [...marks]).filter((mark) => !own.has(mark));
    return cite(foreignFindings(exchange, own, foreign as string[]), exchange);
  });
});

/** Causes events that can be told from those of every other chat; gives what tells them. */
async function causeMarked(chat: GenesysChat): Promise<string[]> {
  const [typed, nickname, pushUrl] = [chatText(), freshNickname(), freshUrl()];
  const said = await say(chat);
  await chat.starttyping({ text: typed });
  await chat.updatenickname({ nickname });
  await chat.sendurl({ pushUrl });
  return [said, typed, nickname, pushUrl];
}

/**
 * Finds events that this suite or a client has caused, but not in this chat: `own` is what was caused in it, `foreign` what in
 * others. Servers may put words of their own into every event but a Message of the client, and others may quote the client.
 */
function foreignFindings(exchange: Exchange, own: ReadonlySet<unknown>, foreign: readonly string[]): Finding[] {
  const isForeign = (text: unknown) =>
    typeof text === 'string' &&
    ![...own].some((mark) => String(mark).includes(text)) &&
    (bearsMark(text) || foreign.some((mark) => text.includes(mark)));
  return eventsIn(exchange)
    .flatMap((event): Finding[] => {
      const said = isOwn(event) && event.type === 'Message' && event.text !== undefined ? [event.text] : [];
      const names = isOwn(event) ? [event.from.nickname] : [];
      const strange = [...said, ...names].find((shown) => shown !== undefined && !own.has(shown));
      const shown = strange ?? (isForeign(event.text) ? event.text : undefined);
      if (shown === undefined) return [];
      return [
        {
          message: "a transcript shows another chat's event",
          path: '/messages',
          expected: 'events of this chat alone',
          found: `index ${event.index}: ${event.type} ${JSON.stringify(shown)}`,
        },
      ];
    })
    .slice(0, 3);
}

const oddPositions: readonly [string, unknown, 'whole' | 'none' | 'three'][] = [
  ['0', 0, 'whole'],
  ['-1', -1, 'whole'],
  ['-100', -100, 'whole'],
  ['a string of letters', 'first', 'whole'],
  ['a string of a digit', '3', 'three'],
  ['an empty string', '', 'whole'],
  ['2147483648', 2_147_483_648, 'none'],
  ['9007199254740992', 9_007_199_254_740_992, 'none'],
  ['1e300', 1e300, 'none'],
];

requirement('GE-MSG-10', async ({ open, step }) => {
  const chat = await open();
  await sayMany(chat, 4);
  const { events } = await settled(chat);
  const findings: Finding[] = [];
  for (const [words, transcriptPosition, wanted] of oddPositions) {
    step(`alice reads from the transcriptPosition ${words}`);
    const exchange = await chat.attempt.getmessages({}, { tamper: { members: { transcriptPosition } } });
    if (exchange.response.status >= 500)
      findings.push(
        ...cite(
          [
            {
              message: `the transcriptPosition ${words} makes the server fail`,
              expected: 'an HTTP status below 500',
              found: `HTTP ${exchange.response.status}`,
            },
          ],
          exchange,
        ),
      );
    if (genesysOutcome(exchange) === 'refused') continue;
    const indexes = eventsIn(exchange).map(({ index }) => index);
    const isWhole = indexes[0] === 1 && indexes.length >= events.length;
    const isTail = indexes.every((index) => index >= lastIndex(events));
    const isClamped =
      genesysOutcome(exchange) === 'served' &&
      (wanted === 'none' ? isTail : isWhole || (wanted === 'three' && indexes[0] === 3));
    if (isClamped) continue;
    const expected = wanted === 'none' ? 'a refusal, or no event' : 'a refusal, or the whole transcript';
    findings.push(
      ...cite(
        [
          {
            message: `the transcriptPosition ${words} is neither refused nor clamped`,
            path: '/messages',
            expected,
            found: exchange.response.notJson ?? `index ${indexes.join(', ') || 'of no event'}`,
          },
        ],
        exchange,
      ),
    );
  }
  await say(chat);
  await settled(chat);
  return findings;
});
