/** Tells a check to Playwright and Allure while it runs: real steps with their times, and the exchanges that each step made. */
import { type TestInfo, _baseTest as test } from '@playwright/test';
import { ALLURE_HTTP_EXCHANGE_CONTENT_TYPE } from 'allure-js-commons/http';
import { getGlobalTestRuntimeWithAutoconfig } from 'allure-js-commons/sdk/runtime';
import { attachment, historyId, labels, parameter, testCaseId } from 'allure-js-commons/sync';
import { visible } from '../src/console.js';
import type { Finding } from '../src/exchange/index.js';
import { type Narrator, Skip, type Told } from '../src/judge/index.js';
import { historyIdOf, labelsOf, parametersOf } from '../src/requirements/allure.js';
import type { Requirement } from '../src/requirements/types.js';
import { exchangeName, toHttpExchange } from '../src/secrets/http-exchange.js';
import { type Redactor, toShownExchange } from '../src/secrets/index.js';
import { type Place, placeIn } from './place.js';

/** Tells the tests of one worker, one after the other. */
export interface TestNarrator extends Narrator {
  /** From now on it tells this test. */
  begin(about: { testInfo: TestInfo; requirement: Requirement; redactor: Redactor }): Promise<void>;
  /** Ends what is open, and gives the line of the spec at which it first went wrong. Resolves once all is told. */
  end(): Promise<Place | undefined>;
}

/**
 * How many exchanges are shown: of one step the last, and of one check. A run makes some thousand, nearly all of which say nothing
 * wrong; each costs time and room in every report. So a check that is met shows a few of its steps, and a step in which it goes wrong
 * all that led there.
 */
const shown = { met: { ofStep: 1, ofCheck: 6 }, missed: { ofStep: 6, ofCheck: 24 } };

/** Longer bodies are cut, in characters; verdict.json has more of those that prove a miss. */
const longestBody = 4096;

/** A step under way, or the test itself. */
interface Part {
  exchanges: Told[];
  /** Those that show what is wrong. */
  cited: Told[];
  /** Why it is red. */
  missed?: Error;
  /** Ends the step that began last within it. */
  endStep(): void;
  /** The step that is under way within it, where there is one. */
  step?: Part;
}

interface Telling {
  testInfo: TestInfo;
  requirement: string;
  redactor: Redactor;
  /** The test, and the parts around what is told now, the innermost last. */
  parts: Part[];
  /** What is still told. */
  pending: Promise<unknown>[];
  attached: number;
  place?: Place;
  /** Nothing more is told. */
  isOver: boolean;
}

