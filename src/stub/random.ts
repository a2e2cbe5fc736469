import { createHash } from 'node:crypto';
import type { Faker } from '@faker-js/faker';
import { faker } from '@faker-js/faker/locale/en';

// Only the English names are loaded (all locales cost a quarter of a second), and the shared generator is left unseeded for others.
const OwnFaker = faker.constructor as typeof Faker;

/** A faker of its own: the same seed gives the same values, whatever else uses faker in this process. */
export function seededFaker(seed: number): Faker {
  const own = new OwnFaker({ locale: faker.rawDefinitions });
  own.seed(seed);
  return own;
}

/** `length` bytes that follow from `text` alone and look random; for ciphertexts that nobody decrypts. */
export function bytesFrom(text: string, length: number): Buffer {
  return createHash('shake256', { outputLength: length }).update(text).digest();
}

/** The md5 of a text, 32 lower-case hex digits. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** A UUID (version 4 in form) that follows from the text. */
export function uuidFrom(text: string): string {
  const hex = md5(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** A short hash of plain data, to tell two states apart. */
export function digestOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 32);
}
