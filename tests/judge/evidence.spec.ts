import { spawnSync } from 'node:child_process';
import { expect, test } from '../test.js';
import { evidenceOf, runOn } from './repeated.js';

/**
 * Misses of different kinds, each by a fault of the stub: the requirement, the fault, whether a script is needed, and what the lines
 * then print, on the stub with the fault alone.
 */
const misses: [api: string, requirement: string, fault: string, takes: 'curl' | 'script', prints: RegExp][] = [
  // A value of another type, or none, in place of a credential.
  ['ozeki', 'OZ-LOGIN-6', 'ozeki-login-apikey-true', 'curl', /"status":"OK"/],
  ['relation', 'RE-COM-3', 'relation-list-token-unchecked', 'curl', /"code":"0"/],
  // Headers that were left out or changed.
  ['ozeki', 'OZ-COM-11', 'ozeki-login-station-optional', 'curl', /"status":"OK"/],
  ['relation', 'RE-COM-4', 'relation-apikey-unchecked', 'curl', /"code":"0"/],
  // A signature, a key and a token with one character changed.
  ['ozeki', 'OZ-COM-10', 'ozeki-download-signature-unchecked', 'curl', /"messages":\[\{/],
  ['genesys', 'GE-COM-5', 'genesys-getmessages-key-unchecked', 'script', /"statusCode":0/],
  ['relation', 'RE-COM-3', 'relation-token-end-unchecked', 'curl', /"code":"0"/],
  // A stranger.
  ['ozeki', 'OZ-COM-12', 'ozeki-add-stranger-served', 'curl', /"status":"OK"/],
  ['relation', 'RE-SEND-3', 'relation-send-outsider-served', 'curl', /"code":"0"/],
  // One answer: its headers, its form, its members.
  ['ozeki', 'OZ-COM-1', 'ozeki-availability-no-content-type', 'curl', /^(?![\s\S]*^content-type)HTTP/im],
  ['genesys', 'GE-COM-1-SHOULD', 'genesys-sendmessage-as-html', 'script', /^content-type: text\/html/im],
  ['relation', 'RE-COM-1', 'relation-list-bom-before-json', 'script', /\ufeff/],
  ['relation', 'RE-SEND-2', 'relation-send-no-receiver-wrong-code', 'curl', /"code":"13108"/],
  ['genesys', 'GE-REQ-2', 'genesys-request-no-events', 'curl', /"messages":\[\]/],
  ['genesys', 'GE-COM-2', 'genesys-statuscode-missing', 'script', /^\{"alias":"117","secureKey"/m],
  // A chat, and what stands where in it.
  ['genesys', 'GE-MSG-1', 'genesys-position-exclusive', 'script', /"messages":\[\{(?:(?!"index":)[\s\S])*"index":2,/],
  // What changes by a call.
  ['ozeki', 'OZ-FLAG-1-MUTE', 'ozeki-mute-answer-before', 'script', /"ismuted":false/],
  // Texts: beyond Latin, with quotation marks and markup.
  ['ozeki', 'OZ-ADD-3', 'ozeki-add-data-latin', 'script', /Grüße, \?{8}/],
  ['relation', 'RE-LIST-9', 'relation-content-escaped', 'script', /"content":"&lt;b class=/],
  // Pages of a history.
  // In the history of each stub of this seed one that alice has sent stands between these two.
  ['ozeki', 'OZ-PAGE-5', 'ozeki-page-own-missing', 'script', /"ID":"6e0e8f3e[^}]*\},\{"ID":"f5ef6557/],
];

const missing = ['sh', 'curl', 'jq'].filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
test.skip(missing.length > 0, `needs ${missing.join(', ')}`);

for (const [api, requirement, fault, takes, prints] of misses) {
  test(`${requirement}: the lines show on their own what ${fault} does`, async () => {
    test.setTimeout(300_000);
    const offered = await evidenceOf(api, requirement, fault);
    const { curl = '', script } =
      offered.evidence.find((entry) => entry.script !== undefined) ?? offered.evidence[0] ?? {};
    expect(script === undefined ? 'curl' : 'script').toBe(takes);
    const lines = script ?? curl;
    expect(lines).not.toContain('***');
    for (const credential of Object.values(offered.variables)) expect(lines).not.toContain(credential);
    expect(await runOn(lines, offered, [fault])).toMatch(prints);
    expect(await runOn(lines, offered, [])).not.toMatch(prints);
  });
}
