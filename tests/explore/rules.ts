/** How the rules of a model are tried: each finds something that no other finds, and lets pass what is left open. */

import type { Exchange } from '../../src/exchange/index.js';
import type { Judged, Step } from '../../src/explore/index.js';
import { expect, test } from '../test.js';
import { type Change, missesOf, type Transcript, transcriptOf } from './transcript.js';

/** An answer that misses something, and which rule says so. */
export interface Missing extends Change {
  /** The rule, by its name. */
  rule: string;
  /** The name of a sequence. */
  in: string;
  requirement: string;
}

/** An answer that the rulings leave open. */
export interface Open extends Change {
  /** The ruling. */
  ruling: string;
  in: string;
}

interface Rule {
  name: string;
}

/** Declares the tests of one model. */
export function testModel<R extends Rule, State>(
  api: string,
  {
    rules,
    judgeBy,
    sequences,
    missing,
    open,
  }: {
    rules: readonly R[];
    judgeBy(rules: readonly R[]): (state: State, exchange: Exchange) => Judged<State>;
    sequences: Readonly<Record<string, readonly Step[]>>;
    missing: readonly Missing[];
    open: readonly Open[];
  },
): void {
  const played = new Map<string, Promise<Transcript>>();
  const transcript = (name: string): Promise<Transcript> => {
    const known = played.get(name) ?? transcriptOf(api, sequences[name] ?? []);
    played.set(name, known);
    return known;
  };
  const judge = (some: readonly R[]) => judgeBy(some) as (state: unknown, exchange: Exchange) => Judged<unknown>;

  test.describe(`the model of ${api}`, () => {
    test.describe.configure({ timeout: 180_000 });
    test('holds nothing against the healthy stub', async () => {
      for (const name of Object.keys(sequences)) {
        expect(missesOf(judge(rules), await transcript(name)), name).toEqual([]);
      }
    });

    test('has a case for each of its rules', () => {
      const tried = new Set(missing.map(({ rule }) => rule));
      expect(rules.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
      expect([...tried].filter((name) => !rules.some((rule) => rule.name === name))).toEqual([]);
    });

    for (const [i, { rule, requirement, in: sequence, ...change }] of missing.entries()) {
      test(`${rule} (${requirement}, ${i}), and without that rule nobody says so`, async () => {
        const given = await transcript(sequence);
        const own = rules.filter(({ name }) => name === rule);
        const said = missesOf(judge(own), given, change).map((miss) => miss.requirement);
        expect(said).toContain(requirement);
        const words = (some: readonly R[]) =>
          missesOf(judge(some), given, change).map(({ requirement: id, message }) => `${id} ${message}`);
        const others = rules.filter(({ name }) => name !== rule);
        expect(words(others)).not.toEqual(words(rules));
      });
    }

    for (const { ruling, in: sequence, ...change } of open) {
      test(`lets pass: ${ruling}`, async () => {
        expect(missesOf(judge(rules), await transcript(sequence), change)).toEqual([]);
      });
    }
  });
}
