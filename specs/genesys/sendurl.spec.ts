import { requirement } from '../../fixtures/genesys/suite.js';
import { cite, freshUrl, ownEvents, readUntil, unsentFindings } from '../../fixtures/genesys/transcript.js';
import type { Finding } from '../../src/exchange/index.js';
import { unchanged } from '../../src/rules/index.js';

requirement('GE-URL-1', async ({ open, step }) => {
  const chat = await open();
  const urls = [
    freshUrl(),
    'http://conformance.example.test/Path/a%20b;c?x=1&y=%C3%A9+z&&q=%22#Part',
    `${freshUrl()}?long=${'0123456789'.repeat(40)}`,
  ];
  const findings: Finding[] = [];
  for (const [i, pushUrl] of urls.entries()) {
    step(`alice pushes ${pushUrl.slice(0, 80)} and looks for a Notice`);
    await chat.sendurl({ pushUrl });
    const reading = await readUntil(chat, ({ events }) => ownEvents(events, 'Notice').length > i);
    const { events, exchange } = reading;
    findings.push(...unsentFindings(chat, reading, 'a pushed URL'));
    const notices = ownEvents(events, 'Notice');
    if (notices.length === i + 1)
      findings.push(...cite(unchanged(notices[i]?.text, pushUrl, 'a pushed URL', '/messages'), exchange));
    else
      findings.push(
        ...cite(
          [
            {
              message: 'a pushed URL does not show as one Notice of the client',
              path: '/messages',
              expected: `${i + 1} Notices`,
              found: `${notices.length}`,
            },
          ],
          exchange,
        ),
      );
    if (findings.length > 0) break;
  }
  return findings;
});
