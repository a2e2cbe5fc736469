import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ProcessIdentity, self, standingOf } from '../../src/processes/identity.js';
import { holderOf, isLock, takeLock } from '../../src/processes/lock.js';
import { atWork, gone } from '../journal/notes.js';
import { expect, test } from '../test.js';

function path(): string {
  const file = test.info().outputPath('lock');
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

/** A lock as a process has left it that touched it so many seconds ago. */
function left(file: string, holder: ProcessIdentity | string, seconds: number): void {
  writeFileSync(file, typeof holder === 'string' ? holder : JSON.stringify(holder));
  const then = new Date(Date.now() - 1000 * seconds);
  utimesSync(file, then, then);
}

test('one has a lock until it is released', () => {
  const file = path();
  const lock = takeLock(file);
  expect(isLock(lock)).toBe(true);
  expect(takeLock(file)).toEqual({ by: self });
  expect(holderOf(file)).toEqual({ by: self });
  if (isLock(lock)) lock.release();
  expect(holderOf(file)).toBeUndefined();
  expect(readdirSync(dirname(file))).toEqual([]);
});

const here = self.start?.split(' ').slice(0, 2).join(' ');
const elsewhere = { machine: 'elsewhere', pid: 1, since: 1, start: 'boot pid:[1] 1' };

for (const [what, holder, seconds, isFree] of [
  ['a process that is gone', { ...self, start: `${here} 1` }, 0, true],
  ['number one of another container', elsewhere, 10, false],
  ['number one of another container that is silent', elsewhere, 60, true],
  ['a machine that tells nothing of its processes', { machine: 'elsewhere', pid: 1, since: 1 }, 60, true],
  ['another machine whose clock is ahead', { machine: 'elsewhere', pid: 1, since: 1 }, -10, false],
  ['another machine, of a time that has not come', { machine: 'elsewhere', pid: 1, since: 1 }, -3600, true],
  ['nobody', '', 10, false],
  ['nobody, for long', '', 60, true],
  ['garbage, for long', '[]', 60, true],
] as const) {
  test(`the lock of ${what} is ${isFree ? 'taken over' : 'waited for'}`, () => {
    const file = path();
    left(file, holder, seconds);
    expect(holderOf(file) === undefined).toBe(isFree);
    const lock = takeLock(file);
    expect(isLock(lock)).toBe(isFree);
    if (!isLock(lock)) return;
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(self);
    lock.release();
    expect(readdirSync(dirname(file))).toEqual([]);
  });
}

test('a lock that another one has taken over is not taken away by its first holder', async () => {
  const file = path();
  const lock = takeLock(file);
  await using other = await atWork();
  left(file, other.writer, 0);
  if (isLock(lock)) lock.release();
  expect(holderOf(file)).toMatchObject({ by: other.writer });
});

test('a process is told from the next one of its number', async () => {
  test.skip(self.start === undefined, 'the system does not tell');
  expect(standingOf(self)).toBe('alive');
  expect(standingOf({ ...self, start: `${here} 1` })).toBe('gone');
  expect(standingOf(await gone())).toBe('gone');
  // One that an older version wrote down, at work under this number; and one of which only its machine can tell.
  const { start: _told, ...older } = self;
  expect(standingOf(older)).toBe('unknown');
  expect(standingOf(elsewhere)).toBe('unknown');
});
