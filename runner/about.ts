import { chosenApis, requirementsOf } from '../src/api/api.js';
import type { ReporterOptions } from '../src/reporters/playwright.js';
import { apisInScope, describeTarget, runSettings } from '../src/target/index.js';
import { processSubject } from './subject.js';

/** What the run of this process is about, as the environment names it. Throws a `UsageError` where it names an unknown API. */
export async function aboutRun(): Promise<ReporterOptions> {
  const { target, apis } = await processSubject();
  const { apis: names } = runSettings();
  const asked = names && chosenApis(apis, names, 'CHAT_CONFORMANCE_API').map(({ name }) => name);
  const scope = apisInScope(target, asked);
  const seed = Number(process.env.CHAT_CONFORMANCE_STUB_SEED ?? 1);
  return {
    target: { ...describeTarget(target), ...(target.source === 'stub' ? { seed } : {}) },
    apis: scope,
    leftOut: apisInScope(target).filter((name) => !scope.includes(name)),
    catalogue: requirementsOf(apis),
  };
}
