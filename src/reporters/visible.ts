import { visible } from '../console.js';
import type { Verdict } from '../verdict/index.js';

/** `verdict` with its texts as a terminal may show them, but for the evidence, which only files show. */
export function visibleVerdict(verdict: Verdict): Verdict {
  const { requirements, ...rest } = verdict;
  return {
    ...(visibleTexts(rest) as typeof rest),
    requirements: requirements.map(({ evidence, ...requirement }) => ({
      ...(visibleTexts(requirement) as typeof requirement),
      ...(evidence !== undefined && { evidence }),
    })),
  };
}

function visibleTexts(value: unknown): unknown {
  if (typeof value === 'string') return visible(value);
  if (Array.isArray(value)) return value.map(visibleTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [visible(name), visibleTexts(member)]));
}
