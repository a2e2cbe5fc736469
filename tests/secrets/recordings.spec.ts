import type { Recorded } from '../../src/recording/index.js';
import { renderSummary } from '../../src/reporters/index.js';
import { validateVerdict } from '../../src/schemas/index.js';
import { genesys, judged, ozeki } from '../recording/traffic.js';
import { expect, test } from '../test.js';

/** A login that misses, with a credential of others at every place that has one. */
function withCanaries(): { entry: Recorded; canaries: string[] } {
  const canaries: string[] = [];
  const canary = (): string => {
    const made = `c4n4ry${String(canaries.length).padStart(2, '0')}x7Qz9`;
    canaries.push(made);
    return made;
  };
  const headers = [
    'X-Api-Key',
    'X-Auth-Token',
    'X-Amz-Security-Token',
    'X-Amz-Signature',
    'X-CSRF-Token',
    'Ocp-Apim-Subscription-Key',
  ];
  const members = [
    'access_token',
    'refresh_token',
    'client_secret',
    'id_token',
    'sig',
    'jwt',
    'passwd',
    'sessionId',
    'private_key',
  ];
  const entry = ozeki({
    action: 'login',
    asked: {
      ...Object.fromEntries(members.map((name) => [name, canary()])),
      headers: [{ name: 'Cookie', value: canary() }],
      form: `grant_type=authorization_code&code=${canary()}`,
    },
    answered: {
      listeners: { udp: 'udp://a:1', ws: 'ws://a:1', wss: `no Bearer ${canary()}` },
      next: `https://x.test/cb?state=1&code=${canary()}`,
      inside: JSON.stringify(Object.fromEntries(members.map((name) => [name, canary()]))),
      tokens: [canary(), canary()],
    },
    headers: {
      ...Object.fromEntries(headers.map((name) => [name, canary()])),
      Authorization: `Basic ${Buffer.from(`alice:${canary()}`).toString('base64')}`,
      Cookie: `JSESSIONID=${canary()}`,
    },
  });
  const url = `${entry.url}&access_token=${canary()}&X-Amz-Credential=${canary()}&sig=${canary()}`;
  const response = entry.response && {
    ...entry.response,
    headers: [
      ...entry.response.headers,
      ['Set-Cookie', `sid=${canary()}`] as const,
      ['X-Session-Id', canary()] as const,
    ],
  };
  return { entry: { ...entry, url, response }, canaries };
}

test('no credential of others is shown of a recording, whatever it is called', () => {
  const { entry, canaries } = withCanaries();
  const { verdict, of } = judged([entry]);
  expect(of('OZ-LOGIN-3').status).toBe('fail');
  const shown = JSON.stringify(verdict) + renderSummary(verdict, { color: false, width: 100 });
  expect(canaries.length).toBeGreaterThan(35);
  expect(canaries.filter((canary) => shown.includes(canary))).toEqual([]);
  // What is no credential stays readable.
  expect(shown).toContain('authorization_code');
  expect(shown).toContain('udp://a:1');
});

test('a credential of others that a header, a member or a parameter held is masked where it is echoed', () => {
  const values = ['X-Api-Key', 'refresh_token', 'sig'].map((name) => `c4n4ry-of-${name}-x7Qz9`);
  const [header = '', member = '', parameter = ''] = values;
  const used = ozeki({ action: 'friends', headers: { 'X-Api-Key': header }, asked: { refresh_token: member } });
  const echo = ozeki({
    action: 'login',
    answered: { listeners: { udp: 'udp://a:1', ws: 'ws://a:1', wss: values.join(' ') } },
  });
  const { verdict, of } = judged([{ ...used, url: `${used.url}&sig=${parameter}` }, echo]);
  expect(of('OZ-LOGIN-3').status).toBe('fail');
  expect(of('OZ-LOGIN-3').evidence?.[0]?.response?.body).toMatchObject({ listeners: { wss: '*** *** ***' } });
  expect(values.filter((value) => JSON.stringify(verdict).includes(value))).toEqual([]);
});

for (const secureKey of [
  'message',
  'status',
  'a',
  '0',
  'found',
  'expected',
  '***',
  '"',
  '\\'.repeat(64),
  'x'.repeat(100_000),
]) {
  test(`a chat whose key is ${secureKey.slice(0, 10)} is judged like any other`, () => {
    const opened = genesys({ action: 'requestchat', answered: { secureKey, chatId: 7 } });
    const used = genesys({ action: 'getmessages', asked: { secureKey }, answered: { secureKey, statusCode: 'x' } });
    const { verdict } = judged([opened, used]);
    const same = judged([
      genesys({ action: 'requestchat', answered: { secureKey: '8b31761b2154884c', chatId: 7 } }),
      genesys({
        action: 'getmessages',
        asked: { secureKey: '8b31761b2154884c' },
        answered: { secureKey: '8b31761b2154884c', statusCode: 'x' },
      }),
    ]).verdict;
    expect(validateVerdict(verdict)).toEqual([]);
    const messages = ({ requirements }: typeof verdict) =>
      requirements
        .filter(({ id }) => id !== 'GE-REQ-3-SHOULD')
        .map(({ id, status, reason }) => [id, status, reason?.replace(/entry \d+/g, '')]);
    expect(messages(verdict)).toEqual(messages(same));
  });
}
