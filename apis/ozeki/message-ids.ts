import { randomUUID } from 'node:crypto';

/** Ids of the suite begin so, and thereby tell its messages from those of others. */
const ownMark = 'c4a7c0de';
const backDatedMark = 'c4a7bacd';

/** A fresh message id that the suite knows again as its own. */
export function ownMessageId(): string {
  return `${ownMark}${randomUUID().slice(8)}`;
}

/** A fresh message id for an upload whose `Created` lies in the past on purpose. */
export function backDatedMessageId(): string {
  return `${backDatedMark}${randomUUID().slice(8)}`;
}

/** Whether a message was uploaded by this suite, in whatever run, with a `Created` of the past. */
export function isBackDated(messageId: string): boolean {
  return messageId.startsWith(backDatedMark);
}

/** Whether a message was uploaded by this suite, in whatever run. */
export function isOwn(messageId: string): boolean {
  return messageId.startsWith(ownMark) || isBackDated(messageId);
}
