/** What does not pass byte for byte, and how: everything else does. What cannot pass is answered, with the reason. */
import { expect } from '../test.js';
import { test } from './servers.js';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const long = 'x'.repeat(300 * 1024);

/** Requests with what the server gets of them; HOST stands for its own name. */
const requests: Record<string, { sent: string; came: string; until?: string }> = {
  'repeated headers pass in their place and case beside a Connection': {
    sent: 'GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nb: 2\r\nx-a: 3\r\nX-A: 1\r\nConnection: keep-alive\r\n\r\n',
    came: 'GET / HTTP/1.1\r\nHost: HOST\r\nX-A: 1\r\nb: 2\r\nx-a: 3\r\nX-A: 1\r\nConnection: keep-alive\r\n\r\n',
  },
  'without a Connection repeated headers come behind their first, in its case': {
    sent: 'GET / HTTP/1.1\r\nHost: a\r\nX-A: 1\r\nb: 2\r\nx-a: 3\r\nX-A: 1\r\n\r\n',
    came: 'GET / HTTP/1.1\r\nHost: HOST\r\nX-A: 1\r\nX-A: 3\r\nX-A: 1\r\nb: 2\r\n\r\n',
  },
  'the case of names and of the method passes': {
    sent: 'GET /A%2fb?Q=%C3 HTTP/1.1\r\nhOST: a\r\nACCEPT: */*\r\nx-lower: v\r\nX_Under: v\r\n\r\n',
    came: 'GET /A%2fb?Q=%C3 HTTP/1.1\r\nhOST: HOST\r\nACCEPT: */*\r\nx-lower: v\r\nX_Under: v\r\n\r\n',
  },
  'bytes beyond ASCII and empty values pass': {
    sent: 'GET / HTTP/1.1\r\nHost: a\r\nX-Latin: \xe9\xff\r\nX-Empty:\r\n\r\n',
    came: 'GET / HTTP/1.1\r\nHost: HOST\r\nX-Latin: \xe9\xff\r\nX-Empty: \r\n\r\n',
  },
  'white space around values does not': {
    sent: 'GET / HTTP/1.1\r\nHost: a\r\nX-A: \t 1 \t\r\n\r\n',
    came: 'GET / HTTP/1.1\r\nHost: HOST\r\nX-A: 1\r\n\r\n',
  },
  'chunks pass without their extensions': {
    sent: 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;name="v"\r\n{}\r\n0;last\r\n\r\n',
    came: 'POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    until: '0\r\n\r\n',
  },
  'trailers pass': {
    sent: 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\n{}\r\n0\r\nX-Sum: 7\r\n\r\n',
    came: 'POST / HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\n{}\r\n0\r\nX-Sum: 7\r\n\r\n',
    until: 'X-Sum: 7\r\n\r\n',
  },
  'HTTP/1.0 goes on as HTTP/1.1, which names a host': {
    sent: 'GET / HTTP/1.0\r\nAccept: */*\r\n\r\n',
    came: 'GET / HTTP/1.1\r\nHost: HOST\r\nAccept: */*\r\n\r\n',
  },
  'an address with its host passes': {
    sent: 'GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n',
    came: 'GET http://a/x HTTP/1.1\r\nHost: HOST\r\n\r\n',
  },
  'OPTIONS of the server as a whole passes': {
    sent: 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n',
    came: 'OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n',
  },
};

for (const [words, { sent, came, until = '\r\n\r\n' }] of Object.entries(requests)) {
  test(`of a request: ${words}`, async ({ wire, pass, exchange }) => {
    const server = await wire((socket, all) => {
      if (all.endsWith(until)) socket.write(ok);
    });
    const { proxy } = await pass(server.url);
    expect(await exchange(proxy, sent, 'ok')).toContain('\r\n\r\nok');
    expect(server.came).toEqual([came.replace('HOST', server.url.host)]);
  });
}

/** Answers with what the client gets of them, and what it asked. */
const answers: Record<string, { sent?: string; gave: string; got: string }> = {
  'repeated headers pass in their place and case': {
    gave: 'HTTP/1.1 200 OK\r\nVia: a\r\nset-cookie: a=1\r\nvia: b\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok',
    got: 'HTTP/1.1 200 OK\r\nVia: a\r\nset-cookie: a=1\r\nvia: b\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok',
  },
  'chunks pass without their extensions': {
    gave: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=1\r\nok\r\n0;y\r\n\r\n',
    got: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
  },
  'HTTP/1.0 comes as HTTP/1.1, to the end of its connection': {
    gave: 'HTTP/1.0 200 OK\r\nServer: old\r\n\r\nok',
    got: 'HTTP/1.1 200 OK\r\nServer: old\r\n\r\nok',
  },
  'a client of HTTP/1.0 gets no chunks': {
    sent: 'GET / HTTP/1.0\r\n\r\n',
    gave: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n',
    got: 'HTTP/1.1 200 OK\r\nX-A: 1\r\nConnection: close\r\n\r\nok',
  },
  'a client of HTTP/1.0 gets a length as it is': {
    sent: 'GET / HTTP/1.0\r\n\r\n',
    gave: ok,
    got: ok,
  },
  'a status without words gets a space behind it': {
    gave: 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok',
    got: 'HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok',
  },
};

