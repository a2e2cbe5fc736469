/** Tells by its name whether a header, member, field or parameter holds a credential. */

/**
 * Names without case and separators, by how they end. Drawn from what is used: the registered parameters of OAuth, the headers of
 * cloud vendors and gateways, the session cookies of web frameworks.
 *
 * Lists that others keep were looked at. Those for logs (of pino, logtape, is-secret) are seven to fifteen words, some so broad
 * (key, auth, address, code) that they would hide what these APIs document; those that scan source code for the formats of vendors
 * (secretlint, gitleaks) know no names of headers, and run asynchronously.
 */
const endings = [
  'token',
  'secret',
  'secretid',
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'pwd',
  'credential',
  'apikey',
  'authkey',
  'accesskey',
  'accesskeyid',
  'secretkey',
  'privatekey',
  'securekey',
  'sharedkey',
  'masterkey',
  'accountkey',
  'storagekey',
  'subscriptionkey',
  'functionkey',
  'functionskey',
  'signingkey',
  'signaturekey',
  'encryptionkey',
  'sessionkey',
  'clientkey',
  'consumerkey',
  'servicekey',
  'applicationkey',
  'appkey',
  'adminkey',
  'licensekey',
  'deploykey',
  'hmackey',
  'rsakey',
  'sshkey',
  'signature',
  'jwt',
  'cookie',
  'csrf',
  'xsrf',
  'authorization',
  'assertion',
  'samlresponse',
  'samlrequest',
  'samlart',
  'sessionid',
  'sessid',
  'authticket',
  'ssoticket',
  'loginticket',
  'serviceticket',
  'idtokenhint',
  'passkey',
  'storepass',
  'keypass',
  'pswd',
  'passwort',
  'motdepasse',
  'contrasena',
  'privatekeypem',
  'connectionstring',
  'securityanswer',
  'seedphrase',
  'mnemonic',
  'otpcode',
  'mfacode',
  'twofactorcode',
  'backupcode',
  'smscode',
  'emailcode',
  'verifycode',
  'activationcode',
  'pairingcode',
  'onetimecode',
];

/** Names that are credentials as a whole and say too little as an ending. */
const wholes = [
  'auth',
  'xauth',
  'oauth',
  'bearer',
  'sig',
  'hmac',
  'pass',
  'pw',
  'psw',
  'sid',
  'xsid',
  'connect.sid',
  'sess',
  'session',
  'xsession',
  'ticket',
  'otp',
  'totp',
  'authcode',
  'authorizationcode',
  'devicecode',
  'usercode',
  'verificationcode',
  'recoverycode',
  'codeverifier',
  'xclientcertkey',
  'authentication',
  'xauthentication',
  'xmsclientprincipal',
  'dpop',
  'castgc',
  'wresult',
  'hdnea',
  'hdnts',
  'hdntl',
  'pkcs8',
];

/** Words that say so at the end of a name, and would mean something else as the end of a word: `loginPass`, but not `compass`. */
const lastWord = /(?:^|[-_.\s])(?:auth|bearer|hmac|pass|passw|pin|psw|pw|sas|sig|totp|otp)$/i;
const lastHump = /[a-z\d](?:Auth|Bearer|Hmac|HMAC|Pass|Pin|PIN|Psw|Pw|Sas|SAS|Sig|Totp|TOTP|Otp|OTP)$/;

/** Headers that end in `-Key` open a door, but for these. */
const harmlessKey =
  /(?:^|-)(?:sec-websocket|idempotency|surrogate|cache|partition|routing|sort|message|public|primary|host|event|group|dedup(?:e|lication)?)-key$/i;

/** What follows says whether the word before is the credential or about it: `secretValue`, `tokens`, `x-hub-signature-256`. */
const byName = new RegExp(
  `(?:${endings.join('|')})(?:value|hash|s)?\\d*$|^(?:${wholes.join('|').replaceAll('.', '\\.')})$`,
);

/** Where the next page begins is called a token by many, and opens nothing. */
const cursors = /(?:page|continuation|sync|next|cursor|skip|delta)token$/;

/** Of what the signing of requests adds, only this is no credential and none of its parts. */
const harmlessAmazon =
  /^xamz(?:algorithm|date|expires|signedheaders|contentsha256|requestid|id2|target|versionid|bucketregion|storageclass|cfid|cfpop)$/;

/** Names of what goes with a code in the flows of OAuth. Elsewhere `code` is a number of an error. */
const besideCode = new Set([
  'grant_type',
  'redirect_uri',
  'code_verifier',
  'client_id',
  'client_secret',
  'session_state',
  'state',
]);

/** No flow of OAuth sends more members at once; each of thousands that are spelt like `code` would be held against all others. */
const mostBeside = 256;

function compact(name: string): string {
  return name.toLowerCase().replace(/[-_\s[\]]/g, '');
}

/** Whether a header of this name holds a credential. */
export function isSecretHeader(name: string): boolean {
  if (isSecretParameter(name)) return true;
  return name.length <= 128 && /\w-key$/i.test(name) && !harmlessKey.test(name);
}

/** Whether a form field or query parameter of this name holds a credential. `beside`: the names of the others. */
export function isSecretParameter(name: string, beside: readonly string[] = []): boolean {
  return isSecretMember(name, beside) || compact(name) === 'secret';
}

/**
 * Whether a JSON member of this name holds a credential. `secret` alone does not say so: an API may hand out ciphertext under it.
 * @param beside the names of the members beside it
 */
export function isSecretMember(name: string, beside: readonly string[] = []): boolean {
  if (name.length > 128) return false;
  const word = compact(name);
  if (word === 'code') return beside.length <= mostBeside && beside.some((other) => besideCode.has(other));
  if (word === 'secret') return false;
  if (word.startsWith('xamz')) return !harmlessAmazon.test(word);
  return (byName.test(word) && !cursors.test(word)) || lastWord.test(name) || lastHump.test(name);
}
