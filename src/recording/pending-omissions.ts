import type { Finding } from '../exchange/index.js';
import type { Observation } from '../passive/types.js';
import { firstFew } from '../rules/index.js';
import { createBounded } from './bounded.js';
import { isBefore } from './members.js';
import { slim } from './truncate.js';
import type { RecordedExchange } from './types.js';

/** What an answer left out that was there before, though somebody may have removed it outside the recording. */
export interface Suspicion {
  requirement: string;
  ids: Iterable<string>;
  exchange: RecordedExchange;
  /** What the answer did, such as 'Download left out messages'. */
  message: string;
  path: string;
}

/** Keeps suspicions until what was left out shows again: then it was there all the time. */
export interface Suspects {
  /** `view`: names who looks at what; what one sees, another need not see. */
  add(view: string, suspicion: Suspicion): void;
  /** What an answer that shows these entries proves. */
  shown(view: string, ids: ReadonlySet<string>, exchange: RecordedExchange): Observation[];
}

const keptSuspicions = 24;
const keptIds = 500;
const named = 3;

/** Makes an empty set of suspicions. It keeps the newest ones of each requirement and view. */
export function createSuspects(): Suspects {
  const open = createBounded<string, Suspicion & { ids: readonly string[] }>(keptSuspicions);
  return {
    add(view, suspicion) {
      const ids = [...suspicion.ids].slice(0, keptIds);
      const key = `${suspicion.requirement}\n${view}`;
      if (ids.length > 0) open.set(key, { ...suspicion, ids, exchange: slim(suspicion.exchange) });
    },
    shown(view, shown, exchange) {
      return [...open.keys()].flatMap((key): Observation[] => {
        const requirement = key.slice(0, key.indexOf('\n'));
        const suspect = key === `${requirement}\n${view}` ? open.get(key) : undefined;
        if (suspect === undefined || !isBefore(suspect.exchange, exchange)) return [];
        const back = suspect.ids.filter((id) => shown.has(id));
        if (back.length === 0) return [];
        open.delete(key);
        return [{ requirement, findings: [findingOf(suspect, back, exchange)] }];
      });
    },
  };
}

function findingOf({ message, path, exchange }: Suspicion, ids: readonly string[], later: RecordedExchange): Finding {
  return {
    message: `${message} that were there before and after`,
    path,
    expected: `what ${later.place} shows as well`,
    found: `without ${firstFew(ids, named)}`,
    exchanges: [exchange, later],
  };
}
