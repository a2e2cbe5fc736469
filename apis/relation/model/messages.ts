/** What the model knows of messages, wherever they are. */
import { isOdd } from '../../../src/explore/values.js';

/** Kinds of messages that every server knows; others may have to be registered. */
export const knownTypes: readonly unknown[] = ['TEXT', 'CARD'];

/** Whether a server may refuse what is sent or announced though it is of the documented form. */
export function mayRefuse({ content, type, announcement }: Readonly<Record<string, unknown>>): boolean {
  const isKnown = type === undefined || knownTypes.includes(type);
  return !isKnown || [content, announcement].some((text) => typeof text === 'string' && isOdd(text));
}
