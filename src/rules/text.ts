import type { Finding } from '../exchange/index.js';

/**
 * Finds where a text that should come back unchanged was changed. Names the likely cause (trimmed, cut, escaped,
 * normalised) and shows the surroundings of the first difference, not the whole.
 */
export function unchanged(actual: unknown, sent: string, what: string, path?: string): Finding[] {
  if (actual === sent) return [];
  if (typeof actual !== 'string') {
    return [
      {
        message: `${what} did not come back as text`,
        path,
        expected: excerpt(sent, 0),
        found: JSON.stringify(actual) ?? 'nothing',
      },
    ];
  }
  const at = firstDifference(actual, sent);
  return [
    {
      message: `${what} came back changed: ${cause(actual, sent)}`,
      path,
      expected: `${excerpt(sent, at)} (${sent.length} characters)`,
      found: `${excerpt(actual, at)} (${actual.length} characters), first difference at character ${at}`,
    },
  ];
}

function cause(actual: string, sent: string): string {
  if (actual === sent.trim() || actual === sent.trimStart() || actual === sent.trimEnd())
    return 'white space was trimmed';
  if (actual.length < sent.length && sent.startsWith(actual)) return `it was cut after ${actual.length} characters`;
  if (actual.normalize('NFC') === sent.normalize('NFC')) return 'its Unicode was normalised';
  if (/&(amp|lt|gt|quot|#39|#x27);/.test(actual) && !/&(amp|lt|gt|quot|#39|#x27);/.test(sent))
    return 'markup was escaped';
  if ([/\ufffd/, /\?{2,}/].some((lost) => lost.test(actual) && !lost.test(sent)))
    return 'characters were lost in a narrower encoding';
  if (actual.toLowerCase() === sent.toLowerCase()) return 'its case was changed';
  return 'it is not the text that was sent';
}

function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}

function excerpt(text: string, at: number): string {
  const start = Math.max(0, at - 12);
  const end = Math.min(text.length, at + 24);
  return `${start > 0 ? '…' : ''}${JSON.stringify(text.slice(start, end))}${end < text.length ? '…' : ''}`;
}
