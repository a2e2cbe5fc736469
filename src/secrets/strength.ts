/** Tells how much a value looks like a credential: where it may be searched for without hiding what it is not. */

/**
 * `word`: it could stand anywhere by chance, so it is masked at its own place only.
 * `likely`: it may be searched for in what a server says.
 * `random`: no sentence of ours holds it by chance, so it may be searched for there too.
 */
export type Strength = 'word' | 'likely' | 'random';

/**
 * Shorter secrets are not searched for: a value such as `1` or `en` stands everywhere by chance, so masking it would hide
 * evidence and show, by the holes, what it is. They are masked only where the structure says that a secret stands there.
 */
export const MIN_SECRET_LENGTH = 4;

/** Longer ones are no credential of anybody; they are masked at their place. In UTF-16 units. */
export const MAX_SECRET_LENGTH = 16 * 1024;

const shortest = 6;
const shortestDigits = 8;
const shortestLetters = 16;
const shortestRandom = 10;
/** So many different characters a value has at least that nobody can guess. */
const fewestDifferent = { likely: 4, random: 6 };

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY/;
/** Times, numbers with separators, JSON pointers, addresses: what our own sentences are full of. */
const ours = /^(?:[\d.:,+TZ_-]+|(?:\/(?:[A-Za-z]+|\d+))+|https?:\/\/\S*|[A-Z]{2}(?:-[A-Z]+)+-\d+\S*)$/;

export function strengthOf(value: string): Strength {
  if (value.length < shortest || value.length > MAX_SECRET_LENGTH) return 'word';
  if (privateKey.test(value)) return 'random';
  const different = new Set(value.slice(0, 256)).size;
  if (different < fewestDifferent.likely) return 'word';
  if (/^\d+$/.test(value)) return value.length < shortestDigits ? 'word' : 'likely';
  if (/^\p{L}+$/u.test(value) && value.length < shortestLetters) return 'word';
  // A sentence of ours may hold several words, and what a server gives out as a key holds one.
  if (/\s/.test(value)) return 'word';
  return isRandom(value, different) ? 'random' : 'likely';
}

function isRandom(value: string, different: number): boolean {
  if (value.length < shortestRandom || different < fewestDifferent.random) return false;
  if (ours.test(value)) return false;
  const start = value.slice(0, 256);
  // Words have few of these: a letter beside a digit; capitals in the midst.
  const mixed = start.match(/(?<=[A-Za-z])\d|(?<=\d)[A-Za-z]/g)?.length ?? 0;
  const turns = start.match(/(?<=[a-z])[A-Z]|(?<=[A-Z])[a-z]/g)?.length ?? 0;
  return mixed >= 3 || mixed + turns >= 0.35 * (start.length - 1);
}
