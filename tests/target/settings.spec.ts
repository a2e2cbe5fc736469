import { runSettings } from '../../src/target/index.js';
import { expect, test } from '../test.js';

const prefix = 'CHAT_CONFORMANCE_';

test('without variables nothing is asked for', () => {
  expect(runSettings({})).toEqual({ strict: false, reports: 'reports' });
  const blank = Object.fromEntries(
    ['API', 'STRICT', 'REPORTS', 'WAIVERS', 'REQUIRE_JUDGED'].map((name) => [`${prefix}${name}`, '']),
  );
  expect(runSettings(blank)).toEqual({ strict: false, reports: 'reports' });
});

test('the variables are what the options are', () => {
  expect(
    runSettings({
      CHAT_CONFORMANCE_API: 'relation, ozeki',
      CHAT_CONFORMANCE_STRICT: 'true',
      CHAT_CONFORMANCE_REPORTS: 'out',
      CHAT_CONFORMANCE_WAIVERS: 'waivers.json',
      CHAT_CONFORMANCE_REQUIRE_JUDGED: '80%',
    }),
  ).toEqual({
    apis: ['relation', 'ozeki'],
    strict: true,
    reports: 'out',
    waivers: 'waivers.json',
    requireJudged: 80,
  });
});

for (const [text, strict] of [
  ['1', true],
  ['0', false],
  ['false', false],
] as const) {
  test(`CHAT_CONFORMANCE_STRICT=${text} is ${strict}`, () => {
    expect(runSettings({ CHAT_CONFORMANCE_STRICT: text }).strict).toBe(strict);
  });
}

for (const [text, share] of [
  ['all', 100],
  ['100%', 100],
  ['99.5%', 99.5],
  ['0%', 0],
] as const) {
  test(`CHAT_CONFORMANCE_REQUIRE_JUDGED=${text} is ${share} %`, () => {
    expect(runSettings({ CHAT_CONFORMANCE_REQUIRE_JUDGED: text }).requireJudged).toBe(share);
  });
}

for (const [name, text, words] of [
  ['API', 'ozeki,', 'A name is missing: '],
  ['STRICT', 'yes', 'It must be true or false.'],
  ['REQUIRE_JUDGED', '80', 'It must be all, or a percentage such as 80%.'],
  ['REQUIRE_JUDGED', '101%', 'It must be all, or a percentage such as 80%.'],
  ['REQUIRE_JUDGED', '-1%', 'It must be all, or a percentage such as 80%.'],
] as const) {
  test(`${prefix}${name}=${text} is a mistake that names the variable`, () => {
    expect(() => runSettings({ [`${prefix}${name}`]: text })).toThrow(`${prefix}${name}: ${words}`);
  });
}

test('what run tells is taken as it is, whatever the variables', () => {
  const told = { strict: true, reports: '/r', apis: ['genesys'] };
  expect(runSettings({ CHAT_CONFORMANCE_RUN: JSON.stringify(told), CHAT_CONFORMANCE_API: 'nonsense' })).toEqual(told);
});
