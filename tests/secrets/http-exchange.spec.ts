import { exchangeName, toHttpExchange } from '../../src/secrets/http-exchange.js';
import { createRedactor, toShownExchange } from '../../src/secrets/index.js';
import { expect, test } from '../test.js';

const secret = 'canary-secret/1';
const redactor = createRedactor([secret]);
const source = {
  action: 'clear',
  actor: 'alice',
  request: {
    method: 'POST',
    url: `https://chat.test/x?k=${encodeURIComponent(secret)}`,
    headers: { Authorization: secret, 'Content-Type': 'application/json' },
    body: JSON.stringify({ apikey: secret, text: 'hello' }),
  },
  response: { status: 200, headers: { 'content-type': 'text/plain' }, text: `you said ${secret}`, bytes: 24 },
  durationMs: 12.4,
};

test('an exchange is shown with method, status, headers and bodies, and without credentials', () => {
  const shown = toShownExchange(source, redactor);
  expect(exchangeName(shown)).toBe('clear by alice: HTTP 200');
  const exchange = toHttpExchange(shown, 1000, 5000);
  expect(exchange).toEqual({
    schemaVersion: 1,
    request: {
      method: 'POST',
      url: 'https://chat.test/x?k=***',
      headers: [
        { name: 'Authorization', value: '***' },
        { name: 'Content-Type', value: 'application/json' },
      ],
      body: { contentType: 'application/json', encoding: 'utf8', value: '{"apikey":"***","text":"hello"}' },
    },
    response: {
      status: 200,
      headers: [{ name: 'content-type', value: 'text/plain' }],
      body: { contentType: 'text/plain', encoding: 'utf8', value: 'you said ***' },
    },
    start: 5000,
    stop: 5012,
  });
});

test('a request without an answer says why', () => {
  const shown = toShownExchange({ ...source, response: null, note: 'the connection was reset' }, redactor);
  expect(exchangeName(shown)).toBe('clear by alice: no answer');
  const exchange = toHttpExchange(shown, 1000);
  expect(exchange.response).toBeUndefined();
  expect(exchange.error).toEqual({ name: 'No answer', message: 'the connection was reset' });
  expect(exchange).not.toHaveProperty('start');
});

test('no part of a credential is left where a body is cut', () => {
  const text = `${'x'.repeat(90)}${secret}${'y'.repeat(90)}`;
  for (let longest = 85; longest < 115; longest += 1) {
    const response = { ...source.response, text };
    const exchange = toHttpExchange(toShownExchange({ ...source, response }, redactor, longest), longest);
    expect(exchange.response?.body?.value, `${longest}`).not.toMatch(/canary|secret|xc/);
    expect(exchange.response?.body?.value?.length).toBeLessThanOrEqual(longest + 3);
  }
});
