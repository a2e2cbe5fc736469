/** Why no connection to a server came about, in words for people, with the mend. */
import type { Connection, NamedProxy } from '../exchange/connection.js';
import type { FailureKind } from './failure.js';

/** Who kept a connection from coming about, what it did, and the mend. */
export interface NoConnection {
  kind: FailureKind;
  who: string;
  what: string;
  mend: string;
}

/** What a second look at a connection showed. */
export interface Look {
  /** The code of the error with which it ended; for an alert of TLS the alert. */
  code?: string;
  /** The server asked for a client certificate. Only up to TLS 1.2 can this be seen. */
  asksForCertificate: boolean;
  /** The peer spoke TLS. */
  speaksTls: boolean;
  /** After the handshake the peer ended the connection without a byte. */
  endedAfterHandshake: boolean;
}

type Words = readonly [what: string, mend: string];

const network: Readonly<Record<string, Words>> = {
  ECONNREFUSED: ['refuses connections', 'start the server there, or mend the port'],
  ENOTFOUND: ['is not known to DNS', 'mend the host name'],
  EAI_AGAIN: ['could not be looked up', 'check the network and its DNS'],
  EHOSTUNREACH: ['cannot be reached from here', 'check the network, a VPN or a firewall'],
  ENETUNREACH: ['cannot be reached from here', 'check the network, a VPN or a firewall'],
  ENETDOWN: ['cannot be reached from here', 'check the network, a VPN or a firewall'],
  EHOSTDOWN: ['cannot be reached from here', 'check the network, a VPN or a firewall'],
  EADDRNOTAVAIL: ['cannot be reached from here', 'mend the address'],
  EACCES: ['cannot be reached from here', 'check the network, a VPN or a firewall'],
  EPERM: ['cannot be reached from here', 'check the network, a VPN or a firewall'],
  EMFILE: ['cannot be reached from here, for too many files are open', 'raise the limit of open files'],
  ETIMEDOUT: ['does not accept connections in time', 'check the host, the port and a firewall'],
  UND_ERR_CONNECT_TIMEOUT: ['does not accept connections in time', 'check the host, the port and a firewall'],
};

const trustIt = 'write the file of its issuer as tls.ca into the target file, or name it in NODE_EXTRA_CA_CERTS';
const anotherCertificate = 'write a tls.cert and tls.key that the server accepts into the target file';

/** What is wrong with TLS, by the code that OpenSSL or Node gives; the first that fits holds. */
const tls: readonly (readonly [RegExp, ...Words])[] = [
  [
    /NO_APPLICATION_PROTOCOL/,
    'has no protocol in common with HTTP/1.1: by ALPN it offers others only, such as HTTP/2 (h2)',
    'let the server, or a gateway before it, speak HTTP/1.1 too',
  ],
  [/ALERT_CERTIFICATE_EXPIRED/, 'does not accept the client certificate: it has expired', anotherCertificate],
  [/ALERT_CERTIFICATE_REVOKED/, 'does not accept the client certificate: it is revoked', anotherCertificate],
  [/ALERT_UNKNOWN_CA/, 'does not know the issuer of the client certificate (unknown CA)', anotherCertificate],
  [/ALERT_\w*CERTIFICATE|ALERT_ACCESS_DENIED/, 'does not accept the client certificate', anotherCertificate],
  [
    /ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW/,
    'has no version of TLS in common with this machine',
    'let the server speak TLS 1.2 or 1.3',
  ],
  [
    /UNRECOGNIZED_NAME/,
    'does not know the host name that it was asked for (SNI)',
    'mend the host name, or write tls.serverName into the target file',
  ],
  [
    /HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY|NO_SHARED_CIPHER/,
    'ends the TLS handshake: it has no cipher in common with this machine, or demands a client certificate',
    'let the server offer ciphers that Node.js knows, or write tls.cert and tls.key into the target file',
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|BAD_RECORD_TYPE|RECORD_TOO_SMALL|HTTP_REQUEST/,
    'answers no TLS',
    'write http:// instead of https://, or mend the port',
  ],
  [
    /ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    'has a TLS certificate for another host',
    'mend the host name or the certificate, or write tls.serverName into the target file',
  ],
  [/CERT_HAS_EXPIRED/, 'has an expired TLS certificate', 'renew the certificate'],
  [/CERT_NOT_YET_VALID/, 'has a TLS certificate that is not valid yet', 'check the clocks, or the certificate'],
  [/CERT_REVOKED/, 'has a revoked TLS certificate', 'renew the certificate'],
  [/DEPTH_ZERO_SELF_SIGNED/, 'has a self-signed TLS certificate', trustIt],
  [
    /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER|CERT_UNTRUSTED|INVALID_CA/,
    'has a TLS certificate of an unknown issuer (unknown CA)',
    trustIt,
  ],
  [
    /^(?:ERR_SSL|ERR_TLS|CERT_|UNABLE_TO_|INVALID_|EPROTO)/,
    'makes no TLS connection',
    'check its certificate and its TLS settings',
  ],
];

