import { ask, type Reading } from '../../src/doctor/ask.js';
import type { ApiDoctor, DoctorFinding } from '../../src/doctor/finding.js';
import type { Line } from '../../src/doctor/line.js';
import type { Exchange } from '../../src/exchange/index.js';
import { allows } from '../../src/judge/index.js';
import { genesysOutcome } from './actions.js';
import { createGenesysClient, type GenesysChatCaller } from './client.js';
import { genesysOf } from './target.js';

const reading: Reading = { outcome: genesysOutcome, reason: 'errorMessage' };

/** What can be asked about the Genesys section of a target. It has no accounts: whoever asks for a chat gets the credentials for it. */
export const genesysDoctor: ApiDoctor = {
  accounts: async () => [],
  async more(line) {
    if (!allows(line.target.allow, 'write')) {
      const message = `is not tried, for a chat needs "allow": "write" and the target allows "${line.target.allow}"`;
      return [{ level: 'note', subject: 'genesys.tenantName', message }];
    }
    return tryChat(line);
  },
};

/** Opens a chat and completes it at once. */
async function tryChat(line: Line): Promise<DoctorFinding[]> {
  const genesys = genesysOf(line.target);
  if (genesys === undefined) throw new Error('the target has no genesys section');
  const subject = 'genesys.tenantName';
  const client = createGenesysClient({ url: genesys.url, wire: line.wire(credentialsIn) });
  const names = { nickname: 'Conformance', firstName: 'Conformance', lastName: 'Doctor' };
  const opening = { ...names, tenantName: genesys.tenantName, subject: 'conformance check' };
  const opened = await ask(() => client.requestchat({ actor: 'doctor' }, opening), reading, line.redactor);
  if (opened.outcome === 'refused' || opened.outcome === 'unsendable') {
    const mend = 'write the name of a tenant of this server into the target file, and check genesys.url';
    return [{ level: 'problem', subject, message: `is refused by Request Chat (${opened.words})`, mend }];
  }
  if (opened.outcome === 'broken') {
    const message = `got no documented answer from Request Chat (${opened.words}), which a run will judge`;
    return [{ level: 'note', subject, message }];
  }
  const answered = opened.exchange.response.json as GenesysChatCaller;
  const caller = { ...answered, chatId: String(answered.chatId), actor: 'doctor' };
  const completed = await ask(() => client.complete(caller, {}), reading, line.redactor);
  if (completed.outcome === 'served') {
    return [{ level: 'ok', subject, message: 'is accepted by Request Chat; the chat was completed at once' }];
  }
  const message = `is accepted by Request Chat, but the chat could not be completed (${completed.words}), which a run will judge`;
  return [{ level: 'note', subject, message }];
}

function credentialsIn({ response }: Exchange): unknown[] {
  const body = response.json as { userId?: unknown; secureKey?: unknown } | null | undefined;
  return [body?.userId, body?.secureKey];
}
