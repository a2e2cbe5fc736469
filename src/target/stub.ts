import type { TargetFile } from './resolve.js';
import type { TargetApi } from './section.js';

/**
 * The target for a stub of this seed at `url`, with its credentials. It follows from these alone, so any process can name it
 * without loading what serves it.
 */
export function stubTarget(
  apis: readonly TargetApi[],
  { seed = 1, url, size }: { seed?: number; url: string; size?: { pairs?: number } },
): TargetFile {
  const sections = apis.map(({ name, target }) => [name, target.ofStub(seed, url, size)]);
  return { name: 'stub', allow: 'destroy', ...Object.fromEntries(sections) };
}
