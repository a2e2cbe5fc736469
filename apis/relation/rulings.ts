import { rulings } from '../../src/requirements/rulings.js';

/** Where the pages of the Relation ONE API contradict themselves or leave something open, and what the suite holds. */
export const relationRulings = rulings('relation', {
  'method-of-reading': {
    pages: 'The headings of List and Unread count say GET; their curl lines say POST and send GET all the same.',
    held: 'GET works. POST is not checked.',
    since: '0.1.0',
    requirements: ['RE-LIST-1', 'RE-UNREAD-1'],
  },
  'order-of-list': {
    pages: 'Both editions say newest first; two public clients make sense with oldest first alone.',
    held: 'Newest first, and the miss says plainly where it is the other way round.',
    since: '0.1.0',
    requirements: ['RE-LIST-2'],
  },
  'bound-of-list': {
    pages:
      'maxCreateAt is said to be at or beyond the last message of the page, which reads as a bound from either side.',
    held: 'An upper bound: nothing newer is a MUST, a message exactly at it a SHOULD. Pages then overlap at their edge, and a walk drops repeats by id.',
    since: '0.1.0',
    requirements: ['RE-LIST-6', 'RE-LIST-6-SHOULD', 'RE-LIST-8'],
  },
  'cut-times': {
    pages:
      'createAt counts milliseconds; the documented one ends in three zeros, 220 ms before the moment that its id tells.',
    held: 'It may be cut to the second, so messages may share one; their order is then free.',
    since: '0.1.0',
    requirements: ['RE-LIST-2', 'RE-LIST-8', 'RE-LIST-10'],
  },
  'direct-messages': {
    pages: 'List and Send take a toRelationId alone; no example does.',
    held: 'Both work with it alone, unless the target says that its server has no direct messages.',
    since: '0.1.0',
    requirements: ['RE-LIST-14', 'RE-SEND-5'],
  },
  'spelling-of-types': {
    pages: 'The prose writes the types of messages in lower case, the bodies in upper case.',
    held: 'The suite sends TEXT; types of the callers’ own are legal.',
    since: '0.1.0',
    requirements: ['RE-LIST-9'],
  },
  'cap-on-limit': {
    pages: 'History ends where fewer entries than the limit come; no greatest limit is named.',
    held: 'Up to 50 is given in full while history lasts; above that a cap is legal.',
    since: '0.1.0',
    requirements: ['RE-LIST-5', 'RE-LIST-8'],
  },
  'form-of-quote-id': {
    pages: 'quoteId is a text in the table, and in its example a bare number too large for one.',
    held: 'The suite sends a text.',
    since: '0.1.0',
    requirements: ['RE-LIST-11'],
  },
  'query-of-list': {
    pages: 'limit and maxCreateAt are marked neither optional nor required.',
    held: 'The suite sends both, but for the checks on bad values.',
    since: '0.1.0',
    requirements: ['RE-LIST-5', 'RE-LIST-6', 'RE-LIST-12'],
  },
  'foreign-tokens': {
    pages: 'What a token of somebody else is, is left open.',
    held: 'A well-formed token that belongs to nobody.',
    since: '0.1.0',
    requirements: ['RE-COM-3', 'RE-COM-3-SHOULD'],
  },
  'answer-of-read': {
    pages:
      'Read answers 1 where it updated something; what it answers where nothing was unread, and what total counts, is left open.',
    held: 'Any integer. 1 is expected only after the peer has sent something.',
    since: '0.1.0',
    requirements: ['RE-READ-1'],
  },
  'reach-of-hide': {
    pages: 'For whom Hide hides a message is left open.',
    held: 'The List of the caller alone is looked at.',
    since: '0.1.0',
    requirements: ['RE-HIDE-1-SHOULD', 'RE-HIDE-2'],
  },
  'refusal-of-strangers': {
    pages: 'A caller who is no member gets 10120 from List and 13108 from Send.',
    held: 'Each as its own page says.',
    since: '0.1.0',
    requirements: ['RE-LIST-4', 'RE-SEND-3'],
  },
  'case-of-scheme': {
    pages: 'The scheme of the header Authorization is written Bearer on some pages and bearer on others.',
    held: 'The suite sends Bearer. That bearer is as good is a SHOULD, for RFC 9110 compares schemes without regard to case.',
    since: '0.1.0',
    requirements: ['RE-COM-6'],
  },
  'words-of-codes': {
    pages: 'The text of the code 13108 differs from page to page; those of eight other codes do not.',
    held: 'The text of those eight is a SHOULD; beside other codes any text is legal.',
    since: '0.1.0',
    requirements: ['RE-COM-7'],
  },
  'former-members': {
    pages: 'List refuses who is no member; what becomes of one who was a member is not said apart.',
    held: 'A former member is no member: the code 10120 and no message, of before the leaving neither.',
    since: '0.1.0',
    requirements: ['RE-LIST-4'],
  },
  'paths-of-groups': {
    pages:
      'The curl lines of several pages on groups and chats show another method or the path of another action; the page of Chats / Hide shows no path at all.',
    held: 'The method and path of the heading. Chats / Hide is checked only where the target says so ("chatsHide": true), at the path of a public client.',
    since: '0.1.0',
    requirements: ['RG-LEAVE-1', 'RG-INFO-1', 'RG-ADMIN-1', 'RG-CHATS-5', 'RG-CHATS-6'],
  },
  'parameter-of-is-admin': {
    pages: 'Is Admin lists no parameter; its curl line has channelUuid.',
    held: 'The suite sends channelUuid.',
    since: '0.1.0',
    requirements: ['RG-ADMIN-1'],
  },
  'types-in-chats': {
    pages: 'The table of Chats / List makes status a text, its example a number.',
    held: 'status is one of 0 to 3, as a text or a number; likewise the two counts. lastPostAt is a number or digits, and null or left out where a chat has no message.',
    since: '0.1.0',
    requirements: ['RG-CHATS-1', 'RG-CHATS-3', 'RG-CHATS-4'],
  },
  'types-of-flags': {
    pages: 'pin and mute are booleans in the tables and texts in the examples.',
    held: 'The suite sends a boolean. The text is not checked.',
    since: '0.1.0',
    requirements: ['RG-CHATS-5'],
  },
  'words-of-groups': {
    pages: 'The text of a code differs between the editions and from page to page.',
    held: 'On all actions but those on messages any text is legal as desc.',
    since: '0.1.0',
    requirements: ['RE-COM-7'],
  },
  'type-not-supported': {
    pages: 'The code 13109 stands in the Chinese edition alone.',
    held: 'A conversation of the type P takes nobody in, which is a MUST; the code is a SHOULD.',
    since: '0.1.0',
    requirements: ['RG-JOIN-3', 'RG-JOIN-3-SHOULD', 'RG-LEAVE-1-SHOULD'],
  },
  'caller-in-members': {
    pages:
      'The examples of Create and Remove Members name the caller among the members; the prose makes the caller the admin anyway.',
    held: 'Who creates a group is its member and its admin, named or not.',
    since: '0.1.0',
    requirements: ['RG-CREATE-2'],
  },
  'several-in-a-pair': {
    pages: 'Create of the type P takes an array of members.',
    held: 'The conversation has the caller and the first of them.',
    since: '0.1.0',
    requirements: ['RG-CREATE-4'],
  },
  'second-pair': {
    pages:
      'Whether a second Create of the type P, or one after a direct message, finds the conversation or makes another is left open.',
    held: 'The conversation that was there or another one: either is legal.',
    since: '0.1.0',
    requirements: ['RG-CREATE-4', 'RG-DIRECT-2'],
  },
  'strangers-to-a-group': {
    pages: 'Members alone see a group; what code anybody else gets from Info and Members is left open.',
    held: 'Neither the code "0" nor data; any code.',
    since: '0.1.0',
    requirements: ['RG-STRANGER-1'],
  },
  'removed-members': {
    pages: 'Each page names another code for who is no member any more, and the list of chats a status.',
    held: 'Each as its own page says. That the group is gone from Chats / List is legal too.',
    since: '0.1.0',
    requirements: ['RG-REMOVE-1', 'RG-CHATS-3'],
  },
  'coming-back': {
    pages:
      'Join after a removal or where openAccess is false, Leave of the admin and unknown ids in members are not described.',
    held: 'None of them is checked.',
    since: '0.1.0',
    requirements: ['RG-JOIN-1', 'RG-LEAVE-1', 'RG-CREATE-2'],
  },
  'direct-conversations': {
    pages: 'Send takes a toRelationId alone and answers a channelUuid; no page says which.',
    held: 'Send finds or opens the conversation of the two, and List knows it by the channelUuid that Send has answered.',
    since: '0.1.0',
    requirements: ['RG-DIRECT-1', 'RG-DIRECT-2', 'RG-DIRECT-3'],
  },
  'blocked-strangers': {
    pages: 'A receiver may refuse strangers, code 13301; no action sets that.',
    held: 'It is not brought about. Where a Send gets it, the two users follow each other for the check; where that does not help, it is skipped.',
    since: '0.1.0',
    requirements: ['RG-DIRECT-1', 'RG-DIRECT-2', 'RG-DIRECT-3'],
  },
  'end-of-chats': {
    pages: 'How the last page of Chats / List is told is left open.',
    held: 'By no cursor, an empty one or an empty list, within a hundred pages.',
    since: '0.1.0',
    requirements: ['RG-CHATS-2'],
  },
  'life-of-address-tokens': {
    pages: 'An address token is said to live for seven days; that of the example lives for 10,080,000 seconds.',
    held: 'Not checked. Of the token that Auth answers, the example and the prose agree on seven days.',
    since: '0.1.0',
    requirements: ['RG-AUTH-3'],
  },
});
