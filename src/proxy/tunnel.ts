import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { headText } from './headers.js';
import { ownText } from './own-answers.js';
import type { Upstream } from './upstream.js';

/** Connections that are passed on as bytes, because their clients upgraded them. */
export interface Tunnels {
  /** Opens one. `unreachable` says why the server could not be reached, and takes note of it. */
  open(incoming: IncomingMessage, client: Duplex, head: Buffer, unreachable: (error: Error) => string): void;
  /** Breaks all that are open. */
  close(): void;
}

/** Makes the tunnels of a proxy. */
export function createTunnels(way: Upstream): Tunnels {
  const ends = new Set<Duplex>();
  const hold = (end: Duplex, other?: Duplex): void => {
    ends.add(end);
    end.on('error', () => other?.destroy());
    end.once('close', () => {
      ends.delete(end);
      other?.destroy();
    });
  };
  return {
    open(incoming, client, head, unreachable) {
      hold(client);
      way.connect().then(
        (server) => {
          hold(server, client);
          hold(client, server);
          if (client.destroyed) {
            server.destroy();
            return;
          }
          server.setNoDelay(true);
          const firstLine = `${incoming.method} ${incoming.url} HTTP/${incoming.httpVersion}`;
          server.write(headText(firstLine, way.headersFor(incoming.rawHeaders)), 'latin1');
          if (head.length > 0) server.write(head);
          client.pipe(server).pipe(client);
        },
        (error: Error) => client.end(ownText({ status: 502, why: unreachable(error) })),
      );
    },
    close() {
      for (const end of ends) end.destroy();
    },
  };
}
