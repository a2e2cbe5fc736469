/** Certificates for tests, made as they are needed: of an issuer of their own, of nobody, expired, for another name. */
import { generate } from 'selfsigned';

/** A certificate with its key, as PEM. */
export interface Certified {
  cert: string;
  key: string;
}

/** An issuer that nobody knows. */
export interface Issuer extends Certified {
  /** A certificate for names and for this machine; `days` from now until its end, below 0 where it has ended. */
  issue(name: string, options?: { days?: number; passphrase?: string }): Promise<Certified>;
}

const day = 24 * 3600 * 1000;

export async function createIssuer(): Promise<Issuer> {
  const own = await generate([{ name: 'commonName', value: 'Conformance Test CA' }], {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  return {
    cert: own.cert,
    key: own.private,
    async issue(name, { days = 30, passphrase } = {}) {
      const made = await generate([{ name: 'commonName', value: name }], {
        ca: { key: own.private, cert: own.cert },
        notBeforeDate: new Date(Date.now() - 60 * day),
        notAfterDate: new Date(Date.now() + days * day),
        extensions: [{ name: 'subjectAltName', altNames: altNames(name) }],
        ...(passphrase !== undefined && { passphrase }),
      });
      return { cert: made.cert, key: made.private };
    },
  };
}

/** A certificate that vouches for itself. */
export async function selfSigned(name = 'localhost'): Promise<Certified> {
  const made = await generate([{ name: 'commonName', value: name }], {
    extensions: [{ name: 'subjectAltName', altNames: altNames(name) }],
  });
  return { cert: made.cert, key: made.private };
}

function altNames(name: string): ({ type: 2; value: string } | { type: 7; ip: string })[] {
  const dns = { type: 2 as const, value: name };
  return name === 'localhost' ? [dns, { type: 7, ip: '127.0.0.1' }] : [dns];
}