/** Makes what tells the tests of a worker. */
export function createNarrator(): TestNarrator {
  let telling: Telling | undefined;
  const listening = (): Telling | undefined => (telling?.isOver ? undefined : telling);
  const narrator: TestNarrator = {
    async begin({ testInfo, requirement, redactor }) {
      const parts = [newPart()];
      telling = { testInfo, requirement: requirement.id, redactor, parts, pending: [], attached: 0, isOver: false };
      await getGlobalTestRuntimeWithAutoconfig();
      labels(...labelsOf(requirement));
      historyId(historyIdOf(requirement));
      testCaseId(historyIdOf(requirement));
      for (const { name, value, excluded } of parametersOf(requirement)) parameter(name, value, { excluded });
    },
    step(words) {
      const to = listening();
      const around = to?.parts.at(-1);
      if (to === undefined || around === undefined) return;
      around.endStep();
      const part = newPart();
      const ended = new Promise<void>((resolve) => {
        around.endStep = resolve;
      });
      around.step = part;
      to.pending.push(tellStep(to, words, part, () => ended));
    },
    async within(words, work) {
      const to = listening();
      if (to === undefined) return await work();
      const [around, part] = [to.parts.at(-1), newPart()];
      around?.endStep();
      if (around !== undefined) around.step = undefined;
      const outcome: { settled?: PromiseSettledResult<Awaited<ReturnType<typeof work>>> } = {};
      await tellStep(to, words, part, async () => {
        to.parts.push(part);
        [outcome.settled] = await Promise.allSettled([work()]);
        part.endStep();
        to.parts = to.parts.filter((other) => other !== part);
        const { settled } = outcome;
        if (settled?.status === 'rejected' && !(settled.reason instanceof Skip))
          part.missed ??= errorOf([{ message: messageOf(settled.reason) }], to);
      });
      if (outcome.settled?.status !== 'fulfilled') throw outcome.settled?.reason;
      return outcome.settled.value;
    },
    exchange(told) {
      const around = listening()?.parts.at(-1);
      const part = around?.step ?? around;
      part?.exchanges.push(told);
      if (part !== undefined && part.exchanges.length > shown.missed.ofStep) part.exchanges.shift();
    },
    missed(findings, requirement) {
      const to = listening();
      if (to === undefined || (requirement ?? to.requirement) !== to.requirement) return;
      const part = to.parts.at(-1);
      // A step is red for what went wrong in it first.
      if ((part?.step ?? part)?.missed !== undefined) return;
      to.place ??= placeIn(to.testInfo);
      const error = errorOf(findings, to);
      // What goes wrong between steps gets a step of its own, with what led there.
      if (part !== undefined && part.step === undefined && to.parts.length === 1) {
        narrator.step('here it goes wrong');
        const opened: Part | undefined = to.parts.at(-1)?.step;
        opened?.exchanges.push(...part.exchanges.splice(0));
      }
      const cited = findings.flatMap(({ exchanges = [] }) => exchanges);
      (part?.step ?? part)?.cited.push(...cited.slice(0, shown.missed.ofStep));
      for (const red of [part?.step, ...to.parts.slice(1)]) if (red !== undefined) red.missed ??= error;
    },
    over() {
      const part = listening()?.parts.at(-1);
      part?.endStep();
      if (part !== undefined) part.step = newPart();
    },
    async end() {
      const to = listening();
      if (to === undefined) return undefined;
      for (const part of to.parts) part.endStep();
      await Promise.all(to.pending);
      for (const part of to.parts) attachOf(to, part);
      to.isOver = true;
      return to.place;
    },
  };
  return narrator;
}

function newPart(): Part {
  return { exchanges: [], cited: [], endStep: () => {} };
}

/** A step of Playwright around `work`, red where it went wrong by then. Never rejects. */
async function tellStep(to: Telling, words: string, part: Part, work: () => Promise<unknown>): Promise<void> {
  const { testInfo, redactor } = to;
  const body = async () => {
    await work();
    attachOf(to, part);
    if (part.missed !== undefined) throw part.missed;
  };
  const location = placeIn(testInfo);
  await test.step(visible(redactor.sentence(words)), body, { location }).catch(() => undefined);
}

/** Attaches what is to be shown of a step, where the current step of Playwright is that step. */
function attachOf(to: Telling, { exchanges, cited, missed }: Part): void {
  const { ofStep, ofCheck } = missed === undefined ? shown.met : shown.missed;
  const chosen = [...new Set([...cited, ...exchanges.slice(-ofStep)])].slice(0, ofStep);
  for (const told of chosen.slice(0, Math.max(0, ofCheck - to.attached))) {
    const exchange = toShownExchange(told, to.redactor, longestBody);
    const body = JSON.stringify(toHttpExchange(exchange, longestBody, told.startedAt));
    attachment(exchangeName(exchange), body, ALLURE_HTTP_EXCHANGE_CONTENT_TYPE);
    to.attached += 1;
  }
}

/** What is wrong, as an error that points to the line of the spec. */
function errorOf(findings: readonly Finding[], { redactor, testInfo }: Telling): Error {
  const [first = { message: 'it is missed' }] = findings.map(redactor.finding);
  return placed(new Error(visible(linesOf(first).join('\n'))), placeIn(testInfo));
}

/** A finding as runners show it: what is wrong, where, what was expected and what was found. */
export function linesOf({ message, path, expected, found }: Finding): string[] {
  const lines = [message, path && `in ${path}`, expected && `expected: ${expected}`, found && `found: ${found}`];
  return lines.filter((line): line is string => Boolean(line));
}

/** `error` as one that was thrown at a place, for runners show the line of the topmost frame. */
export function placed(error: Error, { file, line, column }: Place): Error {
  error.stack = `${error.message}\n    at ${file}:${line}:${column}`;
  return error;
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
