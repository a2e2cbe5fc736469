// Generated from schemas/ by `npm run generate`. Do not edit.
/**
 * a count that is not negative, as a number or as digits
 */
export type RelationCount = number | string;
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
  auth: {
    request: RelationAuthRequest;
    response: RelationAuthResponse;
  };
  chatshide: {
    request: RelationChatshideRequest;
    response: RelationChatshideResponse;
  };
  chatslist: {
    request: RelationChatslistRequest;
    response: RelationChatslistResponse;
  };
  create: {
    request: RelationCreateRequest;
    response: RelationCreateResponse;
  };
  disband: {
    request: RelationDisbandRequest;
    response: RelationDisbandResponse;
  };
  follow: {
    request: RelationFollowRequest;
    response: RelationFollowResponse;
  };
  getannouncement: {
    request: RelationGetannouncementRequest;
    response: RelationGetannouncementResponse;
  };
  hide: {
    request: RelationHideRequest;
    response: RelationHideResponse;
  };
  info: {
    request: RelationInfoRequest;
    response: RelationInfoResponse;
  };
  isadmin: {
    request: RelationIsadminRequest;
    response: RelationIsadminResponse;
  };
  join: {
    request: RelationJoinRequest;
    response: RelationJoinResponse;
  };
  leave: {
    request: RelationLeaveRequest;
    response: RelationLeaveResponse;
  };
  list: {
    request: RelationListRequest;
    response: RelationListResponse;
  };
  members: {
    request: RelationMembersRequest;
    response: RelationMembersResponse;
  };
  mute: {
    request: RelationMuteRequest;
    response: RelationMuteResponse;
  };
  pin: {
    request: RelationPinRequest;
    response: RelationPinResponse;
  };
  read: {
    request: RelationReadRequest;
    response: RelationReadResponse;
  };
  removemembers: {
    request: RelationRemovemembersRequest;
    response: RelationRemovemembersResponse;
  };
  send: {
    request: RelationSendRequest;
    response: RelationSendResponse;
  };
  transferowner: {
    request: RelationTransferownerRequest;
    response: RelationTransferownerResponse;
  };
  unfollow: {
    request: RelationUnfollowRequest;
    response: RelationUnfollowResponse;
  };
  unreadcount: {
    request: RelationUnreadcountRequest;
    response: RelationUnreadcountResponse;
  };
  updateannouncement: {
    request: RelationUpdateannouncementRequest;
    response: RelationUpdateannouncementResponse;
  };
  userinfo: {
    request: RelationUserinfoRequest;
    response: RelationUserinfoResponse;
  };
}
/**
 * Asks for a unified token. The header I-Authorization holds the address token. Source: Relation ONE API, page "Auth".
 */
export interface RelationAuthRequest {
  /**
   * The code of an invitation.
   */
  inviteCode: string;
}
/**
 * The unified token of the user. Source: Relation ONE API, page "Auth".
 */
