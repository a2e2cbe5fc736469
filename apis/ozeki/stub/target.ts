import { md5 } from '../../../src/stub/random.js';
import { accountOf, ozekiPeople, type Person } from './accounts.js';

/** The `ozeki` section of the target file for a stub of this seed at `url` (the host's root). */
export function ozekiTarget(seed: number, url: string, size?: { pairs?: number }) {
  const { pairs, friend, outsider } = ozekiPeople(seed, size);
  const named = (own: Person, partner: Person) => ({
    ...accountOf(own),
    conversations: [partner, friend].map(({ id }) => md5([own.id, id].sort().join(';'))),
  });
  return {
    url: `${url.replace(/\/+$/, '')}/ozeki/index.php`,
    signing: { scheme: 'static' as const },
    pairs: pairs.map(({ alice, bob }) => ({ alice: named(alice, bob), bob: named(bob, alice) })),
    outsider: accountOf(outsider),
  };
}
