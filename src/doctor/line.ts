import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Wire } from '../client/send.js';
import { type Fronted, watchGateways } from '../environment/gateway.js';
import type { Exchange } from '../exchange/index.js';
import { allows } from '../judge/index.js';
import { createRedactor, type Redactor } from '../secrets/index.js';
import type { ResolvedTarget } from '../target/index.js';
import { createHealth, createPace, createTransport, type Transport } from '../transport/index.js';

/** The way to a target for some questions before, beside or after a run. */
export interface Line {
  target: ResolvedTarget;
  transport: Transport;
  /** Knows the credentials of the target and those received. */
  redactor: Redactor;
  /** What a client sends by. `secrets` picks the credentials out of an answer. Throws where the target does not allow an action. */
  wire(secrets?: (exchange: Exchange) => unknown[]): Wire;
  /** Every exchange so far. */
  exchanges: Exchange[];
}

/** How many requests are under way at a time. */
const MOST_AT_A_TIME = 8;

/** Opens a line to the servers of some APIs that keeps the target's rate and time-out, for as long as `work` takes. */
export async function withLine<T>(
  target: ResolvedTarget,
  apis: readonly Fronted[],
  work: (line: Line) => Promise<T>,
): Promise<T> {
  const { timeoutMs, maxRequestsPerSecond: perSecond } = target;
  const folder = perSecond === undefined ? undefined : mkdtempSync(join(tmpdir(), 'chat-conformance-line-'));
  const pace = perSecond === undefined || folder === undefined ? {} : { pace: createPace({ perSecond, folder }) };
  const redactor = createRedactor(target.secrets, target.variables);
  const { connections } = target;
  const plain = createTransport({ timeoutMs, health: createHealth(), connections, ...pace });
  const transport = limited(watchGateways(asDoctor(plain), { target, apis, redactor }));
  const exchanges: Exchange[] = [];
  const wire: Line['wire'] = (secrets = () => []) => ({
    transport,
    recordFailure: () => {},
    guard: ({ action, level }) => {
      if (!allows(target.allow, level)) throw new Error(`${action} needs "allow": "${level}"`);
    },
    record: (exchange) => {
      exchanges.push(exchange);
      redactor.add(...secrets(exchange).filter((secret) => typeof secret === 'string'));
    },
  });
  try {
    return await work({ target, transport, redactor, wire, exchanges });
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** The same transport, whose request ids say that the doctor asks. */
function asDoctor(transport: Transport): Transport {
  return { send: (request, about) => transport.send(request, { requirement: 'doctor', ...about }) };
}

/** The same transport with a limit to the requests under way; others wait in order. */
function limited(transport: Transport): Transport {
  const waiting: (() => void)[] = [];
  let free = MOST_AT_A_TIME;
  return {
    async send(request, about) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await transport.send(request, about);
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
