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
  if (entities(actual) > entities(sent)) return 'markup was escaped';
  if (entities(actual) < entities(sent)) return 'escaped markup was resolved';
  if (lines(actual) === lines(sent)) return 'its line breaks were changed';
  if ([/\ufffd/, /\?{2,}/].some((lost) => lost.test(actual) && !lost.test(sent)))
    return 'characters were lost in a narrower encoding';
  if (actual.toLowerCase() === sent.toLowerCase()) return 'its case was changed';
  if (isLeft(actual, sent)) return 'characters were left out';
  return 'it is not the text that was sent';
}

function entities(text: string): number {
  return text.match(/&(amp|lt|gt|quot|#39|#x27);/g)?.length ?? 0;
}

function lines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Whether a text is what is left of another when characters are taken out. */
function isLeft(part: string, whole: string): boolean {
  let at = 0;
  for (const unit of whole.split('')) if (unit === part[at]) at++;
  return at === part.length;
}

function firstDifference(a: string, b: string): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}

/** The first few of a list, with how many more there are. */
export function firstFew(items: readonly string[], most = 5): string {
  const shown = items.slice(0, most).join(', ');
  return items.length > most ? `${shown} and ${items.length - most} more` : shown;
}

/** The text, or its beginning with `…`: by that mark a credential is known that the cut went through. */
export function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function excerpt(text: string, at: number): string {
  const start = Math.max(0, at - 12);
  const end = Math.min(text.length, at + 24);
  return `${start > 0 ? '…' : ''}${JSON.stringify(text.slice(start, end))}${end < text.length ? '…' : ''}`;
}
