/** The segments of a JSON pointer (RFC 6901): those of `/a~1b/0` are `a/b` and `0`, and the whole value, '', has none. */
export function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The JSON pointer of these segments: that of `a/b` and `0` is `/a~1b/0`. */
export function pointerOf(segments: readonly string[]): string {
  return segments.map((segment) => `/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
