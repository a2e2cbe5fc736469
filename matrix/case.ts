import type { Collected } from '../runner/collector.js';
import { type ApiSuite, createKeeper, type Keeper, slotsOf } from '../runner/suite.js';
import { type Api, named } from '../src/api/api.js';
import { createEnvironment, type Environment } from '../src/environment/environment.js';
import type { Exchange } from '../src/exchange/index.js';
import { memoryJournal } from '../src/journal/journal.js';
import { judge } from '../src/judge/index.js';
import { createLiar, type Fits, fitsOf, type Liar, membersOf } from '../src/ledger/index.js';
import type { GroundTruth } from '../src/passive/types.js';
import type { Requirement } from '../src/requirements/types.js';
import { createStub, serveHandlers, withinProcess } from '../src/stub/index.js';
import { resolveTarget, stubTarget } from '../src/target/index.js';
import type { Judgement } from '../src/verdict/index.js';
import { checksOf } from './checks.js';
import { type Double, watchedForDoubles } from './doubles.js';
import { nothingSecret } from './redactor.js';
import type { Case, CaseResult, Miss } from './types.js';

/** A server that hangs costs this long a request. */
const timeoutMs = 5000;
/** Checks on this many slots at once, for most of a check is waiting. */
const slotsAtOnce = 3;

export interface TryOptions {
  /** Run every check, also after the fault was caught. */
  all?: boolean;
  /** Run only the checks of these requirements. */
  only?: readonly string[];
  /** Ask the simulated server over HTTP on the loopback rather than within the process. */
  overHttp?: boolean;
  /** Nobody else uses the server: nothing is excused by what other people do. */
  exclusive?: boolean;
  /** Told of each exchange before the passive checks judge it. */
  onExchange?(exchange: Exchange, groundTruth: GroundTruth): void;
}

/** Tries the suite on one case. A fault's own row and action are tried first; it ends at the first catch. */
export async function tryCase(one: Case, apis: readonly Api[], options: TryOptions = {}): Promise<CaseResult> {
  const startedAt = Date.now();
  const doubles: Double[] = [];
  const plain = named(apis, one.api);
  const { doubles: explained = {} } = await plain.stub();
  const watched = watchedForDoubles(plain, explained, (double) => doubles.push(double));
  const { onExchange } = options;
  const api: Api = {
    ...watched,
    passive(exchange, groundTruth) {
      onExchange?.(exchange, groundTruth);
      return watched.passive(exchange, groundTruth);
    },
  };
  const stub = createStub([await api.stub()], {
    faults: one.kind === 'fault' ? [one.id] : [],
    variants: one.kind === 'variant' ? (one.members ?? [one]).map(({ id }) => id) : [],
  });
  const served = options.overHttp === true ? await serveHandlers(stub.handlers) : undefined;
  try {
    const target = resolveTarget(
      { ...stubTarget([api], { url: served?.url ?? withinProcess }), timeoutMs, exclusive: options.exclusive },
      'stub',
      [api],
    );
    const chosen = (await checksOf(api)).filter(
      ({ definition }) => options.only?.includes(definition.requirement.id) ?? true,
    );
    const queue = ordered(chosen, one);
    const judgements: Judgement[] = [];
    const actionsSent: Record<string, string[]> = {};
    const stopEarly = isBroken(one) && options.all !== true;
    const isCatch = (id: string) => one.kind === 'lie' || isNear(id, one, api.requirements);
    const caught = () => stopEarly && missesOf(judgements).some(({ requirement }) => isCatch(requirement));
    const liar = one.lie && createLiar(one.lie, membersOf(api.schemas), fitsOf(api.schemas));
    const work = async (slot: number) => {
      const sent = new Set<string>();
      const plainEnvironment: Environment = createEnvironment(target, {
        apis: [api],
        fetch: served ? undefined : stub.fetch,
        redactor: nothingSecret,
        // What a check would show after its first miss changes nothing.
        onMiss: (id) => stopEarly && isCatch(id) && plainEnvironment.stop(),
      });
      const honest = listening(plainEnvironment, (action) => sent.add(action));
      const environment = liar === undefined ? honest : lying(honest, liar, fitsOf(api.schemas));
      const keepers = new Map<ApiSuite<never, unknown>, Keeper<never>>();
      const keeperOf = (suite: ApiSuite<never, unknown>) => {
        const place = { api, environment, slot, journal: memoryJournal };
        // A check is judged with the words of its own suite, whatever they are.
        const keeper = keepers.get(suite) ?? (createKeeper(suite, place) as Keeper<never>);
        keepers.set(suite, keeper);
        return keeper;
      };
      for (let next = queue.shift(); next !== undefined && !caught(); next = queue.shift()) {
        // The first miss is a catch: nothing is gained by a second look.
        const { definition, suite } = next;
        // Of a healthy server it is asked what each check sends. What opens a session is no check's own, what others share is.
        if (one.kind === 'healthy') await keeperOf(suite).renew();
        sent.clear();
        judgements.push(await judge(definition, keeperOf(suite), { confirm: !stopEarly }));
        actionsSent[definition.requirement.id] = [...sent];
      }
    };
    // A fault is mostly caught by the first check: others at its side would be work for nothing.
    const slots = stopEarly ? 1 : Math.min(slotsAtOnce, slotsOf(api, target));
    await Promise.all(Array.from({ length: slots }, (_, slot) => work(slot)));
    const result = resultOf(one, judgements, api.requirements, doubles, Date.now() - startedAt);
    return { ...result, ...(one.kind === 'healthy' && { actionsSent }), ...(liar && { lied: liar.lied }) };
  } finally {
    await served?.close();
  }
}

