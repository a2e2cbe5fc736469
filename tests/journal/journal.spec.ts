import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../../src/errors.js';
import {
  checkJournal,
  createJournal,
  isLive,
  type JournalEntry,
  pendingEntries,
  readJournal,
  settle,
  tidyJournal,
} from '../../src/journal/journal.js';
import { type ProcessIdentity, self } from '../../src/processes/identity.js';
import { expect, test } from '../test.js';
import { atWork, gone, noteOf } from './notes.js';

const before = { ismuted: false, isfavorite: false, hideid: '', listitembackgroundcolor: '#ffffff' };
const entry: JournalEntry = { api: 'ozeki', account: 'alice@example.test', subject: 'c1', before };

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
  journal.note({ ...entry, subject: 'c2' });
  expect(pendingEntries(file)).toMatchObject([entry, { ...entry, subject: 'c2' }]);
  journal.done(entry);
  expect(pendingEntries(file)).toMatchObject([{ subject: 'c2', writer: { pid: process.pid } }]);
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

test('a note is cut off at any place, but is broken nowhere', async () => {
  const file = path();
  const note = noteOf({ ...entry, before: { ...before, count: -1.5e3, isnull: null } }, await gone()).trim();
  for (let length = 1; length < note.length; length += 1) {
    writeFileSync(file, note.slice(0, length));
    expect(readJournal(file), note.slice(0, length)).toEqual({ pending: [], problems: [] });
  }
  writeFileSync(file, note.replace('"entry":', '"entry"#'));
  expect(readJournal(file).problems).toHaveLength(1);
});

test('what is no file is no journal', () => {
  const file = path();
  mkdirSync(file);
  expect(() => readJournal(file)).toThrow('it is a folder, not a file');
});

test('a line that a crash cut off is passed over, and swallows none that comes after', async () => {
  const file = path();
  const line = noteOf(entry, await gone());
  appendFileSync(file, `${line}${line.slice(0, 40)}`);
  createJournal(file).note({ ...entry, subject: 'c2' });
  expect(readJournal(file)).toMatchObject({ pending: [entry, { subject: 'c2' }], problems: [] });
  for (let length = 1; length < line.length - 1; length += 7) {
    const cut = test.info().outputPath(`cut-${length}`);
    appendFileSync(cut, line.slice(0, length));
    expect(readJournal(cut)).toEqual({ pending: [], problems: [] });
  }
});

test('lines of an older version are read', async () => {
  const file = path();
  const { subject: conversation, ...old } = entry;
  const { start: _unknown, ...writer } = await gone();
  appendFileSync(
    file,
    `${JSON.stringify({ event: 'note', entry: { ...old, conversation }, writer, at: Date.now() })}\n`,
  );
  expect(readJournal(file)).toMatchObject({ pending: [entry], problems: [] });
});

const writer = { machine: 'm', pid: 1, since: 1 };
for (const [what, line] of [
  ['no JSON', 'a note'],
  ['JSON of another kind', 'null'],
  ['an array', '[]'],
  ['no event', JSON.stringify({ entry, writer, at: 1 })],
  ['an unknown event', JSON.stringify({ event: 'undo', entry, writer, at: 1 })],
  ['no writer', JSON.stringify({ event: 'note', entry, at: 1 })],
  ['no time', JSON.stringify({ event: 'note', entry, writer })],
  ['no state', JSON.stringify({ event: 'note', entry: { ...entry, before: null }, writer, at: 1 })],
  ['no account', JSON.stringify({ event: 'note', entry: { ...entry, account: 7 }, writer, at: 1 })],
  ['a time that has not come', JSON.stringify({ event: 'note', entry, writer, at: Date.now() + 3_600_000 })],
  ['a time that is none', JSON.stringify({ event: 'note', entry, writer, at: 1e300 })],
] as const) {
  test(`a line that cannot be believed is told with its number, and nothing is thrown away: ${what}`, async () => {
    const file = path();
    appendFileSync(file, `${noteOf(entry, await gone())}${line}\n`);
    const { pending, problems } = readJournal(file);
    expect(pending).toMatchObject([entry]);
    expect(problems).toEqual([
      expect.stringMatching(/^Line 2 of the journal .* Mend the line or take it out, or delete/),
    ]);
    expect(() => checkJournal(file)).toThrow(UsageError);
    settle(file, pending);
    tidyJournal(file);
    expect(readFileSync(file, 'utf8')).toContain(line);
  });
}

test('a folder in place of a journal is told', () => {
  const file = path();
  mkdirSync(file);
  expect(() => readJournal(file)).toThrow(`The journal ${file} cannot be read: it is a folder, not a file.`);
  expect(() => checkJournal(file)).toThrow(UsageError);
});

test('whether a note is of a process at work: exactly where the system tells, by its age elsewhere', async () => {
  const minute = 60_000;
  const noted = (writer: ProcessIdentity, age: number) => isLive({ ...entry, writer, notedAt: Date.now() - age });
  await using other = await atWork();
  expect(noted(self, 1000 * minute)).toBe(true);
  // The number of a process that is gone, borne by another one now.
  expect(noted({ ...other.writer, start: `${self.start?.split(' ').slice(0, 2).join(' ')} 1` }, 0)).toBe(false);
  // Number one of another container is not number one of this.
  const elsewhere = { machine: self.machine, pid: 1, since: 1, start: 'boot pid:[1] 1' };
  expect(noted(elsewhere, minute)).toBe(true);
  expect(noted(elsewhere, 11 * minute)).toBe(false);
  expect(noted({ machine: 'elsewhere', pid: 1, since: 1 }, 11 * minute)).toBe(false);
  expect(noted(other.writer, 59 * minute)).toBe(true);
  expect(noted(other.writer, 61 * minute)).toBe(false);
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
