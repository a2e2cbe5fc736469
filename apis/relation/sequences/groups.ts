import type { Outcome } from '../../../src/exchange/outcome.js';
import type { Observation } from '../../../src/passive/types.js';
import type { Sequences } from '../../../src/recording/api.js';
import { createBounded } from '../../../src/recording/bounded.js';
import { isBefore, type Moment, membersOf, momentOf, textOf } from '../../../src/recording/members.js';
import type { RecordedExchange } from '../../../src/recording/types.js';
import { equal } from '../../../src/rules/index.js';

const keptGroups = 5000;

/**
 * Judges what recordings show of groups by the calls before: that each Create gives another group, and that a dismissed one is
 * shown to nobody. Who is in a group may change outside a recording, so that is not judged.
 */
export function groupSequences(): Sequences {
  /** The types of groups by their server and id. */
  const made = createBounded<string, string>(keptGroups);
  const dismissed = createBounded<string, Moment>(keptGroups);

  const created = (exchange: RecordedExchange): Observation[] => {
    const uuid = textOf(membersOf(membersOf(exchange.response.json).data).channelUuid);
    const type = textOf(membersOf(exchange.request.json).type);
    // A conversation of two may be found where it is there already.
    if (uuid === undefined || type !== 'G') return [];
    const key = `${exchange.server}\n${uuid}`;
    const isAgain = made.has(key);
    made.set(key, type);
    const again = { message: 'Create answers the id of a group that was made before', path: '/data/channelUuid' };
    const findings = isAgain ? [{ ...again, expected: 'an id of its own', found: uuid }] : [];
    return [{ requirement: 'RG-CREATE-1', findings }];
  };

  const seen = (exchange: RecordedExchange, key: string): Observation[] => {
    const [gone, type] = [dismissed.get(key), made.get(key)];
    const judged: Observation[] = [];
    if (gone !== undefined && isBefore(gone, exchange)) {
      const finding = { message: `${exchange.action} shows a group that was dismissed`, path: '/code' };
      judged.push({ requirement: 'RG-DISBAND-1', findings: [{ ...finding, expected: 'code 13104', found: '"0"' }] });
    }
    if (type !== undefined && exchange.action === 'info') {
      const shown = membersOf(membersOf(exchange.response.json).data).type;
      const findings = equal(shown, type, 'Info shows another type than Create was sent', '/data/type');
      judged.push({ requirement: 'RG-INFO-1', findings });
    }
    return judged;
  };

  return (exchange: RecordedExchange, outcome: Outcome): Observation[] => {
    if (outcome !== 'served' || exchange.intent !== 'call') return [];
    if (exchange.action === 'create') return created(exchange);
    const uuid = textOf(membersOf(exchange.request.json).channelUuid);
    if (uuid === undefined) return [];
    const key = `${exchange.server}\n${uuid}`;
    if (exchange.action === 'disband') dismissed.set(key, momentOf(exchange));
    return exchange.action === 'info' || exchange.action === 'members' ? seen(exchange, key) : [];
  };
}
