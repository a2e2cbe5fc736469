import { type Fronted, samplesOf } from '../environment/gateway.js';
import { UsageError } from '../errors.js';
import type { ApiName } from '../exchange/index.js';
import type { ResolvedTarget } from '../target/index.js';
import { TransportFailure } from '../transport/index.js';
import type { DoctorFinding } from './finding.js';
import type { Line } from './line.js';

/**
 * Whether the server of an API answers, by one harmless request: any answer of its own will do, and even silence. Nothing is found
 * where the target allows no such request.
 */
export async function reachable({ target, transport }: Line, api: Fronted): Promise<DoctorFinding[]> {
  const { name, front } = api;
  const url = target.sections[name]?.url ?? '';
  // Of an API that names no harmless request, the address itself is asked.
  const head = {
    send: () => transport.send({ method: 'HEAD', url, headers: {} }, { api: name, action: 'HEAD', repeatable: true }),
  };
  const sample = front === undefined ? head : samplesOf(api, target, transport).at(-1);
  if (sample === undefined) return [];
  try {
    await sample.send();
  } catch (error) {
    if (!(error instanceof TransportFailure || error instanceof UsageError)) throw error;
    // What an account's own values keep from being signed or sent is told when the accounts are asked.
    const isOfHost = error instanceof TransportFailure && (error.who !== undefined || error.kind !== 'unsendable');
    // What somebody else answers one action leaves others to judge.
    const level = error instanceof TransportFailure && error.kind === 'intercepted' ? 'note' : 'problem';
    if (isOfHost && error.blame === 'environment')
      return unreached(api.name, error, target).map((finding) => ({ ...finding, level }));
  }
  return [{ level: 'ok', subject: hostOf(target, api.name), message: 'accepts connections' }];
}

/** What the environment did to a request of an API, as a problem; nothing where it is told already of others. */
export function unreached(api: ApiName, failure: TransportFailure, target: ResolvedTarget): DoctorFinding[] {
  const { kind, who, what, mend, message } = failure;
  if (kind === 'stopped') return [];
  const host = hostOf(target, api);
  const isServer = who === undefined || who === new URL(target.sections[api]?.url ?? '').host;
  const subject = isServer ? host : who.charAt(0).toUpperCase() + who.slice(1);
  return [{ level: 'problem', subject, message: what ?? `cannot be asked, ${message}`, ...(mend && { mend }) }];
}

function hostOf(target: ResolvedTarget, api: ApiName): string {
  return `The host ${new URL(target.sections[api]?.url ?? '').host} of ${api}.url`;
}
