import type { Finding } from '../../../src/exchange/index.js';
import type { Outcome } from '../../../src/exchange/outcome.js';
import type { Observation } from '../../../src/passive/types.js';
import { createBounded } from '../../../src/recording/bounded.js';
import { hashOf, membersOf, objectsOf, textOf } from '../../../src/recording/members.js';
import type { RecordedExchange } from '../../../src/recording/types.js';

const names = ['userId', 'secureKey'] as const;

/** What the answers of one chat gave, as hashes. */
interface Given {
  values: Record<(typeof names)[number], Set<string>>;
  /** Whether every answer since the chat was opened is known: one that nobody saw may have given another key. */
  isSure: boolean;
}

const keptChats = 2000;

/**
 * Judges the credentials of chats whose opening is recorded: what no answer of the chat gave must not be served.
 * @param ids the requirements on each; one id where a wrong value of either is one miss
 */
export function createCredentials(
  open: string,
  ids: Readonly<Record<(typeof names)[number], string>>,
): (exchange: RecordedExchange, outcome: Outcome, chatId: string | undefined) => Observation[] {
  const chats = createBounded<string, Given>(keptChats);

  const note = ({ values }: Given, exchange: RecordedExchange): void => {
    const body = membersOf(exchange.response.json);
    for (const name of names) {
      const value = textOf(body[name]);
      if (value !== undefined) values[name].add(hashOf(value));
    }
  };

  return (exchange, outcome, chatId) => {
    if (exchange.action === open) {
      const opened = textOf(membersOf(exchange.response.json).chatId);
      if (outcome !== 'served' || opened === undefined) return [];
      const given: Given = { values: { userId: new Set(), secureKey: new Set() }, isSure: !exchange.masked };
      chats.set(`${exchange.server}\n${opened}`, given);
      note(given, exchange);
      return [];
    }
    const given = chats.get(`${exchange.server}\n${chatId}`);
    if (given === undefined) return [];
    if (outcome === 'broken' || exchange.masked) given.isSure = false;
    const asked = membersOf(exchange.request.json);
    const wrong = names.filter((name) => {
      const value = textOf(asked[name]);
      return value !== undefined && value !== '' && !given.values[name].has(hashOf(value));
    });
    if (wrong.length === 0) {
      if (outcome === 'served') note(given, exchange);
      return [];
    }
    if (!given.isSure) return [];
    const body = membersOf(exchange.response.json);
    const isLetIn = outcome === 'served' || objectsOf(body.messages).length > 0;
    // A wrong key weighs more than a wrong user.
    const requirement = ids[wrong.includes('secureKey') ? 'secureKey' : 'userId'];
    return [{ requirement, findings: isLetIn ? [findingOf(exchange, wrong)] : [] }];
  };
}

function findingOf({ action }: RecordedExchange, wrong: readonly string[]): Finding {
  return {
    message: `${action} is served with a ${wrong.join(' and a ')} that no answer of the chat gave`,
    expected: 'a refusal without messages',
    found: 'an answer as to those who take part',
  };
}
