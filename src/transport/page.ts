/** Tells what an API answers from the pages of what stands before it: gateways, proxies, sign-in services, captive portals. */
import type { ReceivedResponse } from '../exchange/index.js';
import { shortened } from '../rules/index.js';

/** An answer that the API did not write. */
export interface Page {
  status: number;
  /** What two pages of one kind have in common; it holds no more of a body than its title. */
  look: string;
  /** What came, in a few words: the answer's own words in them are not redacted. */
  words: string;
}

/**
 * The page that an answer is; `undefined` where the API speaks in it. `isOwn` tells the API's JSON from that of others. JSON of
 * nobody's with a success status, and text that begins like JSON, are what a broken server answers, not a gateway.
 */
export function pageOf(response: ReceivedResponse, isOwn: (body: unknown) => boolean): Page | undefined {
  const { status, json, text } = response;
  if (json === undefined ? isWithin(text, isOwn) : isOwn(json)) return undefined;
  const isRedirect = status >= 300 && status < 400;
  if (!isRedirect && (json === undefined ? /^\s*[{[]/.test(text) : status < 400)) return undefined;
  const content = isRedirect ? redirectOf(response) : contentOf(response);
  return { status, look: `${status} ${content.look}`, words: `HTTP ${status}${content.words}${sendersOf(response)}` };
}

/** Longer texts are pages, whatever stands in them. */
const longestWrapped = 256 * 1024;

/** Whether JSON of the API stands within a text, such as behind the warnings that an interpreter prints. */
function isWithin(text: string, isOwn: (body: unknown) => boolean): boolean {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (from === -1 || to < from || text.length > longestWrapped) return false;
  try {
    return isOwn(JSON.parse(text.slice(from, to + 1)));
  } catch {
    return false;
  }
}

interface Content {
  look: string;
  words: string;
}

function redirectOf({ headers }: ReceivedResponse): Content {
  const to = headers.location;
  return { look: 'redirect', words: to === undefined ? ', a redirect to nowhere' : `, a redirect to ${bareUrl(to)}` };
}

function contentOf({ json, text }: ReceivedResponse): Content {
  if (json !== undefined) {
    const names = typeof json === 'object' && json !== null ? Object.keys(json).slice(0, 8) : [];
    return {
      look: `JSON ${names}`,
      words: ` with JSON that is none of the API's (${shortened(JSON.stringify(json) ?? '', 80)})`,
    };
  }
  if (text.trim() === '') return { look: 'empty', words: ' with no body' };
  const title = /<title[^>]*>([^<]+)/i.exec(text.slice(0, longestWrapped))?.[1]?.trim().replace(/\s+/g, ' ');
  if (title !== undefined)
    return { look: `page ${title}`, words: ` with a page titled ${JSON.stringify(shortened(title, 80))}` };
  if (/^\s*<(?:!doctype|html|head|body|\?xml)/i.test(text)) return { look: 'page', words: ' with a page of HTML' };
  const start = shortened(text.trim().replace(/\s+/g, ' '), 80);
  return { look: `text ${start.replace(/\d+/g, '#')}`, words: ` with the text ${JSON.stringify(start)}` };
}

/** The headers by which those who answer name themselves and what they ask for. */
function sendersOf({ headers }: ReceivedResponse): string {
  const names = {
    'www-authenticate': 'WWW-Authenticate',
    'proxy-authenticate': 'Proxy-Authenticate',
    server: 'Server',
    via: 'Via',
  };
  const said = Object.entries(names).flatMap(([name, shown]) => {
    const value = headers[name];
    return value === undefined || value === '' ? [] : [`${shown}: ${shortened(value, 100)}`];
  });
  return said.length === 0 ? '' : ` [${said.join(', ')}]`;
}

/** Who answered, as far as the headers tell in which servers and proxies name themselves; the numbers in it differ from machine to machine. */
export function senderOf({ headers: { server = '', via = '' } }: ReceivedResponse): string {
  return `${server}\n${via}`.replace(/[\da-f]{6,}|\d+/gi, '#');
}

/** A URL without user name, password, query and fragment, where tokens stand. */
function bareUrl(text: string): string {
  return text.replace(/[?#].*$/s, '').replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/]*@/i, '$1//');
}

/** What a page is to be mended by. */
export interface Asked {
  /** Where the request went. */
  url: string;
  /** The path of the target file's member that holds the address, such as `ozeki.url`, and its value. */
  member: string;
  base: string;
  /** Whether the API needs the Authorization header itself. */
  needsAuthorization: boolean;
}

const pass = 'give the target file what gets past it: headers, basicAuth, tls or cookies';

/** What to do about a page that every action meets. */
export function mendOf({ status, words }: Page, { headers, text }: ReceivedResponse, asked: Asked): string {
  const { member } = asked;
  if (status >= 300 && status < 400) {
    const moved = movedTo(headers.location, asked);
    if (moved !== undefined) return `write ${moved} as ${member}`;
    return `if the API is there, write that as ${member}; if it asks for a sign-in, ${pass}`;
  }
  const front = text.slice(0, 4000);
  if (status === 400 && /plain HTTP|HTTP request to an HTTPS/i.test(front)) return `write https:// in ${member}`;
  if (status < 500 && status >= 400 && /(?:SSL|TLS|client) certificate/i.test(front))
    return 'write tls.cert and tls.key into the target file';
  if (status === 407) return 'write the proxy with its user name and password as proxy into the target file';
  if (status === 401) {
    if (!/^basic\b|, *basic\b/i.test(headers['www-authenticate'] ?? '')) return `${pass}, and check the accounts`;
    return asked.needsAuthorization
      ? 'let the gateway ask for something else, for the API needs Authorization itself: headers, tls or cookies of the target file'
      : 'write basicAuth into the target file';
  }
  if (status === 403) return `let this machine pass, or ${pass}`;
  if (status === 413) return 'let what stands before the server take longer bodies';
  if (status === 511) return 'sign in to this network first';
  if (status >= 500) return `see that the server behind it is up, and check ${member}`;
  if (status === 404 || status === 405 || status === 410) return `check the path of ${member}`;
  return /sign|log|auth/i.test(words) ? `${pass}, and check ${member}` : `check ${member}, or ${pass}`;
}

/** The address to write where a redirect leads to the same request elsewhere; `undefined` where it leads to something else. */
function movedTo(location: string | undefined, { url, base }: Asked): string | undefined {
  if (location === undefined || !URL.canParse(location, url)) return undefined;
  const [from, to, root] = [new URL(url), new URL(location, url), new URL(base)];
  const rest = from.pathname.slice(root.pathname.replace(/\/$/, '').length);
  if (to.href === from.href || to.search !== from.search || !to.pathname.endsWith(rest)) return undefined;
  if (rest === '' && from.search === '') return undefined;
  return `${to.origin}${to.pathname.slice(0, to.pathname.length - rest.length)}`;
}