/** The environment, with somebody told of each action that is sent. */
function listening(environment: Environment, tell: (action: string) => void): Environment {
  const { transport } = environment;
  return {
    ...environment,
    transport: {
      send(request, about) {
        tell(about.action);
        return transport.send(request, about);
      },
    },
  };
}

/** The environment, with a lie in the successes that are answered. */
function lying(environment: Environment, liar: Liar, fits: Fits): Environment {
  const { transport } = environment;
  return {
    ...environment,
    transport: {
      async send(request, about) {
        const answer = await transport.send(request, about);
        const { json } = answer.response;
        if (json === undefined || !fits(about.action, json)) return answer;
        const told = liar.tell({ action: about.action, account: about.account, json });
        const text = told === json ? answer.response.text : JSON.stringify(told);
        return { ...answer, response: { ...answer.response, json: told, text, bytes: Buffer.byteLength(text) } };
      },
    },
  };
}

/** Whether the server of a case does something wrong, so that a miss is a catch. */
function isBroken({ kind }: Case): boolean {
  return kind === 'fault' || kind === 'lie';
}

/** The checks that a fault touches most likely come first; the rest follow, in case it is caught only there. */
function ordered(checks: Collected[], one: Case): Collected[] {
  if (!isBroken(one)) return checks;
  const broken = checks.find(({ definition }) => definition.requirement.id === one.requirement)?.definition.requirement;
  const rank = ({ definition: { requirement } }: Collected) => {
    if (requirement.id === one.requirement) return 0;
    if (requirement.ref === broken?.ref) return 1;
    return requirement.action === one.action ? 2 : 3;
  };
  return [...checks].sort((a, b) => rank(a) - rank(b));
}

function isNear(id: string, one: Case, requirements: readonly Requirement[]): boolean {
  const missed = requirements.find((requirement) => requirement.id === id);
  const broken = requirements.find((requirement) => requirement.id === one.requirement);
  return (
    missed !== undefined &&
    (missed.ref === broken?.ref || missed.action === one.action || missed.action === broken?.action)
  );
}

function missesOf(judgements: readonly Judgement[]): Miss[] {
  const misses = new Map<string, Miss>();
  const add = (requirement: string, says: string) => {
    if (!misses.has(requirement)) misses.set(requirement, { requirement, says });
  };
  for (const judgement of judgements) {
    if (judgement.outcome === 'missed') add(judgement.requirement, sentenceOf(judgement.findings[0], judgement.reason));
    if (judgement.outcome === 'error' && judgement.cause === 'server')
      add(judgement.requirement, judgement.reason ?? 'error');
    for (const [id, seen] of Object.entries(judgement.observed))
      if (seen.missed > 0) add(id, sentenceOf(seen.findings[0]));
  }
  return [...misses.values()];
}

function sentenceOf(finding: Judgement['findings'][number] | undefined, reason = ''): string {
  if (finding === undefined) return reason;
  const { message, expected, found } = finding;
  return [message, expected && `expected ${expected}`, found && `found ${found}`].filter(Boolean).join('; ');
}

function resultOf(
  one: Case,
  judgements: readonly Judgement[],
  requirements: readonly Requirement[],
  doubles: readonly Double[],
  durationMs: number,
): CaseResult {
  const misses = missesOf(judgements);
  const failed = judgements.filter(({ outcome, cause }) => outcome === 'error' && cause === 'environment');
  const requests = judgements.reduce((sum, judgement) => sum + judgement.requests, 0);
  const base = { ...one, misses, doubles, checks: judgements.length, requests, durationMs };
  if (isBroken(one)) {
    const localised = misses.some(({ requirement }) => isNear(requirement, one, requirements));
    return { ...base, localised, outcome: misses.length > 0 ? 'caught' : 'survived' };
  }
  const alarms = misses.filter(({ requirement }) => !(one.warns ?? []).includes(requirement));
  if (alarms.length > 0) return { ...base, misses: alarms, localised: false, outcome: 'false alarm' };
  if (failed.length > 0) {
    const broken = failed.map(({ requirement, reason = '' }) => ({ requirement, says: reason }));
    return { ...base, misses: broken, localised: false, outcome: 'failed' };
  }
  return { ...base, localised: false, outcome: 'clean' };
}
