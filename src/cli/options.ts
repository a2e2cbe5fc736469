import { InvalidArgumentError } from 'commander';
import { didYouMean } from '../errors.js';
import type { Api } from '../exchange/index.js';
import { apis } from '../target/index.js';

/** Reads `ozeki,genesys`. Throws where one is unknown or none is named. */
export function parseApis(text: string): Api[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!apis.some((api) => api === name)) {
      throw new InvalidArgumentError(
        `${name === '' ? 'A name is missing' : `'${name}' is no known API`}: name one or more of ${apis.join(', ')}, with commas between.${didYouMean(name, apis)}`,
      );
    }
  }
  return apis.filter((api) => names.includes(api));
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

/** Reads `I/N`, the I-th of N shards. */
export function parseShard(text: string): { current: number; total: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [current, total] = [Number(match?.[1]), Number(match?.[2])];
  if (!(current >= 1 && current <= total)) {
    throw new InvalidArgumentError('It must be I/N, the I-th of N shards with I from 1 to N, such as 1/4.');
  }
  return { current, total };
}

/** Gathers the values of an option that may be given more than once. */
export function gather(value: string, before: string[] = []): string[] {
  return [...before, value];
}
