import { renderJunit } from '../../src/reporters/index.js';
import { expect, test } from '../test.js';
import { miss, requirement, sampleVerdict, verdictOf } from '../verdict/builders.js';
import { parseXml, type XmlElement } from './xml.js';

/** What the schema of the Jenkins JUnit reader allows: attributes, and children in their order. */
const dialect: Record<string, { attributes: string[]; children: string[] }> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'disabled', 'errors'], children: ['testsuite'] },
  testsuite: {
    attributes: [
      'name',
      'tests',
      'failures',
      'errors',
      'time',
      'disabled',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
    ],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { attributes: [], children: ['property'] },
  property: { attributes: ['name', 'value'], children: [] },
  testcase: {
    attributes: ['name', 'assertions', 'time', 'classname', 'status'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  skipped: { attributes: ['message'], children: [] },
  error: { attributes: ['message', 'type'], children: [] },
  failure: { attributes: ['message', 'type'], children: [] },
  'system-out': { attributes: [], children: [] },
};

function offences(element: XmlElement): string[] {
  const rules = dialect[element.name];
  if (rules === undefined) return [`<${element.name}> is unknown`];
  const order = element.children.map(({ name }) => rules.children.indexOf(name));
  return [
    ...Object.keys(element.attributes)
      .filter((name) => !rules.attributes.includes(name))
      .map((name) => `${element.name} ${name}`),
    ...(order.some((place, index) => place < (order[index - 1] ?? 0)) ? [`children of ${element.name}`] : []),
    ...element.children.flatMap(offences),
  ];
}

const cases = (xml: string): XmlElement[] =>
  parseXml(xml).children.flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));

test('the file is of the common dialect', () => {
  const xml = renderJunit(sampleVerdict());
  expect(offences(parseXml(xml))).toEqual([]);
  const [suite] = parseXml(xml).children;
  expect(suite?.attributes).toMatchObject({
    name: 'Ozeki',
    tests: '10',
    failures: '2',
    errors: '1',
    skipped: '3',
    timestamp: '2026-11-21T22:00:00',
  });
});

for (const [id, kind, text] of [
  ['OZ-LOGIN-1', undefined, ''],
  ['OZ-CLEAR-1', 'failure', 'after clear, downloadpartial still returned 3 messages'],
  ['OZ-COM-4-SHOULD', 'system-out', 'SHOULD missed, a warning'],
  ['OZ-CLEAR-2', 'skipped', 'waived (CHAT-12, carol, until 2026-12-31: known since the last release)'],
  ['OZ-WORK-1', 'skipped', 'needs destroy, the target allows write'],
  ['GE-GET-1', 'error', 'no end of the answer within 10000 ms'],
] as const) {
  test(`${id} is ${kind ?? 'a plain pass'}`, () => {
    const found = cases(renderJunit(sampleVerdict())).find(({ attributes }) => attributes.name?.startsWith(`${id} `));
    expect(found?.children.map(({ name }) => name)).toEqual(kind === undefined ? [] : [kind]);
    const [child] = found?.children ?? [];
    expect(`${child?.attributes.message ?? ''} ${child?.text ?? ''}`).toContain(text);
  });
}

test('a miss names the rulings that bear on it', () => {
  const found = cases(renderJunit(sampleVerdict())).find(({ attributes }) =>
    attributes.name?.startsWith('OZ-CLEAR-1 '),
  );
  expect(found?.children[0]?.text).toContain(
    'ruling ozeki-reports-after-clear: The reports themselves are not checked.',
  );
});

test('what a server says cannot break the file', () => {
  const nasty = 'a < b & "c" ]]> \u0000\u0008\u001b[31m \ud800 \uffff\nnext';
  const xml = renderJunit(verdictOf([requirement('OZ-CLEAR-1', { title: nasty })], [miss('OZ-CLEAR-1', nasty)]));
  const [found] = cases(xml);
  const clean = 'a < b & "c" ]]> \ufffd\ufffd\ufffd[31m \ufffd \ufffd\nnext';
  expect(found?.attributes.name).toBe(`OZ-CLEAR-1 ${clean}`);
  expect(found?.children[0]?.attributes.message).toBe(clean);
});
