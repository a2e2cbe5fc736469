import { loadTextModule, type ResolvedTarget, textModule } from '../../src/target/index.js';
import type { OzekiAccount } from './accounts.js';
import { ozekiOf, signingModule } from './target.js';

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
  const signing = ozekiOf(target)?.signing;
  if (signing?.scheme !== 'module') return async ({ account }) => account.signature ?? '';
  return textModule({ ...signingModule, path: signing.path }, target);
}

/** Loads the signing module, where there is one, so that its faults show before a run and not in its middle. */
export async function checkSigning(target: ResolvedTarget): Promise<void> {
  const signing = ozekiOf(target)?.signing;
  if (signing?.scheme === 'module') await loadTextModule({ ...signingModule, path: signing.path }, target);
}
