import type { Asked, Recognised } from '../../src/recording/index.js';
import type { OzekiAction } from './actions.js';

const services = ['chatserver', 'chatowner'];

/** The query picks the service, and the body the action; most services have one action only, which needs no body to be told. */
export function recogniseOzeki(
  { method, url, json }: Asked,
  actions: Readonly<Record<string, unknown>>,
): Recognised | undefined {
  const [srv, api] = [url.searchParams.get('srv'), url.searchParams.get('api')];
  if (srv === null || !services.includes(srv) || api === null) return undefined;
  const server = `${url.origin}${url.pathname}`;
  const rows = Object.entries(actions as Readonly<Record<string, OzekiAction>>);
  const served = rows.filter(([, row]) => row.srv === srv && row.api === api);
  const asked = (json as { action?: unknown } | null | undefined)?.action;
  const action =
    json === undefined && served.length === 1 ? served[0]?.[0] : served.find(([, row]) => row.action === asked)?.[0];
  return method === 'POST' && action !== undefined ? { server, action } : { server };
}
