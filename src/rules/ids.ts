import { createHash } from 'node:crypto';
import type { Finding } from '../exchange/index.js';

/** The md5 of a text as 32 lower-case hex digits. */
export function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/** The id of the Ozeki user with this e-mail address: the md5 of the address. */
export function userIdOf(email: string): string {
  return md5(email);
}

/** The id of a two-person Ozeki conversation: md5 of the participant ids, ascending, joined by `;`. */
export function conversationIdOf(participantIds: readonly string[]): string {
  return md5([...participantIds].sort().join(';'));
}

/** Finds a user id that is not the md5 of the e-mail address. */
export function accountIdFindings(value: unknown, email: string, path: string): Finding[] {
  const expected = userIdOf(email);
  if (value === expected) return [];
  return [
    {
      message: `the user id of ${email} is not the md5 of that e-mail address`,
      path,
      expected,
      found: JSON.stringify(value) ?? 'nothing',
    },
  ];
}
