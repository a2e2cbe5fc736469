import { connect } from 'node:net';
import type { ApiName } from '../exchange/index.js';
import { type ResolvedTarget, withoutUserinfo } from '../target/index.js';
import type { DoctorFinding } from './finding.js';

/** What a connection error's code means, and what to do about it. Other errors come from a host that is there. */
const unreachable: Record<string, [what: string, mend: string]> = {
  ECONNREFUSED: ['refuses connections', 'start the server there, or mend the port'],
  ENOTFOUND: ['is not known to DNS', 'mend the host name'],
  EAI_AGAIN: ['could not be looked up', 'check the network and its DNS'],
  EHOSTUNREACH: ['cannot be reached from here', 'check the network, a VPN or a firewall'],
  ENETUNREACH: ['cannot be reached from here', 'check the network, a VPN or a firewall'],
  EADDRNOTAVAIL: ['cannot be reached from here', 'mend the address'],
  EACCES: ['cannot be reached from here', 'check the network, a VPN or a firewall'],
  ETIMEDOUT: ['does not accept connections in time', 'check the host, the port and a firewall'],
  UND_ERR_CONNECT_TIMEOUT: ['does not accept connections in time', 'check the host, the port and a firewall'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['has a TLS certificate for another host', 'mend the host name or the certificate'],
  CERT_HAS_EXPIRED: ['has an expired TLS certificate', 'renew the certificate'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['has a self-signed TLS certificate', 'name its issuer in NODE_EXTRA_CA_CERTS'],
  SELF_SIGNED_CERT_IN_CHAIN: ['has a TLS certificate of an unknown issuer', 'name the issuer in NODE_EXTRA_CA_CERTS'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'has a TLS certificate of an unknown issuer',
    'name the issuer in NODE_EXTRA_CA_CERTS',
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'has a TLS certificate of an unknown issuer',
    'name the issuer in NODE_EXTRA_CA_CERTS',
  ],
  ERR_SSL_WRONG_VERSION_NUMBER: ['answers no TLS', 'write http:// instead of https://, or mend the port'],
};

/**
 * Whether the host of an API accepts connections. Any HTTP answer will do, and even a server that accepts and stays silent. Sends
 * one HEAD request without credentials. The target must have a section of this API.
 */
export async function reachable(target: ResolvedTarget, api: ApiName): Promise<DoctorFinding> {
  const section = target.sections[api];
  if (section === undefined) throw new Error(`the target has no ${api} section`);
  const url = new URL(withoutUserinfo(section.url));
  const subject = `The host ${url.host} of ${api}.url`;
  const code = await connectionProblem(url, target.timeoutMs);
  const found = code === undefined ? undefined : unreachable[code];
  if (found === undefined) return { level: 'ok', subject, message: 'accepts connections' };
  return { level: 'problem', subject, message: `${found[0]} (${code})`, mend: found[1] };
}

/** The code of the error that kept a connection from being made; `undefined` when the host accepted one. */
async function connectionProblem(url: URL, timeoutMs: number): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return undefined;
  } catch (error) {
    // A time-out does not say whether the connection was made (a silent server is there, a packet filter's drop is not), and fetch
    // refuses some ports by itself: then a bare connection decides.
    return codeOf(error) ?? acceptProblem(url, timeoutMs);
  }
}

function acceptProblem(url: URL, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (code?: string) => {
      socket.destroy();
      resolve(code);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end('ETIMEDOUT'));
    socket.once('error', (error) => end(codeOf(error)));
  });
}

/** The error code on `error` or on what caused it; a host with several addresses fails with one error for each. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
  if (typeof code === 'string') return code;
  return codeOf(cause) ?? codeOf(errors?.[0]);
}
