import { createRedactor, isSecretMember, strengthOf } from '../secrets/index.js';
import type { ResolvedTarget } from './section.js';

const longestText = 300;

/**
 * What a module of the user threw, in words without credentials: its name and the first line of its text. Masked are the target's
 * credentials, what the module was given, and what the environment holds under names of credentials, where modules keep their keys.
 * @param given what it was called with
 */
export function thrownInWords(error: unknown, target: ResolvedTarget, given?: unknown): string {
  const redactor = createRedactor([...target.secrets, ...secretsIn(given), ...secretsIn(process.env)]);
  const [line = ''] = textOf(error)
    .trim()
    .split(/[\r\n\u2028\u2029]/, 1);
  const cut = line.length > longestText ? '…' : '';
  const text = redactor.cut(line, longestText).replace(/\.$/, '');
  return [nameOf(error), `${text}${cut}`].filter((part) => part !== '').join(': ');
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return `it threw ${error === null ? 'null' : typeof error}`;
  const name: unknown = error.name;
  return typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? name : 'Error';
}

function textOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message) : String(error);
  } catch {
    return '';
  }
}

/** The strings in a value that are credentials by their name, or look like nothing else. */
function secretsIn(value: unknown, name = '', depth = 0): string[] {
  if (typeof value === 'string') return isSecretName(name) || strengthOf(value) === 'random' ? [value] : [];
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  return Object.entries(value).flatMap(([member, inside]) => secretsIn(inside, member, depth + 1));
}

/** Variables of the environment are called after what they hold, with words before and after. */
function isSecretName(name: string): boolean {
  return (
    isSecretMember(name) ||
    /(?:^|_)(?:KEY|SECRET|TOKEN|PASSWORD|PASSWD|PASS|PWD|SIGNATURE|CREDENTIALS?)(?:_|$)/i.test(name)
  );
}
