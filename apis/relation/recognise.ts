import type { Asked, Recognised } from '../../src/recording/index.js';
import type { RelationAction } from './actions.js';

/** Path and method tell the action. Other products have addresses such as those of Auth too, so there a server is told by what is documented. */
export function recogniseRelation(
  { method, url }: Asked,
  actions: Readonly<Record<string, unknown>>,
): Recognised | undefined {
  const path = url.pathname.replace(/\/$/, '');
  const rows = Object.entries(actions as Readonly<Record<string, RelationAction>>);
  const named = rows.filter(([, row]) => path.endsWith(row.path));
  const [action, row] = named.find(([, { method: own }]) => own === method) ?? [];
  const end = row?.path ?? /\/api\/v1\/(?:message|channel|userChannels)\/.*$/.exec(path)?.[0];
  if (end === undefined) return undefined;
  const server = `${url.origin}${path.slice(0, -end.length)}`;
  return action === undefined ? { server } : { server, action };
}
