import { serveStub } from '../../apis/stub.js';
import { expect, test } from '../test.js';

const origin = 'http://localhost:5173';
const path = '/ozeki/index.php?srv=chatserver&api=chatfriends';
const preflight = {
  method: 'OPTIONS',
  headers: {
    Origin: origin,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type,ozeki-signature,ozeki-station,ozeki-user',
  },
};

test('a page of another origin may call, with the headers that it asks for', async () => {
  const served = await serveStub();
  try {
    const allowed = await fetch(`${served.url}${path}`, preflight);
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
    expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
    expect(allowed.headers.get('access-control-allow-headers')).toBe(
      preflight.headers['Access-Control-Request-Headers'],
    );
    const answer = await fetch(`${served.url}${path}`, { method: 'POST', body: '{}', headers: { Origin: origin } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(served.stub.sent()).not.toHaveProperty('ozeki/unknown', 2);
  } finally {
    await served.close();
  }
});

test('who is no page gets the headers of the server alone', async () => {
  const served = await serveStub();
  try {
    const { headers } = await fetch(`${served.url}${path}`, { method: 'POST', body: '{}' });
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-allow-origin'))).toEqual([]);
  } finally {
    await served.close();
  }
});

test('with cors off no page of another origin may call', async () => {
  const served = await serveStub({ cors: false });
  try {
    const refused = await fetch(`${served.url}${path}`, preflight);
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  } finally {
    await served.close();
  }
});
