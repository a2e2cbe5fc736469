// @ts-check
/**
 * Measures `check` on generated recordings (time, greatest memory) and what the proxy adds to a request, side by side with a
 * direct connection in the same run. Needs a current build: `npm run build && node scripts/bench-recording.js [--gigabyte]`.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../bin/chat-conformance.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'chat-conformance-bench-'));
const megabyte = 1024 * 1024;

/** @param {string} name @param {string} value @param {string} aim @param {string} details */
function print(name, value, aim, details) {
  console.log(`${name.padEnd(44)} ${value.padStart(12)}   ${aim.padEnd(16)} ${details}`);
}

/** @param {string} text */
const md5 = (text) => createHash('md5').update(text).digest('hex');
/** @param {number} ms */
const stamp = (ms) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
/** @param {number} number */
const uuid = (number) => md5(`message ${number}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const start = Date.UTC(2026, 0, 1);
const users = [md5('alice@example.test'), md5('bob@example.test')].sort();

/** One exchange of a long Ozeki session: ten Adds, then a page that shows them; a foreign entry now and then. @param {number} index */
function exchangeOf(index) {
  const at = start + index * 1000;
  const conversationid = md5(`${users.join(';')}`);
  const common = { conversationid, instance: 'PqjfKSn7V8', clientversioncode: 3, timestamp: stamp(at) };
  const headers = {
    'Content-Type': 'application/json',
    'Ozeki-Signature': md5(`signature ${index}`),
    'Ozeki-Station': md5('station'),
    'Ozeki-User': users[index % 2] ?? '',
    'User-Agent':
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  };
  /** @param {number} number */
  const message = (number) => ({
    ID: uuid(number),
    Type: 'Message',
    Created: stamp(start + number * 1000),
    ValidUntil: stamp(start + number * 1000 + 604_800_000),
    Data: md5(`data ${number}`).repeat(8),
  });
  const base = 'https://chat.example/ozeki/index.php?srv=chatserver&api=chatconversation';
  if (index % 23 === 22)
    return { at, url: `https://cdn.example/${index}.js`, headers, asked: '', answered: 'x'.repeat(2000) };
  if (index % 11 !== 10) {
    const { Data, ...echo } = message(index);
    const asked = { action: 'add', ...common, message: JSON.stringify({ ...echo, Data }) };
    return { at, url: base, headers, asked, answered: { status: 'OK', errormessage: '', message: echo } };
  }
  const ahead = { lastmessagedate: stamp(at + 300_000), lastmessageid: '' };
  const asked = {
    action: 'downloadpartial',
    ...common,
    ...ahead,
    lastreportdate: stamp(at + 300_000),
    lastreportid: '',
    limit: 50,
  };
  const shown = Array.from({ length: 50 }, (_, i) => index - i).filter(
    (number) => number >= 0 && number % 11 !== 10 && number % 23 !== 22,
  );
  return {
    at,
    url: base,
    headers,
    asked,
    answered: { status: 'OK', errormessage: '', messages: shown.reverse().map(message), reports: [] },
  };
}

/** @param {unknown} body */
const textOf = (body) => (typeof body === 'string' ? body : JSON.stringify(body));

/** @param {ReturnType<typeof exchangeOf>} exchange */
function harEntry({ at, url, headers, asked, answered }) {
  const lines = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const [sent, text] = [textOf(asked), textOf(answered)];
  return {
    startedDateTime: new Date(at).toISOString(),
    time: 12.5,
    request: {
      method: sent === '' ? 'GET' : 'POST',
      url,
      httpVersion: 'HTTP/1.1',
      headers: lines,
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: sent.length,
      ...(sent === '' ? {} : { postData: { mimeType: 'application/json', text: sent } }),
    },
    response: {
      status: 200,
      statusText: 'OK',
      httpVersion: 'HTTP/1.1',
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      cookies: [],
      content: { size: text.length, mimeType: 'application/json', text },
      redirectURL: '',
      headersSize: -1,
      bodySize: text.length,
    },
    cache: {},
    timings: { send: 0, wait: 12, receive: 0.5 },
  };
}

/** @param {ReturnType<typeof exchangeOf>} exchange */
function jsonLine({ at, url, headers, asked, answered }) {
  const response = { status: 200, headers: { 'content-type': 'application/json' }, body: answered };
  const request = { method: asked === '' ? 'GET' : 'POST', url, headers, ...(asked === '' ? {} : { body: asked }) };
  return JSON.stringify({ request, response, durationMs: 12.5, startedAt: at });
}

