import { joinPath } from './substitute.js';

/** A target file, or a part of it, as it stands there and with its variables replaced. */
export interface Written {
  file: unknown;
  value: unknown;
}

/**
 * The variables that name the credentials of a target, by their values: the one that stands in its file for the whole of a
 * credential, else one made of the place where the credential stands, such as `ALICE_APIKEY` for `ozeki.pairs[0].alice.apikey`. Headers
 * of which evidence shows the name alone are there as `x-gateway-key: ***`.
 */
export function variablesOf({ file, value }: Written, secrets: readonly string[]): Map<string, string> {
  const isSecret = new Set(secrets);
  const named = new Map<string, string>();
  const taken = new Set<string>();
  const visit = (written: unknown, text: unknown, path: string): void => {
    if (typeof text === 'string') {
      const header = /(?:^|\.)headers\.([^.]+)$/.exec(path)?.[1];
      if (named.has(text) || (header === undefined && !isSecret.has(text))) return;
      const wanted = /^\$\{(\w+)\}$/.exec(String(written))?.[1] ?? nameOf(path);
      const name = free(wanted, taken);
      taken.add(name);
      if (isSecret.has(text)) named.set(text, name);
      if (header !== undefined) named.set(`${header.toLowerCase()}: ***`, name);
    } else if (typeof text === 'object' && text !== null) {
      for (const [member, inner] of Object.entries(text)) visit(Object(written)[member], inner, joinPath(path, member));
    }
  };
  visit(file, value, '');
  return named;
}

/** `ozeki.pairs.1.bob.apikey` as `BOB_2_APIKEY`: only what tells accounts apart. */
function nameOf(path: string): string {
  const parts = path.split('.');
  const number = Number(parts.find((part) => /^\d+$/.test(part)) ?? 0);
  const [member = '', owner = ''] = parts.filter((part) => !/^\d+$/.test(part)).reverse();
  const words = owner === 'headers' ? [member] : [owner, ...(number > 0 ? [`${number + 1}`] : []), member];
  return words
    .join('_')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^(?=\d)/, '_');
}

function free(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}_${number}`;
  return free;
}
