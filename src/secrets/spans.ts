/** Parts of a text that are to be masked. */
export interface Span {
  start: number;
  /** After the last character. */
  end: number;
  /** It may be the beginning of a credential that goes on where the text was cut. */
  isTail?: true;
}

export const MASK = '***';

/** A part of a text, which is a credential or may be shown. */
export interface Piece {
  text: string;
  isSecret: boolean;
}

/** The text with `***` for the parts; what touches is one. */
export function maskSpans(text: string, spans: Span[]): string {
  if (spans.length === 0) return text;
  return splitAt(text, spans)
    .map((piece) => (piece.isSecret ? MASK : piece.text))
    .join('');
}

/** The text in pieces: these parts, what touches is one, and what is between them. */
export function splitAt(text: string, spans: Span[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of joined(spans)) {
    pieces.push({ text: text.slice(at, start), isSecret: false }, { text: text.slice(start, end), isSecret: true });
    at = end;
  }
  return [...pieces, { text: text.slice(at), isSecret: false }];
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
