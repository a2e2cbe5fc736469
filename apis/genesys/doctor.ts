import { ask, type Reading } from '../../src/doctor/ask.js';
import type { ApiDoctor, DoctorFinding } from '../../src/doctor/finding.js';
import type { Line } from '../../src/doctor/line.js';
import { unreached } from '../../src/doctor/reachable.js';
import { allows } from '../../src/judge/index.js';
import { credentialsIn, statusCodeOf } from '../chatserver/caller.js';
import { genesysOutcome } from './actions.js';
import { createGenesysClient } from './client.js';
import { openedBy, openingOf } from './front.js';
import { genesysOf } from './target.js';

const reading: Reading = { outcome: genesysOutcome, reason: 'errorMessage' };

/** What can be asked about the Genesys section of a target. It has no accounts: whoever asks for a chat gets the credentials for it. */
export const genesysDoctor: ApiDoctor = {
  async accounts(line) {
    return allows(line.target.allow, 'write') ? tryChat(line) : [];
  },
  async more(line) {
    if (allows(line.target.allow, 'write')) return [];
    const message = `is not tried, for a chat needs "allow": "write" and the target allows "${line.target.allow}"`;
    return [{ level: 'note', subject: 'genesys.tenantName', message }];
  },
};

/** Opens a chat and completes it at once. */
async function tryChat(line: Line): Promise<DoctorFinding[]> {
  const genesys = genesysOf(line.target);
  if (genesys === undefined) throw new Error('the target has no genesys section');
  const subject = 'genesys.tenantName';
  const client = createGenesysClient({ url: genesys.url, wire: line.wire(credentialsIn) });
  const opened = await ask(() => client.requestchat({ actor: 'doctor' }, openingOf(genesys)), reading, line.redactor);
  if (opened.outcome === 'failed') return unreached('genesys', opened.failure, line.target);
  if (opened.outcome === 'refused' && statusCodeOf(opened.exchange) === 1) {
    const message = `finds no room for a chat at the moment (${opened.words}), for which a run waits`;
    return [{ level: 'note', subject, message }];
  }
  if (opened.outcome === 'refused' || opened.outcome === 'unsendable') {
    const mend = 'write the name of a tenant of this server into the target file, and check genesys.url';
    return [{ level: 'problem', subject, message: `is refused by Request Chat (${opened.words})`, mend }];
  }
  const caller = opened.outcome === 'served' ? openedBy(opened.exchange) : undefined;
  if (opened.outcome === 'broken' || caller === undefined) {
    const words = opened.outcome === 'broken' ? opened.words : 'it names no chat';
    const message = `got no documented answer from Request Chat (${words}), which a run will judge`;
    return [{ level: 'miss', subject, message }];
  }
  const completed = await ask(() => client.complete(caller, {}), reading, line.redactor);
  if (completed.outcome === 'served') {
    return [{ level: 'ok', subject, message: 'is accepted by Request Chat; the chat was completed at once' }];
  }
  if (completed.outcome === 'failed') return unreached('genesys', completed.failure, line.target);
  const message = `is accepted by Request Chat, but the chat could not be completed (${completed.words}), which a run will judge`;
  return [{ level: 'miss', subject, message }];
}
