// @ts-check
/** Measures how the cost of redaction grows: each row doubles one input four times. Needs a current build: `npm run bench`. */
import { createHash } from 'node:crypto';
import { createRedactor } from '../dist/src/secrets/index.js';

/** Text that looks random and is the same in each run. @param {number} length */
function noise(length) {
  let text = '';
  for (let block = 0; text.length < length; block += 1)
    text += createHash('sha512').update(`${block}`).digest('base64');
  return text.slice(0, length);
}

const token = '8b31761b2154884c';
const kilobyte = 1024;

/** @typedef {{ secrets: string[], text: string }} Case */
/** What grows, by name: makes the inputs of a size. @type {[string, number, (size: number) => Case][]} */
const rows = [
  [
    'prose',
    64 * kilobyte,
    (size) => ({ secrets: [token], text: 'a message of some words, "quoted", 12. '.repeat(size / 39) }),
  ],
  ['base64', 64 * kilobyte, (size) => ({ secrets: [token], text: noise(size) })],
  ['hex', 64 * kilobyte, (size) => ({ secrets: [token], text: Buffer.from(noise(size / 2)).toString('hex') })],
  [
    'a text of backslashes, a secret of 64',
    4 * kilobyte,
    (size) => ({ secrets: ['\\'.repeat(64)], text: '\\'.repeat(size) }),
  ],
  ['percent-encoded percent signs', 16 * kilobyte, (size) => ({ secrets: [token], text: `%${'25'.repeat(size / 2)}` })],
  ['entities with leading zeros', 16 * kilobyte, (size) => ({ secrets: [token], text: `&#${'0'.repeat(size)}65;` })],
  [
    'a text of one letter, a secret of 64',
    64 * kilobyte,
    (size) => ({ secrets: [`${'a'.repeat(63)}b`], text: 'a'.repeat(size) }),
  ],
  ['a text of ellipses', 16 * kilobyte, (size) => ({ secrets: [noise(64)], text: `${noise(16)}…`.repeat(size / 17) })],
  ['names of members and no values', 64 * kilobyte, (size) => ({ secrets: [], text: '"token" : '.repeat(size / 10) })],
  ['beginnings of tokens', 64 * kilobyte, (size) => ({ secrets: [], text: 'eyJ-'.repeat(size / 4) })],
  ['length of one secret', 16 * kilobyte, (size) => ({ secrets: [noise(size)], text: noise(64 * kilobyte) })],
  [
    'length of one secret of backslashes',
    2 * kilobyte,
    (size) => ({ secrets: ['\\'.repeat(size)], text: '\\'.repeat(64 * kilobyte) }),
  ],
  [
    'number of secrets',
    256,
    (size) => ({
      secrets: Array.from({ length: size }, (_, i) => createHash('md5').update(`${i}`).digest('hex')),
      text: noise(64 * kilobyte),
    }),
  ],
];

/** Milliseconds of the fastest of some rounds, building included. @param {Case} inputs */
function cost({ secrets, text }) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const startedAt = process.cpuUsage();
    createRedactor(secrets).text(text);
    const { user, system } = process.cpuUsage(startedAt);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

console.log(
  `${'redaction, when an input doubles'.padEnd(44)} ${'from'.padStart(8)}   ms, and how many times that at each doubling (aim: 2)`,
);
for (const [name, size, make] of rows) {
  cost(make(size));
  const costs = [1, 2, 4, 8, 16].map((factor) => cost(make(size * factor)));
  const ratios = costs.slice(1).map((ms, index) => (ms / (costs[index] ?? ms)).toFixed(2));
  console.log(
    `${name.padEnd(44)} ${String(size).padStart(8)}   ${(costs[0] ?? 0).toFixed(1).padStart(6)}   ${ratios.join('  ')}`,
  );
}
