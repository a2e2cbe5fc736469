import type { Finding } from '../../../src/exchange/index.js';
import type { Observation } from '../../../src/passive/types.js';
import { maskPattern } from '../../../src/recording/body.js';
import { hashOf, type Members, textOf } from '../../../src/recording/members.js';
import { equal, formatTimestamp, parseTimestamp, unchanged } from '../../../src/rules/index.js';
import type { Conversation, Data, Upload } from './conversation.js';

const longData = 256;
/** Up to so many bytes Data comes back as it was sent. */
const unchangedData = 64 * 1024;
/** Kept once for all messages. */
const usualType = 'Message';

/** Judges what of messages comes back whose Add is in the recording. */
export function echoes(
  messages: readonly Members[],
  { messages: known }: Conversation,
  clockToleranceMs: number,
): Observation[] {
  const changes: Finding[] = [];
  const shifts: Finding[] = [];
  let judged = 0;
  for (const message of messages) {
    const { sent, created } = known.byId.get(message.ID as string) ?? {};
    if (sent === undefined || created === undefined || sent.data === 'twice') continue;
    const of = `of the message added by ${sent.place}`;
    const got = dataOf(message.Data);
    if (got !== undefined && sent.data !== undefined) {
      judged += 1;
      changes.push(...dataFindings(got, sent.data, `the Data ${of}`));
    }
    changes.push(...sameFindings(message, 'Type', sent.type, of));
    if (sent.validUntil !== undefined)
      changes.push(...sameFindings(message, 'ValidUntil', formatTimestamp(sent.validUntil), of));
    const shift = Math.abs((parseTimestamp(message.Created) ?? Number.NaN) - created);
    // A message of now with another hour is not in UTC; with another second it is changed.
    const isElsewhere = shift > clockToleranceMs && !sent.isBackDated;
    (isElsewhere ? shifts : changes).push(...sameFindings(message, 'Created', formatTimestamp(created), of));
  }
  return [
    ...(judged > 0 || changes.length > 0 ? [{ requirement: 'OZ-ADD-3', findings: changes }] : []),
    ...(shifts.length > 0 ? [{ requirement: 'OZ-COM-8', findings: shifts }] : []),
  ];
}

/** Finds a member that is another than was uploaded. One that is left out or masked is no matter here. */
function sameFindings(message: Members, name: string, sent: string | undefined, of: string): Finding[] {
  const got = message[name];
  if (sent === undefined || typeof got !== 'string' || maskPattern.test(got) || maskPattern.test(sent)) return [];
  return equal(got, sent, `the ${name} ${of} came back changed`, '/messages');
}

function dataFindings(got: Data, sent: Data, what: string): Finding[] {
  if ('text' in sent && 'text' in got) return unchanged(got.text, sent.text, what, '/messages');
  if ('hash' in got && 'hash' in sent && got.hash === sent.hash) return [];
  const words = (data: Data) => `${'text' in data ? data.text.length : data.length} characters`;
  const found = `${words(got)}${words(got) === words(sent) ? ' that are not the same' : ''}`;
  return [{ message: `${what} came back changed`, path: '/messages', expected: words(sent), found }];
}

/** What is remembered of an upload to compare what comes back with; its Data only where it is to come back unchanged. */
export function uploadOf({ Type, ValidUntil, Data }: Members): Omit<Upload, 'isBackDated'> {
  const isLarge = typeof Data === 'string' && Buffer.byteLength(Data) > unchangedData;
  return {
    data: isLarge ? undefined : dataOf(Data),
    type: Type === usualType ? usualType : textOf(Type),
    validUntil: parseTimestamp(ValidUntil),
  };
}

function dataOf(value: unknown): Data | undefined {
  if (typeof value !== 'string' || maskPattern.test(value)) return undefined;
  return value.length <= longData ? { text: value } : { hash: hashOf(value), length: value.length };
}
