import { join } from 'node:path';
import { readSchema, schemaFolder } from '../../src/schemas/index.js';
import {
  identity,
  memberOf,
  type ResolvedTarget,
  type TargetSection,
  withoutTrailingSlashes,
} from '../../src/target/index.js';
import type { TargetRelation } from '../../types/target.js';
import { relationTarget } from './stub/target.js';

/** One relation of the Relation API with its bearer token. */
export interface RelationAccount {
  relationId: string;
  token: string;
}

/** The Relation section. Its URL ends without a slash. */
export interface RelationTarget {
  url: string;
  apiKey: string;
  channelUuid: string;
  member: RelationAccount;
  peer: RelationAccount;
  outsider?: RelationAccount;
}

const roles = ['member', 'peer', 'outsider'] as const;

/** The Relation section of a target; `undefined` where it has none. */
export function relationOf(target: ResolvedTarget): RelationTarget | undefined {
  return target.sections.relation as RelationTarget | undefined;
}

/** The Relation section of a target file. */
export const relationSection: TargetSection<RelationTarget> = {
  schema: () => readSchema(join(schemaFolder, 'relation', 'target.json')),
  resolve(given) {
    const section = given as TargetRelation;
    return { ...section, url: withoutTrailingSlashes(section.url) };
  },
  secrets: (section) => [section.apiKey, ...roles.map((role) => section[role]?.token ?? '')],
  ownHeaders: ['ApiKey', 'Authorization'],
  identities: (given) => roles.flatMap((role) => identity(memberOf(given, role), 'relationId', `relation.${role}`)),
  starter: {
    url: 'https://api.example.test',
    apiKey: `\${RELATION_APIKEY}`,
    channelUuid: `\${RELATION_CHANNEL}`,
    member: starterAccount('MEMBER'),
    peer: starterAccount('PEER'),
    outsider: starterAccount('OUTSIDER'),
  },
  ofStub: relationTarget,
  standIn(ofStub, { outsider }) {
    const stub = ofStub as ReturnType<typeof relationTarget>;
    return { ...stub, outsider: outsider === undefined ? undefined : stub.outsider };
  },
};

function starterAccount(role: string): unknown {
  return { relationId: `\${${role}_ID}`, token: `\${${role}_TOKEN}` };
}
