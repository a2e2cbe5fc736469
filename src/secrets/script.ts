/** Calls that were made, as a script for a POSIX shell that makes them again. */
import type { Exchange } from '../exchange/index.js';
import { isSameCall, ownToken } from './loop.js';
import type { Redactor } from './redactor.js';
import { curlLine, type Pen, singleQuoted } from './shell.js';
import { createStage, type Stage, type StageOptions } from './stage.js';

/** A call of a script. */
export interface ScriptCall {
  exchange: Exchange;
  /** What is done, in words. */
  words: string;
  /** It is sent at the same time as the call before. */
  isTogether?: boolean;
  /** Its answer is shown at the end. */
  isShown?: boolean;
}

/** What a script shows. */
export interface Shown {
  /** Such as `OZ-CLEAR-1: after clear there are messages`. */
  title: string;
  expected?: string;
  found?: string;
}

/**
 * The script, for a POSIX shell with curl and jq. What the server gives out is taken from its answers, ids of the suite are made anew,
 * times are as far from now as they were, and credentials are variables of the environment, which it names.
 */
export function scriptOf(
  calls: readonly ScriptCall[],
  shown: Shown,
  redactor: Redactor,
  options: StageOptions = {},
): string {
  const stage = createStage(
    calls.map(({ exchange }) => exchange),
    redactor,
    options,
  );
  const blocks: string[][] = [];
  for (let at = 0; at < calls.length; ) {
    const { period, times } = loopAt(calls, at, stage);
    blocks.push(times > 1 ? loopBlock(calls, at, { period, times }, stage) : callBlock(calls, at, stage));
    at += period * times;
  }
  const body = blocks.map((lines) => lines.join('\n'));
  const last = calls.length - 1;
  const ends = calls.flatMap(({ isShown }, i) => (isShown === true || i === last ? [i] : []));
  return [
    '#!/bin/sh',
    `# ${oneLine(shown.title)}`,
    '# Needs curl and jq. The variables named below hold credentials, by the names of the target file.',
    'set -eu',
    'answers=$(mktemp -d)',
    ...stage.prelude(body.join('\n')),
    '',
    ...body.flatMap((block) => [block, '']),
    ...ends.flatMap((i) => [
      `echo '--- answer ${i + 1}'`,
      `cat "$answers/${i + 1}.headers" "$answers/${i + 1}.json"`,
      'echo',
    ]),
    `echo expected: ${singleQuoted(shown.expected ?? 'see above')}`,
    `echo found: ${singleQuoted(shown.found ?? oneLine(shown.title))}`,
    '',
  ].join('\n');
}

function callBlock(calls: readonly ScriptCall[], at: number, stage: Stage): string[] {
  const { exchange, words, isTogether } = calls[at] as ScriptCall;
  const goesOn = calls[at + 1]?.isTogether === true;
  const altered: string[] = [];
  const { actor, intent } = exchange;
  const line = lineOf(exchange, at, { ...stage.pen(at), actor, intent, altered: (what) => void altered.push(what) });
  return [
    `# ${[oneLine(words), ...altered.map((what) => `on purpose with ${what}`)].join(', ')}`,
    `${line}${goesOn ? ' &' : ''}`,
    ...(isTogether && !goesOn ? ['wait'] : []),
    ...stage.takenFrom(at),
  ];
}

function lineOf({ request }: Exchange, at: number, pen: Pen): string {
  return curlLine(request, pen, `-D "$answers/${at + 1}.headers" -o "$answers/${at + 1}.json"`);
}

/** So many calls in turn, again and again. */
interface Loop {
  period: number;
  times: number;
}

/** Who writes in turn is seldom more than some people. */
const longestPeriod = 6;
const fewestTimes = 3;

/** The loop that begins with a call: calls that are the same but for ids, times and texts, and give out nothing that is needed. */
function loopAt(calls: readonly ScriptCall[], at: number, stage: Stage): Loop {
  const isFree = (call: number) =>
    calls[call] !== undefined && !calls[call].isShown && !calls[call].isTogether && !stage.isNeeded(call);
  const isSame = (one: number, other: number) =>
    isFree(one) &&
    isFree(other) &&
    isSameCall((calls[one] as ScriptCall).exchange, (calls[other] as ScriptCall).exchange);
  let best: Loop = { period: 1, times: 1 };
  for (let period = 1; period <= longestPeriod; period++) {
    let end = at + period;
    while (end < calls.length - 1 && isSame(end - period, end)) end += 1;
    const times = Math.floor((end - at) / period);
    if (times >= fewestTimes && period * times > best.period * best.times) best = { period, times };
  }
  return best;
}

function loopBlock(calls: readonly ScriptCall[], at: number, { period, times }: Loop, stage: Stage): string[] {
  const lines = calls.slice(at, at + period).flatMap(({ exchange, words }, i) => {
    const { actor, intent } = exchange;
    const again = (calls[at + i + period] as ScriptCall).exchange;
    const varied = { token: ownToken(exchange, again) };
    return [`  # ${oneLine(words)}`, `  ${lineOf(exchange, at + i, { ...stage.pen(at + i, varied), actor, intent })}`];
  });
  return [`# ${times} times`, 'i=1', `while [ $i -le ${times} ]; do`, ...lines, '  i=$((i + 1))', 'done'];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
