import type { Finding } from '../exchange/index.js';
import type { Observation } from '../passive/types.js';
import { firstFew } from '../rules/index.js';
import { createBounded } from './bounded.js';
import { isBefore } from './members.js';
import { truncate } from './truncate.js';
import type { RecordedExchange } from './types.js';

/** What an answer left out that was there before, though somebody may have removed it outside the recording. */
export interface Omission {
  requirement: string;
  ids: Iterable<string>;
  exchange: RecordedExchange;
  /** What the answer did, such as 'Download left out messages'. */
  message: string;
  path: string;
}

/** Keeps suspicions until what was left out shows again: then it was there all the time. */
export interface PendingOmissions {
  /** `view`: names who looks at what; what one sees, another need not see. */
  add(view: string, omission: Omission): void;
  /** What an answer that shows these entries proves. */
  shown(view: string, ids: ReadonlySet<string>, exchange: RecordedExchange): Observation[];
}

const keptSuspicions = 24;
const keptIds = 500;
const named = 3;

/** Makes an empty set of suspicions. It keeps the newest ones of each requirement and view. */
export function createPendingOmissions(): PendingOmissions {
  const open = createBounded<string, Omission & { ids: readonly string[] }>(keptSuspicions);
  return {
    add(view, omission) {
      const ids = [...omission.ids].slice(0, keptIds);
      const key = `${omission.requirement}\n${view}`;
      if (ids.length > 0) open.set(key, { ...omission, ids, exchange: truncate(omission.exchange) });
    },
    shown(view, shown, exchange) {
      return [...open.keys()].flatMap((key): Observation[] => {
        const requirement = key.slice(0, key.indexOf('\n'));
        const omission = key === `${requirement}\n${view}` ? open.get(key) : undefined;
        if (omission === undefined || !isBefore(omission.exchange, exchange)) return [];
        const back = omission.ids.filter((id) => shown.has(id));
        if (back.length === 0) return [];
        open.delete(key);
        return [{ requirement, findings: [findingOf(omission, back, exchange)] }];
      });
    },
  };
}

function findingOf({ message, path, exchange }: Omission, ids: readonly string[], later: RecordedExchange): Finding {
  return {
    message: `${message} that were there before and after`,
    path,
    expected: `what ${later.place} shows as well`,
    found: `without ${firstFew(ids, named)}`,
    exchanges: [exchange, later],
  };
}
