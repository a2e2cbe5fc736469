import { rulings } from '../../src/requirements/rulings.js';

/** Where the pages of the Genesys eServices chat contradict themselves or leave something open, and what the suite holds. */
export const genesysRulings = rulings('genesys', {
  'transcript-position': {
    pages:
      'The table makes transcriptPosition the index from which events are given; the example asks from 5 on and shows all fifteen. Request and answer of the example carry different user ids.',
    held: 'The table holds; the two bodies of the example are from different sessions.',
    since: '0.1.0',
    requirements: ['GE-MSG-1', 'GE-MSG-2'],
  },
  'echoed-credentials': {
    pages: 'In most examples the secureKey and the userId of the answer are others than those of the request.',
    held: 'They are texts: MUST. That they are those of the request is a SHOULD. The suite goes on with those of Request Chat.',
    since: '0.1.0',
    requirements: ['GE-COM-4'],
  },
  alias: {
    pages:
      'The alias is a string of digits in every example, and the same in request and answer. It names the instance of the chat server; the vendor’s page on the successor of this API says that it may change within a session.',
    held: 'Any text that is not empty. That an answer has the alias of the request is a SHOULD, and the next request carries the newest one.',
    since: '0.1.0',
    requirements: ['GE-COM-1', 'GE-COM-3-SHOULD'],
  },
  'impossible-status': {
    pages:
      'statusCode 1 asks for another try, and chatEnded true says that the chat is over; both at once is said not to occur.',
    held: 'A SHOULD, on successes and refusals alike.',
    since: '0.1.0',
    requirements: ['GE-COM-8'],
  },
  'who-is-who': {
    pages:
      'The example gives each participant one participantId in every event; what tells a participant from another beside it is left open.',
    held: 'The client is one participant under whatever nickname. Of the others, those of one type and nickname are one, unless each joined under an id of its own.',
    since: '0.1.0',
    requirements: ['GE-MSG-11'],
  },
  'kinds-of-event': {
    pages:
      'The example shows five types of event; clients of the vendor know ParticipantLeft, ParticipantRejoined and TranscriptSaveDone too.',
    held: 'Any text is legal. Another than those eight is a SHOULD miss.',
    since: '0.1.0',
    requirements: ['GE-MSG-12'],
  },
  'required-names': {
    pages: 'The table of Request Chat requires firstName and lastName; the working example has neither.',
    held: 'The suite sends both. What becomes of a request without them is not checked.',
    since: '0.1.0',
    requirements: ['GE-REQ-1', 'GE-COM-6'],
  },
  'who-sees-typing': {
    pages: 'The pages speak of agents who see that a client types; the example shows it to the client.',
    held: 'That it shows in the own transcript is a SHOULD.',
    since: '0.1.0',
    requirements: ['GE-TYPE-1-START', 'GE-TYPE-1-STOP'],
  },
  'order-of-events': {
    pages: 'Two events of the example share one utcTime.',
    held: 'The index orders events, and utcTime never goes back.',
    since: '0.1.0',
    requirements: ['GE-MSG-3', 'GE-MSG-5'],
  },
  'answer-of-complete': {
    pages: 'Complete answers a statusCode alone; every other success has four members more.',
    held: 'Nothing but the statusCode is asked of Complete, and nothing but the statusCode of a refusal.',
    since: '0.1.0',
    requirements: ['GE-COM-2', 'GE-COM-3', 'GE-DONE-1'],
  },
  'nothing-new': {
    pages: 'What Get Messages answers from beyond the last event is left open.',
    held: 'An empty array is a SHOULD; elsewhere an answer without an array of messages is a miss of its shape.',
    since: '0.1.0',
    requirements: ['GE-MSG-7-SHOULD', 'GE-COM-1'],
  },
  'after-complete': {
    pages: 'Complete terminates the chat; whether its transcript is still served is left open.',
    held: 'It may be served with chatEnded true, or refused with statusCode 2.',
    since: '0.1.0',
    requirements: ['GE-MSG-8', 'GE-DONE-1-SHOULD'],
  },
  'kinds-of-notice': {
    pages: 'A new nickname and a pushed URL both show as a Notice in the example, told apart by the text alone.',
    held: 'Both as a Notice with that text: SHOULD.',
    since: '0.1.0',
    requirements: ['GE-NICK-1-SHOULD', 'GE-URL-1'],
  },
  'participant-types': {
    pages: 'The example shows Client and External; products beside this one name Agent.',
    held: 'Any text is legal. Another than those three is a SHOULD miss.',
    since: '0.1.0',
    requirements: ['GE-COM-1-FROM-SHOULD'],
  },
  'wrong-keys': {
    pages:
      'What a wrong secureKey does beyond being refused is left open; the vendor’s support says that it removes the client from the session.',
    held: 'Wrong keys are tried on chats that no other check uses. Where one ends a chat, each is tried on a chat of its own.',
    since: '0.1.0',
    requirements: ['GE-COM-5'],
  },
});
