import { seededFaker } from '../../../src/stub/random.js';
import type { User } from './model.js';

/** Everybody who has an account, the key of the application, and the channel. */
export interface People {
  apiKey: string;
  channelUuid: string;
  member: User;
  peer: User;
  /** No member of the channel. */
  outsider: User;
  /** Was a member of the channel when its first messages were sent. */
  former: User;
  /** Further members of the channel, in no target file. */
  others: readonly [User, User];
}

/** Which server has issued a token. */
export const ISSUER = 'ro';

/** The accounts of a seed, the same in every process. */
export function relationPeople(seed: number): People {
  const faker = seededFaker(seed + 2000);
  const hex = () => faker.string.hexadecimal({ length: 32, casing: 'lower', prefix: '' });
  const user = (): User => ({
    relationId: hex(),
    token: `${ISSUER}.${faker.string.alphanumeric(24)}.${faker.string.alphanumeric(43)}`,
    name: faker.person.firstName(),
    avatar: `https://images.example.test/${faker.string.alphanumeric(8)}.png`,
  });
  const people: People = {
    apiKey: faker.string.alphanumeric(32),
    channelUuid: hex(),
    member: user(),
    peer: user(),
    outsider: user(),
    others: [user(), { ...user(), name: null, avatar: null }],
    former: user(),
  };
  const addressAuthToken = `ad.${faker.string.alphanumeric(24)}.${faker.string.alphanumeric(43)}`;
  return { ...people, member: { ...people.member, addressAuthToken } };
}
