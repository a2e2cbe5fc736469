import { createHash } from 'node:crypto';

/** Parts of a message that differ between two runs of one miss, the longer kinds first. */
const volatile: readonly [RegExp, string][] = [
  [/"(?:[^"\\]|\\.)*"/g, '""'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?/g, '<time>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/gi, '<id>'],
  [/\d+(?:\.\d+)?/g, '#'],
];

/** `message` without ids, numbers, times and quoted data, so that the same miss reads the same in every run. */
export function normalise(message: string): string {
  return volatile
    .reduce((text, [pattern, stand]) => text.replace(pattern, stand), message)
    .replace(/\s+/g, ' ')
    .trim();
}

/** Sixteen hex digits that stay the same for the same kind of miss of one requirement. */
export function fingerprint(requirement: string, messages: readonly string[]): string {
  const kinds = [...new Set(messages.map(normalise))].sort();
  return createHash('sha256')
    .update([requirement, ...kinds].join('\n'))
    .digest('hex')
    .slice(0, 16);
}
