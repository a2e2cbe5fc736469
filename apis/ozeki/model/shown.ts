/** Conversation objects, entries of pages and other parts of answers, read without trust. */
import { objectOf, objectsOf, stringsOf } from '../../../src/passive/json.js';
import type { OzekiFlags } from '../flags.js';

export interface ShownConversation {
  id: string;
  path: string;
  lastmessageid: unknown;
  lastreportid: unknown;
  lastaccess: unknown;
  instance: unknown;
  participantids: readonly string[];
  mutedby: readonly string[];
  favoriteby: readonly string[];
  /** The caller's entry in `properties`; `undefined` where there is none. */
  own?: Partial<Record<keyof OzekiFlags, unknown>>;
}

/** The conversation objects of an answer, as the caller of this user id sees them. */
export function conversationsIn(body: Record<string, unknown>, userid: string): ShownConversation[] {
  const one = objectOf(body.conversation);
  const all = objectsOf(body.conversations).map((object, i) => ({ object, path: `/conversations/${i}` }));
  return [...(one === undefined ? [] : [{ object: one, path: '/conversation' }]), ...all].map(({ object, path }) => ({
    id: String(object.id),
    path,
    lastmessageid: object.lastmessageid,
    lastreportid: object.lastreportid,
    lastaccess: object.lastaccess,
    instance: object.instance,
    participantids: stringsOf(object.participantids),
    mutedby: stringsOf(object.mutedby),
    favoriteby: stringsOf(object.favoriteby),
    own: objectsOf(object.properties).find((entry) => entry.userid === userid),
  }));
}

/** A message or a report, as a page shows it. */
export interface ShownEntry {
  ID: string;
  Type?: unknown;
  Created?: unknown;
  ValidUntil?: unknown;
  Data?: unknown;
}

/** The entries of `messages` or `reports` that have an ID. */
export function entriesIn(items: unknown): ShownEntry[] {
  return objectsOf(items).filter(
    (entry): entry is Record<string, unknown> & ShownEntry => typeof entry.ID === 'string',
  );
}
