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

/** Keeps omissions until what was left out shows again: then it was there all the time. */
export interface PendingOmissions {
  /** `view`: names who looks at what; what one sees, another need not see. */
  add(view: string, omission: Omission): void;
  /** What an answer that shows these entries proves. */
  shown(view: string, ids: ReadonlySet<string>, exchange: RecordedExchange): Observation[];
}

const keptOmissions = 24;
const keptIds = 500;
const named = 3;

/** Makes an empty set of omissions. It keeps the newest ones. */
export function createPendingOmissions(): PendingOmissions {
  const open = createBounded<number, Omission & { view: string; ids: readonly string[] }>(keptOmissions);
  let count = 0;
  const of = (view: string, requirement?: string) =>
    [...open.keys()].flatMap((key) => {
      const omission = open.get(key);
      const isOne = omission?.view === view && (requirement ?? omission.requirement) === omission.requirement;
      return isOne ? [{ key, omission }] : [];
    });
  return {
    add(view, omission) {
      const ids = [...omission.ids].slice(0, keptIds);
      const known = new Set(of(view, omission.requirement).flatMap((one) => one.omission.ids));
      if (ids.every((id) => known.has(id))) return;
      open.set(count++, { ...omission, view, ids, exchange: truncate(omission.exchange) });
    },
    shown(view, shown, exchange) {
      return of(view).flatMap(({ key, omission }): Observation[] => {
        const back = omission.ids.filter((id) => shown.has(id));
        if (back.length === 0 || !isBefore(omission.exchange, exchange)) return [];
        open.delete(key);
        return [{ requirement: omission.requirement, findings: [findingOf(omission, back, exchange)] }];
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
