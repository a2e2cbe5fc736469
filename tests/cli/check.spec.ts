import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from '../../src/verdict/index.js';
import { add, alice, bob, har, harEntry, message, ozeki, page } from '../recording/traffic.js';
import { expect, test } from '../test.js';
import { command, folder } from './command.js';

const [m1, m2, m3] = [message('m1', 1), message('m2', 2), message('m3', 3)];
const sound = [add(m1, 1), add(m2, 2), add(m3, 3), page([m3], 10), page([m1, m2], 11, m3)].map((entry) =>
  harEntry(entry),
);
const foreign = { ...harEntry(page([], 1)), request: { method: 'GET', url: 'https://cdn.test/a.js', headers: [] } };

function save(name: string, content: string): void {
  writeFileSync(join(folder(), name), content);
}

function verdictIn(reports: string): Verdict & { recording: { notes: string[] } } {
  return JSON.parse(readFileSync(join(folder(), reports, 'verdict.json'), 'utf8'));
}

test('a sound recording misses nothing of what it shows: reports, summary, exit code 0', async () => {
  save('sound.har', har([foreign, ...sound]));
  const ran = await command(['check', 'sound.har', '--accounts', `${alice},${bob}`]);
  expect(ran.code).toBe(0);
  expect(ran.err).toBe('');
  expect(ran.out).toContain('5 of 6 exchanges judged.\n  - of none of the APIs judged, and skipped: 1 entry.');
  expect(ran.out).toMatch(/\nPARTIAL: \d+ of \d+ MUSTs judged, none missed$/);
  for (const name of ['junit.xml', 'summary.md', 'allure/index.html'])
    expect(existsSync(join(folder(), 'reports', name))).toBe(true);
  expect(verdictIn('reports')).toMatchObject({
    target: 'sound.har',
    requests: 5,
    recording: { entries: 6, foreign: 1 },
  });
});

test('a miss makes exit code 1, and a truncated file is said in the report', async () => {
  const whole = har([...sound, harEntry(page([m1], 20)), harEntry(page([m3], 21))]);
  save('cut.har', whole.slice(0, -40));
  const ran = await command(['check', 'cut.har', '--reports', 'out', '--target-name', 'staging', '--api', 'ozeki']);
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('MUST OZ-PAGE-2');
  expect(ran.out).toMatch(/\nNON-CONFORMANT: \d+ of \d+ MUSTs judged, \d+ missed \(ozeki alone\)$/);
  const verdict = verdictIn('out');
  expect(verdict.target).toBe('staging');
  expect(verdict.recording.notes).toEqual([expect.stringMatching(/^cut\.har: it ends in mid-entry at byte \d+/)]);
});

test('--strict makes a warning a failure', async () => {
  save('warn.har', har([harEntry(ozeki({ action: 'login', answered: { errormessage: 'hm' } }))]));
  expect((await command(['check', 'warn.har'])).code).toBe(0);
  expect((await command(['check', 'warn.har', '--strict'])).code).toBe(1);
});

test('several recordings are judged as one', async () => {
  save('alice.har', har(sound.slice(0, 3)));
  const lines = page([{ ...m3, Data: 'other' }], 60, undefined, bob);
  const body = lines.response !== undefined && 'text' in lines.response.body ? lines.response.body.text : '';
  const asked = 'text' in lines.requestBody ? lines.requestBody.text : '';
  const line = {
    request: {
      method: 'POST',
      url: lines.url,
      headers: Object.fromEntries(lines.requestHeaders),
      body: JSON.parse(asked),
    },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.parse(body) },
    durationMs: 3,
    startedAt: lines.startedAt,
  };
  save('bob.jsonl', `${JSON.stringify(line)}\n`);
  const ran = await command(['check', 'alice.har', 'bob.jsonl']);
  expect(ran.code).toBe(1);
  expect(ran.out).toContain('MUST OZ-ADD-3');
});

test('nothing to judge is exit code 2', async () => {
  save('foreign.har', har([foreign]));
  const ran = await command(['check', 'foreign.har']);
  expect(ran.code).toBe(2);
  expect(ran.out).toContain('UNJUDGED');
});

test('mistakes are told in a sentence, exit code 2', async () => {
  save('text.har', 'hello');
  const cases: [string[], string][] = [
    [['check'], "missing required argument 'file'"],
    [
      ['check', 'none.har'],
      'none.har is no recording: there is no such file. Name a HAR file or a file of JSON Lines.',
    ],
    [['check', '.'], '. is no recording: it is a folder, not a file.'],
    [['check', 'text.har'], 'text.har is neither a HAR nor JSON Lines'],
    [['check', 'text.har', '--accounts', 'alice'], "'alice' is no e-mail address"],
    [['proxy'], "required option '--target <url>' not specified"],
    [['proxy', '--target', 'ftp://a.test'], 'It must be an http or https URL'],
    [['proxy', '--target', 'http://a.test/x'], "for the path is the client's: http://a.test."],
    [['proxy', '--target', 'http://a:b@a.test'], 'It must hold no credentials'],
    [
      ['proxy', '--target', 'http://a.test', '--bind', '192.0.2.1', '--port', '0'],
      '192.0.2.1 is no address of this machine',
    ],
  ];
  for (const [args, words] of cases) {
    const ran = await command(args);
    expect(ran.code, args.join(' ')).toBe(2);
    expect(ran.err, args.join(' ')).toContain(words);
  }
});
