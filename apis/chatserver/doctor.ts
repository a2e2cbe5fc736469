import { ask, type Reading } from '../../src/doctor/ask.js';
import type { ApiDoctor, DoctorFinding } from '../../src/doctor/finding.js';
import type { Line } from '../../src/doctor/line.js';
import { unreached } from '../../src/doctor/reachable.js';
import { allows } from '../../src/judge/index.js';
import type { ResolvedTarget } from '../../src/target/index.js';
import { callerOf, credentialsIn, type SendChat, statusCodeOf, type Way } from './caller.js';
import type { Dialect } from './dialect.js';

/** What is to be known of one API. */
export interface Examined {
  dialect: Dialect;
  /** The member of the target file that says where chats are opened, such as `genesys.tenantName`. */
  subject: string;
  /** What to do where a chat is refused. */
  mend: string;
  /** The way to the server of a target; `undefined` where it has none of this API. */
  wayTo(target: ResolvedTarget): Way | undefined;
}

/** What can be asked about the section of a target. It has no accounts: whoever asks for a chat gets the credentials for it. */
export function chatDoctor(examined: Examined): ApiDoctor {
  return {
    async accounts(line) {
      return allows(line.target.allow, 'write') ? tryChat(examined, line) : [];
    },
    async more(line) {
      if (allows(line.target.allow, 'write')) return [];
      const message = `is not tried, for a chat needs "allow": "write" and the target allows "${line.target.allow}"`;
      return [{ level: 'note', subject: examined.subject, message }];
    },
  };
}

/** Opens a chat and ends it at once. */
async function tryChat({ dialect, subject, mend, wayTo }: Examined, line: Line): Promise<DoctorFinding[]> {
  const { api, actions, outcome } = dialect;
  const way = wayTo(line.target);
  if (way === undefined) throw new Error(`the target has no ${api} section`);
  const reading: Reading = { outcome, reason: 'errorMessage' };
  const send = way.sender(line.wire(credentialsIn));
  const answered = async (sent: ReturnType<SendChat>) => ({ exchange: await sent });
  const opened = await ask(
    () => answered(send(actions.open, { actor: 'doctor' }, way.opening)),
    reading,
    line.redactor,
  );
  if (opened.outcome === 'failed') return unreached(api, opened.failure, line.target);
  if (opened.outcome === 'refused' && statusCodeOf(opened.exchange) === 1) {
    const message = `finds no room for a chat at the moment (${opened.words}), for which a run waits`;
    return [{ level: 'note', subject, message }];
  }
  if (opened.outcome === 'refused' || opened.outcome === 'unsendable')
    return [{ level: 'problem', subject, message: `is refused by Request Chat (${opened.words})`, mend }];
  const caller = opened.outcome === 'served' ? callerOf(dialect, opened.exchange) : undefined;
  if (opened.outcome === 'broken' || caller === undefined) {
    const words = opened.outcome === 'broken' ? opened.words : 'it names no chat';
    const message = `got no documented answer from Request Chat (${words}), which a run will judge`;
    return [{ level: 'miss', subject, message }];
  }
  const ended = await ask(() => answered(send(actions.end, caller, {})), reading, line.redactor);
  if (ended.outcome === 'served')
    return [{ level: 'ok', subject, message: 'is accepted by Request Chat; the chat was ended at once' }];
  if (ended.outcome === 'failed') return unreached(api, ended.failure, line.target);
  const message = `is accepted by Request Chat, but the chat could not be ended (${ended.words}), which a run will judge`;
  return [{ level: 'miss', subject, message }];
}
