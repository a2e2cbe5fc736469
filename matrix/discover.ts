import { createKeeper } from '../runner/suite.js';
import type { Api } from '../src/api/api.js';
import type { Discovered } from '../src/cli/io.js';
import { createEnvironment } from '../src/environment/environment.js';
import type { Exchange } from '../src/exchange/index.js';
import { holdTargetJournal } from '../src/journal/hold.js';
import { journalOf } from '../src/journal/journal.js';
import { judge } from '../src/judge/index.js';
import { lacks, type ResolvedTarget } from '../src/target/index.js';
import { checksOf } from './checks.js';

/**
 * Asks the servers of a target for each documented action, by the checks that are about it, until one legal call is served. Goes as
 * far as the target allows and puts back what it changes. Throws a `UsageError` where a run has the journal of the target.
 */
export async function discover(target: ResolvedTarget, apis: readonly Api[]): Promise<Discovered[]> {
  const lock = holdTargetJournal(target, apis);
  try {
    const found: Discovered[] = [];
    for (const api of apis) found.push(await discoverApi(target, api));
    return found;
  } finally {
    lock?.release();
  }
}

async function discoverApi(target: ResolvedTarget, api: Api): Promise<Discovered> {
  const [served, called] = [new Set<string>(), new Set<string>()];
  const passive: Api['passive'] = (exchange, groundTruth) => {
    if (exchange.intent === 'call') note(exchange);
    return api.passive(exchange, groundTruth);
  };
  const note = (exchange: Exchange) => {
    called.add(exchange.action);
    if (api.outcome(exchange) !== 'refused') served.add(exchange.action);
  };
  const environment = createEnvironment(target, { apis: [api] });
  const place = { api: { ...api, passive }, environment, slot: 0, journal: journalOf(target) };
  const checks = await checksOf(api);
  const keepers = new Map(checks.map(({ suite }) => [suite, createKeeper(suite, place)]));
  const actions = Object.keys(api.actions).filter((action) => !lacks(target, api.name, action));
  for (const action of actions) {
    for (const { definition, suite } of checks) {
      if (served.has(action)) break;
      if (definition.requirement.action !== action) continue;
      await judge(definition, keepers.get(suite) as never, { confirm: false });
    }
  }
  for (const keeper of keepers.values()) await keeper.close();
  return {
    api: api.name,
    refused: actions.filter((action) => called.has(action) && !served.has(action)),
    untried: actions.filter((action) => !called.has(action)),
  };
}
