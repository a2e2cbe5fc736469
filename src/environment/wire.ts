import type { Wire } from '../client/send.js';
import type { Exchange } from '../exchange/index.js';
import { createProvenance, type Provenance } from '../exchange/provenance.js';
import { type CheckLog, createCheckLog } from '../judge/index.js';
import type { GroundTruth, PassiveCheck } from '../passive/types.js';
import { variableFor } from '../secrets/index.js';
import type { Environment } from './environment.js';

/** What a session hands to its clients, and where its exchanges are noted. */
export interface SessionWire {
  wire: Wire;
  log: CheckLog;
  /** Where what is answered comes from, so that findings can cite it. */
  provenance: Provenance;
}

/**
 * Opens the way that the clients of a session send by: every exchange is judged by the passive checks and noted.
 * @param seen told of each exchange before it is judged; gives the credentials in its answer
 */
export function openWire(
  environment: Environment,
  passive: PassiveCheck,
  groundTruth: GroundTruth,
  seen: (exchange: Exchange) => readonly unknown[] = () => [],
): SessionWire {
  const given = textsIn(environment.target.sections);
  const log = createCheckLog(passive, groundTruth, {
    onMiss: environment.missed,
    narrator: environment.narrator,
    given,
  });
  const provenance = createProvenance();
  const wire: Wire = {
    transport: environment.transport,
    recordFailure: log.recordFailure,
    guard: environment.guard,
    record(exchange) {
      const secrets = seen(exchange).filter((secret) => typeof secret === 'string');
      for (const secret of secrets) environment.redactor.name(secret, variableFor(secret, exchange));
      provenance.record(exchange);
      log.record(exchange);
    },
  };
  return { wire, log, provenance };
}

/** Every text in what a target says. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
