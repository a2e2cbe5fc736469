import { dirname, join, resolve } from 'node:path';
import { readSchema, schemaFolder } from '../../src/schemas/index.js';
import {
  identity,
  memberOf,
  modulePathProblems,
  type Problem,
  type ResolvedTarget,
  type TargetSection,
  withoutTrailingSlashes,
} from '../../src/target/index.js';
import type { TargetRelation } from '../../types/target.js';
import { relationTarget } from './stub/target.js';

/** One relation of the Relation API, with its bearer token. */
export interface RelationAccount {
  relationId: string;
  /** Left out where a module gives tokens. */
  token?: string;
  /** What Auth makes a token of. */
  addressAuthToken?: string;
  inviteCode?: string;
}

/** The Relation section. Its URL ends without a slash. */
export interface RelationTarget {
  url: string;
  apiKey: string;
  /** Left out where the suite makes a group. */
  channelUuid?: string;
  member: RelationAccount;
  peer: RelationAccount;
  outsider?: RelationAccount;
  /** Was a member of the channel and is none any more. */
  former?: RelationAccount;
  /** `false` where the server has no direct messages. */
  directMessages?: boolean;
  /** Whether the server has groups and what belongs to them; left out, as it answers. */
  groups?: boolean;
  /** `true` where the server has Chats / Hide at the path that a public client uses. */
  chatsHide?: boolean;
  /** The module that gives the tokens, asked again where one has expired. Its path is absolute. */
  tokens?: { path: string };
}

/** What messages say of the tokens module. */
export const tokensModule = {
  noun: 'tokens module',
  member: 'relation.tokens.path',
  example: 'export default async function token(account) { … }',
};

const roles = ['member', 'peer', 'outsider', 'former'] as const;

/** The Relation section of a target; `undefined` where it has none. */
export function relationOf(target: ResolvedTarget): RelationTarget | undefined {
  return target.sections.relation as RelationTarget | undefined;
}

/** The Relation section of a target file. */
export const relationSection: TargetSection<RelationTarget> = {
  schema: () => readSchema(join(schemaFolder, 'relation', 'target.json')),
  resolve(given, file) {
    const { tokens, ...section } = given as TargetRelation;
    const module = tokens && { tokens: { path: resolve(dirname(file), tokens.path) } };
    return { ...section, ...module, url: withoutTrailingSlashes(section.url) };
  },
  secrets: (section) => [
    section.apiKey,
    ...roles.flatMap((role) => [section[role]?.token ?? '', section[role]?.addressAuthToken ?? '']),
  ],
  ownHeaders: ['ApiKey', 'Authorization', 'I-Authorization'],
  identities: (given) => roles.flatMap((role) => identity(memberOf(given, role), 'relationId', `relation.${role}`)),
  problems: (given, file) => [
    ...modulePathProblems(memberOf(memberOf(given, 'tokens'), 'path'), tokensModule, file),
    ...placeProblems(given),
  ],
  starter: {
    url: 'https://api.example.test',
    apiKey: `\${RELATION_APIKEY}`,
    channelUuid: `\${RELATION_CHANNEL}`,
    member: starterAccount('MEMBER'),
    peer: starterAccount('PEER'),
    outsider: starterAccount('OUTSIDER'),
  },
  ofStub: relationTarget,
  standIn(ofStub, { channelUuid, member, outsider, former, directMessages, groups, chatsHide }) {
    const { member: own, ...stub } = ofStub as ReturnType<typeof relationTarget>;
    const { addressAuthToken, ...account } = own;
    return {
      ...stub,
      channelUuid: channelUuid && stub.channelUuid,
      member: member.addressAuthToken === undefined ? account : own,
      outsider: outsider && stub.outsider,
      former: former && stub.former,
      ...{ directMessages, groups, chatsHide },
    };
  },
};

/** Without a channel and without groups there is no place for messages. */
function placeProblems(given: unknown): Problem[] {
  if (memberOf(given, 'channelUuid') !== undefined || memberOf(given, 'groups') !== false) return [];
  const problem =
    'is missing. Name a channel of member and peer, or take "groups": false away, so that the suite can make one';
  return [{ path: 'relation.channelUuid', problem }];
}

function starterAccount(role: string): unknown {
  return { relationId: `\${${role}_ID}`, token: `\${${role}_TOKEN}` };
}
