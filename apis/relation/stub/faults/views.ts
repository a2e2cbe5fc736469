import type { Call } from '../call.js';
import type { Message } from '../model.js';
import { faultsOf, instead, row } from '../rows.js';

/** By what a careless server may tell messages apart, and what it then shows otherwise. */
interface Attribute {
  /** Which messages: "messages ...". */
  words: string;
  isOf(message: Message, call: Call): boolean;
  /** How such messages are shown: "... without their quote". */
  changed: string;
  change(message: Message): Partial<Message>;
}

const LARGE = 1000;

const ATTRIBUTES: Record<string, Attribute> = {
  typed: {
    words: 'of another type than TEXT',
    isOf: ({ type }) => type !== 'TEXT',
    changed: 'as TEXT',
    change: () => ({ type: 'TEXT' }),
  },
  own: {
    words: 'that the caller has sent',
    isOf: ({ from }, { caller }) => from === caller?.relationId,
    changed: 'without their content',
    change: () => ({ content: '' }),
  },
  received: {
    words: 'that somebody else has sent',
    isOf: ({ from }, { caller }) => from !== caller?.relationId,
    changed: 'without their content',
    change: () => ({ content: '' }),
  },
  large: {
    words: `of more than ${LARGE} characters`,
    isOf: ({ content }) => content.length > LARGE,
    changed: 'cut',
    change: ({ content }) => ({ content: content.slice(0, LARGE) }),
  },
  quoting: {
    words: 'that quote another',
    isOf: ({ quoteId }) => quoteId !== undefined,
    changed: 'without their quote',
    change: () => ({ quoteId: undefined }),
  },
};

/** Messages that are left out or look otherwise in one view: each attribute times each view. Own messages are never unread. */
export const viewFaults = Object.entries(ATTRIBUTES).flatMap(([name, { words, isOf, changed, change }]) =>
  faultsOf({
    [name === 'quoting' ? 'RE-LIST-11' : 'RE-LIST-9']: {
      [`list-without-${name}`]: row(`List leaves out messages ${words}.`).by(
        instead('messagesOf', (usual, call) => usual().filter((message) => !isOf(message, call))),
      ),
      [`list-changes-${name}`]: row(`List shows messages ${words} ${changed}.`).by(
        instead('showMessage', (usual, call, message) =>
          isOf(message, call) ? usual(call, { ...message, ...change(message) }) : usual(),
        ),
      ),
    },
    'RE-UNREAD-1-SHOULD':
      name === 'own'
        ? {}
        : {
            [`unread-not-of-${name}`]: row(`Unread count passes over messages ${words}.`).by(
              instead('unreadIn', (usual, call) => usual().filter((message) => !isOf(message, call))),
            ),
          },
  }),
);
