/** Calls that are the same but for ids, times and texts. */
import type { Exchange } from '../exchange/index.js';
import { isClientId, isTime, timeAnew, tokenPattern } from './tokens.js';

/** Whether two calls are so alike that one stands for the other in a loop. */
export function isSameCall(one: Exchange, other: Exchange): boolean {
  const about = ({ actor, action, intent, request: { method, url, headers } }: Exchange) =>
    JSON.stringify([actor, action, intent, method, url, headers]);
  if (one === other) return true;
  if (about(one) !== about(other)) return false;
  const partsOf = ({ request }: Exchange) => (request.body ?? '').split(/[\\"]+/);
  const [parts, others] = [partsOf(one), partsOf(other)];
  return parts.length === others.length && parts.every((part, i) => isSamePart(part, others[i] ?? ''));
}

/** A longer text is what a call is about. */
const longestText = 200;
/** Texts that begin so alike are of one kind. */
const alikeFrom = 12;

function isSamePart(part: string, other: string): boolean {
  if (part === other || [isTime, isClientId].some((is) => is(part) && is(other))) return true;
  if (part.length > longestText || other.length > longestText) return false;
  const isRun = (text: string) => /^[A-Za-z0-9+/]{16,}=*$/.test(text);
  const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text);
  const isAlike = part.slice(0, alikeFrom) === other.slice(0, alikeFrom) && isAscii(part) && isAscii(other);
  return (isRun(part) && isRun(other)) || (isAlike && part.length > alikeFrom);
}

/** The first run of characters that the one call has and the other has not, and that is neither an id nor a time: part of a text. */
export function ownToken(one: Exchange, other: Exchange): string | undefined {
  const found = (one.request.body ?? '').match(tokenPattern) ?? [];
  const rest = other.request.body ?? '';
  return found.find(
    (token) => !rest.includes(token) && !isClientId(token) && timeAnew(token, one.startedAt) === undefined,
  );
}
