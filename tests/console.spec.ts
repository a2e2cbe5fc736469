import fc from 'fast-check';
import { escaped, type Outside } from '../src/cli/io.js';
import { visible } from '../src/console.js';
import { expect, test } from './test.js';

for (const [text, shown] of [
  ['plain text, with ümlaut and 😀', 'plain text, with ümlaut and 😀'],
  ['a line\n\tand another', 'a line\n\tand another'],
  ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
  ['\u009b31m\u0085\u007f\u0000\r', '\\u009b31m\\u0085\\u007f\\u0000\\u000d'],
  ['\u202etxt.exe\u2066\u200f', '\\u202etxt.exe\\u2066\\u200f'],
  ['a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
  ['\ud800 \udc00', '\\ud800 \\udc00'],
  ['\u{e0001}', '\\udb40\\udc01'],
  ['::error::x', '\\u003a:error::x'],
  ['  ::add-mask::x\n\t::stop-commands::y', '  \\u003a:add-mask::x\n\t\\u003a:stop-commands::y'],
  ['a sentence, then ::warning::x', 'a sentence, then \\u003a:warning::x'],
  ['\u00a0::debug::x', '\u00a0\\u003a:debug::x'],
  ['std::string', 'std::string'],
  ['x ##[error]y', 'x \\u0023#[error]y'],
  ['x##vso[task.setvariable variable=a]b', 'x\\u0023#vso[task.setvariable variable=a]b'],
  ["##teamcity[testFailed name='a']", "\\u0023#teamcity[testFailed name='a']"],
  ['section_start:1:a\r\u001b[0K', '\\u0073ection_start:1:a\\u000d\\u001b[0K'],
  ['a section_end:1:a', 'a \\u0073ection_end:1:a'],
  ['--- a group\n+++ b\n~~~ c\n^^^ +++', '\\u002d-- a group\n\\u002b++ b\n\\u007e~~ c\n\\u005e^^ +++'],
  ['a --- b\n---\n| --- |', 'a --- b\n---\n| --- |'],
  ['travis_fold:start:a travis_time:end', '\\u0074ravis_fold:start:a \\u0074ravis_time:end'],
  ['## heading', '## heading'],
] as const) {
  test(`visible: ${JSON.stringify(text)}`, () => {
    expect(visible(text)).toBe(shown);
  });
}

/** Text of what matters to terminals and CI servers. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom(
        ':',
        '::',
        '#',
        '##',
        '[',
        'vso[',
        'TeamCity[',
        'section_start:',
        'travis_fold:',
        '--- ',
        '+++ ',
        ' ',
        '\n',
        '\u001b',
        '\u2028',
      ),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

test('nothing unseen and no order is left, and once more changes nothing', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      // Plain comparisons: thousands of expects would each become a step of the report.
      const shown = visible(text);
      const isUnseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(shown);
      const isOrder = /(?:^|\s)::|##(?:\[|vso\[|teamcity\[)|section_(?:start|end):|travis_(?:fold|time):/im.test(shown);
      const isGroup = /^(?:---|\+{3}|~~~|\^{3})[ \t]/m.test(shown);
      return !isUnseen && !isOrder && !isGroup && visible(shown) === shown;
    }),
    { numRuns: 1000 },
  );
});

test('in JSON an escape still means the same', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(JSON.parse(visible(JSON.stringify({ text })))).toEqual({ text });
    }),
    { numRuns: 300 },
  );
});

test('a command writes nothing of others as it is, but what a renderer has escaped', () => {
  const written: string[] = [];
  const write = (line: string): void => void written.push(line);
  const outside: Outside = {
    env: {},
    cwd: '/',
    out: write,
    err: write,
    apiNames: [],
    apis: async () => [],
    apisAt: '',
    matrix: () => Promise.reject(),
  };
  const io = escaped(outside);
  io.out('\u001b[2J');
  io.err('::error::x');
  io.rendered('\u001b[1mbold\u001b[0m');
  expect(written).toEqual(['\\u001b[2J', '\\u003a:error::x', '\u001b[1mbold\u001b[0m']);
});
