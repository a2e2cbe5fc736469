import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { unpacked } from '../../src/reporters/allure-page.js';
import { readVerdict, writeReports } from '../../src/reporters/index.js';
import { long } from '../long.js';
import { expect, test } from '../test.js';
import { sampleVerdict, verdictWithMisses } from '../verdict/builders.js';

interface AllureResult {
  name: string;
  fullName: string;
  historyId: string;
  status: string;
  labels: { name: string; value: string }[];
  description: string;
  statusDetails: Record<string, unknown>;
  steps: { name: string }[];
  parameters: { name: string; value: string }[];
  attachments: { source: string }[];
}

let root: string;
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reports-'));
});
test.afterEach(() => rmSync(root, { recursive: true, force: true }));

function results(folder: string): AllureResult[] {
  const files = readdirSync(join(folder, 'allure-results')).filter((name) => name.endsWith('-result.json'));
  return files.map((name) => JSON.parse(readFileSync(join(folder, 'allure-results', name), 'utf8')) as AllureResult);
}

test('the reports of a run, and the verdict read back', async () => {
  const folder = join(root, 'reports');
  const verdict = sampleVerdict();
  const written = await writeReports(folder, verdict, { html: false });
  expect(await readVerdict(folder)).toEqual(JSON.parse(JSON.stringify(verdict)));
  expect(readdirSync(folder).sort()).toEqual([
    'allure-results',
    'badge.svg',
    'junit.xml',
    'summary.md',
    'verdict.json',
  ]);
  expect(written).not.toHaveProperty('html');
});

test('reports replace those of the run before', async () => {
  const folder = join(root, 'reports');
  mkdirSync(join(folder, 'allure-results'), { recursive: true });
  mkdirSync(join(folder, 'allure'));
  writeFileSync(join(folder, 'allure-results', 'old-result.json'), '{}');
  await writeReports(folder, sampleVerdict(), { html: false });
  expect(existsSync(join(folder, 'allure'))).toBe(false);
  expect(existsSync(join(folder, 'allure-results', 'old-result.json'))).toBe(false);
});

test('a damaged history is said, left as it is, and costs the trends alone', async () => {
  const historyPath = join(root, 'history.jsonl');
  writeFileSync(historyPath, '{"uuid":"1"}\nno JSON\n');
  const written = await writeReports(join(root, 'reports'), sampleVerdict(), { historyPath });
  expect(written.problems).toEqual([
    `${historyPath} is no history of runs: line 2 is not JSON. Remove it to begin a new one.`,
  ]);
  expect(existsSync(written.html ?? '')).toBe(true);
  expect(readFileSync(historyPath, 'utf8')).toBe('{"uuid":"1"}\nno JSON\n');
});

test('a report that cannot be made is said, and the rest is there', async () => {
  const folder = join(root, 'reports');
  const written = await writeReports(folder, sampleVerdict(), {
    historyPath: join(folder, 'verdict.json', 'history.jsonl'),
  });
  expect(written.html).toBeUndefined();
  expect(written.problems).toEqual([expect.stringMatching(/^The HTML report could not be made: /)]);
  expect(existsSync(written.verdict ?? '')).toBe(true);
});

for (const [name, content, message] of [
  ['missing', undefined, 'there is no such file'],
  ['no JSON', '{', 'it is not JSON'],
  ['another file', '{"version":2}', 'no verdict of version 1'],
] as const) {
  test(`a verdict that is ${name} is named`, async () => {
    const folder = join(root, 'reports');
    mkdirSync(folder, { recursive: true });
    if (content !== undefined) writeFileSync(join(folder, 'verdict.json'), content);
    await expect(readVerdict(folder)).rejects.toThrow(message);
  });
}

