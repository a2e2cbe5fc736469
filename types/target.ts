// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * The URL of a proxy, such as http://proxy.example:3128; left out, HTTP_PROXY, HTTPS_PROXY and NO_PROXY of the environment hold.
 */
export type TargetProxy = string;
/**
 * session: cookies that the server sets are sent back, for each account its own. Left out, none are.
 */
export type TargetCookies = 'session';
/**
 * The User-Agent of each request.
 */
export type TargetUserAgent = string;
/**
 * The name of a header that then carries, on each request, the run, the requirement and a number.
 */
export type TargetRequestId = string;

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
  headers?: TargetHeaders;
  basicAuth?: TargetBasicAuth;
  tls?: TargetTls;
  proxy?: TargetProxy;
  cookies?: TargetCookies;
  userAgent?: TargetUserAgent;
  requestId?: TargetRequestId;
  /**
   * Modules that add APIs, or extend one: paths relative to this file, or package names.
   */
  plugins?: string[];
  /**
   * A folder of replay files, relative to this file. Each run plays them first, so that what exploring found once stays found.
   */
  replays?: string;
  /**
   * true: nobody else uses the server during the run, so nothing is excused by what other people do.
   */
  exclusive?: boolean;
  ozeki?: TargetOzeki;
  genesys?: TargetGenesys;
  relation?: TargetRelation;
  gms?: TargetGms;
}
/**
 * Headers that each request carries beside those of the API, such as the key of a gateway. Their values are secrets. Those of the API cannot be set.
 */
export interface TargetHeaders {
  [k: string]: string;
}
/**
 * A user name and a password that a gateway asks for by HTTP Basic authentication. Not for an API that needs Authorization itself.
 */
export interface TargetBasicAuth {
  /**
   * The user name; it holds no colon.
   */
  username: string;
  /**
   * The password.
   */
  password: string;
}
/**
 * What TLS needs beside what Node.js knows. Paths are relative to this file; the files are PEM.
 */
