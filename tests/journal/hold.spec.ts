import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { holdJournal, isHeld } from '../../src/journal/hold.js';
import { expect, test } from '../test.js';

function path(): string {
  const file = test.info().outputPath('target.json.journal.jsonl');
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

test('one run at a time has a journal', () => {
  const file = path();
  expect(isHeld(file)).toBe(false);
  const lock = holdJournal(file);
  expect(isHeld(file)).toBe(true);
  expect(() => holdJournal(file)).toThrow(
    new RegExp(
      `^Another run is going on with this target \\(process ${process.pid} on ${hostname()}\\).*Wait for its end`,
    ),
  );
  lock.release();
  holdJournal(file).release();
  expect(isHeld(file)).toBe(false);
});

test('the shards of a run share it, each once, and no other run with them', () => {
  const file = path();
  const first = holdJournal(file, { current: 1, total: 2 });
  const second = holdJournal(file, { current: 2, total: 2 });
  expect(() => holdJournal(file, { current: 2, total: 2 })).toThrow('Another run');
  expect(() => holdJournal(file)).toThrow('Another run');
  first.release();
  second.release();
  const whole = holdJournal(file);
  expect(() => holdJournal(file, { current: 1, total: 2 })).toThrow('Another run');
  whole.release();
});

test('a lock that cannot be written is told with the mend', () => {
  const file = path();
  writeFileSync(file, '');
  expect(() => holdJournal(`${file}/in/a/file`)).toThrow(/cannot be written: .* Make the folder writable/);
});
