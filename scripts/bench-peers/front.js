// @ts-check
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

/**
 * What stands before a stub: counts the requests, and lets each action have a path of its own, `/action/NAME/...`, of which the
 * stub gets the rest. OpenAPI tells operations apart by path and method alone, and many actions share both.
 */
export async function openFront() {
  let upstream = '';
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    requests += 1;
    const { method, rawHeaders } = incoming;
    const url = new URL(ownPath(incoming.url ?? '/'), upstream);
    const passed = request(url, { method, headers: rawHeaders, setHost: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
      // Small answers are passed as they come, and a connection that breaks here breaks there.
      answer.on('close', () => answer.complete || outgoing.destroy()).pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    outgoing.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  server.on('upgrade', ({ method, url, rawHeaders }, socket, head) => {
    const { hostname, port } = new URL(upstream);
    const passed = connect(Number(port), hostname, () => {
      const headers = rawHeaders.map((text, i) => (i % 2 ? `${text}\r\n` : `${text}: `)).join('');
      passed.write(`${method} ${url} HTTP/1.1\r\n${headers}\r\n`);
      passed.write(head);
      socket.pipe(passed).pipe(socket);
    });
    for (const end of [socket, passed]) end.on('error', () => end.destroy());
    socket.on('close', () => passed.destroy());
    passed.on('close', () => socket.destroy());
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    /** Passes to this server from now on, and counts from 0. @param {string} url */
    passTo(url) {
      upstream = url;
      requests = 0;
    },
    requests: () => requests,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @param {string} url */
function ownPath(url) {
  return url.replace(/^\/action\/[a-z]+(?=\/)/, '');
}

/** A port that nobody listens on just now. */
export async function openFreePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  return port;
}
