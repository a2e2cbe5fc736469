import type { Finding } from '../../src/exchange/index.js';
import type { Outcome } from '../../src/exchange/outcome.js';
import type { Observation } from '../../src/passive/types.js';
import type { Sequences } from '../../src/recording/api.js';
import { createBounded } from '../../src/recording/bounded.js';
import { isBefore, type Moment, membersOf, momentOf, textOf } from '../../src/recording/members.js';
import type { RecordedExchange } from '../../src/recording/types.js';
import { transcriptSequences } from '../chatserver/sequences/transcripts.js';
import { gmsDialect } from './dialect.js';
import { gmsChatIdOf, gmsFileIdOf } from './recognise.js';

/** A file that an upload put into a chat. */
interface File {
  chatId: string;
  place: string;
  /** When its deletion was served. */
  deleted?: Moment & { place: string };
}

const keptFiles = 5000;
const keptChats = 2000;

/** Judges GMS exchanges by those before them: chats and their transcripts, the newest aliases, files. */
export function gmsSequences(): Sequences {
  const transcripts = transcriptSequences(gmsDialect, {
    wrongKey: 'GMS-COM-4',
    wrongUser: 'GMS-COM-5',
    ownId: 'GMS-REQ-4',
    ownKey: 'GMS-REQ-4-SHOULD',
    same: 'GMS-REF-4',
    fromPosition: 'GMS-REF-1',
    whole: 'GMS-REF-2',
    polling: 'GMS-REF-3',
    behind: 'GMS-REF-7',
    over: 'GMS-DONE-1',
    late: 'GMS-DONE-1',
    texts: 'GMS-SEND-1',
  });
  const files = createBounded<string, File>(keptFiles);
  const aliases = createBounded<string, { first: string; newest: string }>(keptChats);

  const judgeFiles = (exchange: RecordedExchange, outcome: Outcome, chatId: string): Observation[] => {
    if (exchange.action === 'fileupload') {
      const fileId = textOf(membersOf(membersOf(exchange.response.json).userData)['file-id']);
      if (outcome === 'served' && fileId !== undefined)
        files.set(`${exchange.server}\n${fileId}`, { chatId, place: exchange.place });
      return [];
    }
    const file = files.get(`${exchange.server}\n${gmsFileIdOf(exchange.request.url)}`);
    if (file === undefined || outcome === 'broken') return [];
    if (exchange.action === 'filedelete') {
      if (outcome === 'served' && file.chatId === chatId)
        file.deleted ??= { ...momentOf(exchange), place: exchange.place };
      return [];
    }
    if (exchange.action !== 'filedownload') return [];
    const isServed = outcome === 'served';
    if (file.chatId !== chatId)
      return [
        { requirement: 'GMS-FILE-4', findings: isServed ? [given(`${file.place} put it into another chat`)] : [] },
      ];
    if (file.deleted === undefined || !isBefore(file.deleted, exchange)) return [];
    return [{ requirement: 'GMS-FILE-3', findings: isServed ? [given(`${file.deleted.place} deleted it`)] : [] }];
  };

  /** That a call with a renewed alias is served: one that is refused says nothing, for nobody knows why. */
  const judgeAlias = (exchange: RecordedExchange, outcome: Outcome, chatId: string): Observation[] => {
    const key = `${exchange.server}\n${chatId}`;
    const [sent, known] = [textOf(membersOf(exchange.request.json).alias), aliases.get(key)];
    const answered = textOf(membersOf(exchange.response.json).alias);
    const isRenewed = known !== undefined && sent === known.newest && sent !== known.first;
    if (outcome === 'served' && answered !== undefined)
      aliases.set(key, { first: known?.first ?? answered, newest: answered });
    return outcome === 'served' && isRenewed ? [{ requirement: 'GMS-ALIAS-1', findings: [] }] : [];
  };

  return (exchange, outcome) => {
    const { action, response } = exchange;
    const opened = action === 'requestchat' ? textOf(membersOf(response.json).chatId) : undefined;
    const chatId = opened ?? gmsChatIdOf(exchange.request.url);
    const judged = transcripts(exchange, outcome);
    if (chatId === undefined) return judged;
    return [...judged, ...judgeAlias(exchange, outcome, chatId), ...judgeFiles(exchange, outcome, chatId)];
  };
}

function given(why: string): Finding {
  return { message: `a file is given though ${why}`, expected: 'a refusal', found: 'HTTP 200 with a file' };
}