test('each requirement is an Allure result with its sentence, level, page and topic', async () => {
  const folder = join(root, 'reports');
  await writeReports(folder, sampleVerdict(), { html: false });
  const all = results(folder);
  const of = (id: string) => all.find(({ fullName }) => fullName.endsWith(`.${id}`));
  expect(all).toHaveLength(12);
  const clear = of('OZ-CLEAR-1');
  expect(clear).toMatchObject({
    name: 'OZ-CLEAR-1 After Clear no participant can download any message of the conversation',
    fullName: 'ozeki.clear.OZ-CLEAR-1',
    status: 'failed',
    statusDetails: { flaky: true, expected: '[]', actual: 'an array of 3' },
    steps: [
      { name: 'What was seen' },
      { name: 'Alice adds 3 messages' },
      { name: 'Alice clears the conversation' },
      { name: 'Bob downloads the first page' },
    ],
  });
  for (const [name, value] of [
    ['parentSuite', 'Ozeki'],
    ['suite', 'clear'],
    ['severity', 'critical'],
    ['basis', 'stated'],
    ['ruling', 'ozeki-reports-after-clear'],
    ['tag', 'state'],
  ]) {
    expect(clear?.labels).toContainEqual({ name, value });
  }
  expect(clear?.parameters).toContainEqual({ name: 'page', value: 'Conversation / Clear', excluded: true });
  expect(clear?.description).toContain(
    '**Ruling ozeki-reports-after-clear** (docs/rulings.md): The reports themselves',
  );
  expect(of('OZ-COM-4-SHOULD')?.labels).toContainEqual({ name: 'severity', value: 'minor' });
  expect(of('OZ-CLEAR-2')).toMatchObject({ status: 'failed', statusDetails: { known: true } });
  expect([of('OZ-LOGIN-1')?.status, of('OZ-WORK-1')?.status, of('OZ-COM-4-SHOULD')?.status]).toEqual([
    'passed',
    'skipped',
    'broken',
  ]);
  // What the server broke is its miss, what nobody could check is no one's.
  const errors = sampleVerdict().requirements.filter(({ status }) => status === 'error');
  expect(errors.map(({ id, cause }) => [cause, of(id)?.status]).sort()).toEqual([
    ['environment', undefined],
    ['server', 'failed'],
  ]);
});

test('what was written while the checks ran keeps its steps and times, and the verdict is told over it', async () => {
  const live = join(root, 'live');
  const attachment = {
    name: 'clear by alice: HTTP 200',
    source: 'a-attachment.httpexchange',
    type: 'application/json',
  };
  const step = { name: 'alice clears', status: 'failed', steps: [], attachments: [attachment], parameters: [] };
  const result = {
    uuid: '1',
    name: 'OZ-CLEAR-1',
    status: 'passed',
    labels: [
      { name: 'requirement', value: 'OZ-CLEAR-1' },
      { name: 'thread', value: 'worker-1' },
    ],
    steps: [step],
    attachments: [],
    start: 100,
    stop: 200,
  };
  mkdirSync(live);
  writeFileSync(join(live, '1-result.json'), JSON.stringify(result));
  writeFileSync(join(live, '2-result.json'), 'half a fi');
  writeFileSync(join(live, attachment.source), '{"schemaVersion":1}');
  const folder = join(root, 'reports');
  const verdict = sampleVerdict();
  await writeReports(folder, verdict, { html: false, live: [live, join(root, 'none')] });
  const clear = () => results(folder).find(({ fullName }) => fullName.endsWith('.OZ-CLEAR-1'));
  const first = clear();
  expect(first).toMatchObject({ status: 'failed', start: 100, stop: 200, steps: [{ name: 'alice clears' }] });
  expect(first?.steps).toHaveLength(1);
  expect(first?.labels).toContainEqual({ name: 'thread', value: 'worker-1' });
  expect(existsSync(join(folder, 'allure-results', attachment.source))).toBe(true);

  // Made again of its own results it is the same.
  await writeReports(folder, verdict, { html: false, live: [join(folder, 'allure-results')] });
  const { uuid: _, ...again } = { uuid: '', ...clear() };
  expect({ ...again, attachments: [] }).toEqual({ ...first, uuid: undefined, attachments: [] });
});

test('a requirement keeps its history from run to run', async () => {
  const ids = [];
  for (const name of ['one', 'two']) {
    await writeReports(join(root, name), sampleVerdict(), { html: false });
    ids.push(
      results(join(root, name))
        .map(({ fullName, historyId }) => `${fullName} ${historyId}`)
        .sort(),
    );
  }
  expect(ids[0]).toEqual(ids[1]);
});

test('the environment is told without credentials', async () => {
  const folder = join(root, 'reports');
  await writeReports(
    folder,
    sampleVerdict({
      target: { name: 'staging', allow: 'write', urls: { ozeki: 'https://a:b@staging.example/x' }, seed: 3 },
    }),
    { html: false },
  );
  const properties = readFileSync(join(folder, 'allure-results', 'environment.properties'), 'utf8');
  expect(properties).toContain('https://staging.example/x');
  expect(properties).toMatch(/^target\\ allows=write$/m);
  expect(properties).toMatch(/^seed=3$/m);
});

test('a thousand misses make a report under 8 MB', long, async () => {
  test.setTimeout(180_000);
  const folder = join(root, 'reports');
  const written = await writeReports(folder, verdictWithMisses(1200, 1000, 70_000));
  expect(written.problems).toEqual([]);
  expect(statSync(join(folder, 'allure', 'index.html')).size).toBeLessThan(8_000_000);
});

