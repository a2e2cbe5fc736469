/** What real recorders write, in the shape of their own: the session is judged the same, what stands beside it is told. */
import { expect, test } from '../test.js';
import { checked } from './files.js';
import { charles, chrome, firefox, log, mitmproxy, playwright, toolkit } from './recorders.js';
import { type Entry, entriesOf, told, toldPlain } from './session-of-all.js';
import type { Body } from './traffic.js';

const pages = [{ startedDateTime: '2024-03-08T14:00:00.000Z', id: 'page_1', title: 'Chat', pageTimings: {} }];

for (const [recorder, write] of Object.entries({
  'the developer tools of Chrome': () =>
    log({ name: 'WebInspector', version: '537.36' }, entriesOf().flatMap(chrome), { pages }),
  'the network monitor of Firefox': () =>
    log({ name: 'Firefox', version: '145.0' }, entriesOf().map(firefox), {
      browser: { name: 'Firefox', version: '145.0' },
      pages,
    }),
  mitmproxy: () =>
    log({ name: 'mitmproxy', version: '12.1.2', comment: '' }, entriesOf().map(mitmproxy), { pages: [] }),
  Charles: () => log({ name: 'Charles Proxy', version: '5.0.3' }, entriesOf().map(charles)),
  'HTTP Toolkit': () => log({ name: 'HTTP Toolkit', version: '1.20.0' }, entriesOf().map(toolkit), { pages }),
  'recordHar of Playwright': () => log({ name: 'Playwright', version: '1.65.1' }, entriesOf().map(playwright)),
})) {
  test(`${recorder}: the session is judged as in a plain recording`, async () => {
    const whole = write();
    expect(await told(whole)).toEqual(await toldPlain());
    // With its own indents, as most of them write.
    expect(await told(JSON.stringify(JSON.parse(whole), null, 2))).toEqual(await toldPlain());
  });
}

const first = () => entriesOf()[0] as Entry;
const without = (text: string, ...names: string[]) =>
  JSON.stringify(JSON.parse(text), (_, value) =>
    Array.isArray(value) ? value.filter((item) => !names.includes(String(item?.name).toLowerCase())) : value,
  );

test('an answer that broke off, by what each recorder says of it, is not judged', async () => {
  const broken = (entry: Body, more: Body, ofAnswer: Body) => ({
    ...entry,
    ...more,
    response: { ...(entry.response as Body), ...ofAnswer },
  });
  const none = { status: 0, statusText: '', headers: [], content: {}, headersSize: -1, bodySize: -1 };
  for (const entry of [
    broken(charles(first()), {}, { _charlesStatus: 'EXCEPTION' }),
    broken(charles(first()), {}, { _charlesStatus: 'FAILED', content: { size: 0, mimeType: null } }),
    broken(mitmproxy(first()), {}, { ...none, _error: 'Client disconnected.' }),
    broken(mitmproxy(first()), {}, { ...none, _error: null }),
    broken(toolkit(first()), {}, { ...none, content: { size: 0, mimeType: 'application/x-unknown' } }),
    broken(playwright(first()), { _wasAborted: true }, { ...none, status: -1, _failureText: 'net::ERR_FAILED' }),
    broken(
      chrome(first())[1] as Body,
      {},
      { _error: 'net::ERR_ABORTED', content: { size: 0, mimeType: 'text/plain' } },
    ),
    broken(firefox(first()), {}, { ...none, content: { mimeType: '', size: 0 } }),
  ]) {
    const { missed, traffic } = await checked('broken.har', log({ name: 'x' }, [entry]));
    expect(missed).toEqual([]);
    expect(traffic).toMatchObject({ judged: 0, skipped: { 'no complete answer came': 1 } });
  }
});

test('a refusal without a body that Chrome calls a failure did come', async () => {
  const entry = chrome(first())[1] as { response: Body };
  Object.assign(entry.response, {
    status: 500,
    content: { size: 0, mimeType: 'x-unknown' },
    bodySize: 0,
    _error: 'net::ERR_HTTP_RESPONSE_CODE_FAILURE',
  });
  const spoke = chrome(entriesOf()[1] as Entry)[1] as Body;
  const { missed, traffic } = await checked('a.har', log({ name: 'WebInspector' }, [entry, spoke]));
  expect(traffic).toMatchObject({ judged: 2, skipped: {} });
  expect(missed).toContain('OZ-COM-13');
});

test('a recording that Chrome saved without sensitive headers blames nobody for them', async () => {
  const whole = log({ name: 'WebInspector', version: '537.36' }, entriesOf().flatMap(chrome));
  const { missed, traffic } = await checked(
    'a.har',
    without(whole, 'authorization', 'cookie', 'set-cookie', 'ozeki-signature', 'apikey'),
  );
  const { judged } = await toldPlain();
  expect(missed).toEqual(judged.filter(([, status]) => status === 'fail').map(([id]) => id));
  expect(traffic.notes).toContain(
    'access was not judged by 4 requests without authorization: the recording may have left that out',
  );
});
