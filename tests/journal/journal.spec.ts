import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@playwright/test';
import { createJournal, type JournalEntry, pendingEntries, tidyJournal } from '../../src/journal/journal.js';
import { gone, noteOf } from './notes.js';

const before = { ismuted: false, isfavorite: false, hideid: '', listitembackgroundcolor: '#ffffff' };
const entry: JournalEntry = { api: 'ozeki', account: 'alice@example.test', conversation: 'c1', before };

/** The path of a journal of this test's own. */
function path(): string {
  const file = test.info().outputPath('target.json.journal.jsonl');
  mkdirSync(dirname(file), { recursive: true });
  return file;
}

test('what is noted is pending until it is done', () => {
  const file = path();
  const journal = createJournal(file);
  expect(pendingEntries(file)).toEqual([]);
  journal.note(entry);
  journal.note({ ...entry, conversation: 'c2' });
  expect(pendingEntries(file)).toMatchObject([entry, { ...entry, conversation: 'c2' }]);
  journal.done(entry);
  expect(pendingEntries(file)).toMatchObject([{ conversation: 'c2', writer: { pid: process.pid } }]);
  journal.note(entry);
  expect(pendingEntries(file)).toHaveLength(2);
});

test('what could not be put back stays pending, whatever is done afterwards', () => {
  const file = path();
  const journal = createJournal(file);
  journal.note(entry);
  const later = { ...entry, before: { ...before, ismuted: true } };
  journal.note(later);
  journal.done(later);
  expect(pendingEntries(file)).toMatchObject([entry]);
});

test('a process settles no note of another', async () => {
  const file = path();
  appendFileSync(file, noteOf(entry, await gone()));
  const journal = createJournal(file);
  journal.note(entry);
  journal.done(entry);
  expect(pendingEntries(file)).toHaveLength(1);
});

test('lines that a crash cut off, and foreign ones, are passed over', async () => {
  const file = path();
  const line = noteOf(entry, await gone());
  appendFileSync(file, `${line}null\n{"event":"note"}\n[]\n{"entry":{"account":"a"}}\n${line.slice(0, 40)}`);
  expect(pendingEntries(file)).toMatchObject([entry]);
});

test('a journal is removed when nothing is pending, and not before', () => {
  const file = path();
  const journal = createJournal(file);
  journal.note(entry);
  tidyJournal(file);
  expect(pendingEntries(file)).toHaveLength(1);
  journal.done(entry);
  tidyJournal(file);
  expect(existsSync(file)).toBe(false);
  tidyJournal(file);
  expect(readdirSync(dirname(file))).toEqual([]);
});

test('no credential stands in a journal', () => {
  const file = path();
  createJournal(file).note({ ...entry, apikey: 'canary' } as JournalEntry);
  expect(readFileSync(file, 'utf8')).not.toContain('canary');
});
