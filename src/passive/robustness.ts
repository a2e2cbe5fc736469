import type { Exchange, Finding } from '../exchange/index.js';
import { shortened } from '../rules/index.js';

const traces = [
  /\n\s*at .+[:(]\d+:\d+\)?/,
  /\bat [\w.$<>]+\([\w$]+\.(java|kt|scala|cs):\d+\)/,
  /Traceback \(most recent call last\)/,
  /\bin \S+\.php(:| on line )\d+/,
  /Stack trace:/i,
  /goroutine \d+ \[running\]/,
  /Exception in thread "/,
  /\b[\w.]+(Exception|Error): .+\n\s+at /,
];

/** Finds the text of a stack trace in an answer: it shows whoever asks the inside of the server. */
export function stackTraceFindings(exchange: Exchange): Finding[] {
  const text =
    typeof exchange.response.json === 'object' ? strings(exchange.response.json).join('\n') : exchange.response.text;
  const trace = traces.map((pattern) => pattern.exec(text.slice(0, 65_536))).find((match) => match !== null);
  if (trace === undefined) return [];
  return [
    {
      message: 'the answer shows a stack trace',
      expected: 'an error in words',
      found: shortened(trace[0].trim(), 120),
    },
  ];
}

/** Finds an HTTP status that says the server broke. */
export function serverErrorFindings(exchange: Exchange): Finding[] {
  if (exchange.response.status < 500) return [];
  return [
    {
      message: 'the answer is a server error',
      expected: 'an HTTP status below 500',
      found: `HTTP ${exchange.response.status}`,
    },
  ];
}

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(strings);
}
