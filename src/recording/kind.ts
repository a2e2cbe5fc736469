import { UsageError } from '../errors.js';
import { isJson } from './body.js';
import type { Head } from './source.js';

/**
 * How a recording holds its exchanges: in `log.entries` of one object, as JSON values one behind the other or in one array, or one
 * a line.
 */
export type Kind = 'har' | 'values' | 'array' | 'lines';

const saveAsHar = 'Save the traffic as HAR';

/** What is no recording, by its first bytes, with what to do about it. */
const byBytes: readonly { bytes: readonly number[]; is: string; mend: string }[] = [
  { bytes: [0x50, 0x4b], is: 'a zip archive', mend: 'unpack it and name the file inside' },
  { bytes: [0x1f, 0x8b], is: 'compressed', mend: 'unpack it and name the file inside' },
  { bytes: [0x78, 0x9c], is: 'compressed', mend: 'unpack it, or save the traffic without compression' },
  { bytes: [0x78, 0xda], is: 'compressed', mend: 'unpack it, or save the traffic without compression' },
  { bytes: [0xd4, 0xc3, 0xb2, 0xa1], is: 'a capture of packets', mend: saveAsHar },
  { bytes: [0x0a, 0x0d, 0x0d, 0x0a], is: 'a capture of packets', mend: saveAsHar },
];

/** The same by the beginning of the text. */
const byText: readonly { pattern: RegExp; is: string; mend: string }[] = [
  {
    pattern: /^\d+:\d+:/,
    is: 'a file of mitmproxy flows',
    mend: 'convert it with mitmdump -nr FILE --set hardump=FILE.har',
  },
  { pattern: /^\s*</, is: 'XML or HTML', mend: saveAsHar },
  {
    pattern: /^\s*\{[\s\S]{0,2000}(?:"_postman_id"|schema\.(?:getpostman|postman)\.com)/,
    is: 'a Postman collection, which holds requests and not what came back',
    mend: 'record what is sent, such as with the proxy command',
  },
  {
    pattern: /^\s*\{[\s\S]{0,500}"_type"\s*:\s*"export"/,
    is: 'an Insomnia collection, which holds requests and not what came back',
    mend: 'record what is sent, such as with the proxy command',
  },
  { pattern: /^\s*\{\s*"constants"\s*:/, is: 'a network log of Chrome', mend: saveAsHar },
];

/** How the recording `name` holds its exchanges. Throws a `UsageError` that names the mend where it is none. */
export function kindOf({ bytes, text }: Head, name: string): Kind {
  const other =
    byBytes.find((one) => one.bytes.every((byte, at) => bytes[at] === byte)) ??
    byText.find(({ pattern }) => pattern.test(text));
  if (other !== undefined) throw new UsageError(`${name} is ${other.is}: ${other.mend}.`);
  if (/^\s*\[/.test(text)) return 'array';
  if (!/^\s*(\{|$)/.test(text))
    throw new UsageError(
      `${name} is neither a HAR nor JSON Lines: it begins with neither "{" nor "[". ${saveAsHar}, or one exchange a line.`,
    );
  // Some write members of their own before the log.
  const isHar =
    /^\s*\{(?:\s*"(?!request"|response")\w+"\s*:\s*(?:"[^"]*"|[\d.]+|true|false|null)\s*,)*\s*"(?:log|entries)"\s*:/;
  if (isHar.test(text) || (/\.har$/i.test(name) && !/^\s*\{\s*"request"\s*:/.test(text))) return 'har';
  return isPretty(text) ? 'values' : 'lines';
}

/** Whether the first object goes over several lines. */
function isPretty(text: string): boolean {
  const [first = '', ...rest] = text.trimStart().split(/\r?\n/);
  return rest.length > 0 && /[{[,]\s*$/.test(first) && !isJson(first.replace(/,\s*$/, ''));
}
