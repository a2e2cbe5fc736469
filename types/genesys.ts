// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * Names the user of a chat; a credential together with secureKey.
 */
export type GenesysUserId = string;
/**
 * The key of a chat; a credential together with userId.
 */
export type GenesysSecureKey = string;
/**
 * Names the instance of the chat server that serves the chat; it may change.
 */
export type GenesysAlias = string;
/**
 * The tenant that serves the chat.
 */
export type GenesysTenantName = string;
/**
 * 0 tells a success; 1 and 2 tell a refusal.
 */
export type GenesysSuccess = 0;
/**
 * Text for the other side.
 */
export type GenesysText = string;
/**
 * Nothing but the envelope. Source: eServices Web API 8.5, page "Send Message".
 */
export type GenesysSendmessageResponse = GenesysEnvelope;
/**
 * Nothing but the envelope. Source: eServices Web API 8.5, page "Send Url".
 */
export type GenesysSendurlResponse = GenesysEnvelope;
/**
 * Nothing but the envelope. Source: eServices Web API 8.5, page "Send Start Typing Notification".
 */
export type GenesysStarttypingResponse = GenesysEnvelope;
/**
 * Nothing but the envelope. Source: eServices Web API 8.5, page "Send Stop Typing Notification".
 */
export type GenesysStoptypingResponse = GenesysEnvelope;
/**
 * Nothing but the envelope. Source: eServices Web API 8.5, page "Update Nickname".
 */
export type GenesysUpdatenicknameResponse = GenesysEnvelope;
/**
 * Nothing but the envelope. Source: eServices Web API 8.5, page "Update User Data".
 */
export type GenesysUpdateuserdataResponse = GenesysEnvelope;

/**
 * The request and response body of every Genesys action.
 */
export interface GenesysBodies {
  complete: {
    request: GenesysCompleteRequest;
    response: GenesysCompleteResponse;
  };
  getmessages: {
    request: GenesysGetmessagesRequest;
    response: GenesysGetmessagesResponse;
  };
  requestchat: {
    request: GenesysRequestchatRequest;
    response: GenesysRequestchatResponse;
  };
  sendmessage: {
    request: GenesysSendmessageRequest;
    response: GenesysSendmessageResponse;
  };
  sendurl: {
    request: GenesysSendurlRequest;
    response: GenesysSendurlResponse;
  };
  starttyping: {
    request: GenesysStarttypingRequest;
    response: GenesysStarttypingResponse;
  };
  stoptyping: {
    request: GenesysStoptypingRequest;
    response: GenesysStoptypingResponse;
  };
  updatenickname: {
    request: GenesysUpdatenicknameRequest;
    response: GenesysUpdatenicknameResponse;
  };
  updateuserdata: {
    request: GenesysUpdateuserdataRequest;
    response: GenesysUpdateuserdataResponse;
  };
}
/**
 * Ends a chat. Source: eServices Web API 8.5, page "Complete".
 */
export interface GenesysCompleteRequest {
  operationName: 'Complete';
  userId: GenesysUserId;
  secureKey: GenesysSecureKey;
  alias: GenesysAlias;
  tenantName: GenesysTenantName;
}
/**
 * The status code alone. Source: eServices Web API 8.5, page "Complete".
 */
export interface GenesysCompleteResponse {
  /**
   * 0 tells that the chat is closed.
   */
  statusCode: 0;
}
/**
 * Asks for the transcript. Source: eServices Web API 8.5, page "Get Messages".
 */
export interface GenesysGetmessagesRequest {
  userId: GenesysUserId;
  secureKey: GenesysSecureKey;
  alias: GenesysAlias;
  tenantName: GenesysTenantName;
  /**
   * The index to start from; left out, all events.
   */
  transcriptPosition?: number;
}
/**
 * The events from the position asked for, and whether the chat is over. Source: eServices Web API 8.5, page "Get Messages".
 */
export interface GenesysGetmessagesResponse extends GenesysEnvelope {
  messages: GenesysEvent[];
  chatEnded: boolean;
}
/**
 * One event of a transcript.
 */
export interface GenesysEvent {
  from: GenesysParticipant;
  /**
   * place in the transcript, from 1
   */
  index: number;
  /**
   * The kind of event, such as ParticipantJoined, Message, TypingStarted, TypingStopped, Notice.
   */
  type: string;
  /**
   * The text of a message, a typing preview or a notice.
   */
  text?: string;
  /**
   * milliseconds since 1970, 13 digits
   */
  utcTime: number;
}
/**
 * Who caused an event.
 */
