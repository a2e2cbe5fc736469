import { senderOf } from '../transport/index.js';
import { createBounded } from './bounded.js';
import type { Known } from './exchange.js';
import { answerPage, pageReason, speaks } from './unjudged.js';

/** An exchange of which it is known whether it is to be judged. */
export interface Settled extends Known {
  /** Why it is not to be judged. */
  reason?: string;
  isUnsure?: boolean;
  /** Whether what came is the doing of something before the server. */
  isElsewhere?: boolean;
}

/** What stands at addresses of an API without being of it. */
export interface Foreign {
  api: string;
  server: string;
  count: number;
}

/**
 * Tells servers of an API from what others serve at the same paths, and what they answer from the pages of what stands before them:
 * by what the recording shows of a server as a whole. Until a server has shown itself, a bounded number of its exchanges waits.
 */
export interface Servers {
  /** Takes an exchange; gives those of the same server, in their order, that are settled by now. */
  take(item: Settled, weight: number): Settled[];
  /** Takes note of something at an address of an API that is no documented action. */
  takeUnknown(found: Known['found']): void;
  /** Settles what waits. To be called once, in the end. */
  finish(): Settled[];
  foreign(): readonly Foreign[];
  /** How much was of no documented action, of servers of an API. */
  unknown(): number;
  /** How much came too long before its server showed itself, and was let go. */
  lost(): number;
}

const keptServers = 64;
const keptForeign = 20;
const keptWaiting = 32;
const keptWeight = 256 * 1024;
const keptSenders = 8;

interface Server {
  api: string;
  server: string;
  /** Whether something bore a sign of the API. */
  isSigned: boolean;
  /** Whether the API spoke in some answer. */
  speaks: boolean;
  /** By which names those answers came, as their headers say. */
  senders: Set<string>;
  waiting: { item: Settled; weight: number }[];
  weight: number;
  /** What was let go before it was settled. */
  lost: number;
  unknown: number;
}

/** Makes an empty memory of servers. */
export function createServers(): Servers {
  const foreign: Foreign[] = [];
  let others = 0;
  let unknown = 0;
  let lost = 0;
  const servers = createBounded<string, Server>(keptServers, close);

  const of = ({ api, server }: Known['found']): Server => {
    const key = `${api.name}\n${server}`;
    const own: Server = servers.get(key) ?? {
      api: api.name,
      server,
      isSigned: api.recording.bearsSign === undefined,
      speaks: false,
      senders: new Set(),
      waiting: [],
      weight: 0,
      lost: 0,
      unknown: 0,
    };
    servers.set(key, own);
    return own;
  };

  return {
    take(item, weight) {
      const server = of(item.found);
      const { api } = item.found;
      server.isSigned ||= api.recording.bearsSign?.(item.exchange) ?? true;
      if (speaks(api, item.exchange)) {
        server.speaks = true;
        if (server.senders.size < keptSenders) server.senders.add(senderOf(item.exchange.response));
      }
      server.waiting.push({ item, weight });
      server.weight += weight;
      const free = settle(server, server.speaks);
      while (server.waiting.length > keptWaiting || server.weight > keptWeight) {
        server.weight -= server.waiting.shift()?.weight ?? 0;
        server.lost += 1;
      }
      return free;
    },
    takeUnknown(found) {
      of(found).unknown += 1;
    },
    finish() {
      const left = [...servers.keys()].flatMap((key) => {
        const server = servers.get(key);
        return server === undefined ? [] : settle(server, true);
      });
      while (servers.keys().next().done === false) servers.forgetOldest();
      return left;
    },
    foreign: () => (others === 0 ? foreign : [...foreign, { api: '', server: '', count: others }]),
    unknown: () => unknown,
    lost: () => lost,
  };

  /** Counts what is left of a server that nothing more is heard of. */
  function close(server: Server): void {
    if (server.isSigned) {
      unknown += server.unknown;
      lost += server.lost + server.waiting.length;
      return;
    }
    const count = server.unknown + server.lost + server.waiting.length;
    if (foreign.length < keptForeign) foreign.push({ api: server.api, server: server.server, count });
    else others += count;
  }
}

/** The exchanges at the head of those that wait that are settled. `isLast`: whether pages need not wait for the API to speak. */
function settle(server: Server, isLast: boolean): Settled[] {
  if (!server.isSigned) return [];
  const settled: Settled[] = [];
  for (let next = server.waiting[0]; next !== undefined; next = server.waiting[0]) {
    const { item, weight } = next;
    const page = answerPage(item.found.api, item.exchange);
    const isPage = page !== undefined && (item.reason === undefined || item.isUnsure === true);
    if (isPage && !isLast) break;
    // What one action answers is the server's, but for what comes from somebody else by name.
    const isElsewhere = isPage && (!server.speaks || !server.senders.has(senderOf(item.exchange.response)));
    const reason = item.reason ?? (isElsewhere ? pageReason(page, page.status) : undefined);
    settled.push(isElsewhere ? { ...item, reason, isUnsure: true, isElsewhere } : item);
    server.waiting.shift();
    server.weight -= weight;
  }
  return settled;
}