test('runs are remembered in the history, once', long, async () => {
  test.setTimeout(60_000);
  const historyPath = join(root, 'history', 'runs.jsonl');
  const runs = () => readFileSync(historyPath, 'utf8').trim().split('\n').length;
  await writeReports(join(root, 'one'), sampleVerdict(), { historyPath });
  await writeReports(join(root, 'two'), sampleVerdict(), { historyPath });
  expect(runs()).toBe(2);
  const again = await writeReports(join(root, 'two'), sampleVerdict(), { historyPath, appendHistory: false });
  expect(runs()).toBe(2);
  const data = unpacked(readFileSync(again.html ?? '', 'utf8'));
  expect(JSON.parse(data.get('widgets/charts.json') ?? '').general).toBeDefined();
});

const browsers = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executablePath = browsers.find((path) => path !== undefined && existsSync(path));

test.describe('opened from the file in a browser', () => {
  test.skip(executablePath === undefined, 'no Chromium is installed; CHROMIUM_PATH may name one');
  test.describe.configure({ mode: 'serial', timeout: 90_000 });

  let opened: string;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  test.beforeAll(async () => {
    opened = mkdtempSync(join(tmpdir(), 'reports-'));
    const written = await writeReports(opened, sampleVerdict());
    browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
    page = await browser.newPage({ viewport: { width: 1300, height: 1000 } });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && request.url() !== `file://${written.html}`)
        complaints.push(request.url());
    });
    await page.goto(`file://${written.html}`);
    await page.getByTestId('tab-all').waitFor();
  });

  test.afterAll(async () => {
    await browser?.close();
    rmSync(opened, { recursive: true, force: true });
  });

  test('the overview shows verdict, counts and environment', async () => {
    await expect(page.getByTestId('report-title')).toHaveText(
      'staging: NON-CONFORMANT: 7 of 11 MUSTs judged, 2 missed, 1 missed and waived, 2 could not be checked, 1 of them for what the server did',
    );
    for (const [name, number] of [
      ['total', 12],
      ['failed', 4],
      ['broken', 1],
      ['unknown', 1],
      ['passed', 4],
      ['skipped', 2],
    ]) {
      await expect(page.getByTestId(`metadata-item-${name}`)).toContainText(`${number}`);
    }
    await expect(page.getByTestId('metadata-list')).toContainText('http://127.0.0.1:4010/ozeki/index.php');
    await expect(page.getByTestId('metadata-list')).toContainText('7 of 11');
  });

  test('it opens at the verdict, which no percentage stands beside', async () => {
    await expect(page.getByTestId('report-title')).toBeInViewport();
    await expect(page.getByText(/^\d+(\.\d+)?%$/)).toHaveCount(1);
    await expect(page.getByText(/^\d+(\.\d+)?%$/)).toBeHidden();
  });

  test('the categories name the kinds of miss', async () => {
    await page.getByTestId('nav-tab-categories').click();
    for (const kind of ['Server:', 'Environment:', 'Shape:', 'Paging:', 'State:'])
      await expect(page.getByText(kind)).toBeVisible();
  });

  test('the quality gate is that of the verdict', async () => {
    await page.getByTestId('nav-tab-qualityGate').click();
    await expect(page.getByText('3 missed; 7 of 11 MUSTs were judged')).toBeVisible();
    await expect(page.getByText('1 could not be checked')).toBeVisible();
  });

  test('a failing requirement shows its sentence, the pages of the walk and a curl line', async () => {
    await page.getByTestId('nav-tab-results').click();
    await page.getByText('Walking back to the start gives every message exactly once and ends').click();
    await expect(page.getByTestId('test-result-error-message')).toContainText(
      'message m3 was lost between page 2 and page 3',
    );
    await expect(page.getByTestId('test-result-error-message')).toContainText('expected  m7 m6 m5 m4 m3 m2 m1');
    await expect(page.getByText('Bob walks back with limit 3')).toBeVisible();
    await page.getByText('The pages of the walk').click();
    await expect(page.getByText('^ [m3] lost before this page')).toBeVisible();
    await page.getByText('downloadpartial by bob: HTTP 200').first().click();
    await expect(page.getByText('POST', { exact: true })).toBeVisible();
    await page.getByText('To see it again').click();
    await expect(page.getByText(/curl -sS -X POST/)).toBeVisible();
  });

  test('nothing was complained of, and nothing was asked of any server', () => {
    expect(complaints).toEqual([]);
  });
});
