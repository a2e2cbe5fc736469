import { gunzipSync, gzipSync } from 'node:zlib';

/** Allure's page reports each opening to an analytics service; a report on somebody's staging server must not. */
export function withoutTracking(html: string): string {
  return html
    .replace(/<script[^>]*googletagmanager[^>]*><\/script>/g, '')
    .replace(/<script>\s*window\.dataLayer[\s\S]*?<\/script>/g, '');
}

/**
 * The page as it opens at its top, where the verdict stands: Allure's own puts the first row of the tree in the middle of the window.
 * What the reader scrolls stays, and so does an address of one result. The share of green rows, which is no verdict, is not shown.
 */
export function openedAtVerdict(html: string): string {
  return html.replace('<head>', `<head><script>(${stayAtTop.trim()})();</script><style>${withoutShare}</style>`);
}

const withoutShare = 'body:has([data-testid="report-header"]) article b { display: none; }';

/** Runs in the browser, until the reader does something. */
const stayAtTop = `
function () {
  if (location.hash.length > 2) return;
  const back = ({ target }) => {
    if (target.scrollTop > 0) target.scrollTop = 0;
  };
  addEventListener('scroll', back, true);
  for (const input of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
    addEventListener(input, () => removeEventListener('scroll', back, true), { capture: true, once: true });
}`;

const dataStart = '<script defer>\n      Promise.allSettled([';
const scriptEnd = '</script>';

/**
 * The page with its data compressed: a thousand misses take a fifth of the room, and as little time to open.
 * A page whose data does not stand where this version of Allure puts it comes back as it was.
 */
export function packed(html: string): string {
  const start = html.lastIndexOf(dataStart);
  const end = html.indexOf(scriptEnd, start);
  if (start === -1 || end === -1) return html;
  const entries = [...html.slice(start, end).matchAll(/\bd\(("(?:[^"\\]|\\.)*"),"([A-Za-z0-9+/=]*)"\)/g)].map(
    ([, name = '""', data = '']) => ({ name: JSON.parse(name) as string, bytes: Buffer.from(data, 'base64') }),
  );
  const index = JSON.stringify(entries.map(({ name, bytes }) => [name, bytes.length]));
  const pack = gzipSync(Buffer.concat([Buffer.from(`${index}\n`), ...entries.map(({ bytes }) => bytes)]), { level: 9 });
  const scripts = [
    `<script type="application/gzip" id="report-data">${pack.toString('base64')}</script>`,
    `<script>(${unpack.trim()})();</script>`,
  ];
  const page = html.slice(0, start) + scripts.join('\n') + html.slice(end + scriptEnd.length);
  // Said before Allure's own script runs: it would look for files beside the page otherwise.
  return page.replace(
    '<head>',
    '<head><script>window.allureReportDataReady = false; window.allureReportData = {};</script>',
  );
}

/** Runs in the browser: hands the data to Allure's page as it asks for it. */
const unpack = `
async function () {
  const text = document.getElementById('report-data').textContent;
  const pack = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([pack]).stream().pipeThrough(new DecompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const headEnd = bytes.indexOf(10);
  const base64 = (part) => {
    let letters = '';
    for (let at = 0; at < part.length; at += 32768) letters += String.fromCharCode(...part.subarray(at, at + 32768));
    return btoa(letters);
  };
  let from = headEnd + 1;
  for (const [name, length] of JSON.parse(new TextDecoder().decode(bytes.subarray(0, headEnd)))) {
    const part = bytes.subarray(from, from + length);
    Object.defineProperty(window.allureReportData, name, { enumerable: true, get: () => base64(part) });
    from += length;
  }
  window.allureReportDataReady = true;
}`;

/** The data of a packed page by name, for those who check a report without a browser. */
export function unpacked(html: string): Map<string, string> {
  const [, text = ''] = html.match(/id="report-data">([^<]*)</) ?? [];
  const bytes = gunzipSync(Buffer.from(text, 'base64'));
  const headEnd = bytes.indexOf(10);
  const index = JSON.parse(bytes.subarray(0, headEnd).toString('utf8')) as [string, number][];
  let from = headEnd + 1;
  return new Map(
    index.map(([name, length]) => {
      const part = bytes.subarray(from, from + length).toString('utf8');
      from += length;
      return [name, part];
    }),
  );
}
