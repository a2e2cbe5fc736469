/** Credentials that are easy to find again, a server that echoes them, and a search for them in whatever form. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { getResponse } from 'msw';
import type { Stub } from '../../src/stub/index.js';
import type { Target } from '../../types/target.js';
import type { Behaviour, SeenRequest } from '../transport/hostile-servers.js';
import { requestOf } from './stub-behaviour.js';

/** A canary by what it stands for, with the credential that the stub knows. */
export interface Canary {
  name: string;
  secret: string;
  real: string;
}

/** Characters that each encoding writes in another way; those of a header are fewer. */
const awkward = { body: `+/=%& "'<>\\é`, header: `+/=%&"'<>`, token: '+/=%&~' };

function canary(name: string, real: string, where: keyof typeof awkward, prefix = ''): Canary {
  const random = () => randomBytes(9).toString('base64url');
  return { name, secret: `${prefix}${random()}${awkward[where]}${random()}`, real };
}

/** Puts a canary in place of every credential of a target, and gives them. */
export function plantCanaries(target: Target): Canary[] {
  const planted: Canary[] = [];
  const plant = (name: string, real: string | undefined, where: keyof typeof awkward, prefix?: string): string => {
    const made = canary(name, real ?? '', where, prefix);
    planted.push(made);
    return made.secret;
  };
  const { ozeki, relation } = target;
  for (const [index, pair] of (ozeki?.pairs ?? []).entries()) {
    for (const [role, account] of Object.entries(pair)) {
      account.apikey = plant(`${role} ${index} apikey`, account.apikey, 'body');
      account.signature = plant(`${role} ${index} signature`, account.signature, 'header');
    }
  }
  if (ozeki?.outsider) {
    ozeki.outsider.apikey = plant('outsider apikey', ozeki.outsider.apikey, 'body');
    ozeki.outsider.signature = plant('outsider signature', ozeki.outsider.signature, 'header');
  }
  if (relation) {
    relation.apiKey = plant('relation apiKey', relation.apiKey, 'header');
    for (const role of ['member', 'peer', 'outsider'] as const) {
      const account = relation[role];
      if (account) account.token = plant(`${role} token`, account.token, 'token', 'ro.');
    }
  }
  return planted;
}

/** What a server told its clients to keep secret. */
const received = /"(rsakey|secureKey)":("(?:[^"\\]|\\.)*")/g;

/**
 * Answers as the stub does to those who bear canaries, and repeats all that it was sent, in several forms: in extra members, in
 * response headers, in the texts of refusals. What it gave out itself joins the canaries.
 */
export function echoes(stub: Stub, canaries: Canary[]): Behaviour {
  const planted = [...canaries];
  const keys = new Map<string, string>();
  return (_request, response, seen) => {
    getResponse(stub.handlers, requestOf(withReal(seen, planted)))
      .then(async (answer) => {
        if (answer === undefined) return response.writeHead(404).end();
        const text = await answer.text();
        for (const [, name = '', written = '""'] of text.matchAll(received)) {
          const secret = JSON.parse(written) as string;
          // A client that knows the key from before is echoed it too.
          if (name === 'rsakey') keys.set(String(seen.headers['ozeki-station']), secret);
          if (secret !== '' && !canaries.some((known) => known.secret === secret))
            canaries.push({ name: `${name} received`, secret, real: '' });
        }
        const said = echoOf(seen, keys.get(String(seen.headers['ozeki-station'])) ?? '');
        const headers = {
          ...Object.fromEntries(answer.headers),
          // Node takes no more headers than 16 KiB.
          'x-echo': encodeURIComponent(said.all.slice(0, 1024)),
          'x-echo-base64': said.base64.slice(0, 4096),
          'x-echo-signature': String(seen.headers['ozeki-signature'] ?? seen.headers.authorization ?? ''),
        };
        return response.writeHead(answer.status, headers).end(withEcho(text, said));
      })
      .catch(() => response.destroy());
  };
}

function withReal(seen: SeenRequest, planted: readonly Canary[]): SeenRequest {
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
  let { body } = seen;
  for (const { secret, real } of planted) body = body.replaceAll(escaped(secret), escaped(real));
  const headers = Object.entries(seen.headers).map(([name, value]) => {
    const found = planted.find(({ secret }) => value === secret || value === `Bearer ${secret}`);
    return [name, found === undefined ? value : String(value).replace(found.secret, found.real)];
  });
  return { ...seen, body, headers: Object.fromEntries(headers) as SeenRequest['headers'] };
}

type Echo = Record<'all' | 'body' | 'headers' | 'urlEncoded' | 'base64' | 'hex' | 'escaped', string>;

function echoOf({ path, headers, body }: SeenRequest, key: string): Echo {
  const bearing = ['ozeki-signature', 'ozeki-station', 'apikey', 'authorization'].map((name) => headers[name] ?? '');
  // Short texts only: the stub is sent bodies of a megabyte.
  const all = `${path} ${bearing.join(' ')} ${body.slice(0, 2000)} ${decoded(body)} ${key}`;
  return {
    all,
    body: body.slice(0, 2000),
    headers: bearing.join('|'),
    urlEncoded: encodeURIComponent(all),
    base64: ['', 'x', 'xx'].map((before) => Buffer.from(before + all).toString('base64')).join(' '),
    hex: Buffer.from(all).toString('hex'),
    escaped: JSON.stringify(JSON.stringify(all)),
  };
}

