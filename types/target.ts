// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * The server under test with its accounts and permissions. ${NAME} in any string is replaced from the environment.
 */
export interface Target {
  /**
   * Where this schema is, for editors.
   */
  $schema?: string;
  /**
   * What reports call the target.
   */
  name: string;
  /**
   * How far the checks may go. read: nothing is changed. write: also what is undone afterwards or harmless. destroy: also what cannot be undone (Clear, Workspace registration).
   */
  allow?: 'read' | 'write' | 'destroy';
  /**
   * How long a request may take, in milliseconds.
   */
  timeoutMs?: number;
  /**
   * How far the server's clock may be off, in seconds.
   */
  clockToleranceSeconds?: number;
  /**
   * The most requests that the run as a whole may send in a second; left out, as many as it can.
   */
  maxRequestsPerSecond?: number;
  /**
   * Modules that add APIs, or extend one: paths relative to this file, or package names.
   */
  plugins?: string[];
  /**
   * true: nobody else uses the server during the run, so nothing is excused by what other people do.
   */
  exclusive?: boolean;
  ozeki?: TargetOzeki;
  genesys?: TargetGenesys;
  relation?: TargetRelation;
}
/**
 * The Ozeki chat server. outsider is friend and partner of nobody in pairs; without it, checks on strangers are skipped.
 */
export interface TargetOzeki {
  /**
   * The script that serves the API, without its query, such as https://staging.example/ozeki/index.php.
   */
  url: string;
  /**
   * How the first page of Partial download is asked for. now: from a little ahead of the current time. empty: every cursor member "". omit: no cursor member.
   */
  firstPageCursor?: 'now' | 'empty' | 'omit';
  signing?: TargetSigning;
  /**
   * Pairs of accounts; workers never share one.
   */
  pairs: TargetPair[];
  outsider?: TargetAccount;
}
/**
 * How requests are signed; left out, each account's signature is sent as it is.
 */
export interface TargetSigning {
  /**
   * static: send the account's signature. module: ask a module of yours for each one.
   */
  scheme: 'static' | 'module';
  /**
   * The module, relative to this file; its default export gets { method, url, body, user, station, account } and gives the signature.
   */
  path?: string;
}
/**
 * Two accounts that share at least one conversation.
 */
export interface TargetPair {
  alice: TargetAccount;
  bob: TargetAccount;
}
/**
 * An Ozeki account.
 */
export interface TargetAccount {
  /**
   * The e-mail address of the account.
   */
  email: string;
  /**
   * The key that Login takes.
   */
  apikey: string;
  /**
   * The station id sent as Ozeki-Station, such as 32 hex digits.
   */
  station: string;
  /**
   * The value sent as Ozeki-Signature; needed where signing.scheme is static.
   */
  signature?: string;
}
/**
 * The Genesys eServices Web API.
 */
export interface TargetGenesys {
  /**
   * The server, without a path.
   */
  url: string;
  /**
   * The tenant to open chats with.
   */
  tenantName: string;
}
/**
 * The Relation ONE API. outsider is no member of the channel; without it, checks on strangers are skipped.
 */
export interface TargetRelation {
  /**
   * The server, without a path.
   */
  url: string;
  /**
   * The key sent as ApiKey.
   */
  apiKey: string;
  /**
   * A channel of which member and peer are members.
   */
  channelUuid: string;
  member: TargetRelationUser;
  peer: TargetRelationUser;
  outsider?: TargetRelationUser;
}
/**
 * A Relation user.
 */
export interface TargetRelationUser {
  /**
   * The relationId of the user.
   */
  relationId: string;
  /**
   * The unified auth token of the user.
   */
  token: string;
}
