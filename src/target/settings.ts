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
}

/**
 * The settings of this run. Without `CHAT_CONFORMANCE_RUN`, as under a bare `npx playwright test`: not strict, reports in `reports`.
 */
export function runSettings(
  env: Record<string, string | undefined> = process.env,
  defaultReports = 'reports',
): RunSettings {
  const text = env.CHAT_CONFORMANCE_RUN;
  return text ? (JSON.parse(text) as RunSettings) : { strict: false, reports: defaultReports };
}
