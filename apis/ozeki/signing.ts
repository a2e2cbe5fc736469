import { pathToFileURL } from 'node:url';
import { UsageError } from '../../src/errors.js';
import { type ResolvedTarget, thrownInWords } from '../../src/target/index.js';
import type { OzekiAccount } from './accounts.js';
import { ozekiOf } from './target.js';

/** What a signature is made from. `body` is the exact text that is sent, `user` and `station` the values of those headers. */
export interface SigningRequest {
  method: string;
  url: string;
  body: string;
  user: string;
  station: string;
  account: OzekiAccount;
}

/** Makes the `Ozeki-Signature` of a request. Rejects with a `UsageError` when the signing module is at fault. */
export type Signer = (request: SigningRequest) => Promise<string>;

/** The signer that the target asks for: the account's `signature`, or the signing module, loaded at the first signature. */
export function signerFor(target: ResolvedTarget): Signer {
  const signing = ozekiOf(target)?.signing ?? { scheme: 'static' };
  if (signing.scheme === 'static') return async ({ account }) => account.signature ?? '';

  let loading: Promise<(request: SigningRequest) => unknown> | undefined;
  return async (request) => {
    loading ??= loadModule(signing.path, target);
    const sign = await loading;
    let signature: unknown;
    try {
      signature = await sign(request);
    } catch (error) {
      throw moduleError(signing.path, `failed while signing: ${thrownInWords(error, target, request)}`);
    }
    if (typeof signature !== 'string') {
      throw moduleError(
        signing.path,
        `returned ${signature === null ? 'null' : typeof signature}: its default export must return a string`,
      );
    }
    // A header cannot carry them, and the HTTP client's own message would quote the value.
    if (/[^\t\u0020-\u00ff]|\u007f/.test(signature)) {
      throw moduleError(signing.path, 'returned a text with line breaks or characters that no HTTP header can carry');
    }
    return signature;
  };
}

/** Loads the signing module, where there is one, so that its faults show before a run and not in its middle. */
export async function checkSigning(target: ResolvedTarget): Promise<void> {
  const signing = ozekiOf(target)?.signing;
  if (signing?.scheme === 'module') await loadModule(signing.path, target);
}

async function loadModule(path: string, target: ResolvedTarget): Promise<(request: SigningRequest) => unknown> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(path).href)) as { default?: unknown };
  } catch (error) {
    throw moduleError(path, `cannot be loaded: ${thrownInWords(error, target)}`);
  }
  if (typeof loaded.default !== 'function') {
    throw moduleError(
      path,
      'has no default export that is a function: write export default function sign(request) { … }',
    );
  }
  return loaded.default as (request: SigningRequest) => unknown;
}

function moduleError(path: string, what: string): UsageError {
  return new UsageError(`The signing module ${path} (ozeki.signing.path) ${what}.`);
}
