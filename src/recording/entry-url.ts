import { headerIn } from './entry-headers.js';
import { type Members, membersOf, textOf } from './members.js';
import type { HeaderLines } from './types.js';

/** The address that something was asked at, with its query; `undefined` where none is told. */
export function urlOf(request: Members, lines: HeaderLines): string | undefined {
  const address = addressOf(request, lines);
  if (address === undefined || address.includes('?') || !URL.canParse(address)) return address;
  const query = (Array.isArray(request.queryString) ? request.queryString : []).flatMap((pair): [string, string][] => {
    const { name, value } = membersOf(pair);
    return typeof name === 'string' ? [[decoded(name), decoded(textOf(value) ?? '')]] : [];
  });
  if (query.length === 0) return address;
  const url = new URL(address);
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url.href;
}

function addressOf(request: Members, lines: HeaderLines): string | undefined {
  const told = textOf(request.url) ?? textOf(request.pretty_url) ?? textOf(membersOf(request.url).raw) ?? '';
  if (/^[a-z][a-z0-9+.-]*:/i.test(told)) return told;
  const path = told || textOf(request.path) || headerIn(lines, ':path');
  const host = hostOf(request) ?? headerIn(lines, ':authority') ?? headerIn(lines, 'host');
  if (path === undefined || host === undefined || host === '' || !/^\/(?!\/)/.test(path)) return undefined;
  const scheme = textOf(request.scheme) || headerIn(lines, ':scheme') || 'https';
  return `${scheme}://${host}${path}`;
}

function hostOf({ host, port }: Members): string | undefined {
  if (typeof host !== 'string' || host === '') return undefined;
  return port === undefined || port === null ? host : `${host}:${port}`;
}

/** Some write the query as it stands in the address, some without its percent signs. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
