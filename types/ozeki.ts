// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * the id of a conversation: 32 lower-case hex digits between two, any text for a group
 */
export type OzekiConversationId = string;
/**
 * The generation of a conversation; a clear begins a new one.
 */
export type OzekiInstance = string;
/**
 * The version of the client's protocol, documented as 3.
 */
export type OzekiClientVersionCode = number;
/**
 * a timestamp yyyy-MM-dd HH:mm:ss: a date of the calendar, 24 hours, zero-padded, without zone or fraction
 */
export type OzekiTimestamp = string;
/**
 * The id of a message: its sender chooses it, mostly a UUID.
 */
export type OzekiMessageId = string;
/**
 * 32 lower-case hex digits (the md5 of the user's e-mail address)
 */
export type OzekiUserId = string;
/**
 * The id of the newest report; "" where there is none.
 */
export type OzekiLastReportId = string;
/**
 * a colour: # and six hex digits
 */
export type OzekiColour = string;
/**
 * a timestamp yyyy-MM-dd HH:mm:ss of the calendar, or "" where there is no cursor yet
 */
export type OzekiCursorDate = string;
/**
 * The id of a report.
 */
export type OzekiReportId = string;
/**
 * The conversation after the change. Source: Ozeki Chat API, page "Conversation / Favorite".
 */
export type OzekiFavoriteResponse = OzekiConversationAnswer;
/**
 * The conversation after the change. Source: Ozeki Chat API, page "Conversation / Hide".
 */
export type OzekiHideResponse = OzekiConversationAnswer;
/**
 * an absolute http or https URL
 */
export type OzekiServiceUrl = string;
/**
 * The conversation after the change. Source: Ozeki Chat API, page "Conversation / Mute".
 */
export type OzekiMuteResponse = OzekiConversationAnswer;
/**
 * The conversation after the change. Source: Ozeki Chat API, page "Conversation / Change Color".
 */
export type OzekiSetlistitembackgroundcolorResponse = OzekiConversationAnswer;
/**
 * The conversation after the change. Source: Ozeki Chat API, page "Conversation / Unfavorite".
 */
export type OzekiUnfavoriteResponse = OzekiConversationAnswer;
/**
 * The conversation after the change. Source: Ozeki Chat API, page "Conversation / Unhide".
 */
export type OzekiUnhideResponse = OzekiConversationAnswer;
/**
 * The conversation after the change. Source: Ozeki Chat API, page "Conversation / Unmute".
 */
export type OzekiUnmuteResponse = OzekiConversationAnswer;
/**
 * Nothing but the envelope. Source: Ozeki Chat API, page "Availability".
 */
export type OzekiUseravailableResponse = OzekiEnvelope;
/**
 * Nothing but the envelope. Source: Ozeki Chat API, page "Report".
 */
export type OzekiViewedResponse = OzekiEnvelope;
/**
 * Nothing but the envelope. Source: Ozeki Chat API, page "Workspace registration".
 */
export type OzekiWorkspaceregisterResponse = OzekiEnvelope;

/**
 * The request and response body of every Ozeki action.
 */
export interface OzekiBodies {
  add: {
    request: OzekiAddRequest;
    response: OzekiAddResponse;
  };
  blocklist: {
    request: OzekiBlocklistRequest;
    response: OzekiBlocklistResponse;
  };
  clear: {
    request: OzekiClearRequest;
    response: OzekiClearResponse;
  };
  download: {
    request: OzekiDownloadRequest;
    response: OzekiDownloadResponse;
  };
  downloadpartial: {
    request: OzekiDownloadpartialRequest;
    response: OzekiDownloadpartialResponse;
  };
  favorite: {
    request: OzekiFavoriteRequest;
    response: OzekiFavoriteResponse;
  };
  friends: {
    request: OzekiFriendsRequest;
    response: OzekiFriendsResponse;
  };
  hide: {
    request: OzekiHideRequest;
    response: OzekiHideResponse;
  };
  list: {
    request: OzekiListRequest;
    response: OzekiListResponse;
  };
  login: {
    request: OzekiLoginRequest;
    response: OzekiLoginResponse;
  };
  mute: {
    request: OzekiMuteRequest;
    response: OzekiMuteResponse;
  };
  notification: {
    request: OzekiNotificationRequest;
    response: OzekiNotificationResponse;
  };
  setlistitembackgroundcolor: {
    request: OzekiSetlistitembackgroundcolorRequest;
    response: OzekiSetlistitembackgroundcolorResponse;
  };
  unfavorite: {
    request: OzekiUnfavoriteRequest;
    response: OzekiUnfavoriteResponse;
  };
  unhide: {
    request: OzekiUnhideRequest;
    response: OzekiUnhideResponse;
  };
  unmute: {
    request: OzekiUnmuteRequest;
    response: OzekiUnmuteResponse;
  };
  useravailable: {
    request: OzekiUseravailableRequest;
    response: OzekiUseravailableResponse;
  };
  viewed: {
    request: OzekiViewedRequest;
    response: OzekiViewedResponse;
  };
  workspaceregister: {
    request: OzekiWorkspaceregisterRequest;
    response: OzekiWorkspaceregisterResponse;
  };
}
/**
 * Stores a message in a conversation. Source: Ozeki Chat API, page "Conversation / Add".
 */
