import type { Finding } from '../exchange/index.js';
import type { Observation } from '../passive/types.js';
import type { AccessRule, RecordedApi } from './api.js';
import { createBounded } from './bounded.js';
import { counted } from './counted.js';
import { eachSecret } from './masks.js';
import { membersOf } from './members.js';
import { headerOf } from './message.js';
import { truncate } from './truncate.js';
import type { RecordedExchange } from './types.js';

/** What was observed, and in which exchange. */
export interface Observed {
  exchange: RecordedExchange;
  observation: Observation;
}

/**
 * Judges requests that bear no credential. Recorders and redactors leave credentials out too: what is missing counts only where
 * other requests to the server in the same recording bear it, or, for members of bodies, where nothing in the recording is masked and
 * some body bears a credential.
 */
export interface AccessJudge {
  take(api: RecordedApi, exchange: RecordedExchange): Observed[];
  /** What can be said only in the end. */
  finish(): Observed[];
  /** Sentences without their stop. */
  notes(): string[];
}

const keptServers = 200;
const keptPending = 3;

interface Seen {
  rule: AccessRule;
  source: number;
  /** The names that some request bore. */
  borne: Set<string>;
  pending: (Observed & { missing: readonly string[] })[];
  /** How many were let go of those that must wait. */
  untold: number;
}

/** Makes a judge that has seen nothing. */
export function createAccessJudge(): AccessJudge {
  const masked = new Set<number>();
  /** The recordings in which some body bears a credential: nobody took them all out. */
  const shown = new Set<number>();
  /** By the names that were missing. */
  const undecided = new Map<string, number>();
  const servers = createBounded<string, Seen>(keptServers, ({ rule, pending, untold }) => {
    const names = rule.names.join(' and ');
    const count = (undecided.get(names) ?? 0) + pending.length + untold;
    if (count > 0) undecided.set(names, count);
  });

  const free = (seen: Seen, isTold: (one: Seen['pending'][number]) => boolean): Observed[] => {
    const told = seen.pending.filter(isTold);
    seen.pending = seen.pending.filter((one) => !told.includes(one));
    return told;
  };

  return {
    take({ recording, outcome }, exchange) {
      const { access } = recording;
      if (exchange.masked) masked.add(exchange.source);
      if (!shown.has(exchange.source))
        for (const { json } of [exchange.request, exchange.response])
          eachSecret(json, (value) => void (value !== '' && shown.add(exchange.source)));
      return (access?.rules ?? []).flatMap((rule): Observed[] => {
        const missing = rule.actions.includes(exchange.action) ? missingIn(exchange, rule) : undefined;
        if (missing === undefined) return [];
        const key = `${exchange.source}\n${exchange.server}\n${rule.requirement}\n${rule.names}`;
        const seen = servers.get(key) ?? { rule, source: exchange.source, borne: new Set(), pending: [], untold: 0 };
        servers.set(key, seen);
        for (const name of rule.names) if (!missing.includes(name)) seen.borne.add(name);
        const isLetIn = access?.letsIn(exchange) === true;
        if (missing.length > 0 && (isLetIn || outcome(exchange) === 'refused')) {
          const findings = isLetIn ? [findingOf(exchange, missing)] : [];
          if (seen.pending.length < keptPending)
            seen.pending.push({
              exchange: truncate(exchange),
              observation: { requirement: rule.requirement, findings },
              missing,
            });
          else seen.untold += 1;
        }
        return free(seen, ({ missing }) => missing.some((name) => seen.borne.has(name)));
      });
    },
    finish() {
      const told = [...servers.keys()].flatMap((key): Observed[] => {
        const seen = servers.get(key) as Seen;
        if (seen.rule.place !== 'body' || masked.has(seen.source)) return [];
        return free(seen, ({ observation }) => shown.has(seen.source) || observation.findings.length === 0);
      });
      while (servers.keys().next().done === false) servers.forgetOldest();
      return told;
    },
    notes: () =>
      [...undecided].map(
        ([names, count]) =>
          `access was not judged by ${counted(count, 'request')} without ${names}: the recording may have left that out`,
      ),
  };
}

/** The names that a request does not bear; `undefined` where that cannot be seen. */
function missingIn({ request }: RecordedExchange, { place, names }: AccessRule): string[] | undefined {
  if (place === 'headers') return names.filter((name) => !headerOf(request.headers, name));
  if (typeof request.json !== 'object' || request.json === null || Array.isArray(request.json)) return undefined;
  const members = membersOf(request.json);
  return names.filter((name) => members[name] === undefined || members[name] === null || members[name] === '');
}

function findingOf({ action, response }: RecordedExchange, missing: readonly string[]): Finding {
  return {
    message: `${action} is served to a request without ${missing.join(' and ')}`,
    expected: 'a refusal without data',
    found: `HTTP ${response.status} with what only those get who bear it`,
  };
}
