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
});
