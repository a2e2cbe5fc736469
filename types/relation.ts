// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * The channel; null where toRelationId names the receiver.
 */
export type RelationChannelUuid = string | null;
/**
 * The receiver; null where channelUuid names the channel.
 */
export type RelationToRelationId = string | null;

/**
 * The request and response body of every Relation action.
 */
export interface RelationBodies {
  hide: {
    request: RelationHideRequest;
    response: RelationHideResponse;
  };
  list: {
    request: RelationListRequest;
    response: RelationListResponse;
  };
  read: {
    request: RelationReadRequest;
    response: RelationReadResponse;
  };
  send: {
    request: RelationSendRequest;
    response: RelationSendResponse;
  };
  unreadcount: {
    request: RelationUnreadcountRequest;
    response: RelationUnreadcountResponse;
  };
}
/**
 * Hides a message. Source: Relation ONE API, page "Message / Hide".
 */
export interface RelationHideRequest {
  /**
   * The message.
   */
  id: string;
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Message / Hide".
 */
export interface RelationHideResponse extends RelationEnvelope {
  data: null;
}
/**
 * What every success carries beside its data.
 */
export interface RelationEnvelope {
  /**
   * Tells a success.
   */
  code: '0';
  /**
   * The code in words.
   */
  desc: string;
}
/**
 * Query parameters, all strings. Asks for messages of a channel or with a receiver, newest first, up to maxCreateAt. Source: Relation ONE API, page "Message / List".
 */
export interface RelationListRequest {
  /**
   * The channel.
   */
  channelUuid?: string;
  /**
   * The other side of a private conversation.
   */
  toRelationId?: string;
  /**
   * milliseconds since 1970 in digits
   */
  maxCreateAt?: string;
  /**
   * how many messages at most, in digits
   */
  limit?: string;
}
/**
 * Messages, newest first. Source: Relation ONE API, page "Message / List".
 */
export interface RelationListResponse extends RelationEnvelope {
  data: RelationMessageInfo[];
}
/**
 * A message.
 */
export interface RelationMessageInfo {
  /**
   * A snowflake, too large for a number.
   */
  id: string;
  /**
   * The sender's own id of the message.
   */
  sendUuid: string;
  /**
   * The channel it was sent to.
   */
  channelUuid: string;
  /**
   * milliseconds since 1970 as a string of 13 digits
   */
  createAt: string;
  /**
   * TEXT, SYS, CARD or a kind of the callers' own.
   */
  type: string;
  /**
   * The sender's relationId; thirty-two zeros for the system.
   */
  from: string;
  /**
   * The sender's name.
   */
  fromName: string | null;
  /**
   * The sender's picture.
   */
  fromAvatar: string | null;
  /**
   * The content, by type.
   */
  content: string;
  /**
   * The message quoted.
   */
  quote: null | RelationMessageInfo;
}
/**
 * Tells how much of a channel has been read. Source: Relation ONE API, page "Message / Read".
 */
export interface RelationReadRequest {
  /**
   * The channel.
   */
  channelUuid: string;
  /**
   * How many messages have been read.
   */
  total: number;
}
/**
 * 1 where something was updated. Source: Relation ONE API, page "Message / Read".
 */
export interface RelationReadResponse extends RelationEnvelope {
  data: number;
}
/**
 * Sends a message to a channel or a receiver. quoteId and mentionedUser stand on the Chinese page alone. Source: Relation ONE API, page "Message / Send".
 */
export interface RelationSendRequest {
  /**
   * TEXT, CARD or a kind of the callers' own.
   */
  type: string;
  channelUuid?: RelationChannelUuid;
  toRelationId?: RelationToRelationId;
  /**
   * The content, by type.
   */
  content: string;
  /**
   * The sender's own id of the message.
   */
  sendUuid: string;
  /**
   * The id of the message quoted.
   */
  quoteId?: string | null;
  /**
   * Who is mentioned; its type is not documented.
   */
  mentionedUser?: unknown;
}
/**
 * The id that the message got, and its channel. Source: Relation ONE API, page "Message / Send".
 */
export interface RelationSendResponse extends RelationEnvelope {
  data: {
    id: string;
    channelUuid: string;
  };
}
/**
 * Query parameters: none. Source: Relation ONE API, page "Message / Unread count".
 */
export interface RelationUnreadcountRequest {}
/**
 * How many messages and mentions are unread. Source: Relation ONE API, page "Message / Unread count".
 */
export interface RelationUnreadcountResponse extends RelationEnvelope {
  data: {
    unreadCount: number;
    mentionsCount: number;
  };
}
/**
 * A refusal in the envelope, on any action. Source: Relation ONE API, appendix of codes.
 */
export interface RelationRefusal {
  /**
   * any string but "0"
   */
  code: string;
  /**
   * The code in words.
   */
  desc: string;
  /**
   * Mostly null.
   */
  data?: unknown;
}
