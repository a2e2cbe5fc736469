import { ozekiPeople, type Person } from '../../apis/ozeki/stub/accounts.js';
import { type Stub, withinProcess } from '../../src/stub/index.js';
import { expect } from '../test.js';

/** The pairs of the stub whose flags are set before a run. */
const pairs = ozekiPeople(1).pairs.slice(0, 2) as ReturnType<typeof ozekiPeople>['pairs'];

interface Shown {
  conversations: { id: string; instance: string }[];
}

async function call({ fetch }: Stub, person: Person, action: string, members = {}): Promise<Shown> {
  const answer = await fetch(`${withinProcess}/ozeki/index.php?srv=chatserver&api=chatconversation`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'Ozeki-User': person.id,
      'Ozeki-Station': person.station,
      'Ozeki-Signature': person.signature,
    },
    body: JSON.stringify({ action, ...members, clientversioncode: 3, timestamp: '2024-03-08 13:55:47' }),
  });
  return (await answer.json()) as Shown;
}

/** Sets flags as people do: some conversations muted, hidden, favourite or coloured, for one of a pair or for both. */
export async function setFlags(stub: Stub): Promise<void> {
  const before = stub.digest();
  for (const { alice, bob } of pairs) {
    const [first, second] = (await call(stub, alice, 'list')).conversations;
    if (first === undefined || second === undefined) throw new Error('the stub shows fewer than two conversations');
    await call(stub, alice, 'mute', { conversationid: first.id });
    await call(stub, alice, 'setlistitembackgroundcolor', { conversationid: first.id, color: '#ffdfba' });
    await call(stub, alice, 'favorite', { conversationid: second.id });
    await call(stub, alice, 'hide', { conversationid: second.id, hideid: `${second.instance};` });
    const his = (await call(stub, bob, 'list')).conversations[0] ?? first;
    await call(stub, bob, 'favorite', { conversationid: his.id });
    await call(stub, bob, 'hide', { conversationid: his.id, hideid: `${his.instance};` });
  }
  expect(stub.digest()).not.toBe(before);
}
