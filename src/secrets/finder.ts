/** Finds secrets in text in whatever way their characters are escaped or encoded, in time linear in the text. */
import { type Automaton, createAutomaton } from './automaton.js';
import { decodedRuns, ELLIPSIS, GAP, isEscape, textOf, unescaped, type View, viewOf } from './decoded.js';
import type { Span } from './spans.js';
import { MIN_SECRET_LENGTH } from './strength.js';

export interface Finder {
  /** Takes a secret up. Building is put off until something is searched. */
  add(secret: string): void;
  remove(secret: string): void;
  /**
   * All places where a secret stands, in no order.
   */
  find(text: string, options?: FindOptions): Span[];
  /** How many steps building and searching took so far: what they cost, whatever the machine does beside. */
  steps(): number;
}

export interface FindOptions {
  /** The text is a part of a longer one: what begins a secret at its end counts too, be it one character. */
  isCut?: boolean;
  /** Finds more, in the text as it is and in what each layer of escapes resolves to. */
  inEach?(text: string): Span[];
}

/** So many layers of escapes are resolved, in a text and in what was decoded from it. */
const LAYERS = { text: 7, decoded: 3 };
/** Base64 or hex of base64 or hex, and no deeper. */
const ENCODINGS = 2;
/** A shorter part of a secret that an excerpt cuts off tells nothing, and would be found in texts that hold none. */
export const MIN_CUT_LENGTH = 8;

/**
 * Creates a finder. A text is searched as it is, and once more after each layer of escapes that is resolved; what its runs of base64
 * and hex decode to is searched the same way. So mixtures of encodings need no patterns of their own: a secret costs its length.
 */
export function createFinder(): Finder {
  const secrets = new Set<string>();
  let automaton: Automaton | undefined;
  let taken = 0;

  const search = (view: View, searched: Automaton, found: FindOptions & { spans: Span[] }, depth: number): void => {
    let layer: View | undefined = view;
    for (let resolved = 0; layer !== undefined; resolved += 1) {
      taken += layer.length + spansIn(searched, layer, found.spans, found.isCut === true);
      if (depth === 0 && found.inEach !== undefined) putOriginal(found.spans, layer, found.inEach(textOf(layer)));
      if (depth < ENCODINGS && secrets.size > 0) {
        for (const decoded of decodedRuns(layer, depth === 0 && resolved > 0))
          search(decoded, searched, found, depth + 1);
      }
      layer = resolved < (depth === 0 ? LAYERS.text : LAYERS.decoded) ? unescaped(layer) : undefined;
    }
  };

  return {
    add(secret) {
      if (secrets.has(secret)) return;
      secrets.add(secret);
      automaton = undefined;
    },
    remove(secret) {
      if (secrets.delete(secret)) automaton = undefined;
    },
    find(text, options = {}) {
      const spans: Span[] = [];
      if (text === '' || (secrets.size === 0 && options.inEach === undefined)) return spans;
      if (automaton === undefined) {
        automaton = createAutomaton(new Set([...secrets].flatMap(writingsOf)));
        taken += automaton.built;
      }
      search(viewOf(text), automaton, { spans, ...options }, 0);
      return spans;
    },
    steps: () => taken,
  };
}

/**
 * A secret as it is and as it is sent (half a surrogate pair has no UTF-8 form), and what each becomes when its receiver resolves
 * escapes in it: a layer of escapes of the text cannot be resolved without those of the secret.
 */
function writingsOf(secret: string): string[] {
  return [secret, Buffer.from(secret, 'utf8').toString('utf8')].flatMap((writing) => {
    const layers: string[] = [];
    let layer: View | undefined = viewOf(writing);
    for (let resolved = 0; layer !== undefined && resolved <= LAYERS.text; resolved += 1) {
      const text = textOf(layer);
      if (resolved === 0 || text.length >= MIN_SECRET_LENGTH) layers.push(text);
      layer = unescaped(layer);
    }
    return layers;
  });
}

function putOriginal(spans: Span[], { from, to }: View, found: readonly Span[]): void {
  for (const { start, end } of found) spans.push({ start: from[start] as number, end: to[end - 1] as number });
}

/** The spans of one view, in the original text. Gives the steps that the search took. */
function spansIn(automaton: Automaton, view: View, spans: Span[], isCut: boolean): number {
  const { units, length, from, to } = view;
  const span = (start: number, end: number): Span => ({ start: from[start] as number, end: to[end - 1] as number });
  const cuts = cutsIn(view, isCut);
  const depths = cuts.length > 0 ? new Int32Array(length + 1) : undefined;
  const steps = automaton.search(
    units,
    length,
    ({ end, length: size }) => void spans.push(span(end - size, end)),
    depths,
  );
  if (depths === undefined) return steps;
  for (const cut of cuts) {
    const isEnd = cut === length;
    for (const end of endsBefore(view, cut)) {
      const depth = depths[end] as number;
      if (isEnd && depth > 0) spans.push({ ...span(end - depth, length), isTail: true });
      else if (depth >= MIN_CUT_LENGTH) spans.push(span(end - depth, end));
    }
  }
  return steps;
}

/** Where an excerpt was cut: at each ellipsis, and at the end of what is a part. */
function cutsIn({ units, length }: View, isCut: boolean): number[] {
  const cuts: number[] = [];
  for (let at = 0; at < length; at += 1) if (units[at] === ELLIPSIS) cuts.push(at);
  if (isCut && length > 0) cuts.push(length);
  return cuts;
}

/** An escape has no more units than this between its first and its last. */
const longestRest = 8;
const mostQuotes = 8;

/** The ends of a secret that a cut at this place may have halved: at once, before quotes, before half an escape. */
function endsBefore({ units }: View, cut: number): number[] {
  const ends = [units[cut - 1] === GAP ? cut - 1 : cut];
  const first = ends[0] as number;
  let at = first;
  while (at > 0 && first - at < mostQuotes && isQuote(units[at - 1] as number)) {
    at -= 1;
    ends.push(at);
  }
  for (let back = 1; back <= longestRest && back <= at; back += 1) {
    if (isEscape(units[at - back] as number)) ends.push(at - back);
  }
  return ends;
}

function isQuote(unit: number): boolean {
  return unit === 0x22 || unit === 0x27 || unit === 0x5c;
}
