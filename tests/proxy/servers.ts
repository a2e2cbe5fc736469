import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type ProxyOptions, type RunningProxy, startProxy } from '../../src/proxy/index.js';
import type { Recorded } from '../../src/recording/index.js';
import { test as base } from '../test.js';

/** A server of plain bytes: it keeps what came, and answers as the test says. */
export interface Wire {
  url: URL;
  /** All that came over each connection, oldest first. */
  came: string[];
  /** How many connections are open. */
  open(): number;
}

/** A proxy in front of a server, with what it handed over. */
export interface Passed {
  proxy: RunningProxy;
  taken: Recorded[];
  unjudged: string[];
}

interface Fixtures {
  /** Starts a server on the loopback; `answer` gets what has come over a connection so far, and its socket. */
  wire(answer: (socket: Socket, came: string) => void): Promise<Wire>;
  pass(target: URL, options?: Partial<ProxyOptions>): Promise<Passed>;
  /** Sends bytes over a connection of its own, and gives what came back when it ends or `until` has come. */
  exchange(proxy: RunningProxy, bytes: string, until?: string): Promise<string>;
}

/** Servers, proxies and connections that end with their test. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  wire: async ({}, use) => {
    const closers: (() => void)[] = [];
    await use(async (answer) => {
      const came: string[] = [];
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        const index = came.push('') - 1;
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        socket.on('error', () => socket.destroy());
        socket.on('data', (chunk) => {
          came[index] += chunk.toString('latin1');
          answer(socket, came[index] as string);
        });
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      closers.push(() => {
        server.close();
        for (const socket of sockets) socket.destroy();
      });
      const { port } = server.address() as AddressInfo;
      return { url: new URL(`http://127.0.0.1:${port}`), came, open: () => sockets.size };
    });
    for (const close of closers) close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  pass: async ({}, use) => {
    const proxies: RunningProxy[] = [];
    await use(async (target, options = {}) => {
      const [taken, unjudged]: [Recorded[], string[]] = [[], []];
      const take = (recorded: Recorded) => void taken.push(recorded);
      const proxy = await startProxy({ target, port: 0, take, unjudged: (what) => unjudged.push(what), ...options });
      proxies.push(proxy);
      return { proxy, taken, unjudged };
    });
    for (const proxy of proxies) await proxy.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  exchange: async ({}, use) => {
    const sockets: Socket[] = [];
    await use(async (proxy, bytes, until) => {
      const { hostname, port } = new URL(proxy.url);
      const socket = connect(Number(port), hostname);
      sockets.push(socket);
      let back = '';
      const done = new Promise<void>((resolve) => {
        socket.on('data', (chunk) => {
          back += chunk.toString('latin1');
          if (until !== undefined && back.includes(until)) resolve();
        });
        socket.on('close', () => resolve());
        socket.on('error', () => resolve());
      });
      socket.write(bytes, 'latin1');
      await done;
      return back;
    });
    for (const socket of sockets) socket.destroy();
  },
});
