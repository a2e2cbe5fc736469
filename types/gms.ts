// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * Names the user of a chat.
 */
export type GmsUserId = string;
/**
 * The key of a chat; who sends a wrong one is put out of it.
 */
export type GmsSecureKey = string;
/**
 * Names the instance of the chat server that serves the chat; it may change within it.
 */
export type GmsAlias = string;
/**
 * Text for the other side.
 */
export type GmsText = string;
/**
 * The index to start from: 0 none, 1 all.
 */
export type GmsPosition = string;
/**
 * Nothing but the envelope. Source: public clients of GMS 8.5, for the page "Custom Notice".
 */
export type GmsCustomnoticeResponse = GmsEnvelope;
/**
 * Whether the chat is over.
 */
export type GmsChatEnded = boolean;
/**
 * Names the chat, from first to last.
 */
export type GmsChatId = string;
/**
 * place in the transcript, from 1
 */
export type GmsIndex = number;
/**
 * The transcriptPosition to ask for next.
 */
export type GmsNextPosition = number;
/**
 * 0 tells a success; 1 and 2 tell a refusal.
 */
export type GmsSuccess = 0;
/**
 * The envelope, in which the chat is over. Source: public clients of GMS 8.5, for the page "Disconnect".
 */
export type GmsDisconnectResponse = GmsEnvelope;
/**
 * Nothing but the envelope. Source: public clients of GMS 8.5, for the page "File Delete".
 */
export type GmsFiledeleteResponse = GmsEnvelope;
/**
 * The bytes of the file, of which nothing is said. Source: public clients of GMS 8.5, for the page "File Download".
 */
export type GmsFiledownloadResponse = unknown;
/**
 * A notice that holds the limits. Source: public clients of GMS 8.5, for the page "File Limits".
 */
export type GmsFilelimitsResponse = GmsEnvelope;
/**
 * The envelope, with the id of the file in userData. Source: public clients of GMS 8.5, for the page "File Upload".
 */
export type GmsFileuploadResponse = GmsEnvelope;
/**
 * Nothing but the envelope. Source: public clients of GMS 8.5, for the page "Push URL".
 */
export type GmsPushurlResponse = GmsEnvelope;
/**
 * Nothing but the envelope. Source: public clients of GMS 8.5, for the page "Read Receipt".
 */
export type GmsReadreceiptResponse = GmsEnvelope;
/**
 * The events from the position asked for.
 */
export type GmsTranscript = GmsTranscriptEvent[];
/**
 * The first events of a new chat.
 */
export type GmsOpeningEvents = GmsTranscriptEvent[];
/**
 * Nothing but the envelope. Source: public clients of GMS 8.5, for the page "Start Typing".
 */
export type GmsStarttypingResponse = GmsEnvelope;
/**
 * Nothing but the envelope. Source: public clients of GMS 8.5, for the page "Stop Typing".
 */
export type GmsStoptypingResponse = GmsEnvelope;
/**
 * Nothing but the envelope. Source: public clients of GMS 8.5, for the page "Update Data".
 */
export type GmsUpdatedataResponse = GmsEnvelope;
/**
 * Nothing but the envelope. Source: public clients of GMS 8.5, for the page "Update Nickname".
 */
export type GmsUpdatenicknameResponse = GmsEnvelope;

/**
 * The request and response body of every Gms action.
 */
export interface GmsBodies {
  customnotice: {
    request: GmsCustomnoticeRequest;
    response: GmsCustomnoticeResponse;
  };
  disconnect: {
    request: GmsDisconnectRequest;
    response: GmsDisconnectResponse;
  };
  filedelete: {
    request: GmsFiledeleteRequest;
    response: GmsFiledeleteResponse;
  };
  filedownload: {
    request: GmsFiledownloadRequest;
    response: GmsFiledownloadResponse;
  };
  filelimits: {
    request: GmsFilelimitsRequest;
    response: GmsFilelimitsResponse;
  };
  fileupload: {
    request: GmsFileuploadRequest;
    response: GmsFileuploadResponse;
  };
  pushurl: {
    request: GmsPushurlRequest;
    response: GmsPushurlResponse;
  };
  readreceipt: {
    request: GmsReadreceiptRequest;
    response: GmsReadreceiptResponse;
  };
  refresh: {
    request: GmsRefreshRequest;
    response: GmsRefreshResponse;
  };
  requestchat: {
    request: GmsRequestchatRequest;
    response: GmsRequestchatResponse;
  };
  sendmessage: {
    request: GmsSendmessageRequest;
    response: GmsSendmessageResponse;
  };
  starttyping: {
    request: GmsStarttypingRequest;
    response: GmsStarttypingResponse;
  };
  stoptyping: {
    request: GmsStoptypingRequest;
    response: GmsStoptypingResponse;
  };
  updatedata: {
    request: GmsUpdatedataRequest;
    response: GmsUpdatedataResponse;
  };
  updatenickname: {
    request: GmsUpdatenicknameRequest;
    response: GmsUpdatenicknameResponse;
  };
}
/**
 * Sends a notice that is no text of the conversation. Source: public clients of GMS 8.5, for the page "Custom Notice".
 */
export interface GmsCustomnoticeRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
  message?: GmsText;
  transcriptPosition?: GmsPosition;
}
/**
 * What every success may carry: one format for all.
 */
export interface GmsEnvelope {
  alias?: GmsAlias;
  chatEnded?: GmsChatEnded;
  chatId?: GmsChatId;
  messages?: GmsEvent[];
  nextPosition?: GmsNextPosition;
  secureKey?: GmsSecureKey;
  userId?: GmsUserId;
  userData?: GmsUserData;
  statusCode: GmsSuccess;
}
/**
 * One event of a transcript.
 */