export interface OzekiAddRequest {
  action: 'add';
  conversationid: OzekiConversationId;
  instance: OzekiInstance;
  /**
   * The message, as JSON inside a string.
   */
  message: string;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * The message as stored. Source: Ozeki Chat API, page "Conversation / Add".
 */
export interface OzekiAddResponse extends OzekiEnvelope {
  message: OzekiAddedMessage;
}
/**
 * A message as Add echoes it.
 */
export interface OzekiAddedMessage extends OzekiMessage {
  ValidUntil: OzekiTimestamp;
}
/**
 * A message as Partial download gives it; documented up to Created.
 */
export interface OzekiMessage {
  ID: OzekiMessageId;
  /**
   * The kind of message, documented as Message.
   */
  Type: string;
  Created: OzekiTimestamp;
  ValidUntil?: OzekiTimestamp;
  /**
   * The encrypted content.
   */
  Data?: string;
}
/**
 * What every success carries; the whole answer of an action that answers nothing else.
 */
export interface OzekiEnvelope {
  /**
   * Tells a success.
   */
  status: 'OK';
  /**
   * Mostly empty beside a success; any text is legal.
   */
  errormessage: string;
}
/**
 * Asks who and what is hidden. Source: Ozeki Chat API, page "Blocklist".
 */
export interface OzekiBlocklistRequest {
  action: 'blocklist';
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Who and what is hidden; the items are documented nowhere. Source: Ozeki Chat API, page "Blocklist".
 */
export interface OzekiBlocklistResponse extends OzekiEnvelope {
  blockedusers: unknown[];
  blockedconversations: unknown[];
}
/**
 * Deletes every message of a conversation. Source: Ozeki Chat API, page "Conversation / Clear".
 */
export interface OzekiClearRequest {
  action: 'clear';
  conversationid: OzekiConversationId;
  instance: OzekiInstance;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * The conversation after the change. Source: Ozeki Chat API, page "Conversation / Clear".
 */
export interface OzekiClearResponse extends OzekiConversationAnswer {}
/**
 * A success that carries the conversation acted on.
 */
export interface OzekiConversationAnswer extends OzekiEnvelope {
  conversation: OzekiConversation;
}
/**
 * A conversation as the caller sees it.
 */
export interface OzekiConversation {
  id: OzekiConversationId;
  isgroup: boolean;
  participantids: OzekiUserId[];
  participants: OzekiParticipant[];
  /**
   * Ciphertext of the name shown.
   */
  displayname: string;
  /**
   * The id of the newest message; "" where there is none.
   */
  lastmessageid: string;
  lastreportid: OzekiLastReportId;
  /**
   * The newest message's time in Unix seconds.
   */
  lastaccess: number;
  /**
   * Ciphertext of the conversation's key for the caller.
   */
  secret: string;
  instance: OzekiInstance;
  mutedby: OzekiUserId[];
  favoriteby: OzekiUserId[];
  hiddenby: OzekiUserId[];
  properties: OzekiConversationProperties[];
}
/**
 * One who takes part in a conversation.
 */
export interface OzekiParticipant {
  userid: OzekiUserId;
  /**
   * The participant's name as shown to people.
   */
  username: string;
}
/**
 * How one user sees a conversation.
 */
export interface OzekiConversationProperties {
  userid: OzekiUserId;
  ismuted: boolean;
  isfavorite: boolean;
  /**
   * Hides the conversation; "" where it is not hidden.
   */
  hideid: string;
  listitembackgroundcolor: OzekiColour;
}
/**
 * Asks for everything from a cursor on, the message and the report it names included. Source: Ozeki Chat API, page "Conversation / Download".
 */
export interface OzekiDownloadRequest {
  action: 'download';
  conversationid: OzekiConversationId;
  instance: OzekiInstance;
  firstmessagedate: OzekiCursorDate;
  firstmessageid: OzekiMessageId;
  firstreportdate: OzekiCursorDate;
  firstreportid: OzekiReportId;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Messages and reports from the cursor on. The page shows no envelope, so its members are optional here. Source: Ozeki Chat API, page "Conversation / Download".
 */
export interface OzekiDownloadResponse {
  status?: 'OK';
  errormessage?: string;
  messages: OzekiDownloadedMessage[];
  reports: OzekiReport[];
}
/**
 * A message as Download gives it, whole.
 */
export interface OzekiDownloadedMessage extends OzekiMessage {
  ValidUntil: OzekiTimestamp;
  Data: string;
}
/**
 * A report as Download gives it: only its ID is documented there.
 */
export interface OzekiReport {
  ID: OzekiReportId;
  /**
   * What is reported, such as delivered.
   */
  Type?: string;
  Created?: OzekiTimestamp;
}
/**
 * Asks for one page of messages and reports, backwards from a cursor. No page documents the first request of a walk: the cursor members may be "" or left out together. Source: Ozeki Chat API, page "Conversation / Partial download".
 */
export interface OzekiDownloadpartialRequest {
  action: 'downloadpartial';
  conversationid: OzekiConversationId;
  instance: OzekiInstance;
  lastmessagedate?: OzekiCursorDate;
  lastmessageid?: OzekiMessageId;
  lastreportdate?: OzekiCursorDate;
  lastreportid?: OzekiReportId;
  /**
   * How many messages at most.
   */
  limit: number;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * One page of messages and reports. Source: Ozeki Chat API, page "Conversation / Partial download".
 */
export interface OzekiDownloadpartialResponse extends OzekiEnvelope {
  messages: OzekiMessage[];
  reports: OzekiDatedReport[];
}
/**
 * A report as Partial download gives it.
 */
export interface OzekiDatedReport extends OzekiReport {
  Type: string;
  Created: OzekiTimestamp;
}
/**
 * Marks a conversation as a favourite. Source: Ozeki Chat API, page "Conversation / Favorite".
 */
export interface OzekiFavoriteRequest {
  action: 'favorite';
  conversationid: OzekiConversationId;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Asks for the user's friends. Source: Ozeki Chat API, page "Friends / List".
 */
export interface OzekiFriendsRequest {
  action: 'list';
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * The friends by id, and each one's key and availability. Source: Ozeki Chat API, page "Friends / List".
 */
export interface OzekiFriendsResponse extends OzekiEnvelope {
  /**
   * Names by user id.
   */
  friends: {
    [k: string]: string;
  };
  availabilities: OzekiFriend[];
}
/**
 * One friend with key and availability.
 */
export interface OzekiFriend {
  friendid: OzekiUserId;
  friendname: string;
  /**
   * The friend's public key.
   */
  publickey: string;
  /**
   * available, or any other word.
   */
  availability: string;
}
/**
 * Hides a conversation. Source: Ozeki Chat API, page "Conversation / Hide".
 */
export interface OzekiHideRequest {
  action: 'hide';
  conversationid: OzekiConversationId;
  /**
   * The conversation's instance and a semicolon.
   */
  hideid: string;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Asks for the caller's conversations. Source: Ozeki Chat API, page "Conversation / List".
 */
export interface OzekiListRequest {
  action: 'list';
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * The caller's conversations. Source: Ozeki Chat API, page "Conversation / List".
 */
export interface OzekiListResponse extends OzekiEnvelope {
  conversations: OzekiConversation[];
}
/**
 * Opens a session for the station in the header. Source: Ozeki Chat API, page "Login".
 */
export interface OzekiLoginRequest {
  action: 'login';
  /**
   * The account's key.
   */
  apikey: string;
}
/**
 * The user, the user's key, and where the services and listeners are. Source: Ozeki Chat API, page "Login".
 */
export interface OzekiLoginResponse extends OzekiEnvelope {
  /**
   * The server's version.
   */
  server: string;
  /**
   * Where changes are announced.
   */
  listeners: {
    /**
     * a udp:// URL with a port
     */
    udp: string;
    /**
     * a ws:// URL with a port
     */
    ws: string;
    /**
     * a wss:// URL with a port
     */
    wss: string;
  };
  /**
   * Whether the server takes registrations: a word, not a boolean.
   */
  registration: 'true' | 'false';
  /**
   * a PEM block "RSA PRIVATE KEY"
   */
  rsakey: string;
  userid: OzekiUserId;
  fullname: string;
  nick: string;
  /**
   * Where each service is; the documentation is cut short here, so more entries are legal.
   */
  urls: {
    login: OzekiServiceUrl;
    availability: OzekiServiceUrl;
    conversation: OzekiServiceUrl;
    conversationgroup: OzekiServiceUrl;
    blocklist: OzekiServiceUrl;
    fileserver: OzekiServiceUrl;
    friends: OzekiServiceUrl;
    notification: OzekiServiceUrl;
  };
}
/**
 * Mutes a conversation. Source: Ozeki Chat API, page "Conversation / Mute".
 */
export interface OzekiMuteRequest {
  action: 'mute';
  conversationid: OzekiConversationId;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Asks what has changed for the user who logged in with the station. Source: Ozeki Chat API, page "Notification".
 */
export interface OzekiNotificationRequest {
  action: 'download';
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Ids of what has changed. The first member's spelling is the documented one. Source: Ozeki Chat API, page "Notification".
 */
export interface OzekiNotificationResponse extends OzekiEnvelope {
  friendavailabilitesof: OzekiUserId[];
  conversationchangedof: OzekiConversationId[];
  conversationlistchangedof: OzekiConversationId[];
}
/**
 * Sets the colour behind a conversation in the list. Source: Ozeki Chat API, page "Conversation / Change Color".
 */
export interface OzekiSetlistitembackgroundcolorRequest {
  action: 'setlistitembackgroundcolor';
  conversationid: OzekiConversationId;
  color: OzekiColour;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Takes the favourite mark off a conversation. Source: Ozeki Chat API, page "Conversation / Unfavorite".
 */
export interface OzekiUnfavoriteRequest {
  action: 'unfavorite';
  conversationid: OzekiConversationId;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Shows a hidden conversation again. Source: Ozeki Chat API, page "Conversation / Unhide".
 */
export interface OzekiUnhideRequest {
  action: 'unhide';
  conversationid: OzekiConversationId;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Unmutes a conversation. Source: Ozeki Chat API, page "Conversation / Unmute".
 */
export interface OzekiUnmuteRequest {
  action: 'unmute';
  conversationid: OzekiConversationId;
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Tells the user's friends that the user is available. Source: Ozeki Chat API, page "Availability".
 */
export interface OzekiUseravailableRequest {
  action: 'useravailable';
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Reports messages as seen. Source: Ozeki Chat API, page "Report".
 */
export interface OzekiViewedRequest {
  action: 'viewed';
  conversationid: OzekiConversationId;
  instance: OzekiInstance;
  firstmessagedate: OzekiTimestamp;
  lastmessagedate: OzekiTimestamp;
  messageids: OzekiMessageId[];
  clientversioncode: OzekiClientVersionCode;
  timestamp: OzekiTimestamp;
}
/**
 * Registers a workspace under a host name. Source: Ozeki Chat API, page "Workspace registration".
 */
export interface OzekiWorkspaceregisterRequest {
  action: 'workspaceregister';
  /**
   * The host name wanted.
   */
  workspacename: string;
}
/**
 * The message that Add uploads, written as JSON into a string.
 */
export interface OzekiUpload {
  ID: OzekiMessageId;
  Type: string;
  Created: OzekiTimestamp;
  ValidUntil: OzekiTimestamp;
  Data: string;
}
/**
 * A refusal in JSON, on any action; inferred, for no page of the Ozeki Chat API shows one.
 */
export interface OzekiRefusal {
  /**
   * any string but "OK"
   */
  status: string;
  /**
   * Why it was refused.
   */
  errormessage: string;
}
