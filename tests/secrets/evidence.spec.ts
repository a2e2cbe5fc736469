import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import type { SentRequest } from '../../src/exchange/index.js';
import { createRedactor, type EvidenceSource, MAX_BODY_LENGTH, toEvidence } from '../../src/secrets/index.js';
import { expect, test } from '../test.js';

const secret = 'canary-secret/1';
const redactor = createRedactor([secret]);

function source(
  request: Partial<SentRequest>,
  text = '{"ok":true}',
  more: Partial<EvidenceSource> = {},
): EvidenceSource {
  return {
    action: 'list',
    actor: 'alice',
    request: {
      method: 'POST',
      url: 'https://chat.test/x',
      headers: { 'Content-Type': 'application/json' },
      ...request,
    },
    response: { status: 200, headers: { 'content-type': 'application/json' }, text, bytes: Buffer.byteLength(text) },
    durationMs: 12,
    ...more,
  };
}

test('an exchange becomes an entry with JSON bodies, redacted', () => {
  const entry = toEvidence(
    source(
      {
        url: `https://chat.test/x?k=${encodeURIComponent(secret)}`,
        headers: { Authorization: 'any' },
        body: `{"a":"${secret}"}`,
      },
      `{"token":"t","echo":"${secret.replace('/', '\\/')}"}`,
    ),
    redactor,
  );
  expect(entry).toEqual({
    action: 'list',
    actor: 'alice',
    request: {
      method: 'POST',
      url: 'https://chat.test/x?k=***',
      headers: { Authorization: '***' },
      body: { a: '***' },
    },
    response: { status: 200, headers: { 'content-type': 'application/json' }, body: { token: '***', echo: '***' } },
    durationMs: 12,
    curl: `curl -sS -i -X POST "https://chat.test/x?k=$ALICE_K" -H "Authorization: $ALICE_AUTHORIZATION" -H 'Content-Type:' --data-raw '{"a":"'"$ALICE_A"'"}'`,
  });
  expect(JSON.stringify(entry)).not.toContain('canary');
});

test('where no response came, it is null and the note says why', () => {
  const entry = toEvidence(source({ body: '{}' }, '', { response: null, note: `no answer to ${secret}` }), redactor);
  expect(entry.response).toBeNull();
  expect(entry.note).toBe('no answer to ***');
});

test('bodies that would not print as they came are shown as text', () => {
  for (const text of [
    '{"id":12345678901234567890}',
    '{"id":0.1000000000000000055511151231257827}',
    '{"a":1.0}',
    '{"a":1,"a":2}',
    '<html>',
    '{"a":',
  ]) {
    expect(toEvidence(source({ body: text }, text), redactor)).toMatchObject({
      request: { body: text },
      response: { body: text },
    });
  }
  for (const text of ['{ "a" : [ 1, 2.5, "x\\u0041 y" ] }', '"text"', '9007199254740991', 'null']) {
    expect(toEvidence(source({}, text), redactor).response?.body).toEqual(JSON.parse(text));
  }
});

test('bodies of 64 KiB are cut, no credential is halved, and the note says the full size', () => {
  for (const shift of [0, 1, 7, 14, 15, 16, 40]) {
    const text = `${'x'.repeat(MAX_BODY_LENGTH - shift)}${secret}${'y'.repeat(100_000)}`;
    const entry = toEvidence(source({ body: text }, text), redactor);
    const body = entry.response?.body as string;
    expect(body.length).toBeLessThanOrEqual(MAX_BODY_LENGTH + 1);
    expect(body).not.toContain('canary');
    expect(body).toMatch(/^x{65000}.*…$/);
    expect(entry.note).toBe(
      `the body of the request is cut: it has ${text.length} bytes in full; the body of the response is cut: it has ${text.length} bytes in full`,
    );
    expect(entry.curl).toContain(
      `--data-binary @body.txt # the body of ${text.length} bytes is left out: put it into body.txt`,
    );
    expect(entry.curl.length).toBeLessThan(400);
  }
  const many = `${secret} `.repeat(20_000);
  expect(toEvidence(source({}, many), redactor).response?.body).not.toContain('can');
});

test('a deeply nested body does no harm', () => {
  const text = '['.repeat(30_000) + ']'.repeat(30_000);
  expect(toEvidence(source({ body: text }, text), redactor).response).toBeTruthy();
});

test.describe('the curl line, read by a shell', () => {
  test.skip(process.platform === 'win32', 'needs a POSIX shell');

  /** Runs the line with a curl that notes its arguments and its standard input. */
  function run(line: string): { args: string[]; stdin: string } {
    const bin = test.info().outputPath('bin');
    mkdirSync(bin, { recursive: true });
    const args = join(bin, 'args');
    const stdin = join(bin, 'stdin');
    writeFileSync(
      join(bin, 'curl'),
      `#!/bin/sh\nfor arg; do printf '%s\\0' "$arg"; done > '${args}'\ncase "$*" in *@-*) cat > '${stdin}';; *) : > '${stdin}';; esac\n`,
    );
    chmodSync(join(bin, 'curl'), 0o755);
    execFileSync('sh', ['-c', line], { env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` } });
    return { args: readFileSync(args, 'utf8').split('\0').slice(0, -1), stdin: readFileSync(stdin, 'utf8') };
  }

  /** The body that the line sends. */
  function bodySent(body: string): string {
    const { curl } = toEvidence(source({ body }), createRedactor());
    expect(curl).not.toMatch(/[\r\n]/);
    const { args, stdin } = run(curl);
    const at = args.indexOf('--data-raw');
    return at === -1 ? stdin : (args[at + 1] as string);
  }

  for (const body of [
    `{"text":"it's \\"quoted\\" $HOME \`id\` \\\\ !"}`,
    '{"text":"grüße 👋 \\u00e9"}',
    '{\n  "pretty": "it\'s\ttabs"\r\n}\n',
    '@/etc/hosts',
    "'",
    '%s %d \\n \\0101 \\c \u0000 \u0001\u2028 \u0085 7\n8\u001b9',
  ]) {
    test(JSON.stringify(body), () => expect(bodySent(body)).toBe(body));
  }

  test('any body', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (body) => bodySent(body) === body),
      { numRuns: 40 },
    );
  });

  test('method, URL and headers', () => {
    const request = {
      method: 'PUT',
      url: "https://chat.test/[a]?b={c}&d='e'",
      headers: { 'X-A': "it's", 'X-Empty': '' },
    };
    expect(run(toEvidence(source(request), redactor).curl).args).toEqual([
      '-sS',
      '-i',
      '-X',
      'PUT',
      '-g',
      request.url,
      '-H',
      "X-A: it's",
      '-H',
      'X-Empty;',
    ]);
  });

  test('a long body: the comment is a comment', () => {
    const { args } = run(toEvidence(source({ body: "x'".repeat(50_000) }), redactor).curl);
    expect(args.slice(-2)).toEqual(['--data-binary', '@body.txt']);
  });
});
