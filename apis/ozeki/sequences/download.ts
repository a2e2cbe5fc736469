import type { Finding } from '../../../src/exchange/index.js';
import type { Observation } from '../../../src/passive/types.js';
import { isBefore, type Members, type Moment, textOf } from '../../../src/recording/members.js';
import type { PendingOmissions } from '../../../src/recording/pending-omissions.js';
import type { RecordedExchange } from '../../../src/recording/types.js';
import { firstFew, noRepeats, parseTimestamp } from '../../../src/rules/index.js';
import {
  type Conversation,
  type Entry,
  firstAfter,
  idsOf,
  isThere,
  type Kind,
  type Upload,
  viewOf,
} from './conversation.js';

/** Judges that what a Download leaves out was not there. */
export function downloaded(
  exchange: RecordedExchange,
  asked: Members,
  messages: readonly Members[],
  conversation: Conversation,
): Observation[] {
  const from = parseTimestamp(asked.firstmessagedate);
  const times = messages.map(({ Created }) => parseTimestamp(Created) ?? Number.NaN);
  if (from === undefined || times.length === 0 || times.includes(Number.NaN) || conversation.hasBackDated) return [];
  const { byTime, byId } = conversation.messages;
  // Something older that is still there shows that nobody cleared the conversation outside the recording.
  const oldest = Math.min(...times);
  const expected = byTime
    .slice(firstAfter(byTime, Math.max(from, oldest)))
    .filter((entry) => isThere(entry, conversation, exchange));
  const first = byId.get(textOf(asked.firstmessageid) ?? '');
  if (first !== undefined && first.created >= oldest && isThere(first, conversation, exchange)) expected.push(first);
  if (expected.length === 0) return [];
  const got = new Set(messages.map(({ ID }) => ID));
  const lost = (entries: readonly Entry[], message: string): Finding[] => {
    const missing = entries.filter(({ id }) => !got.has(id)).map(({ id }) => id);
    if (missing.length === 0) return [];
    const found = `not among the ${got.size}: ${firstFew(missing)}`;
    return [{ message, path: '/messages', expected: `all from ${asked.firstmessagedate} on`, found }];
  };
  const byPage = expected.filter((entry) => entry.byPage);
  return [
    { requirement: 'OZ-DOWN-1', findings: lost(expected, 'Download leaves out messages that were there before') },
    ...(byPage.length === 0
      ? []
      : [
          {
            requirement: 'OZ-DOWN-3',
            findings: lost(byPage, 'Download leaves out messages that Partial download gave before'),
          },
        ]),
  ];
}

/** Judges that a Download does not begin before its first cursor: with what was there before the message that it names. */
export function tooEarly(
  asked: Members,
  messages: readonly Members[],
  { messages: known }: Conversation,
): Observation[] {
  const first = known.byId.get(textOf(asked.firstmessageid) ?? '');
  const isOrdinary = (entry: Entry | undefined): entry is Entry & { sent: Moment & Upload } =>
    entry?.sent !== undefined && !entry.sent.isBackDated && entry.sent.data !== 'twice';
  if (!isOrdinary(first)) return [];
  const early = messages.filter(({ ID }) => {
    const entry = known.byId.get(ID as string);
    return isOrdinary(entry) && entry.created < first.created && isBefore(entry.sent, first.sent);
  });
  if (early.length === 0) return [];
  const message = 'Download gives messages from before the one that its first cursor names';
  const expected = `from ${first.id} of ${asked.firstmessagedate} on`;
  const found = `${early.length} before it, such as ${early[0]?.ID} of ${early[0]?.Created}`;
  return [{ requirement: 'OZ-DOWN-1', findings: [{ message, path: '/messages', expected, found }] }];
}

/** Judges that a Download gives each message once. */
export function doubled(ids: readonly string[]): Observation[] {
  const findings = noRepeats(ids, 'a Download', '/messages');
  return findings.length === 0 ? [] : [{ requirement: 'OZ-DOWN-1', findings }];
}

/** Notes as a pending omission the Download of what it leaves out at its start, where nothing before it on the page shows that it was there. */
export function noteOmittedStart(
  pendingOmissions: PendingOmissions,
  exchange: RecordedExchange,
  kind: Kind,
  asked: Members,
  entries: readonly Members[],
  conversation: Conversation,
): void {
  const from = parseTimestamp(kind === 'messages' ? asked.firstmessagedate : asked.firstreportdate);
  const firstId = kind === 'messages' ? asked.firstmessageid : asked.firstreportid;
  if (from === undefined || conversation.hasBackDated) return;
  const { byTime, byId } = conversation[kind];
  const first = byId.get(textOf(firstId) ?? '');
  const got = new Set(entries.map(({ ID }) => ID));
  const left = [...(first?.created === from ? [first] : []), ...byTime.slice(firstAfter(byTime, from))].filter(
    (entry) => !got.has(entry.id) && isThere(entry, conversation, exchange),
  );
  pendingOmissions.add(viewOf(exchange, conversation, kind), {
    requirement: 'OZ-DOWN-1',
    ids: idsOf(left),
    exchange,
    message: `Download left out ${kind}`,
    path: `/${kind}`,
  });
}