export interface RelationAuthResponse extends RelationEnvelope {
  data: {
    /**
     * Goes into the header Authorization of the other actions.
     */
    token: string;
  };
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
 * Takes a chat out of Chats / List until a new message comes. The page names no path. Source: Relation ONE API, page "Chats / Hide".
 */
export interface RelationChatshideRequest {
  /**
   * The group.
   */
  channelUuid: string;
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Chats / Hide".
 */
export interface RelationChatshideResponse extends RelationEnvelope {
  data: null;
}
/**
 * Query parameters, all strings. Asks for the groups and conversations of the caller, a page at a time. Source: Relation ONE API, page "Chats / List".
 */
export interface RelationChatslistRequest {
  /**
   * What the name holds.
   */
  keyword?: string;
  /**
   * how many at most, in digits
   */
  limit?: string;
  /**
   * That of the page before; left out for the first page.
   */
  cursor?: string;
}
/**
 * A page of groups and conversations. The last page has no cursor, an empty one or an empty list. Source: Relation ONE API, page "Chats / List".
 */
export interface RelationChatslistResponse extends RelationEnvelope {
  data: {
    /**
     * Asks for the next page.
     */
    cursor?: string | null;
    list: RelationChannelInfo[];
  };
}
/**
 * A group or a conversation as the list of chats shows it.
 */
export interface RelationChannelInfo {
  /**
   * 0 normal, 1 left, 2 removed, 3 dismissed; a text or a number
   */
  status: '0' | '1' | '2' | '3' | 0 | 1 | 2 | 3;
  /**
   * Its id.
   */
  channelUuid: string;
  /**
   * Its name, or that of the other side.
   */
  displayName: string;
  /**
   * The picture.
   */
  channelIcon: string;
  /**
   * G for a group, P for a conversation of two.
   */
  channelType: 'G' | 'P';
  unreadMessageCount: RelationCount;
  mentionsCount: RelationCount;
  /**
   * The type of the last message.
   */
  lastMessageType?: string | null;
  /**
   * The content of the last message.
   */
  lastMessageContent?: string | null;
  /**
   * when the last message was sent, milliseconds since 1970, as a number or as digits
   */
  lastPostAt?: null | number | string;
  /**
   * Whether the caller has muted it.
   */
  mute: boolean;
  /**
   * Whether the caller has pinned it.
   */
  pin: boolean;
}
/**
 * Makes a group (G) or a conversation of two (P). Source: Relation ONE API, page "Groups / Create".
 */
export interface RelationCreateRequest {
  /**
   * The name.
   */
  name: string;
  /**
   * G or P.
   */
  type: 'G' | 'P';
  /**
   * The relationIds of those who are in it beside the caller.
   */
  members: string[];
}
/**
 * The id of the group. Source: Relation ONE API, page "Groups / Create".
 */
export interface RelationCreateResponse extends RelationEnvelope {
  data: {
    /**
     * The id of the group.
     */
    channelUuid: string;
  };
}
/**
 * Dismisses a group; its admin alone may. Source: Relation ONE API, page "Groups / Disband".
 */
export interface RelationDisbandRequest {
  /**
   * The group.
   */
  channelUuid: string;
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Groups / Disband".
 */
export interface RelationDisbandResponse extends RelationEnvelope {
  data: null;
}
/**
 * Begins to follow a user. Source: Relation ONE API, page "Follows / Follow".
 */
export interface RelationFollowRequest {
  /**
   * The user, by relationId or by an address on a chain.
   */
  address: string;
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Follows / Follow".
 */
export interface RelationFollowResponse extends RelationEnvelope {
  data: null;
}
/**
 * Query parameters. Asks for the announcement of a group; its members alone may. Source: Relation ONE API, page "Groups / Get Announcement".
 */
export interface RelationGetannouncementRequest {
  /**
   * The group.
   */
  channelUuid: string;
}
/**
 * The announcement, and whether it is pinned. Source: Relation ONE API, page "Groups / Get Announcement".
 */
export interface RelationGetannouncementResponse extends RelationEnvelope {
  data: {
    announcement: string;
    pinAnnouncement: boolean;
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
 * Query parameters. Asks for a group; its members alone may. Source: Relation ONE API, page "Groups / Info".
 */
export interface RelationInfoRequest {
  /**
   * The group.
   */
  channelUuid: string;
}
/**
 * A group with its members. Source: Relation ONE API, page "Groups / Info".
 */
export interface RelationInfoResponse extends RelationEnvelope {
  data: RelationChannelDetailInfo;
}
/**
 * A group with its members.
 */
export interface RelationChannelDetailInfo {
  /**
   * The id that Create answers as channelUuid.
   */
  uuid: string;
  /**
   * The name.
   */
  name: string;
  /**
   * The picture.
   */
  icon: string;
  /**
   * The announcement.
   */
  announcement: string;
  /**
   * Whether the announcement stays at the top.
   */
  pinAnnouncement: boolean;
  /**
   * Whether anybody may join.
   */
  openAccess: boolean;
  /**
   * G for a group, P for a conversation of two.
   */
  type: 'G' | 'P';
  members: RelationMemberInfo[];
  /**
   * Whether the caller has muted it.
   */
  mute: boolean;
  /**
   * Whether the caller has pinned it.
   */
  pin: boolean;
}
/**
 * A member of a group.
 */
export interface RelationMemberInfo {
  /**
   * The id of the user.
   */
  relationId: string;
  /**
   * The name.
   */
  name: string;
  /**
   * The picture.
   */
  avatar: string;
  /**
   * Whether the user is the admin.
   */
  isAdmin: boolean;
}
/**
 * Query parameters. Asks whether the caller is the admin. The parameter stands in the curl line alone. Source: Relation ONE API, page "Groups / Is Admin".
 */
export interface RelationIsadminRequest {
  /**
   * The group.
   */
  channelUuid: string;
}
/**
 * Whether the caller is the admin. Source: Relation ONE API, page "Groups / Is Admin".
 */
export interface RelationIsadminResponse extends RelationEnvelope {
  data: boolean;
}
/**
 * Makes the caller a member. Source: Relation ONE API, page "Groups / Join".
 */
export interface RelationJoinRequest {
  /**
   * The group.
   */
  channelUuid: string;
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Groups / Join".
 */
export interface RelationJoinResponse extends RelationEnvelope {
  data: null;
}
/**
 * Ends the membership of the caller. Source: Relation ONE API, page "Groups / Leave".
 */
export interface RelationLeaveRequest {
  /**
   * The group.
   */
  channelUuid: string;
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Groups / Leave".
 */
export interface RelationLeaveResponse extends RelationEnvelope {
  data: null;
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
 * Query parameters. Asks for the members of a group; its members alone may. Source: Relation ONE API, page "Groups / Members".
 */
export interface RelationMembersRequest {
  /**
   * The group.
   */
  channelUuid: string;
}
/**
 * The members. Source: Relation ONE API, page "Groups / Members".
 */
export interface RelationMembersResponse extends RelationEnvelope {
  data: RelationMemberInfo[];
}
/**
 * Mutes a chat for the caller, or does so no more. Source: Relation ONE API, page "Chats / Mute".
 */
export interface RelationMuteRequest {
  /**
   * The group.
   */
  channelUuid: string;
  /**
   * Whether it is muted. The table says boolean, the example shows a text.
   */
  mute: boolean | ('true' | 'false');
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Chats / Mute".
 */
export interface RelationMuteResponse extends RelationEnvelope {
  data: null;
}
/**
 * Pins a chat for the caller, or does so no more. Source: Relation ONE API, page "Chats / Pin".
 */
export interface RelationPinRequest {
  /**
   * The group.
   */
  channelUuid: string;
  /**
   * Whether it is pinned. The table says boolean, the example shows a text.
   */
  pin: boolean | ('true' | 'false');
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Chats / Pin".
 */
export interface RelationPinResponse extends RelationEnvelope {
  data: null;
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
 * Ends the membership of others; the admin alone may. Source: Relation ONE API, page "Groups / Remove Members".
 */
export interface RelationRemovemembersRequest {
  /**
   * The group.
   */
  channelUuid: string;
  /**
   * The relationIds of users.
   */
  members: string[];
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Groups / Remove Members".
 */
export interface RelationRemovemembersResponse extends RelationEnvelope {
  data: null;
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
 * Makes another member the admin; the admin alone may. Source: Relation ONE API, page "Groups / Transfer Owner".
 */
export interface RelationTransferownerRequest {
  /**
   * The group.
   */
  channelUuid: string;
  /**
   * The member who becomes the admin.
   */
  relationId: string;
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Groups / Transfer Owner".
 */
export interface RelationTransferownerResponse extends RelationEnvelope {
  data: null;
}
/**
 * Ends following a user. Source: Relation ONE API, page "Follows / Unfollow".
 */
export interface RelationUnfollowRequest {
  /**
   * The user, by relationId or by an address on a chain.
   */
  address: string;
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Follows / Unfollow".
 */
export interface RelationUnfollowResponse extends RelationEnvelope {
  data: null;
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
 * Sets the announcement of a group; the admin alone may. Source: Relation ONE API, page "Groups / Update Announcement".
 */
export interface RelationUpdateannouncementRequest {
  /**
   * The group.
   */
  channelUuid: string;
  /**
   * The text.
   */
  announcement: string;
  /**
   * Whether it stays at the top.
   */
  pinAnnouncement: boolean;
}
/**
 * Nothing but the envelope, data being null. Source: Relation ONE API, page "Groups / Update Announcement".
 */
export interface RelationUpdateannouncementResponse extends RelationEnvelope {
  data: null;
}
/**
 * Query parameters. Asks for a user, or, without an address, for the caller. Source: Relation ONE API, page "User Info".
 */
export interface RelationUserinfoRequest {
  /**
   * A relationId, or an address on a chain.
   */
  address?: string;
  /**
   * What is given beside the rest: CREATE_AT, FOLLOW_COUNT, ADDRESS_WITH_CHAIN.
   */
  fields?: string;
}
/**
 * A user. The last three members are given where they are asked for. Source: Relation ONE API, page "User Info".
 */
export interface RelationUserinfoResponse extends RelationEnvelope {
  data: {
    /**
     * The id of the user.
     */
    relationId: string;
    /**
     * The name.
     */
    name: string;
    /**
     * The picture.
     */
    avatar: string;
    /**
     * When the user came, yyyy-MM-dd HH:mm:ss.
     */
    createdAt?: string | null;
    /**
     * How many users the user follows, and how many follow the user.
     */
    followCount?: {
      followingCount: number;
      followerCount: number;
    } | null;
    /**
     * The addresses of the user.
     */
    addressWithChain?:
      | {
          address: string;
          chainName: string;
        }[]
      | null;
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
