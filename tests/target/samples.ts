/** Parts of target files for the tests. */

export type Json = Record<string, unknown>;

/** The variables that the samples name; each value is a canary that no message may show. */
export const secretEnv: Record<string, string> = {
  ALICE_APIKEY: 'canary-alice-key',
  ALICE_SIGNATURE: 'canary-alice-signature',
  BOB_APIKEY: 'canary-bob-key',
  BOB_SIGNATURE: 'canary-bob-signature',
  RELATION_APIKEY: 'canary-relation-key',
  MEMBER_TOKEN: 'canary-member-token',
  PEER_TOKEN: 'canary-peer-token',
};

/** An account whose credentials come from the environment for ALICE and BOB, and stand in the file for others. */
export function account(name: string): Json {
  const secret = (kind: string) => (`${name}_${kind}` in secretEnv ? `\${${name}_${kind}}` : `${name}-${kind}`);
  return {
    email: `${name.toLowerCase()}@example.test`,
    apikey: secret('APIKEY'),
    station: `station-${name}`,
    signature: secret('SIGNATURE'),
  };
}

/** An Ozeki section with the fewest members. */
export function ozeki(): Json {
  return {
    url: 'https://staging.example/ozeki/index.php',
    pairs: [{ alice: account('ALICE'), bob: account('BOB') }],
  };
}

/** A Relation section without an outsider. */
export function relation(): Json {
  return {
    url: 'https://api.staging.example',
    apiKey: `\${RELATION_APIKEY}`,
    channelUuid: 'c1',
    member: { relationId: 'm1', token: `\${MEMBER_TOKEN}` },
    peer: { relationId: 'p1', token: `\${PEER_TOKEN}` },
  };
}
