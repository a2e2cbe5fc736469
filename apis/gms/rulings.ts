import { rulings } from '../../src/requirements/rulings.js';

/** Where the pages of the GMS Chat API contradict themselves or leave something open, and what the suite holds. */
export const gmsRulings = rulings('gms', {
  'page-and-clients': {
    pages:
      'What eleven of the fifteen operations do is known from public clients alone, as far as the pages could be read.',
    held: 'A server may lack them: what they do is a SHOULD. Request Chat, Send Message, Refresh and Disconnect must be there, for no client can do without.',
    since: '0.1.0',
    requirements: ['GMS-COM-2'],
  },
  'one-format': {
    pages:
      'One format is described for the answers of all operations; the example of Request Chat has neither nextPosition nor chatEnded.',
    held: 'Both are needed on Refresh. Elsewhere they may be left out; where they are there, nextPosition lies above every index shown, and chatEnded is false while the chat lives.',
    since: '0.1.0',
    requirements: ['GMS-REF-3', 'GMS-REF-6', 'GMS-REQ-1'],
  },
  'newest-values': {
    pages: 'Later answers may carry alias, userId and secureKey, which are to be used when provided.',
    held: 'None of them need be there, and each may differ from the one before. The next call bears the newest. Only the chatId must stay.',
    since: '0.1.0',
    requirements: ['GMS-ALIAS-1', 'GMS-COM-3'],
  },
  'required-values': {
    pages:
      'Send Message requires userId and alias; a client of the vendor calls both deprecated and leaves them out where it has none.',
    held: 'The suite sends all three. What becomes of a call without userId or alias is not checked; one without secureKey must be refused.',
    since: '0.1.0',
    requirements: ['GMS-COM-4', 'GMS-COM-5'],
  },
  'names-of-the-client': {
    pages: 'The table marks the nickname and both other names as required; its text says that either is enough.',
    held: 'Either is enough: a refusal of one is a miss.',
    since: '0.1.0',
    requirements: ['GMS-REQ-3'],
  },
  'no-messages': {
    pages: 'The array of messages may be empty; clients read one that is missing as empty.',
    held: 'Both are legal where there is nothing to show.',
    since: '0.1.0',
    requirements: ['GMS-COM-1', 'GMS-REF-7'],
  },
  'index-of-events': {
    pages: 'The notice that answers File Limits in a recording has no index.',
    held: 'Events of a transcript have one, those in the answers of other operations may have.',
    since: '0.1.0',
    requirements: ['GMS-COM-1', 'GMS-REF-1'],
  },
  'how-to-refuse': {
    pages:
      'A call may be refused by HTTP 200 with statusCode 1 or 2, or by another HTTP status with error codes; what these look like could not be read.',
    held: 'Both are legal. Whatever member speaks of errors or codes is taken for an error code.',
    since: '0.1.0',
    requirements: ['GMS-COM-2', 'GMS-COM-7'],
  },
  'after-disconnect': {
    pages: 'What Refresh and Send Message answer after Disconnect is left open.',
    held: 'chatEnded true, statusCode 2 and a refusal by HTTP status are all legal; chatEnded false is not.',
    since: '0.1.0',
    requirements: ['GMS-DONE-1'],
  },
  'own-typing': {
    pages: 'Clients of the vendor expect to see their own typing in the transcript.',
    held: 'That it shows is a SHOULD.',
    since: '0.1.0',
    requirements: ['GMS-TYPE-1-START', 'GMS-TYPE-1-STOP'],
  },
  'read-receipts': {
    pages: 'What a read receipt brings about was found nowhere.',
    held: 'Only that it is answered is looked at, as a SHOULD.',
    since: '0.1.0',
    requirements: ['GMS-READ-1'],
  },
  'kinds-of-participant': {
    pages: 'The list of types of participants could not be read to its end.',
    held: 'Any text is legal. Another than Client, Agent, Supervisor and External is a SHOULD miss.',
    since: '0.1.0',
    requirements: ['GMS-COM-1-FROM-SHOULD'],
  },
  'wrong-keys': {
    pages: 'The vendor’s support says that a wrong secureKey puts the client out of the chat at once.',
    held: 'Each wrong key is tried on a chat that nothing else uses.',
    since: '0.1.0',
    requirements: ['GMS-COM-4'],
  },
  'where-it-begins': {
    pages: 'The path begins at /genesys/2/chat; gateways publish it under prefixes of their own.',
    held: 'The target gives the address up to and with chat, and traffic is known by what stands behind the version.',
    since: '0.1.0',
    requirements: ['GMS-COM-6'],
  },
});
