/** What in a request may be another thing each time that it is sent. */

/** A member with a short value, a time as `yyyy-MM-dd HH:mm:ss`, or a run of characters that may be an id. */
export const tokenPattern = /"[A-Za-z]\w*":"[\w-]{1,5}"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|[A-Za-z0-9_-]{6,}/g;

/** A short value says too little to be known again elsewhere than in a member of the same name, written so. `undefined`: it is none. */
export function shortMember(name: string, value: unknown): string | undefined {
  return typeof value === 'string' && /^(?=.*\d)[\w-]{1,5}$/.test(value) ? `"${name}":"${value}"` : undefined;
}

/** The value of what `shortMember` gives with what stands around it; `undefined` where it is something else. */
export function membersParts(token: string): [before: string, behind: string] | undefined {
  const before = /^"\w+":"/.exec(token)?.[0];
  return before === undefined ? undefined : [before, '"'];
}

/** Parts of an id that hyphens join, as in a UUID. */
const idPattern = /^[0-9a-z]+(?:-[0-9a-z]+){3,}$/i;
const shortestId = 24;
/** Further away it is no time of now: a bound in the past or the future. */
const nearMs = 60 * 86_400_000;

/** Whether it looks as the ids do that a client makes up: a UUID, or longer. */
export function isClientId(token: string): boolean {
  return token.length >= shortestId && idPattern.test(token);
}

/** Whether it is a time as `yyyy-MM-dd HH:mm:ss`. */
export function isTime(token: string): boolean {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(token);
}

/** What gives a time anew that is as far from now, where `now` and `ago` are those of a script; `undefined` where it is none near `atMs`. */
export function timeAnew(token: string, atMs: number): string | undefined {
  if (isTime(token)) {
    const seconds = secondsBefore(Date.parse(`${token.replace(' ', 'T')}Z`), atMs);
    return seconds === undefined ? undefined : `$(ago ${seconds})`;
  }
  const unit = { 10: 1000, 13: 1 }[/^\d+$/.test(token) ? token.length : 0];
  const seconds = unit === undefined ? undefined : secondsBefore(Number(token) * unit, atMs);
  if (seconds === undefined) return undefined;
  const moment = `now ${seconds < 0 ? '+' : '-'} ${Math.abs(seconds)}`;
  return unit === 1 ? `$(((${moment}) * 1000))` : `$((${moment}))`;
}

function secondsBefore(ms: number, atMs: number): number | undefined {
  return Math.abs(atMs - ms) < nearMs ? Math.round((atMs - ms) / 1000) : undefined;
}

/** Whether it may be a value that a server gave out: an id, a time, a large number; no word. */
export function isGivenOut(value: unknown): value is string | number {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 1e8;
  if (typeof value !== 'string') return false;
  if (isTime(value)) return true;
  return /^[\w-]{6,}$/.test(value) && (/^\d+$/.test(value) ? value.length > 8 : /\d/.test(value));
}