/** The strings of a JSON body as they are. */
function decoded(body: string): string {
  try {
    return Object.values(JSON.parse(body.slice(0, 2000)) as object)
      .filter((value) => typeof value === 'string')
      .join(' ');
  } catch {
    return '';
  }
}

function withEcho(text: string, said: Echo): string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return text;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return text;
  const body = json as Record<string, unknown>;
  const why = `You sent ${said.all}, that is ${said.urlEncoded} or ${said.base64}`;
  if (typeof body.errormessage === 'string' && body.errormessage !== '') body.errormessage = why;
  if (typeof body.desc === 'string' && body.code !== '0') body.desc = why;
  return JSON.stringify({ ...body, echo: said });
}

/** The spellings of a secret to look for, by name. */
export function spellings(secret: string): Map<string, string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const forms: [string, string][] = [
    ['plain', secret],
    ['URL-encoded', url],
    ['URL-encoded, lower case', url.replace(/%../g, (code) => code.toLowerCase())],
    ['form-encoded', new URLSearchParams([['', secret]]).toString().slice(1)],
    ['JSON-escaped', json],
    ['JSON in JSON', JSON.stringify(json).slice(1, -1)],
    ['HTML', secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')],
    ['shell', secret.replaceAll("'", `'\\''`)],
    ['hex', Buffer.from(secret).toString('hex')],
    ['HEX', Buffer.from(secret).toString('hex').toUpperCase()],
  ];
  for (const offset of [0, 1, 2]) {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
    // The characters that hold bits of the secret alone.
    const core = bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
    forms.push([`base64 at ${offset}`, core], [`base64url at ${offset}`, core.replace(/\+/g, '-').replace(/\//g, '_')]);
  }
  return new Map(forms);
}

/** What probes make of a credential: nobody's, but they tell much of it. */
export function nearMisses({ name, secret }: Canary): Pick<Canary, 'name' | 'secret'>[] {
  const exchanged = (letter: string) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());
  return [
    { name: `${name} but its last character`, secret: secret.slice(0, -1) },
    { name: `half of ${name}`, secret: secret.slice(0, Math.floor(secret.length / 2)) },
    { name: `${name} in other case`, secret: secret.replace(/[a-z]/gi, exchanged) },
  ];
}

/** A text that was searched, and where it comes from. */
export interface Searched {
  from: string;
  text: string;
}

/** Every file below a folder, and what is packed into each: zip archives, and long base64 texts, packed or not. */
export function textsIn(folder: string): Searched[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return textsOf(path, readFileSync(path));
    });
}

/** The text of a file, or those of the files in an archive, with what is packed into them. */
function textsOf(from: string, bytes: Buffer): Searched[] {
  if (isZip(bytes)) return filesIn(bytes).flatMap(({ name, content }) => textsOf(`${from} ${name}`, content));
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  return [{ from, text }, ...packedIn(from, text)];
}

function isZip(bytes: Buffer): boolean {
  return bytes.length > 22 && bytes.readUInt32LE(0) === 0x04034b50;
}

/** The files of a zip archive, by its central directory. */
function filesIn(zip: Buffer): { name: string; content: Buffer }[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameLength, extraLength, noteLength] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + size);
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (noteLength ?? 0);
    return { name, content: method === 0 ? packed : inflateRawSync(packed) };
  });
}

function packedIn(from: string, text: string): Searched[] {
  return [...text.matchAll(/[A-Za-z0-9+/]{400,}={0,2}/g)].flatMap(([base64], index) => {
    const bytes = Buffer.from(base64, 'base64');
    if (isZip(bytes)) return textsOf(`${from} part ${index}`, bytes);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const inside = { from: `${from} part ${index}`, text: (isGzip ? gunzipSync(bytes) : bytes).toString('utf8') };
    return isGzip ? [inside, ...packedIn(inside.from, inside.text)] : [inside];
  });
}

/** By so many characters a spelling is looked up before it is compared. None is shorter. */
const beginning = 8;

/** Where which canary stands in which spelling. One pass over each text, for there are thousands of spellings. */
export function hitsIn(texts: readonly Searched[], canaries: readonly Pick<Canary, 'name' | 'secret'>[]): string[] {
  const byBeginning = new Map<string, { what: string; spelling: string }[]>();
  for (const { name, secret } of canaries) {
    for (const [form, spelling] of spellings(secret)) {
      const key = spelling.slice(0, beginning);
      if (key.length < beginning) throw new Error(`${name}, ${form}: ${spelling} is too short to be looked for`);
      const known = byBeginning.get(key) ?? [];
      byBeginning.set(key, [...known, { what: `${name}, ${form}`, spelling }]);
    }
  }
  const hits = new Set<string>();
  for (const { from, text } of texts) {
    for (let at = 0; at + beginning <= text.length; at++) {
      for (const { what, spelling } of byBeginning.get(text.substring(at, at + beginning)) ?? [])
        if (text.startsWith(spelling, at)) hits.add(`${what}: ${from}`);
    }
  }
  return [...hits];
}
