/** One account of the Ozeki API. */
export interface OzekiAccount {
  email: string;
  apikey: string;
  station: string;
  /** What static signing sends; absent under module signing. */
  signature?: string;
  /** Ids of conversations that List must give. */
  conversations?: string[];
}

/** Two accounts that share at least one conversation. */
export interface OzekiPair {
  alice: OzekiAccount;
  bob: OzekiAccount;
}

/** How the Ozeki signature header is made; the module's path is absolute. */
export type Signing = { scheme: 'static' } | { scheme: 'module'; path: string };