for (const [words, { sent = get, gave, got }] of Object.entries(answers)) {
  test(`of an answer: ${words}`, async ({ wire, pass, exchange }) => {
    const server = await wire((socket) => socket.end(gave, 'latin1'));
    const { proxy } = await pass(server.url);
    expect(await exchange(proxy, sent)).toBe(got);
  });
}

const cannot = 'the request is no HTTP/1.1 that can be passed on: ';

/** Requests that cannot pass, with the status and the reason. */
const unread: Record<string, { sent: string; status: number; why: string | RegExp }> = {
  'no HTTP': { sent: 'this is no HTTP\r\n\r\n', status: 400, why: cannot },
  'an unknown method': { sent: 'BREW / HTTP/1.1\r\nHost: a\r\n\r\n', status: 400, why: `${cannot}Invalid method` },
  'a handshake of TLS': {
    sent: '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03',
    status: 400,
    why: 'the request came over TLS: write http in place of https for the proxy',
  },
  'HTTP/2 from its start': {
    sent: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    status: 400,
    why: 'the request is HTTP/2 from its start: the proxy passes HTTP/1.1',
  },
  'HTTP/0.9': {
    sent: 'GET /\r\n\r\n',
    status: 400,
    why: 'the request is HTTP/0.9: the proxy passes HTTP/1.0 and HTTP/1.1',
  },
  'a control character in a header': {
    sent: 'GET / HTTP/1.1\r\nHost: a\r\nX-A: \x01\r\n\r\n',
    status: 400,
    why: /cannot be written as it came|no HTTP\/1\.1 that can be passed on/,
  },
  'a space in the name of a header': { sent: 'GET / HTTP/1.1\r\nHost: a\r\nX A: 1\r\n\r\n', status: 400, why: cannot },
  'two lengths': {
    sent: 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    status: 400,
    why: cannot,
  },
  'a length beside chunks': {
    sent: 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    status: 400,
    why: cannot,
  },
  'a chunk of no length': {
    sent: 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
    status: 400,
    why: cannot,
  },
  'a head that is too long': {
    sent: `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${long}\r\n\r\n`,
    status: 431,
    why: 'the head of the request is longer than 256 KiB',
  },
};

for (const [words, { sent, status, why }] of Object.entries(unread)) {
  test(`${words} is answered ${status} with the reason`, async ({ wire, pass, exchange }) => {
    const server = await wire(() => {});
    const { proxy, taken, unjudged } = await pass(server.url);
    const back = await exchange(proxy, sent);
    expect(back).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*\r\n\r\nchat-conformance proxy: `));
    if (typeof why === 'string') expect(back).toContain(`chat-conformance proxy: ${why}`);
    else expect(back).toMatch(why);
    expect(unjudged).toEqual(['could not be passed on']);
    expect(taken).toEqual([]);
  });
}

/** Answers that cannot pass. */
const unreadAnswers: Record<string, string> = {
  'no HTTP': 'SSH-2.0-OpenSSH_9.9\r\n',
  'a length beside chunks': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'two lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok',
  'a control character in a header': 'HTTP/1.1 200 OK\r\nX-A: \x01\r\nContent-Length: 2\r\n\r\nok',
  'a status that is none': 'HTTP/1.1 099 Odd\r\nContent-Length: 2\r\n\r\nok',
  'a switch that nobody asked for': 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: upgrade\r\n\r\n',
  'a head that is too long': `HTTP/1.1 200 OK\r\nX-Long: ${long}\r\nContent-Length: 2\r\n\r\nok`,
};

for (const [words, gave] of Object.entries(unreadAnswers)) {
  test(`an answer with ${words} is a 502 with the reason`, async ({ wire, pass, exchange }) => {
    const server = await wire((socket) => socket.end(gave, 'latin1'));
    const { proxy, taken, unjudged } = await pass(server.url);
    const back = await exchange(proxy, get);
    expect(back).toMatch(
      /^HTTP\/1\.1 502 Bad Gateway\r\n[\s\S]*\r\n\r\nchat-conformance proxy: the (?:head of the )?server/,
    );
    expect(unjudged).toEqual(['could not be passed on']);
    expect(taken).toEqual([]);
  });
}

test('a second request that cannot be read is answered behind the first', async ({ wire, pass, exchange }) => {
  const server = await wire((socket) => socket.write(ok));
  const { proxy, taken } = await pass(server.url);
  const [first, second] = [get, 'BREW / HTTP/1.1\r\n\r\n'];
  const back = await exchange(proxy, first, 'ok').then(async (answer) => answer + (await exchange(proxy, second)));
  expect(back).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*okHTTP\/1\.1 400 /);
  await expect.poll(() => taken.length).toBe(1);
});
