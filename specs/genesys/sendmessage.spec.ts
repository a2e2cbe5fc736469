import type { GenesysChat } from '../../apis/genesys/session.js';
import { chatText, delicateTexts, textOfBytes } from '../../fixtures/data.js';
import { requirement } from '../../fixtures/genesys/suite.js';
import {
  cite,
  type Event,
  isOwn,
  ownEvents,
  type Reading,
  read,
  say,
  settled,
} from '../../fixtures/genesys/transcript.js';
import type { Finding } from '../../src/exchange/index.js';
import { unchanged } from '../../src/rules/index.js';

interface Sent {
  kind: string;
  text: string;
  members?: { messageType: string };
}

const sizes = [255, 256, 1024, 4096, 8192];

requirement('GE-MSG-6', async ({ open, step }) => {
  const chat = await open();
  const delicate: Sent[] = delicateTexts();
  step(`alice sends texts with ${delicate.map(({ kind }) => kind).join(', ')}`);
  const findings = await roundTrip(chat, delicate);

  step('alice sends texts of up to 8 KiB, once narrow, once wide');
  const letters = [
    ['ascii', 'ASCII'],
    ['wide', 'three-byte letters'],
  ] as const;
  findings.push(
    ...(await roundTrip(
      chat,
      sizes.flatMap((bytes) =>
        letters.map(([kind, words]) => ({ kind: `${bytes} bytes of ${words}`, text: textOfBytes(bytes, kind) })),
      ),
    )),
  );

  step('alice sends a text with a messageType, the same text twice, and one of a single letter');
  findings.push(
    ...(await roundTrip(chat, [{ kind: 'a messageType', text: chatText(), members: { messageType: 'text' } }])),
  );
  findings.push(
    ...(await roundTrip(
      chat,
      ['yes', 'yes', 'y', 'yes'].map((text) => ({ kind: `nothing but "${text}"`, text })),
    )),
  );

  step('alice sends ten texts at the same time');
  const before = ownEvents((await settled(chat)).events, 'Message').length;
  const together = await Promise.all(Array.from({ length: 10 }, () => say(chat)));
  const reading = await settled(chat);
  const shown = new Set(
    ownEvents(reading.events, 'Message')
      .slice(before)
      .map(({ text }) => text),
  );
  const lost = together.filter((text) => !shown.has(text));
  if (lost.length > 0)
    findings.push(
      ...cite(
        [
          {
            message: `${lost.length} of ten texts sent at the same time never came back`,
            path: '/messages',
            expected: 'each as a Message of the Client',
            found: `${shown.size} of them`,
          },
        ],
        reading.exchange,
      ),
    );
  return findings;
});

/** Sends texts one after the other, and finds which did not come back as they were. */
async function roundTrip(chat: GenesysChat, sent: readonly Sent[]): Promise<Finding[]> {
  const { events: before } = await settled(chat);
  for (const { text, members } of sent) await say(chat, text, members);
  const reading = await settled(chat);
  const later = reading.events.slice(before.length);
  const own = ownEvents(later, 'Message');
  const findings =
    own.length === sent.length
      ? own.flatMap((event, i) => pairFindings(chat, event, sent[i] as Sent))
      : countFindings(later, own, sent);
  const [cited, last] = [cite(findings.slice(0, 8), reading.exchange), own.at(-1)];
  // A transcript read in part must show the same.
  return cited.length > 0 || last === undefined
    ? cited
    : partFindings(await read(chat, last.index), last, sent.at(-1) as Sent);
}

function pairFindings(chat: GenesysChat, event: Event, { kind, text }: Sent): Finding[] {
  const named =
    event.from.nickname === chat.nickname
      ? []
      : [
          {
            message: `a text with ${kind} came back under another nickname`,
            path: '/messages',
            expected: chat.nickname,
            found: String(event.from.nickname),
          },
        ];
  return [...unchanged(event.text, text, `a text with ${kind}`, '/messages'), ...named];
}

function countFindings(later: readonly Event[], own: readonly Event[], sent: readonly Sent[]): Finding[] {
  const times = (events: readonly Event[], text: string) => events.filter((event) => event.text === text).length;
  const wrong = [...new Map(sent.map((each) => [each.text, each])).values()].flatMap(({ kind, text }): Finding[] => {
    const [wanted, came] = [sent.filter((each) => each.text === text).length, times(own, text)];
    if (came === wanted) return [];
    const disguised = later.find((event) => event.text === text && !(isOwn(event) && event.type === 'Message'));
    if (came === 0 && disguised !== undefined)
      return [
        {
          message: `a text with ${kind} came back, but not as a Message of the Client`,
          path: '/messages',
          expected: 'Message of Client',
          found: `${disguised.type} of ${disguised.from.type}`,
        },
      ];
    return [
      {
        message:
          came < wanted
            ? `a text with ${kind} did not come back as it was sent`
            : `a text with ${kind} came back more often than it was sent`,
        path: '/messages',
        expected: `${wanted} Messages of the Client`,
        found: `${came}`,
      },
    ];
  });
  return wrong.length > 0
    ? wrong
    : [
        {
          message: 'the transcript holds other Messages of the Client than were sent',
          path: '/messages',
          expected: `${sent.length}`,
          found: `${own.length}`,
        },
      ];
}

function partFindings({ events, exchange }: Reading, event: Event, { kind, text }: Sent): Finding[] {
  const found = events.find(({ index }) => index === event.index);
  return cite(unchanged(found?.text, text, `a text with ${kind}, read from its own position,`, '/messages'), exchange);
}
