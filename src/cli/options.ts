import { InvalidArgumentError } from 'commander';
import type { Api } from '../api/api.js';
import { didYouMean, UsageError } from '../errors.js';

/** The option that limits a command to some APIs. */
export const apiOption = ['--api <names>', 'only these APIs, by their names, with commas between', parseNames] as const;

/** Reads names with commas between. Throws where one is missing. */
export function parseNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('A name is missing: name one or more, with commas between.');
  return names;
}

/** The APIs that `--api` asks for, in the order of the documentation; all, where it was left out. Throws for an unknown name. */
export function chosenApis(apis: readonly Api[], names: readonly string[] | undefined): readonly Api[] {
  if (names === undefined) return apis;
  const known = apis.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const mend = didYouMean(name, known);
    throw new UsageError(
      `--api: '${name}' is no known API. Name one or more of ${known.join(', ')}, with commas between.${mend}`,
    );
  }
  return apis.filter(({ name }) => names.includes(name));
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
