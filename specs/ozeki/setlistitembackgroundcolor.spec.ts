import { flagChecks } from '../../fixtures/ozeki/flags.js';
import { refusedInOrder } from '../../fixtures/ozeki/probes.js';
import { requirement } from '../../fixtures/ozeki/suite.js';
import type { Finding } from '../../src/exchange/index.js';
import { equal } from '../../src/rules/index.js';
import type { OzekiListResponse } from '../../types/ozeki.js';

const checks = flagChecks('setlistitembackgroundcolor');

requirement('OZ-FLAG-1-COLOR', checks.answerShows);
requirement('OZ-FLAG-2-COLOR', checks.listShows);
requirement('OZ-FLAG-3-COLOR', checks.othersKeepTheirs);
requirement('OZ-FLAG-4-COLOR', checks.nothingElseChanges);
requirement('OZ-FLAG-5-COLOR', checks.twiceIsOnce);

requirement('OZ-FLAG-7-COLOR', async ({ alice, conversation: conversationid, step }) => {
  // A List that shows what should have been refused is of interest to this requirement alone.
  const shown = async () => {
    const { response } = await alice.attempt.list({}, { intent: 'probe' });
    const { conversations } = (response.json ?? {}) as Partial<OzekiListResponse>;
    return conversations?.find(({ id }) => id === conversationid)?.properties[0]?.listitembackgroundcolor;
  };
  await alice.list();
  await alice.setlistitembackgroundcolor({ conversationid, color: '#bae1ff' });
  const before = await shown();
  const findings: Finding[] = [];
  for (const color of ['red', '#12', '#gggggg', '']) {
    step(`alice asks for the colour ${JSON.stringify(color)}`);
    const exchange = await alice.attempt.setlistitembackgroundcolor({ conversationid, color }, { intent: 'probe' });
    findings.push(
      ...refusedInOrder(exchange, `the colour ${JSON.stringify(color)}`),
      ...equal(await shown(), before, `the colour ${JSON.stringify(color)} changed what List shows`, '/conversations'),
    );
    await alice.setlistitembackgroundcolor({ conversationid, color: '#bae1ff' });
  }
  return findings;
});