export interface GmsEvent {
  from: GmsParticipant;
  index?: GmsIndex;
  /**
   * The kind of event, such as ParticipantJoined, Message, TypingStarted, NicknameUpdated, PushUrl, CustomNotice, FileUploaded.
   */
  type: string;
  /**
   * The text of a message, a typing preview, a notice, or a URL.
   */
  text?: string;
  /**
   * What the sender of a message called its kind.
   */
  messageType?: string;
  userData?: GmsUserData;
  /**
   * milliseconds since 1970, 13 digits
   */
  utcTime: number;
}
/**
 * Who caused an event.
 */
export interface GmsParticipant {
  nickname: string;
  participantId: number;
  /**
   * Client, Agent, Supervisor, External, or another kind.
   */
  type: string;
}
/**
 * Data by key; in a form, a field userData[key] each.
 */
export interface GmsUserData {
  [k: string]: string;
}
/**
 * Ends a chat. Source: public clients of GMS 8.5, for the page "Disconnect".
 */
export interface GmsDisconnectRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
}
/**
 * Takes a file away, which the address names. Source: public clients of GMS 8.5, for the page "File Delete".
 */
export interface GmsFiledeleteRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
}
/**
 * Asks for a file, which the address names. Source: public clients of GMS 8.5, for the page "File Download".
 */
export interface GmsFiledownloadRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
}
/**
 * Asks what files may be sent. Source: public clients of GMS 8.5, for the page "File Limits".
 */
export interface GmsFilelimitsRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
}
/**
 * Sends a file into a chat. The member file stands for the part of that name, by the name of the file. Source: public clients of GMS 8.5, for the page "File Upload".
 */
export interface GmsFileuploadRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
  /**
   * The name of the file.
   */
  file: string;
  userData?: GmsUserData;
}
/**
 * Pushes a URL to the other side. Source: public clients of GMS 8.5, for the page "Push URL".
 */
export interface GmsPushurlRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
  /**
   * The URL to push.
   */
  pushUrl: string;
  transcriptPosition?: GmsPosition;
}
/**
 * Tells up to where the client has read. Source: public clients of GMS 8.5, for the page "Read Receipt".
 */
export interface GmsReadreceiptRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
  transcriptPosition?: GmsPosition;
}
/**
 * Asks for the transcript. Some clients send an empty message along. Source: public clients of GMS 8.5, for the page "Refresh".
 */
export interface GmsRefreshRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
  transcriptPosition?: GmsPosition;
  message?: GmsText;
}
/**
 * The events from the position asked for, where to go on from, and whether the chat is over. Source: public clients of GMS 8.5, for the page "Refresh".
 */
export interface GmsRefreshResponse extends GmsEnvelope {
  messages?: GmsTranscript;
  nextPosition: GmsNextPosition;
  chatEnded: GmsChatEnded;
}
/**
 * One event of a transcript that was asked for.
 */
export interface GmsTranscriptEvent extends GmsEvent {
  index: GmsIndex;
}
/**
 * Opens a chat. Either a nickname or both other names are enough. Source: GMS 8.5, Chat API Version 2, page "Request Chat".
 */
export interface GmsRequestchatRequest {
  /**
   * The name shown in the chat.
   */
  nickname?: string;
  firstName?: string;
  lastName?: string;
  subject?: string;
  emailAddress?: string;
  userData?: GmsUserData;
}
/**
 * The new chat, its credentials and its first events. Source: GMS 8.5, Chat API Version 2, page "Request Chat".
 */
export interface GmsRequestchatResponse extends GmsEnvelope {
  chatId: GmsChatId;
  userId: GmsUserId;
  secureKey: GmsSecureKey;
  alias: GmsAlias;
  messages: GmsOpeningEvents;
}
/**
 * Sends a text into a chat. Source: GMS 8.5, Chat API Version 2, page "Send Message".
 */
export interface GmsSendmessageRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
  message: GmsText;
  /**
   * A kind of the caller's own.
   */
  messageType?: string;
  transcriptPosition?: GmsPosition;
}
/**
 * The envelope; with a transcriptPosition, also the events from there on. Source: GMS 8.5, Chat API Version 2, page "Send Message".
 */
export interface GmsSendmessageResponse extends GmsEnvelope {
  messages?: GmsTranscript;
}
/**
 * Tells that the client has begun to type. Source: public clients of GMS 8.5, for the page "Start Typing".
 */
export interface GmsStarttypingRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
  message?: GmsText;
  transcriptPosition?: GmsPosition;
}
/**
 * Tells that the client has stopped typing. Source: public clients of GMS 8.5, for the page "Stop Typing".
 */
export interface GmsStoptypingRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
  message?: GmsText;
  transcriptPosition?: GmsPosition;
}
/**
 * Attaches data to a chat. Source: public clients of GMS 8.5, for the page "Update Data".
 */
export interface GmsUpdatedataRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
  userData?: GmsUserData;
  transcriptPosition?: GmsPosition;
}
/**
 * Changes the client's nickname. Source: public clients of GMS 8.5, for the page "Update Nickname".
 */
export interface GmsUpdatenicknameRequest {
  userId?: GmsUserId;
  secureKey: GmsSecureKey;
  alias?: GmsAlias;
  /**
   * The new nickname.
   */
  nickname: string;
  transcriptPosition?: GmsPosition;
}
/**
 * A refusal in JSON under HTTP 200, on any action: 1 may be tried again, 2 may not. Source: GMS 8.5, page "API Responses".
 */
export interface GmsRefusal {
  statusCode: 1 | 2;
}
