/** Header lines as Node gives them: names and values in turn, in their order and case. */
export type RawHeaders = readonly string[];

/** The lines as pairs. */
export function pairsOf(raw: RawHeaders): [name: string, value: string][] {
  return Array.from({ length: raw.length >> 1 }, (_, at) => [raw[2 * at] ?? '', raw[2 * at + 1] ?? '']);
}

/** Whether there is a header of this name, given in lower case. */
export function hasHeader(raw: RawHeaders, name: string): boolean {
  return raw.some((text, at) => at % 2 === 0 && text.toLowerCase() === name);
}

/** The lines with another value of Host, in its place; none is added. */
export function withHost(raw: RawHeaders, host: string): string[] {
  return pairsOf(raw).flatMap(([name, value]) => [name, name.toLowerCase() === 'host' ? host : value]);
}

/** The lines with one header of this name and value, in the place of those that were there or at the end. */
export function withHeader(raw: RawHeaders, name: string, value: string): string[] {
  const pairs = pairsOf(raw);
  const isSame = ([text]: [string, string]) => text.toLowerCase() === name.toLowerCase();
  const at = pairs.findIndex(isSame);
  const others = pairs.filter((pair) => !isSame(pair));
  others.splice(at === -1 ? others.length : at, 0, [name, value]);
  return others.flat();
}

/** The lines of a head as they go over the wire. */
export function headText(firstLine: string, raw: RawHeaders): string {
  return `${[firstLine, ...pairsOf(raw).map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
}
