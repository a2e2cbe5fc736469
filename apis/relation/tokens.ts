import { loadTextModule, type ResolvedTarget, textModule } from '../../src/target/index.js';
import { type RelationAccount, relationOf, tokensModule } from './target.js';

/** The bearer tokens of the accounts, which a module of the user gives where the target names one. */
export interface Tokens {
  /** The token to call with. Rejects with a `UsageError` when the module is at fault. */
  of(account: RelationAccount): Promise<string>;
  /** A token in place of one that the server calls expired; `undefined` where the target gives tokens for good. */
  inPlaceOf(expired: string, account: RelationAccount): Promise<string | undefined>;
  /** The token called with last. */
  known(account: RelationAccount): string;
}

/** The tokens that the target asks for: each account's `token`, or those of the tokens module. */
export function tokensOf(target: ResolvedTarget): Tokens {
  const tokens = relationOf(target)?.tokens;
  if (tokens === undefined) {
    const given = ({ token = '' }: RelationAccount) => token;
    return { of: async (account) => given(account), inPlaceOf: async () => undefined, known: given };
  }
  const make = textModule<RelationAccount>({ ...tokensModule, path: tokens.path }, target);
  const held = new Map<string, string>();
  const asking = new Map<string, Promise<string>>();
  // Who finds a token expired while another one is asked for waits for that one.
  const ask = ({ relationId, token }: RelationAccount): Promise<string> => {
    const underWay =
      asking.get(relationId) ??
      make({ relationId, ...(token !== undefined && { token }) })
        .then((made) => {
          held.set(relationId, made);
          return made;
        })
        .finally(() => asking.delete(relationId));
    asking.set(relationId, underWay);
    return underWay;
  };
  return {
    of: async (account) => held.get(account.relationId) ?? ask(account),
    inPlaceOf: async (expired, account) => {
      const current = held.get(account.relationId);
      return current === undefined || current === expired ? ask(account) : current;
    },
    known: ({ relationId }) => held.get(relationId) ?? '',
  };
}

/** Loads the tokens module, where there is one, so that its faults show before a run and not in its middle. */
export async function checkTokens(target: ResolvedTarget): Promise<void> {
  const tokens = relationOf(target)?.tokens;
  if (tokens !== undefined) await loadTextModule({ ...tokensModule, path: tokens.path }, target);
}
