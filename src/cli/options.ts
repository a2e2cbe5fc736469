import { InvalidArgumentError } from 'commander';
import { UsageError } from '../errors.js';
import { namesOf, shareOf } from '../target/settings.js';

/** Reads names with commas between. Throws where one is missing. */
export const parseNames = asOption(namesOf);

/** The option that limits a command to some APIs. */
export const apiOption = ['--api <names>', 'only these APIs, by their names, with commas between', parseNames] as const;

/** Reads `all` or `80%`, as percent. */
export const parseShare = asOption(shareOf);

/** What reads a value, so that commander names the option where it cannot. */
function asOption<Value>(read: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      throw error instanceof UsageError ? new InvalidArgumentError(error.message) : error;
    }
  };
}

/** Reads a whole number within bounds, both included. */
export function parseWhole(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const bounds = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) throw new InvalidArgumentError(`It must be a whole number ${bounds}.`);
    return value;
  };
}

/** A seed that no run before had. */
export function newSeed(): number {
  return Date.now() % 1_000_000_007;
}

/** Reads `I/N`, the I-th of N shards. */
export function parseShard(text: string): { current: number; total: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [current, total] = [Number(match?.[1]), Number(match?.[2])];
  if (!(current >= 1 && current <= total)) {
    throw new InvalidArgumentError('It must be I/N, the I-th of N shards with I from 1 to N, such as 1/4.');
  }
  return { current, total };
}

/** Gathers names, several of them in one value with commas between. */
export function gatherNames(value: string, before: string[] = []): string[] {
  return [...before, ...value.split(',').map((name) => name.trim())];
}

/** Gathers the values of an option that may be given more than once. */
export function gather(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** Reads e-mail addresses with commas between. */
export function parseAccounts(text: string): string[] {
  const addresses = text.split(',').map((address) => address.trim());
  const odd = addresses.find((address) => !/^[^\s@]+@[^\s@]+$/.test(address));
  if (odd !== undefined) {
    const what = odd === '' ? 'An address is missing' : `'${odd}' is no e-mail address`;
    throw new InvalidArgumentError(`${what}: name one or more, with commas between.`);
  }
  return addresses;
}
