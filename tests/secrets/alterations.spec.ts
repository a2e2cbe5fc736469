import { execFileSync } from 'node:child_process';
import { alterationOf, alteredTokens, caseSwapped } from '../../src/rules/alterations.js';
import { expect, test } from '../test.js';

const tokens = [
  '8f14e45fceea167a5a36dedd4bea2543',
  'B30E9CBFC96DDDA4',
  'U2lnbmF0dXJlIG9mIGFsaWNlIDA=',
  'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZW1iZXIifQ.c2lnbmF0dXJl',
  'opaque-Token_of-somebody-42',
];

for (const token of tokens) {
  test(`a shell makes what was altered of ${token.slice(0, 12)}…`, () => {
    test.skip(process.platform === 'win32', 'needs a POSIX shell');
    const sent = [...alteredTokens(token).map(([, other]) => other), caseSwapped(token)];
    const found = sent.map((other) => alterationOf(token, other, 'GOOD'));
    expect(found.map((alteration) => alteration !== undefined)).toEqual(sent.map((other) => other !== token));
    for (const [i, alteration] of found.entries()) {
      if (alteration?.shell === undefined) continue;
      const made = execFileSync('sh', ['-c', `printf %s "${alteration.shell}"`], {
        env: { ...process.env, GOOD: token },
      });
      expect(made.toString(), alteration.words).toBe(sent[i]);
      expect(alteration.words).toContain('$GOOD');
    }
  });
}

test('an expression tells nothing of the token but its length and its alphabet', () => {
  const [token = ''] = tokens;
  for (const [, other] of alteredTokens(token)) {
    const { shell = '' } = alterationOf(token, other, 'GOOD') ?? {};
    for (let at = 0; at + 4 <= token.length; at++) expect(shell).not.toContain(token.slice(at, at + 4));
  }
});

test('what was not altered in a known way is no alteration', () => {
  expect(alterationOf('8f14e45fceea167a', '8f14e45fceea167a', 'GOOD')).toBeUndefined();
  expect(alterationOf('8f14e45fceea167a', 'something-else', 'GOOD')).toBeUndefined();
});
