import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apis } from '../../apis/index.js';
import { packageRoot } from '../../src/root.js';
import { isSecretHeader, isSecretMember, isSecretParameter } from '../../src/secrets/names.js';
import { expect, test } from '../test.js';

const credentials = [
  ...['X-Api-Key', 'api_key', 'apiKey', 'x-apikey', 'API-KEY', 'X-Auth-Token', 'Private-Token', 'X-Vault-Token'],
  ...[
    'Authorization',
    'Proxy-Authorization',
    'X-Forwarded-Authorization',
    'Cookie',
    'Set-Cookie',
    'X-CSRF-Token',
    '_csrf',
  ],
  ...[
    'X-Amz-Security-Token',
    'X-Amz-Signature',
    'X-Amz-Credential',
    'AWSAccessKeyId',
    'aws_secret_access_key',
    'SecretKey',
  ],
  ...['access_token', 'refresh_token', 'id_token', 'accessToken', 'client_secret', 'clientSecret', 'client_assertion'],
  ...[
    'code_verifier',
    'device_code',
    'assertion',
    'SAMLResponse',
    'jwt',
    'id-jwt',
    'Cf-Access-Jwt-Assertion',
    'sig',
    'signature',
  ],
  ...[
    'passwd',
    'password',
    'newPassword',
    'user[password]',
    'pwd',
    'passphrase',
    'sessionId',
    'session_id',
    'JSESSIONID',
    'PHPSESSID',
  ],
  ...[
    'connect.sid',
    'sid',
    'ASP.NET_SessionId',
    'Ocp-Apim-Subscription-Key',
    'x-functions-key',
    'X-Hub-Signature-256',
    'private_key',
  ],
  ...[
    'DPoP',
    'Authentication',
    'X-MS-CLIENT-PRINCIPAL',
    'X-SID',
    'Fastly-Key',
    'aeg-sas-key',
    'X-Hmac',
    'X-User-Auth',
    'X-Login-Pass',
  ],
  ...[
    'psw',
    'user_pass',
    'loginPass',
    'passkey',
    'sess',
    'ssoTicket',
    'castgc',
    'wresult',
    'id_token_hint',
    'mfa_code',
  ],
  ...['sms_code', 'pin', 'userPin', 'connectionString', 'sas', 'storepass', 'securityAnswer', 'mnemonic', 'hdnea'],
  ...['Ozeki-Signature', 'apikey', 'secureKey', 'rsakey', 'token', 'otp', 'credentials', 'tokens', 'encryptionKey'],
];

for (const name of credentials) test(`${name} is a credential`, () => expect(isSecretHeader(name)).toBe(true));

const readable = [
  ...[
    'Content-Type',
    'Date',
    'ETag',
    'Accept',
    'X-Request-Id',
    'WWW-Authenticate',
    'X-Amz-Date',
    'x-amz-request-id',
    'Ozeki-User',
  ],
  ...[
    'token_type',
    'expires_in',
    'tokenEndpoint',
    'token_count',
    'nextPageToken',
    'continuation_token',
    'publickey',
    'key',
    'keyId',
  ],
  ...[
    'passwordChangedAt',
    'author',
    'authors',
    'cookieConsent',
    'sessions',
    'signatureAlgorithm',
    'keyboard',
    'monkey',
    'compass',
  ],
  ...['bypass', 'pinned', 'pinCount', 'spin', 'authority', 'passed', 'postalCode', 'statusCode', 'presigned'],
  ...['Idempotency-Key', 'Sec-WebSocket-Key', 'Surrogate-Key', 'X-Cache-Key'],
];

for (const name of readable) test(`${name} is none`, () => expect(isSecretHeader(name)).toBe(false));

test('a code is a credential beside what a flow of OAuth sends, and else a number of an error', () => {
  expect(isSecretParameter('code', ['code', 'state'])).toBe(true);
  expect(isSecretMember('code', ['grant_type', 'code'])).toBe(true);
  expect(isSecretMember('code', ['code', 'desc', 'data'])).toBe(false);
  const many = Array.from({ length: 300 }, (_, index) => `m${index}`);
  expect(isSecretMember('code', [...many, 'client_id'])).toBe(false);
});

test('`secret` alone is a credential in a query, not in a body', () => {
  expect(isSecretParameter('secret')).toBe(true);
  expect(isSecretMember('secret')).toBe(false);
});

/** The names of all members in a schema. */
function membersIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) => [
    ...(name === 'properties' ? Object.keys(value as object) : []),
    ...membersIn(value),
  ]);
}

test('of the documented members only the documented credentials are masked', () => {
  const names = apis.flatMap(({ name: api }) =>
    readdirSync(join(packageRoot, 'schemas', api))
      .filter((file) => file.endsWith('.json') && file !== 'target.json')
      .flatMap((file) => membersIn(JSON.parse(readFileSync(join(packageRoot, 'schemas', api, file), 'utf8')))),
  );
  const masked = [...new Set(names)].filter((name) => isSecretMember(name, names)).sort();
  // A pin is a flag in the one place and a credential in most others.
  expect(masked).toEqual(['apikey', 'pin', 'rsakey', 'secureKey', 'token']);
});
