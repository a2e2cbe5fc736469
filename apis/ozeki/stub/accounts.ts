import { md5, seededFaker } from '../../../src/stub/random.js';
import type { Account } from './model.js';

/** An account with the names that the server shows. */
export interface Person extends Account {
  /** md5 of the address. */
  id: string;
  fullname: string;
  nick: string;
}

/** Everybody who has an account. */
export interface People {
  /** Each pair shares a conversation; nobody else does, but for the friend. */
  pairs: { alice: Person; bob: Person }[];
  /** Friend and partner of all in `pairs`, in no target file. */
  friend: Person;
  /** Friend and partner of nobody. */
  outsider: Person;
}

const PAIRS = 8;

/** The accounts of a seed, the same in every process. */
export function ozekiPeople(seed: number, { pairs: count = PAIRS }: { pairs?: number } = {}): People {
  const person = personsOf(seed);
  const pairs = Array.from({ length: count }, (_, i) => ({ alice: person(`a${i + 1}`), bob: person(`b${i + 1}`) }));
  return { pairs, friend: { ...person('admin'), nick: 'Administrator' }, outsider: person('outsider') };
}

/** People with whom everybody in `pairs` has a conversation, in no target file. */
export function ozekiOthers(seed: number, count = 0): Person[] {
  const person = personsOf(seed + 1);
  return Array.from({ length: count }, (_, i) => person(`other${i + 1}`));
}

function personsOf(seed: number): (role: string) => Person {
  const faker = seededFaker(seed);
  return (role) => {
    const nick = faker.person.firstName();
    const family = faker.person.lastName();
    const email = `${nick}.${family}.${role}@example.test`.toLowerCase().replace(/[^a-z0-9.@]/g, '');
    return {
      id: md5(email),
      email,
      apikey: faker.string.hexadecimal({ length: 40, casing: 'lower', prefix: '' }),
      station: faker.string.hexadecimal({ length: 32, casing: 'lower', prefix: '' }),
      signature: `${faker.string.alphanumeric(43)}=`,
      fullname: `${nick} ${family}`,
      nick,
    };
  };
}

/** The account as a target file names it. */
export function accountOf({ email, apikey, station, signature }: Person): Account {
  return { email, apikey, station, signature };
}