/** Writes a recording of about so many bytes. @param {'har' | 'jsonl'} kind @param {number} bytes */
async function generate(kind, bytes) {
  const path = join(folder, `traffic-${Math.round(bytes / megabyte)}.${kind}`);
  const file = createWriteStream(path);
  /** @param {string} text */
  const write = async (text) => {
    if (!file.write(text)) await new Promise((resolve) => file.once('drain', () => resolve(undefined)));
    return text.length;
  };
  let written =
    kind === 'har' ? await write('{"log":{"version":"1.2","creator":{"name":"bench","version":"1"},"entries":[') : 0;
  for (let index = 0; written < bytes; index++) {
    const exchange = exchangeOf(index);
    const separator = kind === 'har' && index > 0 ? ',\n' : '';
    written += await write(kind === 'har' ? separator + JSON.stringify(harEntry(exchange)) : `${jsonLine(exchange)}\n`);
  }
  if (kind === 'har') await write(']}}');
  await new Promise((resolve) => file.end(() => resolve(undefined)));
  return path;
}

/** The greatest resident memory of a process so far, in bytes, or undefined where the system does not say. @param {number} pid */
function peakOf(pid) {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}

/** @param {'har' | 'jsonl'} kind @param {number} bytes */
async function benchCheck(kind, bytes) {
  const path = await generate(kind, bytes);
  const startedAt = performance.now();
  const reports = join(folder, 'reports');
  const child = spawn(process.execPath, [bin, 'check', path, '--reports', reports], { stdio: 'ignore' });
  let peak = 0;
  const sampling = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid ?? 0) ?? 0);
  }, 50);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(sampling);
  const seconds = (performance.now() - startedAt) / 1000;
  const size = statSync(path).size;
  rmSync(path);
  const { recording, requirements, verdict } = JSON.parse(readFileSync(join(reports, 'verdict.json'), 'utf8'));
  const missed = requirements.filter(
    (/** @type {{ status: string }} */ { status }) => status === 'fail' || status === 'warn',
  );
  const details = `${seconds.toFixed(1)} s, ${(size / megabyte / seconds).toFixed(0)} MiB/s, ${recording.judged} of ${recording.entries} judged, ${missed.length} missed, ${verdict}, exit ${code}`;
  print(
    `check ${kind}, ${(size / megabyte).toFixed(0)} MiB: greatest memory`,
    `${(peak / megabyte).toFixed(0)} MiB`,
    'aim: under 300',
    details,
  );
}

/** @param {number[]} values @param {number} share */
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** One request over a kept connection; gives its milliseconds. @param {string} url @param {Agent} agent @param {string} body */
function ask(url, agent, body) {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'Ozeki-User': users[0] ?? '',
    };
    const asked = request(url, { agent, method: 'POST', headers }, (answer) => {
      answer.on('error', reject);
      answer.on('end', () => resolve(performance.now() - startedAt)).resume();
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

async function benchProxy() {
  const { asked, answered } = exchangeOf(109);
  const text = textOf(answered);
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => {
      outgoing
        .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
        .end(text);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const direct = `http://127.0.0.1:${address.port}`;
  const args = ['proxy', '--target', direct, '--port', '0', '--quiet', '--reports', join(folder, 'proxy')];
  const child = spawn(process.execPath, [bin, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const line = await new Promise((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
    const proxied = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
    const path = '/ozeki/index.php?srv=chatserver&api=chatconversation';
    const agents = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })];
    /** @type {[number[], number[]]} */
    const times = [[], []];
    for (let i = 0; i < 2200; i++) {
      // In turn, so that whatever else the machine does falls on both alike.
      for (const [way, url] of [direct, proxied].entries()) {
        const ms = Number(await ask(url + path, /** @type {Agent} */ (agents[way]), textOf(asked)));
        if (i >= 200) times[way]?.push(ms);
      }
    }
    for (const agent of agents) agent.destroy();
    const [one, other] = times;
    const added = quantile(other, 0.5) - quantile(one, 0.5);
    const show = (/** @type {number[]} */ values) =>
      `median ${quantile(values, 0.5).toFixed(2)} ms, 95 % ${quantile(values, 0.95).toFixed(2)} ms`;
    const details = `direct ${show(one)}; proxied ${show(other)}; ${one.length} requests each, answers of ${text.length} bytes`;
    print('proxy: added at the median', `${added.toFixed(2)} ms`, 'aim: under 2', details);
  } finally {
    child.kill('SIGKILL');
    server.closeAllConnections();
    server.close();
  }
}

try {
  await benchProxy();
  const sizes = [10, 100, ...(process.argv.includes('--gigabyte') ? [1024] : [])];
  for (const size of sizes)
    for (const kind of /** @type {const} */ (['har', 'jsonl'])) await benchCheck(kind, size * megabyte);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
