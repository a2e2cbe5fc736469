import { getResponse } from 'msw';
import {
  examplesOf,
  type GenesysRequestchatResponse,
  genesysHandlers,
  ozekiHandlers,
  relationHandlers,
  rules,
  stubTarget,
  validateBody,
  validateExchange,
} from '../../index.js';
import { expect, test } from '../test.js';

const url = 'http://chat.test/ozeki/index.php?srv=chatserver&api=chatconversation';

/** An exchange of the documented bodies of an Ozeki action. */
function documented(action: string) {
  const of = (part: string) =>
    examplesOf('ozeki').find((example) => example.action === action && example.part === part)?.body as object;
  const headers = { 'Content-Type': 'application/json', 'Ozeki-User': 'd574638619cbff603bf857164c47e850' };
  return {
    request: { method: 'POST', url, headers, body: of('request') },
    response: { status: 200, headers, body: of('response') },
  };
}

test('the documented exchange of an action misses no MUST', () => {
  const judged = validateExchange(documented('mute'));
  expect(judged).toMatchObject({
    kind: 'judged',
    api: 'ozeki',
    action: 'mute',
    violations: { request: [], response: [] },
  });
  if (judged.kind !== 'judged') return;
  // What the pages leave out with dots is no base64.
  expect(judged.missed.map(({ requirement }) => requirement)).toEqual(['OZ-CONV-8']);
  expect(judged.observations.map(({ requirement }) => requirement)).toContain('OZ-FLAG-1-MUTE');
});

test('what is missed is told with the requirement, its level and its sentence', () => {
  const { request, response } = documented('mute');
  const body = JSON.stringify(response.body).replace('"ismuted":true', '"ismuted":false');
  const judged = validateExchange({ request, response: { ...response, headers: new Headers(response.headers), body } });
  expect(judged).toMatchObject({ kind: 'judged', violations: { response: [] } });
  if (judged.kind !== 'judged') return;
  expect(judged.missed.map(({ requirement }) => requirement)).toEqual(expect.arrayContaining(['OZ-FLAG-1-MUTE']));
  for (const { level, title, findings } of judged.missed) {
    expect(level).toMatch(/^(MUST|SHOULD)$/);
    expect(title).not.toBe('');
    expect(findings[0]?.message).not.toBe('');
  }
});

test('a request that is not as documented is told by its violations', () => {
  const { request, response } = documented('mute');
  const judged = validateExchange({ request: { ...request, body: { ...request.body, conversationid: 7 } }, response });
  expect(judged).toMatchObject({ kind: 'judged', violations: { request: [{ path: '/conversationid' }] } });
});

test('an exchange of another API is foreign, one of no documented action unknown', () => {
  const { request, response } = documented('mute');
  expect(validateExchange({ request: { ...request, url: 'http://chat.test/favicon.ico' }, response }).kind).toBe(
    'foreign',
  );
  expect(validateExchange({ request: { ...request, body: { action: 'silence' } }, response }).kind).toBe('unknown');
});

test('the user ids of known accounts are checked', () => {
  const known = validateExchange(documented('mute'), { emails: ['admin@ozeki.hu'] });
  expect(known.kind).toBe('judged');
  if (known.kind !== 'judged') return;
  expect(known.observations.find(({ requirement }) => requirement === 'OZ-COM-6')?.findings).toEqual([]);
});

test('handlers without arguments serve the accounts of the stub target, each call over a state of its own', async () => {
  const { ozeki } = stubTarget({ url: 'http://chat.test' });
  const alice = ozeki?.pairs[0]?.alice;
  if (ozeki === undefined || alice === undefined) throw new Error('the stub target has no Ozeki account');
  const login = await getResponse(
    ozekiHandlers(),
    new Request(`${ozeki.url}?srv=chatserver&api=chatlogin`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Ozeki-Station': alice.station },
      body: JSON.stringify({ action: 'login', apikey: alice.apikey }),
    }),
  );
  const body = await login?.json();
  expect(validateBody('ozeki', 'login', 'response', body)).toEqual([]);
  expect(body).toMatchObject({ userid: rules.userIdOf(alice.email) });
});

test('Genesys handlers keep their chats to themselves', async () => {
  const [ours, theirs] = [genesysHandlers(), genesysHandlers()];
  const post = (path: string, body: object) =>
    new Request(`http://chat.test/api/v2/chats${path}`, { method: 'POST', body: JSON.stringify(body) });
  const { tenantName = '' } = stubTarget({ url: 'http://chat.test' }).genesys ?? {};
  const opened = await getResponse(
    ours,
    post('', { nickname: 'ann', firstName: 'Ann', lastName: 'Other', tenantName }),
  );
  const { chatId, ...members } = chatOf(await opened?.json());
  const read = () => post(`/${chatId}/messages`, members);
  expect(await (await getResponse(ours, read()))?.json()).toMatchObject({ statusCode: 0 });
  expect(await (await getResponse(theirs, read()))?.json()).toMatchObject({ statusCode: 2 });
});

/** What names a chat in the calls that follow. */
function chatOf(answer: unknown): Record<string, unknown> {
  const { chatId, userId, secureKey, alias, tenantName } = answer as GenesysRequestchatResponse;
  return { chatId, userId, secureKey, alias, tenantName };
}

test('Relation handlers misbehave where asked to', async () => {
  expect(() => relationHandlers({ faults: ['relation-no-such-fault'] })).toThrow(/There is no fault/);
  expect(() => relationHandlers({ faults: ['ozeki-page-edge'] })).toThrow(/There is no fault/);
  expect(relationHandlers({ seed: 7 })).toHaveLength(1);
});
