import { membersOf } from './members.js';
import type { HeaderLines } from './types.js';

type Line = readonly [name: string, value: string];

/** Header lines, whether they are objects with a name, pairs, names and values in turn, members of one object, or text. */
export function linesOf(headers: unknown): HeaderLines {
  if (typeof headers === 'string') return headers.split(/\r?\n/).flatMap(textLine);
  if (!Array.isArray(headers)) return Object.entries(membersOf(headers)).flatMap(([name, value]) => line(name, value));
  if (headers.length % 2 === 0 && headers.every((item) => typeof item === 'string'))
    return headers.flatMap((name: string, at) => (at % 2 === 0 ? line(name, headers[at + 1]) : []));
  return headers.flatMap((header) => {
    if (Array.isArray(header)) return line(header[0], header[1]);
    const { name, key, value } = membersOf(header);
    return line(name ?? key, value);
  });
}

function line(name: unknown, value: unknown): Line[] {
  if (typeof name !== 'string' || name === '') return [];
  if (Array.isArray(value)) return value.flatMap((item) => line(name, item));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? [[name, String(value)]]
    : [];
}

function textLine(text: string): Line[] {
  // The name of a pseudo-header begins with a colon.
  const at = text.indexOf(':', 1);
  return at === -1 ? [] : [[text.slice(0, at).trim(), text.slice(at + 1).trim()]];
}

/** The first header of this name, given in lower case. */
export function headerIn(lines: HeaderLines, name: string): string | undefined {
  return lines.find(([own]) => own.toLowerCase() === name)?.[1];
}
