import { BlockList, isIP } from 'node:net';
import type { NamedProxy } from '../exchange/connection.js';

type Environment = Record<string, string | undefined>;

/**
 * The proxy that the environment names for a URL, by HTTP_PROXY, HTTPS_PROXY and NO_PROXY as curl reads them: the name in lower
 * case goes first, NO_PROXY lists hosts, domains (with or without a dot before them), `host:port`, address ranges, or `*`. This
 * machine itself is never asked for through a proxy.
 */
export function environmentProxy(url: URL, env: Environment): NamedProxy | undefined {
  const from = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const text = env[from.toLowerCase()] || env[from];
  if (!text || isLoopback(hostOf(url)) || isExcepted(url, env.no_proxy || env.NO_PROXY || '')) return undefined;
  return { url: text.includes('://') ? text : `http://${text}`, from };
}

/** The host without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || isWithin(loopback, host);
}

function isWithin(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

function isExcepted(url: URL, list: string): boolean {
  const host = hostOf(url);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const range = rangeOf(entry);
      if (range !== undefined) return isWithin(range, host);
      const [, name = entry, onPort = port] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
      const domain = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
      return onPort === port && (host === domain || host.endsWith(`.${domain}`));
    });
}

/** The addresses that `10.0.0.0/8` names; `undefined` where the entry names none. */
function rangeOf(entry: string): BlockList | undefined {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 6 ? 128 : 32)) return undefined;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  return list;
}
