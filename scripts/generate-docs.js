// @ts-check
/**
 * Writes what follows from the APIs: the table at the top of README.md, docs/requirements.md, docs/rulings.md, the rooms of
 * ARCHITECTURE.md, and the schema of target files.
 * Needs a current build. `--check` changes nothing and fails when a file is stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apis } from '../dist/apis/index.js';
import { ledgerOf, ledgerPage } from '../dist/src/ledger/index.js';
import { sectionSchemaOf, targetSchemaOf } from '../dist/src/target/index.js';
import { roomsTable } from './architecture.js';

/** @param {string} name */
const at = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

function countsTable() {
  const rows = apis.map(({ title, actions, requirements: all }) => {
    const musts = all.filter(({ level }) => level === 'MUST').length;
    return `| ${title} | ${Object.keys(actions).length} | ${all.length} | ${musts} | ${all.length - musts} |`;
  });
  const table = ['| API | actions | requirements | MUST | SHOULD |', '| --- | ---: | ---: | ---: | ---: |', ...rows];
  return [...table, ...apis.flatMap(familiesLines)].join('\n');
}

/**
 * An API whose requirements are of several families, told apart by how their ids begin: how many there are of each.
 * @param {import('../dist/src/api/api.js').Api} api
 */
function familiesLines({ title, requirements }) {
  const families = [...new Set(requirements.map(({ id }) => id.slice(0, id.indexOf('-') + 1)))];
  const words = families.map(
    (family) => `${requirements.filter(({ id }) => id.startsWith(family)).length} of \`${family}\``,
  );
  return families.length > 1 ? ['', `The requirements of the ${title}: ${words.join(', ')}.`] : [];
}

/**
 * A file with what stands between two lines of it written anew.
 * @param {string} name
 * @param {string} what
 * @param {string} written
 */
function withPart(name, what, written) {
  const [begin, end] = [`<!-- ${what}: written by npm run docs -->`, `<!-- end of ${what} -->`];
  const [head, rest] = readFileSync(at(name), 'utf8').split(begin);
  const tail = rest?.split(end)[1];
  if (head === undefined || tail === undefined) throw new Error(`${name} lacks the lines "${begin}" and "${end}".`);
  return `${head}${begin}\n${written}\n${end}${tail}`;
}

function requirementsPage() {
  const sections = apis.flatMap(({ title: name, requirements }) => {
    const rows = requirements.map(
      ({ id, level, action, needs, title, source }) =>
        `| ${id} | ${level} | ${action === '*' ? 'all' : `\`${action}\``} | ${title} | ${sourceOf(source)} | ${needs} |`,
    );
    return [
      `## ${name}`,
      '',
      '| id | level | action | requirement | page (basis) | needs |',
      '| --- | --- | --- | --- | --- | --- |',
      ...rows,
      '',
    ];
  });
  return [
    '# Requirements',
    '',
    '<!-- Generated from apis/ by `npm run docs`. Do not edit. -->',
    '',
    'Every sentence that a server can meet or miss. *Stated*: prose or a table of the page says so. *Example*: a documented body shows',
    'it. *Inferred*: several examples together imply it, or no client can do without it. *Client*: public clients rely on it, and no page',
    'of it could be read. *Needs* is what a target must allow.',
    '',
    ...sections,
  ].join('\n');
}

function rulingsPage() {
  const sections = apis.flatMap(({ title: name, rulings = [] }) => [
    `## ${name}`,
    '',
    ...rulings.flatMap(({ id, pages, held, since, requirements }) => [
      `### ${id}`,
      '',
      `- The pages: ${pages}`,
      `- Held: ${held}`,
      `- Since ${since}. Bears on ${requirements.map((each) => `[${each}](requirements.md)`).join(', ')}.`,
      '',
    ]),
  ]);
  return [
    '# Rulings',
    '',
    '<!-- Generated from apis/ by `npm run docs`. Do not edit. -->',
    '',
    'The documentation of the APIs contradicts itself in places, and leaves others open. What the suite holds there is told here, in our',
    'own words. A miss in `verdict.json` and in the Allure report names the rulings that bear on its requirement.',
    '',
    ...sections,
  ].join('\n');
}

/** The page that a requirement stands on, and what was ruled about it. @param {import('../dist/index.js').Requirement['source']} source */
function sourceOf({ page, basis, rulings = [] }) {
  return [`${page} (${basis})`, ...rulings.map(({ id }) => `[${id}](rulings.md#${id})`)].join(', ');
}

/** One file, for editors that complete target files. */
function targetSchema() {
  const schema = targetSchemaOf(apis.map(sectionSchemaOf));
  const { $schema, ...rest } = schema;
  const $comment = 'Generated from target.base.json and the target.json of each API by `npm run docs`. Do not edit.';
  return `${JSON.stringify({ $schema, $comment, ...rest }, null, 2)}\n`;
}

const ledgers = apis.map((api) => ({ title: api.title, ledger: ledgerOf(api) }));
const check = process.argv.includes('--check');
const files = {
  'README.md': withPart('README.md', 'counts', countsTable()),
  'ARCHITECTURE.md': withPart('ARCHITECTURE.md', 'rooms', roomsTable()),
  'docs/ledger.md': ledgerPage(ledgers),
  'docs/requirements.md': requirementsPage(),
  'docs/rulings.md': rulingsPage(),
  'schemas/target.json': targetSchema(),
};
for (const [name, text] of Object.entries(files)) {
  const current = existsSync(at(name)) ? readFileSync(at(name), 'utf8') : undefined;
  if (current === text) continue;
  if (check) {
    console.error(`${name} is stale. Write it again with: npm run docs`);
    process.exitCode = 1;
    continue;
  }
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
  console.log(`${name} written`);
}
for (const problem of ledgers.flatMap(({ ledger }) => ledger.problems)) {
  console.error(problem);
  process.exitCode = 1;
}