export interface GenesysParticipant {
  nickname: string;
  participantId: number;
  /**
   * Client, External, or another kind.
   */
  type: string;
}
/**
 * What every success but Complete's carries; the whole answer of an action that answers nothing else.
 */
export interface GenesysEnvelope {
  alias: GenesysAlias;
  secureKey: GenesysSecureKey;
  userId: GenesysUserId;
  tenantName: GenesysTenantName;
  statusCode: GenesysSuccess;
}
/**
 * Opens a chat. The table requires firstName and lastName, the working example has neither: both are optional here. Source: eServices Web API 8.5, page "Request Chat".
 */
export interface GenesysRequestchatRequest {
  /**
   * The name shown in the chat.
   */
  nickname: string;
  firstName?: string;
  lastName?: string;
  tenantName: GenesysTenantName;
  emailAddress?: string;
  subject?: string;
  endpoint?: string;
  userData?: GenesysUserData;
}
/**
 * Data attached to the chat, by key.
 */
export interface GenesysUserData {
  [k: string]: unknown;
}
/**
 * The new chat, its credentials and its first events. Source: eServices Web API 8.5, page "Request Chat".
 */
export interface GenesysRequestchatResponse extends GenesysEnvelope {
  /**
   * Names the chat in paths.
   */
  chatId: string;
  /**
   * /api/v2/chats/ and the chatId
   */
  path: string;
  messages: GenesysEvent[];
}
/**
 * Sends a text into a chat. Source: eServices Web API 8.5, page "Send Message".
 */
export interface GenesysSendmessageRequest {
  operationName: 'SendMessage';
  userId: GenesysUserId;
  secureKey: GenesysSecureKey;
  alias: GenesysAlias;
  tenantName: GenesysTenantName;
  text: GenesysText;
  /**
   * A kind of the caller's own.
   */
  messageType?: string;
}
/**
 * Pushes a URL to the other side. Source: eServices Web API 8.5, page "Send Url".
 */
export interface GenesysSendurlRequest {
  operationName: 'SendUrl';
  userId: GenesysUserId;
  secureKey: GenesysSecureKey;
  alias: GenesysAlias;
  tenantName: GenesysTenantName;
  /**
   * The URL to push.
   */
  pushUrl: string;
}
/**
 * Tells that the client has begun to type. Source: eServices Web API 8.5, page "Send Start Typing Notification".
 */
export interface GenesysStarttypingRequest {
  operationName: 'SendStartTypingNotification';
  userId: GenesysUserId;
  secureKey: GenesysSecureKey;
  alias: GenesysAlias;
  tenantName: GenesysTenantName;
  text?: GenesysText;
}
/**
 * Tells that the client has stopped typing. Source: eServices Web API 8.5, page "Send Stop Typing Notification".
 */
export interface GenesysStoptypingRequest {
  operationName: 'SendStopTypingNotification';
  userId: GenesysUserId;
  secureKey: GenesysSecureKey;
  alias: GenesysAlias;
  tenantName: GenesysTenantName;
  text?: GenesysText;
}
/**
 * Changes the client's nickname. Source: eServices Web API 8.5, page "Update Nickname".
 */
export interface GenesysUpdatenicknameRequest {
  operationName: 'UpdateUserNickname';
  userId: GenesysUserId;
  secureKey: GenesysSecureKey;
  alias: GenesysAlias;
  tenantName: GenesysTenantName;
  /**
   * The new nickname.
   */
  nickname: string;
}
/**
 * Attaches data to a chat. Source: eServices Web API 8.5, page "Update User Data".
 */
export interface GenesysUpdateuserdataRequest {
  operationName: 'UpdateUserData';
  userId: GenesysUserId;
  secureKey: GenesysSecureKey;
  alias: GenesysAlias;
  tenantName: GenesysTenantName;
  userData: GenesysUserData;
  text?: GenesysText;
}
/**
 * A refusal in JSON, on any action: 1 may be tried again, 2 may not. Source: eServices Web API 8.5, page "About the Chat Service".
 */
export interface GenesysRefusal {
  statusCode: 1 | 2;
}
