import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { checkFile, checkFolder } from '../../src/cli/output.js';
import { isLock, takeLock } from '../../src/processes/lock.js';
import { expect, test } from '../test.js';
import { command, folder } from './command.js';

/** Places that cannot be written, whoever asks; each makes what it needs in the test's folder. */
const places: { what: string; place: string; says: RegExp; make?(): void }[] = [
  {
    what: 'a file in its place',
    place: 'out',
    says: /a file stands in its place/,
    make: () => writeFileSync(join(folder(), 'out'), ''),
  },
  {
    what: 'a folder below a file',
    place: 'out/below',
    says: /a file stands in its place/,
    make: () => writeFileSync(join(folder(), 'out'), ''),
  },
  {
    what: 'a link to nowhere',
    place: 'out',
    says: /it is a link to what is not there/,
    make: () => symlinkSync('/nowhere/at/all', join(folder(), 'out')),
  },
  {
    what: 'a folder below a link to nowhere',
    place: 'out/below',
    says: /it is a link to what is not there/,
    make: () => symlinkSync('/nowhere/at/all', join(folder(), 'out')),
  },
  {
    what: 'links in a circle',
    place: 'out',
    says: /links lead in a circle|a link to what is not there/,
    make: () => symlinkSync('out', join(folder(), 'out')),
  },
  { what: 'a folder of the system', place: '/proc/out', says: /there is no such folder|denied|read-only/ },
];

/** The commands that write, each with what it is to read in the test's folder. */
const commands: { name: string; option: string; args(place: string): string[] }[] = [
  { name: 'run', option: '--reports', args: (place) => ['run', '--reports', place] },
  { name: 'check', option: '--reports', args: (place) => ['check', 'none.har', '--reports', place] },
  {
    name: 'proxy',
    option: '--reports',
    args: (place) => ['proxy', '--target', 'http://127.0.0.1:9', '--reports', place],
  },
  { name: 'merge', option: '--reports', args: (place) => ['merge', 'none', '--reports', place] },
  { name: 'faults run', option: '--reports', args: (place) => ['faults', 'run', '--reports', place] },
  { name: 'export openapi', option: '--out', args: (place) => ['export', 'openapi', '--out', place] },
  { name: 'export schemas', option: '--out', args: (place) => ['export', 'schemas', '--out', place] },
  { name: 'init', option: '--out', args: (place) => ['init', '--api', 'ozeki', '--out', join(place, 't.json')] },
  {
    name: 'stub',
    option: '--write-target',
    args: (place) => ['stub', '--port', '0', '--write-target', join(place, 't.json')],
  },
];

for (const { what, place, says, make } of places) {
  test(`${what} is told by every command before it begins`, async () => {
    make?.();
    for (const { name, option, args } of commands) {
      const ran = await command(args(place));
      expect(ran, name).toMatchObject({ code: 2, out: '' });
      expect(ran.err, name).toMatch(new RegExp(`^chat-conformance: ${option} ${place}\\S*: `));
      expect(ran.err, name).toMatch(says);
      expect(ran.err.split('\n'), name).toHaveLength(1);
    }
  });
}

test('a reports directory is that of one command', async () => {
  const reports = join(folder(), 'reports');
  mkdirSync(reports);
  const lock = takeLock(join(reports, '.lock'));
  for (const { name, option, args } of commands.filter(({ name }) =>
    ['run', 'check', 'proxy', 'merge', 'faults run'].includes(name),
  )) {
    const given = name === 'merge' ? ['merge', 'none', '--reports', 'reports'] : args('reports');
    const ran = await command(given);
    expect(ran, name).toMatchObject({ code: 2, out: '' });
    expect(ran.err, name).toBe(
      `chat-conformance: ${option} reports: process ${process.pid} on ${hostname()} writes its reports there now. Wait for its end, or name another folder.`,
    );
  }
  if (isLock(lock)) lock.release();
  // A lock that nobody has taken in a way that this version knows is no reason to wait for ever.
  mkdirSync(join(reports, '.lock'));
  const ran = await command(['merge', 'none', '--reports', 'reports']);
  expect(ran.err).toMatch(
    /^chat-conformance: --reports reports: it cannot be locked .*it is a folder, not a file\. Take it away\.$/,
  );
  expect(ran.code).toBe(2);
});

test('a reports directory that was made for nothing is taken away', async () => {
  const ran = await command(['check', 'none.har', '--reports', 'a/b']);
  expect(ran.code).toBe(2);
  expect(existsSync(join(folder(), 'a', 'b'))).toBe(false);
});

test('a report that cannot be written into its own directory is told', async () => {
  mkdirSync(join(folder(), 'reports', 'summary.md'), { recursive: true });
  const ran = await command(['report', 'reports']);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err).toBe(
    'chat-conformance: the directory reports: a folder stands in the place of a file. Name a folder that can be written.',
  );
});

test('a place that can be written is left as it was', () => {
  writeFileSync(join(folder(), 'verdict.json'), 'old');
  const at = (path: string) => ({ option: '--reports', shown: path, path: join(folder(), path) });
  checkFolder(at('.'), ['verdict.json', 'junit.xml']);
  checkFolder(at('a/b/c'), ['verdict.json']);
  checkFile(at('verdict.json'));
  checkFile(at('new.json'));
  expect(readdirSync(folder())).toEqual(['verdict.json']);
  expect(readFileSync(join(folder(), 'verdict.json'), 'utf8')).toBe('old');
  expect(() => checkFile(at('a/new.json'))).toThrow('there is no such folder');
  expect(existsSync(join(folder(), 'a'))).toBe(false);
});
