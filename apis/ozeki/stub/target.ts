import { accountOf, ozekiPeople } from './accounts.js';

/** The `ozeki` section of the target file for a stub of this seed at `url` (the host's root). */
export function ozekiTarget(seed: number, url: string) {
  const { pairs, outsider } = ozekiPeople(seed);
  return {
    url: `${url.replace(/\/+$/, '')}/ozeki/index.php`,
    signing: { scheme: 'static' as const },
    pairs: pairs.map(({ alice, bob }) => ({ alice: accountOf(alice), bob: accountOf(bob) })),
    outsider: accountOf(outsider),
  };
}
