import type { GenesysChat } from '../../apis/genesys/session.js';
import { lastIndex } from '../../fixtures/genesys/probes.js';
import { requirement } from '../../fixtures/genesys/suite.js';
import {
  cite,
  freshNickname,
  freshUrl,
  isOwn,
  ownEvents,
  readUntil,
  say,
  settled,
  unsentFindings,
} from '../../fixtures/genesys/transcript.js';
import type { Finding } from '../../src/exchange/index.js';
import { equal } from '../../src/rules/index.js';

const colourful = 'Ωμέγα 陳 "Zo" O\'Neil 👋🏽';

async function rename(chat: GenesysChat, nickname: string): Promise<void> {
  await chat.updatenickname({ nickname });
  chat.nickname = nickname;
}

/** Causes events of every kind that shows, and finds which do not carry the nickname of now. */
async function laterFindings(chat: GenesysChat): Promise<Finding[]> {
  const known = lastIndex((await settled(chat)).events);
  for (let i = 0; i < 2; i++) await say(chat);
  await chat.starttyping({ text: 'typing' });
  await chat.stoptyping({});
  await chat.sendurl({ pushUrl: freshUrl() });
  await say(chat);
  const { events, exchange } = await settled(chat);
  // The Notice of the change itself may come late, and may still bear the old name.
  const later = events.filter((event) => isOwn(event) && event.index > known && event.text !== chat.nickname);
  return cite(
    later
      .flatMap((event) =>
        equal(
          event.from.nickname,
          chat.nickname,
          `after Update Nickname, a later ${event.type} does not carry the nickname of its client`,
          '/messages',
        ),
      )
      .slice(0, 3),
    exchange,
  );
}

requirement('GE-NICK-1', async ({ open, step }) => {
  const nickname = freshNickname();
  const [chat, other] = [await open({ members: { nickname } }), await open({ actor: 'bob', members: { nickname } })];
  const findings: Finding[] = [];
  for (const renamed of [freshNickname(), colourful, freshNickname()]) {
    step(`alice changes her nickname to ${renamed}; bob, who had the same at first, keeps his`);
    await rename(chat, renamed);
    findings.push(...(await laterFindings(chat)), ...(await laterFindings(other)));
  }
  return findings;
});

requirement('GE-NICK-1-SHOULD', async ({ open, step }) => {
  const chat = await open();
  await say(chat);
  const findings: Finding[] = [];
  for (const renamed of [freshNickname(), colourful]) {
    step(`alice changes her nickname to ${renamed} and looks for a Notice`);
    await rename(chat, renamed);
    const reading = await readUntil(chat, ({ events }) =>
      ownEvents(events, 'Notice').some(({ text }) => text === renamed),
    );
    const { events, exchange } = reading;
    findings.push(...unsentFindings(chat, reading, 'a changed nickname'));
    const notices = ownEvents(events, 'Notice').map(({ text }) => text);
    const count = notices.filter((text) => text === renamed).length;
    if (count === 1) continue;
    const words = count === 0 ? 'no Notice with the new nickname' : `${count} Notices with the new nickname`;
    findings.push(
      ...cite(
        [
          {
            message: `Update Nickname shows ${words}`,
            path: '/messages',
            expected: `one Notice with ${renamed}`,
            found: notices.map(String).join(', ') || 'no Notice of the client',
          },
        ],
        exchange,
      ),
    );
  }
  return findings;
});
