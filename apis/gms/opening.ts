import { formMembers } from '../../src/exchange/form.js';
import { objectOf } from '../../src/passive/json.js';
import type { GmsTarget } from './target.js';

/** The members of a Request Chat: those given, with the fields that the target wants in every one. */
export function openingOf<Members extends object>({ form }: Pick<GmsTarget, 'form'>, members: Members): Members {
  const { userData, ...wanted } = formMembers(Object.entries(form));
  const data = { ...objectOf(userData), ...objectOf((members as { userData?: unknown }).userData) };
  return { ...wanted, ...members, ...(Object.keys(data).length > 0 && { userData: data }) };
}
