import { bytesFrom } from '../../../../src/stub/random.js';
import type { Cursor, MessageBehaviour } from '../call.js';
import { type Conversation, type Entry, Refusal, type User } from '../model.js';

export const messages: MessageBehaviour = {
  store(call, conversation, sender, upload) {
    const known = conversation.messages.find(({ id }) => id === upload.id);
    if (known !== undefined) return known;
    const message = { ...upload, from: sender.id, arrival: call.state.next() };
    conversation.messages.push(message);
    conversation.lastAccess = Math.max(...conversation.messages.map(({ created }) => created));
    call.behaviour.addReport(call, conversation, 'delivered', message, sender);
    call.behaviour.notify(call, 'conversationchangedof', conversation.id, others(conversation, sender));
    return message;
  },

  echo: (call, message) => ({
    ID: message.id,
    Type: message.type,
    Created: call.behaviour.formatTime(call, message.created, 'Created'),
    ValidUntil: call.behaviour.formatTime(call, message.validUntil, 'ValidUntil'),
  }),

  addReport(call, conversation, type, message, by) {
    const arrival = call.state.next();
    const id = call.behaviour.reportId(`report ${call.state.seed} ${arrival}`);
    const created = Math.floor(call.behaviour.now(call) / 1000);
    conversation.reports.push({ id, type, created, arrival, messageId: message.id, by: by.id });
  },

  markViewed(call, conversation, viewer, messageIds) {
    const seen = conversation.messages.filter(({ id }) => messageIds.includes(id));
    if (seen.length === 0) throw new Refusal('input', 'The conversation has none of these messages');
    for (const message of seen) {
      const known = conversation.reports.some(
        ({ type, messageId, by }) => type === 'viewed' && messageId === message.id && by === viewer.id,
      );
      if (!known) call.behaviour.addReport(call, conversation, 'viewed', message, viewer);
    }
    call.behaviour.notify(call, 'conversationchangedof', conversation.id, others(conversation, viewer));
  },

  messagesOf: (_call, conversation) => conversation.messages,
  reportsOf: (_call, conversation) => conversation.reports,
  order: (_call, entries) => [...entries].sort((a, b) => a.created - b.created || a.arrival - b.arrival),
  page(_call, ordered, cursor, limit) {
    const end = endOfPage(ordered, cursor);
    return ordered.slice(Math.max(0, end - limit), end);
  },
  arrangePage: (_call, page) => page,
  since: (_call, ordered, cursor) => ordered.slice(startOfDownload(ordered, cursor)),

  showMessage: (call, message) => ({ ...call.behaviour.echo(call, message), Data: message.data }),
  showReport: (call, report) => ({
    ID: report.id,
    Type: report.type,
    Created: call.behaviour.formatTime(call, report.created, 'Created'),
    MessageID: report.messageId,
  }),

  clear(call, conversation, user) {
    conversation.messages = [];
    conversation.reports = [];
    conversation.clears += 1;
    conversation.instance = call.behaviour.newInstance(call, conversation);
    call.behaviour.notify(call, 'conversationchangedof', conversation.id, others(conversation, user));
  },
  newInstance: (call, conversation) => instanceOf(call.state.seed, conversation),
};

/** Where the page before the cursor ends in `ordered` (exclusive): at the entry it names, else after its date, else at the newest. */
export function endOfPage(ordered: readonly Entry[], cursor: Cursor): number {
  const named = cursor.id === '' ? -1 : ordered.findIndex(({ id }) => id === cursor.id);
  if (named >= 0) return named;
  const { date } = cursor;
  const newer = date === undefined ? -1 : ordered.findIndex(({ created }) => created > date);
  return newer < 0 ? ordered.length : newer;
}

/** Where a download from the cursor starts in `ordered` (inclusive): at the entry it names, else at its date, else at the oldest. */
export function startOfDownload(ordered: readonly Entry[], cursor: Cursor): number {
  const named = cursor.id === '' ? -1 : ordered.findIndex(({ id }) => id === cursor.id);
  if (named >= 0) return named;
  const { date } = cursor;
  if (date === undefined) return 0;
  const start = ordered.findIndex(({ created }) => created >= date);
  return start < 0 ? ordered.length : start;
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Ten letters and digits, new after each clear. */
export function instanceOf(seed: number, conversation: Pick<Conversation, 'id' | 'clears'>): string {
  const bytes = bytesFrom(`instance ${seed} ${conversation.id} ${conversation.clears}`, 10);
  return Array.from(bytes, (byte) => LETTERS_AND_DIGITS[byte % LETTERS_AND_DIGITS.length]).join('');
}

function others(conversation: Conversation, user: User): string[] {
  return conversation.participants.filter((id) => id !== user.id);
}