const demandsCertificate: Words = ['demands a client certificate', 'write tls.cert and tls.key into the target file'];

/** What is known of a connection that did not come about, or broke. */
interface Broken {
  url: URL;
  connection: Connection;
  look?: Look;
  code?: string;
  /** The names for which the server's certificate is, where that is wrong. */
  names?: string;
  /** Opening the connection itself failed. */
  connectFailed: boolean;
}

/** Why no connection came about; `undefined` where one did. */
export function noConnection({ url, connection, look, code, names, connectFailed }: Broken): NoConnection | undefined {
  const known = code === undefined ? undefined : network[code];
  if (known !== undefined) {
    const [what, mend] = known;
    const kind = code === 'ECONNREFUSED' ? 'refused' : 'unreachable';
    // With a proxy on the way, this machine connects to nobody else.
    const { proxy } = connection;
    if (proxy !== undefined)
      return { kind, who: proxyOf(proxy), what: `${what} (${code})`, mend: `start the proxy, or mend ${proxy.from}` };
    return { kind, who: url.host, what: `${what} (${code})`, mend };
  }
  const told = (shown: string | undefined, [what, mend]: Words): NoConnection => ({
    kind: 'unreachable',
    who: url.host,
    what: shown === undefined ? what : `${what} (${shown})`,
    mend,
  });
  if (url.protocol !== 'https:') {
    if (look?.speaksTls !== true) return undefined;
    return told(undefined, ['speaks TLS on this port', 'write https:// instead of http://, or mend the port']);
  }
  const alert = look?.code ?? code;
  const words = tlsWords(alert, look, connection.tls?.cert !== undefined);
  if (words !== undefined) return told(names?.slice(0, 200) ?? alert, words);
  if (connectFailed && code === 'ECONNRESET')
    return told(code, ['ends the TLS handshake without a word', 'check the port, and what the server demands of TLS']);
  return undefined;
}

function tlsWords(code: string | undefined, look: Look | undefined, given: boolean): Words | undefined {
  const asks = look?.asksForCertificate === true;
  const isAlert = code !== undefined && /ALERT_(?:HANDSHAKE_FAILURE|\w*CERTIFICATE|ACCESS_DENIED)/.test(code);
  const isEnd = code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET';
  if (!given && ((isAlert && (asks || !code.includes('HANDSHAKE_FAILURE'))) || (isEnd && asks)))
    return demandsCertificate;
  if (given && isEnd && (asks || look?.endedAfterHandshake))
    return ['does not accept the client certificate', anotherCertificate];
  const found = code === undefined ? undefined : tls.find(([pattern]) => pattern.test(code));
  return found && [found[1], found[2]];
}

/** What a proxy answered in place of a tunnel, or of passing a request on, by the message of the HTTP client. */
export function proxyRefusal(message: string, url: URL, connection: Connection): NoConnection | undefined {
  const { proxy } = connection;
  const status =
    /^Proxy response \((\d+)\)/.exec(message)?.[1] ?? /^Proxy Authentication Required \((407)\)/.exec(message)?.[1];
  if (proxy === undefined || status === undefined) return undefined;
  const who = proxyOf(proxy);
  if (status === '407') {
    const [what, mend] =
      new URL(proxy.url).username === ''
        ? [
            'asks for a user name and a password',
            `write them into ${proxy.from} before its host, as name:password@host:port`,
          ]
        : ['does not accept its user name and password', `mend them in ${proxy.from}`];
    return { kind: 'unreachable', who, what: `${what} (407)`, mend };
  }
  return {
    kind: 'unreachable',
    who,
    what: `does not connect to ${url.host} (${status})`,
    mend: 'let the proxy allow it, mend the url, or name the host in NO_PROXY',
  };
}

/** The proxy in words that hold no credential. */
export function proxyOf({ url, from }: NamedProxy): string {
  return `the proxy ${new URL(url).host} (${from})`;
}
