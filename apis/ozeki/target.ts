import { dirname, join, resolve } from 'node:path';
import { readSchema, schemaFolder } from '../../src/schemas/index.js';
import {
  type Identity,
  identity,
  listAt,
  memberOf,
  modulePathProblems,
  type Problem,
  type ResolvedTarget,
  type TargetSection,
} from '../../src/target/index.js';
import type { TargetOzeki } from '../../types/target.js';
import type { OzekiAccount, OzekiPair, Signing } from './accounts.js';
import { ozekiTarget } from './stub/target.js';

/** The Ozeki section, defaults filled in. */
export interface OzekiTarget {
  url: string;
  firstPageCursor: 'now' | 'empty' | 'omit';
  signing: Signing;
  pairs: OzekiPair[];
  /** Friend and partner of nobody in `pairs`. */
  outsider?: OzekiAccount;
}

/** What messages say of the signing module. */
export const signingModule = {
  noun: 'signing module',
  member: 'ozeki.signing.path',
  example: 'export default function sign(request) { … }',
};

/** The Ozeki section of a target; `undefined` where it has none. */
export function ozekiOf(target: ResolvedTarget): OzekiTarget | undefined {
  return target.sections.ozeki as OzekiTarget | undefined;
}

/** Every account of a section. */
export function accountsOf({ pairs, outsider }: OzekiTarget): OzekiAccount[] {
  return [...pairs.flatMap(({ alice, bob }) => [alice, bob]), ...(outsider ? [outsider] : [])];
}

/** The Ozeki section of a target file. */
export const ozekiSection: TargetSection<OzekiTarget> = {
  schema: () => readSchema(join(schemaFolder, 'ozeki', 'target.json')),
  resolve(given, file) {
    const { url, firstPageCursor = 'now', signing, pairs, outsider } = given as TargetOzeki;
    // The address is a script's, and a folder's index may answer too: only a slash after the script means nothing.
    const normalised = url.replace(/(\.php)\/+$/, '$1');
    return { url: normalised, firstPageCursor, signing: resolveSigning(signing, file), pairs, outsider };
  },
  secrets: (section) => accountsOf(section).flatMap((account) => [account.apikey, account.signature ?? '']),
  ownHeaders: ['Ozeki-*'],
  identities: (given) => [
    ...listAt(given, 'pairs').flatMap((pair, index) => [
      ...identitiesOf(memberOf(pair, 'alice'), `ozeki.pairs[${index}].alice`),
      ...identitiesOf(memberOf(pair, 'bob'), `ozeki.pairs[${index}].bob`),
    ]),
    ...identitiesOf(memberOf(given, 'outsider'), 'ozeki.outsider'),
  ],
  problems: signingProblems,
  starter: {
    url: 'https://chat.example.test/ozeki/index.php',
    pairs: [
      {
        alice: starterAccount('alice', '00000000000000000000000000000001'),
        bob: starterAccount('bob', '00000000000000000000000000000002'),
      },
    ],
  },
  ofStub: ozekiTarget,
  standIn(ofStub, { firstPageCursor, pairs, outsider }) {
    const stub = ofStub as ReturnType<typeof ozekiTarget>;
    return {
      ...stub,
      firstPageCursor,
      pairs: stub.pairs.slice(0, pairs.length),
      outsider: outsider === undefined ? undefined : stub.outsider,
    };
  },
};

function resolveSigning(signing: TargetOzeki['signing'], file: string): Signing {
  if (signing?.scheme !== 'module' || signing.path === undefined) return { scheme: 'static' };
  return { scheme: 'module', path: resolve(dirname(file), signing.path) };
}

function identitiesOf(account: unknown, path: string): Identity[] {
  // Notification names no user: the station id alone picks one, so two accounts cannot share it.
  return [...identity(account, 'email', path), ...identity(account, 'station', path)];
}

function signingProblems(given: unknown, file: string): Problem[] {
  const signing = memberOf(given, 'signing');
  if (memberOf(signing, 'scheme') !== 'module') return [];
  return modulePathProblems(memberOf(signing, 'path'), signingModule, file);
}

function starterAccount(name: string, station: string): unknown {
  const prefix = name.toUpperCase();
  return {
    email: `${name}@example.test`,
    apikey: `\${${prefix}_APIKEY}`,
    station,
    signature: `\${${prefix}_SIGNATURE}`,
  };
}