export interface TargetTls {
  /**
   * A file with the certificates of further issuers to trust.
   */
  ca?: string;
  /**
   * A file with the client certificate, followed by those of its issuers.
   */
  cert?: string;
  /**
   * A file with the private key of the client certificate.
   */
  key?: string;
  /**
   * What the private key is encrypted with.
   */
  passphrase?: string;
  /**
   * The name that the server's certificate must bear, where it is not that of the url.
   */
  serverName?: string;
}
/**
 * The Ozeki chat server. outsider is friend and partner of nobody in pairs; without it, checks on outsiders are skipped.
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
  /**
   * The actions that this server does not have. Their requirements are skipped, and so is what needs one of them elsewhere.
   */
  without?: (
    | 'login'
    | 'useravailable'
    | 'friends'
    | 'viewed'
    | 'notification'
    | 'list'
    | 'downloadpartial'
    | 'add'
    | 'clear'
    | 'favorite'
    | 'unfavorite'
    | 'setlistitembackgroundcolor'
    | 'download'
    | 'mute'
    | 'unmute'
    | 'hide'
    | 'unhide'
    | 'blocklist'
    | 'workspaceregister'
  )[];
  headers?: TargetHeaders;
  basicAuth?: TargetBasicAuth;
  tls?: TargetTls;
  proxy?: TargetProxy;
  cookies?: TargetCookies;
  userAgent?: TargetUserAgent;
  requestId?: TargetRequestId;
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
  /**
   * Ids of conversations that List must give to the account: it takes part in them and hides none of them.
   */
  conversations?: string[];
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
  /**
   * The actions that this server does not have. Their requirements are skipped, and so is what needs one of them elsewhere.
   */
  without?: (
    | 'requestchat'
    | 'getmessages'
    | 'sendmessage'
    | 'starttyping'
    | 'stoptyping'
    | 'updatenickname'
    | 'sendurl'
    | 'updateuserdata'
    | 'complete'
  )[];
  headers?: TargetHeaders;
  basicAuth?: TargetBasicAuth;
  tls?: TargetTls;
  proxy?: TargetProxy;
  cookies?: TargetCookies;
  userAgent?: TargetUserAgent;
  requestId?: TargetRequestId;
}
/**
 * The Relation ONE API. Without a channelUuid the suite makes a group of its own. outsider is no member of the channel, former was one and is none any more; without an outsider, checks on those who are no members are skipped.
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
   * A channel of which member and peer are members. Left out, the suite makes a group and disbands it at the end.
   */
  channelUuid?: string;
  member: TargetRelationUser;
  peer: TargetRelationUser;
  outsider?: TargetRelationUser;
  former?: TargetRelationUser;
  /**
   * false where the server has no direct messages: checks on them are skipped then.
   */
  directMessages?: boolean;
  /**
   * Whether the server has groups, chats and users beside messages: false skips the checks on them. Left out beside a channelUuid, they are checked where the server answers them.
   */
  groups?: boolean;
  /**
   * true where the server has Chats / Hide at POST /api/v1/userChannels/hide, which no page says: it is checked then.
   */
  chatsHide?: boolean;
  /**
   * A module that gives the tokens: its default export is called with an account and gives its token, at the start and whenever the server says that a token has expired.
   */
  tokens?: {
    scheme: 'module';
    /**
     * The module, relative to this file.
     */
    path: string;
  };
  /**
   * The actions that this server does not have. Their requirements are skipped, and so is what needs one of them elsewhere.
   */
  without?: (
    | 'list'
    | 'send'
    | 'read'
    | 'hide'
    | 'unreadcount'
    | 'auth'
    | 'userinfo'
    | 'create'
    | 'join'
    | 'removemembers'
    | 'leave'
    | 'disband'
    | 'transferowner'
    | 'info'
    | 'members'
    | 'isadmin'
    | 'getannouncement'
    | 'updateannouncement'
    | 'chatslist'
    | 'pin'
    | 'mute'
    | 'chatshide'
    | 'follow'
    | 'unfollow'
  )[];
  headers?: TargetHeaders;
  basicAuth?: TargetBasicAuth;
  tls?: TargetTls;
  proxy?: TargetProxy;
  cookies?: TargetCookies;
  userAgent?: TargetUserAgent;
  requestId?: TargetRequestId;
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
   * The unified auth token of the user; needed where no module gives tokens.
   */
  token?: string;
  /**
   * The address token of the user, with which Auth is checked; without one it is not.
   */
  addressAuthToken?: string;
  /**
   * The code of an invitation that Auth is sent with the address token.
   */
  inviteCode?: string;
}
/**
 * The Chat API Version 2 of Genesys Mobile Services.
 */
export interface TargetGms {
  /**
   * The address of the API, up to and with `chat`: https://host/genesys/2/chat.
   */
  url: string;
  /**
   * The service to open chats of.
   */
  serviceName: string;
  /**
   * Further fields that the service wants in every Request Chat, by their names in the form, such as userData[TimeZone].
   */
  form?: {
    [k: string]: string;
  };
  /**
   * The actions that this server does not have. Their requirements are skipped, and so is what needs one of them elsewhere.
   */
  without?: (
    | 'requestchat'
    | 'sendmessage'
    | 'starttyping'
    | 'stoptyping'
    | 'refresh'
    | 'disconnect'
    | 'pushurl'
    | 'updatenickname'
    | 'customnotice'
    | 'updatedata'
    | 'readreceipt'
    | 'filelimits'
    | 'fileupload'
    | 'filedownload'
    | 'filedelete'
  )[];
  headers?: TargetHeaders;
  basicAuth?: TargetBasicAuth;
  tls?: TargetTls;
  proxy?: TargetProxy;
  cookies?: TargetCookies;
  userAgent?: TargetUserAgent;
  requestId?: TargetRequestId;
}
