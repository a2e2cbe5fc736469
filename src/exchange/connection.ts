/** The way to a server past what stands before it: a gateway, a proxy, an issuer of its own. */
export interface Connection {
  /** Sent with each request beside the headers of the API. The values are secrets. */
  headers: Readonly<Record<string, string>>;
  userAgent?: string;
  /** The name of a header that names run, requirement and number on each request. */
  requestId?: string;
  /** Whether cookies of the server are sent back, for each account its own. */
  cookies: boolean;
  tls?: TlsSettings;
  proxy?: NamedProxy;
}

/** What TLS needs beside what Node.js knows, as PEM texts. */
export interface TlsSettings {
  /** Certificates of further issuers. */
  ca?: string;
  cert?: string;
  key?: string;
  passphrase?: string;
  /** The name that the server's certificate must bear. */
  serverName?: string;
}

/** A proxy and where it is named, such as `ozeki.proxy` or `HTTPS_PROXY`. The URL may hold a password. */
export interface NamedProxy {
  url: string;
  from: string;
}

/** The way to a server that nothing stands before. */
export const plainConnection: Connection = { headers: {}, cookies: false };
