import { type Command, InvalidArgumentError } from 'commander';
import type { Declaring } from '../action.js';
import { apiOption, parseAccounts, parseWhole } from '../options.js';

/** Declares `proxy`. */
export function registerProxy(program: Command, { does }: Declaring): void {
  program
    .command('proxy')
    .description('Passes traffic between a client and a server through as it is, and judges a copy of it.')
    .requiredOption('--target <url>', 'scheme, host and port of the server', parseTarget)
    .option('--port <n>', 'the port to listen at; 0 takes a free one', parseWhole(0, 65535), 8081)
    .option('--bind <address>', 'the address to listen at', '127.0.0.1')
    .option('--keep-host', 'leave the Host header as the client wrote it')
    .option('--connection <file>', 'a target file whose headers, basicAuth, tls and the like get past a gateway')
    .option(...apiOption)
    .option('--strict', 'count a missed SHOULD as a failure')
    .option('--reports <dir>', 'where the reports go', 'reports')
    .option('--target-name <name>', 'the name that the reports give the server; its host where left out')
    .option('--accounts <addresses>', 'e-mail addresses of accounts, to check user ids by, with commas', parseAccounts)
    .option('--quiet', 'print no misses as they come')
    .addHelpText(
      'after',
      `
Runs until Ctrl-C, then writes the reports. Headers and bodies pass as they are, but for Host, which names the
server, and few exceptions, which docs/client-developers.md lists. What cannot pass is answered 4xx or 502.
A server that hands out addresses of its own leads its client past the proxy: with --keep-host it may hand out
that of the proxy.
With --connection the proxy adds what the target file says of the server: headers, basicAuth, tls, proxy, userAgent,
requestId. HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured. Cookies are the client's own to keep.

Exit codes:
  0  no MUST missed (with --strict: no SHOULD either)
  1  at least one missed
  2  nothing passed that could be judged, or the proxy could not start

Examples:
  chat-conformance proxy --target https://staging.example --port 8081
  chat-conformance proxy --target http://127.0.0.1:8080 --port 0 --quiet --reports reports-proxy`,
    )
    .action(does(async () => (await import('../actions/proxy.js')).proxy));
}

function parseTarget(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('It must be an http or https URL, such as https://staging.example.');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw new InvalidArgumentError(`It must end behind host and port, for the path is the client's: ${url.origin}.`);
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('It must hold no credentials: those of the client pass as they are.');
  return url;
}
