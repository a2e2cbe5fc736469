/** What the model knows of messages, wherever they are. */
import type { Exchange } from '../../../src/exchange/index.js';
import { isOdd } from '../../../src/explore/values.js';
import { objectOf, objectsOf } from '../../../src/passive/json.js';

/** The entries that List shows, unchecked; none where there is no answer. */
export function entriesIn(exchange: Exchange | undefined): Record<string, unknown>[] {
  return objectsOf(objectOf(exchange?.response.json)?.data);
}

/** Kinds of messages that every server knows; others may have to be registered. */
export const knownTypes: readonly unknown[] = ['TEXT', 'CARD'];

/** Whether a server may refuse what is sent or announced though it is of the documented form. */
export function mayRefuse({ content, type, announcement }: Readonly<Record<string, unknown>>): boolean {
  const isKnown = type === undefined || knownTypes.includes(type);
  return !isKnown || [content, announcement].some((text) => typeof text === 'string' && isOdd(text));
}
