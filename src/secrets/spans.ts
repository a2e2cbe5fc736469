/** Parts of a text that are to be masked. */
export interface Span {
  start: number;
  /** After the last character. */
  end: number;
  /** It may be the beginning of a credential that goes on where the text was cut. */
  isTail?: true;
}

export const MASK = '***';

/** The text with `***` for the parts; what touches is one. */
export function maskSpans(text: string, spans: Span[]): string {
  if (spans.length === 0) return text;
  let result = '';
  let at = 0;
  for (const { start, end } of joined(spans)) {
    result += text.slice(at, start) + MASK;
    at = end;
  }
  return result + text.slice(at);
}

function joined(spans: Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else result.push({ ...span });
  }
  return result;
}
