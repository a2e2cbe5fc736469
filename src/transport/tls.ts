import * as tls from 'node:tls';
import type { TlsSettings } from '../exchange/connection.js';

/** The certificates that Node.js trusts, NODE_EXTRA_CA_CERTS included where this version of it tells. */
function trusted(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  return getCACertificates?.('default') ?? tls.rootCertificates;
}

/** What connections share, so that certificates are read once; `undefined` where Node's own defaults do. */
export function secureContextOf(settings: TlsSettings | undefined): tls.SecureContext | undefined {
  if (settings === undefined) return undefined;
  const { ca, cert, key, passphrase } = settings;
  return tls.createSecureContext({ cert, key, passphrase, ...(ca !== undefined && { ca: [...trusted(), ca] }) });
}
