import { listed, post } from '../../fixtures/relation/history.js';
import { requirement } from '../../fixtures/relation/suite.js';
import { readUp } from '../../fixtures/relation/unread.js';
import type { Finding } from '../../src/exchange/index.js';
import { equal } from '../../src/rules/index.js';

requirement('RE-READ-1', async (context) => {
  const { member, peer, step, channelUuid } = context;
  const findings: Finding[] = [];
  for (const [sender, reader] of [
    [peer, member],
    [member, peer],
  ] as const) {
    for (const times of ['', ' again']) {
      step(`${sender.actor} sends two messages${times}, ${reader.actor} reads them`);
      const sent = [await post(context, sender), await post(context, sender)];
      await listed(context, reader, sent);
      const { data, total, exchange } = await readUp(context, reader);
      const message = `Read does not answer 1 though the other member has sent something${times}`;
      findings.push(...equal(data, 1, message, '/data').map((finding) => ({ ...finding, exchanges: [exchange] })));
      step(`${reader.actor} reads once more`);
      await reader.read({ channelUuid, total });
    }
  }
  return findings;
});
