import { UsageError } from '../errors.js';
import type { ApiName } from '../exchange/index.js';

/** What `run` tells the Playwright process and its workers, as JSON in `CHAT_CONFORMANCE_RUN`. All paths are absolute. */
export interface RunSettings {
  /** The APIs in scope; left out: every API that the target has a section of. */
  apis?: ApiName[];
  strict: boolean;
  /** The reports directory. */
  reports: string;
  waivers?: string;
  shard?: { current: number; total: number };
  workers?: number;
  /** Modules that add or extend APIs, beside those that the target names: absolute paths, or names of packages. */
  plugins?: readonly string[];
  /** The requirements to check, and the options that selected them; left out: all in scope. */
  selection?: { by: string; ids: string[] };
  /** The share of the MUSTs, in percent, of which less is unjudged. */
  requireJudged?: number;
  /** A file with what generated sequences came to before the checks: it belongs into the verdict. */
  explored?: string;
  /** The seconds that the run was given, and when they are over, epoch milliseconds. */
  budget?: { seconds: number; endsAt: number };
  /** False makes no HTML report. */
  html?: boolean;
}

/**
 * The settings of this run. Without `CHAT_CONFORMANCE_RUN`, as under a bare `npx playwright test`, they come from the variables
 * `CHAT_CONFORMANCE_API`, `_STRICT`, `_REPORTS`, `_WAIVERS` and `_REQUIRE_JUDGED`, which are what the options of `run` are.
 * Throws a `UsageError` that names the variable which is wrong.
 */
export function runSettings(
  env: Record<string, string | undefined> = process.env,
  defaultReports = 'reports',
): RunSettings {
  const told = env.CHAT_CONFORMANCE_RUN;
  if (told) return JSON.parse(told) as RunSettings;
  const read = <Value>(name: string, parse: (text: string) => Value): Value | undefined => {
    const text = env[`CHAT_CONFORMANCE_${name}`];
    if (text === undefined || text === '') return undefined;
    try {
      return parse(text);
    } catch (error) {
      throw error instanceof UsageError ? new UsageError(`CHAT_CONFORMANCE_${name}: ${error.message}`) : error;
    }
  };
  const text = (value: string): string => value;
  return {
    apis: read('API', namesOf),
    strict: read('STRICT', switchOf) ?? false,
    reports: read('REPORTS', text) ?? defaultReports,
    waivers: read('WAIVERS', text),
    requireJudged: read('REQUIRE_JUDGED', shareOf),
  };
}

/** Reads names with commas between. Throws a `UsageError` where one is missing. */
export function namesOf(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new UsageError('A name is missing: name one or more, with commas between.');
  return names;
}

/** Reads `all` or a percentage such as `80%`, as percent. Throws a `UsageError` for anything else. */
export function shareOf(text: string): number {
  const percent = text === 'all' ? 100 : Number(/^(\d+(?:\.\d+)?)%$/.exec(text)?.[1]);
  if (percent >= 0 && percent <= 100) return percent;
  throw new UsageError('It must be all, or a percentage such as 80%.');
}

function switchOf(text: string): boolean {
  if (['1', 'true'].includes(text)) return true;
  if (['0', 'false'].includes(text)) return false;
  throw new UsageError('It must be true or false.');
}
